// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files that requests, environments and the collection name are found after a folder has another name or
// place: those that lie in it, and no other byte is touched.

#include "treefolder.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using test::TreeFolder;

namespace {

/// With ORDERS wherever it names a file in the folder "orders".
std::string naming(std::string text, const std::string& folder)
{
    const std::string mark = "ORDERS";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + folder.size()))
        text.replace(at, mark.size(), folder);
    return text;
}

const char* const environment =
    "name: local # orders/a.pem\n"
    "dotEnvFilePath: ORDERS/.env\n"
    "variables:\n"
    "  - {name: certificateFilePath, value: orders/a.pem}\n"
    "clientCertificates:\n"
    "  - domain: a.example # the first\n"
    "    type: pem\n"
    "    certificateFilePath: \"ORDERS/a.pem\"   # ours\n"
    "    privateKeyFilePath: 'ORDERS/keys/a.key'\n"
    "  - {domain: '*', type: pkcs12, pkcs12FilePath: ORDERS/b.p12, disabled: true}\n"
    "  - {domain: orders/c, type: pkcs12, pkcs12FilePath: orders-x/b.p12}\n"
    "  - {domain: d, type: pkcs12, pkcs12FilePath: orders/../b.p12}\n"
    "  - {domain: e, type: pkcs12, pkcs12FilePath: /orders/b.p12}\n"
    "  - {domain: f, type: pkcs12, pkcs12FilePath: \"ORDERS/{{name}}.p12\"}\n"
    "  - {domain: h, type: pkcs12, pkcs12FilePath: \"orders/{{name}}/../b.p12\"}\n"
    "  - {domain: g, type: pkcs12, pkcs12FilePath: \"{{orders}}/b.p12\"}\n"
    "# the end";

const char* const file = "info: {name: Upload, type: http, seq: 1}\r\n"
                         "http:\r\n"
                         "  method: POST\r\n"
                         "  url: \"{{host}}/orders/a.bin\"\r\n"
                         "  body:\r\n"
                         "    type: file # orders/a.bin\r\n"
                         "    data:\r\n"
                         "      - filePath: ORDERS/a.bin # ours\r\n"
                         "        contentType: orders/a\r\n"
                         "        selected: true\r\n"
                         "      - {filePath: \"ORDERS/b.bin\", contentType: '', selected: false}\r\n"
                         "      - {filePath: users/orders/b.bin, contentType: '', selected: false}\r\n";

const char* const parts = "info: {name: Upload, type: http, seq: 1}\n"
                          "http:\n"
                          "  method: POST\n"
                          "  url: \"{{host}}/x\"\n"
                          "  body:\n"
                          "    type: multipart-form\n"
                          "    data:\n"
                          "      - name: orders/a.bin\n"
                          "        type: file\n"
                          "        value:\n"
                          "          - ORDERS/a.bin\n"
                          "          - other/a.bin\n"
                          "      - {name: flow, type: file, value: [ORDERS/b.bin, 'ORDERS/c.bin']}\n"
                          "      - {name: one, type: file, value: ORDERS/d.bin}\n"
                          "      - {name: text, type: text, value: orders/a.bin}\n";

const char* const variants = "info: {name: Upload, type: http, seq: 1}\n"
                             "http:\n"
                             "  method: POST\n"
                             "  url: \"{{host}}/x\"\n"
                             "  body:\n"
                             "    - title: a\n"
                             "      selected: true\n"
                             "      body: {type: text, data: orders/file}\n"
                             "    - title: b\n"
                             "      body:\n"
                             "        type: file\n"
                             "        data: [{filePath: ORDERS/a.bin, contentType: '', selected: true}]\n";

void addTexts()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("text");
    QTest::newRow("environment") << std::string("environments/local.yml") << std::string(environment);
    QTest::newRow("file") << std::string("ping.yml") << std::string(file);
    QTest::newRow("multipart") << std::string("ping.yml") << std::string(parts);
    QTest::newRow("variants") << std::string("ping.yml") << std::string(variants);
}

} // namespace

class TestTreeFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filesOfAFolderGoAlong_data() { addTexts(); }
    void filesOfAFolderGoAlong();
    void certificatesOfTheCollectionGoAlong();
    void requestsInTheFolderGoAlongWithTheirFiles();
    void aMovedRequestNamesWhatItNamed();
    void whatClimbsOutOfTheFolderStays();
    void whatCannotBeReadStays();
    void aSharedNameIsNotTakenFromOthers();
    void whatIsNotSavedFollowsAsFilesDo_data() { addTexts(); }
    void whatIsNotSavedFollowsAsFilesDo();
};

