// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli send` in HTTP/2, against Node's own server: agreed on in TLS, and in the clear by prior
// knowledge; with early hints, trailers, large bodies, streams that are reset and connections that go.

#include <core/http/authority.h>
#include <http/engines.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/nodeserver.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestHttp2 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void agreesInTls_data();
    void agreesInTls();
    void inTheClear();
    void sendsABody();
    void showsHeadAndTrailers();
    void carriesALargeBody();
    void failsInWords_data();
    void failsInWords();

private:
    CommandResult get(const char* path, const char* options = "") const
    {
        return runCommand(words("send GET") +
                          QStringList{m_secure.url(QStringLiteral("https")) + QString::fromUtf8(path),
                                      QStringLiteral("--cacert"), m_authorityFile} +
                          words(options));
    }

    Authority m_authority;
    QString m_authorityFile;
    NodeServer m_secure;
    NodeServer m_clear;
};

void TestHttp2::initTestCase()
{
#if !CLAIMCHECK_CURL
    QSKIP("the reduced engine is tested for what the main job needs");
#endif
    const Issued issued = m_authority.issue("IP:127.0.0.1");
    const auto file = [&](const char* name, const QByteArray& bytes) {
        return QString::fromStdString(m_authority.file(name, bytes));
    };
    m_authorityFile = file("ca.pem", m_authority.pem());
    const QStringList pair{file("server.key", issued.key), file("server.pem", issued.certificate)};
    const QString secure = m_secure.start(QStringLiteral("http2"), pair);
    QVERIFY2(secure.isEmpty(), qPrintable(secure));
    const QString clear = m_clear.start(QStringLiteral("http2"));
    QVERIFY2(clear.isEmpty(), qPrintable(clear));
}

void TestHttp2::agreesInTls_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("version");
    QTest::newRow("by itself") << QByteArray("-v") << QByteArray("2.0");
    QTest::newRow("asked for") << QByteArray("-v --http2") << QByteArray("2.0");
    QTest::newRow("refused") << QByteArray("-v --http1.1") << QByteArray("1.1");
}

void TestHttp2::agreesInTls()
{
    QFETCH(const QByteArray, options);
    QFETCH(const QByteArray, version);
    const auto result = get("/a/../b?c", options.constData());
    QVERIFY2(result.status == 0, result.err.c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("version")->string(), version.toStdString());
    QCOMPARE(document->root().find("path")->string(), std::string("/a/../b?c"));
    const bool isSecond = version == "2.0";
    QVERIFY2(result.err.find(isSecond ? ", ALPN h2, certificate verified\n"
                                      : ", ALPN http/1.1, certificate verified\n") != std::string::npos,
             result.err.c_str());
    QVERIFY2(result.err.find(isSecond ? "> GET /a/../b?c HTTP/2\n" : "> GET /a/../b?c HTTP/1.1\n") !=
                 std::string::npos,
             result.err.c_str());
}

void TestHttp2::inTheClear()
{
    const QStringList send = words("send GET -i") + QStringList{m_clear.url()};
    const auto result = runCommand(send + words("--http2"));
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.starts_with("HTTP/2 200 \r\n"), result.out.c_str());
    QVERIFY(result.out.find("\"version\":\"2.0\"") != std::string::npos);
    const auto first = runCommand(send); // HTTP/1.1 to a server that speaks only HTTP/2
    QCOMPARE(first.status, 3);
    QVERIFY(first.err.starts_with("claimcheck-cli: "));
}

void TestHttp2::sendsABody()
{
    const auto result =
        runCommand(words("send POST --data - --token-env T --cacert") +
                       QStringList{m_authorityFile, m_secure.url(QStringLiteral("https"))},
                   {std::string(3'000'000, 'x'), {{QStringLiteral("T"), QStringLiteral("a.b.c")}}});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.find("\"method\":\"POST\"") != std::string::npos, result.out.c_str());
    QVERIFY(result.out.find("\"authorization\":\"Bearer a.b.c\",\"bytes\":3000000") != std::string::npos);
}

void TestHttp2::showsHeadAndTrailers()
{
    const auto early = get("/early", "-i -v");
    QVERIFY2(early.out.starts_with("HTTP/2 200 \r\n") && early.out.ends_with("\r\n\r\nlate"),
             early.out.c_str());
    QVERIFY2(early.err.find("< HTTP/2 103 \n< link: </style.css>; rel=preload\n") != std::string::npos,
             early.err.c_str());
    const auto trailers = get("/trailers");
    QVERIFY2(trailers.status == 0, trailers.err.c_str());
    QCOMPARE(trailers.out, std::string("body"));
}

void TestHttp2::carriesALargeBody()
{
    const auto result = get("/large");
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY(result.out == std::string(20 * 1024 * 1024, 'x'));
}

void TestHttp2::failsInWords_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("what");
    QTest::newRow("stream reset before the answer") << QByteArray("/reset") << QByteArray("no answer from ");
    QTest::newRow("stream reset in the answer") << QByteArray("/broken") << QByteArray("the answer of ");
    QTest::newRow("connection gone") << QByteArray("/goaway") << QByteArray("no answer from ");
}

void TestHttp2::failsInWords()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, what);
    const auto result = get(path.constData());
    QCOMPARE(result.status, 3);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.starts_with("claimcheck-cli: " + what.toStdString()), result.err.c_str());
}

QTEST_GUILESS_MAIN(TestHttp2)
#include "tst_http2.moc"
