// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an item inherits from its folders and its collection.

#include <collection/collection.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::collection;

namespace {

Item itemAt(const std::string& path)
{
    Item item;
    item.path = path;
    return item;
}

/// root ─ top.yml, a ─ one.yml, a/b ─ two.yml; "ab" is a neighbour with a name that begins alike.
Collection sample()
{
    Folder inner;
    inner.path = "a/b";
    inner.name = "inner";
    inner.headers = {{"X-Inner", "1"}, {"X-Both", "inner"}};
    inner.variables = {{"v", "inner"}};
    inner.items = {itemAt("a/b/two.yml")};
    Folder outer;
    outer.path = "a";
    outer.name = "outer";
    outer.auth = AuthMode::SessionRaw;
    outer.headers = {{"X-Both", "outer"}, {"X-Off", "", false}};
    outer.variables = {{"v", "outer"}};
    outer.folders = {inner};
    outer.items = {itemAt("a/one.yml")};
    Folder alike;
    alike.path = "ab";
    alike.auth = AuthMode::None;
    alike.keptAuth = "oauth2";
    alike.items = {itemAt("ab/three.yml")};
    Collection collection;
    collection.variables = {{"v", "collection"}};
    collection.headers = {{"x-both", "collection"}, {"X-All", "yes"}};
    collection.root.auth = AuthMode::SessionBearer;
    collection.root.folders = {outer, alike};
    collection.root.items = {itemAt("top.yml")};
    collection.environments = {{"environments/local.yml", "local", {{"v", "environment"}}, {}, {}}};
    return collection;
}

} // namespace

class TestTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsItems();
    void inheritsAuth_data();
    void inheritsAuth();
    void ordersScopes();
    void theLastVariableOfOneNameCounts();
    void inheritsHeaders();
    void inheritsWhatItCannotDo();
    void environmentsThatExtendEachOtherCountOnce();
    void aLongCircleOfEnvironmentsIsNamedInPart();
    void environmentsThatCannotBeUsed();
};

void TestTree::findsItems()
{
    const Collection collection = sample();
    QCOMPARE(findItem(collection, "a/b/two.yml")->path, std::string("a/b/two.yml"));
    QVERIFY(!findItem(collection, "a/b"));
    QVERIFY(!findItem(collection, ""));
}

void TestTree::inheritsAuth_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("own");
    QTest::addColumn<int>("expected");
    const auto row = [](const char* path, AuthMode own, AuthMode expected) {
        QTest::addRow("%s %d", path, static_cast<int>(own))
            << QByteArray(path) << static_cast<int>(own) << static_cast<int>(expected);
    };
    row("top.yml", AuthMode::Inherit, AuthMode::SessionBearer);
    row("top.yml", AuthMode::None, AuthMode::None);
    row("a/one.yml", AuthMode::Inherit, AuthMode::SessionRaw);
    row("a/b/two.yml", AuthMode::Inherit, AuthMode::SessionRaw);
    row("ab/three.yml", AuthMode::Inherit, AuthMode::None);
    row("", AuthMode::Inherit, AuthMode::SessionBearer);
}

void TestTree::inheritsAuth()
{
    QFETCH(QByteArray, path);
    QFETCH(int, own);
    QFETCH(int, expected);
    Item item = itemAt(path.toStdString());
    item.entry.auth = static_cast<AuthMode>(own);
    QCOMPARE(static_cast<int>(effectiveAuth(sample(), item)), expected);
    QCOMPARE(effectiveAuth(Collection{}, itemAt("x.yml")), AuthMode::None);
}

void TestTree::ordersScopes()
{
    Item item = itemAt("a/b/two.yml");
    item.entry.variables = {{"own", "1"}};
    std::vector<std::string> names;
    for (const variables::Scope& scope : scopesOf(sample(), item, "local"))
        names.push_back(scope.name);
    QCOMPARE(names, (std::vector<std::string>{"the request", "folder inner", "folder outer",
                                              "environment local", "the collection"}));
    QCOMPARE(variables::lookUp(scopesOf(sample(), itemAt("top.yml"), "local"), "v").value_or(""),
             std::string("environment"));
    QCOMPARE(variables::lookUp(scopesOf(sample(), itemAt("top.yml"), "gone"), "v").value_or(""),
             std::string("collection"));
}

