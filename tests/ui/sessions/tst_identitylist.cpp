// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A row for each identity: how it signs in, what is left of its session, what can be done, and what went
// wrong, all as plain text and by the keyboard.

#include <sessions/drainbar.h>
#include <sessions/identitylist.h>
#include <sessions/identityrow.h>
#include <theme/theme.h>

#include <QtGui/qaction.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qscrollbar.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using workbench::IdentityState;

namespace {

const Instant begun = fromUnixSeconds(1'700'000'000);

IdentityState signedIn(const std::string& name = "alice")
{
    IdentityState state{name, "credentials"};
    state.isSignedIn = state.renewsAlone = true;
    state.since = begun;
    state.ends = begun + Seconds(3600);
    return state;
}

struct Shown
{
    Instant now = begun;
    IdentityList list;

    Shown()
    {
        list.setClock([this] { return now; });
        list.show();
    }
    void set(const std::vector<IdentityState>& states, bool hasKeychain = true)
    {
        list.setStates(states, std::nullopt, hasKeychain);
    }
    QString text(const char* name) { return list.findChild<QLabel*>(QLatin1String(name))->text(); }
    QPushButton* button(const char* name) { return list.findChild<QPushButton*>(QLatin1String(name)); }
    bool isOffered(const char* name) { return !button(name)->isHidden(); }
};

} // namespace

class TestIdentityList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void isHiddenWhereThereAreNone();
    void oneCanBeAddedWhereACollectionIsOpen();
    void eachHasAMenu();
    void itsTokenIsLookedIntoWhereThereIsOne();
    void saysWhatIsOddAboutItsToken();
    void itsOtherTokensAndItsServer();
    void oneRowForEach();
    void countsDownAndDrains();
    void aLongNameLeavesTheMenuInReach();
    void offersWhatCanBeDone();
    void byKeyboardAndName();
    void keepsRowsAndFocus();
    void aDeviceCodeIsShownAndCopied();
    void theBrowsersPageIsOpened();
    void textIsText();
    void onlyTheCountdownIsMonospaced();
    void oneThatIsAddedIsSeen();
    void growsWithItsRows();
};

void TestIdentityList::isHiddenWhereThereAreNone()
{
    Shown shown;
    shown.set({});
    QVERIFY(shown.list.isHidden());
    shown.list.setStates(
        {}, Error{ErrorKind::Malformed, "cannot use .claimcheck/sessions.yaml", "line 3", "", std::nullopt},
        true);
    QVERIFY(!shown.list.isHidden());
    QVERIFY(shown.text("identitiesProblem").contains(QStringLiteral("line 3")));
}

void TestIdentityList::oneCanBeAddedWhereACollectionIsOpen()
{
    Shown shown;
    shown.list.setCanAdd(true);
    shown.set({});
    QVERIFY(shown.list.isVisible() && shown.isOffered("addIdentity"));
    QVERIFY(!shown.list.findChild<QLabel*>(QStringLiteral("noIdentities"))->isHidden());
    QSignalSpy added(&shown.list, &IdentityList::addRequested);
    QTest::keyClick(shown.button("addIdentity"), Qt::Key_Space);
    QCOMPARE(added.size(), 1);
    shown.set({signedIn()});
    QVERIFY(shown.list.findChild<QLabel*>(QStringLiteral("noIdentities"))->isHidden());
    // What cannot be read is not to be written.
    shown.list.setStates(
        {}, Error{ErrorKind::Malformed, "cannot use .claimcheck/sessions.yaml", "line 3", "", std::nullopt},
        true);
    QVERIFY(!shown.isOffered("addIdentity"));
    shown.set({});
    shown.list.setCanAdd(false);
    QVERIFY(shown.list.isHidden());
}

void TestIdentityList::eachHasAMenu()
{
    Shown shown;
    shown.set({signedIn()});
    const auto trigger = [&](const char* name) {
        shown.list.findChild<QAction*>(QLatin1String(name))->trigger();
    };
    QSignalSpy edited(&shown.list, &IdentityList::editRequested);
    QSignalSpy copied(&shown.list, &IdentityList::duplicateRequested);
    QSignalSpy deleted(&shown.list, &IdentityList::deleteRequested);
    trigger("editIdentity");
    trigger("duplicateIdentity");
    trigger("deleteIdentity");
    for (const QSignalSpy* spy : {&edited, &copied, &deleted})
        QCOMPARE(spy->value(0).value(0).toString(), QStringLiteral("alice"));
}

