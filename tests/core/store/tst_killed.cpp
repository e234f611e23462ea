// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A process that saves 1,000 requests over and over, and the drafts with each, is killed at random moments:
// whatever the moment, every file is the old or the new one, and the drafts are those of before or after.
//
// CLAIMCHECK_KILLS=300 tst_killed (the default is fewer, for the time it takes under the sanitizers);
// CLAIMCHECK_KILL_SEED repeats a run.

#include "folder.h"
#include "generate.h"

#include <filesystem>

#include <csignal>
#include <ctime>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <store/settings.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Collection;
using collection::Item;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t requests = 1000;
constexpr const char* padding =
    "    a comment that makes the file longer than one block of its first version\n";

std::string pathOf(std::size_t number)
{
    return "folder-" + std::to_string(number / 100) + "/request-" + std::to_string(number) + ".yml";
}

std::string urlOf(std::size_t version)
{
    return "https://api.example/" + std::string(version % 2 * 300, 'x') + std::to_string(version);
}

std::string textOf(std::size_t number, std::size_t version)
{
    return "# " + std::to_string(number) + "\n" +
           std::string("info:\n  name: r\n  type: http\n  seq: 1\nhttp:\n") +
           "  method: GET\n  url: " + urlOf(version) + "\ndocs: |\n" + padding;
}

int numberFrom(const char* variable, int fallback)
{
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber ? number : fallback;
}

/// What the child did last, as it told before and after each save.
struct Progress
{
    std::size_t begun = 0;
    std::size_t done = 0;
};

/// The n-th save of all is that of request n mod 1000, to its version n / 1000 + 1.
[[noreturn]] void saveForEver(const Collection& collection, const std::string& config, std::size_t next,
                              int pipe)
{
    for (;; ++next) {
        Item item = *collection::findItem(collection, pathOf(next % requests));
        const std::size_t version = next / requests;
        item.entry.url = urlOf(version + 1);
        item.fingerprint = fingerprint(textOf(next % requests, version));
        Drafts drafts;
        drafts.tabs.resize(1);
        drafts.tabs[0].path = item.path;
        drafts.tabs[0].entry = item.entry;
        drafts.tabs[0].entry.docs = std::to_string(next + 1);
        if (::write(pipe, "b", 1) != 1 || !saveDrafts(config, drafts) || !saveEntry(collection, {}, item) ||
            ::write(pipe, "d", 1) != 1)
            ::_exit(3);
    }
}

/// Some microseconds of nothing: the moment is what the test is about.
void passTime(std::size_t microseconds)
{
    const timespec time{0, static_cast<long>(microseconds) * 1000};
    ::ppoll(nullptr, 0, &time, nullptr);
}

Progress progressFrom(int pipe)
{
    Progress progress;
    std::array<char, 4096> buffer;
    for (ssize_t count; (count = ::read(pipe, buffer.data(), buffer.size())) > 0;)
        for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(count)))
            ++(c == 'b' ? progress.begun : progress.done);
    return progress;
}

} // namespace

class TestKilled : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFileIsTheOldOrTheNewOne();

private:
    void makeRequests() const;
    /// Gives how many saves were begun and done.
    Progress killOne(std::size_t next, std::size_t microseconds);
    void checkFiles(std::size_t next, const Progress& progress, std::size_t round);
    void checkDrafts(std::size_t next, const Progress& progress);

    CollectionFolder m_folder;
    QTemporaryDir m_config;
    Collection m_collection;
    bool m_wasRead = false; ///< a save that was killed had reached its file already
};

void TestKilled::makeRequests() const
{
    for (std::size_t number = 0; number < requests; ++number) {
        const std::string full = m_folder.path(pathOf(number));
        fs::create_directories(fs::path(full).parent_path());
        QFile file(toQString(full));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(textOf(number, 0)));
    }
}

Progress TestKilled::killOne(std::size_t next, std::size_t microseconds)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        qFatal("no pipe");
    const pid_t child = ::fork();
    if (child == 0)
        saveForEver(m_collection, m_config.path().toStdString(), next, ends[1]);
    ::close(ends[1]);
    pollfd begun{ends[0], POLLIN, 0};
    ::poll(&begun, 1, 30'000); // it saves
    passTime(microseconds);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    const Progress progress = progressFrom(ends[0]);
    ::close(ends[0]);
    if (!WIFSIGNALED(status))
        qFatal("the saving process ended by itself");
    return progress;
}

void TestKilled::checkFiles(std::size_t next, const Progress& progress, std::size_t round)
{
    const std::size_t done = next + progress.done;
    m_wasRead = false;
    for (std::size_t number = 0; number < requests; ++number) {
        const std::size_t version = done / requests + (number < done % requests ? 1 : 0);
        const std::string text = readFile(m_folder.path(pathOf(number)), 10'000).value_or("gone");
        const bool isBeingSaved = number == done % requests && progress.begun > progress.done;
        const bool isNew = isBeingSaved && text == textOf(number, version + 1);
        m_wasRead = m_wasRead || isNew;
        QVERIFY2(isNew || text == textOf(number, version), pathOf(number).c_str());
    }
    // Whatever was left behind is no request.
    if (round % 20 != 19)
        return;
    const Collection read = m_folder.open();
    std::size_t items = read.root.items.size();
    for (const collection::Folder& folder : read.root.folders)
        items += folder.items.size();
    QCOMPARE(items, requests);
}

void TestKilled::checkDrafts(std::size_t next, const Progress& progress)
{
    const auto drafts = loadDrafts(m_config.path().toStdString());
    QVERIFY_RESULT(drafts);
    const std::size_t done = next + progress.done;
    if (drafts->tabs.empty()) {
        QCOMPARE(done, std::size_t{0}); // killed before the first
        return;
    }
    const std::string& docs = drafts->tabs[0].entry.docs;
    QVERIFY2(docs == std::to_string(done) || docs == std::to_string(done + 1), docs.c_str());
    QVERIFY(drafts->tabs[0].edited);
}

void TestKilled::everyFileIsTheOldOrTheNewOne()
{
    const int kills = numberFrom("CLAIMCHECK_KILLS", 20);
    const int seed = numberFrom("CLAIMCHECK_KILL_SEED", 20'260'729);
    makeRequests();
    m_collection = m_folder.open();
    Generator generator(static_cast<std::uint64_t>(seed));
    std::size_t next = 0;
    int between = 0;
    for (int round = 0; round < kills; ++round) {
        const Progress progress = killOne(next, generator.below(20'000));
        checkFiles(next, progress, static_cast<std::size_t>(round));
        checkDrafts(next, progress);
        if (QTest::currentTestFailed())
            qFatal("seed %d, kill %d, %zu saves before it", seed, round, next);
        between += progress.begun > progress.done ? 1 : 0;
        next += progress.done + (m_wasRead ? 1 : 0);
    }
    qInfo("seed %d: %d kills, %d of them within a save, %zu saves", seed, kills, between, next);
    QVERIFY(between > kills / 4); // they hit something
}

QTEST_GUILESS_MAIN(TestKilled)
#include "tst_killed.moc"
