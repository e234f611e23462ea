// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Environments in the window: edited in their table, saved line by line, their secrets in the keychain or
// asked for; and the history beside them.

#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <environments/environmentpane.h>
#include <environments/secretdialog.h>
#include <keychain/memory.h>
#include <mainwindow/environmentdesk.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <state/environmentmodel.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <workbench/secrets.h>

#include <QtCore/qdiriterator.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qlistwidget.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollbar.h>
#include <QtWidgets/qtableview.h>
#include <QtWidgets/qtoolbutton.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    CollectionFolder folder;
    demo::DemoServer server;
    workbench::Workbench workbench;
    keychain::MemoryKeychain* keychain = nullptr;
    std::unique_ptr<MainWindow> window;

    Window()
    {
        if (!server.start())
            qFatal("the demo API does not start");
        auto own = std::make_unique<keychain::MemoryKeychain>();
        keychain = own.get();
        workbench.secrets().setKeychain(std::move(own));
        folder.write("environments/local.yml", "# ours\nname: local\nvariables:\n  - {name: host, value: " +
                                                   server.url() + "}\n  - {secret: true, name: password}\n");
        folder.write("login.yml",
                     "info: {name: Log in, type: http}\nhttp:\n  method: POST\n  url: \"{{host}}/login\"\n"
                     "  body: {type: json, data: '{\"username\":\"demo\",\"password\":\"{{password}}\"}'}\n");
        window = std::make_unique<MainWindow>(workbench, config.path().toStdString());
        window->keepHistory(config.path().toStdString() + "/history");
        window->setTrash(config.path().toStdString() + "/trash");
        window->begin(toQString(folder.root));
        window->resize(1280, 800);
        window->show();
        QApplication::setActiveWindow(window.get());
        choose("local");
    }

    template <typename T>
    T* find(const char* name)
    {
        auto* found = window->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    /// The secret may go to the server: tst_release.cpp says when that is asked.
    void letGo()
    {
        store::Permissions permissions;
        permissions.release(folder.root, {"local", "password", http::originOf(server.url())});
        workbench.secrets().setPermissions(permissions);
    }
    void signIn()
    {
        auth::Login login;
        login.url = server.url() + "/login";
        login.user = demo::demoUser;
        login.password = Secret(demo::demoPassword);
        workbench.login(login);
        if (!QTest::qWaitFor([this] { return workbench.session() != nullptr; }))
            qFatal("no session");
    }
    void click(const char* button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void choose(const char* name)
    {
        auto* box = find<QComboBox>("environment");
        box->setCurrentIndex(box->findText(QString::fromUtf8(name)));
        Q_EMIT box->activated(box->currentIndex());
    }
    QAbstractItemModel* variables() { return find<QTableView>("environmentVariables")->model(); }
    void type(int row, int column, const char* text)
    {
        variables()->setData(variables()->index(row, column), QString::fromUtf8(text));
    }
    /// Another program writes local.yml, and the window reads it.
    std::string changeOutside(const std::string& host)
    {
        const std::string text = "# theirs\nname: local\nvariables:\n  - {name: host, value: " + host +
                                 "}\n  - {secret: true, name: password}\n";
        folder.write("environments/local.yml", text);
        if (!workbench.openCollection(folder.root))
            qFatal("the collection cannot be read again");
        return text;
    }
    std::string file(const char* path) { return store::readFile(folder.path(path), 10'000).value_or("gone"); }
    std::size_t kept(const char* environment, const char* name, const char* value)
    {
        std::size_t matches = 0;
        bool isRead = false;
        keychain->read(keychain::entryOf(folder.root, environment, name), window.get(),
                       [&](const auto& found) {
                           matches = *found && **found == Secret(value) ? 1 : 0;
                           isRead = true;
                       });
        if (!QTest::qWaitFor([&isRead] { return isRead; }))
            qFatal("the keychain does not answer");
        return matches;
    }
};

} // namespace

class TestEnvironments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void isReachedFromTheTopBar();
    void savesOnlyWhatChanged();
    void renamesWithItsSecrets();
    void makesDuplicatesDeletesAndBringsBack();
    void aNewOneIsNamedAtOnce();
    void aNameIsReadInANarrowWindow();
    void showsForeignWordsAsTheyAre();
    void showsEveryColumnInANarrowWindow();
    void keepsWhatIsTypedBesideAnother();
    void asksBeforeItWritesOverAnotherProgramsChange();
    void revertTakesAnotherProgramsChange();
    void asksBeforeSending();
    void cancelledQuestionSendsNothing();
    void historyShowsAndSendsAgain();
    void sendsAgainWithTheSessionsToken();
    void showsClaimsThatWereKept();
    void nothingWrittenHoldsASecret();
};

void TestEnvironments::isReachedFromTheTopBar()
{
    Window w;
    w.choose("Edit environments…");
    QVERIFY(w.find<QTableView>("environmentVariables")->isVisible());
    QCOMPARE(w.find<QComboBox>("environment")->currentText(), QStringLiteral("local"));
    QCOMPARE(w.find<QLineEdit>("environmentName")->text(), QStringLiteral("local"));
}

void TestEnvironments::savesOnlyWhatChanged()
{
    Window w;
    w.window->showPage(Page::Environments);
    const std::string before = w.file("environments/local.yml");
    QVERIFY(!w.find<QPushButton>("saveEnvironment")->isEnabled());
    w.type(1, EnvironmentModel::Value, "hunter2-typed");
    w.type(2, EnvironmentModel::Name, "size");
    w.type(2, EnvironmentModel::Value, "5");
    w.type(2, EnvironmentModel::Kind, "Number");
    w.click("saveEnvironment");
    const std::string after = w.file("environments/local.yml");
    QVERIFY2(after.starts_with(before.substr(0, before.size() - 1)), after.c_str());
    QVERIFY2(after.find("number") != std::string::npos, after.c_str());
    QVERIFY(after.find("hunter2") == std::string::npos);
    QCOMPARE(w.kept("local", "password", "hunter2-typed"), std::size_t(1));
    QVERIFY(!w.find<QPushButton>("saveEnvironment")->isEnabled());
    const QModelIndex source = w.variables()->index(1, EnvironmentModel::Source);
    QTRY_COMPARE(source.data().toString(), QStringLiteral("Keychain"));
}

void TestEnvironments::renamesWithItsSecrets()
{
    Window w;
    w.workbench.secrets().give(w.folder.root, "local", "password", Secret("demo"),
                               workbench::Remember::InKeychain);
    w.window->showPage(Page::Environments);
    QSignalSpy edited(w.window->findChild<EnvironmentDesk*>(), &EnvironmentDesk::edited);
    w.type(0, EnvironmentModel::Value, "http://saved");
    w.click("saveEnvironment");
    QCOMPARE(edited.size(), 0); // the edits tell of it
    w.type(0, EnvironmentModel::Value, w.server.url().c_str());
    QTest::keyClicks(w.find<QLineEdit>("environmentName"), QStringLiteral("-two"));
    w.click("saveEnvironment");
    QCOMPARE(edited.size(), 1);
    QVERIFY(w.file("environments/local-two.yml").find("# ours\nname: local-two\n") != std::string::npos);
    QCOMPARE(w.file("environments/local.yml"), std::string("gone"));
    QCOMPARE(w.workbench.environment(), std::string("local-two"));
    QTRY_COMPARE(w.kept("local-two", "password", "demo"), std::size_t(1));
}

void TestEnvironments::makesDuplicatesDeletesAndBringsBack()
{
    Window w;
    w.window->showPage(Page::Environments);
    const std::string before = w.file("environments/local.yml");
    w.click("duplicateEnvironment");
    QCOMPARE(w.find<QListWidget>("environmentList")->count(), 2);
    QVERIFY(w.file("environments/local-copy.yml").find("secret: true") != std::string::npos);
    auto* list = w.find<QListWidget>("environmentList");
    list->setCurrentItem(list->findItems(QStringLiteral("local"), Qt::MatchExactly).value(0));
    w.click("deleteEnvironment");
    QCOMPARE(w.file("environments/local.yml"), std::string("gone"));
    w.click("undoDelete");
    QCOMPARE(w.file("environments/local.yml"), before);
}

void TestEnvironments::aNewOneIsNamedAtOnce()
{
    Window w;
    w.window->showPage(Page::Environments);
    QVERIFY(w.find<QLabel>("noEnvironments")->isHidden());
    w.click("deleteEnvironment");
    QVERIFY(w.find<QLabel>("noEnvironments")->isVisible());
    w.find<QToolButton>("newEnvironment")->click();
    QVERIFY(w.find<QLabel>("noEnvironments")->isHidden());
    auto* name = w.find<QLineEdit>("environmentName");
    QCOMPARE(w.window->focusWidget(), name);
    QTest::keyClicks(name, QStringLiteral("staging"));
    QCOMPARE(name->text(), QStringLiteral("staging"));
    w.click("saveEnvironment");
    QVERIFY(w.file("environments/staging.yml").find("name: staging") != std::string::npos);
}

/// In a window as wide as half a screen.
void TestEnvironments::aNameIsReadInANarrowWindow()
{
    Window w;
    w.window->showPage(Page::Environments);
    w.window->resize(720, 560);
    auto* name = w.find<QLineEdit>("environmentName");
    QTRY_VERIFY(name->isVisible() && name->width() < 200); // laid out anew
    QVERIFY2(name->width() > name->fontMetrics().horizontalAdvance(QStringLiteral("production")) + 20,
             qPrintable(QString::number(name->width())));
}

void TestEnvironments::showsForeignWordsAsTheyAre()
{
    Window w;
    auto* pane = w.window->findChild<EnvironmentPane*>();
    pane->offerUndo(QStringLiteral("a&b"));
    QCOMPARE(w.find<QPushButton>("undoDelete")->text(), QStringLiteral("Bring a&&b back")); // no mnemonic
    pane->setSecrets({}, true, Error{ErrorKind::Unreachable, "<b>locked</b>", "", "", {}});
    for (const char* name : {"keychainNote", "secretsInKeychain"}) {
        QCOMPARE(w.find<QWidget>(name)->toolTip(), QStringLiteral("<qt>&lt;b&gt;locked&lt;/b&gt;</qt>"));
        QCOMPARE(w.find<QWidget>(name)->accessibleDescription(), QStringLiteral("<b>locked</b>"));
    }
    QVERIFY(w.find<QWidget>("secretsInKeychain")->isHidden()); // no tick says what does not happen
    QVERIFY(!w.find<QWidget>("keychainNote")->isHidden());
    pane->setSecrets({}, true, std::nullopt);
    QVERIFY(!w.find<QWidget>("secretsInKeychain")->isHidden());
    QVERIFY(w.find<QWidget>("keychainNote")->isHidden());
}

void TestEnvironments::showsEveryColumnInANarrowWindow()
{
    Window w;
    w.window->showPage(Page::Environments);
    w.window->resize(900, 600);
    auto* table = w.find<QTableView>("environmentVariables");
    QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
    QVERIFY(table->columnViewportPosition(EnvironmentModel::Source) + 100 < table->viewport()->width());
    QVERIFY(table->columnWidth(EnvironmentModel::Value) >= 120);
    w.window->resize(1440, 900);
    QTRY_COMPARE(table->columnWidth(EnvironmentModel::Value), 360);
}

void TestEnvironments::keepsWhatIsTypedBesideAnother()
{
    Window w;
    w.window->showPage(Page::Environments);
    w.click("duplicateEnvironment");
    w.type(0, EnvironmentModel::Value, "http://other");
    auto* list = w.find<QListWidget>("environmentList");
    const int row = list->currentRow();
    list->setCurrentRow(1 - row);
    list->setCurrentRow(row);
    QCOMPARE(w.variables()->index(0, EnvironmentModel::Value).data().toString(),
             QStringLiteral("http://other"));
    w.click("revertEnvironment");
    QCOMPARE(w.variables()->index(0, EnvironmentModel::Value).data().toString(), toQString(w.server.url()));
}

void TestEnvironments::asksBeforeItWritesOverAnotherProgramsChange()
{
    Window w;
    w.window->showPage(Page::Environments);
    w.type(0, EnvironmentModel::Value, "http://mine");
    for (const char* theirs : {"http://theirs", "http://theirs.again"}) {
        const std::string text = w.changeOutside(theirs);
        w.click("saveEnvironment");
        QCOMPARE(w.file("environments/local.yml"), text);
        const auto* banner = w.find<Banner>("environmentBanner");
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->sentence().contains(QStringLiteral("environments/local.yml")),
                 qPrintable(banner->sentence()));
    }
    w.click("saveEnvironment");
    const std::string after = w.file("environments/local.yml");
    QVERIFY2(after.starts_with("# theirs\n") && after.find("http://mine") != std::string::npos,
             after.c_str());
    QVERIFY(!w.find<Banner>("environmentBanner")->isVisible());
    QVERIFY(!w.find<QPushButton>("saveEnvironment")->isEnabled());
}

