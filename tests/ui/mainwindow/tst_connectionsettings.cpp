// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whom TLS trusts and the versions of TLS and HTTP, said in the window for a request, a folder and the
// collection: it stands in connections.yaml, is taken back by undo, and what is wrong is said beside the
// field.

#include "connectionwindow.h"

#include <collections/collectionpane.h>
#include <theme/theme.h>

#include <QtWidgets/qapplication.h>
#include <QtWidgets/qmessagebox.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using collection::ConnectionRule;
using Fields = ConnectionFields;
using Window = ConnectionWindow;

namespace {

ConnectionRule ruleOf(const std::string& path, std::optional<bool> verify, const std::string& caFile = {})
{
    ConnectionRule rule;
    rule.path = path;
    rule.verify = verify;
    rule.caFile = caFile;
    return rule;
}

/// Null: there is none, or it was answered and goes a little later.
QMessageBox* openQuestion(const Window& w)
{
    for (auto* box : w.tabs->findChildren<QMessageBox*>(QStringLiteral("unfinishedQuestion")))
        if (box->isVisible())
            return box;
    return nullptr;
}

void discard(const QMessageBox* question)
{
    for (QAbstractButton* button : question->buttons())
        if (button->objectName() != QLatin1String("safeAnswer"))
            return button->click();
}

} // namespace

class TestConnectionSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void itsFieldsBeginWhereTheOthersDo();
    void aRequestsChoiceIsWrittenAtOnce();
    void aFileIsNamedFromTheCollectionOn();
    void whatIsNoFileOfTheCollectionIsSaid_data();
    void whatIsNoFileOfTheCollectionIsSaid();
    void whatTheFolderSaysIsShown();
    void whatOthersWroteIsShown();
    void whatIsNotFinishedGoesAlong();
    void aTabAsksBeforeItLosesWhatIsNotFinished();
    void aTabWithAWholeRuleClosesAtOnce();
    void quittingAsksBeforeItLosesWhatIsNotFinished();
    void quittingAsksOnceForAllRequests();
    void quittingWithAWholeRuleAsksNothing();
    void aRequestWithoutAFileHasNoRule();
    void aFolderIsSavedWithItsDialog();
    void theCollectionItself();
    void theDialogStaysWithAWrongFile();
    void theDialogAsksBeforeItDiscards();
    void versionsAreWrittenAndTakenBack();
    void whatTheFolderSaysOfTheRestIsShown();
};

void TestConnectionSettings::itsFieldsBeginWhereTheOthersDo()
{
    Window w;
    const Fields fields = w.request();
    QVERIFY(QTest::qWaitForWindowExposed(&w.window));
    const auto left = [&](const char* name) {
        const auto* field = fields.find<QWidget>(name);
        return field->mapTo(fields.around, QPoint()).x();
    };
    QTRY_COMPARE(left("connectionVerify"), left("settingFollow"));
    QCOMPARE(left("connectionCaFile"), left("settingFollow"));
    FolderDialog* dialog = w.openFolder("orders");
    const Fields inDialog = Window::connection(dialog);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    const auto leftThere = [&](const char* name) {
        return inDialog.find<QWidget>(name)->mapTo(dialog, QPoint()).x();
    };
    QTRY_COMPARE(leftThere("connectionVerify"), leftThere("settingFollow"));
}

void TestConnectionSettings::aRequestsChoiceIsWrittenAtOnce()
{
    Window w;
    const Fields fields = w.request();
    QVERIFY(fields.said("connectionWarning").isEmpty());
    fields.pick(Never);
    QCOMPARE(w.rules(), std::vector{ruleOf("orders/list.yml", false)});
    QVERIFY(fields.said("connectionWarning").contains(QLatin1String("TLS is not verified")));
    QVERIFY(w.tabs->unsavedPaths().isEmpty()); // nothing of it is the request's file
    QVERIFY2(w.undo()->text().contains(QLatin1String("connection")) &&
                 w.undo()->text().contains(QLatin1String("List")),
             qPrintable(w.undo()->text()));
    w.undo()->trigger();
    QVERIFY(w.rules().empty());
    QCOMPARE(w.text(), noRules);
    QCOMPARE(fields.picked(), int(AsAround));
    QVERIFY(fields.said("connectionWarning").isEmpty());
}

void TestConnectionSettings::aFileIsNamedFromTheCollectionOn()
{
    Window w;
    const Fields fields = w.request();
    fields.type("certs/ca.pem");
    QCOMPARE(w.rules(), std::vector{ruleOf("orders/list.yml", {}, "certs/ca.pem")});
    fields.type("");
    QVERIFY(w.rules().empty());
    fields.type(w.folder.path("certs/ca.pem"));
    QCOMPARE(w.rules(), std::vector{ruleOf("orders/list.yml", {}, "certs/ca.pem")});
    QCOMPARE(fields.typed(), QStringLiteral("certs/ca.pem"));
    fields.type("{{caFile}}"); // it is looked at when it is used
    QCOMPARE(w.rules().front().caFile, std::string("{{caFile}}"));
    QVERIFY(fields.said("connectionProblem").isEmpty());
}

