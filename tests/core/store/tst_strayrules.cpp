// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What .claimcheck says of requests and folders that another program deleted or renamed is found, and nothing
// else is.

#include "folder.h"

#include <filesystem>

#include <store/reading.h>
#include <store/strayrules.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;

namespace {

const char* const minted = "minted: [{path: PATH, algorithm: HS256, key: a}]\n";
const char* const connections = "connections:\n  - {path: PATH, proxy: none}\n";
const char* const checks = "requests:\n  PATH: {schema: {inline: {type: object}}}\n";
const char* const matrix = "requests:\n  PATH: {expect: {anonymous: deny}}\n";

std::string about(std::string text, const std::string& path)
{
    return text.replace(text.find("PATH"), 4, path);
}

struct Api : test::CollectionFolder
{
    Api()
    {
        write("orders/list.yml", test::requestText("List", "1"));
        write("orders/broken.yml", "info: {name: [\n");
        write("ping.yml", test::requestText("Ping", "1"));
    }
    /// One line each.
    std::string warnings() const
    {
        std::string all;
        for (const collection::StrayRule& rule : open().strayRules)
            all += collection::warningOf(rule) + "\n";
        return all;
    }
    std::string warningsWith(const std::string& file, const std::string& text) const
    {
        write(file, text);
        return warnings();
    }
};

} // namespace

class TestStrayRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areToldOfEachFile_data()
    {
        QTest::addColumn<std::string>("file");
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("isOfRequests");
        QTest::newRow("connections") << std::string(".claimcheck/connections.yaml")
                                     << std::string(connections) << false;
        QTest::newRow("minted") << std::string(".claimcheck/sessions.yaml") << std::string(minted) << false;
        QTest::newRow("checks") << std::string(".claimcheck/checks.yaml") << std::string(checks) << true;
        QTest::newRow("matrix") << std::string(".claimcheck/matrix.yaml") << std::string(matrix) << true;
    }

    void areToldOfEachFile()
    {
        QFETCH(const std::string, file);
        QFETCH(const std::string, text);
        QFETCH(const bool, isOfRequests);
        const Api api;
        const auto with = [&](const char* path) { return api.warningsWith(file, about(text, path)); };
        const std::string noFolder = isOfRequests ? "" : " or folder";
        QCOMPARE(with("orders/gone.yml"), "the rule for orders/gone.yml in " + file + " names no request" +
                                              noFolder + " (delete it, or mend its path)\n");
        QVERIFY(!with("order").empty());
        QVERIFY(!with("orders/list").empty());
        QVERIFY(!with("orders/folder.yml").empty());
        for (const char* path : {"orders/list.yml", "orders/broken.yml", "ping.yml"})
            QCOMPARE(with(path), std::string());
        // A folder has connections and minted tokens, and no checks.
        QCOMPARE(with("orders").empty(), !isOfRequests);
        if (!isOfRequests)
            for (const char* path : {"\"\"", "./orders/", "orders/./list.yml"})
                QCOMPARE(with(path).empty(), path != std::string("orders/./list.yml"));
    }

    void whatAnotherProgramTakesAwayAndMends()
    {
        const Api api;
        api.write(".claimcheck/connections.yaml", about(connections, "orders/list.yml"));
        api.write(".claimcheck/checks.yaml", about(checks, "orders/list.yml"));
        auto known = readCollection(api.root);
        QVERIFY_RESULT(known);
        QVERIFY(known->collection.strayRules.empty());

        std::filesystem::remove(api.path("orders/list.yml"));
        auto again = readCollection(api.root, known->files);
        QVERIFY_RESULT(again);
        QCOMPARE(complete(*again, known->collection), ReadingChange::Different);
        QCOMPARE(again->collection.strayRules, (std::vector<collection::StrayRule>{
                                                   {".claimcheck/connections.yaml", "orders/list.yml", false},
                                                   {".claimcheck/checks.yaml", "orders/list.yml", true}}));

        // No request changes with the rules; what is shown has to, all the same.
        std::filesystem::remove(api.path(".claimcheck/checks.yaml"));
        auto mended = readCollection(api.root, again->files);
        QVERIFY_RESULT(mended);
        QCOMPARE(complete(*mended, again->collection), ReadingChange::Different);
        QCOMPARE(mended->collection.strayRules.size(), std::size_t{1});
    }

    void eachPathOfAFileOnce()
    {
        const Api api;
        api.write(".claimcheck/connections.yaml", "connections: [{path: gone, proxy: none}, {path: ./gone/, "
                                                  "verifyTls: false}, {path: away, proxy: none}]\n");
        QCOMPARE(api.open().strayRules.size(), std::size_t{2});
    }

    void aFileThatCannotBeReadHasNone()
    {
        const Api api;
        QCOMPARE(api.warningsWith(".claimcheck/connections.yaml", "connections: [{path: gone\n"),
                 std::string());
        QVERIFY(api.open().problem); // that is told where it counts
        QCOMPARE(api.warningsWith(".claimcheck/checks.yaml", "requests: 7\n"), std::string());
    }
};

QTEST_GUILESS_MAIN(TestStrayRules)
#include "tst_strayrules.moc"
