// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A process saves 1,000 requests, and the drafts with each. It is killed at random moments from before its
// first save to the last and started again, to go on: whatever the moment, every file is the old or the new
// one, and the drafts are those of before or after. Moments that were not spread, or that hit nothing, fail
// the test.
//
// CLAIMCHECK_KILLS=300 makes it more of them, which take minutes under the sanitizers (a fork has the shadow
// of all memory to copy); CLAIMCHECK_KILL_SEED makes other moments.

#include "folder.h"
#include "generate.h"

#include <algorithm>
#include <filesystem>

#include <csignal>
#include <ctime>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <store/settings.h>
#include <support/signals.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Collection;
using collection::Item;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t requests = 1000;
constexpr std::size_t parts = 10;          ///< of the 1,000 saves: each is hit
constexpr std::size_t longestDelay = 8000; ///< microseconds: about a save under the sanitizers

std::string pathOf(std::size_t number)
{
    return "folder-" + std::to_string(number / 100) + "/request-" + std::to_string(number) + ".yml";
}

/// Every other version is longer than a block of the disk.
std::string urlOf(std::size_t version)
{
    return "https://api.example/" + std::string(version % 2 * 5000, 'x') + std::to_string(version);
}

std::string textOf(std::size_t number, std::size_t version)
{
    return "# " + std::to_string(number) + "\n" +
           "info:\n  name: r\n  type: http\n  seq: 1\nhttp:\n  method: GET\n  url: " + urlOf(version) +
           "\ndocs: a text behind it, so that a file that was cut is noticed\n";
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

/// What the kills met, over all rounds.
struct Met
{
    std::size_t beforeTheFirst = 0;  ///< of a process
    std::size_t oldAndNew = 0;       ///< some of the 1,000 files had been replaced, some not
    std::size_t withinASave = 0;     ///< begun and not told to be done
    std::size_t alreadyNew = 0;      ///< of these: its file was the new one
    std::size_t newDraftOldFile = 0; ///< of these: the drafts were the new ones, the file was not
    std::array<std::size_t, parts> inPart{};
};

/// Some microseconds of nothing: the moment is what the test is about.
void passTime(std::size_t microseconds)
{
    const timespec time{0, static_cast<long>(microseconds) * 1000};
    ::ppoll(nullptr, 0, &time, nullptr);
}

/// Reads what the child tells until `isEnough`, or to the end.
template <typename Condition>
void followUntil(int pipe, Progress& progress, Condition isEnough)
{
    char told = 0;
    while (!isEnough() && ::read(pipe, &told, 1) == 1)
        ++(told == 'b' ? progress.begun : progress.done);
}

std::size_t leftOversIn(const std::string& root)
{
    const fs::recursive_directory_iterator all(root);
    return static_cast<std::size_t>(std::count_if(begin(all), end(all), [](const fs::directory_entry& entry) {
        return entry.path().extension() == ".tmp";
    }));
}

/// Folders of this test lie in memory, where there is such a file system: a kill, unlike a power cut, loses
/// nothing that was written, and a disk would take its time for the thousands of flushes.
struct InMemory
{
    InMemory()
    {
        if (::access("/dev/shm", W_OK) == 0)
            qputenv("TMPDIR", "/dev/shm");
    }
};

} // namespace

class TestKilled : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFileIsTheOldOrTheNewOne();

private:
    void makeRequests();
    [[noreturn]] void saveOn(int pipe) const;
    /// Kills a process that goes on saving some time after so many saves; without a number, at once.
    Progress killOne(std::optional<std::size_t> saves, std::size_t microseconds) const;
    void checkFiles(const Progress& progress);
    void checkDrafts(const Progress& progress);
    void checkThatItOpens() const;
    void note(const Progress& progress);

    InMemory m_memory;
    CollectionFolder m_folder;
    QTemporaryDir m_config;
    Collection m_collection;
    std::vector<std::string> m_texts; ///< what the files must hold
    std::size_t m_saves = 0;          ///< of all processes; the n-th is that of request n mod 1,000
    std::size_t m_draft = 0;          ///< that of this save is in the drafts
    bool m_wasReplaced = false;       ///< the save that was killed had replaced its file already
    Met m_met;
};

void TestKilled::makeRequests()
{
    for (std::size_t number = 0; number < requests; ++number) {
        const std::string full = m_folder.path(pathOf(number));
        fs::create_directories(fs::path(full).parent_path());
        QFile file(toQString(full));
        QVERIFY(file.open(QIODevice::WriteOnly));
        m_texts.push_back(textOf(number, 0));
        file.write(QByteArray::fromStdString(m_texts.back()));
    }
    m_collection = m_folder.open();
}

void TestKilled::saveOn(int pipe) const
{
    const std::string config = m_config.path().toStdString();
    for (std::size_t save = m_saves;; ++save) {
        Item item = *collection::findItem(m_collection, pathOf(save % requests));
        item.entry.url = urlOf(save / requests + 1);
        item.fingerprint = fingerprint(textOf(save % requests, save / requests));
        Drafts drafts;
        drafts.tabs.resize(1);
        drafts.tabs[0].path = item.path;
        drafts.tabs[0].entry = item.entry;
        drafts.tabs[0].entry.docs = std::to_string(save + 1);
        if (::write(pipe, "b", 1) != 1 || !saveDrafts(config, drafts) || !saveEntry(m_collection, {}, item) ||
            ::write(pipe, "d", 1) != 1)
            ::_exit(3);
    }
}

