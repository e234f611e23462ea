// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window does the main job with its own widgets against the embedded demo API, keeps what was typed
// over a restart, and can be driven by the keyboard from anywhere.

#include <QtCore/qtemporarydir.h>
#include <QtGui/qclipboard.h>
#include <QtNetwork/qtcpserver.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <demo/demoapi.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <request/urledit.h>
#include <start/startpage.h>
#include <theme/banner.h>
#include <theme/foldingcolumns.h>
#include <theme/theme.h>
#include <token/tokenpane.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

const QString someToken = QStringLiteral("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl");

struct Window
{
    workbench::Workbench workbench;
    MainWindow window;

    explicit Window(const QTemporaryDir& config) : window(workbench, config.path().toStdString())
    {
        window.begin();
        window.resize(1280, 800);
        window.show();
        QApplication::setActiveWindow(&window);
    }
    template <typename T>
    T* find(const char* name)
    {
        return window.findChild<T*>(QLatin1String(name));
    }
    /// Of several widgets of that name (one a tab) the one in front.
    template <typename T>
    T* visible(const char* name)
    {
        for (T* widget : window.findChildren<T*>(QLatin1String(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    TokenPane* token() { return window.findChild<TokenPane*>(); }
    bool isShown(QWidget* widget) { return widget != nullptr && widget->isVisibleTo(&window); }
};

/// Fills in the dialog that is about to open.
void answerNewCollection(const QTemporaryDir& home, const QString& name)
{
    QTimer::singleShot(0, qApp, [place = home.path(), name] {
        QWidget* dialog = QApplication::activeModalWidget();
        if (dialog == nullptr)
            qFatal("no dialog is open");
        dialog->findChild<QLineEdit*>(QStringLiteral("newCollectionParent"))->setText(place);
        auto* line = dialog->findChild<QLineEdit*>(QStringLiteral("newCollectionName"));
        line->setText(name);
        line->setFocus();
        QTest::keyClick(line, Qt::Key_Return);
    });
}

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void beginsOnTheStartPage();
    void mainJobThroughWidgets();
    void aLoginThatHangsIsCancelled_data();
    void aLoginThatHangsIsCancelled();
    void pasteFromAnywhereLandsInTheInspector();
    void whatWasTypedIsThereAfterARestart();
    void theKeyRingIsOne();
    void folderVariablesCount();
    void theDemoCollectionIsKeptWhenAskedFor();
    void quittingAsksAboutWhatWasSavedIntoTheDemo();
    void aRequestWithoutACollectionIsSavedIntoANewOne();
    void aSecretIsSavedOnlyWhenConfirmed();
    void aChangedFileIsSettledInTheTab();
    void everyPageIsReachedByKeys();
    void tabReachesEverythingAndReturnPresses();
    void brokenSettingsAreReported();
    void themeIsRemembered();
    void columnsFoldWhenNarrow();
    void everyControlHasAName();
};

void MainWindowTest::beginsOnTheStartPage()
{
    const QTemporaryDir config;
    Window w(config);
    QVERIFY(w.isShown(w.find<QPlainTextEdit>("pasteBox")));
    QVERIFY(!w.isShown(w.find<QPushButton>("collectionMenu")));
}

void MainWindowTest::mainJobThroughWidgets()
{
    const QTemporaryDir config;
    Window w(config);
    QSignalSpy login(&w.workbench, &workbench::Workbench::loginFinished);
    QSignalSpy exchange(&w.workbench, &workbench::Workbench::exchangeFinished);
    QTest::mouseClick(w.find<QPushButton>("startDemo"), Qt::LeftButton);
    QCOMPARE(w.find<QLineEdit>("loginUser")->text(), QStringLiteral("demo"));
    QTest::mouseClick(w.find<QPushButton>("signIn"), Qt::LeftButton);
    QTRY_COMPARE(login.count(), 1);
    QVERIFY(w.workbench.session() != nullptr);
    const inspect::Inspection& inspection = w.token()->inspection();
    QCOMPARE(inspection.verdict, inspect::Verdict::Verified);
    QCOMPARE(w.find<Banner>("verdictBanner")->tone(), Tone::Ok);
    QVERIFY(!inspection.findings.empty()); // the demo's secret is short and published

    w.window.openItem(QStringLiteral("protected-route.yml"));
    w.window.showPage(Page::Work);
    QTest::mouseClick(w.find<QPushButton>("send"), Qt::LeftButton);
    QTRY_COMPARE(exchange.count(), 1);
    const auto result = exchange[0][0].value<workbench::ExchangeResult>();
    QVERIFY(result.exchange.response.has_value());
    QCOMPARE(result.exchange.response->status, 200);
    QVERIFY(w.find<QLabel>("responseStatus")->text().contains(QLatin1String("200")));
    QVERIFY(w.find<QLabel>("statusConnection")->text().startsWith(QLatin1String("HTTP/1.1")));

    w.find<QAction>("actionSignOut")->trigger();
    QVERIFY(w.workbench.session() == nullptr);
    w.find<QAction>("actionSend")->trigger();
    QTRY_COMPARE(exchange.count(), 2);
    const auto refused = exchange[1][0].value<workbench::ExchangeResult>();
    QCOMPARE(refused.exchange.response ? refused.exchange.response->status : 403, 403);
}

void MainWindowTest::aLoginThatHangsIsCancelled_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("Cancel") << false;
    QTest::newRow("Escape") << true;
}

void MainWindowTest::aLoginThatHangsIsCancelled()
{
    QFETCH(bool, byKey);
    QTcpServer silent; // takes the connection and never answers
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const QTemporaryDir config;
    Window w(config);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.window.showPage(Page::Session);
    QSignalSpy ended(&w.workbench, &workbench::Workbench::loginFinished);
    w.find<QLineEdit>("loginUrl")
        ->setText(QStringLiteral("http://127.0.0.1:%1/login").arg(silent.serverPort()));
    w.find<QLineEdit>("loginUser")->setText(QStringLiteral("demo"));
    auto* cancel = w.find<QPushButton>("cancelLogin");
    QVERIFY(cancel != nullptr);
    QVERIFY(!w.isShown(cancel));
    w.find<QPushButton>("signIn")->setFocus();
    QTest::keyClick(w.find<QPushButton>("signIn"), Qt::Key_Space);
    QTRY_VERIFY(silent.hasPendingConnections());
    QVERIFY(w.isShown(cancel));
    QVERIFY(cancel->hasFocus());
    if (byKey)
        QTest::keyClick(w.find<QLineEdit>("loginUser"), Qt::Key_Escape);
    else
        QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(w.find<Banner>("loginResult")->tone(), Tone::Info);
    QVERIFY(!w.isShown(cancel));
    QVERIFY(w.find<QPushButton>("signIn")->isEnabled());
    QVERIFY(!w.find<QAction>("actionCancel")->isEnabled());
}

void MainWindowTest::pasteFromAnywhereLandsInTheInspector()
{
    const QTemporaryDir config;
    Window w(config);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QGuiApplication::clipboard()->setText(QStringLiteral("Authorization: Bearer ") + someToken);
    QTest::keyClick(&w.window, Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(w.isShown(w.token()));
    QCOMPARE(toQString(w.token()->inspection().token.text), someToken);
    QTest::keyClick(&w.window, Qt::Key_1, Qt::ControlModifier);
    QVERIFY(!w.isShown(w.token()));
}

void MainWindowTest::whatWasTypedIsThereAfterARestart()
{
    const QTemporaryDir config;
    {
        Window w(config);
        w.find<QAction>("actionNewRequest")->trigger();
        auto* url = w.find<QLineEdit>("requestUrl");
        QVERIFY(url != nullptr);
        QTest::keyClicks(url, QStringLiteral("http://127.0.0.1/typed"));
        QTest::keyClicks(w.find<QLineEdit>("loginUrl"), QStringLiteral("http://127.0.0.1/login"));
        w.window.close();
    }
    Window again(config);
    auto* tabs = again.window.findChild<RequestTabs*>();
    QCOMPARE(tabs->count(), 1);
    QCOMPARE(tabs->currentItem().entry.url, std::string("http://127.0.0.1/typed"));
    QCOMPARE(again.find<QLineEdit>("loginUrl")->text(), QStringLiteral("http://127.0.0.1/login"));
    QVERIFY(again.isShown(tabs));
}

void MainWindowTest::theKeyRingIsOne()
{
    const QTemporaryDir config;
    Window w(config);
    auto* inLogin = w.find<QLineEdit>("loginSecret");
    auto* inInspector = w.find<QLineEdit>("tokenKey");
    QTest::keyClicks(inInspector, QStringLiteral("abc"));
    QCOMPARE(inLogin->text(), QStringLiteral("abc"));
    // The text comes first; other readings of it (hex, base64) may follow.
    QVERIFY(!w.workbench.keyRing().keys.empty());
    QCOMPARE(w.workbench.keyRing().keys.front().secret.reveal(), std::string_view("abc"));
    QTest::keyClicks(inLogin, QStringLiteral("d"));
    QCOMPARE(inInspector->text(), QStringLiteral("abcd"));
    QCOMPARE(w.workbench.keyRing().keys.front().secret.reveal(), std::string_view("abcd"));
}

void MainWindowTest::folderVariablesCount()
{
    const QTemporaryDir config;
    const QTemporaryDir place;
    const auto write = [&place](const char* name, const char* text) {
        QDir(place.path()).mkpath(QFileInfo(QLatin1String(name)).path());
        QFile file(place.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) > 0;
    };
    QVERIFY(write("opencollection.yml", "opencollection: \"1.0.0\"\n\ninfo:\n  name: Sample\n"));
    QVERIFY(write("inner/folder.yml", "info:\n  name: Inner\n  type: folder\n\nrequest:\n  variables:\n"
                                      "    - name: host\n      value: http://inner.example\n"));
    QVERIFY(write("inner/a.yml", "info:\n  name: A\n  type: http\n\nhttp:\n  method: GET\n"
                                 "  url: \"{{host}}/a\"\n"));
    Window w(config);
    w.window.openCollection(place.path());
    w.window.openItem(QStringLiteral("inner/a.yml"));
    auto* url = w.find<UrlEdit>("requestUrl");
    QCOMPARE(url->pills().size(), std::size_t(1));
    QVERIFY(url->pills()[0].value.has_value());
    w.find<QAction>("actionNewRequest")->trigger(); // in the same folder
    url = nullptr;
    for (UrlEdit* edit : w.window.findChildren<UrlEdit*>())
        if (edit->isVisible())
            url = edit;
    QVERIFY(url != nullptr);
    QTest::keyClicks(url, QStringLiteral("{{host}}/b"));
    QVERIFY(!url->pills().empty() && url->pills()[0].value.has_value());
}

void MainWindowTest::theDemoCollectionIsKeptWhenAskedFor()
{
    const QTemporaryDir config;
    const QTemporaryDir home;
    Window w(config);
    QVERIFY(!w.find<QAction>("actionSaveCollectionAs")->isEnabled());
    w.window.startDemo();
    w.window.showPage(Page::Work);
    QVERIFY(w.isShown(w.find<QLabel>("temporaryNote")));
    w.window.openItem(QStringLiteral("protected-route.yml"));
    w.visible<QLineEdit>("requestUrl")->end(false);
    QTest::keyClicks(w.visible<QLineEdit>("requestUrl"), QStringLiteral("?typed=1"));
    answerNewCollection(home, QStringLiteral("Kept"));
    QTest::mouseClick(w.find<QPushButton>("keepCollection"), Qt::LeftButton);
    QVERIFY(!w.isShown(w.find<QLabel>("temporaryNote")));
    QVERIFY(QFile::exists(home.filePath(QStringLiteral("kept/protected-route.yml"))));
    // The tab went with it, edits and all, and saves there.
    QVERIFY(w.visible<QLineEdit>("requestUrl")->text().endsWith(QLatin1String("?typed=1")));
    w.find<QAction>("actionSave")->trigger();
    QFile saved(home.filePath(QStringLiteral("kept/protected-route.yml")));
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QVERIFY(saved.readAll().contains("?typed=1"));
    QVERIFY(w.window.close());
    Window again(config);
    QVERIFY(again.window.windowTitle().startsWith(QLatin1String("Kept")));
}

void MainWindowTest::quittingAsksAboutWhatWasSavedIntoTheDemo()
{
    const QTemporaryDir config;
    Window w(config);
    w.window.startDemo();
    w.window.openItem(QStringLiteral("protected-route.yml"));
    w.window.showPage(Page::Work);
    w.visible<QLineEdit>("requestUrl")->end(false);
    QTest::keyClicks(w.visible<QLineEdit>("requestUrl"), QStringLiteral("?typed=1"));
    w.find<QAction>("actionSave")->trigger();
    QVERIFY(!w.window.close());
    auto* question = w.find<QMessageBox>("demoQuestion");
    QVERIFY(question != nullptr);
    question->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
    QVERIFY(w.window.isVisible());
    QTRY_VERIFY(w.find<QMessageBox>("demoQuestion") == nullptr);
    QVERIFY(!w.window.close());
    for (QAbstractButton* button : w.find<QMessageBox>("demoQuestion")->buttons())
        if (button->text().contains(QLatin1String("without")))
            button->click();
    QVERIFY(!w.window.isVisible());
}

void MainWindowTest::aRequestWithoutACollectionIsSavedIntoANewOne()
{
    const QTemporaryDir config;
    const QTemporaryDir home;
    {
        Window w(config);
        w.window.startDemo();
        w.window.openItem(QStringLiteral("protected-route.yml"));
        w.window.close();
    }
    Window w(config); // the demo collection is gone, its tab is here
    QCOMPARE(w.window.findChild<RequestTabs*>()->count(), 1);
    answerNewCollection(home, QStringLiteral("Mine"));
    w.find<QAction>("actionSave")->trigger();
    QVERIFY(QFile::exists(home.filePath(QStringLiteral("mine/protected-route.yml"))));
    QCOMPARE(w.window.findChild<RequestTabs*>()->currentItem().path, std::string("protected-route.yml"));
    QVERIFY(!w.isShown(w.find<Banner>("notice")));
}

void MainWindowTest::aSecretIsSavedOnlyWhenConfirmed()
{
    const QTemporaryDir config;
    Window w(config);
    w.window.startDemo();
    w.window.openItem(QStringLiteral("protected-route.yml"));
    w.window.showPage(Page::Work);
    QTest::keyClicks(w.visible<QLineEdit>("requestUrl"), QStringLiteral("?access_token=topsecret"));
    QFile file(toQString(w.workbench.collection()->directory) + QStringLiteral("/protected-route.yml"));
    const auto answer = [&](const char* button) {
        w.find<QAction>("actionSave")->trigger();
        auto* box = w.visible<QMessageBox>("secretQuestion");
        QVERIFY(box != nullptr);
        for (QAbstractButton* one : box->buttons())
            if (one->text().remove(u'&') == QLatin1String(button))
                one->click();
    };
    const auto saved = [&] { return file.open(QIODevice::ReadOnly) && file.readAll().contains("topsecret"); };
    answer("Keep editing");
    QVERIFY(!saved());
    file.close();
    answer("Save with it");
    QVERIFY(saved());
}

void MainWindowTest::aChangedFileIsSettledInTheTab()
{
    const QTemporaryDir config;
    Window w(config);
    w.window.startDemo();
    w.window.openItem(QStringLiteral("protected-route.yml"));
    w.window.showPage(Page::Work);
    QTest::keyClicks(w.visible<QLineEdit>("requestUrl"), QStringLiteral("x"));
    const QString path =
        toQString(w.workbench.collection()->directory) + QStringLiteral("/protected-route.yml");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray text = file.readAll();
    text.replace("/protected", "/changed");
    file.resize(0);
    file.write(text);
    file.close();
    w.find<QAction>("actionSave")->trigger();
    QVERIFY(w.isShown(w.find<Banner>("notice")));
    auto* keep = w.visible<QPushButton>("keepMine");
    QVERIFY(keep != nullptr);
    keep->click();
    w.find<QAction>("actionSave")->trigger();
    QVERIFY(!w.isShown(w.find<Banner>("notice")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("x{{baseUrl}}"));
}

void MainWindowTest::everyPageIsReachedByKeys()
{
    const QTemporaryDir config;
    Window w(config);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTest::keyClick(&w.window, Qt::Key_N, Qt::ControlModifier);
    QTest::keyClick(&w.window, Qt::Key_N, Qt::ControlModifier);
    auto* tabs = w.window.findChild<RequestTabs*>();
    QCOMPARE(tabs->currentIndex(), 1);
    QTest::keyClick(&w.window, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), 0);
    QTest::keyClick(&w.window, Qt::Key_3, Qt::ControlModifier);
    QVERIFY(w.isShown(w.token()));
    QTest::keyClick(&w.window, Qt::Key_L, Qt::ControlModifier);
    QVERIFY(w.visible<QLineEdit>("requestUrl")->hasFocus());
    QTest::keyClick(&w.window, Qt::Key_W, Qt::ControlModifier);
    QTest::keyClick(&w.window, Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(tabs->count(), 0);
    QVERIFY(!w.find<QAction>("actionUrl")->isEnabled());
}

void MainWindowTest::tabReachesEverythingAndReturnPresses()
{
    const QTemporaryDir config;
    Window w(config);
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    w.find<QPushButton>("startDemo")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(w.workbench.collection().has_value());
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("loginUrl"));
    QSignalSpy login(&w.workbench, &workbench::Workbench::loginFinished);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(login.count(), 1);
    w.find<QAction>("actionSend")->trigger(); // shows the requests, and the answer's own controls
    QTRY_VERIFY(w.visible<QWidget>("responseBody") != nullptr);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("collectionTree"));
    QStringList reached;
    for (int step = 0; step < 60 && !reached.contains(QStringLiteral("railStart")); ++step) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        reached.append(QApplication::focusWidget()->objectName());
    }
    for (const char* name : {"keepCollection", "requestUrl", "send", "requestHeaders", "responseTabs",
                             "responseBody", "bodySearch", "saveBody", "mainMenu", "environment"})
        QVERIFY2(reached.contains(QLatin1String(name)), qPrintable(reached.join(u' ')));
}

void MainWindowTest::brokenSettingsAreReported()
{
    const QTemporaryDir config;
    QFile file(config.filePath(QStringLiteral("settings.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ this is no JSON");
    file.close();
    Window w(config);
    auto* notice = w.find<Banner>("notice");
    QVERIFY(w.isShown(notice));
    QCOMPARE(notice->tone(), Tone::Bad);
    QVERIFY(!notice->sentence().isEmpty());
}

void MainWindowTest::themeIsRemembered()
{
    const QTemporaryDir config;
    {
        Window w(config);
        w.window.setTheme(ThemeName::Dark);
        w.window.close();
    }
    Window again(config);
    QCOMPARE(currentTheme().name, ThemeName::Dark);
    again.window.setTheme(ThemeName::Light);
}

void MainWindowTest::columnsFoldWhenNarrow()
{
    const QTemporaryDir config;
    Window w(config);
    w.window.showPage(Page::Work);
    w.window.resize(800, 600);
    for (const FoldingColumns* columns : w.window.findChildren<FoldingColumns*>())
        if (columns->isVisibleTo(&w.window))
            QTRY_VERIFY(columns->isFolded());
    QVERIFY(w.window.width() <= 800);
    w.window.resize(1280, 800);
    for (const FoldingColumns* columns : w.window.findChildren<FoldingColumns*>())
        if (columns->isVisibleTo(&w.window))
            QTRY_VERIFY(!columns->isFolded());
}

void MainWindowTest::everyControlHasAName()
{
    const QTemporaryDir config;
    Window w(config);
    for (const QAbstractButton* button : w.window.findChildren<QAbstractButton*>()) {
        if (button->objectName().startsWith(QLatin1String("qt_")) || button->objectName().isEmpty())
            continue;
        QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                 qPrintable(button->objectName()));
    }
    for (const QLineEdit* line : w.window.findChildren<QLineEdit*>())
        QVERIFY2(!line->accessibleName().isEmpty() || line->objectName().startsWith(QLatin1String("qt_")),
                 qPrintable(QLatin1String(line->parent()->metaObject()->className()) + u' ' +
                            line->parent()->objectName() + u' ' + line->objectName()));
}

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
