// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Client certificates and proxy of an OpenCollection, and the files of .claimcheck: which rule is for which
// request, and that a rule with a mistake in it stops the collection instead of saying less.

#include <core/store/folder.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::collection;
using test::CollectionFolder;

class TestOwnFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsCertificates();
    void choosesCertificates_data();
    void choosesCertificates();
    void readsTheProxy();
    void bypassesTheProxy_data();
    void bypassesTheProxy();
    void readsMintedTokens();
    void mintsForTheNearest();
    void readsConnections();
    void tellsWhoSaysWhatOfConnections();
    void namesMistakes_data();
    void namesMistakes();
    void leavesWithoutThem();
};

namespace {

std::string request(const std::string& name, const std::string& more = {})
{
    return "info: {name: " + name + ", type: http}\nhttp: {method: GET, url: \"http://h.test/\"" + more +
           "}\n";
}

const Item& item(const Collection& collection, const char* path)
{
    const Item* found = findItem(collection, path);
    if (!found)
        qFatal("no such item");
    return *found;
}

constexpr const char* root = "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n";

} // namespace

void TestOwnFiles::readsCertificates()
{
    CollectionFolder folder;
    folder.write("opencollection.yml",
                 std::string(root) + "  clientCertificates:\n"
                                     "    - {domain: a.test, type: pem, certificateFilePath: certs/a.pem, "
                                     "privateKeyFilePath: certs/a.key, passphrase: \"{{pass}}\"}\n");
    folder.write("environments/local.yml",
                 "name: local\nclientCertificates:\n"
                 "  - {domain: b.test, type: pkcs12, pkcs12FilePath: certs/b.p12, disabled: true}\n");
    const Collection collection = folder.open();
    QCOMPARE(collection.certificates.size(), 1U);
    QVERIFY((collection.certificates[0] ==
             ClientCertificate{"a.test", "certs/a.pem", "certs/a.key", "{{pass}}", true}));
    QCOMPARE(collection.environments.at(0).certificates.size(), 1U);
    QVERIFY((collection.environments[0].certificates[0] ==
             ClientCertificate{"b.test", "certs/b.p12", "", "", false}));
}

void TestOwnFiles::choosesCertificates_data()
{
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char* domain, const char* url, bool fits) {
        QTest::addRow("%s for %s", domain, url) << QByteArray(domain) << QByteArray(url) << fits;
    };
    row("api.test", "https://api.test/x", true);
    row("API.test", "https://api.TEST:8443/x", true);
    row("api.test", "http://api.test/x", false); // nothing asks for it there
    row("api.test", "https://api.test.evil.test/", false);
    row("api.test", "https://xapi.test/", false);
    row("api.test:8443", "https://api.test:8443/", true);
    row("api.test:8443", "https://api.test/", false);
    row("https://api.test/v1", "https://api.test/", true);
    row("*.api.test", "https://a.b.api.test/", true);
    row("*.api.test", "https://api.test/", false);
    row("*", "https://any.test/", true);
    row("", "https://any.test/", false);
    row("[::1]", "https://[::1]:8443/", true);
    row("*a*a*a*a*a*b", "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/", false);
}

void TestOwnFiles::choosesCertificates()
{
    QFETCH(const QByteArray, domain);
    QFETCH(const QByteArray, url);
    QFETCH(const bool, fits);
    Collection collection;
    collection.certificates = {{domain.toStdString(), "c.pem", "c.key", "", true}};
    QCOMPARE(certificateFor(collection, "", url.toStdString()) != nullptr, fits);
    collection.environments = {
        {"e.yml", "e", {}, {}, "", "", "", {{domain.toStdString(), "e.pem", "", "", true}}}};
    const ClientCertificate* found = certificateFor(collection, "e", url.toStdString());
    QCOMPARE(found != nullptr, fits);
    QVERIFY(!found || found->certificateFile == "e.pem"); // the environment before the collection
    collection.environments[0].certificates[0].enabled = false;
    collection.certificates.clear();
    QVERIFY(!certificateFor(collection, "e", url.toStdString()));
}

void TestOwnFiles::readsTheProxy()
{
    CollectionFolder folder;
    const auto proxy = [&folder](const std::string& yaml) {
        folder.write("opencollection.yml", root + yaml);
        return folder.open().proxy;
    };
    const std::string values =
        "    config: {protocol: socks5, hostname: p.test, port: 1081, bypassProxy: \"a.test\", ";
    const auto full = proxy("  proxy:\n" + values + "auth: {username: u, password: \"{{p}}\"}}\n");
    QVERIFY(full && (*full == Proxy{"socks5", "p.test", "1081", "u", "{{p}}", "a.test"}));
    const auto open = proxy("  proxy:\n" + values + "auth: {disabled: true, username: u}}\n");
    QVERIFY(open && open->user.empty());
    QVERIFY(!proxy("  proxy:\n    disabled: true\n" + values + "}\n"));
    QVERIFY(!proxy("  proxy:\n    inherit: true\n" + values + "}\n"));
    QVERIFY(!proxy("  proxy: {inherit: true}\n"));
}

