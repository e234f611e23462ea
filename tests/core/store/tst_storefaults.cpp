// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes wrong on a disk: each says what happened and what to do, nothing is lost, and time and memory
// stay within bounds.

#include "folder.h"

#include <csignal>
#include <filesystem>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <store/reading.h>
#include <store/settings.h>
#include <support/largecollection.h>
#include <support/processortime.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Collection;
using collection::Item;

namespace {

namespace fs = std::filesystem;

/// The most that this process may write into one file, while it lives: a disk that is full.
class SmallFiles
{
public:
    explicit SmallFiles(rlim_t bytes)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    SmallFiles(const SmallFiles&) = delete;
    SmallFiles& operator=(const SmallFiles&) = delete;

private:
    rlimit m_before = {};
};

QStringList namesIn(const std::string& folder)
{
    return QDir(toQString(folder))
        .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}

/// Runs it as somebody whom modes bind, and gives what it gives (0 to 255).
template <typename Work>
int asNobody(Work work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const bool isRoot = ::getuid() == 0;
        ::_exit(isRoot && ::setuid(65534) != 0 ? 255 : work());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/// MB
double peakMemory()
{
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1000;
}

} // namespace

class TestStoreFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<CollectionFolder>(); }
    void aFullDisk();
    void aFullFileSystem();
    void aFolderThatMayNotBeChanged();
    void aFileThatMayNotBeRead();
    void fiftyMegabytes();
    void manyLargeFiles();
    void tenThousandInOneFolder();
    void moreFilesThanAnybodyHas();
    void aFolderDeletedMeanwhile();

private:
    Item longerItem() const
    {
        Item item = *collection::findItem(m_folder->open(), "a.yml");
        item.entry.docs = std::string(8192, 'x');
        return item;
    }

    std::unique_ptr<CollectionFolder> m_folder;
};

void TestStoreFaults::aFullDisk()
{
    m_folder->write("a.yml", requestText("a", "1"));
    const Collection read = m_folder->open();
    const QStringList before = namesIn(m_folder->root);
    const Item item = longerItem();
    Item added = item;
    added.path.clear();
    Drafts drafts;
    drafts.tabs.emplace_back();
    drafts.tabs[0].entry = item.entry;
    const std::string config = m_folder->path("../config");
    QVERIFY_RESULT(saveDrafts(config, {}));
    {
        const SmallFiles full(1024);
        const auto saved = saveEntry(read, {}, item);
        QCOMPARE(saved.error().what, "cannot write " + m_folder->path("a.yml"));
        QVERIFY2(saved.error().fix.find("free") != std::string::npos, saved.error().fix.c_str());
        QVERIFY(!saveEntry(read, {}, added));
        QVERIFY(!saveDrafts(config, drafts));
    }
    QCOMPARE(readFile(m_folder->path("a.yml"), 1000).value_or(""), requestText("a", "1"));
    QCOMPARE(namesIn(m_folder->root), before);
    QVERIFY(loadDrafts(config)->tabs.empty());
    QVERIFY_RESULT(saveEntry(read, {}, item)); // there is room again
}

/// The same on a file system of its own, where that can be made.
void TestStoreFaults::aFullFileSystem()
{
    const std::string small = m_folder->path("small");
    fs::create_directory(small);
    if (::mount("tmpfs", small.c_str(), "tmpfs", 0, "size=64k") != 0)
        QSKIP("no file system can be mounted here");
    const auto unmount = qScopeGuard([&] { ::umount2(small.c_str(), MNT_DETACH); });
    m_folder->write("small/a.yml", requestText("a", "1"));
    QFile filler(toQString(small + "/filler"));
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (filler.write(QByteArray(1024, 'x')) > 0) {
    }
    const Collection read = m_folder->open();
    Item item = *collection::findItem(read, "small/a.yml");
    item.entry.docs = std::string(8192, 'x');
    const auto saved = saveEntry(read, {}, item);
    QCOMPARE(saved.error().why, std::string("No space left on device"));
    QVERIFY2(saved.error().fix.find("free") != std::string::npos, saved.error().fix.c_str());
    QCOMPARE(readFile(small + "/a.yml", 1000).value_or(""), requestText("a", "1"));
    QCOMPARE(namesIn(small), QStringList({QStringLiteral("a.yml"), QStringLiteral("filler")}));
}

void TestStoreFaults::aFolderThatMayNotBeChanged()
{
    m_folder->write("a.yml", requestText("a", "1"));
    const Collection read = m_folder->open();
    const Item item = longerItem();
    fs::permissions(fs::path(m_folder->root).parent_path(), fs::perms(0755));
    fs::permissions(m_folder->root, fs::perms(0555));
    const int told = asNobody([&] {
        const auto saved = saveEntry(read, {}, item);
        const auto opened = openCollection(m_folder->root);
        if (saved || !opened || opened->root.items.size() != 1)
            return 1;
        return saved.error().why == "Permission denied" && saved.error().fix.find("mode") != std::string::npos
                   ? 0
                   : 2;
    });
    fs::permissions(m_folder->root, fs::perms(0755));
    QCOMPARE(told, 0);
    QCOMPARE(readFile(m_folder->path("a.yml"), 1000).value_or(""), requestText("a", "1"));
}

