// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Windows at once keep what is typed in each; what one left behind, the next start has, once, whenever it was
// killed.

#include <csignal>
#include <memory>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <store/draftfiles.h>
#include <store/files.h>
#include <support/fulldisk.h>
#include <support/result.h>

#include "killafter.h"

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;

namespace {

constexpr int most = 5000; ///< system calls; a start makes some hundred

Draft typed(const std::string& url, const std::string& path = {}, bool isEdited = true)
{
    Draft draft;
    draft.collection = path.empty() ? "" : "/c";
    draft.path = path;
    draft.entry.url = url;
    draft.edited = isEdited;
    return draft;
}

Drafts tabs(const std::vector<Draft>& all, const std::string& login = {})
{
    Drafts drafts;
    drafts.tabs = all;
    drafts.login.url = login;
    return drafts;
}

EnvironmentDraft environment(const std::string& path, const std::string& host)
{
    EnvironmentDraft draft;
    draft.collection = "/c";
    draft.environment.path = path;
    draft.environment.name = path;
    draft.environment.variables = {{"host", host}};
    draft.types = {""};
    return draft;
}

std::vector<std::string> urlsOf(const Drafts& drafts)
{
    std::vector<std::string> urls;
    for (const Draft& draft : drafts.tabs)
        urls.push_back(draft.entry.url);
    return urls;
}

using Texts = std::vector<std::string>;

} // namespace

class TestDraftFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void twoAtOnceKeepWhatEachHas();
    void takesOverWhatNobodyHolds();
    void leavesWhatIsHeld();
    void takesOverFromAKilledProcess();
    void hasATabOnce();
    void leavesASecondLogin();
    void leavesASecondEditOfAnEnvironment();
    void keepsOthersUntilItsOwnAreWritten();
    void leavesWhatItCannotRead();
    void worksWithoutLocks();
    void killedAtEverySystemCallOfAStart();

private:
    bool isThere(const char* name) const
    {
        return QFileInfo::exists(m_folder->filePath(QLatin1String(name)));
    }
    /// A start that somebody may kill.
    [[noreturn]] void startOnce() const;
    void putBack() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_config;
};

/// A kill, unlike a power cut, loses nothing that was written, and a disk would take its time for the
/// flushes.
void TestDraftFiles::initTestCase()
{
    if (::access("/dev/shm", W_OK) == 0)
        qputenv("TMPDIR", "/dev/shm");
}

void TestDraftFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_config = toUtf8(m_folder->path());
}

void TestDraftFiles::twoAtOnceKeepWhatEachHas()
{
    {
        DraftFiles first(m_config);
        DraftFiles second(m_config);
        QCOMPARE(first.load().problems.size(), std::size_t{0});
        QCOMPARE(second.load().problems.size(), std::size_t{0});
        QVERIFY_RESULT(second.save(tabs({typed("http://second")})));
        QVERIFY_RESULT(first.save(tabs({typed("http://first")})));
        QVERIFY_RESULT(first.saveEnvironments({environment("a.yml", "first")}));
        QVERIFY_RESULT(second.saveEnvironments({environment("b.yml", "second")}));
    }
    for (const char* name : {"drafts.json", "drafts-2.json", "environment-drafts.json",
                             "environment-drafts-2.json", "drafts.lock", "drafts-2.lock"}) {
        struct stat info = {};
        QVERIFY2(::stat((m_config + "/" + name).c_str(), &info) == 0, name);
        QCOMPARE(info.st_mode & 0777u, mode_t{0600});
    }
    const DraftFiles::Kept kept = DraftFiles(m_config).load();
    QCOMPARE(urlsOf(kept.drafts), Texts({"http://first", "http://second"}));
    QCOMPARE(kept.environments.size(), std::size_t{2});
    QCOMPARE(kept.problems.size(), std::size_t{0});
}

void TestDraftFiles::takesOverWhatNobodyHolds()
{
    QVERIFY_RESULT(saveDrafts(m_config, tabs({typed("http://third")}, "http://login"), 3));
    QVERIFY_RESULT(saveEnvironmentDrafts(m_config, {environment("a.yml", "x")}, 12));
    {
        DraftFiles files(m_config);
        const DraftFiles::Kept kept = files.load();
        QCOMPARE(urlsOf(kept.drafts), Texts({"http://third"}));
        QCOMPARE(kept.drafts.login.url, std::string("http://login"));
        QCOMPARE(kept.environments.size(), std::size_t{1});
    }
    QVERIFY(!isThere("drafts-3.json"));
    QVERIFY(!isThere("environment-drafts-12.json"));
    const auto own = loadDrafts(m_config); // before anything was typed
    QVERIFY_RESULT(own);
    QCOMPARE(urlsOf(*own), Texts({"http://third"}));
    // And these are given up again.
    DraftFiles first(m_config);
    DraftFiles second(m_config);
    DraftFiles third(m_config);
    QCOMPARE(urlsOf(first.load().drafts), Texts({"http://third"}));
    QCOMPARE(urlsOf(second.load().drafts), Texts());
    QVERIFY_RESULT(third.save(tabs({typed("http://again")})));
    QVERIFY(isThere("drafts-3.json"));
}

