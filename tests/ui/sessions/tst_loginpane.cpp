// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The login pane: what it asks for, what it sends, how it says how it went, and that it keeps no password.

#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <sessions/keyfield.h>
#include <sessions/loginpane.h>
#include <theme/banner.h>
#include <theme/theme.h>

using namespace claimcheck;
using ui::LoginPane;

namespace {

const Instant now = fromUnixSeconds(1'700'000'000);

struct Pane
{
    LoginPane pane;
    QSignalSpy logins{&pane, &LoginPane::loginRequested};
    QSignalSpy rings{&pane, &LoginPane::keyRingChanged};

    Pane()
    {
        pane.setClock([] { return now; });
        pane.resize(520, 700);
        pane.show();
    }
    template <typename Widget>
    Widget* find(const char* name)
    {
        return pane.findChild<Widget*>(QString::fromLatin1(name));
    }
    void type(const char* name, const char* text)
    {
        QTest::keyClicks(find<QLineEdit>(name), QString::fromLatin1(text));
    }
    void signIn() { QTest::mouseClick(find<QPushButton>("signIn"), Qt::LeftButton); }
    ui::Banner* banner() { return find<ui::Banner>("loginResult"); }
    inspect::KeyRing lastRing() { return rings.constLast()[0].value<inspect::KeyRing>(); }
};

workbench::LoginResult signedIn(inspect::Verdict verdict)
{
    workbench::LoginResult result;
    result.token.emplace();
    result.token->found = {"aaa.bbb.ccc", 0, "body .token"};
    result.token->inspection.token.segments = 3;
    result.token->inspection.verdict = verdict;
    result.token->inspection.expiresAt = now + Seconds(3540);
    return result;
}

} // namespace

class TestLoginPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void sendsWhatIsTyped()
    {
        Pane pane;
        pane.type("loginUrl", "http://127.0.0.1:3000/login");
        pane.type("loginUser", "demo");
        pane.type("loginPassword", "pass word");
        pane.signIn();
        QCOMPARE(pane.logins.size(), 1);
        const auto login = pane.logins[0][0].value<auth::Login>();
        QCOMPARE(login.url, std::string("http://127.0.0.1:3000/login"));
        QCOMPARE(login.user, std::string("demo"));
        QCOMPARE(login.password.reveal(), std::string_view("pass word"));
        QCOMPARE(login.userField, std::string("username"));
        QCOMPARE(login.form, auth::LoginForm::Json);
        QCOMPARE(pane.find<QLineEdit>("loginPassword")->echoMode(), QLineEdit::Password);
    }

    void asksForWhatIsMissing()
    {
        Pane pane;
        auto* problem = pane.find<QLabel>("loginProblem");
        pane.signIn();
        QVERIFY(problem->isVisible());
        pane.type("loginUrl", "nonsense");
        pane.signIn();
        QVERIFY(problem->isVisible());
        QCOMPARE(pane.logins.size(), 0);
    }

    void whileBusyNothingIsSentTwice()
    {
        Pane pane;
        pane.type("loginUrl", "http://127.0.0.1:3000/login");
        pane.type("loginUser", "demo");
        pane.pane.setBusy(true);
        pane.signIn();
        QTest::keyClick(pane.find<QLineEdit>("loginUser"), Qt::Key_Return);
        QCOMPARE(pane.logins.size(), 0);
        QVERIFY(pane.find<QWidget>("loginProgress")->isVisible());
    }

    void whileBusyItCanBeCancelled()
    {
        Pane pane;
        QSignalSpy cancelled(&pane.pane, &LoginPane::cancelRequested);
        auto* cancel = pane.find<QPushButton>("cancelLogin");
        QVERIFY(!cancel->isVisible());
        pane.pane.setBusy(true);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        pane.pane.setBusy(false);
        QVERIFY(!cancel->isVisible());
    }

    void aKeyRingSetElsewhereIsShownAndCanBeRemoved()
    {
        Pane pane;
        inspect::KeyRing ring;
        ring.keys.push_back(jose::secretKey(Secret("typed elsewhere")));
        pane.pane.setKeyRing(ring);
        auto* line = pane.find<QLineEdit>("loginSecret");
        QCOMPARE(line->text(), QStringLiteral("typed elsewhere"));
        QCOMPARE(line->echoMode(), QLineEdit::Password);
        QCOMPARE(pane.rings.size(), 0);
        auto* remove = pane.find<QAbstractButton>("removeKey");
        QVERIFY(!remove->isVisible());
        ring.keys.front().source = jose::KeySource::Der;
        pane.pane.setKeyRing(ring);
        QVERIFY(line->text().isEmpty());
        QVERIFY(!pane.find<QLabel>("keyDescription")->text().isEmpty());
        QTest::mouseClick(remove, Qt::LeftButton);
        QCOMPARE(pane.rings.size(), 1);
        QVERIFY(pane.lastRing().isEmpty());
        QVERIFY(!pane.find<QLabel>("keyDescription")->isVisible());
    }

