// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever is pasted into the inspector: what is around a token is taken away, a broken one says where it
// broke, a large one does not stop the window, and what a token holds is text.

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

class PasteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void markupIsShownAsText();
    void brokenTokenSaysWhere();
    void pastingUnwraps_data();
    void pastingUnwraps();
    void pastedTwiceItStaysColoured();
    void opaqueAndEncryptedAreSaidToBe();
    void halfATokenIsNotOpaque();
    void hugeTokenStaysUsable();
    void ofLargeTokensTheLatestCounts();
    void aTokenIsFoundInALargeLog();
    void ofSeveralTokensOneIsChosen();
};

void PasteTest::markupIsShownAsText()
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

void PasteTest::brokenTokenSaysWhere()
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

void PasteTest::pastingUnwraps_data()
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

void PasteTest::pastingUnwraps()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    Inspector inspector;
    const QString token = signedToken();
    QGuiApplication::clipboard()->setText(before + token + after);
    inspector.text()->paste();
    QCOMPARE(inspector.text()->toPlainText(), token);
}

void PasteTest::pastedTwiceItStaysColoured()
{
    Inspector inspector;
    const QString token = signedToken();
    const auto coloured = [&inspector] {
        QStringList parts;
        for (const QTextEdit::ExtraSelection& selection : inspector.text()->extraSelections())
            parts.append(selection.cursor.selectedText());
        return parts;
    };
    inspector.pane.setToken(token);
    QCOMPARE(coloured(), token.split(u'.'));
    inspector.pane.setToken(QStringLiteral("Bearer ") + token);
    QCOMPARE(coloured(), token.split(u'.'));
    QGuiApplication::clipboard()->setText(token);
    inspector.text()->selectAll();
    inspector.text()->paste();
    QCOMPARE(coloured(), token.split(u'.'));
}

void PasteTest::opaqueAndEncryptedAreSaidToBe()
{
    Inspector inspector;
    inspector.pane.setToken(QStringLiteral("gho_16C7e42F292c6912E7710c838347Ae178B4a"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Opaque token"));
    QCOMPARE(inspector.banner()->tone(), Tone::Neutral);
    const std::string header = jose::encodeBase64Url(R"({"alg":"dir","enc":"A256GCM"})");
    inspector.pane.setToken(toQString(header + "..aaaaaaaaaaaaaaaa.bbbb.cccccccccccccccccccccc"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Encrypted token"));
}

void PasteTest::halfATokenIsNotOpaque()
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

void PasteTest::hugeTokenStaysUsable()
{
    Inspector inspector;
    const std::string payload = "{\"x\":\"" + std::string(300'000, 'a') + "\"}";
    const QString token = signedToken(payload);
    inspector.pane.setToken(token);
    QCOMPARE(inspector.banner()->tone(), Tone::Neutral); // it is read beside the window's thread
    QTRY_COMPARE(toQString(inspector.pane.inspection().token.text), token);
    QTRY_VERIFY(inspector.pane.inspection().token.payloadJson.has_value());
}

void PasteTest::ofLargeTokensTheLatestCounts()
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

void PasteTest::aTokenIsFoundInALargeLog()
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

void PasteTest::ofSeveralTokensOneIsChosen()
{
    Inspector inspector;
    auto* found = inspector.pane.findChild<QComboBox*>(QStringLiteral("foundTokens"));
    const QString first = signedToken(R"({"sub":"first"})");
    const QString second = signedToken(R"({"sub":"second"})");
    inspector.pane.setToken(QStringLiteral("12:00 sent ") + first + QStringLiteral("\n12:01 got ") + second +
                            u'\n');
    QVERIFY(found->isVisible());
    QCOMPARE(found->count(), 2);
    QVERIFY2(found->itemText(0).endsWith(first.right(12)), qPrintable(found->itemText(0)));
    QVERIFY2(found->itemText(1).endsWith(second.right(12)), qPrintable(found->itemText(1)));
    QCOMPARE(inspector.text()->toPlainText(), first);
    found->setFocus();
    QTest::keyClick(found, Qt::Key_Down);
    QCOMPARE(inspector.text()->toPlainText(), second);
    QVERIFY(found->isVisible());
    inspector.pane.setToken(first);
    QVERIFY(!found->isVisible());
}

QTEST_MAIN(PasteTest)
#include "tst_paste.moc"