void TestTreeFiles::filesOfAFolderGoAlong()
{
    QFETCH(const std::string, path);
    QFETCH(const std::string, text);
    TreeFolder api;
    api.write(path, naming(text, "orders"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text(path), naming(text, "bills"));
    APPLY_AND_BACK(api, moveItems(api.open(), {"bills"}, {"users", ""}));
    QCOMPARE(api.text(path), naming(text, "users/bills"));
    // A folder around it: what lies beside it there is named by its own path, too.
    APPLY_AND_BACK(api, moveItems(api.open(), {"users/bills"}, {"", ""}));
    QCOMPARE(api.text(path), naming(text, "bills"));
}

void TestTreeFiles::certificatesOfTheCollectionGoAlong()
{
    TreeFolder api;
    const std::string text = "opencollection: \"1.0.0\"\n"
                             "info: {name: My API}\n"
                             "config:\n"
                             "  clientCertificates:\n"
                             "    - domain: a.example\n"
                             "      type: pem\n"
                             "      certificateFilePath: ./ORDERS/a.pem # ours\n"
                             "      privateKeyFilePath: keys/orders/a.key\n";
    api.write("opencollection.yml", naming(text, "orders"));
    QCOMPARE(api.open().certificates.front().certificateFile, std::string("./orders/a.pem"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    const auto certificates = api.open().certificates;
    QCOMPARE(certificates.size(), std::size_t{1});
    QCOMPARE(certificates.front().certificateFile, std::string("bills/a.pem"));
    QCOMPARE(certificates.front().keyFile, std::string("keys/orders/a.key"));
    std::string expected = naming(text, "bills");
    expected.erase(expected.find("./"), 2);
    QCOMPARE(api.text("opencollection.yml"), expected);
}

/// Their files are rewritten, and numbered, where they lie before they move.
void TestTreeFiles::requestsInTheFolderGoAlongWithTheirFiles()
{
    TreeFolder api;
    api.write("orders/upload.yml", naming(file, "orders"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text("bills/upload.yml"), naming(file, "bills"));
    // One that names another that is moved and numbered in the same step.
    api.write("bills/upload.yml", "info: {name: Upload, type: http, seq: 4}\nhttp:\n  method: PUT\n  url: "
                                  "x\n  body: {type: file, data: "
                                  "[{filePath: bills/list.yml, contentType: '', selected: true}]}\n");
    APPLY_AND_BACK(api,
                   moveItems(api.open(), {"bills/upload.yml", "bills/list.yml"}, {"users", "users/me.yml"}));
    const collection::Collection after = api.open();
    const collection::Item* const item = collection::findItem(after, "users/upload.yml");
    QVERIFY(item != nullptr && item->details.bodyFile);
    QCOMPARE(item->details.bodyFile->path, std::string("users/list.yml"));
    QVERIFY(collection::findItem(after, "users/list.yml") != nullptr);
}

/// Its paths are those from the collection's folder.
void TestTreeFiles::aMovedRequestNamesWhatItNamed()
{
    TreeFolder api;
    api.write("orders/upload.yml", naming(file, "orders"));
    APPLY_AND_BACK(api, renameItem(api.open(), "orders/upload.yml", "Sent"));
    APPLY_AND_BACK(api, moveItems(api.open(), {"orders/sent.yml"}, {"users", ""}));
    const collection::Collection after = api.open();
    const collection::Item* const item = collection::findItem(after, "users/sent.yml");
    QVERIFY(item != nullptr && item->details.bodyFile);
    QCOMPARE(item->details.bodyFile->path, std::string("orders/a.bin"));
}

void TestTreeFiles::whatClimbsOutOfTheFolderStays()
{
    TreeFolder api;
    const std::string rules = "connections:\n"
                              "  - {path: \"\", caFile: orders/../keys/ca.pem}\n"
                              "  - {path: users, caFile: users/../orders/ca.pem}\n";
    api.write(".claimcheck/connections.yaml", rules);
    APPLY_AND_BACK(api, moveItems(api.open(), {"orders"}, {"users", ""}));
    QCOMPARE(api.text(".claimcheck/connections.yaml"),
             std::string("connections:\n"
                         "  - {path: \"\", caFile: orders/../keys/ca.pem}\n"
                         "  - {path: users, caFile: users/orders/ca.pem}\n"));
}

void TestTreeFiles::whatCannotBeReadStays()
{
    TreeFolder api;
    const std::string broken = "name: x\nclientCertificates: [{certificateFilePath: orders/a.pem\n";
    const std::string request = "info: {name: [\nfilePath: orders/a.bin\n";
    api.write("environments/broken.yml", broken);
    api.write("broken.yml", request);
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.text("environments/broken.yml"), broken);
    QCOMPARE(api.text("broken.yml"), request);
}

void TestTreeFiles::aSharedNameIsNotTakenFromOthers()
{
    TreeFolder api;
    api.write("environments/local.yml", "name: local\nvariables:\n  - {name: a, value: &name orders/a.p12}\n"
                                        "clientCertificates:\n"
                                        "  - {domain: a, type: pkcs12, pkcs12FilePath: *name}\n");
    APPLY_AND_BACK(api, renameItem(api.open(), "orders", "Bills"));
    QCOMPARE(api.open().environments.front().certificates.front().certificateFile,
             std::string("bills/a.p12"));
    QCOMPARE(api.open().environments.front().variables.front().value, std::string("orders/a.p12"));
}

void TestTreeFiles::whatIsNotSavedFollowsAsFilesDo()
{
    QFETCH(const std::string, path);
    QFETCH(const std::string, text);
    TreeFolder api;
    api.write(path, naming(text, "orders"));
    const collection::Collection before = api.open();
    const auto planned = renameItem(before, "orders", "Bills");
    QVERIFY_RESULT(planned);
    QVERIFY_RESULT(store::apply(*planned));
    const collection::Collection after = api.open();
    if (path == "ping.yml") {
        collection::Details details = collection::findItem(before, path)->details;
        followFiles(planned->moves, details);
        QVERIFY(details == collection::findItem(after, path)->details);
        return;
    }
    collection::Environment typed = before.environments.front();
    QVERIFY(typed != after.environments.front());
    followFiles(planned->moves, typed);
    typed.fingerprint = after.environments.front().fingerprint;
    QVERIFY(typed == after.environments.front());
}

QTEST_GUILESS_MAIN(TestTreeFiles)
#include "tst_treefiles.moc"
