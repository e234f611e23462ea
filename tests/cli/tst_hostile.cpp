// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection from a stranger is run: whatever way it tries, nothing from outside of its folder and nothing
// of the process goes out to its server or into a report.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string mark = "mark-of-a-private-file-41";

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void readsNothingOutside_data();
    void readsNothingOutside();
    void readsWhatIsInside();

private:
    CommandResult run() const;
    void fill(const std::string& key, const std::string& text) const;
    bool sawTheMark() const;

    RawServer m_server{[](const Seen&) { return ok("{}"); }};
    std::unique_ptr<CollectionFolder> m_folder;
};

void TestHostile::init()
{
    m_server.seen.clear();
    m_folder = std::make_unique<CollectionFolder>();
    m_folder->write("../private.txt", mark);
    m_folder->write("../private.env", "STOLEN=" + mark + "\n");
    QVERIFY(QFile::link(toQString(m_folder->path("../private.txt")), toQString(m_folder->path("link.txt"))));
    QVERIFY(QFile::link(toQString(m_folder->path("..")), toQString(m_folder->path("around"))));
    m_folder->write("inside.txt", "inside");
}

/// The request a.yml with that text as its `key`, or a file of that name.
void TestHostile::fill(const std::string& key, const std::string& text) const
{
    const bool isFile = key.find('/') != std::string::npos || key.starts_with('.');
    const std::string head = "info: {name: a, type: http}\nhttp:\n  method: POST\n";
    const std::string url = key == "url" ? text : "{{host}}";
    m_folder->write("environments/local.yml",
                    "name: local\nvariables: [{name: host, value: \"" + m_server.url("/") + "\"}]\n");
    m_folder->write("a.yml", head + "  url: \"" + url + "\"\n" +
                                 (isFile || key == "url" ? "" : "  " + key + ": " + text + "\n"));
    if (isFile)
        m_folder->write(key, text);
}

CommandResult TestHostile::run() const
{
    CommandInput input;
    input.environment = {{QStringLiteral("PRIVATE_VALUE"), toQString(mark)}};
    return runCommand(words("run --env local --no-keychain --json") + QStringList{toQString(m_folder->root)},
                      input);
}

bool TestHostile::sawTheMark() const
{
    return std::any_of(m_server.seen.begin(), m_server.seen.end(), [](const Seen& seen) {
        return (seen.head + seen.body).find(mark) != std::string::npos;
    });
}

void TestHostile::readsNothingOutside_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* key, const std::string& text) {
        QTest::newRow(name) << QByteArray(key) << QByteArray::fromStdString(text);
    };
    for (const char* path :
         {"../private.txt", "link.txt", "around/private.txt", "inside/../../private.txt"}) {
        const std::string quoted = std::string("\"") + path + "\"";
        row((std::string("body: ") + path).c_str(), "body",
            "{type: file, data: [{filePath: " + quoted + ", contentType: text/plain, selected: true}]}");
        row((std::string("part: ") + path).c_str(), "body",
            "{type: multipart-form, data: [{name: f, type: file, value: [" + quoted + "]}]}");
        row((std::string("key of a minted token: ") + path).c_str(), ".claimcheck/sessions.yaml",
            "minted:\n  - {path: a.yml, algorithm: HS256, keyFile: " + quoted + ", claims: '{}'}\n");
        row((std::string("authority: ") + path).c_str(), ".claimcheck/connections.yaml",
            "connections:\n  - {path: \"\", caFile: " + quoted + "}\n");
    }
    for (const char* path : {"../private.env", "around/private.env"})
        row((std::string(".env file: ") + path).c_str(), "environments/local.yml",
            "name: local\ndotEnvFilePath: \"" + std::string(path) + "\"\nvariables: [{name: host, value: \"" +
                m_server.url("/{{STOLEN}}") + "\"}]\n");
    row("variable of the process", "url", "{{host}}{{process.env.PRIVATE_VALUE}}");
    row("by its bare name", "url", "{{host}}{{PRIVATE_VALUE}}");
    row("through another variable", "environments/local.yml",
        "name: local\nvariables: [{name: host, value: \"" + m_server.url("/{{inner}}") +
            "\"}, {name: inner, value: \"{{process.env.PRIVATE_VALUE}}\"}]\n");
}

void TestHostile::readsNothingOutside()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, text);
    fill(key.toStdString(), text.toStdString());
    const CommandResult result = run();
    QVERIFY2(result.status != 0, (result.out + result.err).c_str());
    QVERIFY(!sawTheMark());
    QVERIFY2(m_server.seen.empty(), m_server.seen.empty() ? "" : m_server.seen[0].head.c_str());
    QVERIFY2((result.out + result.err).find(mark) == std::string::npos, (result.out + result.err).c_str());
}

/// The same ways, so that what was refused above was not refused for another reason.
void TestHostile::readsWhatIsInside()
{
    for (const char* body :
         {"{type: file, data: [{filePath: \"inside.txt\", contentType: text/plain, selected: true}]}",
          "{type: multipart-form, data: [{name: f, type: file, value: [\"./inside.txt\"]}]}"}) {
        m_server.seen.clear();
        fill("body", body);
        const CommandResult result = run();
        QVERIFY2(result.status == 0, (result.out + result.err).c_str());
        QVERIFY(m_server.seen.at(0).body.find("inside") != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