void TestEnvironments::revertTakesAnotherProgramsChange()
{
    Window w;
    w.window->showPage(Page::Environments);
    w.type(0, EnvironmentModel::Value, "http://mine");
    w.changeOutside("http://theirs");
    w.click("saveEnvironment");
    w.click("revertEnvironment");
    QVERIFY(!w.find<Banner>("environmentBanner")->isVisible());
    const QModelIndex host = w.variables()->index(0, EnvironmentModel::Value);
    QCOMPARE(host.data().toString(), QStringLiteral("http://theirs"));
    w.type(0, EnvironmentModel::Value, "http://after.it");
    w.click("saveEnvironment"); // it began with the file as it is
    QVERIFY(w.file("environments/local.yml").find("http://after.it") != std::string::npos);
}

void TestEnvironments::asksBeforeSending()
{
    Window w;
    QSignalSpy answers(&w.workbench, &workbench::Workbench::exchangeFinished);
    w.window->openItem(QStringLiteral("login.yml"));
    w.window->findChild<RequestTabs*>()->sendCurrent();
    QTRY_VERIFY(w.window->findChild<SecretDialog*>() != nullptr);
    auto* dialog = w.window->findChild<SecretDialog*>();
    QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("secretValue")), QStringLiteral("demo"));
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("sendWithSecrets")), Qt::LeftButton);
    QTRY_COMPARE(answers.size(), 1);
    const auto result = answers[0][0].value<workbench::ExchangeResult>();
    QVERIFY(result.exchange.response);
    QCOMPARE(result.exchange.response->status, 200);
    QCOMPARE(w.kept("local", "password", "demo"), std::size_t(1));
}

