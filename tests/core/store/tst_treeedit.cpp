// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// New folders, names and places in the tree: only `name` and `seq` change in files, names stay unique, and
// every edit can be taken back to the byte.

#include "treefolder.h"

using namespace claimcheck;
using namespace claimcheck::store;
using test::Paths;
using test::TreeFolder;

class TestTreeEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesFolders();
    void newNamesChangeTheirLineOnly();
    void namesStayUnique();
    void aNameThatGivesTheSameFileMovesNothing();
    void foldersAreRenamed();
    void foldersWithoutAFileGetOne();
    void entriesByPathGoAlong();
    void brokenFilesAreMovedAndNeverRewritten();
    void requestsChangeTheirPlace_data();
    void requestsChangeTheirPlace();
    void foldersChangeTheirPlace();
    void intoAnotherFolder();
    void fewFilesAreWritten();
    void nothingIsEverOverwritten();
    void aFolderDoesNotGoIntoItself();
    void whatOthersChangedIsRefused();
    void whatFailsHalfWayIsTakenBack();
    void linksAreNotFollowed();
    void theFilesOfAFolderItselfStay();
    void namesMustBeText();
};

void TestTreeEdit::makesFolders()
{
    TreeFolder api;
    APPLY_AND_BACK(api, newFolder(api.open(), api.trash, "", "Orders!"));
    QCOMPARE(api.text("orders-2/folder.yml"),
             std::string("info:\n  name: Orders!\n  type: folder\n  seq: 3\n"));
    APPLY_AND_BACK(api, newFolder(api.open(), api.trash, "orders", "Environments"));
    QVERIFY(api.bytes().count("orders/environments/folder.yml") == 1);
    APPLY_AND_BACK(api, newFolder(api.open(), api.trash, "", "Environments"));
    QVERIFY(api.bytes().count("environments-2/folder.yml") == 1);
    // Behind the others, whatever its name.
    const Paths tree = api.tree();
    QVERIFY(std::find(tree.begin(), tree.end(), "environments-2/") >
            std::find(tree.begin(), tree.end(), "users/"));
    APPLY_AND_BACK(api, newFolder(api.open(), api.trash, "", "A"));
    QCOMPARE(api.open().root.folders.back().name, std::string("A"));
}

void TestTreeEdit::newNamesChangeTheirLineOnly()
{
    TreeFolder api;
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/get.yml", "Fetch: one"));
    QVERIFY(api.bytes().count("orders/get.yml") == 0);
    std::string expected = "# by hand\r\n" + test::requestText("\"Fetch: one\"   # one", "2");
    QCOMPARE(api.text("orders/fetch-one.yml"), expected);
    const auto change = renameItem(api.open(), "ping.yml", "Ping");
    QVERIFY(change && change->isEmpty());
}

