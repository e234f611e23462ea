// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever way another program changes a file of a collection, it is told of.

#include "folder.h"

#include <filesystem>

#include <store/folderwatch.h>

#include <QtTest/qsignalspy.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;

namespace fs = std::filesystem;

class TestFolderWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void tellsOfEveryWay_data();
    void tellsOfEveryWay();
    void watchesFoldersThatAreMadeMeanwhile();
    void watchesFoldersThatAreMoved();
    void manyChangesAreOne();
    void staysSilentAboutWhatIsNotRead();
    void theFolderMayGoAndComeBack();
    void theFolderAroundMayBeRenamed();
    void anotherFolderTakesItsPlace();

private:
    void inPlace(const std::string& path, const char* text) const
    {
        QFile file(toQString(m_folder->path(path)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<CollectionFolder> m_folder;
    std::unique_ptr<FolderWatch> m_watch;
    std::unique_ptr<QSignalSpy> m_changed;
};

void TestFolderWatch::init()
{
    m_watch = std::make_unique<FolderWatch>();
    m_changed = std::make_unique<QSignalSpy>(m_watch.get(), &FolderWatch::changed);
    m_folder = std::make_unique<CollectionFolder>();
    m_folder->write("a.yml", requestText("a", "1"));
    m_folder->write("inner/b.yml", requestText("b", "1"));
    m_watch->watch(m_folder->root);
    QVERIFY(!m_watch->isPolling());
}

void TestFolderWatch::tellsOfEveryWay_data()
{
    QTest::addColumn<QString>("way");
    for (const char* way :
         {"written in place", "replaced by a rename", "deleted", "new", "moved away", "renamed",
          "mode changed", "inner file written", "linked", "folder made", "folder deleted"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TestFolderWatch::tellsOfEveryWay()
{
    QFETCH(QString, way);
    const std::string file = m_folder->path("a.yml");
    if (way == QStringLiteral("written in place"))
        inPlace("a.yml", "x");
    else if (way == QStringLiteral("replaced by a rename"))
        m_folder->write("a.yml", "x");
    else if (way == QStringLiteral("deleted"))
        fs::remove(file);
    else if (way == QStringLiteral("new"))
        inPlace("c.yml", "x");
    else if (way == QStringLiteral("moved away"))
        fs::rename(file, m_folder->path("../elsewhere.yml"));
    else if (way == QStringLiteral("renamed"))
        fs::rename(file, m_folder->path("renamed.yml"));
    else if (way == QStringLiteral("mode changed"))
        fs::permissions(file, fs::perms::owner_read);
    else if (way == QStringLiteral("inner file written"))
        inPlace("inner/b.yml", "x");
    else if (way == QStringLiteral("linked"))
        fs::create_hard_link(file, m_folder->path("same.yml"));
    else if (way == QStringLiteral("folder made"))
        fs::create_directory(m_folder->path("more"));
    else
        fs::remove_all(m_folder->path("inner"));
    QVERIFY(m_changed->wait());
}

/// git checkout makes folders within folders faster than anybody can watch them.
void TestFolderWatch::watchesFoldersThatAreMadeMeanwhile()
{
    m_folder->write("x/y/z/deep.yml", "x");
    QVERIFY(m_changed->wait());
    inPlace("x/y/z/deep.yml", "y");
    QVERIFY(m_changed->wait());
}

void TestFolderWatch::watchesFoldersThatAreMoved()
{
    fs::create_directories(m_folder->path("../outside/deep"));
    fs::rename(m_folder->path("../outside"), m_folder->path("came"));
    QVERIFY(m_changed->wait());
    inPlace("came/deep/c.yml", "x");
    QVERIFY(m_changed->wait());
    fs::rename(m_folder->path("came"), m_folder->path("renamed"));
    QVERIFY(m_changed->wait());
    m_folder->write("renamed/deep/deeper/d.yml", "x");
    QVERIFY(m_changed->wait());
    inPlace("renamed/deep/deeper/d.yml", "y");
    QVERIFY(m_changed->wait());
}

void TestFolderWatch::manyChangesAreOne()
{
    for (int i = 0; i < 300; ++i)
        inPlace("n" + std::to_string(i) + ".yml", "x");
    QVERIFY(m_changed->wait());
    QCOMPARE(m_changed->count(), 1);
}

void TestFolderWatch::staysSilentAboutWhatIsNotRead()
{
    m_folder->write(".git/index.yml", "x");
    m_folder->write("notes.txt", "x");
    m_folder->write("node_modules/a/b.yml", "x");
    inPlace("inner/.b.yml.tmp", "x");
    inPlace(".git/index.yml", "y");
    QVERIFY(!m_changed->wait(300)); // more than twice the longest delay
    inPlace("a.yml", "x");
    QVERIFY(m_changed->wait());
}

void TestFolderWatch::theFolderMayGoAndComeBack()
{
    const std::string aside = toUtf8(m_folder->parent()) + "/aside";
    fs::rename(m_folder->root, aside);
    QVERIFY(m_changed->wait());
    fs::rename(aside, m_folder->root);
    QVERIFY(m_changed->wait());
    inPlace("inner/b.yml", "x");
    QVERIFY(m_changed->wait());
    fs::remove_all(m_folder->root);
    QVERIFY(m_changed->wait());
    m_folder->write("inner/b.yml", "x");
    QVERIFY(m_changed->wait());
}

void TestFolderWatch::theFolderAroundMayBeRenamed()
{
    const fs::path around = fs::path(m_folder->root).parent_path() / "around";
    fs::create_directory(around);
    fs::rename(m_folder->root, around / "api");
    m_watch->watch((around / "api").string());
    fs::rename(around, around.string() + "2");
    QVERIFY(m_changed->wait());
}

void TestFolderWatch::anotherFolderTakesItsPlace()
{
    const CollectionFolder other;
    m_watch->watch(other.root);
    inPlace("a.yml", "x");
    QVERIFY(!m_changed->wait(300));
    other.write("a.yml", "x");
    QVERIFY(m_changed->wait());
    m_watch->stop();
    other.write("a.yml", "y");
    QVERIFY(!m_changed->wait(300));
}

QTEST_GUILESS_MAIN(TestFolderWatch)
#include "tst_folderwatch.moc"