void TestIdentityList::itsTokenIsLookedIntoWhereThereIsOne()
{
    Shown shown;
    shown.set({IdentityState{"alice", "credentials"}});
    auto* action = shown.list.findChild<QAction*>(QStringLiteral("inspectIdentity"));
    QVERIFY(action != nullptr && !action->isVisible());
    shown.set({signedIn()});
    QVERIFY(action->isVisible());
    const QSignalSpy asked(&shown.list, &IdentityList::inspectRequested);
    action->trigger();
    QCOMPARE(asked.value(0).value(0).toString(), QStringLiteral("alice"));
}

void TestIdentityList::saysWhatIsOddAboutItsToken()
{
    Shown shown;
    shown.set({signedIn()});
    const auto* label = shown.list.findChild<QLabel*>(QStringLiteral("identityNotes"));
    QVERIFY(label != nullptr && label->isHidden());
    IdentityState state = signedIn();
    state.notes = {"the token becomes valid later", "its exp is <b>odd</b>"};
    shown.set({state});
    QVERIFY(!label->isHidden());
    QCOMPARE(label->text(), QStringLiteral("the token becomes valid later\nits exp is <b>odd</b>"));
    QCOMPARE(label->textFormat(), Qt::PlainText);
    shown.set({signedIn()});
    QVERIFY(label->isHidden());
}

/// Each is offered where there is something to look into, or somebody to ask.
void TestIdentityList::itsOtherTokensAndItsServer()
{
    Shown shown;
    const auto isOffered = [&shown](const char* name) {
        return shown.list.findChild<QAction*>(QLatin1String(name))->isVisible();
    };
    const char* const all[] = {"inspectIdToken", "inspectRefreshToken", "introspectIdentity",
                               "introspectSignedIdentity", "userinfoIdentity"};
    shown.set({signedIn()});
    for (const char* name : all)
        QVERIFY2(!isOffered(name), name);
    IdentityState state = signedIn();
    state.hasServer = true;
    state.tokens = {{"access token"}, {"refresh token"}, {"ID token"}};
    shown.set({state});
    const QSignalSpy spies[] = {QSignalSpy(&shown.list, &IdentityList::inspectIdTokenRequested),
                                QSignalSpy(&shown.list, &IdentityList::inspectRefreshTokenRequested),
                                QSignalSpy(&shown.list, &IdentityList::introspectRequested),
                                QSignalSpy(&shown.list, &IdentityList::introspectSignedRequested),
                                QSignalSpy(&shown.list, &IdentityList::userinfoRequested)};
    for (std::size_t i = 0; i < std::size(all); ++i) {
        QVERIFY2(isOffered(all[i]), all[i]);
        shown.list.findChild<QAction*>(QLatin1String(all[i]))->trigger();
        QCOMPARE(spies[i].value(0).value(0).toString(), QStringLiteral("alice"));
    }
}

void TestIdentityList::oneRowForEach()
{
    Shown shown;
    IdentityState bob{"bob", "client-credentials"};
    shown.set({signedIn(), bob});
    QCOMPARE(shown.list.findChildren<IdentityRow*>().size(), 2);
    QStringList kinds;
    for (const QLabel* label : shown.list.findChildren<QLabel*>(QStringLiteral("identityKind")))
        kinds.append(label->text());
    QCOMPARE(kinds, (QStringList{QStringLiteral("Name and password"), QStringLiteral("Client credentials")}));
}

