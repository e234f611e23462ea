// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What .claimcheck says of a request or a folder goes where that goes, comes back with it, and is never lost
// in silence: no request goes out without a rule that was there before.

#include "treefolder.h"

#include <store/identities.h>

using namespace claimcheck;
using namespace claimcheck::store;
using test::TreeFolder;

namespace {

namespace fs = std::filesystem;

/// A file of ours with ORDERS wherever it names the folder "orders".
std::string withFolder(std::string text, const std::string& folder)
{
    const std::string mark = "ORDERS";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + folder.size()))
        text.replace(at, mark.size(), folder);
    return text;
}

/// From `first` to the end of `last`, which stands behind it.
std::string without(std::string text, const std::string& first, const std::string& last)
{
    const std::size_t begin = text.find(first);
    return text.erase(begin,
                      text.find(last, begin + (last.empty() ? first.size() : 0)) + last.size() - begin);
}

const char* const connections = "connections:\n"
                                "  - {path: \"\", proxy: none}\n"
                                "  - path: ORDERS   # by hand\n"
                                "    verifyTls: false\n"
                                "    caFile: ORDERS/keys/ca.pem\n"
                                "  - path: \"ORDERS\"\n"
                                "    minimumTls: \"1.3\"\n"
                                "  - {path: ORDERS/list.yml, httpVersion: \"1.1\"}\n"
                                "  - {path: orders-x, proxy: orders/none}\n";

const char* const sessions =
    "minted:\n"
    "  - path: ORDERS\n"
    "    algorithm: HS256\n"
    "    key: \"{{secret}}\"\n"
    "    claims: orders/list\n"
    "  - {path: ORDERS/get.yml, algorithm: ES256, keyFile: ORDERS/keys/dev.pem}\n"
    "sessions:\n"
    "  orders:\n"
    "    request: {file: ORDERS/list.yml, refresh: ORDERS/get.yml, tokenAt: orders}\n"
    "  service:\n"
    "    oauth2:\n"
    "      grant: client-credentials\n"
    "      issuer: https://id.example\n"
    "      clientId: orders\n"
    "      clientKeyFile: ORDERS/keys/app.pem\n"
    "      parameters: {path: orders, file: orders/list}\n";

const char* const checks = "requests:\n"
                           "  ORDERS/list.yml:\n"
                           "    assertions:\n"
                           "      - {expression: res.body.path, operator: eq, value: orders/1}\n"
                           "    schema: {file: ORDERS/schemas/list.json}\n"
                           "  ping.yml:\n"
                           "    schema: {file: schemas/orders.json}\n";

const char* const matrix = "requests:\n"
                           "  ORDERS/list.yml:   # all of them\n"
                           "    expect: {anonymous: deny 401, orders: allow}\n"
                           "    canary: orders\n"
                           "    objects:\n"
                           "      variable: orders\n"
                           "      ids: {orders: orders/1}\n"
                           "  ping.yml:\n"
                           "    expect: {anonymous: allow}\n";

const char* const keys = "keys:\n"
                         "  orders: {file: ORDERS/keys/server.pem}\n"
                         "  other: {issuer: \"https://id.example/orders\"}\n";

collection::ConnectionRule connectionOf(const TreeFolder& api, const std::string& path)
{
    const collection::Collection collection = api.open();
    const collection::Item* const item = collection::findItem(collection, path);
    return item != nullptr ? collection::connectionFor(collection, *item) : collection::ConnectionRule();
}

void refuses(const TreeFolder& api, const Result<Change>& planned, const std::string& why)
{
    QVERIFY(!planned);
    QCOMPARE(planned.error().kind, ErrorKind::Refused);
    QVERIFY2(planned.error().why.find(why) != std::string::npos, describe(planned.error()).c_str());
    QVERIFY(api.bytes().count("orders/list.yml") == 1);
}

void addFiles()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("text");
    QTest::newRow("connections") << std::string(".claimcheck/connections.yaml") << std::string(connections);
    QTest::newRow("sessions") << std::string(".claimcheck/sessions.yaml") << std::string(sessions);
    QTest::newRow("checks") << std::string(".claimcheck/checks.yaml") << std::string(checks);
    QTest::newRow("matrix") << std::string(".claimcheck/matrix.yaml") << std::string(matrix);
    QTest::newRow("keys") << std::string(".claimcheck/keys.yaml") << std::string(keys);
}

} // namespace

