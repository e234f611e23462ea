// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Edits of the tree and saved requests lie on one stack a collection: taken back and done again to the byte,
// and what cannot be taken back any more says why.

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <sys/resource.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <store/files.h>
#include <support/result.h>
#include <workbench/edits.h>
#include <workbench/workbench.h>

using namespace claimcheck;
using namespace claimcheck::workbench;

namespace {

namespace fs = std::filesystem;

std::string request(const char* name, const char* url)
{
    return std::string("info:\n  name: ") + name +
           "\n  type: http\n  seq: 1\n\nhttp:\n  method: GET\n  url: " + url + "\n";
}

} // namespace

class TestEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup()
    {
        m_edits.reset();
        m_workbench.reset();
    }

    void everythingIsTakenBackInTurn();
    void aSaveIsTakenBack();
    void aNewRequestIsTakenBack();
    void whatIsPrivateStaysSo();
    void aSaveThatChangesNothingIsNoCommand();
    void commandsAreNamed();
    void anEditForgetsWhatCouldBeDoneAgain();
    void whatOthersChangedStaysOut();
    void whatFailsForTheMomentStays();
    void eachCollectionHasItsOwn();
    void movesComeBeforeTheNewTree();
    void theStackIsBounded();
    void aRefusedEditShowsTheTreeAsItIs();
    void tellsOnlyOfWhatItWrote();
    void nothingWithoutACollection();

private:
    Edits& edits() { return *m_edits; }
    /// QVERIFY_RESULT looks twice at what it is given.
    static void must(const Edits::Done& done) { QVERIFY_RESULT(done); }
    std::string path(const std::string& relative) const { return m_root + "/" + relative; }
    void write(const std::string& relative, const std::string& text)
    {
        fs::create_directories(fs::path(path(relative)).parent_path());
        QVERIFY_RESULT(store::writeFileAtomically(path(relative), text, store::Privacy::Shared));
    }
    std::map<std::string, std::string> bytes() const
    {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(m_root)) {
            std::ifstream file(entry.path(), std::ios::binary);
            std::string& text = all[entry.path().string()];
            if (entry.is_regular_file())
                text.assign(std::istreambuf_iterator<char>(file), {});
        }
        return all;
    }
    collection::Item item(const std::string& relative) const
    {
        const collection::Item* found = collection::findItem(*m_workbench->collection(), relative);
        return found ? *found : collection::Item();
    }
    std::string save(collection::Item item, const std::string& url)
    {
        item.entry.url = url;
        return m_edits->saveItem("", item).value_or("not saved");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_root;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<Edits> m_edits;
};

void TestEdits::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = toUtf8(m_folder->path()) + "/api";
    m_workbench = std::make_unique<Workbench>();
    m_edits = std::make_unique<Edits>(*m_workbench);
    QVERIFY_RESULT(m_workbench->createCollection(m_root, "API"));
    write("orders/list.yml", request("List", "x"));
    write("orders/add.yml", request("Add", "x"));
    write("ping.yml", request("Ping", "x"));
    QVERIFY_RESULT(m_workbench->openCollection(m_root));
    edits().setTrash(toUtf8(m_folder->path()) + "/trash");
}

void TestEdits::everythingIsTakenBackInTurn()
{
    std::vector<std::map<std::string, std::string>> states{bytes()};
    const auto keep = [&](const Edits::Done& done) {
        QVERIFY_RESULT(done);
        states.push_back(bytes());
    };
    keep(edits().rename("ping.yml", "Pong"));
    QCOMPARE(save(item("pong.yml"), "changed"), std::string("pong.yml"));
    states.push_back(bytes());
    keep(edits().newFolder("orders", "Old"));
    keep(edits().move({"pong.yml", "orders/add.yml"}, {"orders/old", ""}));
    keep(edits().duplicate({"orders/old"}));
    keep(edits().remove({"orders/list.yml", "orders/old"}));
    keep(edits().rename("orders", "Bills"));
    for (std::size_t i = states.size() - 1; i > 0; --i) {
        must(edits().undo());
        QVERIFY2(bytes() == states[i - 1], std::to_string(i).c_str());
    }
    QVERIFY(edits().undoable() == nullptr);
    QVERIFY(!edits().undo());
    for (std::size_t i = 1; i < states.size(); ++i) {
        must(edits().redo());
        QVERIFY2(bytes() == states[i], std::to_string(i).c_str());
    }
    QVERIFY(!edits().redo());
    QCOMPARE(item("bills/old-copy/pong.yml").entry.url, std::string("changed"));
}

