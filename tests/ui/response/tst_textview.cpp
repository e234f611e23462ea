// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The text view: selection, keys, and large texts that must not hold the window up.

#include <chrono>

#include <QtGui/qclipboard.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qscrollbar.h>

#include <base/text.h>
#include <response/textview.h>

using namespace claimcheck;
using namespace claimcheck::ui;

class TestTextView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void selectsAndCopiesTheTextItself()
    {
        TextView view;
        view.setText(QStringLiteral("one\ttwo\nthree"));
        view.show();
        QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("one\ttwo\nthree"));
    }

    void aDoubleClickTakesAToken()
    {
        TextView view;
        view.setText(QStringLiteral("eyJ.eyJ.c2ln-_ other"));
        view.resize(400, 200);
        view.show();
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, QPoint(90, 8));
        QCOMPARE(view.selectedText(), QStringLiteral("eyJ.eyJ.c2ln-_"));
    }

    void keysScroll()
    {
        TextView view;
        view.setText(QString(1000, u'\n'));
        view.resize(300, 200);
        view.show();
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum() - 1);
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.verticalScrollBar()->value(), 0);
    }

    void largeTexts_data()
    {
        QTest::addColumn<bool>("lines");
        QTest::newRow("many lines") << true;
        QTest::newRow("one line") << false;
    }
    /// 20 MB; a text widget takes tens of seconds for it, so that the limit tells without being tight.
    void largeTexts()
    {
        QFETCH(bool, lines);
        const std::string piece =
            lines ? "{\"id\": 12345, \"ok\": true},\n" : "{\"id\": 12345, \"ok\": true}, ";
        std::string text;
        while (text.size() < 20'000'000)
            text += piece;
        const auto start = std::chrono::steady_clock::now();
        TextView view;
        view.resize(800, 600);
        view.setText(indexed(text), Colouring::Json);
        view.show();
        for (int step = 0; step < 10; ++step) {
            view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 10 * step);
            QVERIFY(!view.grab().isNull());
        }
        const auto took = std::chrono::steady_clock::now() - start;
        QVERIFY2(took < std::chrono::seconds(5), "a large text holds the window up");
    }

    void bracketsFold()
    {
        TextView view;
        view.setText(indexed("{\n  \"a\": {\n    \"b\": [\n      1\n    ]\n  },\n  \"c\": 2\n}"),
                     Colouring::Json);
        view.setFoldable(true);
        view.resize(400, 300);
        view.show();
        QCOMPARE(view.shownLines(), std::size_t(8));
        const QSize row(4, view.fontMetrics().height());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(row.width(), row.height() + 8));
        QCOMPARE(view.shownLines(), std::size_t(5)); // the second line hides three
        QVERIFY(!view.grab().isNull());
        view.setMatches({24}, 1); // inside of what is folded
        view.showMatch(0);
        QCOMPARE(view.shownLines(), std::size_t(8));
        QTest::keyClick(&view, Qt::Key_Minus);
        QCOMPARE(view.shownLines(), std::size_t(5));
        QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(view.shownLines(), std::size_t(8));
        QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(toUtf8(view.selectedText()), view.text()); // folding hides, it takes nothing away
    }

    void anyBytesCanBePainted()
    {
        std::string text;
        for (int byte = 0; byte < 256; ++byte)
            text += std::string(3, static_cast<char>(byte));
        TextView view;
        view.setText(indexed(text), Colouring::Json);
        view.show();
        QVERIFY(!view.grab().isNull());
        view.setText(QString());
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(TestTextView)
#include "tst_textview.moc"