class TestTreeReferences : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void renamedAndMovedFoldersTakeThemAlong_data();
    void renamedAndMovedFoldersTakeThemAlong();
    void renamedAndMovedRequestsTakeThemAlong_data();
    void renamedAndMovedRequestsTakeThemAlong();
    void whatIsDeletedTakesThemAlong_data();
    void whatIsDeletedTakesThemAlong();
    void whatGetsTheNameOfADeletedOneHasNone();
    void aFileOfNoRulesGoes();
    void rulesInADeletedFolderGoAsTheyAre();
    void whatOthersReferToIsNotTakenOut();
    void copiesHaveNoneOfTheirOwn();
    void requestsAreSentAsBefore();
    void otherSpellingsOfAPathGoAlong();
    void aliasesCountAsWhatTheyStandFor();
    void linksInTheCollectionAreFollowed();
    void theFolderOfThemMayBeALink();
    void linksOutOfTheCollectionAreNot();
    void noRuleIsLeftBehindInABrokenFile_data();
    void noRuleIsLeftBehindInABrokenFile();
    void whatIsLeftOverTakesNoRulesPlace();
    void whatIsLeftOverIsNoBarToNames();
};

void TestTreeReferences::renamedAndMovedFoldersTakeThemAlong_data()
{
    addFiles();
}

void TestTreeReferences::renamedAndMovedFoldersTakeThemAlong()
{
    QFETCH(const std::string, file);
    QFETCH(const std::string, text);
    TreeFolder api;
    api.write(file, withFolder(text, "orders"));
    QVERIFY2(!api.open().problem, "the rules themselves are in order");
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text(file), withFolder(text, "bills"));
    APPLY_AND_BACK(api, moveItems(api.open(), {"bills"}, {"users", ""}));
    QCOMPARE(api.text(file), withFolder(text, "users/bills"));
    // A folder around it.
    APPLY_AND_BACK(api, renameItem(api.open(), "users", "People"));
    QCOMPARE(api.text(file), withFolder(text, "people/bills"));
    QVERIFY2(!api.open().problem, "and still are");
}

void TestTreeReferences::renamedAndMovedRequestsTakeThemAlong_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("text"); // with ORDERS for the request itself
    QTest::newRow("connections") << std::string(".claimcheck/connections.yaml")
                                 << std::string("connections:\n  - {path: ORDERS, verifyTls: true}\n"
                                                "  - {path: orders, verifyTls: false}\n");
    QTest::newRow("sessions") << std::string(".claimcheck/sessions.yaml")
                              << std::string(
                                     "minted:\n  - {path: ORDERS, algorithm: HS256, key: a}\n"
                                     "sessions:\n  a:\n    request: {file: ORDERS, refresh: ORDERS}\n");
    QTest::newRow("checks") << std::string(".claimcheck/checks.yaml")
                            << std::string("requests:\n  ORDERS:\n    schema: {file: a.json}\n");
    QTest::newRow("matrix") << std::string(".claimcheck/matrix.yaml")
                            << std::string("requests:\n  ORDERS:\n    expect: {alice: allow}\n");
}

void TestTreeReferences::renamedAndMovedRequestsTakeThemAlong()
{
    QFETCH(const std::string, file);
    QFETCH(const std::string, text);
    TreeFolder api;
    api.write(file, withFolder(text, "orders/list.yml"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/list.yml", "All"));
    QCOMPARE(api.text(file), withFolder(text, "orders/all.yml"));
    APPLY_AND_BACK(api, moveItems(api.open(), {"orders/all.yml"}, {"users", ""}));
    QCOMPARE(api.text(file), withFolder(text, "users/all.yml"));
}

void TestTreeReferences::whatIsDeletedTakesThemAlong_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("withoutRequest");
    QTest::addColumn<std::string>("withoutFolder");
    const std::string ofRequest = "  - {path: ORDERS/list.yml, httpVersion: \"1.1\"}\n";
    QTest::newRow("connections") << std::string(".claimcheck/connections.yaml") << std::string(connections)
                                 << without(connections, ofRequest, "")
                                 << without(connections, "  - path: ORDERS   # by hand", ofRequest);
    QTest::newRow("sessions") << std::string(".claimcheck/sessions.yaml") << std::string(sessions)
                              << std::string(sessions)
                              << without(sessions, "minted:", "keyFile: ORDERS/keys/dev.pem}\n");
    const std::string checked = without(checks, "  ORDERS/list.yml", "list.json}\n");
    QTest::newRow("checks") << std::string(".claimcheck/checks.yaml") << std::string(checks) << checked
                            << checked;
    const std::string expected = without(matrix, "  ORDERS/list.yml", "orders/1}\n");
    QTest::newRow("matrix") << std::string(".claimcheck/matrix.yaml") << std::string(matrix) << expected
                            << expected;
    QTest::newRow("keys") << std::string(".claimcheck/keys.yaml") << std::string(keys) << std::string(keys)
                          << std::string(keys);
}

/// And comes back with them.
void TestTreeReferences::whatIsDeletedTakesThemAlong()
{
    QFETCH(const std::string, file);
    QFETCH(const std::string, text);
    QFETCH(const std::string, withoutRequest);
    QFETCH(const std::string, withoutFolder);
    TreeFolder api;
    api.write(file, withFolder(text, "orders"));
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"orders/list.yml"}));
    QCOMPARE(api.text(file), withFolder(withoutRequest, "orders"));
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"orders"}));
    QCOMPARE(api.text(file), withFolder(withoutFolder, "orders"));
    QVERIFY2(!api.open().problem, "what is left is in order");
}

