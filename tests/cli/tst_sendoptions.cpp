// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Options of `claimcheck-cli send` on the way to a server and back: proxies, sockets, origins, TLS versions,
// cookies from redirect to redirect, files for answers of any size.

#include <core/http/authority.h>
#include <core/http/rawserver.h>
#include <http/engines.h>
#include <support/commandline.h>
#include <support/data.h>

#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

// What Qt Network alone cannot do; one by one, so that it is noticed when it can.
#if CLAIMCHECK_CURL
#define EXPECT_REDUCED_ENGINE_FAILS(why) static_cast<void>(0)
#else
#define EXPECT_REDUCED_ENGINE_FAILS(why) QEXPECT_FAIL("", why, Abort)
#endif

namespace {

QStringList get(const std::string& url, const QStringList& more = {})
{
    return QStringList{QStringLiteral("send"), QStringLiteral("GET"), QString::fromStdString(url)} + more;
}

Answer hello(const Seen&)
{
    return ok("hello");
}

} // namespace

class TestSendOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesThroughAProxy();
    void allowsOrigins();
    void refusesBrokenOrigins();
    void keepsCookiesBetweenRedirects();
    void neverFromSecureToPlain();
    void leastTlsVersion();
    void speaksHttp11();
    void streamsLargeAnswers();
    void looksAtTheFileFirst();
    void leavesDevicesAlone();
    void refusesLargeJson();
};

void TestSendOptions::goesThroughAProxy()
{
    RawServer proxy(hello);
    const auto result = runCommand(get(
        "http://api.test/x", QStringList{QStringLiteral("--proxy"), QString::fromStdString(proxy.url())}));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string("hello"));
    QVERIFY(proxy.seen.at(0).head.starts_with("GET http://api.test/x HTTP/1.1\r\nHost: api.test\r\n"));
}

void TestSendOptions::allowsOrigins()
{
    RawServer other(hello);
    RawServer server([&](const Seen&) { return redirectTo(other.url("/there")); });
    const auto sent = [&](const QStringList& options) {
        const auto result =
            runCommand(get(server.url(), words("--raw-token - -H X-Api-Key:k") + options), {"a.b.c"});
        return result.status == 0 && other.seen.back().has("\r\nAuthorization: a.b.c\r\n") &&
               other.seen.back().has("\r\nX-Api-Key: k\r\n");
    };
    QVERIFY(!sent({}));
    QVERIFY(!sent({QStringLiteral("--allow-origin"), QString::fromStdString(server.url())}));
    QVERIFY(!sent(words("--allow-origin http://127.0.0.1")));
    QVERIFY(sent(words("--allow-origin http://h.test --allow-origin") +
                 QStringList{QString::fromStdString(other.url("/any/path"))}));
}

void TestSendOptions::refusesBrokenOrigins()
{
    RawServer server(hello);
    const auto result = runCommand(get(server.url(), words("--allow-origin api.example")));
    QCOMPARE(result.status, 2);
    QCOMPARE(result.err, std::string("claimcheck-cli: --allow-origin cannot be used: it is no http or https "
                                     "origin (write it as https://host or https://host:port)\n"));
    QVERIFY(server.seen.empty());
}

void TestSendOptions::keepsCookiesBetweenRedirects()
{
    RawServer server([](const Seen& seen) {
        return seen.target() == "/"
                   ? ok("", "Location: /in\r\nSet-Cookie: sid=1; Path=/\r\n", "303 See Other")
                   : ok("in");
    });
    QCOMPARE(runCommand(get(server.url(), words("--cookie mine=2"))).out, std::string("in"));
    QVERIFY(server.seen.at(0).has("\r\nCookie: mine=2\r\n"));
    QVERIFY(server.seen.at(1).has("\r\nCookie: mine=2; sid=1\r\n"));
    QCOMPARE(runCommand(get(server.url(), words("--no-redirect"))).out, std::string());
    QVERIFY(!server.seen.at(2).has("Cookie")); // nothing is kept for another day
}

