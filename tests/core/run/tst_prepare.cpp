// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request as it goes out: authorisations, tokens that are made for it, and how its server is reached.

#include "preparing.h"

#include <http/upload.h>
#include <jose/jws.h>
#include <jose/verify.h>
#include <json/document.h>
#include <run/connection.h>
#include <run/redactor.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

#include <sys/stat.h>

using namespace claimcheck;
using namespace claimcheck::run;
using test::CollectionFolder;
using test::Fixture;
using test::get;

class TestPrepare : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void digestAndNtlm();
    void signsForAws();
    void readsNoProfileOfAws();
    void inheritsFromFolders();
    void mintsATokenForEachRequest();
    void mintsWhereItsRuleSays();
    void mintsWithAKeyOfTheFolder();
    void refusesToMint_data();
    void refusesToMint();
    void takesCertificates();
    void certificatesStayInTheFolder();
    void waitsForNoPipe_data();
    void waitsForNoPipe();
    void takesTheProxy();
    void followsConnectionRules();
    void encodesTheLoginOfAProxy();
    void commandLineCountsFirst();
    void secretsAreKnownToTheRedactor();
    void secretsUnderAnyNameAreKnown_data();
    void secretsUnderAnyNameAreKnown();
    void sendsSparql();
    void bytesGoAsTheyAre();
    void largeFilesAreReadWhileTheyAreSent();
};

namespace {

/// The claims of a token that the key verifies.
std::optional<json::Document> verified(const std::string& token, const jose::Key& key)
{
    jose::Jws decoded = jose::decode(token);
    jose::Verifier verifier({key}, {});
    if (verifier.verify(decoded).verdict != jose::SignatureVerdict::Valid)
        return std::nullopt;
    return std::move(decoded.payloadJson);
}

std::string bearer(const http::Request& request)
{
    const std::string field = http::headerValue(request.headers, "Authorization").value_or("");
    return field.starts_with("Bearer ") ? field.substr(7) : std::string();
}

} // namespace

void TestPrepare::digestAndNtlm()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("{type: digest, username: \"{{user}}\", password: \"{{pass}}\"}"));
    http::Request request = fixture.sent();
    QVERIFY(request.authentication.scheme == http::AuthScheme::Digest);
    QCOMPARE(request.authentication.user, std::string("ada \"A\""));
    QVERIFY(request.authentication.password == Secret("hunter2-secret"));
    QVERIFY(!http::headerValue(request.headers, "Authorization"));
    fixture.folder.write("r.yml", get("{type: ntlm, username: u, password: p, domain: CORP}"));
    request = fixture.sent();
    QVERIFY(request.authentication.scheme == http::AuthScheme::Ntlm);
    QCOMPARE(request.authentication.user, std::string("CORP\\u"));
    fixture.folder.write("r.yml", get("{type: digest, username: u, password: \"{{gone}}\"}"));
    const auto undefined = fixture.request();
    QVERIFY(!undefined && undefined.error().kind == ErrorKind::Usage);
}

void TestPrepare::signsForAws()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("{type: awsv4, accessKeyId: AK, secretAccessKey: \"{{pass}}\", "
                                      "sessionToken: t, service: s3, region: eu-west-1}"));
    const http::Authentication who = fixture.sent().authentication;
    QVERIFY(who.scheme == http::AuthScheme::AwsSigV4);
    QCOMPARE(who.user + who.region + who.service, std::string("AKeu-west-1s3"));
    QVERIFY(who.password == Secret("hunter2-secret") && who.sessionToken == Secret("t"));
}

void TestPrepare::readsNoProfileOfAws()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("{type: awsv4, profileName: prod, service: s3, region: eu-west-1}"));
    const auto request = fixture.request();
    QVERIFY(!request && request.error().kind == ErrorKind::Refused);
}

void TestPrepare::inheritsFromFolders()
{
    Fixture fixture;
    fixture.folder.write("f/folder.yml", "info: {name: F, type: folder}\nrequest:\n"
                                         "  auth: {type: digest, username: outer, password: p}\n");
    fixture.folder.write("f/r.yml", get("inherit"));
    fixture.folder.write("f/own.yml", get("{type: ntlm, username: inner, password: p}"));
    QCOMPARE(fixture.sent("f/r.yml").authentication.user, std::string("outer"));
    QCOMPARE(fixture.sent("f/own.yml").authentication.user, std::string("inner"));
}