void TestTreeEdit::namesStayUnique()
{
    TreeFolder api;
    api.write("orders/New.yml", test::requestText("New", "9"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/list.yml", "NEW"));
    QVERIFY(api.bytes().count("orders/new-2.yml") == 1);
    QCOMPARE(api.text("orders/New.yml"), test::requestText("New", "9"));
    APPLY_AND_BACK(api, renameItem(api.open(), "users", "Orders"));
    QCOMPARE(api.open().root.folders.back().path, std::string("orders-2"));
}

void TestTreeEdit::aNameThatGivesTheSameFileMovesNothing()
{
    TreeFolder api;
    api.write("orders/list-2.yml", test::requestText("List", "4"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/list-2.yml", "List!"));
    QVERIFY(api.text("orders/list-2.yml").find("name: List!") != std::string::npos);
    APPLY_AND_BACK(api, renameItem(api.open(), "ping.yml", "PING"));
    QVERIFY(api.text("ping.yml").find("name: PING") != std::string::npos);
}

void TestTreeEdit::foldersAreRenamed()
{
    TreeFolder api;
    const auto change = renameItem(api.open(), "orders", "Bills");
    QVERIFY_RESULT(change);
    QCOMPARE(moved(change->moves, "orders/list.yml"), std::string("bills/list.yml"));
    QCOMPARE(moved(change->moves, "orders-2/list.yml"), std::string("orders-2/list.yml"));
    QCOMPARE(moved(inverse(*change).moves, "bills"), std::string("orders"));
    APPLY_AND_BACK(api, Result<Change>(*change));
    QCOMPARE(api.text("bills/folder.yml"), std::string("info:\n  name: Bills # ours\n  type: folder\n"));
    QCOMPARE(api.text("bills/list.yml"), test::requestText("List", "1"));
}

void TestTreeEdit::foldersWithoutAFileGetOne()
{
    TreeFolder api;
    APPLY_AND_BACK(api, renameItem(api.open(), "users", "People & co"));
    QCOMPARE(api.open().root.folders.back().name, std::string("People & co"));
    QVERIFY(api.bytes().count("people-co/folder.yml") == 1);
}

void TestTreeEdit::entriesByPathGoAlong()
{
    TreeFolder api;
    api.write(".claimcheck/broken.yaml", "orders/list.yml: [\n");
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/get.yml", "One: that"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text(".claimcheck/checks.yaml"),
             std::string("# by path\nbills/list.yml:\n  - token.verdict\nping.yml: []\n"
                         "others: [bills/one-that.yml, \"bills/one-that.yml\"] # two\n"));
    QCOMPARE(api.text(".claimcheck/broken.yaml"), std::string("orders/list.yml: [\n"));
}

void TestTreeEdit::brokenFilesAreMovedAndNeverRewritten()
{
    TreeFolder api;
    const std::string broken = api.text("broken.yml");
    APPLY_AND_BACK(api, renameItem(api.open(), "broken.yml", "To mend"));
    QCOMPARE(api.text("to-mend.yml"), broken);
    APPLY_AND_BACK(api, moveItems(api.open(), {"to-mend.yml"}, {"orders", "orders/list.yml"}));
    QCOMPARE(api.text("orders/to-mend.yml"), broken);
    // A folder.yml that does not parse: its folder has no name to change but the one on disk.
    api.write("users/folder.yml", broken);
    APPLY_AND_BACK(api, renameItem(api.open(), "users", "People"));
    QCOMPARE(api.text("people/folder.yml"), broken);
}

void TestTreeEdit::requestsChangeTheirPlace_data()
{
    QTest::addColumn<Paths>("moved");
    QTest::addColumn<std::string>("before");
    QTest::addColumn<Paths>("wanted");
    const Paths all{"orders/list.yml", "orders/get.yml", "orders/add.yml"};
    QTest::newRow("up") << Paths{all[2]} << all[0] << Paths{all[2], all[0], all[1]};
    QTest::newRow("down") << Paths{all[0]} << all[2] << Paths{all[1], all[0], all[2]};
    QTest::newRow("to the end") << Paths{all[0]} << std::string() << Paths{all[1], all[2], all[0]};
    QTest::newRow("two") << Paths{all[1], all[2]} << all[0] << Paths{all[1], all[2], all[0]};
    QTest::newRow("in front of itself") << Paths{all[0], all[1]} << all[1] << all;
}

void TestTreeEdit::requestsChangeTheirPlace()
{
    QFETCH(const Paths, moved);
    QFETCH(const std::string, before);
    QFETCH(const Paths, wanted);
    TreeFolder api;
    const auto was = api.bytes();
    const auto change = moveItems(api.open(), moved, {"orders", before});
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(apply(*change));
    const collection::Collection after = api.open();
    Paths now;
    for (const collection::Item& item : after.root.folders.front().items)
        now.push_back(item.path);
    QCOMPARE(now, wanted);
    // Nothing but numbers has changed.
    for (const auto& [path, text] : api.bytes()) {
        std::string same = text;
        std::string old = was.at(path);
        for (std::string* each : {&same, &old})
            if (const std::size_t at = each->find("seq: "); at != std::string::npos)
                each->erase(at, 6);
        QCOMPARE(same, old);
    }
    QVERIFY_RESULT(apply(inverse(*change)));
    QVERIFY(api.bytes() == was);
}

void TestTreeEdit::foldersChangeTheirPlace()
{
    TreeFolder api;
    APPLY_AND_BACK(api, moveItems(api.open(), {"users"}, {"", "orders"}));
    QCOMPARE(api.tree().front(), std::string("users/"));
    APPLY_AND_BACK(api, moveItems(api.open(), {"users"}, {"orders", ""}));
    QCOMPARE(api.tree()[1], std::string("orders/users/"));
    // In front of a request it is the last folder: folders come first.
    APPLY_AND_BACK(api, moveItems(api.open(), {"orders/users"}, {"", "ping.yml"}));
    QCOMPARE(api.open().root.folders.back().path, std::string("users"));
    // A request in front of a folder is the first request.
    APPLY_AND_BACK(api, moveItems(api.open(), {"orders/add.yml"}, {"", "users"}));
    QCOMPARE(api.open().root.items.front().path, std::string("add.yml"));
}

void TestTreeEdit::intoAnotherFolder()
{
    TreeFolder api;
    api.write("users/list.yml", test::requestText("List", "7"));
    const auto change =
        moveItems(api.open(), {"orders/list.yml", "orders/add.yml"}, {"users", "users/list.yml"});
    QVERIFY_RESULT(change);
    QCOMPARE(moved(change->moves, "orders/list.yml"), std::string("users/list-2.yml"));
    APPLY_AND_BACK(api, Result<Change>(*change));
    const collection::Collection after = api.open();
    Paths now;
    for (const collection::Item& item : after.root.folders.back().items)
        now.push_back(item.path);
    QCOMPARE(now, (Paths{"users/me.yml", "users/list-2.yml", "users/add.yml", "users/list.yml"}));
    QCOMPARE(api.text("users/list.yml"), test::requestText("List", "7"));
    QVERIFY(api.text(".claimcheck/checks.yaml").find("users/list-2.yml:") != std::string::npos);
}

void TestTreeEdit::fewFilesAreWritten()
{
    TreeFolder api;
    for (int i = 10; i < 40; ++i)
        api.write("many/r" + std::to_string(i) + ".yml", test::requestText("R", std::to_string(i * 2)));
    const auto between = moveItems(api.open(), {"many/r39.yml"}, {"many", "many/r20.yml"});
    QVERIFY_RESULT(between);
    QCOMPARE(between->steps.size(), std::size_t{1}); // there is a number free
    QVERIFY_RESULT(apply(*between));
    const auto toTheEnd = moveItems(api.open(), {"many/r10.yml"}, {"many", ""});
    QVERIFY_RESULT(toTheEnd);
    QCOMPARE(toTheEnd->steps.size(), std::size_t{1});
}

void TestTreeEdit::nothingIsEverOverwritten()
{
    TreeFolder api;
    const auto change = renameItem(api.open(), "ping.yml", "Pong");
    QVERIFY_RESULT(change);
    api.write("pong.yml", "somebody was faster");
    const auto before = api.bytes();
    const auto done = apply(*change);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Refused);
    QVERIFY2(done.error().what.find("cannot rename ping.yml") == 0, describe(done.error()).c_str());
    QVERIFY(api.bytes() == before);
}

void TestTreeEdit::aFolderDoesNotGoIntoItself()
{
    TreeFolder api;
    api.write("orders/old/a.yml", test::requestText("A", "1"));
    for (const char* target : {"orders", "orders/old"})
        QVERIFY(!moveItems(api.open(), {"orders"}, {target, ""}));
    QVERIFY(!moveItems(api.open(), {"orders"}, {"gone", ""}));
    QVERIFY(!moveItems(api.open(), {"gone.yml"}, {"orders", ""}));
}

void TestTreeEdit::whatOthersChangedIsRefused()
{
    TreeFolder api;
    const collection::Collection shown = api.open();
    api.write("orders/get.yml", test::requestText("Other", "2"));
    const auto before = api.bytes();
    const auto renamed = renameItem(shown, "orders/get.yml", "Mine");
    QVERIFY(!renamed);
    QCOMPARE(renamed.error().kind, ErrorKind::Refused);
    QVERIFY2(renamed.error().why.find("another program has changed orders/get.yml") == 0,
             describe(renamed.error()).c_str());
    QVERIFY(!moveItems(shown, {"orders/add.yml"}, {"orders", "orders/list.yml"})); // its number would change
    QVERIFY(api.bytes() == before);
    // Between plan and deed, and when it is taken back.
    const auto change = renameItem(api.open(), "ping.yml", "Pong");
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(apply(*change));
    api.write("pong.yml", test::requestText("Theirs", "1"));
    const auto theirs = api.bytes();
    const auto back = apply(inverse(*change));
    QVERIFY(!back);
    QVERIFY2(back.error().why.find("changed by another program") != std::string::npos,
             describe(back.error()).c_str());
    QVERIFY(api.bytes() == theirs);
}

void TestTreeEdit::whatFailsHalfWayIsTakenBack()
{
    TreeFolder api;
    const auto change = renameItem(api.open(), "orders", "Bills");
    QVERIFY_RESULT(change);
    QCOMPARE(change->steps.size(), std::size_t{3}); // folder.yml, the folder, the entries by path
    api.write(".claimcheck/checks.yaml", "orders/list.yml: changed\n");
    const auto before = api.bytes();
    QVERIFY(!apply(*change));
    QVERIFY(api.bytes() == before);
}

void TestTreeEdit::linksAreNotFollowed()
{
    TreeFolder api;
    const std::string outside = toUtf8(api.parent()) + "/outside";
    QDir().mkpath(toQString(outside + "/in"));
    QVERIFY_RESULT(
        writeFileAtomically(outside + "/secret.yml", test::requestText("Secret", "1"), Privacy::Shared));
    std::filesystem::create_symlink(outside + "/secret.yml", api.path("orders/link.yml"));
    std::filesystem::create_symlink(outside, api.path("linked"));
    const auto theirs = test::everything(outside);
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/link.yml", "Mine"));
    QCOMPARE(api.text("orders/mine.yml"), "link to " + outside + "/secret.yml");
    APPLY_AND_BACK(api, moveItems(api.open(), {"linked"}, {"users", ""}));
    QCOMPARE(api.text("users/linked"), "link to " + outside);
    QVERIFY(!newFolder(api.open(), api.trash, "users/linked", "New"));
    QVERIFY(!moveItems(api.open(), {"ping.yml"}, {"users/linked/in", ""}));
    QVERIFY(test::everything(outside) == theirs);
}

void TestTreeEdit::theFilesOfAFolderItselfStay()
{
    TreeFolder api;
    api.write("users/folder.yml", "info: [\n");
    QVERIFY(!renameItem(api.open(), "users/folder.yml", "x"));
    QVERIFY(!deleteItems(api.open(), api.trash, {"users/folder.yml"}));
    QVERIFY(!duplicateItems(api.open(), api.trash, {"opencollection.yml"}));
}

void TestTreeEdit::namesMustBeText()
{
    TreeFolder api;
    for (const char* name : {"", "  ", "\xFF"}) {
        QVERIFY(!renameItem(api.open(), "ping.yml", name));
        QVERIFY(!newFolder(api.open(), api.trash, "", name));
    }
}

QTEST_GUILESS_MAIN(TestTreeEdit)
#include "tst_treeedit.moc"
