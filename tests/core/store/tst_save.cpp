// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening and saving real folders: names, order, what changed outside, links, secrets.

#include <base/text.h>
#include <store/files.h>
#include <store/opencollection.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using collection::Collection;
using collection::Item;

namespace {

Item newItem(const std::string& name)
{
    Item item;
    item.entry.name = name;
    item.entry.url = "{{host}}/x";
    return item;
}

std::string request(const std::string& name, const std::string& seq)
{
    return "info:\n  name: " + name + "\n  type: http\n" + (seq.empty() ? "" : "  seq: " + seq + "\n") +
           "http:\n  method: GET\n  url: x\n";
}

} // namespace

class TestSave : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void makesACollection();
    void refusesWhatIsNoCollection();
    void savesNewUnderFreeNames();
    void savesChangesOnly();
    void refusesWhatChangedOutside();
    void refusesSecrets_data();
    void refusesSecrets();
    void showsWhatItCannotRead();
    void staysInTheFolder();
    void ordersAsBruno();
    void savesEnvironments();
    void readsOtherFormsOfEnvironments();

private:
    std::string path(const std::string& relative) const { return m_root + "/" + relative; }
    void write(const std::string& relative, const std::string& text) const;
    Collection open() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_root;
};

void TestSave::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = toUtf8(m_folder->path()) + "/api";
    QVERIFY_RESULT(createCollection(m_root, "My API"));
}

void TestSave::write(const std::string& relative, const std::string& text) const
{
    const std::string full = path(relative);
    QDir().mkpath(toQString(full.substr(0, full.rfind('/'))));
    QVERIFY_RESULT(writeFileAtomically(full, text, Privacy::Shared));
}

Collection TestSave::open() const
{
    auto opened = openCollection(m_root);
    return opened ? *std::move(opened) : Collection();
}

void TestSave::makesACollection()
{
    QCOMPARE(readFile(path("opencollection.yml"), 1000).value_or(""),
             std::string("opencollection: \"1.0.0\"\n\ninfo:\n  name: My API\n"));
    QCOMPARE(open().name, std::string("My API"));
    const auto again = createCollection(m_root, "Other");
    QCOMPARE(again.error().kind, ErrorKind::Refused);
    QCOMPARE(open().name, std::string("My API"));
}

void TestSave::refusesWhatIsNoCollection()
{
    QVERIFY(!openCollection(toUtf8(m_folder->path())));
    QVERIFY(!openCollection(path("gone")));
    QVERIFY(!openCollection(path("opencollection.yml")));
    write("opencollection.yml", "opencollection: \"2.0\"\n");
    QVERIFY(describe(openCollection(m_root).error()).find("2.0") != std::string::npos);
    write("opencollection.yml", "a: [\n");
    QCOMPARE(openCollection(m_root).error().where->in, std::string("opencollection.yml"));
}

void TestSave::savesNewUnderFreeNames()
{
    QDir().mkpath(toQString(path("users")));
    QCOMPARE(saveEntry(open(), "", newItem("Log in")).value_or("error"), std::string("log-in.yml"));
    QCOMPARE(saveEntry(open(), "", newItem("LOG/IN!")).value_or("error"), std::string("log-in-2.yml"));
    write("USERS.yml", request("a", "9"));
    QCOMPARE(saveEntry(open(), "", newItem("users")).value_or("error"), std::string("users-2.yml"));
    QCOMPARE(saveEntry(open(), "users", newItem("日本")).value_or("error"), std::string("users/request.yml"));
    QCOMPARE(saveEntry(open(), "", newItem("CON")).value_or("error"), std::string("con-request.yml"));
    QCOMPARE(saveEntry(open(), "", newItem("folder")).value_or("error"), std::string("folder-request.yml"));
    QVERIFY(!saveEntry(open(), "gone", newItem("a")));
    QCOMPARE(saveEntry(open(), "..", newItem("a")).error().kind, ErrorKind::Refused);
    const Collection saved = open();
    QCOMPARE(collection::findItem(saved, "log-in-2.yml")->entry.sequence, 2);
    QCOMPARE(collection::findItem(saved, "con-request.yml")->entry.sequence, 11);
    QCOMPARE(saved.root.items.size(), std::size_t{6});
}

