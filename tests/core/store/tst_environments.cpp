// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Environments in their files: secrets stay out, other forms are read.

#include "folder.h"

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

QTEST_GUILESS_MAIN(TestEnvironments)
#include "tst_environments.moc"
