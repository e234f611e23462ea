// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The proxy of a request, a folder and the collection, set in the window: it stands in connections.yaml, is
// taken back by undo, and no file has its password.

#include "connectionwindow.h"

#include <theme/theme.h>

#include <QtWidgets/qapplication.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using Fields = ConnectionFields;
using Window = ConnectionWindow;

class TestProxySettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void theCollectionsOwnProxyIsShown();
    void aProxyIsWrittenAndTakenBack();
    void noFileHasThePasswordOfAProxy();
    void aPasswordCanBeGivenAnew();
    void aPasswordNeedsAnEnvironment();
    void aPasswordOfAnotherProgramIsNotWrittenAgain();
    void whatIsNoProxyIsSaid_data();
    void whatIsNoProxyIsSaid();
    void aProxyIsNotWrongBeforeItsAddressIsTyped();
    void aFoldersProxyIsSavedWithItsDialog();
    void aLongNameOfAProxyWidensNoPane();
};

void TestProxySettings::theCollectionsOwnProxyIsShown()
{
    Window w;
    w.folder.write("opencollection.yml", "opencollection: \"1.0.0\"\ninfo: {name: My API}\nconfig:\n  proxy: "
                                         "{config: {hostname: p.test, port: \"8080\"}}\n");
    const auto opened = w.workbench.openCollection(w.folder.root);
    QVERIFY(opened.has_value());
    QCOMPARE(w.request().choice("connectionProxy"), QStringLiteral("As the folder says: http://p.test:8080"));
    const Fields fields = Window::connection(w.openFolder(""));
    QCOMPARE(fields.choice("connectionProxy"), QStringLiteral("http://p.test:8080, unless said below"));
}

void TestProxySettings::aProxyIsWrittenAndTakenBack()
{
    Window w;
    const Fields fields = w.request();
    fields.pick(HttpProxy);
    fields.type("connectionProxyAddress", "p.example:3128");
    QCOMPARE(w.rules().size(), std::size_t(1));
    QCOMPARE(w.rules().front().proxy, std::optional<std::string>("http://p.example:3128"));
    fields.type("connectionProxyUser", "me@home");
    QCOMPARE(w.rules().front().proxy, std::optional<std::string>("http://me%40home@p.example:3128"));
    QCOMPARE(fields.typed("connectionProxyUser"), QStringLiteral("me@home"));
    w.undo()->trigger();
    QVERIFY(fields.typed("connectionProxyUser").isEmpty());
    w.undo()->trigger();
    QCOMPARE(w.text(), noRules);
    QCOMPARE(fields.picked("connectionProxy"), int(ProxyAsAround));
}

void TestProxySettings::noFileHasThePasswordOfAProxy()
{
    Window w("connections:\n  - {path: orders/list.yml, proxy: 'http://me@p.example:3128'}\n");
    const std::string before = w.text();
    const Fields fields = w.request();
    QCOMPARE(fields.find<QLineEdit>("connectionProxyPassword")->echoMode(), QLineEdit::Password);
    fields.type("connectionProxyPassword", "s3cret-word");
    QVERIFY2(fields.said("connectionProblem").isEmpty(), qPrintable(fields.said("connectionProblem")));
    QCOMPARE(w.rules().front().proxy,
             std::optional<std::string>("http://me:{{proxyPassword}}@p.example:3128"));
    QCOMPARE(w.environment().variables.size(), std::size_t(1));
    QVERIFY(w.environment().variables.front().name == "proxyPassword");
    QVERIFY(w.environment().variables.front().secret);
    QVERIFY(w.knows("s3cret-word"));
    for (const char* file : {rulesFile, environmentFile})
        QVERIFY(w.SettingsWindow::text(file).find("s3cret") == std::string::npos);
    QVERIFY(fields.typed("connectionProxyPassword").isEmpty());
    QCOMPARE(fields.typed("connectionProxyVariable"), QStringLiteral("proxyPassword"));
    w.undo()->trigger(); // the rule and the name at once
    QCOMPARE(w.text(), before);
    QCOMPARE(w.SettingsWindow::text(environmentFile), localEnvironment);
}

void TestProxySettings::aPasswordCanBeGivenAnew()
{
    Window w("connections:\n  - {path: orders/list.yml, proxy: 'http://me:{{ pw }}@p:1'}\n",
             "name: local\nvariables:\n  - {secret: true, name: pw}\n");
    const std::string before = w.text();
    const Fields fields = w.request();
    QCOMPARE(fields.typed("connectionProxyVariable"), QStringLiteral("pw"));
    fields.type("connectionProxyPassword", "another-s3cret");
    QVERIFY2(fields.said("connectionProblem").isEmpty(), qPrintable(fields.said("connectionProblem")));
    QCOMPARE(w.text(), before);
    QVERIFY(!w.undo()->isEnabled());
    QVERIFY(w.knows("another-s3cret"));
    QVERIFY(fields.typed("connectionProxyPassword").isEmpty());
}

