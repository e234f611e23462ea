// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Environments in their files: secrets stay out, other forms are read.

#include "folder.h"

#include <store/environmentfile.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;
using collection::Collection;
using collection::Item;

class TestEnvironments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<CollectionFolder>(); }
    void savesEnvironments();
    void readsOtherFormsOfEnvironments();
    void keepsTypesOfValues();
    void savesWhatAnEnvironmentAddsTo();
    void renames();
    void judgesTypes();

private:
    std::unique_ptr<CollectionFolder> m_folder;
};

void TestEnvironments::savesEnvironments()
{
    collection::Environment local;
    local.name = "Local";
    local.variables = {
        {"host", "http://127.0.0.1"}, {"password", "hunter2", true, true}, {"off", "1", false}};
    QCOMPARE(saveEnvironment(m_folder->open(), local).value_or("error"),
             std::string("environments/local.yml"));
    const std::string text = "name: Local\n\nvariables:\n  - name: host\n    value: http://127.0.0.1\n  - "
                             "secret: true\n    name: password\n"
                             "  - name: 'off'\n    value: '1'\n    disabled: true\n";
    QCOMPARE(readFile(m_folder->path("environments/local.yml"), 1000).value_or(""), text);
    const Collection read = m_folder->open();
    collection::Environment again = read.environments.at(0);
    QCOMPARE(again.variables[1], (variables::Variable{"password", "", true, true}));
    again.variables[0].secret = true;
    again.variables[1].value = "typed in this session";
    QVERIFY_RESULT(saveEnvironment(read, again));
    std::string expected = text;
    expected.replace(expected.find("  - name: host\n    value: http://127.0.0.1\n"), 43,
                     "  - secret: true\n    name: host\n");
    QCOMPARE(QByteArray::fromStdString(readFile(m_folder->path("environments/local.yml"), 1000).value_or("")),
             QByteArray::fromStdString(expected));
    QCOMPARE(saveEnvironment(read, again).error().kind, ErrorKind::Refused);
    QVERIFY(!saveEnvironment(m_folder->open(), local));
}

void TestEnvironments::readsOtherFormsOfEnvironments()
{
    m_folder->write("environments/x.yml",
                    "variables:\n- {name: a, value: [{title: one, value: '1'}, {title: two, "
                    "selected: true, value: {type: number, data: '2'}}]}\n");
    m_folder->write("environments/broken.yml", "a: [\n");
    const Collection read = m_folder->open();
    QCOMPARE(read.environments.at(0).name, std::string("broken"));
    QVERIFY(read.environments[0].problem.has_value());
    QVERIFY(!saveEnvironment(read, read.environments[0]));
    QCOMPARE(read.environments.at(1).variables, (std::vector<variables::Variable>{{"a", "2"}}));
}

void TestEnvironments::keepsTypesOfValues()
{
    const std::string text =
        "name: x\nvariables:\n  - name: port # the demo's\n    value:\n      type: number\n"
        "      data: '8080'\n  - name: host\n    value: local\n";
    m_folder->write("environments/x.yml", text);
    Collection read = m_folder->open();
    collection::Environment edited = read.environments.at(0);
    QCOMPARE(valueTypes(read, edited), (ValueTypes{"number", ""}));
    edited.variables[0].value = "9090";
    QVERIFY_RESULT(saveEnvironment(read, edited, {"", "string"}));
    std::string expected = text;
    expected.replace(expected.find("8080"), 4, "9090");
    QCOMPARE(readFile(m_folder->path("environments/x.yml"), 1000).value_or(""), expected);

    read = m_folder->open();
    edited = read.environments.at(0);
    edited.variables[1] = {"flag", "true"};
    QVERIFY_RESULT(saveEnvironment(read, edited, {"string", "boolean"}));
    read = m_folder->open();
    QCOMPARE(valueTypes(read, read.environments.at(0)), (ValueTypes{"", "boolean"}));
    QCOMPARE(read.environments.at(0).variables,
             (std::vector<variables::Variable>{{"port", "9090"}, {"flag", "true"}}));
    QVERIFY(readFile(m_folder->path("environments/x.yml"), 1000).value_or("").find("# the demo's") !=
            std::string::npos);
}

void TestEnvironments::savesWhatAnEnvironmentAddsTo()
{
    const std::string text = "# ours\nname: x\nvariables:\n  - name: host\n    value: local\n";
    m_folder->write("environments/x.yml", text);
    Collection read = m_folder->open();
    collection::Environment edited = read.environments.at(0);
    edited.extended = "base";
    edited.dotEnvFile = "secrets/.env";
    QVERIFY_RESULT(saveEnvironment(read, edited));
    read = m_folder->open();
    edited = read.environments.at(0);
    QCOMPARE(edited.extended, std::string("base"));
    QCOMPARE(edited.dotEnvFile, std::string("secrets/.env"));
    edited.extended.clear();
    edited.dotEnvFile.clear();
    QVERIFY_RESULT(saveEnvironment(read, edited));
    QCOMPARE(readFile(m_folder->path("environments/x.yml"), 1000).value_or(""), text);

    collection::Environment fresh;
    fresh.name = "y";
    fresh.extended = "x";
    fresh.variables = {{"n", "1"}};
    QVERIFY_RESULT(saveEnvironment(m_folder->open(), fresh, {"number"}));
    read = m_folder->open();
    QCOMPARE(read.environments.at(1).extended, std::string("x"));
    QCOMPARE(read.environments.at(1).variables, fresh.variables);
    QCOMPARE(valueTypes(read, read.environments.at(1)), (ValueTypes{"number"}));
}

void TestEnvironments::renames()
{
    m_folder->write("environments/base.yml", "name: base # shared\n");
    m_folder->write("environments/local.yml", "name: local\nextends: base\n");
    Collection read = m_folder->open();
    QCOMPARE(renameEnvironment(read, read.environments.at(0), "LOCAL").error().kind, ErrorKind::Refused);
    QCOMPARE(renameEnvironment(read, read.environments.at(0), " ").error().kind, ErrorKind::Refused);
    QCOMPARE(renameEnvironment(read, read.environments.at(0), "Shared").value_or("error"),
             std::string("environments/shared.yml"));
    read = m_folder->open();
    QCOMPARE(read.environments.size(), std::size_t(2));
    QCOMPARE(read.environments.at(0).extended, std::string("Shared"));
    QCOMPARE(readFile(m_folder->path("environments/shared.yml"), 1000).value_or(""),
             std::string("name: Shared # shared\n"));
    QCOMPARE(freeEnvironmentName(read, "shared"), std::string("shared 2"));
}

void TestEnvironments::judgesTypes()
{
    QVERIFY(fitsType("", "anything") && fitsType("string", "anything"));
    QVERIFY(fitsType("number", "1.50") && !fitsType("number", "one") && !fitsType("number", "\"1\""));
    QVERIFY(fitsType("boolean", "false") && !fitsType("boolean", "yes"));
    QVERIFY(fitsType("object", "{\"a\":1}") && fitsType("object", "[1]") && !fitsType("object", "{a:1}"));
    QVERIFY(fitsType("null", "null") && !fitsType("null", ""));
}

QTEST_GUILESS_MAIN(TestEnvironments)
#include "tst_environments.moc"