void TestTreeReferences::whatGetsTheNameOfADeletedOneHasNone()
{
    TreeFolder api;
    api.write(".claimcheck/connections.yaml",
              "# ours\nconnections:\n  - {path: ./orders/, verifyTls: false}\n");
    api.write(".claimcheck/sessions.yaml",
              "minted: [{path: orders/list.yml, algorithm: HS256, key: a}, "
              "{path: ping.yml, algorithm: HS256, key: a}, {path: users, algorithm: HS256, key: b}]\n");
    const std::string request = api.text("orders/list.yml");
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"orders", "ping.yml"}));
    api.write("orders/list.yml", request);
    QVERIFY(!connectionOf(api, "orders/list.yml").verify);
    const collection::Collection after = api.open();
    QVERIFY(!after.problem);
    QCOMPARE(after.minted.size(), std::size_t{1});
    QCOMPARE(after.minted.front().path, std::string("users"));
    QCOMPARE(api.text(".claimcheck/connections.yaml"), std::string("# ours\n"));
}

void TestTreeReferences::aFileOfNoRulesGoes()
{
    const std::string rules = "connections:\n  - {path: orders, verifyTls: false}\n";
    TreeFolder api;
    api.write(".claimcheck/connections.yaml", rules);
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"orders"}));
    QCOMPARE(api.bytes().count(".claimcheck/connections.yaml"), std::size_t{0});
    // A link that leads nowhere would be one that cannot be read.
    TreeFolder other;
    other.write("shared/rules.yaml", rules);
    fs::create_symlink("../shared/rules.yaml", other.path(".claimcheck/connections.yaml"));
    APPLY_AND_BACK(other, deleteItems(other.open(), other.trash, {"orders"}));
    QCOMPARE(other.text("shared/rules.yaml"), std::string());
    QVERIFY(!other.open().problem);
}

void TestTreeReferences::rulesInADeletedFolderGoAsTheyAre()
{
    TreeFolder api;
    api.write("shared/rules.yaml", "connections:\n  - {path: shared, verifyTls: false}\n");
    fs::create_symlink("../shared/rules.yaml", api.path(".claimcheck/connections.yaml"));
    APPLY_AND_BACK(api, deleteItems(api.open(), api.trash, {"shared"}));
    QVERIFY(api.open().problem); // nothing is sent
}

void TestTreeReferences::whatOthersReferToIsNotTakenOut()
{
    TreeFolder api;
    for (const char* text :
         {"connections:\n  - {path: &name orders, proxy: none}\n  - {path: users, proxy: *name}\n",
          "rules: &rules\n  - {path: orders, proxy: none}\n  - {path: users, proxy: none}\n"
          "connections: *rules\n"}) {
        api.write(".claimcheck/connections.yaml", text);
        refuses(api, deleteItems(api.open(), api.trash, {"orders"}), "cannot be taken out alone");
        QCOMPARE(api.text(".claimcheck/connections.yaml"), std::string(text));
        // Of others, nothing is to be taken out.
        const auto planned = deleteItems(api.open(), api.trash, {"ping.yml"});
        QVERIFY_RESULT(planned);
        QCOMPARE(planned->steps.size(), std::size_t{1});
    }
}

