// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identities of a collection in the window: signed in from their rows, chosen beside Send or in the
// chip's menu, asked about before a secret goes to a new place, and a notice before a session ends.

#include <core/workbench/identityshop.h>
#include <core/workbench/trialissuer.h>
#include <environments/releasedialog.h>
#include <jose/base64url.h>
#include <mainwindow/identitydesk.h>
#include <mainwindow/mainwindow.h>
#include <mainwindow/noticebar.h>
#include <request/requesttabs.h>
#include <response/answersdialog.h>
#include <sessions/identitylist.h>
#include <sessions/identityrow.h>
#include <sessions/sessionchip.h>
#include <theme/foldingcolumns.h>
#include <theme/theme.h>
#include <token/tokenpane.h>

#include <QtGui/qaction.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    IdentityShop shop;
    MainWindow window;

    Window() : window(shop.workbench, config.path().toStdString())
    {
        window.begin(toQString(shop.folder.root));
        window.resize(1280, 800);
        window.show();
        shop.workbench.selectEnvironment("local");
        shop.letGo({"local", "password"}, http::originOf(shop.server.url()));
        window.openItem(QStringLiteral("me.yml"));
    }
    QPushButton* button(const char* name) { return window.findChild<QPushButton*>(QLatin1String(name)); }
    QComboBox* sentAs() { return window.findChild<QComboBox*>(QStringLiteral("sentAs")); }
    static FoldingColumns* columnsAround(const QWidget* widget)
    {
        FoldingColumns* found = nullptr;
        for (; widget != nullptr && found == nullptr; widget = widget->parentWidget())
            found = qobject_cast<FoldingColumns*>(widget->parentWidget());
        return found;
    }
    SessionChip* chip() { return window.findChild<SessionChip*>(); }
    void choose(const QString& name)
    {
        const int index = sentAs()->findText(name);
        sentAs()->setCurrentIndex(index);
        Q_EMIT sentAs()->activated(index);
    }
    std::string send()
    {
        const std::size_t before = shop.answers.size();
        window.findChild<RequestTabs*>()->sendCurrent();
        if (!QTest::qWaitFor([&] { return shop.answers.size() > before; }))
            qFatal("no answer came");
        return IdentityShop::body(shop.answers.back().exchange);
    }
};

} // namespace

class TestWindowIdentities : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void signsInFromItsRow();
    void theAnswerStandsBesideTheRow();
    void whyNothingWasAskedStandsBesideTheRow();
    void isChosenBesideSend();
    void leavesTheUrlItsRoom();
    void overlapsNothingOnASmallScreen();
    void isChosenInTheChipsMenu();
    void looksIntoTheTokenOfEach();
    void looksIntoTheTokenOfTheForm();
    void asksTheServerAboutTheToken();
    void showsTheVerdictOfASignedAnswer();
    void asksBeforeASecretGoesToANewPlace();
    void opensNothingButPages();
    void sendsAsEveryIdentity();
    void tellsBeforeASessionEnds();
    void tellsBeforeTheFormsSessionEnds();
    void thereIsNothingToChooseWithoutIdentities();
};

void TestWindowIdentities::signsInFromItsRow()
{
    Window w;
    w.window.showPage(Page::Session);
    auto* list = w.window.findChild<IdentityList*>();
    QVERIFY(list->isVisible());
    w.button("signInIdentity")->click();
    QTRY_VERIFY(w.shop.state("alice").isSignedIn);
    QTRY_VERIFY(w.button("renewIdentity")->isVisible());
    w.button("identitySteps")->click();
    auto* steps = w.window.findChild<QPlainTextEdit*>(QStringLiteral("stepsText"));
    QVERIFY(steps != nullptr);
    QVERIFY(steps->toPlainText().contains(QStringLiteral("/login")));
    QVERIFY(!steps->toPlainText().contains(QStringLiteral("s3cret-word")));
    QVERIFY(!steps->toPlainText().contains(QStringLiteral("token-alice-1")));
    QTest::keyClick(steps->window(), Qt::Key_Escape);
    w.button("signOutIdentity")->click();
    QTRY_VERIFY(!w.shop.state("alice").isSignedIn);
}

