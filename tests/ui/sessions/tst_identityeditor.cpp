// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The editor of a login: the inputs of each way to sign in, what is wrong beside them, the issuer's
// endpoints, and how a trial went.

#include <sessions/identityeditor.h>
#include <sessions/promptbox.h>
#include <sessions/qrpicture.h>
#include <sessions/trialpanel.h>
#include <theme/theme.h>

#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

collection::Identity alice()
{
    collection::Identity identity;
    identity.name = "alice";
    identity.credentials.emplace();
    identity.credentials->url = "https://api.example/login";
    identity.credentials->user = "alice";
    identity.credentials->password = "{{password}}";
    return identity;
}

struct Shown
{
    IdentityEditor editor;

    explicit Shown(const collection::Identity& identity = alice(), const std::string& environment = "local")
        : editor(QStringLiteral("Login of alice"), identityDraftOf(identity),
                 {{"bob"}, {"auth/login.yml"}, environment, {"host"}, true})
    {
        editor.show();
    }
    template <typename Widget>
    Widget* find(const char* name)
    {
        return editor.findChild<Widget*>(QLatin1String(name));
    }
    void type(const char* name, const char* text)
    {
        auto* line = find<QLineEdit>(name);
        line->clear();
        QTest::keyClicks(line, QString::fromLatin1(text));
    }
    void choose(LoginKind kind)
    {
        auto* box = find<QComboBox>("editKind");
        box->setCurrentIndex(box->findData(static_cast<int>(kind)));
    }
    bool isOffered(const char* name) { return find<QWidget>(name)->isVisible(); }
    QString problem(const char* name)
    {
        auto* label = find<QLabel>(name);
        return label->isVisible() ? label->text() : QString();
    }
    void press(const char* name) { find<QPushButton>(name)->click(); }
};

workbench::IdentityState signedIn()
{
    workbench::IdentityState state{"alice", "credentials"};
    state.isSignedIn = state.renewsAlone = true;
    state.tokens = {{"access token", currentTime(), currentTime() + Seconds(3600)},
                    {"refresh token", currentTime(), std::nullopt}};
    return state;
}

archive::Record loginStep()
{
    archive::Record step;
    step.summary.method = "POST";
    step.summary.url = "https://api.example/login";
    step.summary.status = 200;
    step.body = "{\"token\":\"[left out]\"}";
    return step;
}

} // namespace

class TestIdentityEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void givesBackWhatItWasGiven();
    void showsTheInputsOfTheKind();
    void boxesBeginTheirTextWhereLinesDo();
    void nothingIsSavedThatIsWrong();
    void saysWhatIsWrongWhereItWasTyped();
    void aValueGetsAVariableAndStaysMasked();
    void aValueNeedsAnEnvironment();
    void placesAreChosen();
    void aPastedIssuerIsAsked();
    void endpointsAreFilledInWhereNothingIsTyped();
    void anIssuerWithoutDeviceCodesIsTold();
    void aTrialTellsHowItWent();
    void aTrialThatFailed();
    void aDeviceCodeHasAPicture();
    void theBrowsersPageHasNone();
    void asksBeforeWhatIsTypedIsLost();
    void textIsText();
    void everythingHasAName();
};

void TestIdentityEditor::givesBackWhatItWasGiven()
{
    Shown shown;
    QCOMPARE(identityOf(shown.editor.fields().draft()), alice());
    QSignalSpy saved(&shown.editor, &IdentityEditor::saveRequested);
    shown.press("saveIdentity");
    QCOMPARE(saved.size(), 1);
    QCOMPARE(identityOf(saved[0][0].value<IdentityDraft>()), alice());
}

void TestIdentityEditor::showsTheInputsOfTheKind()
{
    Shown shown;
    QVERIFY(shown.isOffered("editUrl") && shown.isOffered("editForm"));
    QVERIFY(!shown.isOffered("editIssuer") && !shown.isOffered("editFile") && !shown.isOffered("editDpop"));
    QVERIFY(!shown.isOffered("editMethod"));
    QVERIFY(!shown.find<QPushButton>("editMore")->icon().isNull()); // the chevron
    shown.press("editMore");
    QCOMPARE(shown.find<QPushButton>("editMore")->text(), QStringLiteral("Less"));
    QVERIFY(shown.isOffered("editMethod"));
    shown.choose(LoginKind::Request);
    QVERIFY(shown.isOffered("editFile") && shown.isOffered("editRefresh") && !shown.isOffered("editUrl"));
    shown.choose(LoginKind::DeviceCode);
    QVERIFY(shown.isOffered("editDeviceUrl") && shown.isOffered("editDpop") && shown.isOffered("editScope"));
    QVERIFY(!shown.isOffered("editAuthorizationUrl"));
    QVERIFY(!shown.isOffered("editPasswordValue"));
    shown.choose(LoginKind::Password);
    QVERIFY(shown.isOffered("editPasswordValue") && shown.isOffered("editUser"));
}

