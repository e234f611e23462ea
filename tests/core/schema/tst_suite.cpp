// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON Schema Test Suite, drafts 4, 6 and 7. A schema that asks for another document must be refused,
// since nothing is fetched; how many these are is counted, so that no other goes with them.

#include <schema/schema.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;

namespace {

struct Counts
{
    int judged = 0;
    int refused = 0;
};

void judgeGroup(const json::Value& group, schema::Draft draft, Counts& counts)
{
    const auto document = json::parse(std::string(group.find("schema")->text()));
    QVERIFY_RESULT(document);
    const auto schema = schema::read(*document, draft);
    if (!schema && schema.error().why.find("leads to another document") != std::string::npos) {
        ++counts.refused;
        return;
    }
    QVERIFY_RESULT(schema);
    for (const json::Value& each : group.find("tests")->items()) {
        const auto problems = schema->validate(*each.find("data"));
        QVERIFY_RESULT(problems);
        const std::string name =
            group.find("description")->string() + ": " + each.find("description")->string();
        QVERIFY2(problems->empty() == each.find("valid")->boolean(), name.c_str());
        ++counts.judged;
    }
}

} // namespace

class TestSuite : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agrees_data();
    void agrees();
};

void TestSuite::agrees_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("draft");
    QTest::addColumn<int>("judged");
    QTest::addColumn<int>("refused");
    const auto add = [](const char* folder, schema::Draft draft, int judged, int refused) {
        QTest::newRow(folder) << QString::fromLatin1(folder) << static_cast<int>(draft) << judged << refused;
    };
    add("draft4", schema::Draft::Four, 291, 10);
    add("draft4/optional", schema::Draft::Four, 10, 0);
    add("draft6", schema::Draft::Six, 384, 10);
    add("draft6/optional", schema::Draft::Six, 10, 0);
    add("draft7", schema::Draft::Seven, 402, 10);
    add("draft7/optional", schema::Draft::Seven, 10, 0);
    add("draft7/format", schema::Draft::Seven, 25, 0);
}

void TestSuite::agrees()
{
    QFETCH(QString, folder);
    QFETCH(int, draft);
    const QDir files(test::dataFolder() + QStringLiteral("/json-schema-test-suite/") + folder);
    Counts counts;
    for (const QString& file : files.entryList({QStringLiteral("*.json")}, QDir::Files)) {
        const auto groups = json::parse(test::readFile(files.filePath(file)));
        QVERIFY_RESULT(groups);
        for (const json::Value& group : groups->root().items())
            judgeGroup(group, static_cast<schema::Draft>(draft), counts);
    }
    QTEST(counts.judged, "judged");
    QTEST(counts.refused, "refused");
}

QTEST_APPLESS_MAIN(TestSuite)

#include "tst_suite.moc"
