// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is duplicated and deleted: whole or not at all, back to the byte, and the trash itself within bounds.

#include "treefolder.h"

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/time.h>
#include <store/transfer.h>

using namespace claimcheck;
using namespace claimcheck::store;
using test::Paths;
using test::TreeFolder;

namespace {

namespace fs = std::filesystem;

/// Where another file system than that of temporary files is, a folder there.
class OtherDisk
{
public:
    OtherDisk()
    {
        struct stat here = {};
        struct stat there = {};
        m_isOther = ::stat("/dev/shm", &there) == 0 && ::stat(toUtf8(QDir::tempPath()).c_str(), &here) == 0 &&
                    here.st_dev != there.st_dev && m_folder.isValid();
    }
    bool isOther() const { return m_isOther; }
    std::string path() const { return toUtf8(m_folder.path()); }

private:
    QTemporaryDir m_folder{QStringLiteral("/dev/shm/claimcheck-XXXXXX")};
    bool m_isOther = false;
};

/// Files of this process can be no larger than that: what a full disk looks like to a program.
class NoRoom
{
public:
    explicit NoRoom(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const struct rlimit limit = {bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~NoRoom() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

private:
    struct rlimit m_before = {};
};

/// A folder that nobody may write into, also where the tests run as root.
class ReadOnly
{
public:
    explicit ReadOnly(std::string path) : m_path(std::move(path))
    {
        ::chmod(m_path.c_str(), 0555);
        if (::geteuid() == 0)
            m_wasRoot = ::seteuid(nobody) == 0;
    }
    ~ReadOnly()
    {
        if (m_wasRoot && ::seteuid(0) != 0)
            qFatal("cannot become root again");
        ::chmod(m_path.c_str(), 0755);
    }
    ReadOnly(const ReadOnly&) = delete;
    ReadOnly& operator=(const ReadOnly&) = delete;

private:
    static constexpr uid_t nobody = 65534;
    std::string m_path;
    bool m_wasRoot = false;
};

void remove(const TreeFolder& api, Trash& trash, const char* path)
{
    const auto change = deleteItems(api.open(), trash, {path});
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(apply(*change));
}

int placesIn(const Trash& trash)
{
    return static_cast<int>(
        QDir(toQString(trash.directory())).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

mode_t modeOf(const std::string& path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 07777u : 0;
}

} // namespace

class TestTreeTrash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestsAreDuplicated();
    void foldersAreDuplicatedWithAllInThem();
    void brokenFilesAreDuplicatedToTheByte();
    void deletedThingsComeBack();
    void foldersComeBackWhole();
    void severalAtOnce();
    void whatOthersChangedIsNotDeleted();
    void aCopyThatOthersChangedIsNotTakenBack();
    void theTrashIsPrivateAndSaysWhereThingsCameFrom();
    void aTrashOnAnotherDisk();
    void aFullDiskLeavesTheOldState();
    void aReadOnlyFolderLeavesTheOldState();
    void theTrashIsSwept();
};

void TestTreeTrash::requestsAreDuplicated()
{
    TreeFolder api;
    APPLY_AND_BACK(api, duplicateItems(api.open(), api.trash, {"orders/get.yml"}));
    QCOMPARE(api.text("orders/get-copy.yml"),
             "# by hand\r\n" + test::requestText("\"Get copy\"   # one", "3"));
    QCOMPARE(api.text("orders/add.yml"), test::requestText("Add", "4"));
    APPLY_AND_BACK(api, duplicateItems(api.open(), api.trash, {"orders/get.yml"}));
    QCOMPARE(api.tree(), (Paths{"orders/", "orders/list.yml", "orders/get.yml", "orders/get-copy-2.yml",
                                "orders/get-copy.yml", "orders/add.yml", "users/", "users/me.yml", "ping.yml",
                                "broken.yml"}));
    QCOMPARE(collection::findItem(api.open(), "orders/get-copy-2.yml")->entry.name,
             std::string("Get copy 2"));
}

void TestTreeTrash::foldersAreDuplicatedWithAllInThem()
{
    TreeFolder api;
    api.write("orders/old/a.yml", test::requestText("A", "1"));
    api.write("orders/body.bin", std::string("\0\1\2", 3));
    APPLY_AND_BACK(api, duplicateItems(api.open(), api.trash, {"orders", "orders/list.yml"}));
    QCOMPARE(api.text("orders-copy/folder.yml").substr(0, 38),
             std::string("info:\n  name: Orders copy # ours\n  typ"));
    for (const char* path : {"list.yml", "get.yml", "old/a.yml", "body.bin"})
        QCOMPARE(api.text(std::string("orders-copy/") + path), api.text(std::string("orders/") + path));
    const Paths tree = api.tree();
    QVERIFY(std::find(tree.begin(), tree.end(), "orders-copy/") <
            std::find(tree.begin(), tree.end(), "users/"));
}

void TestTreeTrash::brokenFilesAreDuplicatedToTheByte()
{
    TreeFolder api;
    APPLY_AND_BACK(api, duplicateItems(api.open(), api.trash, {"broken.yml"}));
    QCOMPARE(api.text("broken-copy.yml"), api.text("broken.yml"));
}

void TestTreeTrash::deletedThingsComeBack()
{
    TreeFolder api;
    ::chmod(api.path("orders/get.yml").c_str(), 0640);
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"orders/get.yml"}));
    QVERIFY(api.bytes().count("orders/get.yml") == 0);
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"broken.yml"}));
    TreeFolder other;
    ::chmod(other.path("orders/get.yml").c_str(), 0640);
    const auto change = deleteItems(other.open(), other.trash, {"orders/get.yml"});
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(apply(*change));
    QVERIFY_RESULT(apply(inverse(*change)));
    QCOMPARE(modeOf(other.path("orders/get.yml")), mode_t{0640});
}

