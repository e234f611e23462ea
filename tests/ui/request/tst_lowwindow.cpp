// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window of 720 x 450: what a request has to say first is whole, however many headers stand below it and
// however large the fonts are.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollbar.h>

#include <request/requestnote.h>
#include <request/requesttabs.h>
#include <theme/lowarea.h>
#include <theme/theme.h>
#include <theme/widgets.h>

using namespace claimcheck;

namespace {

constexpr QSize roomOfThePane(672, 270); ///< beside and below the bars of such a window

store::Draft withManyHeaders()
{
    store::Draft draft;
    draft.redacted = true;
    draft.entry.url = "http://a.example/?token=[left out]";
    for (int index = 0; index < 12; ++index)
        draft.entry.headers.push_back({"X-" + std::to_string(index), "y", true});
    return draft;
}

/// A pane in a place that does not ask how high it would like to be.
struct LowPane
{
    QWidget window;
    ui::RequestTabs tabs{&window};

    LowPane()
    {
        window.resize(roomOfThePane);
        tabs.setGeometry(QRect(QPoint(), roomOfThePane));
        tabs.restore({withManyHeaders()}, 0);
        window.show();
        if (!QTest::qWaitForWindowExposed(&window))
            qFatal("the window is not shown");
    }

    ui::RequestNote* note() { return tabs.findChild<ui::RequestNote*>(QStringLiteral("requestNote")); }
    QPushButton* button() { return tabs.findChild<QPushButton*>(QStringLiteral("goToLeftOut")); }
    QLabel* sentence()
    {
        for (QLabel* label : note()->findChildren<QLabel*>())
            if (label->text() == note()->note().sentence)
                return label;
        qFatal("the note does not say its sentence");
    }
    void enlarge(double factor)
    {
        const QList<QLabel*> labels = note()->findChildren<QLabel*>();
        QList<QWidget*> words(labels.begin(), labels.end());
        words.append(button());
        for (QWidget* each : words) {
            QFont font = each->font();
            font.setPointSizeF(font.pointSizeF() * factor);
            each->setFont(font);
        }
    }
    QRect inNote(QWidget* part) { return {part->mapTo(note(), QPoint()), part->size()}; }
};

} // namespace

class TestLowWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }
    void aNoteIsWhole_data();
    void aNoteIsWhole();
    void whereThereIsRoomNothingScrolls();
    void anAreaIsAsLowAsItsPageNeeds();
};

void TestLowWindow::aNoteIsWhole_data()
{
    QTest::addColumn<double>("factor");
    QTest::newRow("fonts of 100 %") << 1.0;
    QTest::newRow("fonts of 200 %") << 2.0;
}

void TestLowWindow::aNoteIsWhole()
{
    QFETCH(double, factor);
    LowPane pane;
    pane.enlarge(factor);
    QLabel* sentence = pane.sentence();
    QTRY_VERIFY(sentence->height() >= sentence->heightForWidth(sentence->width()));
    QVERIFY(pane.inNote(pane.button()).top() > pane.inNote(sentence).bottom());
    QVERIFY(pane.note()->rect().contains(pane.inNote(pane.button())));

    // The button is within reach, and brings what it leads to into view.
    auto* area = pane.tabs.findChild<ui::LowArea*>();
    area->ensureWidgetVisible(pane.button());
    QVERIFY(!pane.button()->visibleRegion().isEmpty());
    QTest::mouseClick(pane.button(), Qt::LeftButton);
    auto* url = pane.tabs.findChild<QWidget*>(QStringLiteral("requestUrl"));
    QVERIFY(!url->visibleRegion().isEmpty());
}

void TestLowWindow::whereThereIsRoomNothingScrolls()
{
    LowPane pane;
    pane.tabs.resize(672, 700);
    auto* area = pane.tabs.findChild<ui::LowArea*>();
    QTRY_VERIFY(area->height() > 600);
    QTRY_COMPARE(area->verticalScrollBar()->maximum(), 0);
    QCOMPARE(area->widget()->size(), area->viewport()->size());
}

void TestLowWindow::anAreaIsAsLowAsItsPageNeeds()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    QLabel* text = ui::plainLabel(QStringLiteral("one two three ").repeated(20));
    text->setWordWrap(true);
    column->addWidget(text);
    ui::LowArea area(page);
    area.resize(200, 60);
    area.show();
    QVERIFY(QTest::qWaitForWindowExposed(&area));
    QTRY_COMPARE(page->height(), text->heightForWidth(area.viewport()->width()));
    QVERIFY(area.verticalScrollBar()->maximum() > 0);
    QCOMPARE(page->width(), area.viewport()->width());
    text->setText(QStringLiteral("one"));
    QTRY_COMPARE(page->height(), area.viewport()->height());
}

QTEST_MAIN(TestLowWindow)
#include "tst_lowwindow.moc"
