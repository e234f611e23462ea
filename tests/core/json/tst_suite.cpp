// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// nst/JSONTestSuite: y_ must be read, n_ must be refused with a place, i_ must only end well.

#include <json/document.h>
#include <json/write.h>

#include <support/data.h>
#include <support/paths.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;

static const json::Limits generous{.depth = 1000, .bytes = 1u << 20u};

static void addFiles(const QString& filter, int count)
{
    QTest::addColumn<QString>("path");
    const QDir folder(test::dataFolder() + QStringLiteral("/JSONTestSuite/test_parsing"));
    const QStringList names = folder.entryList({filter}, QDir::Files, QDir::Name);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
    qInfo("JSONTestSuite %s: %d files", qPrintable(filter), static_cast<int>(names.size()));
    QCOMPARE(static_cast<int>(names.size()), count);
}

class TestSuite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data() { addFiles(QStringLiteral("y_*.json"), 95); }
    void accepts();
    void refuses_data() { addFiles(QStringLiteral("n_*.json"), 188); }
    void refuses();
    void survives_data() { addFiles(QStringLiteral("i_*.json"), 35); }
    void survives();
};

void TestSuite::accepts()
{
    QFETCH(QString, path);
    const std::string text = test::readFile(path);
    const auto document = json::parse(text, generous);
    QVERIFY_RESULT(document);
    // Pretty and compact text mean the same again, and compact text is a fixed point.
    const std::string compact = json::format(document->root(), json::Layout::Compact);
    const auto pretty = json::parse(json::format(document->root(), json::Layout::Pretty), generous);
    QVERIFY_RESULT(pretty);
    QCOMPARE(json::format(pretty->root(), json::Layout::Compact), compact);
    QCOMPARE(std::string(document->source()), text);
}

void TestSuite::refuses()
{
    QFETCH(QString, path);
    const std::string text = test::readFile(path);
    const auto document = json::parse(text, generous);
    QVERIFY(!document);
    QVERIFY(!document.error().why.empty());
    QVERIFY(document.error().where.has_value());
    QVERIFY(document.error().where->offset <= text.size());
    QVERIFY(document.error().where->line >= 1);
}

void TestSuite::survives()
{
    QFETCH(QString, path);
    const auto document = json::parse(test::readFile(path), generous);
    if (document)
        QVERIFY(json::parse(json::format(document->root(), json::Layout::Pretty), generous).has_value());
    else
        QVERIFY(document.error().where.has_value());
}

QTEST_GUILESS_MAIN(TestSuite)
#include "tst_suite.moc"
