// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector keeps its word: it decodes at every keystroke, verifies only with a key, shows what a token
// holds as text, says where a broken one broke, and counts down by the clock that it is given.

#include <QtCore/qthreadpool.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <jose/base64url.h>
#include <jose/key.h>
#include <jose/sign.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <token/tokenpane.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

constexpr double issued = 1'763'900'000;
constexpr double expires = issued + 3600;
const std::string claims = R"({"sub":"demo","iat":1763900000,"exp":1763903600})";
const std::string otherSecret = "another secret that is 32 bytes!";
const std::string rightSecret = "0123456789abcdef0123456789abcdef";

std::string encoded(std::string_view header, std::string_view payload)
{
    return jose::encodeBase64Url(header) + '.' + jose::encodeBase64Url(payload);
}

QString signedToken(const std::string& payload = claims)
{
    const jose::Key key = jose::secretKey(Secret(rightSecret));
    const Result<Secret> token = jose::sign(*jose::findAlgorithm("HS256"), key, payload);
    return token ? toQString(token->reveal()) : QString();
}

struct Inspector
{
    TokenPane pane;
    Instant now = fromUnixSeconds(issued + 60);

    Inspector()
    {
        pane.setClock([this] { return now; });
        pane.resize(1300, 800);
        pane.show();
    }
    Banner* banner() { return pane.findChild<Banner*>(QStringLiteral("verdictBanner")); }
    QPlainTextEdit* text() { return pane.findChild<QPlainTextEdit*>(QStringLiteral("tokenText")); }
    QLineEdit* key() { return pane.findChild<QLineEdit*>(QStringLiteral("tokenKey")); }
    QTableView* table(const char* name) { return pane.findChild<QTableView*>(QLatin1String(name)); }
    QString cell(const char* name, int row, int column)
    {
        return table(name)->model()->index(row, column).data().toString();
    }
    void typeKey(const std::string& secret) { QTest::keyClicks(key(), toQString(secret)); }
};

} // namespace

class TokenPaneTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void decodesAtEveryKeystroke();
    void neverVerifiedWithoutKey();
    void verifiedOnlyWithTheRightSecret();
    void unsignedTokenIsNeverVerified();
    void countsDownAndExpires();
    void markupIsShownAsText();
    void brokenTokenSaysWhere();
    void pastingUnwraps_data();
    void pastingUnwraps();
    void opaqueAndEncryptedAreSaidToBe();
    void halfATokenIsNotOpaque();
    void narrowPaneKeepsItsEdges();
    void secretIsMaskedUntilShown();
    void pastedKeyIsDescribedNotShown();
    void useInRequestGivesTheToken();
    void hugeTokenStaysUsable();
    void ofLargeTokensTheLatestCounts();
    void aTokenIsFoundInALargeLog();
    void everyCheckIsListedWithoutAKey();
    void whatIsExpectedIsChecked();
    void aLeewayThatIsNoTimeIsSaid();
    void ofSeveralTokensOneIsChosen();
    void findingsAreCountedAndLeadToTheirPlace();
    void aChosenFindingDoesNotMoveTheCursorWhileTyping();
};

