// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request as it goes out: its authorisation, what of it is secret, and its body.

#include "preparing.h"

#include <http/upload.h>
#include <run/redactor.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

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
    void secretsAreKnownToTheRedactor();
    void secretsUnderAnyNameAreKnown_data();
    void secretsUnderAnyNameAreKnown();
    void sendsSparql();
    void bytesGoAsTheyAre();
    void largeFilesAreReadWhileTheyAreSent();
};

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
