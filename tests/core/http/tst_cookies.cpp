// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cookies (RFC 6265): recorded from every answer, kept and sent only where a request asks for it, and never
// to a host that they are not for.

#include <QtTest/qtest.h>

#include <http/cookies.h>

#include <support/result.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Cookies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAttributesApart();
    void keepsToItsHost_data();
    void keepsToItsHost();
    void keepsThePromiseOfItsName_data();
    void keepsThePromiseOfItsName();
    void ignoresControlCharacters();
    void sendsWhereItBelongs_data();
    void sendsWhereItBelongs();
    void usersOwnStay();
    void endsAndIsCleared();
    void canBeSeen();
    void canBeSet();
    void refusesToBeSet_data();
    void refusesToBeSet();
    void jarsAreApart();

    void throughRedirects_data() { addTransports(); }
    void throughRedirects();
    void onlyWhereAsked();
};

namespace {

/// What a jar that got this field from `from` sends to `to`.
std::string sent(const std::string& from, const std::string& field, const std::string& to)
{
    CookieJar jar;
    jar.store(from, {{"set-cookie", field}});
    Request request;
    request.url = to;
    jar.addTo(request);
    return headerValue(request.headers, "Cookie").value_or("");
}

} // namespace

void Cookies::takesAttributesApart()
{
    const auto cookies =
        cookiesOf({{"Set-Cookie", "sid=a=b; Path=/x; Domain=example.org; Secure; HttpOnly; Max-Age=60"},
                   {"X-Other", "no=cookie"},
                   {"set-cookie", "plain=1"}});
    QCOMPARE(cookies.size(), 2U);
    QCOMPARE(cookies[0].name, std::string("sid"));
    QCOMPARE(cookies[0].value, std::string("a=b"));
    QCOMPARE(cookies[0].path, std::string("/x"));
    QVERIFY(cookies[0].domain.ends_with("example.org"));
    QVERIFY(cookies[0].secure && cookies[0].httpOnly && cookies[0].expires);
    QVERIFY(!cookies[1].secure && !cookies[1].httpOnly && !cookies[1].expires && !cookies[1].isKept);
}

void Cookies::keepsToItsHost_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("kept");
    QTest::newRow("no domain") << QByteArray("a=1") << true;
    QTest::newRow("own domain") << QByteArray("a=1; Domain=www.example.org") << true;
    QTest::newRow("parent domain") << QByteArray("a=1; Domain=example.org") << true;
    QTest::newRow("foreign domain") << QByteArray("a=1; Domain=evil.test") << false;
    QTest::newRow("child domain") << QByteArray("a=1; Domain=x.www.example.org") << false;
    QTest::newRow("top level") << QByteArray("a=1; Domain=org") << false;
    QTest::newRow("public suffix") << QByteArray("a=1; Domain=co.uk") << false;
    QTest::newRow("over already") << QByteArray("a=1; Max-Age=0") << false;
}

void Cookies::keepsToItsHost()
{
    QFETCH(const QByteArray, field);
    CookieJar jar;
    const auto cookies = jar.store("https://www.example.org/a", {{"Set-Cookie", field.toStdString()}});
    QCOMPARE(cookies.size(), 1U);
    QTEST(cookies[0].isKept, "kept");
    QTEST(jar.hasCookiesFor("https://www.example.org/a"), "kept");
}

void Cookies::keepsThePromiseOfItsName_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("kept");
    const auto row = [](const char* what, const char* field, const char* url, bool kept) {
        QTest::newRow(what) << QByteArray(field) << QByteArray(url) << kept;
    };
    const char* const tls = "https://www.example.org/";
    const char* const plain = "http://www.example.org/";
    row("secure", "__Secure-a=1; Secure", tls, true);
    row("secure, for a domain", "__Secure-a=1; Secure; Domain=example.org; Path=/x", tls, true);
    row("secure, without Secure", "__Secure-a=1", tls, false);
    row("secure, in plain http", "__Secure-a=1", plain, false);
    row("secure, with Secure in plain http", "__Secure-a=1; Secure", plain, false);
    row("secure, in small letters", "__secure-a=1", tls, false);
    row("host", "__Host-a=1; Secure; Path=/", tls, true);
    row("host, without Secure", "__Host-a=1; Path=/", tls, false);
    row("host, in plain http", "__Host-a=1; Path=/", plain, false);
    row("host, with Secure in plain http", "__Host-a=1; Secure; Path=/", plain, false);
    row("host, without a path", "__Host-a=1; Secure", tls, false);
    row("host, of another path", "__Host-a=1; Secure; Path=/x", tls, false);
    row("host, with a domain", "__Host-a=1; Secure; Path=/; Domain=www.example.org", tls, false);
    row("host, in large letters", "__HOST-a=1; Path=/", tls, false);
    row("not at the beginning", "a__Host-=1", plain, true);
    row("without the hyphen", "__Host=1", plain, true);
}

