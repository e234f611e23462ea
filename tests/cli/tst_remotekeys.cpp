// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// --jwks-url and --issuer of `token verify` and `login` from outside, against servers of the test's own on
// this machine.

#include "loginarguments.h"
#include "openbatch.h"

#include <core/http/authority.h>
#include <core/http/rawserver.h>

#include <demo/demoapi.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestRemoteKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesWithASet();
    void saysHowTheKeyWasChosen();
    void findsPrivateHalvesInASet();
    void discoversAnIssuer();
    void demandsTheIssuer();
    void saysWhyThereAreNoKeys_data();
    void saysWhyThereAreNoKeys();
    void trustsWhatItIsTold();
    void reachesThroughAProxy();
    void verifiesABatch();
    void learnsOfNewKeysInABatch();
    void asksAnewForUnknownKidsOnly();
    void goesOnWithTheKeysAtHand();
    void readsTheTokenFromStandardInput();
    void verifiesWhatALoginBrought();
    void auditsWithASet();
    void refusesOptionsWithoutAServer();
    void offersThemWhereTheyWork_data();
    void offersThemWhereTheyWork();

private:
    CommandResult verify(const std::string& token, const QStringList& options) const
    {
        return runCommand(words("token verify") + QStringList{QString::fromStdString(token)} + options);
    }
};

static jose::Key made(const char* algorithm, const char* kid)
{
    return jose::generateKey(*jose::findAlgorithm(algorithm), {.kid = kid}).value();
}

static const jose::Key& first()
{
    static const jose::Key key = made("ES256", "one");
    return key;
}

static const jose::Key& second()
{
    static const jose::Key key = made("ES256", "two");
    return key;
}

static std::string signedBy(const jose::Key& key, const std::string& claims)
{
    return std::string(jose::sign(*jose::findAlgorithm("ES256"), key, claims, {.kid = key.kid})->reveal());
}

static std::string set()
{
    return R"({"keys":[)" + jose::publicJwk(first()).value() + "," + jose::publicJwk(second()).value() +
           R"(,{"kty":"AKP","kid":"new"}]})";
}

static Answer answerWith(const std::string& body, const char* status = "200 OK", const char* more = "")
{
    return {"HTTP/1.1 " + std::string(status) + "\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n" + more + "\r\n" + body};
}

/// An issuer with metadata and keys.
class Issuer
{
public:
    Issuer() : server([this](const Seen& seen) { return answer(seen); }) {}
    std::string name() const { return server.url("/tenant"); }

    RawServer server;

private:
    Answer answer(const Seen& seen) const
    {
        if (seen.target() == "/tenant/.well-known/openid-configuration")
            return answerWith(R"({"issuer":")" + name() + R"(","jwks_uri":")" + server.url("/keys") + "\"}");
        return seen.target() == "/keys" ? answerWith(set()) : answerWith("", "404 Not Found");
    }
};

static QStringList option(const char* name, const std::string& value)
{
    return {QString::fromUtf8(name), QString::fromStdString(value)};
}

void TestRemoteKeys::verifiesWithASet()
{
    RawServer server([](const Seen&) { return answerWith(set()); });
    const CommandResult good = verify(signedBy(second(), "{}"), option("--jwks-url", server.url("/keys")));
    QCOMPARE(good.err, std::string("note: key 3 of the set (kid 'new') was left out: its key type 'AKP' is "
                                   "unknown here; oct, RSA, EC and OKP are used\n"));
    QCOMPARE(good.status, 0);
    QVERIFY(server.seen.at(0).has("GET /keys HTTP/1.1\r\n"));
    QVERIFY(!server.seen.at(0).has("Authorization"));
    const CommandResult bad =
        verify(signedBy(made("ES256", "two"), "{}"), option("--jwks-url", server.url("/keys")));
    QCOMPARE(bad.status, 1);
    QVERIFY2(bad.out.starts_with("signature invalid: "), bad.out.c_str());
}

void TestRemoteKeys::saysHowTheKeyWasChosen()
{
    RawServer server([](const Seen&) { return answerWith(set()); });
    const QStringList keys = option("--jwks-url", server.url("/keys"));
    const CommandResult good = verify(signedBy(second(), "{}"), keys);
    QVERIFY2(good.out.find("kid 'two'; 2 keys in the set, 1 fits: kid 'two'") != std::string::npos,
             good.out.c_str());
    const CommandResult unknown = verify(signedBy(made("ES256", "three"), "{}"), keys);
    QCOMPARE(unknown.status, 1);
    QVERIFY2(unknown.out.starts_with("no key: no key has the token's kid 'three'; 2 keys in the set: "
                                     "kid 'one'; kid 'two'\n"),
             unknown.out.c_str());
    QCOMPARE(server.seen.size(), std::size_t(2)); // asked a moment ago: not asked again for a kid
}