void TestEnvironments::cancelledQuestionSendsNothing()
{
    Window w;
    QSignalSpy answers(&w.workbench, &workbench::Workbench::exchangeFinished);
    w.window->openItem(QStringLiteral("login.yml"));
    w.window->findChild<RequestTabs*>()->sendCurrent();
    QTRY_VERIFY(w.window->findChild<SecretDialog*>() != nullptr);
    QTest::keyClick(w.window->findChild<SecretDialog*>(), Qt::Key_Escape);
    QTRY_COMPARE(answers.size(), 1);
    QVERIFY(answers[0][0].value<workbench::ExchangeResult>().exchange.error);
    QVERIFY(!w.workbench.isBusy());
}

void TestEnvironments::historyShowsAndSendsAgain()
{
    Window w;
    w.letGo();
    w.workbench.secrets().give(w.folder.root, "local", "password", Secret("demo"),
                               workbench::Remember::InMemory);
    QSignalSpy answers(&w.workbench, &workbench::Workbench::exchangeFinished);
    w.window->openItem(QStringLiteral("login.yml"));
    w.window->findChild<RequestTabs*>()->sendCurrent();
    QTRY_COMPARE(answers.size(), 1);
    w.window->showPage(Page::History);
    auto* table = w.find<QTableView>("historyTable");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->selectRow(0);
    w.click("sendAgain");
    const collection::Item again = w.window->findChild<RequestTabs*>()->currentItem();
    QCOMPARE(again.entry.url, w.server.url() + "/login");
    QVERIFY2(again.entry.body.find("[left out]") != std::string::npos, again.entry.body.c_str());
    QCoreApplication::processEvents();
    QCOMPARE(answers.size(), 1); // nothing is sent with a mark in the place of a password
}