void TestEdits::aSaveIsTakenBack()
{
    const std::string before = bytes()[path("ping.yml")];
    save(item("ping.yml"), "changed");
    QVERIFY(bytes()[path("ping.yml")] != before);
    const auto undone = edits().undo();
    QVERIFY_RESULT(undone);
    QCOMPARE(*undone, std::vector<std::string>{"ping.yml"});
    QCOMPARE(bytes()[path("ping.yml")], before);
    QCOMPARE(item("ping.yml").entry.url, std::string("x"));
}

void TestEdits::aNewRequestIsTakenBack()
{
    const auto before = bytes();
    collection::Item fresh;
    fresh.entry.name = "New one";
    QCOMPARE(save(fresh, "x"), std::string("new-one.yml"));
    const auto after = bytes();
    must(edits().undo());
    QVERIFY(bytes() == before);
    must(edits().redo());
    QVERIFY(bytes() == after);
}

/// A request with a secret in it is its owner's alone, also when it is made anew by doing its save again.
void TestEdits::whatIsPrivateStaysSo()
{
    collection::Item item;
    item.entry.name = "Pay";
    item.entry.url = "x";
    item.entry.headers = {{"X-Api-Key", "7f3c9a51d2e84b60c1"}};
    QVERIFY(!edits().saveItem("", item)); // it is a secret
    const auto saved = edits().saveItem("", item, store::FoundSecrets::Write);
    QCOMPARE(saved.value_or("not saved"), std::string("pay.yml"));
    const auto mode = [this] { return fs::status(path("pay.yml")).permissions() & fs::perms::all; };
    const auto ownersAlone = fs::perms::owner_read | fs::perms::owner_write;
    QCOMPARE(mode(), ownersAlone);
    must(edits().duplicate({"pay.yml"}));
    QCOMPARE(fs::status(path("pay-copy.yml")).permissions() & fs::perms::all, ownersAlone);
    must(edits().undo());
    must(edits().undo());
    QVERIFY(!fs::exists(path("pay.yml")));
    must(edits().redo());
    QCOMPARE(mode(), ownersAlone);
}

void TestEdits::aSaveThatChangesNothingIsNoCommand()
{
    save(item("ping.yml"), "x");
    QVERIFY(edits().undoable() == nullptr);
    must(edits().rename("ping.yml", "Ping"));
    QVERIFY(edits().undoable() == nullptr);
}

void TestEdits::commandsAreNamed()
{
    must(edits().rename("orders", "Bills"));
    QCOMPARE(edits().undoable()->edit, Edit::Rename);
    QCOMPARE(edits().undoable()->name, std::string("orders"));
    must(edits().remove({"bills", "bills/list.yml"}));
    QCOMPARE(edits().undoable()->name, std::string("Bills"));
    QCOMPARE(edits().undoable()->count, std::size_t{1});
    must(edits().undo());
    QCOMPARE(edits().redoable()->edit, Edit::Delete);
    must(edits().remove({"bills/list.yml", "ping.yml"}));
    QCOMPARE(edits().undoable()->count, std::size_t{2});
    must(edits().newFolder("", "New"));
    QCOMPARE(edits().undoable()->name, std::string("New"));
}

void TestEdits::anEditForgetsWhatCouldBeDoneAgain()
{
    must(edits().rename("ping.yml", "Pong"));
    must(edits().undo());
    QVERIFY(edits().redoable() != nullptr);
    save(item("ping.yml"), "changed");
    QVERIFY(edits().redoable() == nullptr);
}

void TestEdits::whatOthersChangedStaysOut()
{
    must(edits().rename("orders/add.yml", "More"));
    save(item("ping.yml"), "mine");
    write("ping.yml", request("Ping", "theirs"));
    const auto undone = edits().undo();
    QVERIFY(!undone);
    QVERIFY2(undone.error().why.find("changed by another program") != std::string::npos,
             describe(undone.error()).c_str());
    QCOMPARE(bytes()[path("ping.yml")], request("Ping", "theirs"));
    QCOMPARE(item("ping.yml").entry.url, std::string("theirs")); // and the tree shows it
    QVERIFY(edits().redoable() == nullptr);
    QCOMPARE(edits().undoable()->edit, Edit::Rename); // the one before can still be taken back
    must(edits().undo());
}

