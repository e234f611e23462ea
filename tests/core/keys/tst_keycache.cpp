// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys from afar: a set by its address, discovery, what is refused, and when a set is asked for again. Time
// is the test's; nothing here touches a network.

#include "scriptedweb.h"

#include <keys/keycache.h>

#include <http/client.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::keys;

class TestKeyCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsASet();
    void leavesUnknownMembersOut();
    void discovers_data();
    void discovers();
    void looksInTheOtherPlace();
    void saysWhyNot_data();
    void saysWhyNot();
    void takesASetWithoutAKey();
    void asksNobodyItMustNot_data();
    void asksNobodyItMustNot();
    void keepsASetWhileItIsFresh();
    void asksOnceForAnUnknownKid();
    void asksAgainAfterAFailure();
    void sharesOneQuestion();
    void forgetsWhoIsGone();

private:
    Result<KeySet> find(const Source& source, std::optional<std::string> kid = {}, Seconds after = {});
    std::size_t timesAsked() const { return m_web->asked.size(); }
    void serve(const std::string& url, std::string body, http::Headers headers = {}, int status = 200)
    {
        m_web->answers[url] = {status, std::move(body), std::move(headers)};
    }

    std::shared_ptr<test::ScriptedWeb> m_web;
    std::unique_ptr<http::Client> m_client;
    std::unique_ptr<KeyCache> m_cache;
};

static const Instant start = fromUnixSeconds(1'800'000'000);
static const std::string setUrl = "https://id.example/jwks.json";
static const std::string issuer = "https://id.example/tenant";
static const std::string oidcUrl = "https://id.example/tenant/.well-known/openid-configuration";
static const std::string oauthUrl = "https://id.example/.well-known/oauth-authorization-server/tenant";

static std::string setOf(std::initializer_list<const char*> kids)
{
    std::string text;
    for (const char* kid : kids)
        text += (text.empty() ? "" : ",") +
                std::string(
                    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",)") +
                R"("kid":")" + kid + "\"}";
    return R"({"keys":[)" + text + "]}";
}

static std::string metadata(const std::string& name, const std::string& uri)
{
    return R"({"issuer":")" + name + R"(","jwks_uri":")" + uri + R"(","more":[1]})";
}

void TestKeyCache::init()
{
    m_cache.reset();
    m_web = std::make_shared<test::ScriptedWeb>();
    m_client = std::make_unique<http::Client>(std::make_unique<test::ScriptedTransport>(m_web));
    m_cache = std::make_unique<KeyCache>(*m_client);
}

Result<KeySet> TestKeyCache::find(const Source& source, std::optional<std::string> kid, Seconds after)
{
    std::optional<Result<KeySet>> result;
    m_cache->find(source, kid, start + after, this, [&](Result<KeySet> set) { result = std::move(set); });
    if (result)
        qFatal("called back from inside find()");
    if (!QTest::qWaitFor([&] { return result.has_value(); }))
        qFatal("no answer");
    return *result;
}

void TestKeyCache::readsASet()
{
    serve(setUrl, setOf({"a", "b"}), {{"Cache-Control", "max-age=600"}});
    http::TlsProfile tls;
    tls.verify = false;
    const auto set = find({.jwksUrl = setUrl, .tls = tls, .proxy = "http://proxy:1"}, "b");
    QVERIFY_RESULT(set);
    QCOMPARE(set->keys.size(), std::size_t(2));
    QVERIFY(set->keys[1].isFromSet);
    QCOMPARE(set->keys[1].kid, std::optional<std::string>("b"));
    QCOMPARE(set->url, setUrl);
    QCOMPARE(set->issuer, std::string());
    QVERIFY(set->freshUntil == start + Seconds(600));
    const http::Request& request = m_web->requests.front();
    QCOMPARE(request.tls, tls);
    QCOMPARE(request.proxy, std::string("http://proxy:1"));
    QVERIFY(!http::headerValue(request.headers, "Authorization"));
    QCOMPARE(request.method, std::string("GET"));
}