void TestStoreFaults::aFileThatMayNotBeRead()
{
    m_folder->write("a.yml", requestText("a", "1"));
    m_folder->write("b.yml", requestText("b", "2"));
    fs::permissions(fs::path(m_folder->root).parent_path(), fs::perms(0755));
    fs::permissions(m_folder->path("a.yml"), fs::perms(0));
    const int told = asNobody([&] {
        const auto opened = openCollection(m_folder->root);
        const Item* item = opened ? collection::findItem(*opened, "a.yml") : nullptr;
        const Item* other = opened ? collection::findItem(*opened, "b.yml") : nullptr;
        if (!item || !item->problem || !other || other->problem)
            return 1;
        return item->problem->why == "Permission denied" ? 0 : 2;
    });
    QCOMPARE(told, 0);
}

/// It is not even read; the others are.
void TestStoreFaults::fiftyMegabytes()
{
    m_folder->write("a.yml", requestText("a", "1"));
    QFile large(toQString(m_folder->path("large.yml")));
    QVERIFY(large.open(QIODevice::WriteOnly));
    const QByteArray megabyte = QByteArray("docs: 0123456789\n").repeated(62'500);
    for (int i = 0; i < 50; ++i)
        QVERIFY(large.write(megabyte) > 0);
    large.close();
    const double memory = peakMemory();
    const double time = processorSeconds();
    const Collection read = m_folder->open();
    QVERIFY(processorSeconds() - time < 1);
    QVERIFY(peakMemory() - memory < 20);
    QVERIFY(!collection::findItem(read, "a.yml")->problem);
    const Item* item = collection::findItem(read, "large.yml");
    QCOMPARE(item->problem->kind, ErrorKind::TooLarge);
    QCOMPARE(item->problem->what, std::string("cannot read large.yml"));
    QVERIFY(!item->problem->fix.empty());
    QVERIFY(!saveEntry(read, {}, *item));
    QCOMPARE(large.size(), megabyte.size() * 50);
}

/// Each is below the limit: one after another is held, not all of them at once.
void TestStoreFaults::manyLargeFiles()
{
    const std::string text = requestText("a", "1") + "docs: |\n" + std::string(4'000'000, ' ') + "\n# \x01\n";
    for (int i = 0; i < 12; ++i)
        m_folder->write("n" + std::to_string(i) + ".yml", text);
    const Collection read = m_folder->open();
    QCOMPARE(read.root.items.size(), std::size_t{12});
    for (const Item& item : read.root.items)
        QVERIFY(item.problem->why.find("control character") != std::string::npos);
}

/// Small ones: it is the folder that is large.
void TestStoreFaults::tenThousandInOneFolder()
{
    fs::create_directory(m_folder->path("many"));
    QFile file;
    for (int number = 1; number <= 10'000; ++number) {
        const std::string text = "info: {type: http, name: r, seq: " + std::to_string(number) + "}\n";
        file.setFileName(toQString(m_folder->path("many/r-" + std::to_string(number) + ".yml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(text));
        file.close();
    }
    const Collection read = m_folder->open();
    const collection::Folder& folder = read.root.folders.at(0);
    QCOMPARE(folder.items.size(), std::size_t{10'000});
    QCOMPARE(folder.items[9'999].path, std::string("many/r-10000.yml"));
    // A new request finds a name and a place among them, a known one is saved.
    QCOMPARE(saveEntry(read, "many", newItem("R 77")).value_or("error"), std::string("many/r-77-2.yml"));
    Item item = folder.items[5'000];
    item.entry.docs = "y";
    QVERIFY_RESULT(saveEntry(read, {}, item));
}

void TestStoreFaults::moreFilesThanAnybodyHas()
{
    writeLargeCollection(m_folder->path("../large"), 40);
    StoreLimits limits;
    limits.files = 30;
    const auto read = openCollection(m_folder->path("../large"), limits);
    QCOMPARE(read.error().kind, ErrorKind::TooLarge);
    QVERIFY(read.error().why.find("more than 30 files") != std::string::npos);
    QVERIFY(!read.error().fix.empty());
}

void TestStoreFaults::aFolderDeletedMeanwhile()
{
    m_folder->write("inner/a.yml", requestText("a", "1"));
    const Collection read = m_folder->open();
    Item item = *collection::findItem(read, "inner/a.yml");
    item.entry.url = "y";
    fs::remove_all(m_folder->path("inner"));
    const auto saved = saveEntry(read, {}, item);
    QCOMPARE(saved.error().why, std::string("the file is gone"));
    QCOMPARE(saved.error().fix, std::string("save it as a new one"));
    QVERIFY(!fs::exists(m_folder->path("inner")));
    fs::remove_all(m_folder->root);
    const auto opened = openCollection(m_folder->root);
    QCOMPARE(opened.error().kind, ErrorKind::Unreadable);
    QVERIFY(!saveEntry(read, {}, newItem("b")));
    QVERIFY(!fs::exists(m_folder->root));
}

QTEST_GUILESS_MAIN(TestStoreFaults)
#include "tst_storefaults.moc"
