// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A bar with more tabs than fit: the chosen one is seen, and nothing is drawn under its buttons.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qtoolbutton.h>

#include <theme/flattabbar.h>
#include <theme/theme.h>

using namespace claimcheck::ui;

namespace {

/// In a column that is narrow, as in the request editor.
struct Narrow
{
    QWidget window;
    FlatTabBar* bar = new FlatTabBar;

    explicit Narrow(int chosen)
    {
        for (const char* title :
             {"Params", "Headers", "Body", "Auth", "Variables", "Settings", "Docs", "Examples", "Scripts"})
            bar->addTab(QLatin1String(title));
        bar->setCurrentIndex(chosen);
        auto* row = new QHBoxLayout(&window);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(bar, 1);
        window.resize(420, 40);
        window.show();
    }
    const QToolButton* button(const char* name) const
    {
        return bar->findChild<QToolButton*>(QLatin1String(name));
    }
};

} // namespace

class TestFlatTabBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void theChosenOneIsSeen()
    {
        Narrow narrow(0);
        narrow.bar->setCurrentIndex(8);
        QVERIFY(narrow.bar->tabRect(8).right() < narrow.button("ScrollLeftButton")->geometry().left());
        QVERIFY(narrow.bar->tabRect(0).left() < 0);
    }

    void nothingIsDrawnUnderTheButtons()
    {
        Narrow narrow(1);
        QPixmap picture(narrow.bar->size());
        const QColor ground(Qt::magenta);
        picture.fill(ground);
        narrow.bar->render(&picture, {}, {}, QWidget::RenderFlags());
        const QImage image = picture.toImage();
        QRect buttons = narrow.button("ScrollLeftButton")->geometry();
        buttons |= narrow.button("ScrollRightButton")->geometry();
        QVERIFY(buttons.width() > 8);
        for (int x = buttons.left(); x <= buttons.right(); ++x)
            for (int y = buttons.top(); y <= buttons.bottom(); ++y)
                QCOMPARE(image.pixelColor(x, y), ground);
    }
};

QTEST_MAIN(TestFlatTabBar)
#include "tst_flattabbar.moc"
