// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saving requests into real folders: names, what changed outside, secrets.

#include "folder.h"

#include <QtCore/qfileinfo.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Collection;
using collection::Item;

class TestSave : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<CollectionFolder>(); }
    void savesNewUnderFreeNames();
    void savesChangesOnly();
    void refusesWhatChangedOutside();
    void refusesSecrets_data();
    void refusesSecrets();
    void refusesNamedSecrets_data();
    void refusesNamedSecrets();
    void refusesBodiesThatAreNoText();

private:
    std::unique_ptr<CollectionFolder> m_folder;
};

void TestSave::savesNewUnderFreeNames()
{
    QDir().mkpath(toQString(m_folder->path("users")));
    QCOMPARE(saveEntry(m_folder->open(), "", newItem("Log in")).value_or("error"), std::string("log-in.yml"));
    QCOMPARE(saveEntry(m_folder->open(), "", newItem("LOG/IN!")).value_or("error"),
             std::string("log-in-2.yml"));
    m_folder->write("USERS.yml", requestText("a", "9"));
    QCOMPARE(saveEntry(m_folder->open(), "", newItem("users")).value_or("error"), std::string("users-2.yml"));
    QCOMPARE(saveEntry(m_folder->open(), "users", newItem("日本")).value_or("error"),
             std::string("users/request.yml"));
    QCOMPARE(saveEntry(m_folder->open(), "", newItem("CON")).value_or("error"),
             std::string("con-request.yml"));
    QCOMPARE(saveEntry(m_folder->open(), "", newItem("folder")).value_or("error"),
             std::string("folder-request.yml"));
    QVERIFY(!saveEntry(m_folder->open(), "gone", newItem("a")));
    QCOMPARE(saveEntry(m_folder->open(), "..", newItem("a")).error().kind, ErrorKind::Refused);
    const Collection saved = m_folder->open();
    QCOMPARE(collection::findItem(saved, "log-in-2.yml")->entry.sequence, 2);
    QCOMPARE(collection::findItem(saved, "con-request.yml")->entry.sequence, 11);
    QCOMPARE(saved.root.items.size(), std::size_t{6});
}

void TestSave::savesChangesOnly()
{
    m_folder->write("a.yml", "# mine\n" + requestText("a", "1"));
    const QDateTime before = QFileInfo(toQString(m_folder->path("a.yml"))).lastModified();
    const auto inode = [this] {
        return QFileInfo(toQString(m_folder->path("a.yml"))).fileTime(QFileDevice::FileMetadataChangeTime);
    };
    const QDateTime changed = inode();
    Item item = *collection::findItem(m_folder->open(), "a.yml");
    QCOMPARE(saveEntry(m_folder->open(), "", item).value_or("error"), std::string("a.yml"));
    QCOMPARE(inode(), changed);
    QCOMPARE(QFileInfo(toQString(m_folder->path("a.yml"))).lastModified(), before);
    item.entry.url = "y1";
    QCOMPARE(saveEntry(m_folder->open(), "", item).value_or("error"), std::string("a.yml"));
    QCOMPARE(readFile(m_folder->path("a.yml"), 1000).value_or(""),
             "# mine\ninfo:\n  name: a\n  type: http\n  seq: 1\nhttp:\n  method: GET\n  url: y1\n");
}