/// As `bru run` takes them, in every scope.
void TestTree::theLastVariableOfOneNameCounts()
{
    const std::vector<variables::Variable> twice{{"v", "first"}, {"v", "last"}, {"v", "off", false}};
    Collection collection;
    collection.variables = twice;
    collection.environments.resize(1);
    collection.environments[0].name = "local";
    const auto valueOf = [&collection](const Item& item) {
        return variables::lookUp(scopesOf(collection, item, "local"), "v").value_or("");
    };
    QCOMPARE(valueOf(itemAt("a.yml")), std::string("last"));
    collection.variables = {{"v", "collection"}};
    collection.environments[0].variables = twice;
    QCOMPARE(valueOf(itemAt("a.yml")), std::string("last"));
    collection.environments[0].variables = {{"v", "environment"}};
    Item item = itemAt("a.yml");
    item.entry.variables = twice;
    QCOMPARE(valueOf(item), std::string("last"));
}

void TestTree::inheritsHeaders()
{
    Item item = itemAt("a/b/two.yml");
    item.entry.headers = {{"X-Inner", "own"}, {"X-Both", "off", false}};
    const std::vector<Field> expected{
        {"X-Inner", "own"}, {"X-Both", "off", false}, {"X-Both", "inner"}, {"X-All", "yes"}};
    QCOMPARE(withInherited(sample(), item).headers, expected);
}

void TestTree::inheritsWhatItCannotDo()
{
    QCOMPARE(withInherited(sample(), itemAt("ab/three.yml")).kept.auth, std::string("oauth2"));
    QVERIFY(!buildRequest(withInherited(sample(), itemAt("ab/three.yml")), {}));
    Item own = itemAt("ab/three.yml");
    own.entry.auth = AuthMode::SessionRaw;
    QVERIFY_RESULT(buildRequest(withInherited(sample(), own), {}));
}

void TestTree::environmentsThatExtendEachOtherCountOnce()
{
    Collection circle;
    circle.environments.resize(2);
    circle.environments[0].name = circle.environments[1].extended = "local";
    circle.environments[1].name = circle.environments[0].extended = "base";
    const auto chain = withExtended(circle, "base");
    QCOMPARE(chain.size(), std::size_t(2));
    QCOMPARE(chain.front()->name, std::string("base"));
    QCOMPARE(chain.back()->name, std::string("local"));
    QVERIFY(withExtended(circle, "nope").empty());
}

void TestTree::aLongCircleOfEnvironmentsIsNamedInPart()
{
    Collection collection;
    collection.environments.resize(500);
    for (std::size_t i = 0; i < 500; ++i) {
        collection.environments[i].name = "e" + std::to_string(i);
        collection.environments[i].extended = "e" + std::to_string((i + 1) % 500);
    }
    const auto usable = checkEnvironment(collection, "e0");
    QVERIFY(!usable);
    QCOMPARE(usable.error().why, std::string("its extends leads back to itself: e0 → e1 → e2 → e3 → e4 → e5 "
                                             "→ e6 → e7 → … → e0"));
}

void TestTree::environmentsThatCannotBeUsed()
{
    Collection collection;
    collection.environments.resize(3);
    collection.environments[0].name = collection.environments[1].extended = "base";
    collection.environments[1].name = collection.environments[2].extended = "local";
    collection.environments[2].name = "mine";
    for (const char* name : {"", "base", "local", "mine"})
        QVERIFY_RESULT(checkEnvironment(collection, name));
    const auto problemOf = [&collection](const std::string& name) {
        const auto usable = checkEnvironment(collection, name);
        return usable ? std::string() : describe(usable.error());
    };
    QCOMPARE(problemOf("nope"),
             std::string("cannot use the environment nope: the collection has none of this "
                         "name (use one of: base, local, mine)"));
    collection.environments[0].extended = "local";
    collection.environments[0].path = "environments/base.yml";
    QCOMPARE(problemOf("local"),
             std::string("cannot use the environment local: its extends leads back to itself: local → base → "
                         "local (take extends out of environments/base.yml)"));
    QVERIFY(problemOf("mine").find("cannot use the environment mine: its extends leads back to itself: local "
                                   "→ base → local") == 0);
    collection.environments[0].extended = "base";
    QVERIFY(problemOf("base").find("base → base (") != std::string::npos);
    collection.environments[0].extended = "bse";
    collection.environments[0].path = "environments/base.yml";
    QCOMPARE(problemOf("base"),
             std::string("cannot use the environment base: it extends bse, which the "
                         "collection does not have (correct extends in environments/base.yml)"));
    QVERIFY(problemOf("mine").find("base extends bse") != std::string::npos);
    collection.environments[0].problem =
        Error{ErrorKind::Malformed, "cannot read base.yml", "it is odd", "mend it", {}};
    QVERIFY(problemOf("mine").find("it is odd") != std::string::npos);
    QVERIFY(!problemOf("base").empty());
}

QTEST_GUILESS_MAIN(TestTree)
#include "tst_tree.moc"