void TestIdentityEditor::boxesBeginTheirTextWhereLinesDo()
{
    Shown shown;
    for (const char* name : {"editOrigins", "trialSteps"})
        QCOMPARE(shown.find<QPlainTextEdit>(name)->document()->documentMargin(), qreal(space::field));
}

void TestIdentityEditor::nothingIsSavedThatIsWrong()
{
    collection::Identity empty;
    empty.credentials.emplace();
    Shown shown(empty);
    QVERIFY(shown.problem("editNameProblem").isEmpty()); // nothing was typed yet
    QSignalSpy saved(&shown.editor, &IdentityEditor::saveRequested);
    QSignalSpy tried(&shown.editor, &IdentityEditor::tryRequested);
    shown.press("saveIdentity");
    shown.press("tryLogin");
    QVERIFY(saved.isEmpty() && tried.isEmpty());
    for (const char* name : {"editNameProblem", "editUrlProblem", "editUserProblem", "editPasswordProblem"})
        QVERIFY2(!shown.problem(name).isEmpty(), name);
}

void TestIdentityEditor::saysWhatIsWrongWhereItWasTyped()
{
    Shown shown;
    shown.type("editName", "bob");
    QVERIFY(shown.problem("editNameProblem").contains(QStringLiteral("has this name")));
    QVERIFY(shown.problem("editUrlProblem").isEmpty());
    shown.type("editName", "bobby");
    QVERIFY(shown.problem("editNameProblem").isEmpty());
}

void TestIdentityEditor::aValueGetsAVariableAndStaysMasked()
{
    Shown shown;
    shown.find<QLineEdit>("editPasswordVariable")->clear();
    shown.type("editPasswordValue", "typed-word");
    QCOMPARE(shown.find<QLineEdit>("editPasswordValue")->echoMode(), QLineEdit::Password);
    const IdentityDraft draft = shown.editor.fields().draft();
    QCOMPARE(draft.text(IdentityInput::Password), std::string("{{alicePassword}}"));
    QCOMPARE(shown.find<QLineEdit>("editPasswordVariable")->placeholderText(),
             QStringLiteral("{{alicePassword}}"));
    QCOMPARE(identityOf(draft).credentials->password, std::string("{{alicePassword}}"));
    QCOMPARE(typedSecretsOf(draft).size(), std::size_t(1));
    for (const QLabel* label : shown.editor.findChildren<QLabel*>())
        QVERIFY(!label->text().contains(QStringLiteral("typed-word")));
}

void TestIdentityEditor::aValueNeedsAnEnvironment()
{
    Shown shown(alice(), "");
    shown.type("editPasswordValue", "typed-word");
    QVERIFY(shown.problem("editPasswordProblem").contains(QStringLiteral("environment")));
    shown.find<QLineEdit>("editPasswordValue")->clear();
    QSignalSpy saved(&shown.editor, &IdentityEditor::saveRequested);
    shown.press("saveIdentity");
    QCOMPARE(saved.size(), 1); // the variable alone needs none
}

void TestIdentityEditor::placesAreChosen()
{
    Shown shown;
    QVERIFY(!shown.isOffered("editTokenAt"));
    auto* where = shown.find<QComboBox>("editTokenAtWhere");
    where->setCurrentIndex(2);
    Q_EMIT where->activated(2);
    QVERIFY(shown.isOffered("editTokenAt"));
    QVERIFY(!shown.problem("editTokenAtProblem").isEmpty()); // which header?
    shown.type("editTokenAt", "X-Token");
    QVERIFY(shown.problem("editTokenAtProblem").isEmpty());
    QCOMPARE(identityOf(shown.editor.fields().draft()).credentials->tokenAt, std::string("header:X-Token"));
    where->setCurrentIndex(1);
    Q_EMIT where->activated(1);
    QCOMPARE(where->currentText(), QStringLiteral("In the body"));
    shown.type("editTokenAt", "data.token");
    QCOMPARE(identityOf(shown.editor.fields().draft()).credentials->tokenAt, std::string("data.token"));
}

