// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector keeps its word: it decodes at every keystroke, verifies only with a key, counts down by the
// clock that it is given, and leads from a finding to its place.

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

#include "inspector.h"

using namespace claimcheck;
using namespace claimcheck::ui;
using namespace claimcheck::ui::test;

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
    void narrowPaneKeepsItsEdges();
    void theHeadsOfItsColumnsStandInLine();
    void secretIsMaskedUntilShown();
    void pastedKeyIsDescribedNotShown();
    void useInRequestGivesTheToken();
    void everyCheckIsListedWithoutAKey();
    void whatIsExpectedIsChecked();
    void aLeewayThatIsNoTimeIsSaid();
    void findingsAreCountedAndLeadToTheirPlace();
    void everyReferenceIsShownWithinTheMargin();
    void aTitleKeepsItsRoomWhenNarrow_data();
    void aTitleKeepsItsRoomWhenNarrow();
    void idAndReferenceStandUnderANarrowTitle();
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

void TokenPaneTest::narrowPaneKeepsItsEdges()
{
    Inspector inspector;
    QString token = signedToken();
    token[3] = u'!';
    token[9] = u'=';
    inspector.pane.setToken(token);
    inspector.pane.resize(1130, 700);
    auto* area = inspector.pane.findChild<QScrollArea*>(QStringLiteral("encodedArea"));
    QTRY_VERIFY(area->widget()->width() <= area->viewport()->width());
    QVERIFY(area->viewport()->width() < 600);
}

void TokenPaneTest::theHeadsOfItsColumnsStandInLine()
{
    Inspector inspector;
    const auto centre = [&](const char* name) {
        const auto* widget = inspector.pane.findChild<QWidget*>(QLatin1String(name));
        return widget == nullptr ? -1 : widget->mapTo(&inspector.pane, widget->rect().center()).y();
    };
    const int left = centre("copyToken");
    QVERIFY(left > 0);
    // The text of a tab stands over its underline.
    QVERIFY2(qAbs(left - (centre("tokenTools") - 1)) <= 1, QByteArray::number(left).constData());
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

void TokenPaneTest::everyReferenceIsShownWithinTheMargin()
{
    Inspector inspector;
    inspector.pane.setToken(toQString(encoded(R"({"alg":"none"})", claims) + '.'));
    QTableView* findings = inspector.table("tokenFindings");
    int row = 0;
    while (row < findings->model()->rowCount() &&
           inspector.cell("tokenFindings", row, 2) != QLatin1String("ALG-NONE"))
        ++row;
    QCOMPARE(inspector.cell("tokenFindings", row, 3), QStringLiteral("RFC 8725 §3.2;\nRFC 7519 §6"));
    QVERIFY(findings->rowHeight(row) > space::row);
    int widest = 0;
    for (int each = 0; each < findings->model()->rowCount(); ++each)
        for (const QString& line : inspector.cell("tokenFindings", each, 3).split(u'\n'))
            widest = qMax(widest, QFontMetrics(uiFont()).horizontalAdvance(line));
    QTRY_VERIFY(findings->columnWidth(3) >= widest + 2 * space::inset - 1);
}

void TokenPaneTest::aTitleKeepsItsRoomWhenNarrow_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {600, 950, 1130, 1300})
        QTest::addRow("%d", width) << width;
}

void TokenPaneTest::aTitleKeepsItsRoomWhenNarrow()
{
    QFETCH(int, width);
    Inspector inspector;
    inspector.pane.setToken(toQString(encoded(R"({"alg":"none"})", claims) + '.'));
    inspector.pane.resize(width, 700);
    const QTableView* findings = inspector.table("tokenFindings");
    QTRY_VERIFY2(findings->isVisible() && findings->columnWidth(1) >= 180,
                 qPrintable(QString::number(findings->columnWidth(1))));
    const QTableView* claimTable = inspector.table("tokenClaims");
    QTRY_VERIFY2(claimTable->columnWidth(2) >= 160, qPrintable(QString::number(claimTable->columnWidth(2))));
}

void TokenPaneTest::idAndReferenceStandUnderANarrowTitle()
{
    Inspector inspector;
    inspector.pane.setToken(toQString(encoded(R"({"alg":"none"})", claims) + '.'));
    const QTableView* findings = inspector.table("tokenFindings");
    QTRY_VERIFY(!findings->isColumnHidden(2));
    inspector.pane.resize(500, 700); // one column at a time
    QTRY_VERIFY(findings->isColumnHidden(2) && findings->isColumnHidden(3));
    for (int row = 0; row < findings->model()->rowCount(); ++row) {
        const QString title = inspector.cell("tokenFindings", row, 1);
        QVERIFY2(title.contains(u'\n' + inspector.cell("tokenFindings", row, 2)), qPrintable(title));
        QVERIFY(findings->rowHeight(row) > space::row);
    }
    inspector.pane.resize(1300, 800);
    QTRY_VERIFY(!findings->isColumnHidden(2));
    QVERIFY(!inspector.cell("tokenFindings", 0, 1).contains(u'\n'));
}

QTEST_MAIN(TokenPaneTest)
#include "tst_tokenpane.moc"
