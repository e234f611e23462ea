// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Settings and drafts come back as they were, private, and without anything that looks like a secret.

#include <base/text.h>
#include <store/files.h>
#include <store/secretlike.h>
#include <store/settings.h>
#include <support/result.h>

#include "generate.h"

#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;

namespace {

const std::string token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl";

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsItsFolder();
    void settingsComeBack();
    void draftsComeBack();
    void aDraftsFolderComesBack();
    void aDraftsFolderStaysInside_data();
    void aDraftsFolderStaysInside();
    void keepsBrokenFilesAside();
    void redacts_data();
    void redacts();
    void draftsHoldNoSecrets();
    void draftsHoldNoBytes();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_config;
};

void TestSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_config = toUtf8(m_folder->path()) + "/not/there yet";
}

void TestSettings::findsItsFolder()
{
    qputenv("HOME", "/home/x");
    qunsetenv("CLAIMCHECK_CONFIG_DIR");
    qputenv("XDG_CONFIG_HOME", "relative");
    QCOMPARE(configDirectory(), std::string("/home/x/.config/claimcheck"));
    qputenv("XDG_CONFIG_HOME", "/xdg");
    QCOMPARE(configDirectory(), std::string("/xdg/claimcheck"));
    qputenv("CLAIMCHECK_CONFIG_DIR", "/own");
    QCOMPARE(configDirectory(), std::string("/own"));
    qunsetenv("CLAIMCHECK_DATA_DIR");
    qputenv("XDG_DATA_HOME", "relative");
    QCOMPARE(dataDirectory(), std::string("/home/x/.local/share/claimcheck"));
    qputenv("XDG_DATA_HOME", "/xdg");
    QCOMPARE(dataDirectory(), std::string("/xdg/claimcheck"));
    qputenv("CLAIMCHECK_DATA_DIR", "/own");
    QCOMPARE(dataDirectory(), std::string("/own"));
}

void TestSettings::settingsComeBack()
{
    QCOMPARE(loadSettings(m_config).value_or(Settings{"error", {}, {}, {}, {}, {}}), Settings());
    const Settings settings{"dark", {"/a \"b\"", "/é"}, "/a", "local", "AdnQywAD\n", "x"};
    QVERIFY_RESULT(saveSettings(m_config, settings));
    QCOMPARE(loadSettings(m_config).value_or(Settings()), settings);
    const auto mode = QFile::permissions(toQString(m_config + "/settings.json"));
    QVERIFY(!(mode & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                      QFileDevice::WriteOther)));
}