void TestIdentityEditor::aPastedIssuerIsAsked()
{
    Shown shown;
    shown.choose(LoginKind::ClientCredentials);
    QSignalSpy asked(&shown.editor.fields(), &IdentityFields::lookUpRequested);
    auto* issuer = shown.find<QLineEdit>("editIssuer");
    QTest::keyClicks(issuer, QStringLiteral("https://id.example"));
    QVERIFY(asked.isEmpty()); // typed letter by letter: not before the button
    shown.press("lookUpIssuer");
    QCOMPARE(asked.size(), 1);
    issuer->clear();
    issuer->insert(QStringLiteral("x")); // as typed
    QGuiApplication::clipboard()->setText(
        QStringLiteral("https://id.example/a/.well-known/openid-configuration"));
    issuer->selectAll();
    issuer->paste();
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked[1][0].toString(), QStringLiteral("https://id.example/a"));
    QCOMPARE(issuer->text(), QStringLiteral("https://id.example/a"));
}

void TestIdentityEditor::endpointsAreFilledInWhereNothingIsTyped()
{
    Shown shown;
    shown.choose(LoginKind::AuthorizationCode);
    shown.type("editTokenUrl", "https://id.example/mine");
    keys::ServerMetadata found;
    found.tokenEndpoint = "https://id.example/token";
    found.authorizationEndpoint = "https://id.example/authorize";
    found.deviceAuthorizationEndpoint = "https://id.example/device";
    shown.editor.fields().fillIn(found);
    QCOMPARE(shown.find<QLineEdit>("editTokenUrl")->text(), QStringLiteral("https://id.example/mine"));
    QCOMPARE(shown.find<QLineEdit>("editAuthorizationUrl")->text(),
             QStringLiteral("https://id.example/authorize"));
    QVERIFY(shown.find<QLineEdit>("editDeviceUrl")->text().isEmpty()); // of another grant
    QVERIFY(shown.problem("issuerWord").contains(QStringLiteral("Authorization URL")));
    shown.editor.fields().sayOfIssuer(QStringLiteral("It does not answer"), true);
    QCOMPARE(shown.problem("issuerWord"), QStringLiteral("It does not answer"));
}

void TestIdentityEditor::anIssuerWithoutDeviceCodesIsTold()
{
    Shown shown;
    shown.choose(LoginKind::DeviceCode);
    keys::ServerMetadata found;
    found.tokenEndpoint = "https://id.example/token";
    shown.editor.fields().fillIn(found);
    QVERIFY(shown.problem("issuerWord").contains(QStringLiteral("no device authorization URL")));
}

void TestIdentityEditor::aTrialTellsHowItWent()
{
    Shown shown;
    QSignalSpy tried(&shown.editor, &IdentityEditor::tryRequested);
    shown.press("tryLogin");
    QCOMPARE(tried.size(), 1);
    workbench::IdentityState busy{"alice", "credentials"};
    busy.isBusy = true;
    shown.editor.trial().showState(busy, {});
    QVERIFY(shown.isOffered("stopTrial") && !shown.isOffered("tryLogin") && !shown.isOffered("tryRenewal"));
    shown.editor.trial().showState(signedIn(), {loginStep()});
    QVERIFY(shown.problem("trialWord").contains(QStringLiteral("access token: ends")));
    QVERIFY(shown.problem("trialWord").contains(QStringLiteral("refresh token: no end is known")));
    const QString steps = shown.find<QPlainTextEdit>("trialSteps")->toPlainText();
    QVERIFY(steps.contains(QStringLiteral("Step 1")));
    QVERIFY(steps.contains(QStringLiteral("POST https://api.example/login")));
    QVERIFY(steps.contains(QStringLiteral("[left out]")));
    QVERIFY(shown.isOffered("tryRenewal") && !shown.isOffered("trialOutdated"));
    shown.type("editUser", "alicia");
    QVERIFY(shown.isOffered("trialOutdated"));
    QSignalSpy renewed(&shown.editor.trial(), &TrialPanel::renewalRequested);
    shown.press("tryRenewal");
    QCOMPARE(renewed.size(), 1);
}