void TestIdentityList::aLongNameLeavesTheMenuInReach()
{
    IdentityState state = signedIn();
    state.login = "authorization-code";
    IdentityRow narrow("a");
    narrow.setState(state, true, begun);
    state.name = std::string(300, 'W') + "<b>";
    IdentityRow row(state.name);
    row.setState(state, true, begun);
    QVERIFY(row.minimumSizeHint().width() <= narrow.minimumSizeHint().width() + 60);
    row.resize(std::max(372, narrow.minimumSizeHint().width() + 60), row.sizeHint().height());
    row.show();
    const auto part = [&row](const char* name) { return row.findChild<QWidget*>(QLatin1String(name)); };
    QVERIFY(part("identityMenuButton")->geometry().right() < row.width());
    QVERIFY(part("identityRest")->width() >= part("identityRest")->sizeHint().width());
    QVERIFY(part("identityKind")->geometry().top() >= part("identityName")->geometry().bottom());
    QVERIFY(!part("identityName")->toolTip().contains(QStringLiteral("<b>")));
}

void TestIdentityList::countsDownAndDrains()
{
    Shown shown;
    shown.set({signedIn()});
    const auto* bar = shown.list.findChild<DrainBar*>();
    QCOMPARE(shown.text("identityRest"), QStringLiteral("1:00:00"));
    QCOMPARE(bar->share(), 1.0);
    shown.now += Seconds(1800);
    shown.list.tick();
    QCOMPARE(shown.text("identityRest"), QStringLiteral("30:00"));
    QCOMPARE(bar->share(), 0.5);
    shown.now += Seconds(1800);
    shown.list.tick();
    QCOMPARE(shown.text("identityRest"), QStringLiteral("expired"));
    QCOMPARE(bar->share(), 0.0);
}

void TestIdentityList::offersWhatCanBeDone()
{
    Shown shown;
    shown.set({IdentityState{"alice", "credentials"}});
    QCOMPARE(shown.text("identityRest"), QStringLiteral("Not signed in"));
    QVERIFY(shown.isOffered("signInIdentity") && !shown.isOffered("renewIdentity"));
    QVERIFY(!shown.isOffered("signOutIdentity") && !shown.isOffered("cancelIdentity"));
    shown.set({signedIn()});
    QVERIFY(!shown.isOffered("signInIdentity") && shown.isOffered("renewIdentity"));
    QVERIFY(shown.isOffered("signOutIdentity"));
    IdentityState alone = signedIn();
    alone.renewsAlone = false; // a person begins it anew
    shown.set({alone});
    QVERIFY(shown.isOffered("signInIdentity") && !shown.isOffered("renewIdentity"));
    alone.isBusy = true;
    shown.set({alone}, false);
    QVERIFY(shown.isOffered("cancelIdentity") && !shown.isOffered("signInIdentity"));
    QVERIFY(shown.list.findChild<QCheckBox*>()->isHidden()); // there is no keychain
}

void TestIdentityList::byKeyboardAndName()
{
    Shown shown;
    IdentityState alice = signedIn();
    alice.problem = Error{ErrorKind::Refused, "the session cannot be renewed", "invalid_grant",
                          "sign in anew", std::nullopt};
    shown.set({alice});
    QCOMPARE(shown.button("renewIdentity")->accessibleName(), QStringLiteral("Renew the session alice"));
    QVERIFY(shown.text("identityProblem").contains(QStringLiteral("invalid_grant")));
    QSignalSpy renew(&shown.list, &IdentityList::renewRequested);
    QSignalSpy out(&shown.list, &IdentityList::signOutRequested);
    QSignalSpy keep(&shown.list, &IdentityList::keepToggled);
    QTest::keyClick(shown.button("renewIdentity"), Qt::Key_Space);
    QTest::keyClick(shown.button("signOutIdentity"), Qt::Key_Space);
    QTest::keyClick(shown.list.findChild<QCheckBox*>(), Qt::Key_Space);
    QCOMPARE(renew.value(0).value(0).toString(), QStringLiteral("alice"));
    QCOMPARE(out.size(), 1);
    QCOMPARE(keep.value(0).value(1).toBool(), true);
}

void TestIdentityList::keepsRowsAndFocus()
{
    Shown shown;
    shown.set({signedIn(), signedIn("bob")});
    const auto* row = shown.list.findChild<IdentityRow*>();
    shown.set({IdentityState{"alice", "credentials"}, signedIn("bob")});
    QCOMPARE(shown.list.findChild<IdentityRow*>(), row);
    shown.set({signedIn("bob")});
    QTRY_COMPARE(shown.list.findChildren<IdentityRow*>().size(), 1);
}