void TestSettings::draftsComeBack()
{
    test::Generator generator(3);
    Drafts drafts;
    for (int i = 0; i < 50; ++i) {
        Draft draft{"/c", "a/b.yml", generator.entry(), false, "abc", generator.below(2) == 0};
        draft.entry.kept = {"multipart-form", "oauth2", {"scripts"}};
        drafts.tabs.push_back(draft);
    }
    drafts.currentTab = 7;
    drafts.login = {"http://h/login", "PUT", "u", "p", "demo", true, "data.token"};
    QVERIFY_RESULT(saveDrafts(m_config, drafts));
    const auto back = loadDrafts(m_config);
    QVERIFY_RESULT(back);
    // A generated name such as "{{token}}" makes its value a secret.
    int same = 0;
    for (std::size_t i = 0; i < drafts.tabs.size(); ++i) {
        QVERIFY2(back->tabs.at(i) == drafts.tabs[i] || back->tabs[i].redacted, std::to_string(i).c_str());
        same += back->tabs[i].redacted ? 0 : 1;
    }
    QVERIFY(same > 40);
    QCOMPARE(back->currentTab, drafts.currentTab);
    QCOMPARE(back->login, drafts.login);
    const auto mode = QFile::permissions(toQString(m_config + "/drafts.json"));
    QVERIFY(!(mode & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
    QCOMPARE(loadDrafts(m_config + "/none").value_or(drafts), Drafts());
}

void TestSettings::aDraftsFolderComesBack()
{
    Drafts drafts;
    for (const char* folder : {"", "orders", "orders/of this year/..a", "Bücher"}) {
        Draft draft;
        draft.collection = "/c";
        draft.folder = folder;
        drafts.tabs.push_back(draft);
    }
    QVERIFY_RESULT(saveDrafts(m_config, drafts));
    const auto back = loadDrafts(m_config);
    QVERIFY_RESULT(back);
    QCOMPARE(back->tabs.size(), drafts.tabs.size());
    for (std::size_t i = 0; i < drafts.tabs.size(); ++i)
        QCOMPARE(back->tabs[i].folder, drafts.tabs[i].folder);
}

void TestSettings::aDraftsFolderStaysInside_data()
{
    QTest::addColumn<QByteArray>("folder");
    for (const char* folder :
         {"\"..\"", "\"../x\"", "\"a/../../x\"", "\"a/..\"", "\"/etc\"", "\"/\"", "\".\"", "\"./a\"",
          "\"a//b\"", "\"a/\"", "\"a\\u0000b\"", "5", "[\"a\"]", "null"})
        QTest::newRow(folder) << QByteArray(folder);
}

/// Who can write the file cannot have a request saved elsewhere.
void TestSettings::aDraftsFolderStaysInside()
{
    QFETCH(QByteArray, folder);
    QVERIFY_RESULT(makeDirectories(m_config, Privacy::OwnerOnly));
    QVERIFY_RESULT(writeFileAtomically(
        m_config + "/drafts.json",
        R"({"tabs": [{"collection": "/c", "folder": )" + folder.toStdString() + "}]}", Privacy::OwnerOnly));
    const auto back = loadDrafts(m_config);
    QVERIFY_RESULT(back);
    QCOMPARE(back->tabs.size(), std::size_t(1));
    QCOMPARE(back->tabs.front().collection, std::string("/c"));
    QCOMPARE(back->tabs.front().folder, std::string());
}

void TestSettings::keepsBrokenFilesAside()
{
    QVERIFY_RESULT(makeDirectories(m_config, Privacy::OwnerOnly));
    for (const char* broken : {"{\"theme\": ", "[]"}) {
        QVERIFY_RESULT(writeFileAtomically(m_config + "/settings.json", broken, Privacy::OwnerOnly));
        QCOMPARE(loadSettings(m_config).error().kind, ErrorKind::Malformed);
        QCOMPARE(loadSettings(m_config).value_or(Settings{"error", {}, {}, {}, {}, {}}), Settings());
    }
    QCOMPARE(readFile(m_config + "/settings.broken.json", 100).value_or(""), std::string("{\"theme\": "));
    QCOMPARE(readFile(m_config + "/settings.broken-2.json", 100).value_or(""), std::string("[]"));
    // One that cannot be read at all, as another user's: a folder is one for root, too.
    QVERIFY_RESULT(makeDirectories(m_config + "/drafts.json/typed", Privacy::OwnerOnly));
    const auto unreadable = loadDrafts(m_config);
    QCOMPARE(unreadable.error().kind, ErrorKind::Unreadable);
    QVERIFY2(unreadable.error().why.find("drafts.broken.json") != std::string::npos,
             unreadable.error().why.c_str());
    QVERIFY_RESULT(saveDrafts(m_config, Drafts()));
    QVERIFY(QFileInfo(toQString(m_config + "/drafts.broken.json/typed")).isDir());
    QVERIFY_RESULT(writeFileAtomically(m_config + "/drafts.json", "{\"tabs\": 5, \"currentTab\": \"x\"}",
                                       Privacy::OwnerOnly));
    QCOMPARE(loadDrafts(m_config).value_or(Drafts{{}, 3, {}}), Drafts());
}

void TestSettings::redacts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const std::string& text, const std::string& expected) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray::fromStdString(expected);
    };
    row("token", "a " + token + " b", "a [left out] b");
    row("JWE", "eyJhbGciOiJkaXIifQ..AAAA.BBBB.CCCC-tag", "[left out]");
    row("private key", "x -----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY----- y", "x [left out] y");
    row("JSON", R"({"user": "demo", "password" : "a\"b", "n": 1})",
        R"({"user": "demo", "password" : "[left out]", "n": 1})");
    row("JSON number", R"({"pin": 1234, "n": 1})", R"({"pin": [left out], "n": 1})");
    row("form", "user=demo&client_secret=abc%20d&x=1", "user=demo&client_secret=[left out]&x=1");
    row("query", "https://h/x?access_token=abc#f", "https://h/x?access_token=[left out]#f");
    row("URL", "https://me:pw@h/x", "https://me:[left out]@h/x");
    row("XML", "<a><password>x y</password></a>", "<a><password>[left out]</password></a>");
    row("GitHub", "ghp_0123456789abcdefghijklmnopqrstuvwxyz", "[left out]");
    for (const char* harmless : {"{{token}}", R"({"password": "{{password}}"})", "user=demo&password={{p}}",
                                 "eyJ.not", "https://h:80/x", "a: b", R"({"tokens": [1], "token": {"a": 1}})",
                                 "the word password alone", R"({"password": ""})"})
        row(harmless, harmless, harmless);
}