void TestSave::savesChangesOnly()
{
    write("a.yml", "# mine\n" + request("a", "1"));
    const QDateTime before = QFileInfo(toQString(path("a.yml"))).lastModified();
    const auto inode = [this] {
        return QFileInfo(toQString(path("a.yml"))).fileTime(QFileDevice::FileMetadataChangeTime);
    };
    const QDateTime changed = inode();
    Item item = *collection::findItem(open(), "a.yml");
    QCOMPARE(saveEntry(open(), "", item).value_or("error"), std::string("a.yml"));
    QCOMPARE(inode(), changed);
    QCOMPARE(QFileInfo(toQString(path("a.yml"))).lastModified(), before);
    item.entry.url = "y1";
    QCOMPARE(saveEntry(open(), "", item).value_or("error"), std::string("a.yml"));
    QCOMPARE(readFile(path("a.yml"), 1000).value_or(""),
             "# mine\ninfo:\n  name: a\n  type: http\n  seq: 1\nhttp:\n  method: GET\n  url: y1\n");
}

void TestSave::refusesWhatChangedOutside()
{
    write("a.yml", request("a", "1"));
    const Collection read = open();
    Item item = *collection::findItem(read, "a.yml");
    item.entry.url = "mine";
    write("a.yml", request("a", "2"));
    const auto saved = saveEntry(read, "", item);
    QCOMPARE(saved.error().kind, ErrorKind::Refused);
    QVERIFY(saved.error().why.find("another program") != std::string::npos);
    QCOMPARE(readFile(path("a.yml"), 1000).value_or(""), request("a", "2"));
    // The collection was read again since, the edits were made before.
    QCOMPARE(saveEntry(open(), "", item).error().kind, ErrorKind::Refused);
    item.fingerprint.clear();
    QVERIFY_RESULT(saveEntry(open(), "", item));
    QFile::remove(toQString(path("a.yml")));
    QCOMPARE(saveEntry(read, "", item).error().why, std::string("the file is gone"));
}

void TestSave::refusesSecrets_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isRefused");
    const QByteArray token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl";
    QTest::newRow("token") << QByteArray("X-Own") << token << true;
    QTest::newRow("bearer") << QByteArray("Authorization") << ("Bearer " + token) << true;
    QTest::newRow("opaque") << QByteArray("authorization") << QByteArray("Bearer 0123456789abcdef") << true;
    QTest::newRow("private key") << QByteArray("X") << QByteArray("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE")
                                 << true;
    QTest::newRow("private JWK") << QByteArray("X")
                                 << QByteArray(
                                        R"({"kty":"EC","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"})")
                                 << true;
    QTest::newRow("mark of a draft") << QByteArray("X") << QByteArray("[left out]") << true;
    QTest::newRow("template") << QByteArray("Authorization") << QByteArray("Bearer {{token}}") << false;
    QTest::newRow("public JWK") << QByteArray("X")
                                << QByteArray(
                                       R"({"kty":"EC","x":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"})")
                                << false;
    QTest::newRow("certificate") << QByteArray("X") << QByteArray("-----BEGIN CERTIFICATE-----\nMHcCAQEE")
                                 << false;
    QTest::newRow("plain") << QByteArray("Accept") << QByteArray("application/json") << false;
}

void TestSave::refusesSecrets()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(bool, isRefused);
    Item item = newItem("a");
    item.entry.headers = {{header.toStdString(), value.toStdString()}};
    const auto saved = saveEntry(open(), "", item);
    QCOMPARE(!saved.has_value(), isRefused);
    if (saved)
        return;
    QCOMPARE(saved.error().kind, ErrorKind::Refused);
    QVERIFY(describe(saved.error()).find(value.right(12).toStdString()) == std::string::npos);
    QVERIFY(open().root.items.empty());
    // What stands in the file already does not hinder another change.
    write("old.yml", request("old", "1") + "docs: '" + value.replace('\n', ' ').toStdString() + "'\n");
    Item old = *collection::findItem(open(), "old.yml");
    old.entry.url = "y";
    QVERIFY_RESULT(saveEntry(open(), "", old));
}

void TestSave::showsWhatItCannotRead()
{
    write("broken.yml", "info: [\n");
    write("query.yml", "info: {name: Ask, type: graphql, seq: 4}\n");
    write("inner/folder.yml", "info: {name: [}\n");
    write("inner/.hidden.yml", "a: [\n");
    write(".claimcheck/x.yml", "a: [\n");
    write("readme.yaml", "a: [\n");
    const Collection read = open();
    QCOMPARE(read.root.items.size(), std::size_t{2});
    QCOMPARE(read.root.items[0].entry.name, std::string("Ask"));
    QVERIFY(read.root.items[0].problem->fix.find("kept as it is") != std::string::npos);
    QCOMPARE(read.root.items[1].entry.name, std::string("broken"));
    QCOMPARE(read.root.items[1].problem->where->in, std::string("broken.yml"));
    QCOMPARE(read.root.folders.at(0).items.at(0).path, std::string("inner/folder.yml"));
    Item item = read.root.items[1];
    QVERIFY(!saveEntry(read, "", item));
    item.problem.reset();
    QVERIFY(!saveEntry(read, "", item));
    QCOMPARE(readFile(path("broken.yml"), 100).value_or(""), std::string("info: [\n"));
}