void TestIdentityList::aDeviceCodeIsShownAndCopied()
{
    Shown shown;
    IdentityState device{"tv", "device-code"};
    device.isBusy = true;
    device.prompt.emplace();
    device.prompt->device.emplace();
    device.prompt->device->userCode = "WDJB-MJHT";
    device.prompt->device->verificationUri = "https://id.example/device";
    shown.set({device});
    QCOMPARE(shown.text("identityCode"), QStringLiteral("WDJB-MJHT"));
    QCOMPARE(shown.text("identityLink"), QStringLiteral("https://id.example/device"));
    shown.button("copyIdentityCode")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("WDJB-MJHT"));
    shown.button("copyIdentityLink")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("https://id.example/device"));
    device.isBusy = false; // it has ended
    shown.set({device});
    QVERIFY(shown.list.findChild<QWidget*>(QStringLiteral("identityPrompt"))->isHidden());
}

void TestIdentityList::theBrowsersPageIsOpened()
{
    Shown shown;
    IdentityState browser{"me", "authorization-code"};
    browser.isBusy = true;
    browser.prompt.emplace();
    browser.prompt->link = "https://id.example/authorize?client_id=app&state=" + std::string(200, 'x');
    shown.set({browser});
    QVERIFY(shown.text("identityLink").size() < 60);
    QSignalSpy opened(&shown.list, &IdentityList::linkActivated);
    shown.button("openIdentityLink")->click();
    QCOMPARE(opened.value(0).value(0).toString(), QString::fromStdString(browser.prompt->link));
}

void TestIdentityList::textIsText()
{
    Shown shown;
    IdentityState odd = signedIn("<b>a\x1b[31m</b>");
    odd.problem = Error{ErrorKind::Refused, "<a href=\"x\">y</a>", "", "", std::nullopt};
    shown.set({odd});
    for (const QLabel* label : shown.list.findChildren<QLabel*>()) {
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName()));
        QVERIFY(!label->text().contains(QChar(0x1b)));
    }
}

void TestIdentityList::onlyTheCountdownIsMonospaced()
{
    Shown shown;
    const auto family = [&] { return shown.list.findChild<QLabel*>(QStringLiteral("identityRest"))->font(); };
    shown.set({IdentityState{"alice", "credentials"}});
    QVERIFY(family().family() != monoFont().family());
    shown.set({signedIn()});
    QCOMPARE(family().family(), monoFont().family());
}

/// In a window that has little room for the list.
void TestIdentityList::oneThatIsAddedIsSeen()
{
    Shown shown;
    std::vector<IdentityState> states;
    for (const char* name : {"a", "b", "c", "d", "e"})
        states.push_back(signedIn(name));
    shown.set(states);
    shown.list.resize(340, shown.list.minimumSizeHint().height());
    QVERIFY(shown.list.height() > 150);
    states.push_back(signedIn("new"));
    shown.set(states);
    const auto isSeen = [&] {
        const auto labels = shown.list.findChildren<QLabel*>(QStringLiteral("identityRest"));
        return !labels.isEmpty() && !labels.last()->visibleRegion().isEmpty();
    };
    QTRY_VERIFY(isSeen());
}

/// In a window that has room, and showed none of them at first.
void TestIdentityList::growsWithItsRows()
{
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* list = new IdentityList;
    column->addWidget(list);
    column->addStretch(1);
    list->setCanAdd(true);
    window.resize(360, 800);
    window.show();
    QCoreApplication::processEvents();
    QTRY_VERIFY(list->height() < 120);
    list->setStates({signedIn("alice"), {"admin", "credentials"}}, std::nullopt, true);
    const auto* area = list->findChild<QScrollArea*>();
    QTRY_COMPARE(area->verticalScrollBar()->maximum(), 0);
    QVERIFY(area->height() > 180);
    std::vector<IdentityState> many;
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"})
        many.push_back(signedIn(name));
    list->setStates(many, std::nullopt, true);
    QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0); // and no further than it may
    QVERIFY(list->height() < 400);
}

QTEST_MAIN(TestIdentityList)
#include "tst_identitylist.moc"