void TestWindowIdentities::theAnswerStandsBesideTheRow()
{
    Window w;
    w.window.showPage(Page::Session);
    const auto* status = w.window.findChild<QLabel*>(QStringLiteral("responseStatus"));
    const auto* hint = w.window.findChild<QLabel*>(QStringLiteral("responseHint"));
    QVERIFY(hint->isVisible());
    w.button("signInIdentity")->click();
    QTRY_VERIFY(w.shop.state("alice").isSignedIn);
    QTRY_VERIFY2(status->text().contains(QStringLiteral("200")), qPrintable(status->text()));
    QVERIFY(!hint->isVisible());
    // Nobody asks for that one here: bob's answer is not alice's.
    w.shop.isOpen = false;
    w.shop.identities().signIn("bob");
    QTRY_VERIFY(w.shop.state("bob").problem);
    QVERIFY2(status->text().contains(QStringLiteral("200")), qPrintable(status->text()));
    w.button("renewIdentity")->click();
    QTRY_VERIFY2(status->text().contains(QStringLiteral("403")), qPrintable(status->text()));
    w.window.showPage(Page::Work); // the request has an answer of its own
    QVERIFY(hint->isVisible());
}

void TestWindowIdentities::whyNothingWasAskedStandsBesideTheRow()
{
    Window w;
    w.shop.writeIdentities("{{nowhere}}");
    QVERIFY_RESULT(w.shop.workbench.openCollection(w.shop.folder.root));
    w.window.showPage(Page::Session);
    const auto* hint = w.window.findChild<QLabel*>(QStringLiteral("responseHint"));
    QVERIFY(hint->isVisible());
    w.button("signInIdentity")->click();
    QTRY_VERIFY(w.shop.state("alice").problem);
    QVERIFY(!hint->isVisible());
    QCOMPARE(w.shop.logins, 0);
}

void TestWindowIdentities::leavesTheUrlItsRoom()
{
    Window w;
    const auto* url = w.window.findChild<QLineEdit*>(QStringLiteral("requestUrl"));
    QVERIFY(url != nullptr);
    w.window.resize(1100, 700);
    QTRY_VERIFY2(url->width() >= 120 && url->width() > w.sentAs()->width(),
                 qPrintable(QString::number(url->width())));
    QVERIFY(w.sentAs()->isVisible());
    QVERIFY(w.sentAs()->toolTip().contains(w.sentAs()->currentText())); // what is elided can be read
    w.window.resize(1440, 900);
    QTRY_VERIFY(url->width() >= 200);
}

/// Down to the least size of the window, and on a screen of 1920 x 1080 at 200 %.
void TestWindowIdentities::overlapsNothingOnASmallScreen()
{
    Window w;
    const auto* url = w.window.findChild<QLineEdit*>(QStringLiteral("requestUrl"));
    const QPushButton* const send = w.button("send");
    FoldingColumns* const columns = w.columnsAround(url);
    QVERIFY(url != nullptr && send != nullptr && columns != nullptr);
    columns->showColumn(1);
    for (const int width : {1280, 956, 640}) {
        w.window.resize(width, 500);
        const auto isApart = [&] {
            return w.sentAs()->isVisible() && url->width() >= 120 &&
                   url->geometry().right() < w.sentAs()->x() && w.sentAs()->geometry().right() < send->x() &&
                   send->mapTo(&w.window, QPoint(send->width(), 0)).x() <= width;
        };
        QTRY_VERIFY2(isApart(), QByteArray::number(width).constData());
        QCOMPARE(w.window.width(), width);
    }
}

void TestWindowIdentities::isChosenBesideSend()
{
    Window w;
    QVERIFY(w.sentAs()->isVisible());
    QCOMPARE(w.sentAs()->currentText(), QStringLiteral("Sign-in form"));
    w.choose(QStringLiteral("bob"));
    QCOMPARE(w.shop.identities().chosen(), std::string("bob"));
    QCOMPARE(w.send(), std::string(R"({"as":"token-bob-1"})"));
    QTRY_VERIFY(w.chip()->accessibleName().contains(QStringLiteral("bob")));
    w.choose(QStringLiteral("Sign-in form"));
    QCOMPARE(w.chip()->stateText(), QStringLiteral("Not signed in"));
}