void TestEnvironments::sendsAgainWithTheSessionsToken()
{
    Window w;
    w.signIn();
    QSignalSpy answers(&w.workbench, &workbench::Workbench::exchangeFinished);
    collection::Item item;
    item.entry.url = w.server.url() + "/protected";
    item.entry.auth = collection::AuthMode::SessionRaw;
    w.workbench.send(item);
    QTRY_COMPARE(answers.size(), 1);
    w.window->showPage(Page::History);
    auto* table = w.find<QTableView>("historyTable");
    QTRY_COMPARE(table->model()->rowCount(), 2);
    table->selectRow(0);
    w.click("sendAgain");
    QTRY_COMPARE(answers.size(), 2);
    const auto result = answers[1][0].value<workbench::ExchangeResult>();
    QVERIFY(result.exchange.response);
    QCOMPARE(result.exchange.response->status, 200);
}

void TestEnvironments::showsClaimsThatWereKept()
{
    Window w;
    const auto claims = [&w] {
        w.window->showPage(Page::History);
        w.find<QTableView>("historyTable")->selectRow(0);
        return w.find<QPlainTextEdit>("historyClaims");
    };
    w.signIn();
    QVERIFY(!claims()->isVisible());
    QMenu* menu = w.find<QToolButton>("historyOptions")->menu();
    Q_EMIT menu->aboutToShow();
    w.find<QAction>("keepClaims")->toggle();
    w.workbench.signOut();
    w.signIn();
    QVERIFY(claims()->isVisible());
    QVERIFY(claims()->toPlainText().contains(QStringLiteral("\"exp\":")));
}

void TestEnvironments::nothingWrittenHoldsASecret()
{
    Window w;
    w.letGo();
    const QByteArray secret("hunter2-known-secret");
    w.workbench.secrets().give(w.folder.root, "local", "password", Secret(secret.toStdString()),
                               workbench::Remember::InMemory);
    QSignalSpy answers(&w.workbench, &workbench::Workbench::exchangeFinished);
    w.window->openItem(QStringLiteral("login.yml"));
    w.window->findChild<RequestTabs*>()->sendCurrent();
    QTRY_COMPARE(answers.size(), 1);
    w.window->close();
    w.window.reset();
    int files = 0;
    for (const QString& place : {w.config.path(), w.folder.parent()}) {
        QDirIterator each(place, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            ++files;
            QVERIFY2(!text.contains(secret), qPrintable(file.fileName()));
            QVERIFY2(!text.contains(secret.toBase64(QByteArray::OmitTrailingEquals)),
                     qPrintable(file.fileName()));
        }
    }
    QVERIFY(files > 3);
}

QTEST_MAIN(TestEnvironments)
#include "tst_environments.moc"