void TestOwnFiles::bypassesTheProxy_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<bool>("bypassed");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("all") << QByteArray("*") << true;
    QTest::newRow("the host") << QByteArray("other.test, API.test") << true;
    QTest::newRow("host and port") << QByteArray("api.test:8080") << true;
    QTest::newRow("another port") << QByteArray("api.test:80") << false;
    QTest::newRow("below a domain") << QByteArray(".test") << true;
    QTest::newRow("below a domain, with a star") << QByteArray("*.test") << true;
    QTest::newRow("below itself") << QByteArray("*.api.test") << false;
    QTest::newRow("the end of a name") << QByteArray("pi.test") << false;
}

void TestOwnFiles::bypassesTheProxy()
{
    QFETCH(const QByteArray, list);
    Proxy proxy;
    proxy.bypass = list.toStdString();
    QTEST(bypasses(proxy, "http://api.test:8080/x"), "bypassed");
}

void TestOwnFiles::readsMintedTokens()
{
    CollectionFolder folder;
    folder.write(".claimcheck/sessions.yaml",
                 "minted:\n"
                 "  - path: ./orders/\n    algorithm: HS256\n    key: \"{{secret}}\"\n    expiresIn: 5m\n"
                 "    header: '{\"kid\":\"1\"}'\n    claims: |\n      {\"sub\":\"{{user}}\"}\n"
                 "  - {path: \"\", algorithm: ES256, keyFile: k.pem, in: query, name: jwt}\n"
                 "  - {path: x.yml, algorithm: ES256, keyFile: k.pem, name: X-Token, allowWeakKey: true}\n");
    const Collection collection = folder.open();
    QVERIFY2(!collection.problem, collection.problem ? describe(*collection.problem).c_str() : "");
    QCOMPARE(collection.minted.size(), 3U);
    const MintedToken& first = collection.minted[0];
    QCOMPARE(first.path, std::string("orders"));
    QCOMPARE(first.claims, std::string("{\"sub\":\"{{user}}\"}\n"));
    QCOMPARE(first.name, std::string("Authorization"));
    QCOMPARE(first.prefix, std::string("Bearer "));
    QVERIFY(first.lifetime == std::chrono::minutes(5) && !first.inQuery && !first.allowWeakKey);
    QVERIFY(collection.minted[1].inQuery && collection.minted[1].prefix.empty());
    QVERIFY(collection.minted[2].allowWeakKey && collection.minted[2].prefix.empty());
}

void TestOwnFiles::mintsForTheNearest()
{
    CollectionFolder folder;
    folder.write("orders/list.yml", request("List", ", auth: inherit"));
    folder.write("orders/own.yml", request("Own", ", auth: {type: basic, username: a, password: b}"));
    folder.write("orders-x/a.yml", request("A", ", auth: inherit"));
    folder.write("orders-x/b.yml", request("B"));
    folder.write("open/folder.yml",
                 "info: {name: Open, type: folder}\nrequest: {auth: {type: basic, username: u}}\n");
    folder.write("open/a.yml", request("A", ", auth: inherit"));
    folder.write(
        ".claimcheck/sessions.yaml",
        "minted:\n  - {path: \"\", algorithm: HS256, key: a}\n  - {path: orders, algorithm: HS384, key: b}\n"
        "  - {path: open/b.yml, algorithm: HS512, key: c}\n");
    folder.write("open/b.yml", request("B", ", auth: {type: basic, username: a}"));
    const Collection collection = folder.open();
    const auto algorithm = [&collection](const char* path) {
        const MintedToken* found = mintedFor(collection, item(collection, path));
        return found ? found->algorithm : std::string();
    };
    QCOMPARE(algorithm("orders/list.yml"), std::string("HS384"));
    QCOMPARE(algorithm("orders/own.yml"), std::string()); // its own stands nearer
    QCOMPARE(algorithm("orders-x/a.yml"), std::string("HS256"));
    QCOMPARE(algorithm("orders-x/b.yml"), std::string()); // it does not say that it inherits
    QCOMPARE(algorithm("open/a.yml"), std::string());     // its folder's stands nearer
    QCOMPARE(algorithm("open/b.yml"), std::string("HS512"));
}

