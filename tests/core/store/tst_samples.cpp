// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Real files of another program: read as it means them, and saved without a changed byte.

#include <base/text.h>
#include <support/data.h>
#include <support/paths.h>
#include <support/result.h>

#include <store/opencollection.h>

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using collection::AuthMode;
using collection::BodyKind;

namespace {

const std::string folder = test::dataFolder().toStdString() + "/opencollection/bruno-tests-yml-collection";

} // namespace

class TestSamples : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opens();
    void keepsEveryByte_data();
    void keepsEveryByte();
    void changesOneLine_data();
    void changesOneLine();
};

void TestSamples::opens()
{
    const auto opened = openCollection(folder);
    QVERIFY_RESULT(opened);
    QCOMPARE(opened->name, std::string("bruno-yml-testbench"));
    QCOMPARE(opened->variables.size(), std::size_t{4});
    QCOMPARE(opened->variables[3].value, std::string(R"({"scope":"collection"})"));
    QCOMPARE(opened->environments.size(), std::size_t{2});
    QCOMPARE(opened->environments[0].name, std::string("Local"));
    QCOMPARE(opened->environments[0].variables[0].value, std::string("http://localhost:8080"));
    QCOMPARE(opened->root.folders.size(), std::size_t{1});
    const collection::Folder& inner = opened->root.folders[0];
    QCOMPARE(inner.name, std::string("variable-datatypes"));
    QCOMPARE(inner.variables.size(), std::size_t{4});
    std::vector<std::string> names;
    for (const collection::Item& item : inner.items) {
        QVERIFY2(!item.problem, item.problem ? describe(*item.problem).c_str() : "");
        names.push_back(item.entry.name);
    }
    QCOMPARE(names, (std::vector<std::string>{"typed vars", "form-urlencoded", "multipart"}));
    QCOMPARE(inner.items[0].entry.bodyKind, BodyKind::Json);
    QCOMPARE(inner.items[0].entry.auth, AuthMode::None);
    QCOMPARE(inner.items[0].entry.headers.size(), std::size_t{4});
    QCOMPARE(inner.items[1].entry.formFields[3], (collection::Field{"fu_obj", "{{fu_obj}}"}));
    QCOMPARE(inner.items[2].entry.kept.body, std::string("multipart-form"));
    QCOMPARE(inner.items[2].entry.kept.others, std::vector<std::string>{"scripts"});
}

void TestSamples::keepsEveryByte_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(toQString(folder) + QStringLiteral("/variable-datatypes"), {QStringLiteral("*.yml")});
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.endsWith(QStringLiteral("folder.yml")))
            QTest::newRow(qPrintable(files.fileName())) << path;
    }
}

void TestSamples::keepsEveryByte()
{
    QFETCH(QString, path);
    const std::string text = test::readFile(path);
    const auto entry = readEntry(text, "sample.yml");
    QVERIFY_RESULT(entry);
    QCOMPARE(editEntry(text, *entry).value_or("error"), text);
}

void TestSamples::changesOneLine_data()
{
    keepsEveryByte_data();
}

/// Another URL: only the line that begins with "  url:" differs.
void TestSamples::changesOneLine()
{
    QFETCH(QString, path);
    const std::string text = test::readFile(path);
    auto entry = readEntry(text, "sample.yml");
    QVERIFY_RESULT(entry);
    entry->url = "{{host}}/other";
    const auto edited = editEntry(text, *entry);
    QVERIFY_RESULT(edited);
    std::string expected = text;
    expected.replace(expected.find("'{{echo-host}}'"), 15, "'{{host}}/other'");
    QCOMPARE(*edited, expected);
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