void TestWindowIdentities::isChosenInTheChipsMenu()
{
    Window w;
    QMenu* menu = w.chip()->makeMenu();
    QStringList choices;
    for (QAction* action : menu->findChildren<QAction*>(QStringLiteral("sendAs")))
        choices.append(action->text());
    QCOMPARE(choices, (QStringList{QStringLiteral("alice"), QStringLiteral("bob"), QStringLiteral("Nobody"),
                                   QStringLiteral("Sign-in form")}));
    menu->findChildren<QAction*>(QStringLiteral("sendAs")).at(0)->trigger();
    QCOMPARE(w.sentAs()->currentText(), QStringLiteral("alice"));
    QCOMPARE(w.send(), std::string(R"({"as":"token-alice-1"})"));
    QTRY_VERIFY(!w.shop.state("alice").isBusy);
    QMenu* signedIn = w.chip()->makeMenu();
    signedIn->findChild<QAction*>(QStringLiteral("renewSession"))->trigger();
    QTRY_COMPARE(w.shop.logins, 2);
    QTRY_VERIFY(!w.shop.state("alice").isBusy);
    w.chip()->makeMenu()->findChild<QAction*>(QStringLiteral("signOut"))->trigger();
    QVERIFY(!w.shop.state("alice").isSignedIn);
}

/// Each its own, whoever is chosen; the clipboard keeps what it had.
void TestWindowIdentities::looksIntoTheTokenOfEach()
{
    Window w;
    QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
    QVERIFY(w.chip()->makeMenu()->findChild<QAction*>(QStringLiteral("inspectSession")) == nullptr);
    for (const char* name : {"alice", "bob"}) {
        w.shop.identities().signIn(name);
        QVERIFY(w.shop.isSignedIn(name));
    }
    w.window.showPage(Page::Session);
    const auto shown = [&w] { return w.window.findChild<TokenPane*>()->inspection().text(); };
    const auto actions = w.window.findChildren<QAction*>(QStringLiteral("inspectIdentity"));
    QCOMPARE(actions.size(), 2);
    actions.at(1)->trigger();
    QVERIFY(w.window.findChild<TokenPane*>()->isVisible());
    QTRY_COMPARE(shown(), std::string(w.shop.identities().held("bob")->tokens.accessToken.reveal()));
    w.shop.identities().choose("alice");
    w.chip()->makeMenu()->findChild<QAction*>(QStringLiteral("inspectSession"))->trigger();
    QTRY_COMPARE(shown(), std::string(w.shop.identities().held("alice")->tokens.accessToken.reveal()));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("mine"));
}

void TestWindowIdentities::looksIntoTheTokenOfTheForm()
{
    Window w;
    auth::Login login;
    login.url = w.shop.server.url("/login");
    login.user = "alice";
    login.password = Secret("s3cret-word");
    w.shop.workbench.login(login);
    QTRY_VERIFY(w.shop.workbench.session() != nullptr);
    const std::string token(w.shop.workbench.session()->token.reveal());
    w.window.findChild<TokenPane*>()->setToken(QStringLiteral("something else"));
    w.chip()->makeMenu()->findChild<QAction*>(QStringLiteral("inspectSession"))->trigger();
    QVERIFY(w.window.findChild<TokenPane*>()->isVisible());
    QTRY_COMPARE(w.window.findChild<TokenPane*>()->inspection().text(), token);
}