void TestConnectionSettings::whatIsNoFileOfTheCollectionIsSaid_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("outside") << QByteArray("../ca.pem") << QByteArray("outside");
    QTest::newRow("outside, absolute") << QByteArray("/etc/ca.pem") << QByteArray("outside");
    QTest::newRow("not there") << QByteArray("certs/other.pem") << QByteArray("no such file");
    QTest::newRow("a folder") << QByteArray("certs") << QByteArray("no such file");
}

void TestConnectionSettings::whatIsNoFileOfTheCollectionIsSaid()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, why);
    Window w;
    const Fields fields = w.request();
    fields.type(file.toStdString());
    const QString said = fields.said("connectionProblem");
    QVERIFY2(said.contains(QLatin1String(file)) && said.contains(QLatin1String(why)), qPrintable(said));
    QVERIFY2(said.contains(QLatin1String("button")), qPrintable(said)); // what to do
    QCOMPARE(fields.typed(), QString::fromLatin1(file));                // it can be mended
    QCOMPARE(w.text(), noRules);
    fields.type("certs/ca.pem");
    QVERIFY(fields.said("connectionProblem").isEmpty());
    QCOMPARE(w.rules().size(), std::size_t(1));
}

void TestConnectionSettings::whatTheFolderSaysIsShown()
{
    Window w("connections:\n  - {path: orders, verifyTls: false, caFile: certs/ca.pem}\n");
    const Fields fields = w.request();
    QCOMPARE(fields.picked(), int(AsAround));
    QVERIFY(!fields.said("connectionWarning").isEmpty());
    QVERIFY(fields.typed().isEmpty());
    QCOMPARE(fields.find<QLineEdit>("connectionCaFile")->placeholderText(), QStringLiteral("certs/ca.pem"));
    fields.pick(Always);
    QVERIFY(fields.said("connectionWarning").isEmpty());
    QCOMPARE(w.rules().size(), std::size_t(2));
}

/// Another program was faster: nothing is written over it, and the fields show what stands there.
void TestConnectionSettings::whatOthersWroteIsShown()
{
    Window w;
    const Fields fields = w.request();
    const std::string theirs = "connections:\n  - {path: orders/list.yml, verifyTls: true}\n";
    w.folder.write(rulesFile, theirs);
    fields.pick(Never);
    QCOMPARE(w.text(), theirs);
    QCOMPARE(fields.picked(), int(Always));
    QVERIFY2(fields.said("connectionProblem").contains(QLatin1String("another program")),
             qPrintable(fields.said("connectionProblem")));
    fields.pick(Never); // now it is known
    QCOMPARE(w.rules(), std::vector{ruleOf("orders/list.yml", false)});
    QVERIFY(fields.said("connectionProblem").isEmpty());
}

/// A file that is not there is not written, and can be mended once the request has another name.
void TestConnectionSettings::whatIsNotFinishedGoesAlong()
{
    Window w;
    const Fields fields = w.request();
    fields.type("certs/missing.pem");
    QVERIFY(!fields.said("connectionProblem").isEmpty());
    Q_EMIT w.window.findChild<CollectionPane*>()->renameRequested(QStringLiteral("orders/list.yml"),
                                                                  QStringLiteral("Other"));
    const std::string path = w.tabs->currentItem().path;
    QVERIFY(path != "orders/list.yml");
    QCOMPARE(fields.typed(), QStringLiteral("certs/missing.pem"));
    QVERIFY(!fields.said("connectionProblem").isEmpty());
    fields.type("certs/ca.pem");
    QCOMPARE(w.rules(), std::vector{ruleOf(path, std::nullopt, "certs/ca.pem")});
}

/// Nothing of it stands in the request's file: saving the request would not save it.
void TestConnectionSettings::aTabAsksBeforeItLosesWhatIsNotFinished()
{
    Window w;
    const Fields fields = w.request();
    const int tabs = w.tabs->count();
    fields.type("certs/missing.pem");
    fields.find<FlatTabBar>("requestParts")->setCurrentIndex(0);
    QVERIFY(w.tabs->unsavedPaths().isEmpty());
    w.tabs->closeCurrent();
    QCOMPARE(w.tabs->count(), tabs);
    auto* question = w.tabs->findChild<QMessageBox*>(QStringLiteral("unfinishedQuestion"));
    QVERIFY(question != nullptr && question->text().contains(QLatin1String("List")));
    question->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
    QTRY_VERIFY(w.tabs->findChild<QMessageBox*>(QStringLiteral("unfinishedQuestion")) == nullptr);
    QCOMPARE(fields.typed(), QStringLiteral("certs/missing.pem")); // its part is in front
    w.tabs->closeCurrent();
    question = w.tabs->findChild<QMessageBox*>(QStringLiteral("unfinishedQuestion"));
    QVERIFY(question != nullptr);
    for (QAbstractButton* button : question->buttons())
        if (button->objectName() != QLatin1String("safeAnswer"))
            button->click();
    QTRY_COMPARE(w.tabs->count(), tabs - 1);
    QCOMPARE(w.text(), noRules);
}

