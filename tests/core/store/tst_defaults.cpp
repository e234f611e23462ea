// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a folder says for its requests, changed line by line.

#include <core/store/folder.h>
#include <store/defaults.h>

#include <QtTest/qtest.h>

#include <filesystem>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::AuthMode;

namespace {

const char* const source = R"(info: {name: Inner, type: folder, seq: 3} # the inner one
request:
  headers:
    - {name: A, value: '1'} # why
  auth:
    type: basic
    username: me
    password: '{{password}}'
  variables:
    - {name: v, value: x}
  scripts:
    - {type: tests, code: x()}
  settings:
    http: {timeout: 5}
docs: about
)";

std::string with(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

class TestDefaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<CollectionFolder>(); }
    void readsThem();
    void changesOneLineAtATime();
    void makesTheFile();
    void changesTheCollectionItself();
    void refusesSecretsAndChangedFiles();

private:
    template <typename Change>
    std::string edited(const std::string& folder, Change change)
    {
        auto defaults = readDefaults(m_folder->root, folder);
        if (!defaults)
            return describe(defaults.error());
        change(*defaults);
        const auto saved = saveDefaults(m_folder->root, folder, *defaults);
        const std::string file = folder.empty() ? "opencollection.yml" : folder + "/folder.yml";
        return saved ? readFile(m_folder->path(file), 1 << 20).value_or("gone") : describe(saved.error());
    }

    std::unique_ptr<CollectionFolder> m_folder;
};

void TestDefaults::readsThem()
{
    m_folder->write("in/folder.yml", source);
    const auto defaults = readDefaults(m_folder->root, "in");
    QVERIFY_RESULT(defaults);
    QCOMPARE(defaults->name, std::string("Inner"));
    QCOMPARE(defaults->keptAuth, std::string("basic"));
    QCOMPARE(defaults->credentials.field("username"), std::string("me"));
    QCOMPARE(defaults->settings.timeout, std::optional<std::int64_t>(5));
    QCOMPARE(edited("in", [](Defaults&) {}), std::string(source));
    QVERIFY(!readDefaults(m_folder->root, "../elsewhere"));
}

void TestDefaults::changesOneLineAtATime()
{
    const auto row = [this](auto change, const std::string& from, const std::string& to) {
        m_folder->write("in/folder.yml", source);
        QCOMPARE(edited("in", change), with(source, from, to));
    };
    row([](Defaults& d) { d.name = "Other"; }, "Inner", "Other");
    row([](Defaults& d) { d.headers[0].value = "2"; }, "'1'", "'2'");
    row([](Defaults& d) { d.credentials.fields["username"] = "you"; }, "username: me", "username: you");
    row([](Defaults& d) { d.variables[0].value = "z"; }, "value: x}", "value: z}");
    row([](Defaults& d) { d.settings.timeout = 6; }, "timeout: 5", "timeout: 6");
    row([](Defaults& d) { d.docs.clear(); }, "docs: about\n", "");
    row(
        [](Defaults& d) {
            d.keptAuth.clear();
            d.auth = AuthMode::Inherit;
        },
        "  auth:\n    type: basic\n    username: me\n    password: '{{password}}'\n", "");
}

void TestDefaults::makesTheFile()
{
    m_folder->write("in/a.yml", "info: {name: A, type: http}\nhttp: {method: GET, url: x, auth: inherit}\n");
    QCOMPARE(edited("in",
                    [](Defaults& d) {
                        d.auth = AuthMode::SessionBearer;
                        d.headers = {{"A", "1"}};
                    }),
             std::string("info:\n  name: in\n  type: folder\n\nrequest:\n  headers:\n    - name: A\n      "
                         "value: '1'\n  auth:\n    type: bearer\n    token: '{{token}}'\n"));
    const auto opened = m_folder->open();
    QCOMPARE(collection::effectiveAuth(opened, *collection::findItem(opened, "in/a.yml")),
             AuthMode::SessionBearer);
}

void TestDefaults::changesTheCollectionItself()
{
    const auto before = readFile(m_folder->path("opencollection.yml"), 1 << 20);
    QVERIFY_RESULT(before);
    const std::string after = edited("", [](Defaults& d) { d.variables = {{"host", "http://h"}}; });
    QVERIFY2(after.starts_with(*before), after.c_str());
    QCOMPARE(m_folder->open().variables.at(0).value, std::string("http://h"));
}

void TestDefaults::refusesSecretsAndChangedFiles()
{
    m_folder->write("in/folder.yml", source);
    QVERIFY(edited("in", [](Defaults& d) { d.credentials.fields["password"] = "hunter2"; }).find("hunter2") ==
            std::string::npos);
    auto defaults = readDefaults(m_folder->root, "in");
    QVERIFY_RESULT(defaults);
    m_folder->write("in/folder.yml", with(source, "about", "more"));
    defaults->name = "X";
    const auto refused = saveDefaults(m_folder->root, "in", *defaults);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QVERIFY2(refused.error().fix.find("open the settings again") != std::string::npos,
             refused.error().fix.c_str());
    QCOMPARE(readFile(m_folder->path("in/folder.yml"), 1 << 20).value_or(""), with(source, "about", "more"));
    std::filesystem::remove(m_folder->path("in/folder.yml"));
    const auto gone = saveDefaults(m_folder->root, "in", *defaults);
    QVERIFY(!gone);
    QCOMPARE(gone.error().why, std::string("the file is gone"));
    QVERIFY2(gone.error().fix.find("open the settings again") != std::string::npos, gone.error().fix.c_str());
    QVERIFY(!std::filesystem::exists(m_folder->path("in/folder.yml")));
}

QTEST_GUILESS_MAIN(TestDefaults)
#include "tst_defaults.moc"
