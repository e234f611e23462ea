// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection that was made as values comes back from its files as the same values.

#include <base/text.h>
#include <core/store/whole.h>
#include <store/newcollection.h>
#include <store/opencollection.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using collection::AuthMode;

namespace {

collection::Collection wholeCollection()
{
    collection::Collection collection;
    collection.name = "Shop: \"1\"";
    collection.variables = {{"host", "http://127.0.0.1", true, false}};
    collection.root.auth = AuthMode::SessionBearer;
    collection.root.docs = "About it";
    collection::Folder folder;
    folder.name = "Orders";
    folder.sequence = 1;
    folder.auth = AuthMode::None;
    folder.keptAuth = "basic";
    folder.details.credentials = {"basic",
                                  {{"type", "basic"}, {"username", "u"}, {"password", "{{password}}"}}};
    folder.details.scripts = {{"before-request", "// x"}};
    folder.items = {itemWithEverything(), itemWithEverything()};
    folder.items[1].entry.sequence = 2;
    collection.root.folders = {folder};
    collection.environments = {
        {"", "local", {{"a", "1", true, false}, {"password", "hidden", true, true}}, {}, {}}};
    return collection;
}

/// What the reader adds to what was written.
collection::Item asMade(collection::Item item)
{
    item.path.clear();
    item.fingerprint.clear();
    item.entry.kept.others.clear();
    return item;
}

} // namespace

class TestNewCollection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWasMade();
    void namesAreFreeAndSafe();
    void nothingIsWrittenWhereSomethingStands();
};

void TestNewCollection::comesBackAsItWasMade()
{
    QTemporaryDir directory;
    const collection::Collection made = wholeCollection();
    const auto opened = store::writeCollection(made, toUtf8(directory.path()) + "/shop/");
    QVERIFY_RESULT(opened);
    QCOMPARE(opened->name, made.name);
    QCOMPARE(opened->variables, made.variables);
    QCOMPARE(opened->root.auth, AuthMode::SessionBearer);
    QCOMPARE(opened->root.docs, made.root.docs);
    const collection::Folder& folder = opened->root.folders.at(0);
    const collection::Folder& wanted = made.root.folders.at(0);
    QCOMPARE(folder.path, std::string("orders"));
    QCOMPARE(folder.details, wanted.details);
    QCOMPARE(folder.keptAuth, wanted.keptAuth);
    QCOMPARE(folder.items.size(), std::size_t{2});
    for (const collection::Item& item : folder.items)
        QVERIFY2(!item.problem, item.path.c_str());
    QCOMPARE(asMade(folder.items.at(0)).details, wanted.items.at(0).details);
    QCOMPARE(asMade(folder.items.at(0)), asMade(wanted.items.at(0)));
    QCOMPARE(folder.items.at(1).path, std::string("orders/orders-gr-e-2.yml"));
    const collection::Environment& environment = opened->environments.at(0);
    QCOMPARE(environment.variables,
             (std::vector<variables::Variable>{{"a", "1", true, false}, {"password", "", true, true}}));
    QVERIFY(readFile(directory.path() + QStringLiteral("/shop/environments/local.yml")).find("hidden") ==
            std::string::npos);
}

void TestNewCollection::namesAreFreeAndSafe()
{
    collection::Collection collection;
    for (const char* name : {"a", "A", "con", "../b", "environments"}) {
        collection::Folder folder;
        folder.name = name;
        collection.root.folders.push_back(folder);
        collection::Item item;
        item.entry.name = name;
        collection.root.items.push_back(item);
    }
    store::nameFiles(collection);
    std::vector<std::string> paths;
    for (const collection::Folder& folder : collection.root.folders)
        paths.push_back(folder.path);
    for (const collection::Item& item : collection.root.items)
        paths.push_back(item.path);
    QCOMPARE(paths, (std::vector<std::string>{"a", "a-2", "con-request", "b", "environments-2", "a.yml",
                                              "a-2.yml", "con-request.yml", "b.yml", "environments.yml"}));
}

void TestNewCollection::nothingIsWrittenWhereSomethingStands()
{
    QTemporaryDir directory;
    const std::string place = toUtf8(directory.path());
    QVERIFY(QDir(directory.path()).mkdir(QStringLiteral("other")));
    const auto refused = store::writeCollection(wholeCollection(), place);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QCOMPARE(QDir(directory.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("other")});
}

QTEST_GUILESS_MAIN(TestNewCollection)
#include "tst_newcollection.moc"