void TestConnectionSettings::aTabWithAWholeRuleClosesAtOnce()
{
    Window w("connections:\n  - {path: orders/list.yml, verifyTls: false, caFile: certs/ca.pem, "
             "proxy: 'http://me:{{pw}}@p.example:3128'}\n");
    const Fields fields = w.request();
    const int tabs = w.tabs->count();
    fields.pick(Always); // written at once
    w.tabs->closeCurrent();
    QCOMPARE(w.tabs->count(), tabs - 1);
    QVERIFY(w.tabs->findChild<QMessageBox*>(QStringLiteral("unfinishedQuestion")) == nullptr);
    QCOMPARE(w.rules().front().verify, std::optional(true));
}

/// No draft holds it.
void TestConnectionSettings::quittingAsksBeforeItLosesWhatIsNotFinished()
{
    Window w;
    const Fields fields = w.request();
    fields.type("certs/missing.pem");
    fields.find<FlatTabBar>("requestParts")->setCurrentIndex(0);
    w.window.showPage(Page::Token);
    w.window.findChild<QAction*>(QStringLiteral("actionQuit"))->trigger();
    QVERIFY(w.window.isVisible());
    QVERIFY(openQuestion(w) != nullptr && openQuestion(w)->text().contains(QStringLiteral("“List”")));
    openQuestion(w)->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
    QTRY_VERIFY(openQuestion(w) == nullptr);
    QVERIFY(w.window.isVisible());
    QVERIFY(w.tabs->isVisible());
    QCOMPARE(fields.typed(), QStringLiteral("certs/missing.pem")); // its part is in front
    QVERIFY(!w.window.close());                                    // what was kept is asked about again
    discard(openQuestion(w));
    QTRY_VERIFY(!w.window.isVisible());
    QCOMPARE(w.text(), noRules);
}

void TestConnectionSettings::quittingAsksOnceForAllRequests()
{
    Window w;
    w.folder.write("orders/other.yml",
                   "info: {name: Other, type: http}\nhttp: {method: GET, url: \"https://h/\"}\n");
    w.folder.write("orders/whole.yml",
                   "info: {name: Whole, type: http}\nhttp: {method: GET, url: \"https://h/\"}\n");
    QVERIFY(w.window.openCollection(toQString(w.folder.root)));
    w.request().type("certs/missing.pem");
    for (const char* path : {"orders/other.yml", "orders/whole.yml"}) {
        w.openRequest(path);
        w.settings().type(path == std::string_view("orders/other.yml") ? "certs/gone.pem" : "certs/ca.pem");
    }
    QVERIFY(!w.window.close());
    QMessageBox* const question = openQuestion(w);
    QVERIFY(question != nullptr);
    QVERIFY2(question->text().contains(QStringLiteral("“List”, “Other”")), qPrintable(question->text()));
    QVERIFY2(!question->text().contains(QLatin1String("Whole")), qPrintable(question->text()));
    discard(question);
    QTRY_VERIFY(!w.window.isVisible());
    QVERIFY(openQuestion(w) == nullptr);
    QCOMPARE(w.rules(), std::vector{ruleOf("orders/whole.yml", {}, "certs/ca.pem")});
}

void TestConnectionSettings::quittingWithAWholeRuleAsksNothing()
{
    Window w;
    const Fields fields = w.request();
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    fields.find<QLineEdit>("connectionCaFile")->setFocus();
    QTest::keyClicks(fields.find<QLineEdit>("connectionCaFile"), QStringLiteral("certs/ca.pem"));
    QVERIFY(w.window.close()); // the field is left, and written
    QVERIFY(openQuestion(w) == nullptr);
    QCOMPARE(w.rules(), std::vector{ruleOf("orders/list.yml", {}, "certs/ca.pem")});
}

void TestConnectionSettings::aRequestWithoutAFileHasNoRule()
{
    Window w;
    w.tabs->newItem();
    const Fields fields = w.settings();
    QVERIFY(!fields.find<QComboBox>("connectionVerify")->isEnabled());
    QVERIFY(!fields.find<QLineEdit>("connectionCaFile")->isEnabled());
    QVERIFY(w.request().find<QComboBox>("connectionVerify")->isEnabled());
}

