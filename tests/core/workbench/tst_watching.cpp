// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What other programs do to the files of the open collection appears, and what we do does not appear twice.

#include "recorder.h"

#include <filesystem>
#include <fstream>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>

#include <base/text.h>
#include <store/files.h>
#include <support/largecollection.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace fs = std::filesystem;

class TestWatching : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void whatAnotherProgramWritesAppears();
    void whatWeSaveIsToldOnce();
    void theEnvironmentOutlivesACheckout();
    void aBrokenCollectionKeepsItsLastState();
    void aFolderThatIsGoneKeepsItsLastState();
    void aStormIsTakenInWhole();
    void savingInAStormLosesNothing();
    void largeCollectionsOpenBeside();
    void whatCannotBeOpenedBesideIsTold();

private:
    std::string path(const std::string& relative) const { return m_root + "/" + relative; }
    void write(const std::string& relative, const std::string& text) const
    {
        std::ofstream(path(relative), std::ios::binary) << text;
    }
    std::string request(const std::string& url) const
    {
        return "info:\n  name: a\n  type: http\n  seq: 1\nhttp:\n  method: GET\n  url: " + url + "\n";
    }
    std::string urlOf(const std::string& item) const
    {
        const auto* found = collection::findItem(*m_workbench->collection(), item);
        return found ? found->entry.url : "gone";
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::string m_root;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<QSignalSpy> m_changed;
    std::unique_ptr<QSignalSpy> m_unreadable;
    std::unique_ptr<QSignalSpy> m_readable;
};

void TestWatching::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_root = m_home->path().toStdString() + "/api";
    m_workbench = std::make_unique<Workbench>();
    QVERIFY_RESULT(m_workbench->createCollection(m_root, "API"));
    fs::create_directories(path("environments"));
    write("a.yml", request("before"));
    write("environments/local.yml", "name: local\nvariables:\n  - name: host\n    value: x\n");
    m_workbench->watchFiles();
    QVERIFY_RESULT(m_workbench->openCollection(m_root));
    m_changed = std::make_unique<QSignalSpy>(m_workbench.get(), &Workbench::collectionChanged);
    m_unreadable = std::make_unique<QSignalSpy>(m_workbench.get(), &Workbench::collectionUnreadable);
    m_readable = std::make_unique<QSignalSpy>(m_workbench.get(), &Workbench::collectionReadable);
}

void TestWatching::cleanup()
{
    m_workbench.reset();
}

void TestWatching::whatAnotherProgramWritesAppears()
{
    write("a.yml", request("after"));
    QVERIFY(m_changed->wait());
    QCOMPARE(urlOf("a.yml"), std::string("after"));
    fs::create_directory(path("new"));
    write("new/b.yml", request("b"));
    QTRY_COMPARE(urlOf("new/b.yml"), std::string("b"));
    fs::remove(path("a.yml"));
    QTRY_COMPARE(urlOf("a.yml"), std::string("gone"));
}

void TestWatching::whatWeSaveIsToldOnce()
{
    collection::Item item = *collection::findItem(*m_workbench->collection(), "a.yml");
    item.entry.url = "mine";
    QVERIFY_RESULT(m_workbench->saveItem({}, item));
    QCOMPARE(m_changed->count(), 1);
    QVERIFY(!m_changed->wait(400)); // several times what a change from outside takes
    write("a.yml", request("theirs"));
    QVERIFY(m_changed->wait());
    QCOMPARE(m_changed->count(), 2);
}

/// git takes a file away before it writes the new one.
void TestWatching::theEnvironmentOutlivesACheckout()
{
    m_workbench->selectEnvironment("local");
    fs::remove(path("environments/local.yml"));
    QVERIFY(m_changed->wait());
    QCOMPARE(m_workbench->environment(), std::string());
    write("environments/local.yml", "name: local\nvariables:\n  - name: host\n    value: y\n");
    QTRY_COMPARE(m_workbench->environment(), std::string("local"));
}