void TestEdits::whatFailsForTheMomentStays()
{
    save(item("ping.yml"), "changed");
    const auto after = bytes();
    struct rlimit before = {};
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before);
    const struct rlimit none = {0, before.rlim_max}; // what a full disk looks like to a program
    ::setrlimit(RLIMIT_FSIZE, &none);
    const auto full = edits().undo();
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!full);
    QVERIFY(bytes() == after);
    must(edits().undo());
    QCOMPARE(item("ping.yml").entry.url, std::string("x"));
}

void TestEdits::eachCollectionHasItsOwn()
{
    must(edits().rename("ping.yml", "Pong"));
    QVERIFY_RESULT(m_workbench->createCollection(toUtf8(m_folder->path()) + "/other", "Other"));
    QVERIFY(edits().undoable() == nullptr);
    QVERIFY_RESULT(m_workbench->openCollection(m_root));
    must(edits().undo());
    QVERIFY(!item("ping.yml").path.empty());
}

void TestEdits::movesComeBeforeTheNewTree()
{
    std::vector<std::string> order;
    connect(&edits(), &Edits::moved, this, [&](const store::Moves& moves) {
        order.push_back(store::moved(moves, "orders/list.yml") + store::moved(moves, "bills/list.yml"));
    });
    connect(m_workbench.get(), &Workbench::collectionChanged, this, [&] { order.emplace_back("tree"); });
    must(edits().rename("orders", "Bills"));
    must(edits().undo());
    QCOMPARE(order, (std::vector<std::string>{"bills/list.ymlbills/list.yml", "tree",
                                              "orders/list.ymlorders/list.yml", "tree"}));
}

void TestEdits::theStackIsBounded()
{
    const auto refused = [](const char* name, const std::string& text) {
        store::Change change; // nobody has written such a file: it cannot be taken back
        change.steps.push_back({store::Step::Kind::Rewrite, "/none/none", {}, std::nullopt, text, {}});
        return Command{Edit::Save, name, 1, change};
    };
    UndoStack stack;
    for (int i = 0; i < 150; ++i)
        stack.push(refused(std::to_string(i).c_str(), "x"));
    int left = 0;
    for (; stack.undoable() != nullptr && stack.undoable()->name != "50"; ++left)
        static_cast<void>(stack.undo()); // refused, and so dropped
    QCOMPARE(left, 99);
    const std::string large(40u * 1024u * 1024u, 'x');
    UndoStack heavy;
    for (const char* name : {"a", "b"})
        heavy.push(refused(name, large));
    QCOMPARE(heavy.undoable()->name, std::string("b"));
    static_cast<void>(heavy.undo());
    QVERIFY(heavy.undoable() == nullptr);
}

void TestEdits::aRefusedEditShowsTheTreeAsItIs()
{
    write("ping.yml", request("Theirs", "x"));
    const auto before = bytes();
    QVERIFY(!edits().rename("ping.yml", "Mine"));
    QVERIFY(bytes() == before);
    QCOMPARE(item("ping.yml").entry.name, std::string("Theirs"));
    must(edits().rename("ping.yml", "Mine"));
}

void TestEdits::tellsOnlyOfWhatItWrote()
{
    QSignalSpy edited(m_edits.get(), &Edits::edited);
    write("theirs.yml", request("Theirs", "x"));
    QVERIFY(m_workbench->openCollection(m_root));
    QCOMPARE(edited.size(), 0);
    must(edits().rename("ping.yml", "Pong"));
    QCOMPARE(edited.size(), 1);
    write("theirs.yml", request("Theirs", "changed"));
    QVERIFY(!edits().rename("theirs.yml", "Ours"));
    QCOMPARE(edited.size(), 1);
    save(item("pong.yml"), "changed");
    QCOMPARE(edited.size(), 2);
    save(item("pong.yml"), "changed"); // it says so already
    QCOMPARE(edited.size(), 2);
    must(edits().undo());
    QCOMPARE(edited.size(), 3);
    must(edits().redo());
    QCOMPARE(edited.size(), 4);
    QVERIFY(!edits().redo());
    QCOMPARE(edited.size(), 4);
}

void TestEdits::nothingWithoutACollection()
{
    Workbench empty;
    Edits none(empty);
    QVERIFY(!none.rename("a", "b"));
    QVERIFY(!none.undo());
    QVERIFY(!none.saveItem("", {}));
    QVERIFY(none.undoable() == nullptr);
}

QTEST_GUILESS_MAIN(TestEdits)
#include "tst_edits.moc"