void TestKeyCache::leavesUnknownMembersOut()
{
    serve(setUrl, R"({"keys":[{"kty":"AKP","kid":"new"},)" + setOf({"a"}).substr(9));
    const auto set = find({.jwksUrl = setUrl});
    QVERIFY_RESULT(set);
    QCOMPARE(set->keys.size(), std::size_t(1));
    QVERIFY2(set->notes.at(0).find("kid 'new'") != std::string::npos, set->notes[0].c_str());
}

void TestKeyCache::discovers_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* title, const char* name, const char* place) {
        QTest::newRow(title) << std::string(name) << std::string(place);
    };
    row("with a path", "https://id.example/tenant",
        "https://id.example/tenant/.well-known/openid-configuration");
    row("with a slash", "https://id.example/t/", "https://id.example/t/.well-known/openid-configuration");
    row("host alone", "https://id.example", "https://id.example/.well-known/openid-configuration");
    row("port", "https://id.example:8443", "https://id.example:8443/.well-known/openid-configuration");
    row("this machine", "http://127.0.0.1:8080/x",
        "http://127.0.0.1:8080/x/.well-known/openid-configuration");
}

void TestKeyCache::discovers()
{
    QFETCH(std::string, name);
    QFETCH(std::string, place);
    serve(place, metadata(name, setUrl));
    serve(setUrl, setOf({"a"}));
    const auto set = find({.issuer = name});
    QVERIFY_RESULT(set);
    QCOMPARE(set->issuer, name);
    QCOMPARE(set->url, setUrl);
    QCOMPARE(m_web->asked, (std::vector<std::string>{place, setUrl}));
}

void TestKeyCache::looksInTheOtherPlace()
{
    serve(oidcUrl, "not here", {}, 404);
    serve(oauthUrl, metadata(issuer, setUrl));
    serve(setUrl, setOf({"a"}));
    QVERIFY_RESULT(find({.issuer = issuer}));
    QCOMPARE(m_web->asked, (std::vector<std::string>{oidcUrl, oauthUrl, setUrl}));
    // A host without path has both at its root.
    const std::string root = "https://root.example";
    serve(root + "/.well-known/openid-configuration", "", {}, 404);
    serve(root + "/.well-known/oauth-authorization-server", metadata(root, setUrl));
    QVERIFY_RESULT(find({.issuer = root}));
}

void TestKeyCache::saysWhyNot_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("configuration");
    QTest::addColumn<std::string>("set");
    QTest::addColumn<std::string>("word");
    const std::string good = metadata(issuer, setUrl);
    const auto row = [](const char* name, int status, std::string configuration, std::string set,
                        const char* word) {
        QTest::newRow(name) << status << std::move(configuration) << std::move(set) << std::string(word);
    };
    row("not found", 404, good, setOf({"a"}), "status 404");
    row("server error", 500, good, setOf({"a"}), "status 500");
    row("no content", 204, good, setOf({"a"}), "status 204");
    row("redirect", 302, good, setOf({"a"}), "a redirect to https://elsewhere.example/");
    row("metadata no JSON", 200, "<html>", setOf({"a"}), "no JSON object");
    row("metadata a list", 200, "[]", setOf({"a"}), "no JSON object");
    row("another issuer", 200, metadata("https://id.example/other", setUrl), setOf({"a"}),
        "that of 'https://id.example/other', not of 'https://id.example/tenant'");
    row("issuer with a slash more", 200, metadata(issuer + "/", setUrl), setOf({"a"}), "RFC 8414 §3.3");
    row("issuer a number", 200, R"({"issuer":1,"jwks_uri":"https://id.example/"})", setOf({"a"}),
        "names no issuer");
    row("no jwks_uri", 200, R"({"issuer":")" + issuer + "\"}", setOf({"a"}), "names no JWK set");
    row("jwks_uri over http", 200, metadata(issuer, "http://id.example/jwks.json"), setOf({"a"}),
        "it is http");
    row("jwks_uri on this machine", 200, metadata(issuer, "https://localhost/jwks.json"), setOf({"a"}),
        "leads to this machine");
    row("jwks_uri a file", 200, metadata(issuer, "file:///etc/passwd"), setOf({"a"}), "cannot be used");
    row("nobody there", 200, metadata(issuer, "https://nobody.example/"), setOf({"a"}), "connection refused");
    row("set no JSON", 200, good, "plain words", "the answer is no JSON object");
    row("set a page", 200, good, "\n<!DOCTYPE html><title>Sign in</title>",
        "is an HTML page, no JSON object");
    row("set a page without a type", 200, good, "<HTML>", "is an HTML page, no JSON object");
    row("a certificate", 200, good, "-----BEGIN CERTIFICATE-----", "no JSON object");
    row("no set", 200, good, "{}", "neither a JWK");
    row("broken keys alone", 200, good, R"({"keys":[1]})", "no usable key in the set");
    std::string many = R"({"keys":[1)";
    for (int i = 0; i < 1000; ++i)
        many += ",1";
    row("too many keys", 200, good, many + "]}", "1001 keys; more than 1000");
    row("too long", 200, good, "{" + std::string(1'048'577, ' ') + "}", "more than 1 MiB");
}