void Cookies::keepsThePromiseOfItsName()
{
    QFETCH(const QByteArray, field);
    QFETCH(const QByteArray, url);
    CookieJar jar;
    const auto cookies = jar.store(url.toStdString(), {{"Set-Cookie", field.toStdString()}});
    QCOMPARE(cookies.size(), 1U);
    QTEST(cookies[0].isKept, "kept");
    QTEST(!jar.cookies(currentTime()).empty(), "kept");
}

void Cookies::ignoresControlCharacters()
{
    using namespace std::string_literals;
    const std::string url = "http://h.test/";
    CookieJar jar;
    for (const std::string& field : {"a\x01=1"s, "a=1\x7f"s, "a=1\x1f; Path=/"s, "a=1; Path=/\x02"s}) {
        jar.store(url, {{"Set-Cookie", field}});
        QVERIFY(!jar.hasCookiesFor(url));
    }
    jar.store(url, {{"Set-Cookie", "a=1;\tPath=/"}}); // a tab is white space
    QVERIFY(jar.hasCookiesFor(url));
}

void Cookies::sendsWhereItBelongs_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("goes");
    const QByteArray plain("a=1");
    QTest::newRow("same host") << plain << QByteArray("https://www.example.org/b/d") << true;
    QTest::newRow("child host") << plain << QByteArray("https://x.www.example.org/b/") << false;
    QTest::newRow("sibling") << plain << QByteArray("https://api.example.org/b/") << false;
    QTest::newRow("sibling, by domain")
        << QByteArray("a=1; Domain=example.org") << QByteArray("https://api.example.org/b/") << true;
    QTest::newRow("suffix in text only")
        << QByteArray("a=1; Domain=example.org") << QByteArray("https://badexample.org/b/") << false;
    QTest::newRow("above its path") << plain << QByteArray("https://www.example.org/") << false;
    QTest::newRow("path in text only")
        << QByteArray("a=1; Path=/b") << QByteArray("https://www.example.org/bc") << false;
    QTest::newRow("secure, in plain http")
        << QByteArray("a=1; Secure") << QByteArray("http://www.example.org/b/c") << false;
}

void Cookies::sendsWhereItBelongs()
{
    QFETCH(const QByteArray, field);
    QFETCH(const QByteArray, url);
    QFETCH(const bool, goes);
    QCOMPARE(sent("https://www.example.org/b/c", field.toStdString(), url.toStdString()),
             std::string(goes ? "a=1" : ""));
}

void Cookies::usersOwnStay()
{
    CookieJar jar;
    jar.store("http://h.test/", {{"Set-Cookie", "a=jar"}, {"Set-Cookie", "b=jar"}});
    Request request;
    request.url = "http://h.test/";
    request.headers = {{"cookie", "a=mine; c=3"}};
    jar.addTo(request);
    QCOMPARE(request.headers, (Headers{{"cookie", "a=mine; c=3; b=jar"}}));
}

void Cookies::endsAndIsCleared()
{
    CookieJar jar;
    jar.store("http://h.test/", {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}});
    jar.store("http://h.test/", {{"Set-Cookie", "a=; Max-Age=0"}});
    Request request;
    request.url = "http://h.test/";
    jar.addTo(request);
    QCOMPARE(request.headers, (Headers{{"Cookie", "b=2"}}));
    jar.clear();
    QVERIFY(!jar.hasCookiesFor("http://h.test/"));
}