Progress TestKilled::killOne(std::optional<std::size_t> saves, std::size_t microseconds) const
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        qFatal("no pipe");
    const pid_t child = ::fork();
    if (child == 0)
        saveOn(ends[1]);
    ::close(ends[1]);
    Progress progress;
    if (saves) {
        followUntil(ends[0], progress, [&] { return progress.begun > 0 && progress.done >= *saves; });
        passTime(microseconds);
    }
    signalChild(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    followUntil(ends[0], progress, [] { return false; });
    ::close(ends[0]);
    if (!WIFSIGNALED(status))
        qFatal("the saving process ended by itself");
    return progress;
}

void TestKilled::checkFiles(const Progress& progress)
{
    const std::size_t done = m_saves + progress.done;
    for (std::size_t save = m_saves; save < done; ++save)
        m_texts[save % requests] = textOf(save % requests, save / requests + 1);
    m_wasReplaced = false;
    for (std::size_t number = 0; number < requests; ++number) {
        const std::string text = readFile(m_folder.path(pathOf(number)), 100'000).value_or("gone");
        if (text == m_texts[number])
            continue;
        const bool isBeingSaved = number == done % requests && progress.begun > progress.done;
        QVERIFY2(isBeingSaved && text == textOf(number, done / requests + 1), pathOf(number).c_str());
        m_wasReplaced = true;
        m_texts[number] = text;
    }
}

/// Whatever was left behind is no request.
void TestKilled::checkThatItOpens() const
{
    const Collection read = m_folder.open();
    std::size_t items = read.root.items.size();
    for (const collection::Folder& folder : read.root.folders) {
        items += folder.items.size();
        for (const Item& item : folder.items)
            QVERIFY2(!item.problem, item.path.c_str());
    }
    QCOMPARE(items, requests);
}

/// They are kept before the file is, so they may be one ahead of it, also since an earlier kill.
void TestKilled::checkDrafts(const Progress& progress)
{
    const auto drafts = loadDrafts(m_config.path().toStdString());
    QVERIFY_RESULT(drafts);
    const std::string docs = drafts->tabs.empty() ? "0" : drafts->tabs[0].entry.docs;
    const std::size_t done = m_saves + progress.done;
    const bool isNext = docs == std::to_string(done + 1);
    QVERIFY2(isNext || docs == std::to_string(done), docs.c_str());
    QVERIFY2(progress.begun > progress.done || docs == std::to_string(std::max(done, m_draft)), docs.c_str());
    QVERIFY(isNext || !m_wasReplaced);
    QVERIFY(drafts->tabs.empty() || drafts->tabs[0].edited);
    m_draft = done + std::size_t{isNext};
    m_met.newDraftOldFile += std::size_t{isNext && !m_wasReplaced};
}

void TestKilled::note(const Progress& progress)
{
    m_saves += progress.done + std::size_t{m_wasReplaced};
    m_met.beforeTheFirst += std::size_t{progress.done == 0};
    m_met.oldAndNew += std::size_t{m_saves % requests != 0};
    m_met.withinASave += std::size_t{progress.begun > progress.done};
    m_met.alreadyNew += std::size_t{m_wasReplaced};
    ++m_met.inPart[m_saves % requests * parts / requests];
}

void TestKilled::everyFileIsTheOldOrTheNewOne()
{
    const auto kills = static_cast<std::size_t>(numberFrom("CLAIMCHECK_KILLS", 40));
    const int seed = numberFrom("CLAIMCHECK_KILL_SEED", 20'260'729);
    QVERIFY(kills >= 2 * parts);
    makeRequests();
    Generator generator(static_cast<std::uint64_t>(seed));
    for (std::size_t round = 0; round < kills; ++round) {
        // Somewhere in each of as many equal parts of the saves as there are kills; every tenth at once.
        const std::size_t due = (round * requests + generator.below(requests)) / kills;
        const std::size_t saves = due - std::min(due, m_saves);
        const std::size_t delay = generator.below(longestDelay);
        const Progress progress = killOne(round % 10 == 0 ? std::nullopt : std::optional(saves), delay);
        checkFiles(progress);
        checkDrafts(progress);
        if (round % 20 == 19)
            checkThatItOpens();
        if (QTest::currentTestFailed())
            qFatal("seed %d, kill %zu, %zu saves before it", seed, round, m_saves + progress.done);
        note(progress);
    }
    qInfo("seed %d: %zu kills among %zu saves: %zu before a first, %zu with old and new files, %zu within a "
          "save (%zu with its file replaced, %zu with the drafts alone), %zu files left over",
          seed, kills, m_saves, m_met.beforeTheFirst, m_met.oldAndNew, m_met.withinASave, m_met.alreadyNew,
          m_met.newDraftOldFile, leftOversIn(m_folder.root));
    QVERIFY(m_saves >= requests * 9 / 10);
    QVERIFY(m_met.beforeTheFirst > 0);
    QVERIFY(m_met.oldAndNew > kills / 2);
    QVERIFY(m_met.withinASave > kills / 4);
    for (const std::size_t hits : m_met.inPart)
        QVERIFY(hits > 0);
}

QTEST_GUILESS_MAIN(TestKilled)
#include "tst_killed.moc"