void TestKeyCache::saysWhyNot()
{
    QFETCH(int, status);
    QFETCH(std::string, configuration);
    QFETCH(std::string, set);
    QFETCH(std::string, word);
    const http::Headers location{{"Location", "https://elsewhere.example/"}};
    serve(oidcUrl, configuration, location, status);
    serve(oauthUrl, configuration, location, status);
    serve(setUrl, set);
    const auto found = find({.issuer = issuer}, "a");
    QVERIFY(!found);
    const std::string sentence = describe(found.error());
    QVERIFY2(sentence.find(word) != std::string::npos, sentence.c_str());
    QVERIFY2(found.error().kind == ErrorKind::BadAnswer || found.error().kind == ErrorKind::Unreachable ||
                 found.error().kind == ErrorKind::TooLarge,
             sentence.c_str());
    for (const std::string& asked : m_web->asked)
        QVERIFY2(asked.find("elsewhere") == std::string::npos, "a redirect was followed");
}

/// Nobody can sign at the moment, or only with what is unknown here: that is what the server says.
void TestKeyCache::takesASetWithoutAKey()
{
    serve(oidcUrl, metadata(issuer, setUrl));
    serve(setUrl, R"({"keys":[]})");
    const auto empty = find({.issuer = issuer}, "a");
    QVERIFY_RESULT(empty);
    QVERIFY(empty->keys.empty());
    QVERIFY(empty->notes.front().find("the JWK set is empty") != std::string::npos);
    serve(setUrl, R"({"keys":[{"kty":"AKP"}]})");
    const auto unknown = find({.jwksUrl = setUrl});
    QVERIFY_RESULT(unknown);
    QVERIFY(unknown->keys.empty());
    QVERIFY(unknown->notes.front().find("no usable key in the set") != std::string::npos);
}

void TestKeyCache::asksNobodyItMustNot_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* url, const char* word) {
        QTest::newRow(url) << std::string(url) << std::string(word);
    };
    row("http://id.example/", "it is http");
    row("http://127.0.0.1.example/", "it is http");
    row("http://localhost.example/", "it is http");
    row("http://10.0.0.1/", "it is http");
    row("https://user:password@id.example/", "user name");
    row("file:///etc/passwd", "");
    row("id.example", "");
}

void TestKeyCache::asksNobodyItMustNot()
{
    QFETCH(std::string, url);
    QFETCH(std::string, word);
    for (const Source& source : {Source{.jwksUrl = url}, Source{.issuer = url}}) {
        const auto found = find(source);
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Usage);
        const std::string sentence = describe(found.error());
        QVERIFY2(sentence.find(word) != std::string::npos, sentence.c_str());
        QVERIFY(sentence.find("password@") == std::string::npos);
    }
    QVERIFY(!find({.issuer = "https://id.example/?a=b"}));
    QCOMPARE(timesAsked(), std::size_t(0));
    for (const char* machine : {"http://127.0.0.1:1/", "http://[::1]:1/", "http://LOCALHOST/"})
        QVERIFY(checkAddress(machine, "it").has_value());
}