void Cookies::canBeSeen()
{
    const Instant now = currentTime();
    CookieJar jar;
    jar.store("https://b.example.org/x/", {{"Set-Cookie", "z=1; Secure; HttpOnly; Max-Age=600"},
                                           {"Set-Cookie", "a=2; Domain=example.org; Path=/"}});
    jar.store("http://a.test/", {{"Set-Cookie", "n=3"}});
    const auto cookies = jar.cookies(now);
    QCOMPARE(cookies.size(), 3U);
    QCOMPARE(cookies[0].domain, std::string(".example.org"));
    QCOMPARE(cookies[1].domain, std::string("a.test"));
    QVERIFY(!cookies[1].expires && cookies[1].isKept);
    QCOMPARE(cookies[2].domain, std::string("b.example.org"));
    QCOMPARE(cookies[2].path, std::string("/x/"));
    QVERIFY(cookies[2].secure && cookies[2].httpOnly && cookies[2].expires > now);
    QCOMPARE(jar.cookies(now + std::chrono::hours(1)).size(), 2U);
    QVERIFY(jar.remove(cookies[2]) && !jar.remove(cookies[2]));
    QVERIFY(!jar.hasCookiesFor("https://c.b.example.org.test/x/"));
    QCOMPARE(jar.cookies(now).size(), 2U);
}

void Cookies::canBeSet()
{
    const Instant now = currentTime();
    CookieJar jar;
    Cookie cookie;
    cookie.name = "sid";
    cookie.value = "one two";
    cookie.domain = "API.example.org";
    QVERIFY_RESULT(jar.set(cookie, now));
    QVERIFY(jar.hasCookiesFor("http://api.example.org/any"));
    QVERIFY(!jar.hasCookiesFor("http://x.api.example.org/any"));
    cookie.value = "three";
    QVERIFY_RESULT(jar.set(cookie, now)); // takes the place of the first
    Request request;
    request.url = "http://api.example.org/";
    jar.addTo(request);
    QCOMPARE(request.headers, (Headers{{"Cookie", "sid=three"}}));
    cookie.domain = ".example.org";
    cookie.path = "/v1";
    cookie.secure = true;
    cookie.expires = now + std::chrono::minutes(5);
    QVERIFY_RESULT(jar.set(cookie, now));
    QVERIFY(jar.hasCookiesFor("https://other.example.org/v1/a"));
    QVERIFY(!jar.hasCookiesFor("http://other.example.org/v1/a"));
    QCOMPARE(jar.cookies(now).size(), 2U);
    QCOMPARE(jar.cookies(now).front().path, std::string("/v1"));
    cookie.domain = "localhost"; // a host of one label may have its own, as one that it sets itself
    QVERIFY_RESULT(jar.set(cookie, now));
    cookie.domain = "127.0.0.1";
    QVERIFY_RESULT(jar.set(cookie, now));
    QVERIFY(jar.hasCookiesFor("https://127.0.0.1:8443/v1"));
    cookie.name = "__Host-sid"; // Secure, as its name promises, but of /v1
    QVERIFY(!jar.set(cookie, now));
    cookie.path.clear();
    QVERIFY_RESULT(jar.set(cookie, now));
    cookie.domain = ".example.org"; // of several hosts
    QVERIFY(!jar.set(cookie, now));
}

void Cookies::refusesToBeSet_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<QByteArray>("path");
    const QByteArray good("h.test");
    const auto row = [](const char* what, const QByteArray& name, const QByteArray& value,
                        const QByteArray& domain,
                        const QByteArray& path) { QTest::newRow(what) << name << value << domain << path; };
    row("no name", QByteArray(), "1", good, "/");
    row("= in the name", "a=b", "1", good, "/");
    row("a second cookie in the value", "a", "1; admin=1", good, "/");
    row("line end in the value", "a", "1\r\nX: y", good, "/");
    row("no domain", "a", "1", QByteArray(), "/");
    row("only a dot", "a", "1", ".", "/");
    row("a URL for a domain", "a", "1", "https://h.test", "/");
    row("a top level", "a", "1", ".org", "/");
    row("a public suffix", "a", "1", ".co.uk", "/");
    row("a relative path", "a", "1", good, "x");
    row("a Secure name without Secure", "__Secure-a", "1", good, "/");
    row("a host's name without Secure", "__host-a", "1", good, "/");
}