    void theDraftHoldsNoPassword()
    {
        Pane pane;
        pane.type("loginUser", "demo");
        pane.type("loginPassword", "topsecret");
        store::LoginDraft draft = pane.pane.draft();
        for (const std::string& text :
             {draft.url, draft.user, draft.userField, draft.passwordField, draft.tokenPath})
            QVERIFY(text.find("topsecret") == std::string::npos);
        draft.form = true;
        draft.tokenPath = "data.token";
        Pane other;
        other.pane.setDraft(draft);
        QVERIFY(other.pane.draft() == draft);
        QVERIFY(other.find<QLineEdit>("loginPassword")->text().isEmpty());
    }

    void theSecretBecomesTheKeyRing()
    {
        Pane pane;
        pane.type("loginSecret", "k");
        QCOMPARE(pane.rings.size(), 1);
        QCOMPARE(pane.lastRing().keys.size(), std::size_t(1));
        QVERIFY(!pane.find<QLabel>("keyDescription")->text().contains(QStringLiteral("k ")));
        QTest::keyClick(pane.find<QLineEdit>("loginSecret"), Qt::Key_Backspace);
        QVERIFY(pane.lastRing().isEmpty());
    }

    void unreadableKeyFilesSayWhy()
    {
        Pane pane;
        QTemporaryDir folder;
        pane.find<QWidget>("loginSecret");
        pane.pane.findChild<ui::KeyField*>()->readFile(folder.filePath(QStringLiteral("none.pem")));
        QVERIFY(pane.lastRing().isEmpty());
        QVERIFY(pane.find<QLabel>("keyDescription")->text().contains(QStringLiteral("none.pem")));
    }

    void verdictsInTheirOwnTone_data()
    {
        QTest::addColumn<int>("verdict");
        QTest::addColumn<int>("tone");
        const auto row = [](const char* name, inspect::Verdict verdict, ui::Tone tone) {
            QTest::newRow(name) << static_cast<int>(verdict) << static_cast<int>(tone);
        };
        row("verified", inspect::Verdict::Verified, ui::Tone::Ok);
        row("not verified", inspect::Verdict::NotVerified, ui::Tone::Info);
        row("no key", inspect::Verdict::NoKey, ui::Tone::Info);
        row("expired", inspect::Verdict::Expired, ui::Tone::Warn);
        row("signature invalid", inspect::Verdict::SignatureInvalid, ui::Tone::Bad);
    }
    void verdictsInTheirOwnTone()
    {
        QFETCH(int, verdict);
        QFETCH(int, tone);
        Pane pane;
        const auto meant = static_cast<inspect::Verdict>(verdict);
        pane.pane.showResult(signedIn(meant));
        QVERIFY(pane.banner()->isVisible());
        QCOMPARE(static_cast<int>(pane.banner()->tone()), tone);
        QVERIFY(pane.banner()->sentence().contains(toQString(toText(meant))));
        QVERIFY(pane.banner()->sentence().contains(QStringLiteral("body\u00a0.token"))); // on one line
    }