void TestKeyCache::keepsASetWhileItIsFresh()
{
    serve(oidcUrl, metadata(issuer, setUrl));
    serve(setUrl, setOf({"a"}), {{"Cache-Control", "max-age=600"}});
    const Source source{.issuer = issuer};
    QVERIFY_RESULT(find(source, "a"));
    QCOMPARE(timesAsked(), std::size_t(2));
    QVERIFY_RESULT(find(source, "a", Seconds(599)));
    QVERIFY_RESULT(find(source, {}, Seconds(599)));
    QCOMPARE(timesAsked(), std::size_t(2));
    // Another way there is another source: what an unverified connection brought is not for a verified one.
    Source insecure = source;
    insecure.tls.verify = false;
    QVERIFY_RESULT(find(insecure, "a"));
    QCOMPARE(timesAsked(), std::size_t(4));
    QVERIFY_RESULT(find(source, "a", Seconds(600)));
    QCOMPARE(timesAsked(), std::size_t(6));         // discovery too
    QVERIFY_RESULT(find(source, "a", Seconds(-1))); // the clock was put back
    QCOMPARE(timesAsked(), std::size_t(7));         // the set alone
}

void TestKeyCache::asksOnceForAnUnknownKid()
{
    serve(oidcUrl, metadata(issuer, setUrl));
    serve(setUrl, setOf({"a"}), {{"Cache-Control", "max-age=600"}});
    const Source source{.issuer = issuer};
    QVERIFY_RESULT(find(source, "a"));
    serve(setUrl, setOf({"a", "b"}), {{"Cache-Control", "max-age=600"}});
    QCOMPARE(find(source, "b", Seconds(29))->keys.size(), std::size_t(1)); // asked just now
    QCOMPARE(timesAsked(), std::size_t(2));
    QCOMPARE(find(source, "b", Seconds(30))->keys.size(), std::size_t(2));
    QCOMPARE(timesAsked(), std::size_t(3)); // the set alone
    QCOMPARE(find(source, "c", Seconds(31))->keys.size(), std::size_t(2));
    QCOMPARE(find(source, "c", Seconds(59))->keys.size(), std::size_t(2));
    QCOMPARE(timesAsked(), std::size_t(3));
    QCOMPARE(find(source, "c", Seconds(60))->keys.size(), std::size_t(2));
    QCOMPARE(timesAsked(), std::size_t(4));
}

void TestKeyCache::asksAgainAfterAFailure()
{
    const auto failed = find({.jwksUrl = setUrl});
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::Unreachable);
    QCOMPARE(failed.error().what, std::string("cannot get the JWK set from https://id.example/jwks.json"));
    serve(setUrl, setOf({"a"}));
    QVERIFY_RESULT(find({.jwksUrl = setUrl}));
}

void TestKeyCache::sharesOneQuestion()
{
    serve(setUrl, setOf({"a"}));
    int answers = 0;
    for (int i = 0; i < 3; ++i)
        m_cache->find({.jwksUrl = setUrl}, "a", start, this,
                      [&](const Result<KeySet>& set) { answers += set.has_value() ? 1 : 0; });
    QTRY_COMPARE(answers, 3);
    QCOMPARE(timesAsked(), std::size_t(1));
}

void TestKeyCache::forgetsWhoIsGone()
{
    serve(setUrl, setOf({"a"}));
    auto context = std::make_unique<QObject>();
    bool isCalled = false;
    bool isOtherCalled = false;
    m_cache->find({.jwksUrl = setUrl}, {}, start, context.get(),
                  [&](const Result<KeySet>&) { isCalled = true; });
    m_cache->find({.jwksUrl = setUrl}, {}, start, this, [&](const Result<KeySet>&) {
        isOtherCalled = true;
        m_cache.reset(); // from inside of its own answer
    });
    context.reset();
    QTRY_VERIFY(isOtherCalled);
    QVERIFY(!isCalled);
}

QTEST_GUILESS_MAIN(TestKeyCache)
#include "tst_keycache.moc"
