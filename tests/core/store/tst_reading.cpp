// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading a folder again gives what reading it anew would, and parses no more than what changed.

#include "folder.h"
#include "generate.h"

#include <filesystem>

#include <support/largecollection.h>
#include <sys/stat.h>

#include <store/reading.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Collection;

namespace {

namespace fs = std::filesystem;

/// A folder, and what a window holds of it.
struct Known
{
    CollectionFolder folder;
    Collection collection;
    KnownFiles files;

    ReadingChange read()
    {
        auto reading = readCollection(folder.root, files);
        if (!reading)
            qFatal("the folder cannot be read");
        const ReadingChange change = complete(*reading, collection);
        if (change == ReadingChange::Outdated)
            return change;
        files = std::move(reading->files);
        if (change == ReadingChange::Different)
            collection = std::move(reading->collection);
        return change;
    }
    bool isAsOnDisk() const { return collection == folder.open(); }
    /// Files that are old enough to be known by their stamps.
    void settle(std::size_t count)
    {
        QTRY_VERIFY(read() != ReadingChange::Outdated && files.size() == count);
    }
};

} // namespace

class TestReading : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void leavesOutWhatDidNotChange();
    void noticesEveryChange_data();
    void noticesEveryChange();
    void aTouchIsNoChange();
    void aTimeSetBackHidesNothing();
    void refusesToMixStates();
    void anyChangesAddUp();
    void canBeCancelled();
    void countsNoFurtherThanAsked();

private:
    std::unique_ptr<Known> m_known;
};

void TestReading::init()
{
    m_known = std::make_unique<Known>();
    for (const char* name : {"a.yml", "b.yml", "inner/c.yml"})
        m_known->folder.write(name, requestText(name, "1"));
    m_known->folder.write("inner/folder.yml", "info:\n  name: Inner\n  type: folder\n  seq: 1\n");
    m_known->folder.write("environments/local.yml",
                          "name: local\nvariables:\n  - name: host\n    value: x\n");
    QCOMPARE(m_known->read(), ReadingChange::Different);
    QVERIFY(m_known->isAsOnDisk());
}

void TestReading::leavesOutWhatDidNotChange()
{
    m_known->settle(3);
    const auto reading = readCollection(m_known->folder.root, m_known->files);
    QVERIFY_RESULT(reading);
    QCOMPARE(reading->unchanged.size(), std::size_t{3});
    QCOMPARE(m_known->read(), ReadingChange::None);
    m_known->folder.write("b.yml", requestText("other", "1"));
    QCOMPARE(readCollection(m_known->folder.root, m_known->files)->unchanged.size(), std::size_t{2});
}

void TestReading::noticesEveryChange_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* path, const std::string& text) {
        QTest::newRow(name) << QByteArray(path) << QByteArray::fromStdString(text);
    };
    row("request", "a.yml", requestText("a.yml", "7"));
    row("request that breaks", "b.yml", "info: [");
    row("new request", "inner/d.yml", requestText("d", "1"));
    row("request that goes", "inner/c.yml", {});
    row("folder's name", "inner/folder.yml", "info:\n  name: Other\n  type: folder\n");
    row("folder file that breaks", "inner/folder.yml", "info: [");
    row("folder's variables", "inner/folder.yml",
        "info: {name: Inner, seq: 1}\nrequest: {variables: [{name: a, value: b}]}\n");
    row("new folder", "more/x.yml", requestText("x", "1"));
    row("environment", "environments/local.yml", "name: local\nvariables:\n  - name: host\n    value: y\n");
    row("new environment", "environments/test.yml", "name: test\n");
    row("collection's name", "opencollection.yml", "opencollection: \"1.0.0\"\ninfo:\n  name: Renamed\n");
    row("collection's headers", "opencollection.yml",
        "opencollection: \"1.0.0\"\ninfo:\n  name: My API\nrequest:\n  headers:\n    - name: A\n      value: "
        "b\n");
}