void TestPrepare::mintsATokenForEachRequest()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("inherit"));
    fixture.folder.write(
        ".claimcheck/sessions.yaml",
        "minted:\n  - path: \"\"\n    algorithm: HS256\n    key: \"{{secret}}\"\n    expiresIn: 5m\n"
        "    header: '{\"kid\":\"k1\"}'\n    claims: '{\"sub\":\"{{user}}\",\"n\":1.0 }'\n");
    const std::string token = bearer(fixture.sent());
    const jose::Key key = jose::secretKey(Secret("0123456789abcdef0123456789abcdef"));
    const auto claims = verified(token, key);
    QVERIFY2(claims, token.c_str());
    QCOMPARE(claims->root().find("sub")->string(), std::string("ada \"A\""));
    QCOMPARE(claims->root().find("n")->text(), std::string_view("1.0"));
    QCOMPARE(claims->root().find("iat")->text(), std::string_view("1700000000"));
    QCOMPARE(claims->root().find("exp")->text(), std::string_view("1700000300"));
    fixture.values.now += std::chrono::seconds(7);
    const auto later = verified(bearer(fixture.sent()), key);
    QVERIFY(later && later->root().find("iat")->text() == "1700000007");
    fixture.folder.write(".claimcheck/sessions.yaml",
                         "minted:\n  - {path: r.yml, algorithm: HS256, key: \"{{secret}}\", expiresIn: 1h, "
                         "claims: '{\"iat\":1,\"exp\":2}'}\n");
    const auto fixedTimes = verified(bearer(fixture.sent()), key);
    QVERIFY(fixedTimes && fixedTimes->root().find("exp")->text() == "2"); // what it says itself, stays
    QCOMPARE(fixedTimes->root().members().size(), 2U);
}

void TestPrepare::mintsWhereItsRuleSays()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("inherit"));
    const auto rule = [&fixture](const std::string& more) {
        fixture.folder.write(".claimcheck/sessions.yaml",
                             "minted:\n  - {path: r.yml, algorithm: HS256, key: \"{{secret}}\"" + more +
                                 "}\n");
        return fixture.sent();
    };
    QVERIFY(http::headerValue(rule(", name: X-Token").headers, "X-Token")->starts_with("ey"));
    QVERIFY(http::headerValue(rule(", prefix: \"JWT \"").headers, "Authorization")->starts_with("JWT ey"));
    QVERIFY(http::headerValue(rule(", prefix: \"\"").headers, "Authorization")->starts_with("ey"));
    const http::Request query = rule(", in: query, name: jwt");
    QVERIFY2(query.url.starts_with("https://api.test/a?x=1&jwt=ey"), query.url.c_str());
    QVERIFY(!http::headerValue(query.headers, "Authorization"));
}

void TestPrepare::mintsWithAKeyOfTheFolder()
{
    const auto key = jose::generateKeyFor("ES256");
    QVERIFY_RESULT(key);
    const auto pem = jose::toPem(*key);
    QVERIFY_RESULT(pem);
    Fixture fixture;
    fixture.folder.write("r.yml", get("inherit"));
    fixture.folder.write("keys/dev.pem", std::string(pem->reveal()));
    fixture.folder.write(".claimcheck/sessions.yaml",
                         "minted:\n  - {path: \"\", algorithm: ES256, keyFile: keys/dev.pem}\n");
    QVERIFY(verified(bearer(fixture.sent()), *key));
}

void TestPrepare::refusesToMint_data()
{
    QTest::addColumn<QByteArray>("rule");
    const auto row = [](const char* name, const char* rule) { QTest::newRow(name) << QByteArray(rule); };
    row("unknown algorithm", "algorithm: XS256, key: \"{{secret}}\"");
    row("none", "algorithm: none, key: \"{{secret}}\"");
    row("secret for a signature", "algorithm: RS256, key: \"{{secret}}\"");
    row("undefined variable", "algorithm: HS256, key: \"{{gone}}\"");
    row("claims that are none", "algorithm: HS256, key: \"{{secret}}\", claims: '[1]'");
    row("undefined name in the claims",
        "algorithm: HS256, key: \"{{secret}}\", claims: '{\"a\":\"{{gone}}\"}'");
    row("another alg in the header", "algorithm: HS256, key: \"{{secret}}\", header: '{\"alg\":\"none\"}'");
    row("file that is not there", "algorithm: ES256, keyFile: keys/none.pem");
    row("file outside of the folder", "algorithm: HS256, keyFile: ../../../../etc/hostname");
}

