// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the request pane says before something goes wrong on the wire: a secret that no draft keeps, a session
// that is not used, one that is over; and what it shows of a request that was just saved.

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qradiobutton.h>
#include <QtWidgets/qtableview.h>
#include <QtWidgets/qtoolbutton.h>

#include <request/requestnote.h>
#include <request/requesttabs.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>

using namespace claimcheck;
using collection::AuthMode;
using ui::RequestTabs;

namespace {

collection::Collection sample(AuthMode auth)
{
    collection::Collection result;
    result.directory = "/nowhere";
    result.root.auth = auth;
    return result;
}

ui::SessionUse demoAt(const char* origin, std::optional<Instant> end = std::nullopt)
{
    return {QStringLiteral("demo"), {origin}, end};
}

/// The pane, shown; finds what can be seen in it.
struct Pane
{
    RequestTabs tabs;
    QSignalSpy sent{&tabs, &RequestTabs::sendRequested};
    QSignalSpy refused{&tabs, &RequestTabs::sendRefused};

    Pane()
    {
        tabs.resize(560, 700);
        tabs.show();
        if (!QTest::qWaitForWindowActive(&tabs))
            qFatal("the window does not become active");
    }
    template <typename Widget>
    Widget* see(const char* name)
    {
        for (Widget* widget : tabs.findChildren<Widget*>(QString::fromLatin1(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    void type(const QString& text)
    {
        auto* edit = see<QLineEdit>("requestUrl");
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    QString note()
    {
        const auto* note = see<ui::RequestNote>("requestNote");
        return note ? note->note().sentence : QString();
    }
    void click(const char* name) { QTest::mouseClick(see<QPushButton>(name), Qt::LeftButton); }
    void restore(collection::Entry entry)
    {
        store::Draft draft;
        draft.entry = std::move(entry);
        draft.redacted = true;
        draft.edited = true;
        tabs.restore({draft}, 0);
    }
};

} // namespace

class TestRequestHints : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }
    void whatWasLeftOutIsNotSent();
    void theFieldOfWhatWasLeftOutIsFound();
    void aRefusedRequestIsTold();
    void theFirstSaveIsWhatTheFileHolds();
    void aSessionOfTheSameServerIsOffered_data();
    void aSessionOfTheSameServerIsOffered();
    void aSessionOfAnotherServerIsNot();
    void anExpiredSessionIsSaid();
    void aTokenThatIsMadeIsSaid();
    void outsideOfACollectionNothingIsInherited();
    void theStripIsEmptyWithoutTabs();
};

void TestRequestHints::whatWasLeftOutIsNotSent()
{
    Pane pane;
    collection::Entry entry;
    entry.auth = AuthMode::None;
    entry.url = "http://a.example/?access_token=[left out]";
    entry.headers = {{"Authorization", "Bearer [left out]", true}};
    pane.restore(entry);
    pane.tabs.sendCurrent();
    QCOMPARE(pane.sent.size(), 0);
    QCOMPARE(pane.refused.size(), 1);
    pane.type(QStringLiteral("http://a.example/?access_token=anew"));
    pane.tabs.sendCurrent();
    QCOMPARE(pane.sent.size(), 0); // the header is still without its secret
    QVERIFY(pane.refused.last()[0].value<Error>().why.find("Authorization") != std::string::npos);
    auto* headers = pane.see<QTableView>("requestHeaders");
    headers->model()->setData(headers->model()->index(0, 2), QStringLiteral("Bearer anew"));
    pane.tabs.sendCurrent();
    QCOMPARE(pane.sent.size(), 1);
}

void TestRequestHints::theFieldOfWhatWasLeftOutIsFound()
{
    Pane pane;
    collection::Entry entry;
    entry.auth = AuthMode::None;
    entry.url = "http://a.example/?access_token=[left out]&x=1";
    pane.restore(entry);
    QVERIFY(pane.note().contains(QStringLiteral("[left out]")));
    pane.click("goToLeftOut");
    auto* url = pane.see<QLineEdit>("requestUrl");
    QVERIFY(url->hasFocus());
    QCOMPARE(url->selectedText(), QStringLiteral("[left out]"));
    QTest::keyClicks(url, QStringLiteral("abc"));
    QCOMPARE(url->text(), QStringLiteral("http://a.example/?access_token=abc&x=1"));
    QVERIFY(pane.note().isEmpty());
}

void TestRequestHints::aRefusedRequestIsTold()
{
    Pane pane;
    pane.tabs.newItem();
    pane.tabs.sendCurrent();
    QCOMPARE(pane.refused.size(), 1);
    QVERIFY(!pane.refused[0][0].value<Error>().why.empty());
}

void TestRequestHints::theFirstSaveIsWhatTheFileHolds()
{
    Pane pane;
    pane.tabs.setCollection(sample(AuthMode::None));
    pane.tabs.newItem();
    pane.type(QStringLiteral("http://a.example/"));
    pane.tabs.saveCurrent();
    collection::Collection after = sample(AuthMode::None);
    collection::Item item = pane.tabs.currentItem();
    item.path = "new-request.yml";
    item.entry.sequence = 7; // its place in the folder is given by the store
    item.fingerprint = "abc";
    after.root.items = {item};
    pane.tabs.setCollection(after);
    pane.tabs.markSaved(QStringLiteral("new-request.yml"));
    QCOMPARE(pane.tabs.currentItem().entry.sequence, 7);
    QVERIFY(pane.tabs.currentItem() == item);
    QVERIFY(!pane.see<ui::FlatTabBar>("requestTabBar")
                 ->accessibleTabName(0)
                 .contains(QStringLiteral("not saved")));
}

void TestRequestHints::aSessionOfTheSameServerIsOffered_data()
{
    QTest::addColumn<int>("folder");
    QTest::addColumn<int>("chosen");
    QTest::newRow("a folder without")
        << static_cast<int>(AuthMode::None) << static_cast<int>(AuthMode::SessionBearer);
    QTest::newRow("no collection") << -1 << static_cast<int>(AuthMode::SessionBearer);
}

void TestRequestHints::aSessionOfTheSameServerIsOffered()
{
    QFETCH(int, folder);
    QFETCH(int, chosen);
    Pane pane;
    if (folder >= 0)
        pane.tabs.setCollection(sample(static_cast<AuthMode>(folder)));
    pane.tabs.setSession(demoAt("http://a.example:80"));
    pane.tabs.newItem();
    QVERIFY(pane.note().isEmpty());
    pane.type(QStringLiteral("http://a.example/protected"));
    QVERIFY2(pane.note().contains(QStringLiteral("demo")), qPrintable(pane.note()));
    pane.click("useSession");
    QCOMPARE(static_cast<int>(pane.tabs.currentItem().entry.auth), chosen);
    QVERIFY(pane.note().isEmpty());
}

void TestRequestHints::aSessionOfAnotherServerIsNot()
{
    Pane pane;
    pane.tabs.setSession(demoAt("http://a.example:80"));
    pane.tabs.newItem();
    pane.type(QStringLiteral("http://b.example/protected"));
    QVERIFY(pane.note().isEmpty());
    // A saved request that goes without a token means it.
    collection::Item item;
    item.path = "public.yml";
    item.entry.url = "http://a.example/";
    item.entry.auth = AuthMode::None;
    pane.tabs.openItem(item);
    QVERIFY(pane.note().isEmpty());
}

void TestRequestHints::anExpiredSessionIsSaid()
{
    const Instant end = fromUnixSeconds(1000);
    Instant now = fromUnixSeconds(900);
    Pane pane;
    QSignalSpy signIn(&pane.tabs, &RequestTabs::signInRequested);
    pane.tabs.setClock([&now] { return now; });
    pane.tabs.setCollection(sample(AuthMode::SessionRaw));
    pane.tabs.setSession(demoAt("http://a.example:80", end));
    pane.tabs.newItem();
    pane.type(QStringLiteral("http://a.example/protected"));
    auto* caption = pane.see<QWidget>("authCaption");
    QVERIFY(caption->accessibleName().contains(QStringLiteral("with the raw token")));
    QVERIFY(pane.note().isEmpty());
    now = end;
    pane.tabs.setClock([&now] { return now; });
    QVERIFY(!caption->accessibleName().contains(QStringLiteral("with the raw token")));
    QVERIFY(caption->accessibleName().contains(QStringLiteral("expired")));
    QVERIFY(pane.note().contains(QStringLiteral("expired")));
    pane.click("signInAgain");
    QCOMPARE(signIn.size(), 1);
}

/// No session has a part in it, signed in or not.
void TestRequestHints::aTokenThatIsMadeIsSaid()
{
    Pane pane;
    collection::Collection around = sample(AuthMode::None);
    collection::MintedToken own;
    own.path = "orders.yml";
    own.algorithm = "ES256";
    collection::MintedToken all;
    all.algorithm = "HS256";
    around.minted = {all, own};
    pane.tabs.setCollection(around);
    pane.tabs.setSession(demoAt("http://a.example:80"));
    const auto open = [&pane](const char* path, AuthMode auth) {
        collection::Item item;
        item.path = path;
        item.entry.name = path;
        item.entry.url = "http://a.example/";
        item.entry.auth = auth;
        pane.tabs.openItem(item);
        return pane.see<QWidget>("authCaption")->accessibleName();
    };
    QString said = open("list.yml", AuthMode::Inherit);
    QVERIFY2(said.contains(QStringLiteral("HS256")) && said.contains(QStringLiteral("sessions.yaml")),
             qPrintable(said));
    QVERIFY(pane.note().isEmpty());
    said = open("orders.yml", AuthMode::SessionBearer); // its own rule counts before what it says
    QVERIFY2(said.contains(QStringLiteral("ES256")), qPrintable(said));
    QVERIFY(pane.note().isEmpty());
    said = open("public.yml", AuthMode::SessionBearer); // what it says counts before a rule around it
    QVERIFY2(said.contains(QStringLiteral("Sent as demo")), qPrintable(said));
}

void TestRequestHints::outsideOfACollectionNothingIsInherited()
{
    Pane pane;
    pane.tabs.newItem();
    pane.see<ui::FlatTabBar>("requestParts")->setCurrentIndex(3);
    QVERIFY(pane.see<QRadioButton>("authNone")->isChecked());
    QVERIFY(pane.see<QRadioButton>("authInherit") == nullptr);
    pane.tabs.setCollection(sample(AuthMode::SessionRaw));
    QVERIFY(pane.see<QRadioButton>("authInherit") != nullptr);
}

void TestRequestHints::theStripIsEmptyWithoutTabs()
{
    Pane pane;
    auto* add = pane.see<QToolButton>("newRequest");
    QVERIFY2(add->x() <= ui::space::small, qPrintable(QString::number(add->x())));
    pane.tabs.newItem();
    QTRY_VERIFY(add->x() > 50);
    pane.tabs.closeCurrent();
    QTRY_VERIFY(add->x() <= ui::space::small);
}

QTEST_MAIN(TestRequestHints)
#include "tst_requesthints.moc"
