// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests are found by name, URL and body, ignoring case.

#include <QtTest/qtest.h>

#include <collection/search.h>

using namespace claimcheck;
using namespace claimcheck::collection;

namespace {

using Paths = std::vector<std::string>;

Item item(const char* path, const char* name, const char* url)
{
    Item result;
    result.path = path;
    result.entry.name = name;
    result.entry.url = url;
    return result;
}

Collection sample()
{
    Folder orders;
    orders.path = "orders";
    orders.name = "Secret folder";
    orders.items = {item("orders/list.yml", "List orders", "{{baseUrl}}/v1/Orders?page=2"),
                    item("orders/add.yml", "Größe ändern", "{{baseUrl}}/v1/orders")};
    orders.items[1].entry.body = "{\"customer\": \"ACME ÄG\"}";
    Collection result;
    result.root.folders = {orders};
    result.root.items = {item("login.yml", "Log in", "https://a.example/login"),
                         item("upload.yml", "Upload", "https://a.example/files"), item("odd.yml", "", "")};
    result.root.items[0].entry.formFields = {{"Username", "demo", true}};
    result.root.items[1].details.parts = {{"document", true, {"contract.pdf"}, "", true}};
    result.root.items[2].problem = Error{ErrorKind::Malformed, "x", "y", "z", {}};
    return result;
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
};

void TestSearch::finds_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<Paths>("paths");
    QTest::newRow("a name") << std::string("LOG IN") << Paths{"login.yml"};
    QTest::newRow("a URL") << std::string("v1/orders") << Paths{"orders/list.yml", "orders/add.yml"};
    QTest::newRow("a body") << std::string("acme") << Paths{"orders/add.yml"};
    QTest::newRow("a form") << std::string("username") << Paths{"login.yml"};
    QTest::newRow("a part") << std::string("Contract.PDF") << Paths{"upload.yml"};
    QTest::newRow("beyond ASCII") << std::string("GRÖSSE") << Paths{};
    QTest::newRow("beyond ASCII, other case") << std::string("grÖßE") << Paths{"orders/add.yml"};
    QTest::newRow("beyond ASCII in a body") << std::string("äg") << Paths{"orders/add.yml"};
    QTest::newRow("each word somewhere") << std::string(" list  page=2 ") << Paths{"orders/list.yml"};
    QTest::newRow("one word nowhere") << std::string("list nowhere") << Paths{};
    QTest::newRow("at the very end") << std::string("?page=2") << Paths{"orders/list.yml"};
    QTest::newRow("longer than the text") << std::string(200, 'a') << Paths{};
    QTest::newRow("a broken file by its path") << std::string("ODD") << Paths{"odd.yml"};
    QTest::newRow("not by the folder") << std::string("secret") << Paths{};
    QTest::newRow("nothing asked") << std::string("  ")
                                   << Paths{"orders/list.yml", "orders/add.yml", "login.yml", "upload.yml",
                                            "odd.yml"};
}

void TestSearch::finds()
{
    QFETCH(const std::string, text);
    QFETCH(const Paths, paths);
    QCOMPARE(search(sample(), text), paths);
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