    void everyFindingOfHighSeverityWarns()
    {
        Pane pane;
        workbench::LoginResult result = signedIn(inspect::Verdict::Verified);
        inspect::Finding finding;
        finding.id = "KEY-HMAC-SHORT";
        finding.severity = inspect::Severity::High;
        finding.title = "The secret has 15 bytes; HS256 asks for 32";
        finding.advice = "Ask claimcheck-cli";
        result.token->inspection.findings.push_back(finding);
        finding.id = "KEY-HMAC-WEAK";
        finding.title = "The secret stands in a published list of weak secrets";
        result.token->inspection.findings.push_back(finding);
        finding.severity = inspect::Severity::Info;
        finding.title = "Something else";
        result.token->inspection.findings.push_back(finding);
        pane.pane.showResult(result);
        const auto lines = pane.pane.findChildren<QLabel*>(QStringLiteral("loginFinding"));
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0]->text(), QStringLiteral("The secret has 15 bytes; HS256 asks for 32."));
        QCOMPARE(lines[1]->text(), QStringLiteral("The secret stands in a published list of weak secrets."));
        for (const QLabel* line : lines) {
            QVERIFY(line->isVisible());
            QCOMPARE(line->property("kind").toString(), QStringLiteral("warn"));
            const auto* icon = line->parentWidget()->findChild<QLabel*>(QString()); // the first: its mark
            QVERIFY(icon != nullptr && !icon->pixmap(Qt::ReturnByValue).isNull());
        }
        const QString advice = pane.find<QLabel>("loginFix")->text();
        QVERIFY(advice.endsWith(u'.') && !advice.contains(QStringLiteral("claimcheck-cli")));
        pane.pane.showResult(signedIn(inspect::Verdict::Verified));
        QVERIFY(pane.pane.findChildren<QLabel*>(QStringLiteral("loginFinding")).isEmpty());
    }

    void whatIsOddWithTheTokenIsSaid()
    {
        Pane pane;
        const auto* notes = pane.find<QLabel>("loginNotes");
        workbench::LoginResult result = signedIn(inspect::Verdict::Verified);
        result.notes = {"the token's exp, 1796064347000, is read as a time",
                        "other\x1b tokens could be meant"};
        pane.pane.showResult(result);
        QVERIFY(notes->isVisible());
        QCOMPARE(notes->property("kind").toString(), QStringLiteral("warn"));
        QVERIFY(
            notes->text().startsWith(QStringLiteral("the token's exp, 1796064347000, is read as a time\n")));
        QVERIFY(notes->text().endsWith(QStringLiteral("tokens could be meant")));
        QVERIFY(!notes->text().contains(QChar(0x1b)));
        // Another key judges the token anew; what is odd with it stays.
        workbench::SessionState state;
        state.name = "demo";
        state.inspection = result.token->inspection;
        pane.pane.showState(state);
        QVERIFY(notes->isVisible());
        pane.pane.showResult(signedIn(inspect::Verdict::Verified));
        QVERIFY(!notes->isVisible());
        pane.pane.showResult(result);
        pane.pane.showState({});
        QVERIFY(!notes->isVisible());
    }

    /// As the chip's clock does: a verdict that stands still is untrue after a minute.
    void whatIsLeftCountsOn()
    {
        Pane pane;
        Instant clock = now;
        pane.pane.setClock([&clock] { return clock; });
        pane.pane.showResult(signedIn(inspect::Verdict::Verified));
        QVERIFY(pane.banner()->sentence().contains(QStringLiteral("59 min")));
        clock = now + Seconds(600);
        QTRY_VERIFY(pane.banner()->sentence().contains(QStringLiteral("49 min")));
        QCOMPARE(pane.banner()->tone(), ui::Tone::Ok);
        clock = now + Seconds(3600);
        QTRY_COMPARE(pane.banner()->tone(), ui::Tone::Warn);
        QVERIFY(pane.banner()->sentence().contains(QStringLiteral("expired")));
    }

    void theTokenCanBeLookedInto()
    {
        Pane pane;
        QSignalSpy activated(&pane.pane, &LoginPane::tokenActivated);
        pane.pane.showResult(signedIn(inspect::Verdict::Verified));
        QTest::mouseClick(pane.find<QPushButton>("inspectLoginToken"), Qt::LeftButton);
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated[0][0].toString(), QStringLiteral("aaa.bbb.ccc"));
    }

    void failuresKeepTheirOwnSentence()
    {
        Pane pane;
        workbench::LoginResult result;
        result.error = Error{
            ErrorKind::Malformed, "cannot sign in", "the answer is an <b>HTML</b> page", "check the URL", {}};
        pane.pane.setBusy(true);
        pane.pane.showResult(result);
        QCOMPARE(pane.banner()->tone(), ui::Tone::Bad);
        QVERIFY(pane.banner()->sentence().contains(QStringLiteral("<b>HTML</b>")));
        QCOMPARE(pane.find<QLabel>("loginFix")->text(), QStringLiteral("Check the URL."));
        QVERIFY(pane.find<QPushButton>("signIn")->isEnabled());
    }

    void noLabelTakesMarkup()
    {
        Pane pane;
        pane.pane.showResult(signedIn(inspect::Verdict::Verified));
        for (const QLabel* label : pane.pane.findChildren<QLabel*>())
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qPrintable(label->text()));
    }

    void everyInputHasAName()
    {
        Pane pane;
        for (const char* name : {"loginUrl", "loginUser", "loginPassword", "loginSecret", "loginMethod",
                                 "loginForm", "loginUserField", "loginPasswordField", "loginTokenPath"})
            QVERIFY2(!pane.find<QWidget>(name)->accessibleName().isEmpty(), name);
    }
};

QTEST_MAIN(TestLoginPane)
#include "tst_loginpane.moc"