void TestTreeReferences::copiesHaveNoneOfTheirOwn()
{
    TreeFolder api;
    const std::string written = withFolder(connections, "orders");
    api.write(".claimcheck/connections.yaml", written);
    APPLY_AND_BACK(api, duplicateItems(api.open(), api.trash, {"orders"}));
    QCOMPARE(api.text(".claimcheck/connections.yaml"), written);
    QVERIFY(!connectionOf(api, "orders-copy/list.yml").verify);
    // What is said of the folder around it counts for a copy, too.
    APPLY_AND_BACK(api, duplicateItems(api.open(), api.trash, {"orders/list.yml"}));
    QCOMPARE(connectionOf(api, "orders/list-copy.yml").verify, std::optional(false));
    QVERIFY(!connectionOf(api, "orders/list-copy.yml").version);
}

void TestTreeReferences::requestsAreSentAsBefore()
{
    TreeFolder api;
    api.write(".claimcheck/connections.yaml", withFolder(connections, "orders"));
    api.write(".claimcheck/sessions.yaml", withFolder(sessions, "orders"));
    const collection::ConnectionRule before = connectionOf(api, "orders/list.yml");
    QCOMPARE(before.verify, std::optional(false));
    QCOMPARE(before.caFile, std::string("orders/keys/ca.pem"));
    const auto change = renameItem(api.open(), "orders", "Bills");
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(apply(*change));
    collection::ConnectionRule after = connectionOf(api, "bills/list.yml");
    QCOMPARE(after.caFile, std::string("bills/keys/ca.pem"));
    after.caFile = before.caFile;
    QVERIFY(after == before);
    const collection::Collection renamed = api.open();
    const collection::Item* const get = collection::findItem(renamed, "bills/get.yml");
    QVERIFY(get != nullptr);
    const collection::MintedToken* const token = collection::mintedFor(renamed, *get);
    QVERIFY(token != nullptr);
    QCOMPARE(token->algorithm, std::string("ES256"));
    QCOMPARE(token->keyFile, std::string("bills/keys/dev.pem"));
    QVERIFY_RESULT(apply(inverse(*change)));
    QVERIFY(connectionOf(api, "orders/list.yml") == before);
}

void TestTreeReferences::otherSpellingsOfAPathGoAlong()
{
    TreeFolder api;
    api.write(".claimcheck/connections.yaml", "connections:\n"
                                              "  - {path: ./orders/, verifyTls: false}\n"
                                              "  - path: \"./orders/list.yml\"\n"
                                              "    minimumTls: \"1.3\"\n"
                                              "  - {path: ./users/, proxy: none}\n");
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text(".claimcheck/connections.yaml"), std::string("connections:\n"
                                                                   "  - {path: bills, verifyTls: false}\n"
                                                                   "  - path: \"bills/list.yml\"\n"
                                                                   "    minimumTls: \"1.3\"\n"
                                                                   "  - {path: ./users/, proxy: none}\n"));
    QCOMPARE(connectionOf(api, "bills/list.yml").verify, std::optional(false));
}

void TestTreeReferences::aliasesCountAsWhatTheyStandFor()
{
    for (const char* text : {"shared: &rules\n  - {path: orders, verifyTls: false}\nconnections: *rules\n",
                             "name: &name orders\nconnections:\n  - path: *name\n    verifyTls: false\n",
                             "rule: &rule {path: orders, verifyTls: false}\nconnections:\n  - *rule\n"}) {
        TreeFolder api;
        api.write(".claimcheck/connections.yaml", text);
        QCOMPARE(connectionOf(api, "orders/list.yml").verify, std::optional(false));
        APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
        QCOMPARE(connectionOf(api, "bills/list.yml").verify, std::optional(false));
    }
    // Where one cannot be changed without the other, nothing is.
    TreeFolder api;
    api.write(".claimcheck/connections.yaml", "connections:\n  - path: &name orders\n    proxy: none\n"
                                              "  - path: *name\n    verifyTls: false\n");
    refuses(api, renameItem(api.open(), "orders", "Bills"), "by an alias");
}

void TestTreeReferences::linksInTheCollectionAreFollowed()
{
    TreeFolder api;
    api.write("shared/rules.yaml", withFolder(connections, "orders"));
    fs::create_symlink("../shared/rules.yaml", api.path(".claimcheck/connections.yaml"));
    QCOMPARE(connectionOf(api, "orders/list.yml").verify, std::optional(false)); // they count
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text("shared/rules.yaml"), withFolder(connections, "bills"));
    QCOMPARE(api.text(".claimcheck/connections.yaml"), std::string("link to ../shared/rules.yaml"));
}

