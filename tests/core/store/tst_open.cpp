// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening real folders: what is a collection, what cannot be read, links, order.

#include "folder.h"

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Collection;
using collection::Item;

class TestOpen : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<CollectionFolder>(); }
    void makesACollection();
    void refusesWhatIsNoCollection();
    void showsWhatItCannotRead();
    void staysInTheFolder();
    void readsNoEnvironmentThroughALink();
    void readsEnvironmentsOfALinkWithin();
    void ordersAsBruno();

private:
    std::unique_ptr<CollectionFolder> m_folder;
};

void TestOpen::makesACollection()
{
    QCOMPARE(readFile(m_folder->path("opencollection.yml"), 1000).value_or(""),
             std::string("opencollection: \"1.0.0\"\n\ninfo:\n  name: My API\n"));
    QCOMPARE(m_folder->open().name, std::string("My API"));
    const auto again = createCollection(m_folder->root, "Other");
    QCOMPARE(again.error().kind, ErrorKind::Refused);
    QCOMPARE(m_folder->open().name, std::string("My API"));
}

void TestOpen::refusesWhatIsNoCollection()
{
    QVERIFY(!openCollection(toUtf8(m_folder->parent())));
    QVERIFY(!openCollection(m_folder->path("gone")));
    QVERIFY(!openCollection(m_folder->path("opencollection.yml")));
    m_folder->write("opencollection.yml", "opencollection: \"2.0\"\n");
    QVERIFY(describe(openCollection(m_folder->root).error()).find("2.0") != std::string::npos);
    m_folder->write("opencollection.yml", "a: [\n");
    QCOMPARE(openCollection(m_folder->root).error().where->in, std::string("opencollection.yml"));
}

void TestOpen::showsWhatItCannotRead()
{
    m_folder->write("broken.yml", "info: [\n");
    m_folder->write("query.yml", "info: {name: Ask, type: graphql, seq: 4}\n");
    m_folder->write("inner/folder.yml", "info: {name: [}\n");
    m_folder->write("inner/.hidden.yml", "a: [\n");
    m_folder->write(".claimcheck/x.yml", "a: [\n");
    m_folder->write("readme.yaml", "a: [\n");
    const Collection read = m_folder->open();
    QCOMPARE(read.root.items.size(), std::size_t{2});
    QCOMPARE(read.root.items[0].entry.name, std::string("Ask"));
    QVERIFY(read.root.items[0].problem->fix.find("kept as it is") != std::string::npos);
    QCOMPARE(read.root.items[1].entry.name, std::string("broken"));
    QCOMPARE(read.root.items[1].problem->where->in, std::string("broken.yml"));
    QCOMPARE(read.root.folders.at(0).items.at(0).path, std::string("inner/folder.yml"));
    QVERIFY(read.root.folders.at(0).problem && !read.root.problem);
    Item item = read.root.items[1];
    QVERIFY(!saveEntry(read, "", item));
    item.problem.reset();
    QVERIFY(!saveEntry(read, "", item));
    QCOMPARE(readFile(m_folder->path("broken.yml"), 100).value_or(""), std::string("info: [\n"));
}

void TestOpen::staysInTheFolder()
{
    const QString outside = m_folder->parent() + QStringLiteral("/outside.yml");
    QVERIFY_RESULT(writeFileAtomically(toUtf8(outside), requestText("outside", "1"), Privacy::Shared));
    QVERIFY(QFile::link(outside, toQString(m_folder->path("link.yml"))));
    QVERIFY(QFile::link(m_folder->parent(), toQString(m_folder->path("up"))));
    QVERIFY(QFile::link(QStringLiteral("/dev/zero"), toQString(m_folder->path("zero.yml"))));
    m_folder->write("real.yml", requestText("real", "2"));
    QVERIFY(QFile::link(toQString(m_folder->path("real.yml")), toQString(m_folder->path("same.yml"))));
    const Collection read = m_folder->open();
    for (const char* name : {"link.yml", "up", "zero.yml"}) {
        const Item* item = collection::findItem(read, name);
        QVERIFY2(item && item->problem, name);
        QVERIFY(!saveEntry(read, "", Item{name, item->entry, {}, {}}));
    }
    QVERIFY(!collection::findItem(read, "same.yml")->problem);
    Item same = *collection::findItem(read, "same.yml");
    same.entry.url = "y";
    QVERIFY_RESULT(saveEntry(read, "", same));
    QVERIFY(QFileInfo(toQString(m_folder->path("same.yml"))).isSymLink());
    QCOMPARE(collection::findItem(m_folder->open(), "real.yml")->entry.url, std::string("y"));
}

/// The folder itself is the link: the files in it are none.
void TestOpen::readsNoEnvironmentThroughALink()
{
    const QString outside = m_folder->parent() + QStringLiteral("/outside");
    QVERIFY(QDir().mkpath(outside));
    const std::string theirs = "name: prod\nvariables:\n  - {name: key, value: theirs}\n";
    QVERIFY_RESULT(writeFileAtomically(toUtf8(outside) + "/prod.yml", theirs, Privacy::Shared));
    QVERIFY(QFile::link(outside, toQString(m_folder->path("environments"))));
    const Collection read = m_folder->open();
    QCOMPARE(read.environments.size(), std::size_t{1});
    QVERIFY(read.environments[0].variables.empty());
    QCOMPARE(read.environments[0].problem->kind, ErrorKind::Refused);
    collection::Environment fresh;
    fresh.name = "fresh";
    QCOMPARE(saveEnvironment(read, fresh).error().kind, ErrorKind::Refused);
    QCOMPARE(QDir(outside).entryList(QDir::Files), QStringList{QStringLiteral("prod.yml")});
}

void TestOpen::readsEnvironmentsOfALinkWithin()
{
    m_folder->write("shared/prod.yml", "name: prod\nvariables:\n  - {name: key, value: ours}\n");
    QVERIFY(QFile::link(toQString(m_folder->path("shared")), toQString(m_folder->path("environments"))));
    const Collection read = m_folder->open();
    QCOMPARE(read.environments.size(), std::size_t{1});
    QVERIFY(!read.environments[0].problem);
    QCOMPARE(read.environments[0].variables.at(0).value, std::string("ours"));
}

void TestOpen::ordersAsBruno()
{
    m_folder->write("z.yml", requestText("z", "1"));
    m_folder->write("a.yml", requestText("a", "3"));
    m_folder->write("m.yml", requestText("m", ""));
    for (const char* name : {"b", "a", "c", "d"})
        m_folder->write(std::string(name) + "/x.yml", requestText("x", ""));
    m_folder->write("d/folder.yml", "info: {name: d, type: folder, seq: 2}\n");
    m_folder->write("c/folder.yml", "info: {name: c, type: folder, seq: 1}\n");
    const Collection read = m_folder->open();
    std::string order;
    for (const collection::Folder& folder : read.root.folders)
        order += folder.name + " ";
    for (const Item& item : read.root.items)
        order += item.entry.name + " ";
    QCOMPARE(order, std::string("c d a b m z a "));
}

QTEST_GUILESS_MAIN(TestOpen)
#include "tst_open.moc"
