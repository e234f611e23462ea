// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A proxy's URL in its fields and back: nothing of it is lost, no character ends a name early, and what is
// wrong is said without its password.

#include <state/proxydraft.h>
#include <state/secretvariable.h>

#include <QtTest/qtest.h>

using namespace claimcheck::ui;

class TestProxyDraft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesToTheFileAndBack_data();
    void goesToTheFileAndBack();
    void encodesAName();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void isShownWithoutItsLogin();
    void namesTheVariableOfASecret();
};

void TestProxyDraft::goesToTheFileAndBack_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("password");
    const auto row = [](const char* written, ProxyKind kind, const char* address, const char* user,
                        const char* password) {
        QTest::newRow(written) << QByteArray(written) << int(kind) << QByteArray(address) << QByteArray(user)
                               << QByteArray(password);
    };
    row("none", ProxyKind::None, "", "", "");
    row("http://p.example:3128", ProxyKind::Http, "p.example:3128", "", "");
    row("socks5h://[::1]:1080", ProxyKind::Socks5h, "[::1]:1080", "", "");
    row("socks5://{{host}}", ProxyKind::Socks5, "{{host}}", "", "");
    row("socks4a://p", ProxyKind::Socks4a, "p", "", "");
    row("socks4://p", ProxyKind::Socks4, "p", "", "");
    row("http://me@p:1", ProxyKind::Http, "p:1", "me", "");
    row("http://a%40b:{{pw}}@p:1", ProxyKind::Http, "p:1", "a@b", "{{pw}}");
    row("http://{{user}}:{{pw}}@p:1", ProxyKind::Http, "p:1", "{{user}}", "{{pw}}");
    row("{{proxy}}", ProxyKind::Other, "{{proxy}}", "", "");
}

void TestProxyDraft::goesToTheFileAndBack()
{
    QFETCH(QByteArray, written);
    QFETCH(int, kind);
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, password);
    const ProxyDraft draft = proxyDraftOf(written.toStdString());
    QCOMPARE(int(draft.kind), kind);
    QCOMPARE(draft.address, address.toStdString());
    QCOMPARE(draft.user, user.toStdString());
    QCOMPARE(draft.password, password.toStdString());
    QCOMPARE(writtenProxy(draft), std::optional(written.toStdString()));
    QVERIFY2(proxyProblem(draft).isEmpty(), qPrintable(proxyProblem(draft)));
    QVERIFY(!writtenProxy(proxyDraftOf(std::nullopt)));
}

void TestProxyDraft::encodesAName()
{
    const ProxyDraft draft{ProxyKind::Http, "p:1", "me@home: {{user}}", "{{pw}}"};
    QCOMPARE(writtenProxy(draft), std::optional<std::string>("http://me%40home%3A%20{{user}}:{{pw}}@p:1"));
}

void TestProxyDraft::saysWhatIsWrong_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("said");
    const int http = int(ProxyKind::Http);
    const int other = int(ProxyKind::Other);
    const QByteArray none;
    QTest::newRow("no address") << http << none << none << QByteArray("proxy.example:3128");
    QTest::newRow("no URL") << other << none << none << QByteArray("{{proxy}}");
    QTest::newRow("port") << http << QByteArray("p:99999") << none << QByteArray("not valid");
    QTest::newRow("host") << http << QByteArray("p example") << none << QByteArray("not valid");
    QTest::newRow("a URL") << http << QByteArray("http://me:s3cret@p:1") << none
                           << QByteArray("host and port");
    QTest::newRow("login") << http << QByteArray("me:s3cret@p:1") << none << QByteArray("host and port");
    QTest::newRow("no name") << http << QByteArray("p:1") << QByteArray("{{pw}}") << QByteArray("user name");
    QTest::newRow("scheme") << other << QByteArray("ftp://p:1") << none << QByteArray("not valid");
    QTest::newRow("fine") << http << QByteArray("p:1") << none << none;
    QTest::newRow("not known yet") << http << QByteArray("{{host}}:99999") << none << none;
}

void TestProxyDraft::saysWhatIsWrong()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, said);
    const QString problem =
        proxyProblem({static_cast<ProxyKind>(kind), address.toStdString(), {}, password.toStdString()});
    QCOMPARE(problem.isEmpty(), said.isEmpty());
    QVERIFY2(problem.contains(QString::fromUtf8(said)), qPrintable(problem));
    QVERIFY2(!problem.contains(QLatin1String("s3cret")), qPrintable(problem));
}

void TestProxyDraft::isShownWithoutItsLogin()
{
    QCOMPARE(shownProxy("none"), QStringLiteral("No proxy"));
    QCOMPARE(shownProxy(""), QStringLiteral("No proxy"));
    QCOMPARE(shownProxy("http://me:s3cret@p:1"), QStringLiteral("http://p:1"));
    QCOMPARE(shownProxy("socks5h://p:1"), QStringLiteral("socks5h://p:1"));
    QCOMPARE(shownProxy("{{proxy}}"), QStringLiteral("{{proxy}}"));
}

void TestProxyDraft::namesTheVariableOfASecret()
{
    QCOMPARE(variableTyped("pw", false, "usual"), std::string("pw"));
    QCOMPARE(variableTyped("{{ pw }}", true, "usual"), std::string("pw"));
    QCOMPARE(variableTyped("", true, "usual"), std::string("usual"));
    QCOMPARE(variableTyped("", false, "usual"), std::string());
}

QTEST_GUILESS_MAIN(TestProxyDraft)
#include "tst_proxydraft.moc"
