// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The redirect rules as a function, for what no local server can show: https, other hosts, client
// certificates.

#include <QtTest/qtest.h>

#include <http/redirect.h>

using namespace claimcheck;
using namespace claimcheck::http;

class RedirectPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void origins_data();
    void origins();
    void secureToPlainIsRefused();
    void plainToSecureIsAnotherOrigin();
    void clientCertificateStays();
    void userInfoInLocationIsDropped();
    void maximumIsTheRequests();
    void contradictingLocationsAreNotFollowed();
    void aGuardedBodyIsNotRepeatedElsewhere_data();
    void aGuardedBodyIsNotRepeatedElsewhere();
};

namespace {

Request requestTo(const std::string& url)
{
    Request request;
    request.url = url;
    request.headers = {{"Authorization", "t"}};
    return request;
}

Response found(const std::string& location)
{
    Response answer;
    answer.status = 302;
    answer.headers = {{"Location", location}};
    return answer;
}

} // namespace

void RedirectPolicy::origins_data()
{
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("same");
    QTest::newRow("path") << QByteArray("/b") << true;
    QTest::newRow("written port") << QByteArray("https://api.example.org:443/") << true;
    QTest::newRow("case") << QByteArray("HTTPS://API.Example.ORG/") << true;
    QTest::newRow("network path") << QByteArray("//api.example.org/") << true;
    QTest::newRow("port") << QByteArray("https://api.example.org:8443/") << false;
    QTest::newRow("parent domain") << QByteArray("https://example.org/") << false;
    QTest::newRow("sub domain") << QByteArray("https://x.api.example.org/") << false;
    QTest::newRow("look-alike") << QByteArray("https://api.example.org.evil.test/") << false;
    QTest::newRow("user info") << QByteArray("https://api.example.org@evil.test/") << false;
    QTest::newRow("trailing dot") << QByteArray("https://api.example.org./") << false;
}

void RedirectPolicy::origins()
{
    QFETCH(QByteArray, to);
    QFETCH(bool, same);
    const auto next = redirectFrom(requestTo("https://api.example.org/a"), found(to.toStdString()), 0);
    QVERIFY(next && *next);
    QCOMPARE((*next)->withheld.empty(), same);
    QCOMPARE(headerValue((*next)->request.headers, "Authorization").has_value(), same);
}

void RedirectPolicy::secureToPlainIsRefused()
{
    const auto next = redirectFrom(requestTo("https://h.test/"), found("http://h.test/"), 0);
    QVERIFY(!next);
    QCOMPARE(next.error().kind, ErrorKind::BadAnswer);
}

void RedirectPolicy::plainToSecureIsAnotherOrigin()
{
    const auto next = redirectFrom(requestTo("http://h.test/"), found("https://h.test/"), 0);
    QVERIFY(next && *next);
    QCOMPARE((*next)->request.url, std::string("https://h.test/"));
    QCOMPARE((*next)->withheld, std::vector<std::string>{"Authorization"});
}

void RedirectPolicy::clientCertificateStays()
{
    Request request = requestTo("https://h.test/");
    request.tls.certificateFile = "me.pem";
    request.tls.keyFile = "me.key";
    request.tls.keyPassphrase = Secret("p");
    request.tls.caFile = "ca.pem";
    const auto next = redirectFrom(request, found("https://other.test/"), 0);
    QVERIFY(next && *next);
    TlsProfile expected;
    expected.caFile = "ca.pem";
    QVERIFY((*next)->request.tls == expected);
    QCOMPARE((*next)->withheld.back(), std::string("client certificate"));
}

void RedirectPolicy::userInfoInLocationIsDropped()
{
    const auto next = redirectFrom(requestTo("https://h.test/"), found("https://u:p@h.test/x"), 0);
    QVERIFY(next && *next);
    QCOMPARE((*next)->request.url, std::string("https://h.test/x"));
}

void RedirectPolicy::maximumIsTheRequests()
{
    Request request = requestTo("https://h.test/");
    request.maximumRedirects = 2;
    QVERIFY(redirectFrom(request, found("/x"), 1));
    QVERIFY(!redirectFrom(request, found("/x"), 2));
}

/// Which one is the address? Chromium refuses it, too; curl takes one without a word.
void RedirectPolicy::contradictingLocationsAreNotFollowed()
{
    Response answer = found("/a");
    answer.headers.push_back({"location", "/b"});
    const auto next = redirectFrom(requestTo("https://h.test/"), answer, 0);
    QVERIFY(!next);
    QCOMPARE(next.error().kind, ErrorKind::BadAnswer);
    QVERIFY(next.error().why.find("several Location fields") != std::string::npos);
    answer.headers.back().value = "/a";
    const auto same = redirectFrom(requestTo("https://h.test/"), answer, 0);
    QVERIFY(same && *same);
    QCOMPARE((*same)->request.url, std::string("https://h.test/a"));
    answer.headers.back().value = "/b";
    Request still = requestTo("https://h.test/");
    still.followRedirects = false;
    const auto shown = redirectFrom(still, answer, 0);
    QVERIFY(shown && !*shown);
}

void RedirectPolicy::aGuardedBodyIsNotRepeatedElsewhere_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isGuarded");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("isFollowed");
    const QByteArray other("https://other.test/");
    QTest::newRow("307") << 307 << true << other << false;
    QTest::newRow("308") << 308 << true << other << false;
    QTest::newRow("302, which becomes GET") << 302 << true << other << true;
    QTest::newRow("the same origin") << 307 << true << QByteArray("/b") << true;
    QTest::newRow("an origin that is allowed") << 307 << true << QByteArray("https://friend.test/") << true;
    QTest::newRow("nothing guarded") << 307 << false << other << true;
}

void RedirectPolicy::aGuardedBodyIsNotRepeatedElsewhere()
{
    QFETCH(int, status);
    QFETCH(bool, isGuarded);
    QFETCH(QByteArray, to);
    QFETCH(bool, isFollowed);
    Request request = requestTo("https://h.test/");
    request.method = "POST";
    request.body = "password=x";
    request.isBodyGuarded = isGuarded;
    request.allowedOrigins = {"https://friend.test:443"};
    Response answer = found(to.toStdString());
    answer.status = status;
    const auto next = redirectFrom(request, answer, 0);
    QCOMPARE(next.has_value(), isFollowed);
    if (isFollowed)
        return;
    QCOMPARE(next.error().kind, ErrorKind::BadAnswer);
    QVERIFY(next.error().why.find("a secret in it, at https://other.test:443") != std::string::npos);
    QVERIFY(next.error().fix.find("--allow-origin https://other.test:443") != std::string::npos);
}

QTEST_GUILESS_MAIN(RedirectPolicy)
#include "tst_redirectpolicy.moc"