void TestReading::noticesEveryChange()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    m_known->settle(3);
    if (text.isEmpty())
        QVERIFY(QFile::remove(toQString(m_known->folder.path(path.toStdString()))));
    else
        m_known->folder.write(path.toStdString(), text.toStdString());
    QCOMPARE(m_known->read(), ReadingChange::Different);
    QVERIFY(m_known->isAsOnDisk());
    QCOMPARE(m_known->read(), ReadingChange::None);
}

void TestReading::aTouchIsNoChange()
{
    m_known->settle(3);
    const std::string text = requestText("a.yml", "1");
    m_known->folder.write("a.yml", text); // another file with the same bytes
    QCOMPARE(m_known->read(), ReadingChange::None);
    QVERIFY(m_known->isAsOnDisk());
}

/// cp -p, tar and rsync set the time of the last change; the size is the same here as well.
void TestReading::aTimeSetBackHidesNothing()
{
    m_known->settle(3);
    const std::string path = m_known->folder.path("a.yml");
    const auto time = fs::last_write_time(path);
    QFile file(toQString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(requestText("A.yml", "1")));
    file.close();
    fs::last_write_time(path, time);
    QCOMPARE(m_known->read(), ReadingChange::Different);
    QCOMPARE(collection::findItem(m_known->collection, "a.yml")->entry.name, std::string("A.yml"));
}

/// What was known has changed since the reading began: neither the one nor the other would be right.
void TestReading::refusesToMixStates()
{
    m_known->settle(3);
    auto reading = readCollection(m_known->folder.root, m_known->files);
    Collection newer = m_known->collection;
    newer.root.items[0].fingerprint = "of a later state";
    const Collection before = newer;
    QCOMPARE(complete(*reading, newer), ReadingChange::Outdated);
    QVERIFY(newer == before);
}

void TestReading::anyChangesAddUp()
{
    Generator generator(11);
    for (int round = 0; round < 30; ++round) {
        for (std::size_t count = generator.below(4); count > 0; --count) {
            const std::string folder =
                generator.below(2) == 0 ? "" : "f" + std::to_string(generator.below(3)) + "/";
            const std::string path = folder + "r" + std::to_string(generator.below(6)) + ".yml";
            const std::string full = m_known->folder.path(path);
            if (generator.below(3) == 0)
                fs::remove(full);
            else if (generator.below(5) == 0)
                fs::remove_all(m_known->folder.path("f" + std::to_string(generator.below(3))));
            else
                m_known->folder.write(path, requestText("n" + std::to_string(generator.below(3)),
                                                        std::to_string(generator.below(4))));
        }
        QVERIFY(m_known->read() != ReadingChange::Outdated);
        QVERIFY2(m_known->isAsOnDisk(), std::to_string(round).c_str());
    }
}

void TestReading::canBeCancelled()
{
    ReadingProgress progress;
    progress.isCancelled = true;
    const auto reading = readCollection(m_known->folder.root, {}, &progress);
    QCOMPARE(reading.error().kind, ErrorKind::Cancelled);
    progress.isCancelled = false;
    const auto again = readCollection(m_known->folder.root, {}, &progress);
    QVERIFY_RESULT(again);
    QCOMPARE(progress.read.load(), std::size_t{3});
    QCOMPARE(progress.files.load(), std::size_t{3});
}

void TestReading::countsNoFurtherThanAsked()
{
    const std::string root = m_known->folder.path("../large");
    writeLargeCollection(root, 60);
    QVERIFY(holdsMoreThan(root, 59));
    // 60 requests in three folders of a service, a folder.yml each, an environment and the collection's own
    // file.
    QVERIFY(!holdsMoreThan(root, 60 + 3 + 3 + 1 + 2 + 1));
    QVERIFY(holdsMoreThan(root, 60 + 3 + 3 + 1 + 2));
    QVERIFY(!holdsMoreThan(m_known->folder.path("gone"), 0));
}

QTEST_GUILESS_MAIN(TestReading)
#include "tst_reading.moc"