void TestSave::staysInTheFolder()
{
    const QString outside = m_folder->path() + QStringLiteral("/outside.yml");
    QVERIFY_RESULT(writeFileAtomically(toUtf8(outside), request("outside", "1"), Privacy::Shared));
    QVERIFY(QFile::link(outside, toQString(path("link.yml"))));
    QVERIFY(QFile::link(m_folder->path(), toQString(path("up"))));
    QVERIFY(QFile::link(QStringLiteral("/dev/zero"), toQString(path("zero.yml"))));
    write("real.yml", request("real", "2"));
    QVERIFY(QFile::link(toQString(path("real.yml")), toQString(path("same.yml"))));
    const Collection read = open();
    for (const char* name : {"link.yml", "up", "zero.yml"}) {
        const Item* item = collection::findItem(read, name);
        QVERIFY2(item && item->problem, name);
        QVERIFY(!saveEntry(read, "", Item{name, item->entry, {}, {}}));
    }
    QVERIFY(!collection::findItem(read, "same.yml")->problem);
    Item same = *collection::findItem(read, "same.yml");
    same.entry.url = "y";
    QVERIFY_RESULT(saveEntry(read, "", same));
    QVERIFY(QFileInfo(toQString(path("same.yml"))).isSymLink());
    QCOMPARE(collection::findItem(open(), "real.yml")->entry.url, std::string("y"));
}

void TestSave::ordersAsBruno()
{
    write("z.yml", request("z", "1"));
    write("a.yml", request("a", "3"));
    write("m.yml", request("m", ""));
    for (const char* name : {"b", "a", "c", "d"})
        write(std::string(name) + "/x.yml", request("x", ""));
    write("d/folder.yml", "info: {name: d, type: folder, seq: 2}\n");
    write("c/folder.yml", "info: {name: c, type: folder, seq: 1}\n");
    const Collection read = open();
    std::string order;
    for (const collection::Folder& folder : read.root.folders)
        order += folder.name + " ";
    for (const Item& item : read.root.items)
        order += item.entry.name + " ";
    QCOMPARE(order, std::string("c d a b m z a "));
}

void TestSave::savesEnvironments()
{
    collection::Environment local;
    local.name = "Local";
    local.variables = {
        {"host", "http://127.0.0.1"}, {"password", "hunter2", true, true}, {"off", "1", false}};
    QCOMPARE(saveEnvironment(open(), local).value_or("error"), std::string("environments/local.yml"));
    const std::string text = "name: Local\n\nvariables:\n  - name: host\n    value: http://127.0.0.1\n  - "
                             "secret: true\n    name: password\n"
                             "  - name: 'off'\n    value: '1'\n    disabled: true\n";
    QCOMPARE(readFile(path("environments/local.yml"), 1000).value_or(""), text);
    const Collection read = open();
    collection::Environment again = read.environments.at(0);
    QCOMPARE(again.variables[1], (variables::Variable{"password", "", true, true}));
    again.variables[0].secret = true;
    again.variables[1].value = "typed in this session";
    QVERIFY_RESULT(saveEnvironment(read, again));
    std::string expected = text;
    expected.replace(expected.find("  - name: host\n    value: http://127.0.0.1\n"), 43,
                     "  - secret: true\n    name: host\n");
    QCOMPARE(QByteArray::fromStdString(readFile(path("environments/local.yml"), 1000).value_or("")),
             QByteArray::fromStdString(expected));
    QCOMPARE(saveEnvironment(read, again).error().kind, ErrorKind::Refused);
    QVERIFY(!saveEnvironment(open(), local));
}

void TestSave::readsOtherFormsOfEnvironments()
{
    write("environments/x.yml", "variables:\n- {name: a, value: [{title: one, value: '1'}, {title: two, "
                                "selected: true, value: {type: number, data: '2'}}]}\n");
    write("environments/broken.yml", "a: [\n");
    const Collection read = open();
    QCOMPARE(read.environments.at(0).name, std::string("broken"));
    QVERIFY(read.environments[0].problem.has_value());
    QVERIFY(!saveEnvironment(read, read.environments[0]));
    QCOMPARE(read.environments.at(1).variables, (std::vector<variables::Variable>{{"a", "2"}}));
}

QTEST_GUILESS_MAIN(TestSave)
#include "tst_save.moc"
