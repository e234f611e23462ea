// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request as a curl command: complete, without secrets, and the same request when it is read again.

#include <interop/export/curl.h>
#include <interop/import.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;
using collection::AuthMode;
using collection::BodyKind;

namespace {

std::string lineOf(const collection::Item& item, const collection::Collection& collection = {})
{
    return curlOf(collection, item, "local");
}

collection::Item getOf(const std::string& url)
{
    collection::Item item;
    item.entry.url = url;
    item.entry.auth = AuthMode::None;
    return item;
}

} // namespace

class TestCurlExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesWhatIsSent();
    void quotesForTheShell();
    void fillsVariablesInButNoSecrets();
    void sessionsAreAShellVariable();
    void credentialsAndParts();
    void bytesAreNoCommandLine();
    void readAgainItIsTheSame();
};

void TestCurlExport::writesWhatIsSent()
{
    QCOMPARE(lineOf(getOf("https://a.example/x?y=1")), std::string("curl 'https://a.example/x?y=1'"));
    collection::Item item = getOf("https://a.example/x");
    item.entry.method = "PUT";
    item.entry.headers = {{"Accept", "*/*"}, {"Off", "x", false}, {"Empty", ""}};
    item.entry.bodyKind = BodyKind::Json;
    item.entry.body = "{\"a\": 1}";
    QCOMPARE(lineOf(item), std::string("curl https://a.example/x \\\n  -X PUT \\\n  -H 'Accept: */*' \\\n"
                                       "  -H 'Empty;' \\\n  -H 'Content-Type: application/json' \\\n"
                                       "  --data-raw '{\"a\": 1}'"));
}

void TestCurlExport::quotesForTheShell()
{
    collection::Item item = getOf("https://a.example/");
    item.entry.headers = {{"X", "it's $HOME `id`"}};
    QCOMPARE(lineOf(item), std::string("curl https://a.example/ \\\n  -H 'X: it'\\''s $HOME `id`'"));
}

void TestCurlExport::fillsVariablesInButNoSecrets()
{
    collection::Collection collection;
    collection.environments = {
        {"environments/local.yml",
         "local",
         {{"host", "http://{{machine}}", true, false}, {"api-key", "live-1", true, true}},
         {},
         {}}};
    collection::Item item = getOf("{{host}}/x/{{id}}");
    item.entry.headers = {{"X-Api-Key", "a\"$ {{api-key}}"}};
    item.entry.bodyKind = BodyKind::Form;
    item.entry.formFields = {{"k", "{{api-key}}"}, {"u", "{{user}}"}};
    QCOMPARE(
        lineOf(item, collection),
        std::string(
            "curl 'http://{{machine}}/x/{{id}}' \\\n  -X GET \\\n  -H \"X-Api-Key: a\\\"\\$ $API_KEY\" \\\n"
            "  -H 'Content-Type: application/x-www-form-urlencoded' \\\n"
            "  --data-raw \"k=$API_KEY&u={{user}}\""));
}

void TestCurlExport::sessionsAreAShellVariable()
{
    collection::Item item = getOf("https://a.example/");
    item.entry.auth = AuthMode::SessionBearer;
    QCOMPARE(lineOf(item), std::string("curl https://a.example/ \\\n  -H \"Authorization: Bearer $TOKEN\""));
    item.entry.auth = AuthMode::SessionRaw;
    QCOMPARE(lineOf(item), std::string("curl https://a.example/ \\\n  -H \"Authorization: $TOKEN\""));
    item.entry.auth = AuthMode::Inherit;
    collection::Collection collection;
    collection.root.auth = AuthMode::SessionBearer;
    QCOMPARE(lineOf(item, collection),
             std::string("curl https://a.example/ \\\n  -H \"Authorization: Bearer $TOKEN\""));
}

void TestCurlExport::credentialsAndParts()
{
    collection::Item item = getOf("https://a.example/o/:id/x");
    item.entry.method = "POST";
    item.entry.kept.auth = "basic";
    item.details.credentials = {"basic", {{"type", "basic"}, {"username", "u"}, {"password", "{{pw}}"}}};
    item.details.parameters = {{"id", "7", true, true}};
    item.entry.kept.body = "multipart-form";
    item.details.parts = {{"a", false, {"1;2"}, "", true},
                          {"f", true, {"x.png"}, "image/png", true},
                          {"off", false, {"x"}, "", false}};
    QCOMPARE(lineOf(item), std::string("curl https://a.example/o/7/x \\\n  -u 'u:{{pw}}' \\\n"
                                       "  --form-string 'a=1;2' \\\n  -F 'f=@x.png;type=image/png'"));
}

void TestCurlExport::readAgainItIsTheSame()
{
    for (const char* text :
         {"curl https://a.example/x -X PATCH -H 'A: b' -H 'Empty;' -d '{\"a\": "
          "\"it'\\''s\"}' -H 'Content-Type: application/json'",
          "curl https://a.example/ -I", "curl https://a.example/ -d a=b -d c=d+e",
          "curl https://a.example/ -F a=b -F 'c=@d;type=e/f' -u u:p",
          "curl https://a.example/ --digest -u u:p", "curl https://a.example/ --ntlm -u 'D\\u:p'",
          "curl https://a.example/ --aws-sigv4 aws:amz:eu-west-1:s3 -u key:secret",
          "curl https://a.example/ --data-binary @f -H 'Content-Type: a/b'"}) {
        const auto first = importText(text, Format::Curl);
        QVERIFY_RESULT(first);
        const auto again = importText(lineOf(first->collection.root.items.at(0)), Format::Curl);
        QVERIFY_RESULT(again);
        QCOMPARE(again->collection.root.items.at(0), first->collection.root.items.at(0));
    }
}

void TestCurlExport::bytesAreNoCommandLine()
{
    collection::Item item = getOf("https://a.example/x");
    item.entry.kept.body = std::string(collection::bytesBody);
    item.details.bytes = std::string("\0\xff", 2);
    QCOMPARE(lineOf(item), std::string("# cannot be a command line: its body is no text\n"));
}

QTEST_GUILESS_MAIN(TestCurlExport)
#include "tst_curlexport.moc"