void TestRemoteKeys::findsPrivateHalvesInASet()
{
    const std::string open(jose::privateJwk(first())->reveal());
    const QStringList lint =
        words("token lint") + QStringList{QString::fromStdString(signedBy(first(), R"({"exp":4000000000})"))};
    for (const std::string& key : {open, jose::publicJwk(first()).value()}) {
        RawServer server([&key](const Seen&) { return answerWith(R"({"keys":[)" + key + "]}"); });
        const CommandResult result = runCommand(lint + option("--jwks-url", server.url("/keys")));
        QCOMPARE(result.status, key == open ? 1 : 0);
        QCOMPARE(result.out.find("KEY-PRIVATE-IN-PUBLIC") != std::string::npos, key == open);
    }
}

void TestRemoteKeys::discoversAnIssuer()
{
    const Issuer issuer;
    const CommandResult good =
        verify(signedBy(first(), R"({"iss":")" + issuer.name() + "\"}"), option("--issuer", issuer.name()));
    QCOMPARE(good.status, 0);
    QVERIFY2(good.out.find("is '" + issuer.name() + "'") != std::string::npos, good.out.c_str());
    QCOMPARE(issuer.server.seen.size(), std::size_t(2));
}

void TestRemoteKeys::demandsTheIssuer()
{
    const Issuer issuer;
    const QStringList keys = option("--issuer", issuer.name());
    const CommandResult other = verify(signedBy(first(), R"({"iss":"https://other.example"})"), keys);
    QCOMPARE(other.status, 1);
    QVERIFY2(other.out.starts_with("rejected by policy: issued by 'https://other.example'; '" +
                                   issuer.name() + "' is expected\n"),
             other.out.c_str());
    QCOMPARE(verify(signedBy(first(), "{}"), keys).status, 1);
    // unless --iss says otherwise
    const std::string token = signedBy(first(), R"({"iss":"https://other.example"})");
    QCOMPARE(verify(token, keys + option("--iss", "https://other.example")).status, 0);
}

void TestRemoteKeys::saysWhyThereAreNoKeys_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, const char* option, const char* url, int status, const char* word) {
        QTest::newRow(name) << QString::fromUtf8(option) << QString::fromUtf8(url) << status
                            << QString::fromUtf8(word);
    };
    row("http", "--jwks-url", "http://id.example/keys", 2, "it is http");
    row("issuer over http", "--issuer", "http://id.example/", 2, "it is http");
    row("no address", "--jwks-url", "keys.json", 2, "the JWKS URL cannot be used");
    row("empty", "--jwks-url", "", 2, "the JWKS URL cannot be used: it is empty");
    row("nobody there", "--jwks-url", "http://127.0.0.1:1/", 3, "cannot get the JWK set from");
    row("not found", "--jwks-url", "SERVER/404", 3, "it answers with status 404");
    row("redirect", "--jwks-url", "SERVER/302", 3, "it answers with a redirect to https://id.example/");
    row("no JSON", "--jwks-url", "SERVER/html", 3, "no JSON object");
    row("too large", "--jwks-url", "SERVER/large", 3, "cannot get the JWK set from");
    row("no metadata", "--issuer", "SERVER/404", 3, "cannot get the issuer's metadata from");
    row("another issuer", "--issuer", "SERVER/other", 3, "that of 'https://id.example'");
}

void TestRemoteKeys::saysWhyThereAreNoKeys()
{
    QFETCH(QString, option);
    QFETCH(QString, url);
    QFETCH(int, status);
    QFETCH(QString, word);
    RawServer server([](const Seen& seen) {
        if (seen.has("/302"))
            return answerWith("", "302 Found", "Location: https://id.example/\r\n");
        if (seen.has("/html"))
            return answerWith("<html></html>");
        if (seen.has("/large"))
            return answerWith(std::string(2u << 20u, ' '));
        if (seen.has("/other"))
            return answerWith(R"({"issuer":"https://id.example","jwks_uri":"https://id.example/keys"})");
        return answerWith("", "404 Not Found");
    });
    url.replace(u"SERVER"_qs, QString::fromStdString(server.url("")));
    const CommandResult result = verify(signedBy(first(), "{}"), {option, url});
    QCOMPARE(result.status, status);
    QCOMPARE(result.out, std::string());
    QVERIFY2(QString::fromStdString(result.err).contains(word), result.err.c_str());
    QVERIFY2(result.err.starts_with("claimcheck-cli: ") && result.err.find('\n') == result.err.size() - 1,
             result.err.c_str());
}

void TestRemoteKeys::trustsWhatItIsTold()
{
    const Authority authority;
    RawServer server([](const Seen&) { return answerWith(set()); },
                     tlsServer(authority.issue("IP:127.0.0.1"), authority.pem()));
    const QStringList keys = option("--jwks-url", server.url("/keys", "https"));
    const std::string signedToken = signedBy(first(), "{}");
    QCOMPARE(verify(signedToken, keys).status, 3);
    QCOMPARE(verify(signedToken, keys + option("--cacert", authority.file("ca.pem", authority.pem()))).status,
             0);
    const CommandResult insecure = verify(signedToken, keys + QStringList{u"--insecure"_qs});
    QCOMPARE(insecure.status, 0);
    QVERIFY2(insecure.err.find("warning: the certificate of the keys' server is not verified") !=
                 std::string::npos,
             insecure.err.c_str());
}

void TestRemoteKeys::reachesThroughAProxy()
{
    RawServer proxy([](const Seen&) { return answerWith(set()); });
    const CommandResult result =
        verify(signedBy(first(), "{}"),
               option("--jwks-url", "http://127.0.0.1:9/keys") + option("--proxy", proxy.url("")));
    QCOMPARE(result.status, 0);
    QVERIFY(proxy.seen.at(0).has("GET http://127.0.0.1:9/keys HTTP/1.1\r\n"));
}

void TestRemoteKeys::verifiesABatch()
{
    RawServer server([](const Seen&) { return answerWith(set()); });
    const std::string lines = signedBy(first(), "{}") + "\n" + signedBy(second(), "{}") + "\n";
    const CommandResult result =
        runCommand(words("token verify --batch -") + option("--jwks-url", server.url("/keys")),
                   {.standardInput = lines});
    QCOMPARE(result.status, 0);
    QCOMPARE(QByteArray::fromStdString(result.out).count("\"verified\""), 2);
    QCOMPARE(server.seen.size(), std::size_t(1));
}

static bool isVerified(const std::string& answer)
{
    return answer.find("\"verdict\":\"verified\"") != std::string::npos;
}

static bool hasNoKey(const std::string& answer)
{
    return answer.find("\"verdict\":\"no key\"") != std::string::npos;
}

void TestRemoteKeys::learnsOfNewKeysInABatch()
{
    std::string keys = jose::publicJwk(first()).value();
    RawServer server([&keys](const Seen&) { return answerWith(R"({"keys":[)" + keys + "]}"); });
    OpenBatch batch(option("--jwks-url", server.url("/keys")));
    QVERIFY(isVerified(batch.answerTo(signedBy(first(), "{}"))));
    keys = jose::publicJwk(second()).value(); // the issuer has changed them
    const std::string answer = batch.answerTo(signedBy(second(), "{}"));
    QVERIFY2(isVerified(answer), answer.c_str());
    QVERIFY(answer.starts_with("{\"line\":2,"));
    QCOMPARE(server.seen.size(), std::size_t(2));
    // and once more, which is too soon
    keys = jose::publicJwk(first()).value();
    QVERIFY(hasNoKey(batch.answerTo(signedBy(first(), "{}"))));
    QVERIFY(isVerified(batch.answerTo(signedBy(second(), "{}"))));
    QCOMPARE(server.seen.size(), std::size_t(2));
    const CommandResult end = batch.end();
    QCOMPARE(end.status, 1);
    QCOMPARE(end.err, std::string());
}

void TestRemoteKeys::asksAnewForUnknownKidsOnly()
{
    RawServer server([](const Seen&) { return answerWith(set()); });
    OpenBatch batch(option("--jwks-url", server.url("/keys")));
    QVERIFY(isVerified(batch.answerTo(signedBy(first(), "{}"))));
    // of a kid that is there, without one, and no token
    QVERIFY(!isVerified(batch.answerTo(signedBy(made("ES256", "two"), "{}"))));
    QVERIFY(!isVerified(
        batch.answerTo(signedBy(jose::generateKey(*jose::findAlgorithm("ES256")).value(), "{}"))));
    QVERIFY(!isVerified(batch.answerTo("broken")));
    QCOMPARE(server.seen.size(), std::size_t(1));
    QVERIFY(hasNoKey(batch.answerTo(signedBy(made("ES256", "three"), "{}"))));
    QVERIFY(hasNoKey(batch.answerTo(signedBy(made("ES256", "four"), "{}"))));
    QCOMPARE(server.seen.size(), std::size_t(2));
    QCOMPARE(batch.end().status, 1);
}

void TestRemoteKeys::goesOnWithTheKeysAtHand()
{
    bool isThere = true;
    RawServer server([&isThere](const Seen&) {
        return isThere ? answerWith(set()) : answerWith("", "503 Service Unavailable");
    });
    OpenBatch batch(option("--jwks-url", server.url("/keys")));
    QVERIFY(isVerified(batch.answerTo(signedBy(first(), "{}"))));
    isThere = false;
    QVERIFY(hasNoKey(batch.answerTo(signedBy(made("ES256", "three"), "{}"))));
    QVERIFY(isVerified(batch.answerTo(signedBy(second(), "{}"))));
    const CommandResult end = batch.end();
    QCOMPARE(end.status, 1);
    QVERIFY2(end.err.find("warning: the keys stay as they were") != std::string::npos, end.err.c_str());
    QVERIFY2(end.err.find("503") != std::string::npos, end.err.c_str());
}

void TestRemoteKeys::readsTheTokenFromStandardInput()
{
    RawServer server([](const Seen&) { return answerWith(set()); });
    const CommandResult result =
        runCommand(words("token verify --json -") + option("--jwks-url", server.url("/keys")),
                   {.standardInput = signedBy(first(), "{}") + "\n"});
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QVERIFY(document->root().find("valid")->boolean());
}

void TestRemoteKeys::verifiesWhatALoginBrought()
{
    demo::DemoServer demo;
    const auto port = demo.start();
    QVERIFY_RESULT(port);
    const auto set = option("--jwks-url", demo.url() + "/.well-known/jwks.json");
    const CommandResult good = runCommand(login(demo.url() + "/rs256/login") + set, demoPassword);
    QCOMPARE(good.status, 0);
    QVERIFY2(good.out.find("\nverified\n") != std::string::npos, good.out.c_str());
    const CommandResult other = runCommand(login(demo.url() + "/login") + set, demoPassword);
    QCOMPARE(other.status, 1);
    // --cacert of login is the one option for both ways.
    const CommandResult unreadable =
        runCommand(login(demo.url() + "/login") + set + option("--cacert", "/nonexistent"), demoPassword);
    QCOMPARE(unreadable.status, 2);
}

void TestRemoteKeys::auditsWithASet()
{
    const std::string good = signedBy(first(), R"({"sub":"alice"})");
    RawServer server([&good](const Seen& seen) {
        if (seen.target() == "/keys")
            return answerWith(set());
        return seen.has("Authorization: Bearer " + good + "\r\n") ? answerWith(R"({"orders":[1,2,3]})")
                                                                  : answerWith("", "401 Unauthorized");
    });
    const CommandResult result =
        runCommand(words("audit --rate 0 --json --token - --attacks hs-key-confusion") +
                       option("--url", server.url("/orders")) + option("--jwks-url", server.url("/keys")),
                   {.standardInput = good + "\n"});
    QVERIFY2(result.status == 0, (result.err + result.out).c_str());
    QVERIFY2(result.out.find("not-run") == std::string::npos, result.out.c_str());
}

void TestRemoteKeys::refusesOptionsWithoutAServer()
{
    const std::string unsignedToken = signedBy(first(), "{}");
    QCOMPARE(verify(unsignedToken, words("--secret-env S --insecure")).status, 2);
    QCOMPARE(verify(unsignedToken, words("--insecure")).status, 2);
    const CommandResult two =
        verify(unsignedToken, words("--issuer https://a.example --jwks-url https://b.example"));
    QCOMPARE(two.status, 2);
    QVERIFY2(two.err.find("more than one key is given") != std::string::npos, two.err.c_str());
}

void TestRemoteKeys::offersThemWhereTheyWork_data()
{
    QTest::addColumn<bool>("isOffered");
    for (const char* command : {"token verify", "token lint", "token forge", "login"})
        QTest::newRow(command) << true;
    // What opens an encrypted token is no key that a server shows.
    for (const char* command : {"token decode", "token decrypt", "token sign"})
        QTest::newRow(command) << false;
}

void TestRemoteKeys::offersThemWhereTheyWork()
{
    const QStringList command = words(QTest::currentDataTag());
    const std::string help = runCommand(command + words("--help")).out;
    for (const char* name : {"--jwks-url", "--issuer"}) {
        QTEST(help.find(name) != std::string::npos, "isOffered");
        const auto used = runCommand(command + option(name, "http://127.0.0.1:1/"),
                                     {.standardInput = signedBy(first(), "{}")});
        QVERIFY2(used.err.find("reaches no server") == std::string::npos, used.err.c_str());
    }
}

QTEST_GUILESS_MAIN(TestRemoteKeys)
#include "tst_remotekeys.moc"