void TestWindowIdentities::asksTheServerAboutTheToken()
{
    TrialIssuer issuer;
    Window w;
    w.shop.folder.write(".claimcheck/sessions.yaml", issuer.file());
    QVERIFY_RESULT(w.shop.workbench.openCollection(w.shop.folder.root));
    w.shop.workbench.selectEnvironment("local");
    w.shop.give();
    w.shop.letGo({"local", "password"}, http::originOf(issuer.server.url()));
    w.window.showPage(Page::Session);
    w.shop.identities().signIn("service");
    QVERIFY(w.shop.isSignedIn("service"));
    QAction* ask = nullptr;
    QTRY_VERIFY((ask = w.window.findChild<QAction*>(QStringLiteral("introspectIdentity"))) != nullptr &&
                ask->isVisible());
    ask->trigger();
    QPlainTextEdit* said = nullptr;
    QTRY_VERIFY((said = w.window.findChild<QPlainTextEdit*>(QStringLiteral("stepsText"))) != nullptr);
    QVERIFY2(said->toPlainText().contains(QStringLiteral("/introspect")), qPrintable(said->toPlainText()));
    QVERIFY(said->toPlainText().contains(QStringLiteral("active")));
    QVERIFY(!said->toPlainText().contains(QStringLiteral("access-1")));
    QTest::keyClick(said->window(), Qt::Key_Escape);
}

/// Nobody's key fits, and it names no issuer: both are said, with what it claims.
void TestWindowIdentities::showsTheVerdictOfASignedAnswer()
{
    TrialIssuer issuer;
    issuer.introspection =
        jose::encodeBase64Url(R"({"alg":"ES256","typ":"token-introspection+jwt"})") + "." +
        jose::encodeBase64Url(R"({"aud":"app","iat":1,"token_introspection":{"active":true,"who":"ada"}})") +
        ".c2ln";
    Window w;
    w.shop.folder.write(".claimcheck/sessions.yaml", issuer.file());
    QVERIFY_RESULT(w.shop.workbench.openCollection(w.shop.folder.root));
    w.shop.workbench.selectEnvironment("local");
    w.shop.give();
    w.shop.letGo({"local", "password"}, http::originOf(issuer.server.url()));
    w.shop.identities().signIn("service");
    QVERIFY(w.shop.isSignedIn("service"));
    w.shop.identities().ask("service", workbench::TokenQuestion::Introspection);
    QPlainTextEdit* said = nullptr;
    QTRY_VERIFY((said = w.window.findChild<QPlainTextEdit*>(QStringLiteral("stepsText"))) != nullptr);
    const QString text = said->toPlainText();
    QVERIFY2(text.startsWith(QStringLiteral("The answer is a signed JWT: rejected by policy: iss: ")),
             qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("aud: passed")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("ada")), qPrintable(text));
    QTest::keyClick(said->window(), Qt::Key_Escape);
}

void TestWindowIdentities::asksBeforeASecretGoesToANewPlace()
{
    Window w;
    w.shop.workbench.secrets().setPermissions({});
    w.shop.identities().signIn("alice");
    ReleaseDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = w.window.findChild<ReleaseDialog*>()) != nullptr && dialog->isVisible());
    QVERIFY(w.shop.server.seen.empty());
    dialog->findChild<QPushButton*>(QStringLiteral("allowRelease"))->click();
    QTRY_VERIFY(w.shop.state("alice").isSignedIn);
    w.shop.workbench.secrets().setPermissions({});
    w.shop.identities().signIn("bob");
    QTRY_VERIFY((dialog = w.window.findChild<ReleaseDialog*>()) != nullptr && dialog->isVisible());
    w.shop.identities().cancel("bob"); // the question goes with who asked
    QTRY_VERIFY(w.window.findChild<ReleaseDialog*>() == nullptr);
}

/// A link is what a server or a file says.
void TestWindowIdentities::opensNothingButPages()
{
    Window w;
    std::vector<QUrl> opened;
    w.window.identities().setBrowser([&opened](const QUrl& url) { opened.push_back(url); });
    for (const char* link :
         {"", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@example.com", "ssh://example.com",
          "/device", "www.example.com/device", "https://exa mple.com/", "https:/device"})
        w.window.identities().open(QLatin1String(link));
    QVERIFY2(opened.empty(), opened.empty() ? "" : qPrintable(opened.front().toString()));
    w.window.identities().open(QStringLiteral("https://id.example.com/device?user_code=ABCD"));
    w.window.identities().open(QStringLiteral("http://127.0.0.1:8080/device"));
    QCOMPARE(opened, (std::vector<QUrl>{QUrl(QStringLiteral("https://id.example.com/device?user_code=ABCD")),
                                        QUrl(QStringLiteral("http://127.0.0.1:8080/device"))}));
}