void TestTreeTrash::foldersComeBackWhole()
{
    TreeFolder api;
    api.write("orders/.hidden", "kept");
    api.write("orders/empty/x", "");
    fs::create_symlink("list.yml", api.path("orders/again.yml"));
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"orders"}));
    QCOMPARE(api.tree().front(), std::string("users/"));
}

void TestTreeTrash::severalAtOnce()
{
    TreeFolder api;
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"orders/list.yml", "orders", "ping.yml"}));
    QCOMPARE(api.tree(), (Paths{"users/", "users/me.yml", "broken.yml"}));
}

void TestTreeTrash::whatOthersChangedIsNotDeleted()
{
    TreeFolder api;
    const collection::Collection shown = api.open();
    api.write("orders/get.yml", test::requestText("Other", "2"));
    for (const char* path : {"orders/get.yml", "orders"}) {
        const auto change = deleteItems(shown, api.trash, {path});
        QVERIFY(!change);
        QVERIFY2(change.error().why.find("has changed orders/get.yml") != std::string::npos,
                 describe(change.error()).c_str());
    }
    api.write("users/new.yml", test::requestText("New", "2"));
    const auto change = deleteItems(shown, api.trash, {"users"});
    QVERIFY(!change);
    QVERIFY2(change.error().why.find("has added users/new.yml") != std::string::npos,
             describe(change.error()).c_str());
    // Between plan and deed.
    const auto planned = deleteItems(api.open(), api.trash, {"orders"});
    QVERIFY_RESULT(planned);
    api.write("orders/list.yml", test::requestText("Late", "1"));
    const auto before = api.bytes();
    QVERIFY(!apply(*planned));
    QVERIFY(api.bytes() == before);
}

void TestTreeTrash::aCopyThatOthersChangedIsNotTakenBack()
{
    TreeFolder api;
    const auto change = duplicateItems(api.open(), api.trash, {"orders"});
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(apply(*change));
    api.write("orders-copy/theirs.yml", test::requestText("Theirs", "9"));
    const auto before = api.bytes();
    QVERIFY(!apply(inverse(*change)));
    QVERIFY(api.bytes() == before);
}

