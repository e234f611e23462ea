// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What other programs do to the files of the open collection appears, and what we do does not appear twice.

#include "recorder.h"

#include <filesystem>
#include <fstream>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstandardpaths.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>

#include <base/text.h>
#include <store/files.h>

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
    void anotherBranchAppearsSoon();
    void theEnvironmentOutlivesACheckout();
    void aBrokenCollectionKeepsItsLastState();
    void aFolderThatIsGoneKeepsItsLastState();

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
    void git(const char* arguments) const;
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

void TestWatching::git(const char* arguments) const
{
    QProcess process;
    process.setWorkingDirectory(toQString(m_root));
    process.start(QStringLiteral("git"), QString::fromLatin1(arguments)
                                             .prepend(QStringLiteral("-c user.name=t -c user.email=t@t "))
                                             .split(QLatin1Char(' ')));
    QVERIFY(process.waitForFinished(30'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

/// Counted from when git has ended: what it wrote until then is told of behind that only.
void TestWatching::anotherBranchAppearsSoon()
{
    if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
        QSKIP("git is not there");
    constexpr int files = 200;
    constexpr int atOnce = 2000; // ms: of what aims at 200, on a machine that does other things
    const auto nameOf = [](int number) {
        return "f" + std::to_string(number / 20) + "/r" + std::to_string(number) + ".yml";
    };
    const auto writeAll = [&](const std::string& url) {
        for (int number = 0; number < files; ++number) {
            fs::create_directories(fs::path(path(nameOf(number))).parent_path());
            write(nameOf(number), request(url));
        }
    };
    writeAll("one");
    git("init -q -b one");
    git("add .");
    git("commit -qm one");
    git("checkout -qb two");
    writeAll("two");
    fs::remove(path("a.yml"));
    write("new.yml", request("two"));
    git("add .");
    git("commit -qm two");
    git("checkout -q one");
    const auto isAllOf = [&](const std::string& url) {
        for (int number = 0; number < files; ++number)
            if (urlOf(nameOf(number)) != url)
                return false;
        return (urlOf("a.yml") == "gone") == (url == "two") && (urlOf("new.yml") == "gone") == (url == "one");
    };
    QTRY_VERIFY(isAllOf("one"));
    git("checkout -q two");
    QElapsedTimer time;
    time.start();
    while (!isAllOf("two"))
        QVERIFY(m_changed->wait(30'000));
    const qint64 took = time.elapsed();
    qInfo("%d files of another branch appeared %lld ms after the checkout was done (aim: 200)", files + 2,
          took);
    QVERIFY(took < atOnce);
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

QTEST_GUILESS_MAIN(TestWatching)
#include "tst_watching.moc"