void Cookies::refusesToBeSet()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, domain);
    QFETCH(const QByteArray, path);
    Cookie cookie;
    cookie.name = name.toStdString();
    cookie.value = value.toStdString();
    cookie.domain = domain.toStdString();
    cookie.path = path.toStdString();
    CookieJar jar;
    const auto set = jar.set(cookie, currentTime());
    QVERIFY(!set && set.error().kind == ErrorKind::Usage);
    QVERIFY(jar.cookies(currentTime()).empty());
}

/// A request keeps the jar that it began with.
void Cookies::jarsAreApart()
{
    RawServer server([](const Seen& seen) { return ok("x", "Set-Cookie: at=" + seen.target() + "\r\n"); });
    const auto first = std::make_shared<CookieJar>();
    const auto second = std::make_shared<CookieJar>();
    Client client;
    int done = 0;
    Request request;
    request.useCookies = true;
    client.setCookies(first);
    request.url = server.url("/1");
    client.send(request, this, [&](const Exchange&) { ++done; });
    client.setCookies(second);
    request.url = server.url("/2");
    client.send(request, this, [&](const Exchange&) { ++done; });
    QTRY_COMPARE(done, 2);
    QVERIFY(!server.seen.at(0).has("Cookie") && !server.seen.at(1).has("Cookie"));
    QCOMPARE(first->cookies(currentTime()).at(0).value, std::string("/1"));
    QCOMPARE(second->cookies(currentTime()).at(0).value, std::string("/2"));
}

void Cookies::throughRedirects()
{
    QFETCH(const QString, transport);
    RawServer other([](const Seen&) { return ok("other"); });
    RawServer server([&](const Seen& seen) {
        if (seen.target() == "/login")
            return ok("", "Location: /home\r\nSet-Cookie: sid=1; HttpOnly\r\n", "302 Found");
        return redirectTo(other.url("/", "http", "localhost"));
    });
    Request request;
    request.url = server.url("/login");
    request.headers = {{"Cookie", "mine=2"}};
    request.useCookies = true;
    Sender sender(transport);
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QVERIFY(server.seen.at(0).has("\r\nCookie: mine=2\r\n"));
    QVERIFY(server.seen.at(1).has("\r\nCookie: mine=2; sid=1\r\n"));
    QVERIFY(!other.seen.at(0).has("Cookie"));
    QCOMPARE(exchange.cookies.size(), 1U);
    QVERIFY(exchange.cookies[0].isKept && exchange.cookies[0].httpOnly);
    QCOMPARE(exchange.hops.back().withheld, std::vector<std::string>{"Cookie"});
}

void Cookies::onlyWhereAsked()
{
    RawServer server([](const Seen&) { return ok("x", "Set-Cookie: sid=1\r\n"); });
    Client client;
    std::vector<Exchange> done;
    const auto send = [&](bool useCookies) {
        Request request;
        request.url = server.url();
        request.useCookies = useCookies;
        const std::size_t before = done.size();
        client.send(request, this, [&](Exchange exchange) { done.push_back(std::move(exchange)); });
        return QTest::qWaitFor([&] { return done.size() > before; });
    };
    QVERIFY(send(false) && send(true) && send(true) && send(false));
    QVERIFY(!done[0].cookies.at(0).isKept && done[1].cookies.at(0).isKept);
    const bool sentIn[] = {server.seen.at(0).has("Cookie"), server.seen.at(1).has("Cookie"),
                           server.seen.at(2).has("\r\nCookie: sid=1\r\n"), server.seen.at(3).has("Cookie")};
    QVERIFY(!sentIn[0] && !sentIn[1] && sentIn[2] && !sentIn[3]);
    QVERIFY(client.cookies().hasCookiesFor(server.url()));
}

QTEST_GUILESS_MAIN(Cookies)
#include "tst_cookies.moc"