void TestTreeTrash::theTrashIsPrivateAndSaysWhereThingsCameFrom()
{
    TreeFolder api;
    const auto change = deleteItems(api.open(), api.trash, {"orders/get.yml"});
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(apply(*change));
    QCOMPARE(modeOf(api.trash.directory()), mode_t{0700});
    const std::string lies = change->steps.front().other;
    QVERIFY(lies.starts_with(api.trash.directory() + "/") && lies.ends_with("/files/get.yml"));
    const std::string place = lies.substr(0, lies.size() - std::string("/files/get.yml").size());
    QCOMPARE(modeOf(place), mode_t{0700});
    const auto origin = readFile(place + "/origin.json", 10'000);
    QVERIFY_RESULT(origin);
    QVERIFY(origin->find("\"orders/get.yml\"") != std::string::npos);
    QVERIFY(origin->find(api.root) != std::string::npos);
}

void TestTreeTrash::aTrashOnAnotherDisk()
{
    const OtherDisk disk;
    if (!disk.isOther())
        QSKIP("there is no second file system to write to");
    TreeFolder api;
    Trash trash(disk.path() + "/trash");
    fs::create_symlink("list.yml", api.path("orders/again.yml"));
    APPLY_AND_BACK(api, deleteItems(api.open(), trash, {"orders"}));
    APPLY_AND_BACK(api, deleteItems(api.open(), trash, {"ping.yml"}));
    APPLY_AND_BACK(api, duplicateItems(api.open(), trash, {"users"}));
    APPLY_AND_BACK(api, newFolder(api.open(), trash, "users", "New"));
}

void TestTreeTrash::aFullDiskLeavesTheOldState()
{
    TreeFolder api;
    api.write("orders/large.yml", test::requestText("Large", "4") + std::string(100'000, '#') + "\n");
    const auto before = api.bytes();
    {
        const NoRoom full(50'000);
        const auto copied = duplicateItems(api.open(), api.trash, {"orders"});
        QVERIFY(!copied);
        QVERIFY2(copied.error().fix.find("make room on the disk") == 0, describe(copied.error()).c_str());
        const auto renamed = renameItem(api.open(), "orders/large.yml", "Small");
        QVERIFY_RESULT(renamed);
        QVERIFY(!apply(*renamed));
    }
    QVERIFY(api.bytes() == before);
    const OtherDisk disk;
    if (!disk.isOther())
        return;
    Trash trash(disk.path() + "/trash");
    const auto change = deleteItems(api.open(), trash, {"orders"});
    QVERIFY_RESULT(change);
    {
        const NoRoom full(50'000);
        const auto done = apply(*change);
        QVERIFY(!done);
        QVERIFY2(done.error().fix.find("make room on the disk") == 0, describe(done.error()).c_str());
    }
    QVERIFY(api.bytes() == before);
    QVERIFY(!fs::exists(change->steps.front().other));
}

void TestTreeTrash::aReadOnlyFolderLeavesTheOldState()
{
    TreeFolder api;
    for (const fs::path& path : {fs::path(toUtf8(api.parent())), fs::path(api.root)})
        ::chmod(path.c_str(), 0755);
    const auto before = api.bytes();
    const auto deleted = deleteItems(api.open(), api.trash, {"orders/list.yml"});
    const auto renamed = renameItem(api.open(), "orders/list.yml", "New");
    QVERIFY_RESULT(deleted);
    QVERIFY_RESULT(renamed);
    for (const Change& change : {*deleted, *renamed}) {
        const ReadOnly folder(api.path("orders"));
        const auto done = apply(change);
        QVERIFY(!done);
        QVERIFY2(done.error().fix.find("owner") != std::string::npos, describe(done.error()).c_str());
    }
    QVERIFY(api.bytes() == before);
}

void TestTreeTrash::theTrashIsSwept()
{
    TreeFolder api;
    for (const char* path : {"ping.yml", "orders", "users"}) {
        Trash earlier(api.trash.directory()); // of a program that has ended
        remove(api, earlier, path);
    }
    remove(api, api.trash, "broken.yml");
    QCOMPARE(placesIn(api.trash), 4);
    const Instant now = currentTime();
    api.trash.sweep(now);
    QCOMPARE(placesIn(api.trash), 4);
    api.trash.sweep(now, {std::chrono::hours(1), 400});
    QVERIFY2(placesIn(api.trash) > 1 && placesIn(api.trash) < 4, "the oldest go where the size is passed");
    api.trash.sweep(now + std::chrono::hours(31 * 24));
    QCOMPARE(placesIn(api.trash), 1); // what this one deleted can still be undone
    Trash later(api.trash.directory());
    later.sweep(now + std::chrono::hours(31 * 24));
    QCOMPARE(placesIn(later), 0);
    Trash(api.trash.directory() + "/none").sweep(now); // nothing there, nothing to do
}

QTEST_GUILESS_MAIN(TestTreeTrash)
#include "tst_treetrash.moc"