void TestDraftFiles::leavesWhatIsHeld()
{
    DraftFiles first(m_config);
    first.load();
    {
        DraftFiles second(m_config);
        second.load();
        QVERIFY_RESULT(second.save(tabs({typed("http://second")})));
        QCOMPARE(urlsOf(DraftFiles(m_config).load().drafts), Texts());
        QVERIFY(isThere("drafts-2.json"));
    }
    // The first is still there: who comes now is the second.
    QCOMPARE(urlsOf(DraftFiles(m_config).load().drafts), Texts({"http://second"}));
}

void TestDraftFiles::takesOverFromAKilledProcess()
{
    std::optional<DraftFiles> first(std::in_place, m_config);
    first->load();
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        DraftFiles second(m_config);
        second.load();
        const bool isSaved = second.save(tabs({typed("http://killed")})).has_value();
        ::raise(isSaved ? SIGKILL : SIGABRT);
        ::_exit(3);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    QVERIFY(isThere("drafts-2.json"));
    first.reset();
    QCOMPARE(urlsOf(DraftFiles(m_config).load().drafts), Texts({"http://killed"}));
}

void TestDraftFiles::hasATabOnce()
{
    const Draft twice = typed("http://twice");
    QVERIFY_RESULT(saveDrafts(
        m_config, tabs({twice, typed("http://saved", "a.yml", false), typed("http://one", "b.yml")})));
    QVERIFY_RESULT(saveDrafts(m_config,
                              tabs({twice, typed("http://edited", "a.yml"),
                                    typed("http://saved", "b.yml", false), typed("http://other", "b.yml")}),
                              2));
    QCOMPARE(urlsOf(DraftFiles(m_config).load().drafts),
             Texts({"http://twice", "http://edited", "http://one", "http://other"}));
}

/// There is one login pane, so it waits for the next window that is the second.
void TestDraftFiles::leavesASecondLogin()
{
    QVERIFY_RESULT(saveDrafts(m_config, tabs({}, "http://first/login")));
    QVERIFY_RESULT(saveDrafts(m_config, tabs({typed("http://second")}, "http://second/login"), 2));
    DraftFiles first(m_config);
    const Drafts one = first.load().drafts;
    QCOMPARE(one.login.url, std::string("http://first/login"));
    QCOMPARE(urlsOf(one), Texts({"http://second"}));
    const Drafts two = DraftFiles(m_config).load().drafts;
    QCOMPARE(two.login.url, std::string("http://second/login"));
    QCOMPARE(urlsOf(two), Texts());
}

void TestDraftFiles::leavesASecondEditOfAnEnvironment()
{
    QVERIFY_RESULT(saveEnvironmentDrafts(m_config, {environment("a.yml", "first")}));
    QVERIFY_RESULT(
        saveEnvironmentDrafts(m_config, {environment("a.yml", "second"), environment("b.yml", "second")}, 2));
    DraftFiles first(m_config);
    const auto one = first.load().environments;
    QCOMPARE(one.size(), std::size_t{2});
    QCOMPARE(one[0].environment.variables.at(0).value, std::string("first"));
    QCOMPARE(one[1].environment.path, std::string("b.yml"));
    const auto two = DraftFiles(m_config).load().environments;
    QCOMPARE(two.size(), std::size_t{1});
    QCOMPARE(two[0].environment.variables.at(0).value, std::string("second"));
}

void TestDraftFiles::keepsOthersUntilItsOwnAreWritten()
{
    QVERIFY_RESULT(saveDrafts(m_config, tabs({typed("http://second")}), 2));
    DraftFiles files(m_config);
    DraftFiles::Kept kept;
    {
        const FullDisk full;
        kept = files.load();
    }
    QCOMPARE(kept.problems.size(), std::size_t{2}); // the environments are not written either
    QCOMPARE(urlsOf(kept.drafts), Texts({"http://second"}));
    QVERIFY(isThere("drafts-2.json"));
    QCOMPARE(urlsOf(DraftFiles(m_config).load().drafts), Texts()); // held: no other takes it over, too
    QVERIFY_RESULT(files.save(kept.drafts));
    QVERIFY(!isThere("drafts-2.json"));
    QCOMPARE(urlsOf(loadDrafts(m_config).value_or(Drafts())), Texts({"http://second"}));
}

