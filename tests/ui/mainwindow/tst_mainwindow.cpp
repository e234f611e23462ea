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
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <demo/demoapi.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
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
    TokenPane* token() { return window.findChild<TokenPane*>(); }
    bool isShown(QWidget* widget) { return widget != nullptr && widget->isVisibleTo(&window); }
};

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