void TestIdentityEditor::aTrialThatFailed()
{
    Shown shown;
    workbench::IdentityState state{"alice", "credentials"};
    state.problem = Error{ErrorKind::Refused, "the login was refused", "status 403", "look at the password",
                          std::nullopt};
    shown.editor.trial().showState(state, {});
    QVERIFY(shown.problem("trialWord").contains(QStringLiteral("status 403")));
    QVERIFY(!shown.isOffered("tryRenewal"));
}

void TestIdentityEditor::aDeviceCodeHasAPicture()
{
    PromptBox box;
    box.show();
    auth::Prompt prompt;
    prompt.device.emplace();
    prompt.device->userCode = "WDJB-MJHT";
    prompt.device->verificationUri = "https://id.example/device";
    box.setPrompt(prompt);
    auto* picture = box.findChild<QrPicture*>();
    QVERIFY(picture->isVisible());
    QCOMPARE(picture->matrix(), qr::matrixOf("https://id.example/device"));
    QCOMPARE(picture->accessibleName(), QStringLiteral("QR code of https://id.example/device"));
    prompt.device->completeUri = "https://id.example/device?user_code=WDJB-MJHT";
    box.setPrompt(prompt);
    QCOMPARE(picture->matrix(), qr::matrixOf(prompt.device->completeUri));
    // Dark on light in a dark theme, too, with the quiet zone around it.
    applyTheme(*qApp, ThemeName::Dark);
    picture->resize(picture->sizeHint());
    const QImage image = picture->grab().toImage();
    const int size = image.width() / (picture->matrix()->width + 8);
    QVERIFY(image.pixelColor(1, 1).lightness() > 200);
    QVERIFY(image.pixelColor(4 * size + size / 2, 4 * size + size / 2).lightness() < 100);
    applyTheme(*qApp, ThemeName::Light);
    box.setPrompt(std::nullopt);
    QVERIFY(box.isHidden());
}

void TestIdentityEditor::theBrowsersPageHasNone()
{
    PromptBox box;
    auth::Prompt prompt;
    prompt.link = "https://id.example/authorize";
    box.setPrompt(prompt);
    QVERIFY(box.findChild<QrPicture*>()->isHidden());
    QSignalSpy opened(&box, &PromptBox::linkActivated);
    box.findChild<QPushButton*>(QStringLiteral("openIdentityLink"))->click();
    QCOMPARE(opened.value(0).value(0).toString(), QStringLiteral("https://id.example/authorize"));
}

void TestIdentityEditor::asksBeforeWhatIsTypedIsLost()
{
    Shown untouched;
    untouched.press("cancelIdentityEditor");
    QVERIFY(!untouched.editor.isVisible());
    Shown shown;
    shown.type("editUser", "alicia");
    shown.press("cancelIdentityEditor");
    QVERIFY(shown.editor.isVisible());
    auto* box = shown.find<QMessageBox>("discardIdentity");
    QVERIFY(box != nullptr);
    box->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
    QVERIFY(shown.editor.isVisible());
    QTRY_VERIFY(shown.find<QMessageBox>("discardIdentity") == nullptr);
    QTest::keyClick(&shown.editor, Qt::Key_Escape);
    shown.press("discardTyped");
    QVERIFY(!shown.editor.isVisible());
}

void TestIdentityEditor::textIsText()
{
    Shown shown;
    workbench::IdentityState state{"alice", "credentials"};
    state.problem = Error{ErrorKind::Refused, "<b>no</b>\x1b[31m", "", "", std::nullopt};
    shown.editor.trial().showState(state, {});
    shown.editor.say(*state.problem);
    for (const QLabel* label : shown.editor.findChildren<QLabel*>()) {
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName()));
        QVERIFY(!label->text().contains(QChar(0x1b)));
    }
}

void TestIdentityEditor::everythingHasAName()
{
    Shown shown;
    for (const QLineEdit* line : shown.editor.findChildren<QLineEdit*>()) {
        const bool isPart = line->objectName().startsWith(QLatin1String("qt_"));
        QVERIFY2(isPart || !line->accessibleName().isEmpty(), qPrintable(line->objectName()));
    }
    for (const QComboBox* box : shown.editor.findChildren<QComboBox*>())
        QVERIFY2(!box->accessibleName().isEmpty(), qPrintable(box->objectName()));
}

QTEST_MAIN(TestIdentityEditor)
#include "tst_identityeditor.moc"