void TokenPaneTest::decodesAtEveryKeystroke()
{
    Inspector inspector;
    const QString token = signedToken();
    QVERIFY(!token.isEmpty());
    const auto secondDot = token.lastIndexOf(u'.');
    inspector.text()->setPlainText(token.left(secondDot - 1));
    QCOMPARE(inspector.pane.inspection().claims.size(), 0u);
    QTest::keyClick(inspector.text(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(inspector.text(), token.mid(secondDot - 1, 1));
    QCOMPARE(inspector.pane.inspection().claims.size(), 3u);
    QCOMPARE(inspector.cell("tokenClaims", 0, 0), QStringLiteral("sub"));
    QCOMPARE(inspector.cell("tokenClaims", 0, 1), QStringLiteral("\"demo\""));
}

void TokenPaneTest::neverVerifiedWithoutKey()
{
    Inspector inspector;
    inspector.pane.setToken(signedToken());
    QCOMPARE(inspector.banner()->tone(), Tone::Neutral);
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Not verified"));
}

void TokenPaneTest::verifiedOnlyWithTheRightSecret()
{
    Inspector inspector;
    QSignalSpy rings(&inspector.pane, &TokenPane::keyRingChanged);
    inspector.pane.setToken(signedToken());
    inspector.typeKey(otherSecret);
    QCOMPARE(inspector.banner()->tone(), Tone::Bad);
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Signature invalid"));
    inspector.key()->clear();
    inspector.typeKey(rightSecret);
    QCOMPARE(inspector.banner()->tone(), Tone::Ok);
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
    QVERIFY(rings.count() >= static_cast<qsizetype>(rightSecret.size()));
    QTest::keyClick(inspector.text(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(inspector.text(), Qt::Key_Backspace);
    QVERIFY(inspector.banner()->tone() != Tone::Ok);
}

void TokenPaneTest::unsignedTokenIsNeverVerified()
{
    Inspector inspector;
    inspector.typeKey(rightSecret);
    for (const char* alg : {"none", "None", "nOnE"}) {
        const std::string header = std::string(R"({"alg":")") + alg + R"("})";
        inspector.pane.setToken(toQString(encoded(header, claims) + '.'));
        QVERIFY(inspector.banner()->tone() != Tone::Ok);
        QVERIFY(inspector.pane.inspection().verdict != inspect::Verdict::Verified);
    }
}

void TokenPaneTest::countsDownAndExpires()
{
    Inspector inspector;
    inspector.typeKey(rightSecret);
    inspector.now = fromUnixSeconds(expires - 65);
    inspector.pane.setToken(signedToken());
    QCOMPARE(inspector.banner()->figure(), QStringLiteral("1:05"));
    inspector.now = fromUnixSeconds(expires - 64);
    inspector.pane.tick();
    QCOMPARE(inspector.banner()->figure(), QStringLiteral("1:04"));
    QCOMPARE(inspector.banner()->tone(), Tone::Ok);
    inspector.now = fromUnixSeconds(expires + 1);
    inspector.pane.tick();
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Expired"));
    QVERIFY(inspector.banner()->tone() != Tone::Ok);
    QVERIFY(inspector.banner()->figure().isEmpty());
}

void TokenPaneTest::markupIsShownAsText()
{
    Inspector inspector;
    const std::string payload = "{\"sub\":\"<b>verified</b>\",\"n\":\"a\xE2\x80\xAE\"}";
    inspector.pane.setToken(signedToken(payload));
    QCOMPARE(inspector.cell("tokenClaims", 0, 1), QStringLiteral("\"<b>verified</b>\""));
    QCOMPARE(inspector.cell("tokenClaims", 1, 1), QStringLiteral("\"a<U+202E>\""));
    const QVariant tip = inspector.table("tokenClaims")->model()->index(0, 1).data(Qt::ToolTipRole);
    QVERIFY2(tip.toString().contains(QLatin1String("&lt;b&gt;")), qPrintable(tip.toString()));
    for (const QLabel* label : inspector.pane.findChildren<QLabel*>())
        QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(), qPrintable(label->text()));
}

void TokenPaneTest::brokenTokenSaysWhere()
{
    Inspector inspector;
    QString token = signedToken();
    const qsizetype place = token.indexOf(u'.') + 5;
    token[place] = u'!';
    inspector.pane.setToken(token);
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Malformed"));
    QVERIFY(inspector.pane.inspection().token.headerJson.has_value());
    auto* defect = inspector.pane.findChild<QPushButton*>(QStringLiteral("tokenDefect"));
    QVERIFY(!defect->isHidden());
    const auto* words = inspector.pane.findChild<QLabel*>(QStringLiteral("tokenDefectText"));
    QVERIFY2(words->text().startsWith(QStringLiteral("Payload, byte %1:").arg(place)),
             qPrintable(words->text()));
    bool marked = false;
    for (const QTextEdit::ExtraSelection& selection : inspector.text()->extraSelections())
        marked |= selection.format.underlineStyle() == QTextCharFormat::WaveUnderline &&
                  selection.cursor.selectionStart() == place;
    QVERIFY(marked);
    QTest::mouseClick(defect, Qt::LeftButton);
    QCOMPARE(inspector.text()->textCursor().position(), static_cast<int>(place));
}

void TokenPaneTest::pastingUnwraps_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("bare") << QString() << QString();
    QTest::newRow("white space") << QStringLiteral(" \n") << QStringLiteral("\n");
    QTest::newRow("header") << QStringLiteral("Authorization: Bearer ") << QString();
    QTest::newRow("cookie") << QStringLiteral("Set-Cookie: session=") << QStringLiteral("; Path=/");
    QTest::newRow("log") << QStringLiteral("12:00:01 INFO sent token ") << QStringLiteral(" to api");
    QTest::newRow("cURL") << QStringLiteral("curl -H 'Authorization: ") << QStringLiteral("' http://x/");
}

void TokenPaneTest::pastingUnwraps()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    Inspector inspector;
    const QString token = signedToken();
    QGuiApplication::clipboard()->setText(before + token + after);
    inspector.text()->paste();
    QCOMPARE(inspector.text()->toPlainText(), token);
}

void TokenPaneTest::opaqueAndEncryptedAreSaidToBe()
{
    Inspector inspector;
    inspector.pane.setToken(QStringLiteral("gho_16C7e42F292c6912E7710c838347Ae178B4a"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Opaque token"));
    QCOMPARE(inspector.banner()->tone(), Tone::Neutral);
    const std::string header = jose::encodeBase64Url(R"({"alg":"dir","enc":"A256GCM"})");
    inspector.pane.setToken(toQString(header + "..aaaaaaaaaaaaaaaa.bbbb.cccccccccccccccccccccc"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Encrypted token"));
}

void TokenPaneTest::halfATokenIsNotOpaque()
{
    Inspector inspector;
    const QString header64 = signedToken().section(u'.', 0, 0);
    for (const QString& typed : {header64.left(header64.size() / 2), header64}) {
        inspector.pane.setToken(typed);
        QCOMPARE(inspector.banner()->tone(), Tone::Neutral);
        QCOMPARE(inspector.banner()->word(), QStringLiteral("Not a whole token yet"));
        QVERIFY(!inspector.table("tokenFindings")->isVisible());
    }
    auto* header = inspector.pane.findChild<QPlainTextEdit*>(QStringLiteral("tokenHeader"));
    QVERIFY(!header->isHidden());
    QVERIFY2(header->toPlainText().contains(QLatin1String("HS256")), qPrintable(header->toPlainText()));
}

void TokenPaneTest::narrowPaneKeepsItsEdges()
{
    Inspector inspector;
    QString token = signedToken();
    token[3] = u'!';
    token[9] = u'=';
    inspector.pane.setToken(token);
    inspector.pane.resize(860, 700);
    auto* area = inspector.pane.findChild<QScrollArea*>(QStringLiteral("encodedArea"));
    QTRY_VERIFY(area->widget()->width() <= area->viewport()->width());
    QVERIFY(area->viewport()->width() < 600);
}

void TokenPaneTest::secretIsMaskedUntilShown()
{
    Inspector inspector;
    auto* show = inspector.pane.findChild<QPushButton*>(QStringLiteral("showSecret"));
    inspector.typeKey(rightSecret);
    QCOMPARE(inspector.key()->echoMode(), QLineEdit::Password);
    QTest::mouseClick(show, Qt::LeftButton);
    QCOMPARE(inspector.key()->echoMode(), QLineEdit::Normal);
    QTest::mouseClick(show, Qt::LeftButton);
    QCOMPARE(inspector.key()->echoMode(), QLineEdit::Password);
}

void TokenPaneTest::pastedKeyIsDescribedNotShown()
{
    Inspector inspector;
    const Result<jose::Key> key = jose::generateKey(*jose::findAlgorithm("ES256"));
    QVERIFY(key.has_value());
    const Result<Secret> pem = jose::toPem(*key);
    QVERIFY(pem.has_value());
    QGuiApplication::clipboard()->setText(toQString(pem->reveal()));
    QTest::keyClick(inspector.key(), Qt::Key_V, Qt::ControlModifier);
    QVERIFY2(inspector.key()->text().contains(QLatin1String("P-256")), qPrintable(inspector.key()->text()));
    QVERIFY(!inspector.key()->text().contains(QLatin1String("BEGIN")));
    QVERIFY(inspector.key()->isReadOnly());
    const Result<Secret> token = jose::sign(*jose::findAlgorithm("ES256"), *key, claims);
    QVERIFY(token.has_value());
    inspector.pane.setToken(toQString(token->reveal()));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
}

void TokenPaneTest::useInRequestGivesTheToken()
{
    Inspector inspector;
    QSignalSpy used(&inspector.pane, &TokenPane::useInRequest);
    auto* use = inspector.pane.findChild<QPushButton*>(QStringLiteral("useInRequest"));
    QVERIFY(!use->isEnabled());
    inspector.pane.setToken(signedToken());
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(used.count(), 1);
    QCOMPARE(used[0][0].toString(), signedToken());
}

void TokenPaneTest::hugeTokenStaysUsable()
{
    Inspector inspector;
    const std::string payload = "{\"x\":\"" + std::string(300'000, 'a') + "\"}";
    const QString token = signedToken(payload);
    inspector.pane.setToken(token);
    QCOMPARE(inspector.banner()->tone(), Tone::Neutral); // it is read beside the window's thread
    QTRY_COMPARE(toQString(inspector.pane.inspection().token.text), token);
    QTRY_VERIFY(inspector.pane.inspection().token.payloadJson.has_value());
}

void TokenPaneTest::ofLargeTokensTheLatestCounts()
{
    Inspector inspector;
    inspector.typeKey(rightSecret);
    const auto large = [](const char* name) {
        return signedToken(std::string("{\"sub\":\"") + name + "\",\"x\":\"" + std::string(40'000, 'a') +
                           "\"}");
    };
    inspector.pane.setToken(large("first"));
    QTRY_COMPARE(inspector.banner()->tone(), Tone::Ok);
    const QString second = large("second");
    inspector.text()->selectAll();
    inspector.pane.setToken(large("in between"));
    inspector.pane.setToken(second);
    // Nothing that was said of the token before is said of this one.
    QCOMPARE(inspector.banner()->tone(), Tone::Neutral);
    QVERIFY(!inspector.table("tokenChecks")->isVisible());
    QSignalSpy used(&inspector.pane, &TokenPane::useInRequest);
    inspector.pane.findChild<QPushButton*>(QStringLiteral("useInRequest"))->click();
    QCOMPARE(used[0][0].toString(), second);
    QTRY_COMPARE(inspector.cell("tokenClaims", 0, 1), QStringLiteral("\"second\""));
    QCOMPARE(inspector.banner()->tone(), Tone::Ok);
    inspector.pane.setToken(signedToken()); // a small one is read at once, and is not overtaken
    QCOMPARE(inspector.cell("tokenClaims", 0, 1), QStringLiteral("\"demo\""));
}

void TokenPaneTest::aTokenIsFoundInALargeLog()
{
    Inspector inspector;
    QString log;
    for (int line = 0; log.size() < 400'000; ++line)
        log += QStringLiteral("GET /orders/%1 200\n").arg(line);
    inspector.pane.setToken(log + signedToken() + u'\n' + log);
    QTRY_COMPARE(toQString(inspector.pane.inspection().token.text), signedToken());
    // What is typed after pasting counts, not what is found later.
    inspector.pane.setToken(log + signedToken(R"({"sub":"late"})"));
    inspector.text()->selectAll();
    QTest::keyClicks(inspector.text(), QStringLiteral("typed"));
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(toQString(inspector.pane.inspection().token.text), QStringLiteral("typed"));
}

void TokenPaneTest::everyCheckIsListedWithoutAKey()
{
    Inspector inspector;
    inspector.pane.setToken(signedToken());
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Not verified"));
    QStringList states;
    for (int row = 0; row < inspector.table("tokenChecks")->model()->rowCount(); ++row)
        states.append(
            QString(inspector.cell("tokenChecks", row, 0) + u' ' + inspector.cell("tokenChecks", row, 1)));
    QVERIFY2(states.contains(QStringLiteral("Format passed")), qPrintable(states.join(u'\n')));
    QVERIFY2(states.contains(QStringLiteral("Expiry passed")), qPrintable(states.join(u'\n')));
    QVERIFY2(states.contains(QStringLiteral("Key not checked")), qPrintable(states.join(u'\n')));
    QVERIFY2(states.contains(QStringLiteral("Signature not checked")), qPrintable(states.join(u'\n')));
    QVERIFY2(states.contains(QStringLiteral("Audience not checked")), qPrintable(states.join(u'\n')));
    const QString summary = inspector.pane.findChild<QLabel*>(QStringLiteral("checksSummary"))->text();
    QVERIFY2(summary.contains(QLatin1String("passed")) && !summary.contains(QLatin1String("failed")),
             qPrintable(summary));
}

void TokenPaneTest::whatIsExpectedIsChecked()
{
    Inspector inspector;
    inspector.typeKey(rightSecret);
    inspector.pane.setToken(signedToken(R"({"aud":"orders","exp":1763903600})"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
    auto* audience = inspector.pane.findChild<QLineEdit*>(QStringLiteral("expectAudience"));
    QVERIFY(!audience->isVisible());
    QTest::mouseClick(inspector.pane.findChild<QPushButton*>(QStringLiteral("showExpectations")),
                      Qt::LeftButton);
    QVERIFY(audience->isVisible());
    QTest::keyClicks(audience, QStringLiteral("billing"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Rejected by policy"));
    audience->clear();
    QTest::keyClicks(audience, QStringLiteral("orders"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
    QTest::keyClicks(inspector.pane.findChild<QLineEdit*>(QStringLiteral("expectClaims")),
                     QStringLiteral("sub, aud"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Rejected by policy"));
    QVERIFY(inspector.banner()->sentence().contains(QLatin1String("sub")));
}

void TokenPaneTest::aLeewayThatIsNoTimeIsSaid()
{
    Inspector inspector;
    inspector.typeKey(rightSecret);
    inspector.now = fromUnixSeconds(expires + 20);
    inspector.pane.setToken(signedToken());
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Expired"));
    auto* leeway = inspector.pane.findChild<QLineEdit*>(QStringLiteral("expectLeeway"));
    const auto* problem = inspector.pane.findChild<QLabel*>(QStringLiteral("expectProblem"));
    leeway->setText(QStringLiteral("soon"));
    QVERIFY(problem->text().contains(QLatin1String("soon")));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Expired"));
    leeway->setText(QStringLiteral("30s"));
    QVERIFY(problem->isHidden());
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
}

void TokenPaneTest::ofSeveralTokensOneIsChosen()
{
    Inspector inspector;
    auto* found = inspector.pane.findChild<QComboBox*>(QStringLiteral("foundTokens"));
    const QString first = signedToken(R"({"sub":"first"})");
    const QString second = signedToken(R"({"sub":"second"})");
    inspector.pane.setToken(QStringLiteral("12:00 sent ") + first + QStringLiteral("\n12:01 got ") + second +
                            u'\n');
    QVERIFY(found->isVisible());
    QCOMPARE(found->count(), 2);
    QCOMPARE(inspector.text()->toPlainText(), first);
    found->setFocus();
    QTest::keyClick(found, Qt::Key_Down);
    QCOMPARE(inspector.text()->toPlainText(), second);
    QVERIFY(found->isVisible());
    inspector.pane.setToken(first);
    QVERIFY(!found->isVisible());
}

void TokenPaneTest::findingsAreCountedAndLeadToTheirPlace()
{
    Inspector inspector;
    inspector.pane.setToken(
        toQString(encoded(R"({"alg":"HS256","typ":"JWT","jku":"https://evil.example/keys"})",
                          R"({"iss":"http://x","exp":1})") +
                  ".c2ln"));
    QTableView* findings = inspector.table("tokenFindings");
    int high = 0;
    int header = -1;
    int expiry = -1;
    for (int row = 0; row < findings->model()->rowCount(); ++row) {
        high += inspector.cell("tokenFindings", row, 0) == QLatin1String("High") ? 1 : 0;
        if (inspector.cell("tokenFindings", row, 2) == QLatin1String("HDR-JKU"))
            header = row;
        if (inspector.cell("tokenFindings", row, 2) == QLatin1String("CLM-EXPIRED"))
            expiry = row;
        QVERIFY(!inspector.cell("tokenFindings", row, 3).isEmpty());
    }
    QVERIFY(high > 0);
    QCOMPARE(inspector.pane.findChild<QLabel*>(QStringLiteral("findingCountHigh"))->text(),
             QStringLiteral("%1 high").arg(high));
    QVERIFY(header >= 0);
    findings->setCurrentIndex(findings->model()->index(header, 0));
    auto* decodedHeader = inspector.pane.findChild<QPlainTextEdit*>(QStringLiteral("tokenHeader"));
    QVERIFY2(decodedHeader->textCursor().selectedText().contains(QLatin1String("jku")),
             qPrintable(decodedHeader->textCursor().selectedText()));
    QVERIFY(expiry >= 0);
    findings->setCurrentIndex(findings->model()->index(expiry, 0));
    QTableView* claimTable = inspector.table("tokenClaims");
    QCOMPARE(claimTable->currentIndex().row(), 1);
    findings->setFocus();
    QTest::keyClick(findings, Qt::Key_Return);
    QCOMPARE(inspector.pane.focusWidget(), claimTable);
}

void TokenPaneTest::aChosenFindingDoesNotMoveTheCursorWhileTyping()
{
    Inspector inspector;
    inspector.pane.setToken(signedToken());
    QTableView* findings = inspector.table("tokenFindings");
    QVERIFY(findings->model()->rowCount() > 0);
    findings->setCurrentIndex(findings->model()->index(0, 0));
    QTest::keyClick(inspector.text(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(inspector.text(), Qt::Key_Backspace);
    QTest::keyClicks(inspector.text(), QStringLiteral("AB"));
    QVERIFY2(inspector.text()->toPlainText().endsWith(QLatin1String("AB")),
             qPrintable(inspector.text()->toPlainText()));
}

QTEST_MAIN(TokenPaneTest)
#include "tst_tokenpane.moc"