void TestPrepare::refusesToMint()
{
    QFETCH(const QByteArray, rule);
    Fixture fixture;
    fixture.values.allowUndefined = true; // is for bodies
    fixture.folder.write("r.yml", get("inherit"));
    fixture.folder.write(".claimcheck/sessions.yaml",
                         "minted:\n  - {path: \"\", " + rule.toStdString() + "}\n");
    const auto request = fixture.request();
    QVERIFY(!request);
    QVERIFY(describe(request.error()).find("0123456789abcdef") == std::string::npos);
}

void TestPrepare::takesCertificates()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write("certs/c.p12", "0");
    fixture.folder.write(
        "environments/e.yml",
        "name: e\nclientCertificates:\n"
        "  - {domain: api.test, type: pkcs12, pkcs12FilePath: certs/c.p12, passphrase: \"{{pass}}\"}\n");
    QVERIFY(fixture.sent().tls.certificateFile.empty()); // of another environment
    fixture.values.environment = "e";
    const http::TlsProfile tls = fixture.sent().tls;
    QVERIFY2(tls.certificateFile.ends_with("/api/certs/c.p12"), tls.certificateFile.c_str());
    QVERIFY(tls.keyFile.empty() && tls.keyPassphrase == Secret("hunter2-secret"));
}

void TestPrepare::certificatesStayInTheFolder()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write(
        "opencollection.yml",
        "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n  clientCertificates:\n"
        "    - {domain: \"*\", type: pem, certificateFilePath: c.pem, privateKeyFilePath: /etc/hostname}\n");
    const auto request = fixture.request();
    QVERIFY(!request && request.error().kind == ErrorKind::Refused);
}

void TestPrepare::waitsForNoPipe_data()
{
    QTest::addColumn<QString>("certificates");
    QTest::addColumn<QString>("connections");
    QTest::newRow("certificate") << "{type: pem, certificateFilePath: pipe, privateKeyFilePath: key.pem}"
                                 << "";
    QTest::newRow("its key") << "{type: pem, certificateFilePath: key.pem, privateKeyFilePath: pipe}"
                             << "";
    QTest::newRow("PKCS#12") << "{type: pkcs12, pkcs12FilePath: pipe}"
                             << "";
    QTest::newRow("authorities") << ""
                                 << "connections:\n  - {path: \"\", caFile: pipe}\n";
}

void TestPrepare::waitsForNoPipe()
{
    QFETCH(QString, certificates);
    QFETCH(QString, connections);
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write("key.pem", "0");
    QCOMPARE(::mkfifo(fixture.folder.path("pipe").c_str(), 0600), 0);
    if (!certificates.isEmpty())
        fixture.folder.write("opencollection.yml",
                             "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n  clientCertificates:\n"
                             "    - {domain: \"*\", " +
                                 toUtf8(certificates.mid(1)) + "\n");
    if (!connections.isEmpty())
        fixture.folder.write(".claimcheck/connections.yaml", toUtf8(connections));
    const auto request = fixture.request();
    QVERIFY(!request && request.error().kind == ErrorKind::Unreadable);
    QCOMPARE(request.error().why, std::string("it is no regular file"));
}

void TestPrepare::takesTheProxy()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    const auto proxy = [&fixture](const std::string& config) {
        fixture.folder.write("opencollection.yml",
                             "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n  proxy: {config: {" +
                                 config + "}}\n");
        return fixture.sent().proxy;
    };
    QCOMPARE(proxy("hostname: p.test"), std::string("http://p.test:80"));
    QCOMPARE(proxy("protocol: socks5, hostname: p.test"), std::string("socks5://p.test:1080"));
    QCOMPARE(proxy("protocol: http, hostname: p.test, port: 3128, auth: {username: \"a@b\", password: "
                   "\"{{pass}}\"}"),
             std::string("http://a%40b:hunter2-secret@p.test:3128"));
    QCOMPARE(proxy("hostname: p.test, bypassProxy: api.test"), std::string());
}