void TestWindowIdentities::sendsAsEveryIdentity()
{
    Window w;
    auto* action = w.window.findChild<QAction*>(QStringLiteral("actionSendAsAll"));
    QVERIFY(action->isEnabled());
    action->trigger();
    auto* dialog = w.window.findChild<AnswersDialog*>();
    QVERIFY(dialog != nullptr);
    auto* table = dialog->findChild<QTableView*>(QStringLiteral("answersTable"));
    QTRY_VERIFY(table->model()->rowCount() > 3);
    QCOMPARE(table->model()->columnCount(), 4);
    QStringList heads;
    for (int column = 0; column < 4; ++column)
        heads.append(table->model()->headerData(column, Qt::Horizontal).toString());
    QCOMPARE(heads, (QStringList{QStringLiteral("Where"), QStringLiteral("alice"), QStringLiteral("bob"),
                                 QStringLiteral("Nobody")}));
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("200"));
    QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("200"));
    QVERIFY(table->model()->index(0, 3).data().toString().startsWith(u'\u2260')); // {{token}} is nothing
    const int all = table->model()->rowCount();
    dialog->findChild<QCheckBox*>(QStringLiteral("differencesOnly"))->click();
    QVERIFY(table->model()->rowCount() < all);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(w.window.findChild<AnswersDialog*>() == nullptr);
    QVERIFY(!w.shop.workbench.isBusy());
}

void TestWindowIdentities::tellsBeforeASessionEnds()
{
    Window w;
    workbench::IdentityState state{"alice", "device-code"};
    state.isSignedIn = true;
    state.ends = currentTime() + Seconds(60);
    Q_EMIT w.shop.identities().endsSoon(state);
    auto* notice = w.window.findChild<NoticeBar*>();
    QVERIFY(notice->isVisible());
    QVERIFY2(notice->text().contains(QStringLiteral("The session alice ends soon")),
             qPrintable(notice->text()));
}

void TestWindowIdentities::tellsBeforeTheFormsSessionEnds()
{
    Window w;
    auto* notice = w.window.findChild<NoticeBar*>();
    workbench::SessionState state;
    state.name = "demo";
    state.issuedAt = currentTime() - Seconds(3600);
    state.expiresAt = currentTime() + Seconds(3600);
    Q_EMIT w.shop.workbench.sessionChanged(state);
    QVERIFY(!notice->text().contains(QStringLiteral("ends soon")));
    state.expiresAt = currentTime() + Seconds(60);
    Q_EMIT w.shop.workbench.sessionChanged(state);
    QVERIFY2(notice->isVisible() && notice->text().contains(QStringLiteral("The session demo ends soon")),
             qPrintable(notice->text()));
    notice->say(Tone::Info, QStringLiteral("Something"), QStringLiteral("else"));
    Q_EMIT w.shop.workbench.sessionChanged(state); // the same token, with another verdict
    QVERIFY(notice->text().contains(QStringLiteral("else")));
    state.expiresAt = *state.expiresAt + Seconds(1); // another one
    Q_EMIT w.shop.workbench.sessionChanged(state);
    QVERIFY(notice->text().contains(QStringLiteral("ends soon")));
    for (QPushButton* button : notice->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Sign in again"))
            button->click();
    QVERIFY(w.window.findChild<IdentityList*>()->isVisible()); // the page with the form
}

void TestWindowIdentities::thereIsNothingToChooseWithoutIdentities()
{
    Window w;
    w.shop.folder.write(".claimcheck/sessions.yaml", "sessions: {}\n");
    QVERIFY_RESULT(w.shop.workbench.openCollection(w.shop.folder.root));
    QVERIFY(w.sentAs()->isHidden());
    QTRY_VERIFY(w.window.findChild<IdentityRow*>() == nullptr);
    w.window.showPage(Page::Session);
    QVERIFY(w.button("addIdentity")->isVisible());
}

QTEST_MAIN(TestWindowIdentities)
#include "tst_identities.moc"