void TestSave::refusesWhatChangedOutside()
{
    m_folder->write("a.yml", requestText("a", "1"));
    const Collection read = m_folder->open();
    Item item = *collection::findItem(read, "a.yml");
    item.entry.url = "mine";
    m_folder->write("a.yml", requestText("a", "2"));
    const auto saved = saveEntry(read, "", item);
    QCOMPARE(saved.error().kind, ErrorKind::Refused);
    QVERIFY(saved.error().why.find("another program") != std::string::npos);
    QCOMPARE(readFile(m_folder->path("a.yml"), 1000).value_or(""), requestText("a", "2"));
    // The collection was read again since, the edits were made before.
    QCOMPARE(saveEntry(m_folder->open(), "", item).error().kind, ErrorKind::Refused);
    item.fingerprint.clear();
    QVERIFY_RESULT(saveEntry(m_folder->open(), "", item));
    QFile::remove(toQString(m_folder->path("a.yml")));
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
    const auto saved = saveEntry(m_folder->open(), "", item);
    QCOMPARE(!saved.has_value(), isRefused);
    if (saved)
        return;
    QCOMPARE(saved.error().kind, ErrorKind::Refused);
    QVERIFY(describe(saved.error()).find(value.right(12).toStdString()) == std::string::npos);
    QVERIFY(m_folder->open().root.items.empty());
    // What stands in the file already does not hinder another change.
    m_folder->write("old.yml",
                    requestText("old", "1") + "docs: '" + value.replace('\n', ' ').toStdString() + "'\n");
    Item old = *collection::findItem(m_folder->open(), "old.yml");
    old.entry.url = "y";
    QVERIFY_RESULT(saveEntry(m_folder->open(), "", old));
}

void TestSave::refusesNamedSecrets_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isRefused");
    const auto row = [](const char* name, const char* place, const char* value, bool isRefused) {
        QTest::newRow(name) << QByteArray(place) << QByteArray(value) << isRefused;
    };
    row("password in JSON", "body", R"({"username":"demo","password":"BODYPW99"})", true);
    row("template in JSON", "body", R"({"username":"demo","password":"{{password}}"})", false);
    row("word in text", "body", "the password of the day", false);
    row("password in a query", "url", "https://api.example/?access_token=abcdef", true);
    row("password in a URL", "url", "https://me:mine@api.example/", true);
    row("form field", "password", "mine", true);
    row("form field of a template", "password", "{{password}}", false);
    row("harmless form field", "user", "demo", false);
    row("header", "X-Api-Key", "HDRSECRET123456", true);
    row("cookie", "Cookie", "sid=1234567890", true);
}

void TestSave::refusesNamedSecrets()
{
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, value);
    QFETCH(bool, isRefused);
    Item item = newItem("a");
    item.entry.bodyKind = place == "body" ? collection::BodyKind::Json : collection::BodyKind::Form;
    if (place == "body")
        item.entry.body = value.toStdString();
    else if (place == "url")
        item.entry.url = value.toStdString();
    else if (place == "X-Api-Key" || place == "Cookie")
        item.entry.headers = {{place.toStdString(), value.toStdString()}};
    else
        item.entry.formFields = {{place.toStdString(), value.toStdString()}};
    QCOMPARE(!checkForSecrets(m_folder->open(), item).has_value(), isRefused);
    const auto saved = saveEntry(m_folder->open(), "", item);
    QCOMPARE(!saved.has_value(), isRefused);
    // Who has seen it may want it all the same; then it hinders no later change.
    QVERIFY_RESULT(saveEntry(m_folder->open(), "", item, FoundSecrets::Write));
    const auto others = [this] {
        return QFileInfo(QString::fromStdString(m_folder->path("a.yml"))).permissions() &
               (QFile::ReadGroup | QFile::ReadOther);
    };
    // A file with a secret in it is its owner's alone, and stays so.
    QVERIFY(!isRefused || others() == QFile::Permissions());
    Item written = *collection::findItem(m_folder->open(), "a.yml");
    written.entry.docs = "more";
    QVERIFY_RESULT(saveEntry(m_folder->open(), "", written));
    QVERIFY(!isRefused || others() == QFile::Permissions());
}

void TestSave::refusesBodiesThatAreNoText()
{
    Item item = newItem("a");
    item.entry.kept.body = std::string(collection::bytesBody);
    item.details.bytes = "\xff";
    const auto saved = saveEntry(m_folder->open(), "", item);
    QCOMPARE(saved.error().kind, ErrorKind::Refused);
    QVERIFY2(saved.error().why.starts_with("its body is no text"), saved.error().why.c_str());
}

QTEST_GUILESS_MAIN(TestSave)
#include "tst_save.moc"