void TestProxySettings::aPasswordNeedsAnEnvironment()
{
    Window w("connections:\n  - {path: orders/list.yml, proxy: 'http://me@p:1'}\n");
    w.workbench.selectEnvironment("");
    const std::string before = w.text();
    const Fields fields = w.request();
    fields.type("connectionProxyPassword", "s3cret-word");
    QVERIFY2(fields.said("connectionProblem").contains(QLatin1String("no environment is chosen")),
             qPrintable(fields.said("connectionProblem")));
    QVERIFY(!fields.typed("connectionProxyPassword").isEmpty()); // it can be saved later
    QCOMPARE(w.text(), before);
}

/// It is refused, and stays where it stands.
void TestProxySettings::aPasswordOfAnotherProgramIsNotWrittenAgain()
{
    Window w("connections:\n  - {path: orders/list.yml, proxy: 'http://me:clear-s3cret@p:1'}\n");
    const std::string before = w.text();
    const Fields fields = w.request();
    for (const char* name : {"connectionProxyAddress", "connectionProxyUser", "connectionProxyPassword",
                             "connectionProxyVariable"})
        QVERIFY(!fields.typed(name).contains(QLatin1String("s3cret")));
    fields.pick("connectionTls", 2);
    const QString said = fields.said("connectionProblem");
    QVERIFY2(said.contains(QLatin1String("password")) && !said.contains(QLatin1String("s3cret")),
             qPrintable(said));
    QCOMPARE(w.text(), before);
}

void TestProxySettings::whatIsNoProxyIsSaid_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("a URL") << QByteArray("http://p:1") << QByteArray("host and port");
    QTest::newRow("with a login") << QByteArray("me:pw@p:1") << QByteArray("host and port");
    QTest::newRow("no port") << QByteArray("p:0") << QByteArray("not valid");
    QTest::newRow("no host") << QByteArray("a b") << QByteArray("not valid");
}

void TestProxySettings::whatIsNoProxyIsSaid()
{
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, why);
    Window w;
    const Fields fields = w.request();
    fields.pick(HttpProxy);
    fields.type("connectionProxyAddress", address.toStdString());
    const QString said = fields.said("connectionProblem");
    QVERIFY2(said.contains(QLatin1String(why)), qPrintable(said));
    QCOMPARE(fields.typed("connectionProxyAddress"), QString::fromLatin1(address)); // it can be mended
    QCOMPARE(w.text(), noRules);
    fields.type("connectionProxyAddress", "p:1");
    QVERIFY(fields.said("connectionProblem").isEmpty());
    QCOMPARE(w.rules().size(), std::size_t(1));
}

void TestProxySettings::aProxyIsNotWrongBeforeItsAddressIsTyped()
{
    Window w;
    const Fields fields = w.request();
    fields.pick(HttpProxy);
    QVERIFY(fields.said("connectionProblem").isEmpty());
    QCOMPARE(w.text(), noRules);
    fields.type("connectionProxyAddress", "");
    QVERIFY2(fields.said("connectionProblem").contains(QLatin1String("proxy.example:3128")),
             qPrintable(fields.said("connectionProblem")));
    fields.pick(ProxyAsAround);
    QVERIFY(fields.said("connectionProblem").isEmpty());
    QCOMPARE(w.text(), noRules);
}

void TestProxySettings::aFoldersProxyIsSavedWithItsDialog()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    const Fields fields = Window::connection(dialog);
    fields.pick("connectionHttp", 3);
    fields.pick(HttpProxy);
    fields.type("connectionProxyAddress", "p:1");
    fields.type("connectionProxyUser", "me");
    fields.type("connectionProxyPassword", "s3cret-word");
    fields.type("connectionProxyVariable", "pw");
    QVERIFY(w.rules().empty()); // not before it is saved
    Window::save(dialog);
    QVERIFY2(!dialog->isVisible(), qPrintable(fields.said("connectionProblem")));
    QCOMPARE(w.rules().size(), std::size_t(1));
    QCOMPARE(w.rules().front().proxy, std::optional<std::string>("http://me:{{pw}}@p:1"));
    QVERIFY(w.rules().front().version == http::HttpVersion::Http2);
    QVERIFY(w.knows("s3cret-word"));
    w.undo()->trigger(); // one command
    QCOMPARE(w.text(), noRules);
    QCOMPARE(w.SettingsWindow::text(environmentFile), localEnvironment);
}

void TestProxySettings::aLongNameOfAProxyWidensNoPane()
{
    Window w(
        "connections:\n  - {path: orders, proxy: 'http://a-proxy-with-quite-a-long-name.in.a.deep.domain."
        "of.some.company.example:3128'}\n");
    const Fields fields = w.request();
    QVERIFY(QTest::qWaitForWindowExposed(&w.window));
    auto* box = fields.find<QComboBox>("connectionProxy");
    QTRY_VERIFY2(box->mapTo(fields.around, QPoint(box->width(), 0)).x() <= fields.around->width(),
                 qPrintable(QString::number(box->width())));
}

QTEST_MAIN(TestProxySettings)
#include "tst_proxysettings.moc"