void TestOwnFiles::readsConnections()
{
    CollectionFolder folder;
    folder.write("v1/a.yml", request("A"));
    folder.write("b.yml", request("B"));
    folder.write(
        ".claimcheck/connections.yaml",
        "connections:\n  - {path: \"\", minimumTls: \"1.3\", caFile: ca.pem, proxy: \"http://p:1\"}\n"
        "  - {path: v1, verifyTls: false, httpVersion: \"2\"}\n"
        "  - {path: v1/a.yml, minimumTls: 1.1, proxy: none}\n");
    const Collection collection = folder.open();
    QVERIFY2(!collection.problem, collection.problem ? describe(*collection.problem).c_str() : "");
    const ConnectionRule near = connectionFor(collection, item(collection, "v1/a.yml"));
    QVERIFY(near.verify == false && near.minimumTls == http::TlsVersion::Tls1_1);
    QVERIFY(near.version == http::HttpVersion::Http2 && near.proxy == "none" && near.caFile == "ca.pem");
    const ConnectionRule far = connectionFor(collection, item(collection, "b.yml"));
    QVERIFY(!far.verify && !far.version && far.minimumTls == http::TlsVersion::Tls1_3);
    QVERIFY(far.proxy == "http://p:1");
}

/// What a place says itself, and what counts where it says nothing.
void TestOwnFiles::tellsWhoSaysWhatOfConnections()
{
    CollectionFolder folder;
    folder.write("v1/a.yml", request("A"));
    folder.write(".claimcheck/connections.yaml", "connections:\n  - {path: \"\", caFile: ca.pem}\n"
                                                 "  - {path: v1, verifyTls: false}\n"
                                                 "  - {path: v1, verifyTls: true}\n"
                                                 "  - {path: v1/a.yml, caFile: own.pem}\n");
    const Collection collection = folder.open();
    const ConnectionRule* folderRule = connectionAt(collection, "v1");
    QVERIFY(folderRule != nullptr && folderRule->verify == false); // of two the first
    QCOMPARE(connectionAt(collection, "")->caFile, std::string("ca.pem"));
    QVERIFY(connectionAt(collection, "v1/b.yml") == nullptr);
    QVERIFY(connectionAt(collection, "v") == nullptr);
    QCOMPARE(connectionAround(collection, ""), ConnectionRule());
    const ConnectionRule around = connectionAround(collection, "v1/a.yml");
    QVERIFY(around.verify == false);
    QCOMPARE(around.caFile, std::string("ca.pem"));
    QVERIFY(connectionAround(collection, "v1/b.yml").verify == false); // it has no rule of its own
    QVERIFY(!connectionAround(collection, "v2").verify);
}

void TestOwnFiles::namesMistakes_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    const QByteArray sessions(".claimcheck/sessions.yaml");
    const QByteArray connections(".claimcheck/connections.yaml");
    const auto row = [](const char* name, const QByteArray& file, const char* text, int line) {
        QTest::newRow(name) << file << QByteArray(text) << line;
    };
    row("no YAML", sessions, "minted: [", 2);
    row("no list", sessions, "minted: {path: a}\n", 1);
    row("unknown key", sessions, "minted:\n  - {path: a, algorithm: HS256, secret: x}\n", 2);
    row("no path", sessions, "minted:\n  - {algorithm: HS256, key: x}\n", 2);
    row("no key", sessions, "minted:\n  - {path: a, algorithm: HS256}\n", 2);
    row("two keys", sessions, "minted:\n  - {path: a, algorithm: HS256, key: x, keyFile: y}\n", 2);
    row("no lifetime", sessions, "minted:\n  - {path: a, algorithm: HS256, key: x, expiresIn: soon}\n", 2);
    row("verification misspelt", connections, "connections:\n  - {path: a, verifyTls: no}\n", 2);
    row("TLS misspelt", connections, "connections:\n  - {path: a, minimumTls: \"3\"}\n", 2);
    row("HTTP misspelt", connections, "connections:\n\n  - {path: a, httpVersion: \"9\"}\n", 3);
}

void TestOwnFiles::namesMistakes()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArray, text);
    QFETCH(const int, line);
    CollectionFolder folder;
    folder.write(file.toStdString(), text.toStdString());
    folder.write("a.yml", request("A"));
    const Collection collection = folder.open();
    QVERIFY(findItem(collection, "a.yml")); // it is shown all the same
    QVERIFY(collection.problem);
    const std::string words = describe(*collection.problem);
    QVERIFY2(words.find(file.toStdString()) != std::string::npos, words.c_str());
    QVERIFY(collection.problem->where);
    QCOMPARE(static_cast<int>(collection.problem->where->line), line);
}

void TestOwnFiles::leavesWithoutThem()
{
    CollectionFolder folder;
    folder.write(".claimcheck/sessions.yaml", "# nothing yet\n");
    folder.write(".claimcheck/connections.yaml", "connections:\n");
    const Collection collection = folder.open();
    QVERIFY(!collection.problem && collection.minted.empty() && collection.connections.empty());
}

QTEST_GUILESS_MAIN(TestOwnFiles)
#include "tst_ownfiles.moc"