void TestPrepare::followsConnectionRules()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write("ca.pem", "x");
    fixture.folder.write(
        ".claimcheck/connections.yaml",
        "connections:\n  - {path: r.yml, verifyTls: false, minimumTls: \"1.3\", httpVersion: \"1.1\", "
        "proxy: \"socks5h://{{user}}:1\", caFile: ca.pem}\n");
    const http::Request request = fixture.sent();
    QVERIFY(!request.tls.verify && request.tls.minimum == http::TlsVersion::Tls1_3);
    QVERIFY(request.version == http::HttpVersion::Http1_1);
    QCOMPARE(request.proxy, std::string("socks5h://ada \"A\":1"));
    QVERIFY(request.tls.caFile.ends_with("/api/ca.pem"));
}

/// A password may hold whatever ends one in a URL.
void TestPrepare::encodesTheLoginOfAProxy()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    const auto proxy = [&fixture](const std::string& url) {
        fixture.folder.write(".claimcheck/connections.yaml",
                             "connections:\n  - {path: r.yml, proxy: \"" + url + "\"}\n");
        return fixture.sent().proxy;
    };
    QCOMPARE(proxy("http://me:{{user}}@p.test:1"), std::string("http://me:ada%20%22A%22@p.test:1"));
    QCOMPARE(proxy("socks5h://{{user}}:a%2Fb@p.test:1"),
             std::string("socks5h://ada%20%22A%22:a%2Fb@p.test:1"));
    QCOMPARE(proxy("http://me@p.test:1"), std::string("http://me@p.test:1"));
    QCOMPARE(proxy("http://p.test:1"), std::string("http://p.test:1"));
}

void TestPrepare::commandLineCountsFirst()
{
    http::Request request;
    request.tls.certificateFile = "c.pem";
    request.tls.caFile = "a.pem";
    request.proxy = "http://file:1";
    http::Request line;
    overrideConnection(request, line);
    QCOMPARE(request.proxy + request.tls.caFile, std::string("http://file:1a.pem"));
    line.proxy = "http://line:1";
    line.tls.caFile = "b.pem";
    line.tls.verify = false;
    overrideConnection(request, line);
    QCOMPARE(request.proxy + request.tls.caFile, std::string("http://line:1b.pem"));
    QVERIFY(!request.tls.verify && request.tls.certificateFile == "c.pem");
}

void TestPrepare::secretsAreKnownToTheRedactor()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("{type: awsv4, accessKeyId: AK, secretAccessKey: quite-secret, "
                                      "sessionToken: also-secret, service: s3, region: r}"));
    Redactor redactor;
    redactor.addRequest(fixture.sent());
    const std::string cleaned = redactor.clean("a quite-secret b also-secret c");
    QVERIFY2(cleaned.find("secret") == std::string::npos, cleaned.c_str());
}

void TestPrepare::secretsUnderAnyNameAreKnown_data()
{
    QTest::addColumn<QString>("auth");
    QTest::newRow("API key in the query")
        << R"({type: apikey, key: k, value: "quite-secret", placement: query})";
    QTest::newRow("API key in a header")
        << R"({type: apikey, key: X-Tenant, value: "{{secretOne}}", placement: header})";
    QTest::newRow("password of Basic") << "{type: basic, username: ada, password: quite-secret}";
    QTest::newRow("token of Bearer") << R"({type: bearer, token: "{{secretOne}}"})";
}

/// Neither `k` nor `X-Tenant` says that its value is one, and a server may repeat what it reads of Basic.
void TestPrepare::secretsUnderAnyNameAreKnown()
{
    QFETCH(QString, auth);
    Fixture fixture;
    fixture.values.scopes.push_back({"more", {{"secretOne", "quite-secret"}}});
    fixture.folder.write("r.yml", get(toUtf8(auth)));
    const http::Request request = fixture.sent();
    Redactor redactor;
    redactor.addRequest(request);
    const std::string cleaned = redactor.clean(request.url + " said: quite-secret, ada, x=1");
    QVERIFY2(cleaned.find("quite-secret") == std::string::npos, cleaned.c_str());
    QVERIFY2(cleaned.ends_with(", ada, x=1"), cleaned.c_str());
}