void TestSettings::redacts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    std::string redacted = text.toStdString();
    QCOMPARE(redact(redacted), text != expected);
    QCOMPARE(QByteArray::fromStdString(redacted), expected);
    QVERIFY(!redact(redacted));
}

void TestSettings::draftsHoldNoSecrets()
{
    Drafts drafts;
    Draft draft;
    draft.entry.url = "http://h/x?api_key=s3cr3t";
    draft.entry.headers = {{"Authorization", "Bearer s3cr3t"},
                           {"X-Api-Key", "s3cr3t"},
                           {"Cookie", "a=s3cr3t"},
                           {"Accept", "a/b"}};
    draft.entry.body = R"({"password": "s3cr3t"})";
    draft.entry.formFields = {{"password", "s3cr3t"}, {"user", "demo"}};
    draft.entry.variables = {{"v", "s3cr3t", true, true}, {"token", "s3cr3t"}, {"host", "h"}};
    draft.entry.docs = "as in " + token;
    Draft harmless;
    harmless.entry.headers = {{"Authorization", "Bearer {{token}}"}, {"X-Api-Key", "{{ key }}"}};
    drafts.tabs = {draft, harmless};
    drafts.login.url = "http://u:s3cr3t@h/";
    QVERIFY_RESULT(saveDrafts(m_config, drafts));
    const std::string written = readFile(m_config + "/drafts.json", 100000).value_or("s3cr3t");
    QVERIFY2(written.find("s3cr3t") == std::string::npos && written.find("eyJ") == std::string::npos,
             written.c_str());
    const auto back = loadDrafts(m_config);
    QVERIFY_RESULT(back);
    QVERIFY(back->tabs[0].redacted);
    QCOMPARE(back->tabs[0].entry.headers[0].value, std::string("Bearer [left out]"));
    QCOMPARE(back->tabs[0].entry.headers[3].value, std::string("a/b"));
    QCOMPARE(back->tabs[1], harmless);
}

/// What is in them nobody can tell, and JSON would not give them back.
void TestSettings::draftsHoldNoBytes()
{
    Drafts drafts;
    drafts.tabs.resize(1);
    drafts.tabs[0].entry.kept.body = std::string(collection::bytesBody);
    drafts.tabs[0].details.bytes = "some bytes \xff";
    QVERIFY_RESULT(saveDrafts(m_config, drafts));
    const auto read = loadDrafts(m_config);
    QVERIFY_RESULT(read);
    QCOMPARE(read->tabs.size(), std::size_t(1));
    QVERIFY(read->tabs[0].redacted);
    QCOMPARE(read->tabs[0].entry.kept.body, std::string(collection::bytesBody));
    QVERIFY(read->tabs[0].details.bytes.empty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