void TestConnectionSettings::aFolderIsSavedWithItsDialog()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    const Fields fields = Window::connection(dialog);
    fields.pick(Never);
    fields.type("certs/ca.pem");
    QVERIFY(!fields.said("connectionWarning").isEmpty());
    QVERIFY(w.rules().empty()); // not before it is saved
    Window::save(dialog);
    QVERIFY(!dialog->isVisible());
    QCOMPARE(w.rules(), std::vector{ruleOf("orders", false, "certs/ca.pem")});
    w.undo()->trigger(); // one command
    QVERIFY(w.rules().empty());
    QCOMPARE(w.text(), noRules);
}

void TestConnectionSettings::theCollectionItself()
{
    Window w;
    FolderDialog* dialog = w.openFolder("");
    const Fields fields = Window::connection(dialog);
    fields.type("certs/ca.pem");
    Window::save(dialog);
    QCOMPARE(w.rules(), std::vector{ruleOf("", {}, "certs/ca.pem")});
    QVERIFY2(w.undo()->text().contains(QLatin1String("My API")), qPrintable(w.undo()->text()));
}

void TestConnectionSettings::theDialogStaysWithAWrongFile()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    const Fields fields = Window::connection(dialog);
    fields.find<QLineEdit>("connectionCaFile")->setText(QStringLiteral("../ca.pem"));
    dialog->findChild<FlatTabBar*>(QStringLiteral("folderParts"))->setCurrentIndex(0);
    Window::save(dialog);
    QVERIFY(dialog->isVisible());
    QVERIFY(!fields.said("connectionProblem").isEmpty()); // the page with it is in front
    QCOMPARE(w.text(), noRules);
}

void TestConnectionSettings::theDialogAsksBeforeItDiscards()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    Window::connection(dialog).pick(Never);
    Window::click(dialog, "cancelFolder");
    QVERIFY(dialog->isVisible());
    const auto* question = dialog->findChild<QMessageBox*>(QStringLiteral("discardQuestion"));
    QVERIFY(question != nullptr && question->isVisible());
}

void TestConnectionSettings::versionsAreWrittenAndTakenBack()
{
    Window w;
    const Fields fields = w.request();
    QVERIFY(fields.choice("connectionTls").contains(QLatin1String("TLS 1.2"))); // what counts by itself
    QVERIFY(fields.choice("connectionHttp").contains(QLatin1String("Automatic")));
    QVERIFY(fields.choice("connectionProxy").contains(QLatin1String("No proxy")));
    fields.pick("connectionTls", 2);
    QCOMPARE(fields.choice("connectionTls"), QStringLiteral("TLS 1.3"));
    QCOMPARE(w.rules().size(), std::size_t(1));
    QVERIFY(w.rules().front().minimumTls == http::TlsVersion::Tls1_3);
    fields.pick("connectionHttp", 2);
    QCOMPARE(fields.choice("connectionHttp"), QStringLiteral("HTTP/1.1"));
    QVERIFY(w.rules().front().version == http::HttpVersion::Http1_1);
    w.undo()->trigger(); // a command each
    QVERIFY(!w.rules().front().version);
    QCOMPARE(fields.picked("connectionHttp"), 0);
    w.undo()->trigger();
    QCOMPARE(w.text(), noRules);
    QCOMPARE(fields.picked("connectionTls"), 0);
    fields.pick("connectionTls", 4);
    QCOMPARE(fields.choice("connectionTls"), QStringLiteral("TLS 1.0, no longer safe"));
    QVERIFY(w.rules().front().minimumTls == http::TlsVersion::Tls1_0);
    fields.pick("connectionTls", 0);
    QVERIFY(w.rules().empty());
}

void TestConnectionSettings::whatTheFolderSaysOfTheRestIsShown()
{
    Window w("connections:\n  - {path: orders, minimumTls: '1.3', httpVersion: '2', "
             "proxy: 'http://me:{{pw}}@p.example:3128'}\n");
    const Fields fields = w.request();
    QCOMPARE(fields.choice("connectionTls"), QStringLiteral("As the folder says: TLS 1.3"));
    QCOMPARE(fields.choice("connectionHttp"), QStringLiteral("As the folder says: HTTP/2"));
    QCOMPARE(fields.choice("connectionProxy"), QStringLiteral("As the folder says: http://p.example:3128"));
    QVERIFY(fields.find<QLineEdit>("connectionProxyAddress") == nullptr); // nothing of it is said here
    fields.pick(NoProxy);
    QCOMPARE(w.rules().size(), std::size_t(2));
    QCOMPARE(w.rules().back().proxy, std::optional<std::string>("none"));
    QVERIFY(fields.find<QLineEdit>("connectionProxyAddress") == nullptr);
}

QTEST_MAIN(TestConnectionSettings)
#include "tst_connectionsettings.moc"