void TestDraftFiles::leavesWhatItCannotRead()
{
    QVERIFY_RESULT(writeFileAtomically(m_config + "/drafts-2.json", "{\"tabs\": ", Privacy::OwnerOnly));
    QVERIFY_RESULT(writeFileAtomically(m_config + "/drafts-2.broken.json", "x", Privacy::OwnerOnly));
    QVERIFY_RESULT(writeFileAtomically(m_config + "/drafts-02.json", "x", Privacy::OwnerOnly));
    const DraftFiles::Kept kept = DraftFiles(m_config).load();
    QCOMPARE(kept.problems.size(), std::size_t{1});
    QCOMPARE(kept.problems[0].kind, ErrorKind::Malformed);
    QCOMPARE(readFile(m_config + "/drafts-2.broken-2.json", 100).value_or(""), std::string("{\"tabs\": "));
    QCOMPARE(readFile(m_config + "/drafts-2.broken.json", 100).value_or(""), std::string("x"));
    QCOMPARE(readFile(m_config + "/drafts-02.json", 100).value_or(""), std::string("x"));
}

/// As with one window: a folder in the lock's place is a lock that nobody can have.
void TestDraftFiles::worksWithoutLocks()
{
    QVERIFY_RESULT(makeDirectories(m_config + "/drafts.lock", Privacy::OwnerOnly));
    QVERIFY_RESULT(saveDrafts(m_config, tabs({typed("http://first")})));
    DraftFiles files(m_config);
    QCOMPARE(urlsOf(files.load().drafts), Texts({"http://first"}));
    QVERIFY_RESULT(files.save(tabs({typed("http://typed")})));
    QCOMPARE(urlsOf(loadDrafts(m_config).value_or(Drafts())), Texts({"http://typed"}));
}

void TestDraftFiles::putBack() const
{
    for (const QFileInfo& left : QDir(m_folder->path()).entryInfoList(QDir::Files | QDir::Hidden))
        QVERIFY(QFile::remove(left.filePath()));
    QVERIFY_RESULT(saveDrafts(m_config, tabs({typed("http://one")}, "http://one/login")));
    QVERIFY_RESULT(saveDrafts(m_config, tabs({typed("http://two")}, "http://two/login"), 2));
    QVERIFY_RESULT(saveDrafts(m_config, tabs({typed("http://three")}), 3));
    QVERIFY_RESULT(saveEnvironmentDrafts(m_config, {environment("a.yml", "two")}, 2));
}

void TestDraftFiles::startOnce() const
{
    beTraced();
    DraftFiles files(m_config);
    const DraftFiles::Kept kept = files.load();
    ::_exit(kept.problems.empty() && kept.drafts.tabs.size() == 3 ? 0 : 3);
}

void TestDraftFiles::killedAtEverySystemCallOfAStart()
{
    int between = 0; // ours are written, another's are still there
    End end = End::Killed;
    for (int calls = 0; end == End::Killed && calls < most; ++calls) {
        putBack();
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0)
            startOnce();
        end = killAfter(child, calls);
        if (end == End::Untraceable)
            QSKIP("no process can be traced here");
        QVERIFY2(end != End::Failed, "the start failed");
        const std::string moment = "killed behind system call " + std::to_string(calls);
        const auto own = loadDrafts(m_config);
        QVERIFY2(own, moment.c_str());
        between += own->tabs.size() == 3 && isThere("drafts-3.json") ? 1 : 0;
        DraftFiles first(m_config);
        const DraftFiles::Kept kept = first.load();
        QVERIFY2(kept.problems.empty(), moment.c_str());
        QVERIFY2(urlsOf(kept.drafts) == Texts({"http://one", "http://two", "http://three"}), moment.c_str());
        QVERIFY2(kept.environments == std::vector{environment("a.yml", "two")}, moment.c_str());
        QVERIFY2(kept.drafts.login.url == "http://one/login", moment.c_str());
        QVERIFY2(DraftFiles(m_config).load().drafts.login.url == "http://two/login", moment.c_str());
    }
    QCOMPARE(int(end), int(End::Through));
    QVERIFY(between > 1);
}

QTEST_GUILESS_MAIN(TestDraftFiles)
#include "tst_draftfiles.moc"
