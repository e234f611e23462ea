// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/firstsize.h>

#include <QtTest/qtest.h>

using namespace claimcheck::ui;

class TestFirstSize : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fitsOnTheScreen_data();
    void fitsOnTheScreen();
};

void TestFirstSize::fitsOnTheScreen_data()
{
    QTest::addColumn<QSize>("available");
    QTest::addColumn<QSize>("size");
    QTest::newRow("there is room") << QSize(1920, 1080) << QSize(1280, 800);
    QTest::newRow("as large as the window") << QSize(1280, 800) << QSize(1276, 760);
    QTest::newRow("narrow") << QSize(1024, 1300) << QSize(1020, 800);
    QTest::newRow("1080p at 200 %") << QSize(960, 540) << QSize(956, 500);
    QTest::newRow("smaller than the least") << QSize(600, 400) << QSize(640, 480);
}

void TestFirstSize::fitsOnTheScreen()
{
    QFETCH(QSize, available);
    QTEST(firstSize({1280, 800}, available, {640, 480}), "size");
}

QTEST_GUILESS_MAIN(TestFirstSize)
#include "tst_firstsize.moc"
