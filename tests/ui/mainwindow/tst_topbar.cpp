// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The toolbar with names of any length: what stands at its right end stays in the window.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qmenu.h>

#include <mainwindow/topbar.h>
#include <sessions/sessionchip.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

collection::Collection withEnvironment(const std::string& name)
{
    collection::Collection result;
    result.directory = "/nowhere";
    result.name = "Shop";
    result.environments.push_back({});
    result.environments.back().name = name;
    return result;
}

} // namespace

class TestTopBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void aLongEnvironmentPushesNothingOut()
    {
        QMenu menu;
        TopBar bar(&menu, &menu);
        const std::string name =
            "<b>the environment of the colleagues in another building</b>, staging, copy 2";
        bar.setCollection(withEnvironment(name), name);
        bar.resize(800, bar.height());
        bar.show();
        const auto* environment = bar.findChild<QComboBox*>(QStringLiteral("environment"));
        QVERIFY(environment->width() <= 220);
        QVERIFY(bar.chip()->geometry().right() < bar.width());
        QVERIFY(bar.minimumSizeHint().width() <= 800);
        QCOMPARE(environment->accessibleDescription(), QString::fromStdString(name));
        QVERIFY(environment->toolTip().contains(QStringLiteral("&lt;b&gt;the environment")));
    }

    void aShortOneIsWhole()
    {
        QMenu menu;
        TopBar bar(&menu, &menu);
        bar.setCollection(withEnvironment("local"), "local");
        const auto* environment = bar.findChild<QComboBox*>(QStringLiteral("environment"));
        QCOMPARE(environment->currentText(), QStringLiteral("local"));
        QVERIFY(environment->sizeHint().width() <= 220);
    }
};

QTEST_MAIN(TestTopBar)
#include "tst_topbar.moc"
