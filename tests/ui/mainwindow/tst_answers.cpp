// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answer beside a request is the answer to that request: each tab has its own, the sign-in too, and one
// that could not be sent shows why instead of what was answered before.

#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qtcpserver.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <theme/banner.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    workbench::Workbench workbench;
    MainWindow window{workbench, config.path().toStdString()};
    QSignalSpy login{&workbench, &workbench::Workbench::loginFinished};
    QSignalSpy exchange{&workbench, &workbench::Workbench::exchangeFinished};

    Window()
    {
        if (!window.begin())
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window does not become active");
    }
    template <typename Widget>
    Widget* see(const char* name)
    {
        for (Widget* widget : window.findChildren<Widget*>(QLatin1String(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    void click(const char* name) { QTest::mouseClick(see<QPushButton>(name), Qt::LeftButton); }
    RequestTabs* tabs() { return window.findChild<RequestTabs*>(); }
    QString status()
    {
        const auto* label = see<QLabel>("responseStatus");
        return label ? label->text() : QString();
    }
    bool isEmpty() { return see<QLabel>("responseHint") != nullptr && status().isEmpty(); }
    void signIn()
    {
        window.startDemo();
        click("signIn");
        QTRY_COMPARE(login.size(), 1);
    }
    void send(const char* path)
    {
        const auto before = exchange.size();
        window.showPage(Page::Work);
        window.openItem(QLatin1String(path));
        click("send");
        QTRY_COMPARE(exchange.size(), before + 1);
    }
};

} // namespace

class TestAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void theLoginsAnswerBelongsToTheSignIn();
    void everyTabHasItsOwn();
    void anAnswerArrivesAtItsTab();
    void whatCouldNotBeSentReplacesTheOldAnswer();
    void theExpiredSessionLeadsToTheSignIn();
    void widthsComeBackFromTheSignIn();
};

void TestAnswers::theLoginsAnswerBelongsToTheSignIn()
{
    Window w;
    w.signIn();
    QCOMPARE(w.status(), QStringLiteral("200 OK"));
    QVERIFY(w.see<QLineEdit>("requestUrl") == nullptr); // no request stands beside the login's answer
    w.click("goToRequests");
    QVERIFY(w.see<QLineEdit>("requestUrl") != nullptr);
    QVERIFY(w.isEmpty());
    w.window.showPage(Page::Session);
    QCOMPARE(w.status(), QStringLiteral("200 OK"));
}

void TestAnswers::everyTabHasItsOwn()
{
    Window w;
    w.signIn();
    w.send("protected-route.yml");
    QCOMPARE(w.status(), QStringLiteral("200 OK"));
    w.send("protected-route-without-a-token.yml");
    QCOMPARE(w.status(), QStringLiteral("403 Forbidden"));
    w.tabs()->newItem();
    QVERIFY(w.isEmpty());
    QVERIFY(w.window.findChild<QLabel*>(QStringLiteral("statusConnection"))->text().isEmpty());
    w.window.openItem(QStringLiteral("protected-route.yml"));
    QCOMPARE(w.status(), QStringLiteral("200 OK"));
    w.tabs()->closeCurrent();
    w.window.openItem(QStringLiteral("protected-route.yml"));
    QVERIFY(w.isEmpty());
}

void TestAnswers::anAnswerArrivesAtItsTab()
{
    QTcpServer slow;
    QVERIFY(slow.listen(QHostAddress::LocalHost));
    Window w;
    w.window.showPage(Page::Work);
    w.tabs()->newItem();
    w.see<QLineEdit>("requestUrl")->setFocus();
    QTest::keyClicks(w.see<QLineEdit>("requestUrl"),
                     QStringLiteral("http://127.0.0.1:%1/").arg(slow.serverPort()));
    w.click("send");
    QTRY_VERIFY(slow.hasPendingConnections());
    w.tabs()->newItem();
    QTcpSocket* socket = slow.nextPendingConnection();
    socket->write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    QTRY_COMPARE(w.exchange.size(), 1);
    QVERIFY(w.isEmpty()); // it answers the other tab
    w.tabs()->step(-1);
    QCOMPARE(w.status(), QStringLiteral("202 Accepted"));
}

void TestAnswers::whatCouldNotBeSentReplacesTheOldAnswer()
{
    Window w;
    w.window.startDemo();
    w.send("protected-route-without-a-token.yml");
    QCOMPARE(w.status(), QStringLiteral("403 Forbidden"));
    auto* url = w.see<QLineEdit>("requestUrl");
    url->setFocus();
    url->selectAll();
    QTest::keyClicks(url, QStringLiteral("ftp://a.example/"));
    w.click("send");
    QCOMPARE(w.exchange.size(), 1);
    QVERIFY(w.status().isEmpty());
    QVERIFY(w.see<Banner>("responseError") != nullptr);
}

void TestAnswers::theExpiredSessionLeadsToTheSignIn()
{
    Window w;
    w.signIn();
    w.window.showPage(Page::Work);
    Q_EMIT w.tabs()->signInRequested();
    QVERIFY(w.see<QPushButton>("signIn") != nullptr);
}

void TestAnswers::widthsComeBackFromTheSignIn()
{
    Window w;
    w.signIn();
    w.window.showPage(Page::Work);
    const int tree = w.see<QWidget>("collectionPane")->width();
    const int request = w.tabs()->width();
    w.window.showPage(Page::Session);
    QTRY_COMPARE(w.see<QWidget>("loginPane")->width(), 372);
    w.window.showPage(Page::Work);
    QTRY_COMPARE(w.see<QWidget>("collectionPane")->width(), tree);
    QTRY_COMPARE(w.tabs()->width(), request);
}

QTEST_MAIN(TestAnswers)
#include "tst_answers.moc"
