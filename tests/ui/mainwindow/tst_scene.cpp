// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A picture of the window: there when all went well, and not there when it is said that it did not.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtCore/qtimer.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>

#include <base/text.h>
#include <mainwindow/mainwindow.h>
#include <mainwindow/scene.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir folder;
    workbench::Workbench workbench;
    MainWindow window{workbench, toUtf8(folder.path())};
    QString file = folder.filePath(QStringLiteral("picture.png"));

    Window()
    {
        if (!window.begin())
            qFatal("the window cannot begin");
        window.show();
    }
};

} // namespace

class TestScene : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void leavesAPicture()
    {
        Window w;
        ScenePlayer player(w.window, w.workbench, Scene::Start, w.file);
        QSignalSpy finished(&player, &ScenePlayer::finished);
        player.play();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished[0][0].toString(), QString());
        QVERIFY(QFile::exists(w.file));
    }

    void leavesNoneWhenItIsGivenUp()
    {
        Window w;
        ScenePlayer player(w.window, w.workbench, Scene::Start, w.file, 0);
        QSignalSpy finished(&player, &ScenePlayer::finished);
        player.play();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!finished[0][0].toString().isEmpty());
        for (const QTimer* timer : player.findChildren<QTimer*>())
            QVERIFY(!timer->isActive()); // nothing that would take one later
        QVERIFY(!QFile::exists(w.file));
    }
};

QTEST_MAIN(TestScene)
#include "tst_scene.moc"
