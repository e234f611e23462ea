// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whom TLS trusts, said in the window for a request, a folder and the collection: it stands in
// connections.yaml, is taken back by undo, and what is wrong is said beside the field.

#include <collections/collectionpane.h>
#include <core/store/folder.h>
#include <mainwindow/mainwindow.h>
#include <request/folderdialog.h>
#include <request/requesttabs.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>

#include <QtGui/qaction.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qpushbutton.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using collection::ConnectionRule;

namespace {

constexpr const char* rulesFile = ".claimcheck/connections.yaml";
constexpr int settingsPart = 6;

enum Verify
{
    AsAround,
    Always,
    Never
};

/// The fields, in a request's tab or in the dialog of a folder.
struct Fields
{
    QWidget* around;

    template <typename Widget>
    Widget* find(const char* name) const
    {
        for (Widget* widget : around->findChildren<Widget*>(QLatin1String(name)))
            if (widget->isVisibleTo(around))
                return widget;
        return nullptr;
    }
    void pick(Verify choice) const
    {
        auto* box = find<QComboBox>("connectionVerify");
        box->setCurrentIndex(choice);
        Q_EMIT box->activated(choice);
    }
    int picked() const { return find<QComboBox>("connectionVerify")->currentIndex(); }
    void type(const std::string& file) const
    {
        auto* edit = find<QLineEdit>("connectionCaFile");
        edit->setText(toQString(file));
        Q_EMIT edit->editingFinished();
    }
    QString typed() const { return find<QLineEdit>("connectionCaFile")->text(); }
    /// Empty: nothing is said.
    QString said(const char* label) const
    {
        const auto* found = find<QLabel>(label);
        return found ? found->text() : QString();
    }
};

struct Window
{
    QTemporaryDir config;
    CollectionFolder folder;
    workbench::Workbench workbench;
    MainWindow window{workbench, toUtf8(config.path())};
    RequestTabs* tabs = window.findChild<RequestTabs*>();

    explicit Window(const std::string& rules = {})
    {
        folder.write("orders/folder.yml", "info: {name: Orders, type: folder}\n");
        folder.write("orders/list.yml",
                     "info: {name: List, type: http}\nhttp: {method: GET, url: \"https://h/\"}\n");
        folder.write("certs/ca.pem", "x");
        if (!rules.empty())
            folder.write(rulesFile, rules);
        if (!window.begin(toQString(folder.root)))
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
    }
    Fields request()
    {
        tabs->openItem(*collection::findItem(*workbench.collection(), "orders/list.yml"));
        return settings();
    }
    Fields settings()
    {
        const Fields fields{tabs};
        fields.find<FlatTabBar>("requestParts")->setCurrentIndex(settingsPart);
        return fields;
    }
    FolderDialog* open(const char* path)
    {
        auto* pane = window.findChild<CollectionPane*>();
        pane->choose(*path == '\0' ? QStringList() : QStringList{QLatin1String(path)});
        window.findChild<QAction*>(QStringLiteral("treeSettings"))->trigger();
        for (FolderDialog* dialog : window.findChildren<FolderDialog*>())
            if (dialog->isVisible())
                return dialog;
        qFatal("no dialog");
    }
    static Fields trust(FolderDialog* dialog)
    {
        auto* parts = dialog->findChild<FlatTabBar*>(QStringLiteral("folderParts"));
        for (int i = 0; i < parts->count(); ++i)
            if (parts->tabText(i).startsWith(QLatin1String("Trust")))
                parts->setCurrentIndex(i);
        return {dialog};
    }
    static void save(FolderDialog* dialog)
    {
        dialog->findChild<QPushButton*>(QStringLiteral("saveFolder"))->click();
    }
    QAction* undo() { return window.findChild<QAction*>(QStringLiteral("actionUndo")); }
    const std::vector<ConnectionRule>& rules() { return workbench.collection()->connections; }
    std::string text() { return store::readFile(folder.path(rulesFile), 10'000).value_or("not there"); }
};

ConnectionRule ruleOf(const std::string& path, std::optional<bool> verify, const std::string& caFile = {})
{
    ConnectionRule rule;
    rule.path = path;
    rule.verify = verify;
    rule.caFile = caFile;
    return rule;
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
    void aRequestWithoutAFileHasNoRule();
    void aFolderIsSavedWithItsDialog();
    void theCollectionItself();
    void theDialogStaysWithAWrongFile();
    void theDialogAsksBeforeItDiscards();
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
    QCOMPARE(w.text(), std::string("not there"));
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
    QCOMPARE(w.text(), std::string("not there"));
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
    FolderDialog* dialog = w.open("orders");
    const Fields fields = Window::trust(dialog);
    fields.pick(Never);
    fields.type("certs/ca.pem");
    QVERIFY(!fields.said("connectionWarning").isEmpty());
    QVERIFY(w.rules().empty()); // not before it is saved
    Window::save(dialog);
    QVERIFY(!dialog->isVisible());
    QCOMPARE(w.rules(), std::vector{ruleOf("orders", false, "certs/ca.pem")});
    w.undo()->trigger(); // one command
    QVERIFY(w.rules().empty());
    QCOMPARE(w.text(), std::string("not there"));
}

void TestConnectionSettings::theCollectionItself()
{
    Window w;
    FolderDialog* dialog = w.open("");
    const Fields fields = Window::trust(dialog);
    fields.type("certs/ca.pem");
    Window::save(dialog);
    QCOMPARE(w.rules(), std::vector{ruleOf("", {}, "certs/ca.pem")});
    QVERIFY2(w.undo()->text().contains(QLatin1String("My API")), qPrintable(w.undo()->text()));
}

void TestConnectionSettings::theDialogStaysWithAWrongFile()
{
    Window w;
    FolderDialog* dialog = w.open("orders");
    const Fields fields = Window::trust(dialog);
    fields.find<QLineEdit>("connectionCaFile")->setText(QStringLiteral("../ca.pem"));
    dialog->findChild<FlatTabBar*>(QStringLiteral("folderParts"))->setCurrentIndex(0);
    Window::save(dialog);
    QVERIFY(dialog->isVisible());
    QVERIFY(!fields.said("connectionProblem").isEmpty()); // the page with it is in front
    QCOMPARE(w.text(), std::string("not there"));
}

void TestConnectionSettings::theDialogAsksBeforeItDiscards()
{
    Window w;
    FolderDialog* dialog = w.open("orders");
    Window::trust(dialog).pick(Never);
    dialog->findChild<QPushButton*>(QStringLiteral("cancelFolder"))->click();
    QVERIFY(dialog->isVisible());
    const auto* question = dialog->findChild<QMessageBox*>(QStringLiteral("discardQuestion"));
    QVERIFY(question != nullptr && question->isVisible());
}

QTEST_MAIN(TestConnectionSettings)
#include "tst_connectionsettings.moc"
