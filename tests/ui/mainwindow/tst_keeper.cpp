// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept is written file by file: one that cannot be written takes no other with it.

#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <mainwindow/keeper.h>
#include <store/files.h>
#include <support/result.h>

using namespace claimcheck;

class TestKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsDraftsWithoutSettings();
};

void TestKeeper::keepsDraftsWithoutSettings()
{
    const QTemporaryDir folder;
    const std::string config = toUtf8(folder.path());
    QVERIFY_RESULT(store::makeDirectories(config + "/settings.json/in the way", store::Privacy::OwnerOnly));
    ui::Keeper keeper(config);
    QSignalSpy failed(&keeper, &ui::Keeper::failed);
    store::Drafts typed;
    typed.login.url = "http://127.0.0.1:8080/login";
    keeper.setDraftSource([&typed] { return typed; });
    keeper.flush();
    QCOMPARE(failed.size(), 1);
    const auto kept = store::loadDrafts(config);
    QVERIFY_RESULT(kept);
    QCOMPARE(kept->login.url, typed.login.url);
    keeper.flush(); // said once
    QCOMPARE(failed.size(), 1);
}

QTEST_GUILESS_MAIN(TestKeeper)
#include "tst_keeper.moc"
