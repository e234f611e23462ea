// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history page while a run adds to it.

#include <mainwindow/historydesk.h>
#include <support/result.h>
#include <theme/theme.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qtableview.h>

using namespace claimcheck;
using namespace claimcheck::ui;

class TestHistoryDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void renewsItsListOnceForManyRequests();
};

void TestHistoryDesk::renewsItsListOnceForManyRequests()
{
    const QTemporaryDir config;
    workbench::Workbench workbench;
    workbench::HistoryKeeper keeper(workbench);
    QVERIFY_RESULT(keeper.open(config.path().toStdString() + "/history", config.path().toStdString()));
    HistoryDesk desk(workbench, keeper);
    desk.setVisible(true);
    desk.enter();
    const QAbstractItemModel* list = desk.findChild<QTableView*>(QStringLiteral("historyTable"))->model();
    QSignalSpy renewed(list, &QAbstractItemModel::modelReset);
    for (int i = 0; i < 30; ++i) {
        archive::Record record;
        record.summary.method = "GET";
        record.summary.url = "http://a/" + std::to_string(i);
        QVERIFY_RESULT(keeper.history()->add(record));
        Q_EMIT keeper.changed();
    }
    QCOMPARE(renewed.size(), 0);
    QVERIFY(renewed.wait());
    QCOMPARE(renewed.size(), 1);
    QCOMPARE(list->rowCount(), 30);
}

QTEST_MAIN(TestHistoryDesk)
#include "tst_historydesk.moc"