/// Where such a link leads nowhere afterwards, nothing is sent; without its rules it would be.
void TestTreeReferences::theFolderOfThemMayBeALink()
{
    TreeFolder api;
    fs::remove_all(api.path(".claimcheck"));
    api.write("shared/rules/connections.yaml", withFolder(connections, "orders"));
    fs::create_directory_symlink("shared/rules", api.path(".claimcheck"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text("shared/rules/connections.yaml"), withFolder(connections, "bills"));
    QCOMPARE(connectionOf(api, "bills/list.yml").verify, std::optional(false));
    QVERIFY(!api.open().problem);
    APPLY_AND_BACK(api, renameItem(api.open(), "shared", "Ours"));
    QVERIFY(api.open().problem);
    QVERIFY(!readIdentities(api.root));
}

void TestTreeReferences::linksOutOfTheCollectionAreNot()
{
    TreeFolder api;
    const std::string outside = toUtf8(api.parent()) + "/outside.yaml";
    const std::string theirs = withFolder(connections, "orders");
    QVERIFY_RESULT(writeFileAtomically(outside, theirs, Privacy::Shared));
    fs::create_symlink(outside, api.path(".claimcheck/connections.yaml"));
    QVERIFY(api.open().problem); // nothing is sent
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    const auto after = readFile(outside, 10'000);
    QVERIFY_RESULT(after);
    QCOMPARE(*after, theirs);
}

void TestTreeReferences::noRuleIsLeftBehindInABrokenFile_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("text");
    QTest::newRow("connections") << std::string(".claimcheck/connections.yaml")
                                 << std::string("connections:\n  - {path: orders, proxy: [\n");
    QTest::newRow("sessions") << std::string(".claimcheck/sessions.yaml")
                              << std::string("minted:\n  - {path: orders, key: [\n");
}

void TestTreeReferences::noRuleIsLeftBehindInABrokenFile()
{
    QFETCH(const std::string, file);
    QFETCH(const std::string, text);
    TreeFolder api;
    api.write(file, text);
    QVERIFY(api.open().problem); // nothing is sent until it is mended
    refuses(api, renameItem(api.open(), "orders", "Bills"), file);
    refuses(api, moveItems(api.open(), {"orders"}, {"users", ""}), file);
    refuses(api, deleteItems(api.open(), api.trash, {"orders"}), file);
    // What it does not name may have another name.
    APPLY_AND_BACK(api, renameItem(api.open(), "users", "People"));
    QCOMPARE(api.text(file), text);
}

void TestTreeReferences::whatIsLeftOverTakesNoRulesPlace()
{
    TreeFolder api;
    for (const char* left : {"bills", "bills/list.yml"}) {
        api.write(".claimcheck/connections.yaml",
                  "connections:\n  - {path: " + std::string(left) +
                      ", verifyTls: false}\n  - {path: orders, verifyTls: true}\n");
        refuses(api, renameItem(api.open(), "orders", "Bills"), "an entry for " + std::string(left));
    }
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bill")); // nothing is said of that
    QCOMPARE(connectionOf(api, "bill/list.yml").verify, std::optional(true));
    // Two of one name would be a file that cannot be read.
    TreeFolder other;
    other.write(".claimcheck/checks.yaml", "requests:\n  orders/gone.yml:\n    schema: {file: a.json}\n"
                                           "  orders/list.yml:\n    schema: {file: b.json}\n");
    refuses(other, renameItem(other.open(), "orders/list.yml", "Gone"), "an entry for orders/gone.yml");
}

/// A request that takes the place of one that was deleted: who signs in by that name does it by the new one.
void TestTreeReferences::whatIsLeftOverIsNoBarToNames()
{
    TreeFolder api;
    api.write(".claimcheck/connections.yaml", "connections:\n  - {path: orders/gone.yml, verifyTls: true}\n");
    api.write(".claimcheck/sessions.yaml", "sessions:\n  a:\n    request: {file: orders/gone.yml}\n"
                                           "  b:\n    request: {file: orders/list.yml}\n");
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/list.yml", "Gone"));
    const auto identities = readIdentities(api.root);
    QVERIFY_RESULT(identities);
    QCOMPARE(identities->size(), std::size_t{2});
    for (const collection::Identity& each : *identities)
        QCOMPARE(each.request->file, std::string("orders/gone.yml"));
}

QTEST_GUILESS_MAIN(TestTreeReferences)
#include "tst_treereferences.moc"