/// The fourth kind of text that the format has.
void TestPrepare::sendsSparql()
{
    Fixture fixture;
    fixture.folder.write("r.yml",
                         "info: {name: R, type: http}\nhttp:\n  method: POST\n  url: https://api.test/\n"
                         "  body: {type: sparql, data: 'SELECT * { ?s ?p \"{{user}}\" }'}\n");
    const http::Request request = fixture.sent();
    QCOMPARE(request.body, std::string("SELECT * { ?s ?p \"ada \"A\"\" }"));
    QCOMPARE(http::headerValue(request.headers, "Content-Type"),
             std::optional<std::string>("application/sparql-query"));
}

/// Of a body that came from the history: nothing in it is a variable, and a file cannot ask for one.
void TestPrepare::bytesGoAsTheyAre()
{
    const std::string bytes("\0{{nope}}\xff\r\n", 12);
    collection::Item item;
    item.entry.method = "PUT";
    item.entry.url = "https://api.test/";
    item.entry.headers = {{"Content-Type", "image/png"}};
    item.entry.kept.body = std::string(collection::bytesBody);
    item.details.bytes = bytes;
    const auto request = prepare({}, item, {});
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, bytes);
    QVERIFY(request->hasBody);
    QCOMPARE(http::headerValue(request->headers, "Content-Type"), std::optional<std::string>("image/png"));
    item.details.bytes.clear();
    QCOMPARE(prepare({}, item, {}).error().kind, ErrorKind::Refused);
}

void TestPrepare::largeFilesAreReadWhileTheyAreSent()
{
    const CollectionFolder folder;
    folder.write("small.bin", "small");
    folder.write("large.bin", "");
    QVERIFY(QFile::resize(QString::fromStdString(folder.path("large.bin")),
                          static_cast<qint64>(http::largestInMemory) + 1)); // a hole: it takes no room
    const std::string head = "info: {name: R, type: http}\nhttp:\n  method: POST\n  url: https://api.test/\n";
    const auto fileBody = [&](const char* name) {
        return head + "  body: {type: file, data: [{filePath: " + name +
               ", contentType: a/b, selected: true}]}\n";
    };
    folder.write("file.yml", fileBody("large.bin"));
    folder.write("little.yml", fileBody("small.bin"));
    folder.write("parts.yml", head + "  body:\n    type: multipart-form\n    data:\n"
                                     "      - {name: password, type: text, value: \"{{pass}}\"}\n"
                                     "      - {name: f, type: file, value: [large.bin, small.bin]}\n");
    const collection::Collection collection = folder.open();
    Values values;
    values.scopes = {{"test", {{"pass", "hunter2-secret"}}}};
    const auto prepared = [&](const char* name) {
        return prepare(collection, *collection::findItem(collection, name), values).value();
    };
    const http::Request file = prepared("file.yml");
    QVERIFY(file.hasBody && file.body.empty() && file.upload);
    QCOMPARE(file.upload->size(), http::largestInMemory + 1);
    QCOMPARE(http::headerValue(file.headers, "Content-Type"), std::optional<std::string>("a/b"));
    QVERIFY(!prepared("little.yml").upload);
    QCOMPARE(prepared("little.yml").body, std::string("small"));

    const http::Request parts = prepared("parts.yml");
    QVERIFY(parts.upload);
    const std::string type = http::headerValue(parts.headers, "Content-Type").value_or("");
    const std::string boundary = type.substr(std::min(type.size(), type.find('=') + 1));
    QVERIFY2(boundary.starts_with("claimcheck-") && boundary.size() > 40, type.c_str());
    const std::string texts = parts.upload->texts();
    QVERIFY(texts.starts_with("--" + boundary +
                              "\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n"
                              "hunter2-secret\n"));
    QVERIFY(texts.find("filename=\"large.bin\"") != std::string::npos);
    QVERIFY(texts.ends_with("\r\n--" + boundary + "--\r\n\n"));
    std::string end(boundary.size() + 13, '\0');
    QVERIFY(parts.upload->read(end.data(), end.size(), parts.upload->size() - end.size()));
    QCOMPARE(end, "small\r\n--" + boundary + "--\r\n");
}

QTEST_GUILESS_MAIN(TestPrepare)
#include "tst_prepare.moc"
