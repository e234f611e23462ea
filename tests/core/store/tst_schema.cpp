// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What we write is valid against the JSON Schema of OpenCollection 1.0.0, and the check can fail.

#include <store/newcollection.h>
#include <store/opencollection.h>
#include <support/data.h>
#include <support/result.h>

#include "generate.h"
#include "schemaof.h"
#include "whole.h"

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <store/files.h>

using namespace claimcheck;
using namespace claimcheck::store;

class TestSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestsAreValid();
    void collectionsAreValid();
    void environmentsAreValid();
};

void TestSchema::requestsAreValid()
{
    test::SchemaOf schema("HttpRequest");
    test::Generator generator(5);
    for (int i = 0; i < 150; ++i) {
        const std::string text = writeEntry(generator.entry());
        const std::string problem = schema.problemOf(text);
        QVERIFY2(problem.empty(), (problem + "\n" + text).c_str());
    }
    const std::string whole = writeItem(test::itemWithEverything());
    QVERIFY2(schema.problemOf(whole).empty(), schema.problemOf(whole).c_str());
    QVERIFY(!schema.problemOf("info: {name: a, type: http}\nhttp: {auth: none}\n").empty());
    QVERIFY(!schema.problemOf("info: {name: a, type: http, extra: 1}\n").empty());
}

void TestSchema::collectionsAreValid()
{
    QTemporaryDir folder;
    const std::string root = toUtf8(folder.path()) + "/new";
    QVERIFY_RESULT(createCollection(root, "yes: no"));
    test::SchemaOf schema("");
    QCOMPARE(schema.problemOf(readFile(root + "/opencollection.yml", 1000).value_or("")), std::string());
    QVERIFY(!schema.problemOf("opencollection: 1\n").empty());
}

void TestSchema::environmentsAreValid()
{
    QTemporaryDir folder;
    const std::string root = toUtf8(folder.path()) + "/new";
    auto made = createCollection(root, "a");
    QVERIFY_RESULT(made);
    collection::Environment environment;
    environment.name = "1";
    environment.variables = {
        {"a", "true"}, {"b", "", false}, {"c", "hidden", true, true}, {"d", "", false, true}};
    const auto path = saveEnvironment(*made, environment);
    QVERIFY_RESULT(path);
    test::SchemaOf schema("Environment");
    QCOMPARE(schema.problemOf(readFile(root + "/" + *path, 1000).value_or("")), std::string());
    QVERIFY(!schema.problemOf("variables: []\n").empty());
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