void TestWatching::aBrokenCollectionKeepsItsLastState()
{
    const std::string whole = store::readFile(path("opencollection.yml"), 1000).value_or("");
    write("opencollection.yml", "opencollection: [\n<<<<<<< HEAD\n");
    QVERIFY(m_unreadable->wait());
    const auto error = m_unreadable->at(0).at(0).value<Error>();
    QVERIFY2(error.why.find("read before") != std::string::npos, error.why.c_str());
    QCOMPARE(urlOf("a.yml"), std::string("before"));
    write("a.yml", request("meanwhile"));
    write("opencollection.yml", whole);
    QVERIFY(m_readable->wait());
    QTRY_COMPARE(urlOf("a.yml"), std::string("meanwhile"));
    QCOMPARE(m_unreadable->count(), 1);
}

void TestWatching::aFolderThatIsGoneKeepsItsLastState()
{
    const std::string aside = m_home->path().toStdString() + "/aside";
    fs::rename(m_root, aside);
    QVERIFY(m_unreadable->wait());
    QCOMPARE(urlOf("a.yml"), std::string("before"));
    std::ofstream(aside + "/a.yml", std::ios::binary) << request("elsewhere");
    fs::rename(aside, m_root);
    QVERIFY(m_readable->wait());
    QTRY_COMPARE(urlOf("a.yml"), std::string("elsewhere"));
}

void TestWatching::aStormIsTakenInWhole()
{
    writeLargeCollection(m_root, 2000);
    const std::string last = "service-9/resource-99/request-1999.yml";
    QTRY_VERIFY_WITH_TIMEOUT(collection::findItem(*m_workbench->collection(), last) != nullptr, 30'000);
    const auto count = m_changed->count();
    for (std::size_t number = 0; number < 2000; ++number)
        write("service-" + std::to_string(number / 200) + "/resource-" + std::to_string(number / 20) +
                  "/request-" + std::to_string(number) + ".yml",
              request("u" + std::to_string(number)));
    QTRY_COMPARE_WITH_TIMEOUT(urlOf(last), std::string("u1999"), 30'000);
    QCOMPARE(urlOf("service-0/resource-0/request-0.yml"), std::string("u0"));
    QVERIFY(m_changed->count() - count < 10);
}

/// A reading that began before a save must not bring back what stood there before it.
void TestWatching::savingInAStormLosesNothing()
{
    for (int round = 0; round < 20; ++round) {
        write("b.yml", request("storm" + std::to_string(round)));
        QVERIFY(QTest::qWaitFor([&] { return urlOf("b.yml") == "storm" + std::to_string(round); }));
        write("b.yml", request("again" + std::to_string(round)));
        collection::Item item = *collection::findItem(*m_workbench->collection(), "a.yml");
        item.entry.url = "mine" + std::to_string(round);
        QVERIFY_RESULT(m_workbench->saveItem({}, item));
        QStringList seen;
        const auto look = QObject::connect(m_workbench.get(), &Workbench::collectionChanged,
                                           [&] { seen.append(toQString(urlOf("a.yml"))); });
        QTRY_COMPARE(urlOf("b.yml"), "again" + std::to_string(round));
        QObject::disconnect(look);
        for (const QString& url : seen)
            QCOMPARE(url, toQString(item.entry.url));
    }
}

void TestWatching::largeCollectionsOpenBeside()
{
    const std::string large = m_home->path().toStdString() + "/large";
    writeLargeCollection(large, 3000);
    QSignalSpy ended(m_workbench.get(), &Workbench::openingEnded);
    m_workbench->openBeside(large);
    QCOMPARE(m_workbench->collection()->directory, m_root); // until it is read
    QVERIFY(ended.wait(30'000));
    QVERIFY(!ended.at(0).at(1).value<std::optional<Error>>());
    QCOMPARE(m_workbench->collection()->name, std::string("Large"));
    QCOMPARE(m_changed->count(), 1);
    fs::remove(large + "/service-0/resource-0/request-0.yml");
    QVERIFY(m_changed->wait());
    QCOMPARE(urlOf("service-0/resource-0/request-0.yml"), std::string("gone"));
}

void TestWatching::whatCannotBeOpenedBesideIsTold()
{
    QSignalSpy ended(m_workbench.get(), &Workbench::openingEnded);
    m_workbench->openBeside(m_home->path().toStdString());
    QVERIFY(ended.wait());
    QVERIFY(ended.at(0).at(1).value<std::optional<Error>>().has_value());
    QCOMPARE(m_workbench->collection()->directory, m_root);
    QCOMPARE(m_changed->count(), 0);
}

QTEST_GUILESS_MAIN(TestWatching)
#include "tst_watching.moc"