void TestSendOptions::neverFromSecureToPlain()
{
    const Authority authority;
    RawServer plain(hello);
    RawServer server([&](const Seen&) { return redirectTo(plain.url()); },
                     tlsServer(authority.issue("IP:127.0.0.1"), authority.pem()));
    const QString file = QString::fromStdString(authority.file("ca.pem", authority.pem()));
    const auto result = runCommand(get(server.url("/", "https"), {QStringLiteral("--cacert"), file}));
    QCOMPARE(
        result.err,
        std::string("claimcheck-cli: the redirect was not followed: it leads from https to unprotected http "
                    "(send the request to the final address, or look at the answer itself with "
                    "--no-redirect)\n"));
    QCOMPARE(result.status, 3);
    QVERIFY(plain.seen.empty());
}

void TestSendOptions::leastTlsVersion()
{
    const Authority authority;
    RawServer server(hello, tlsServer(authority.issue("IP:127.0.0.1"), authority.pem(), Clients::Anonymous,
                                      QSsl::TlsV1_2));
    const QString file = QString::fromStdString(authority.file("ca.pem", authority.pem()));
    const QStringList trusting = get(server.url("/", "https"), {QStringLiteral("--cacert"), file});
    QCOMPARE(runCommand(trusting).out, std::string("hello"));
    const auto refused = runCommand(trusting + words("--tls-min 1.3"));
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.err.find("no TLS version in common") != std::string::npos, refused.err.c_str());
    QCOMPARE(runCommand(trusting + words("--tls-min 2")).status, 2);
}

void TestSendOptions::speaksHttp11()
{
    RawServer server(hello);
    QCOMPARE(runCommand(get(server.url(), words("--http1.1"))).out, std::string("hello"));
    QVERIFY(server.seen.at(0).head.starts_with("GET / HTTP/1.1\r\n"));
}

void TestSendOptions::streamsLargeAnswers()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("answer"));
    const std::string body(20'000'001, 'x');
    RawServer server([&](const Seen&) { return ok(body); });
    QVERIFY(runCommand(get(server.url())).out == body);
    QCOMPARE(
        runCommand(get(server.url(), QStringList{QStringLiteral("-i"), QStringLiteral("-o"), path})).status,
        0);
    QVERIFY(readFile(path) == "HTTP/1.1 200 OK\r\nContent-Length: 20000001\r\n\r\n" + body);
}

void TestSendOptions::looksAtTheFileFirst()
{
    const QTemporaryDir folder;
    RawServer server(hello);
    for (const QString& path : {folder.path(), folder.filePath(QStringLiteral("none/answer"))}) {
        const auto result = runCommand(get(server.url(), {QStringLiteral("-o"), path}));
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.starts_with("claimcheck-cli: cannot write " + path.toStdString() + ": "),
                 result.err.c_str());
    }
    QVERIFY(server.seen.empty());
}

/// A private file loses the rights of others; a device is everybody's.
void TestSendOptions::leavesDevicesAlone()
{
    RawServer server(hello);
    const auto before = QFileInfo(QStringLiteral("/dev/null")).permissions();
    QCOMPARE(runCommand(get(server.url(), words("-o /dev/null"))).status, 0);
    QCOMPARE(QFileInfo(QStringLiteral("/dev/null")).permissions(), before);
}

void TestSendOptions::refusesLargeJson()
{
    const std::string body(64u * 1024u * 1024u + 1u, 'x');
    RawServer server([&](const Seen&) { return ok(body); });
    const auto result = runCommand(get(server.url(), words("--json")));
    QCOMPARE(result.status, 3);
    QCOMPARE(result.out, std::string());
    QCOMPARE(
        result.err,
        std::string("claimcheck-cli: the answer does not fit into a JSON document: its body has 67.1 MB, the "
                    "limit is 67.1 MB (leave --json out and write the body to a file with -o FILE)\n"));
}

QTEST_GUILESS_MAIN(TestSendOptions)
#include "tst_sendoptions.moc"
