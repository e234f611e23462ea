// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What curl would send becomes the request, and what has no place in one is named.

#include <interop/import.h>
#include <support/data.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;
using collection::AuthMode;
using collection::BodyKind;
using collection::Field;
using collection::Item;

namespace {

Imported imported(const std::string& text)
{
    auto result = importText(text, Format::Automatic);
    if (!result)
        qWarning("%s", describe(result.error()).c_str());
    return result ? *std::move(result) : Imported();
}

Item itemOf(const std::string& text)
{
    const Imported result = imported(text);
    return result.collection.root.items.empty() ? Item() : result.collection.root.items.front();
}

std::string noted(const std::string& text)
{
    std::string all;
    for (const Omission& omission : imported(text).leftOut)
        all += describe(omission) + "\n";
    return all;
}

} // namespace

class TestCurl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void samples();
    void methods_data();
    void methods();
    void clustersAndUnknownOptions();
    void headers();
    void headersTakenOut();
    void aNameIsThePathWithoutTheMethod();
    void longNamesEndWhereACharacterDoes();
    void data_data();
    void data();
    void bodies();
    void dataWithoutAPlaceIsNamed();
    void queries();
    void parts();
    void authorisation();
    void headerInPlaceOfTheUser();
    void severalRequests();
    void whatIsLeftOutIsNamed();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();
};

void TestCurl::samples()
{
    const Item complex = itemOf(test::data("curl/complex.txt"));
    QCOMPARE(complex.entry.method, std::string("POST"));
    QCOMPARE(complex.entry.url, std::string("http://localhost:8000/api/v1/send"));
    QCOMPARE(complex.entry.name, std::string("/api/v1/send"));
    QCOMPARE(complex.entry.headers, (std::vector<Field>{{"x-custom-header", "foo bar"},
                                                        {"content-type", "application/json"},
                                                        {"Cookie", "foo=bar"},
                                                        {"another-header", "foo"}}));
    QCOMPARE(complex.entry.bodyKind, BodyKind::Json);
    QCOMPARE(complex.entry.body, std::string(R"({"email_id": "tem_123"})"));
    QCOMPARE(complex.details.credentials.field("username"), std::string("My User"));
    QCOMPARE(complex.details.credentials.field("password"), std::string("My:Secret:Password"));

    const Item form = itemOf(test::data("curl/form.txt"));
    QCOMPARE(form.details.parts,
             (std::vector<collection::Part>{{"file", true, {"/home/user/file.txt"}, "", true},
                                            {"foo", false, {"bar"}, "", true},
                                            {"baz", false, {"qux"}, "", true}}));
    const Item chrome = itemOf(test::data("curl/from-chrome.txt"));
    QCOMPARE(chrome.entry.method, std::string("POST"));
    QCOMPARE(chrome.entry.headers.size(), std::size_t{10});
    QCOMPARE(chrome.entry.bodyKind, BodyKind::Form);
    QCOMPARE(itemOf(test::data("curl/header-colon.txt")).entry.headers,
             (std::vector<Field>{{"X-Something", "foo: bar:baz"}}));
    QCOMPARE(imported(test::data("curl/multi.txt")).collection.root.items.size(), std::size_t{4});
    QCOMPARE(itemOf(test::data("curl/urlencoded.txt")).entry.formFields,
             (std::vector<Field>{{"foo", "bar"}, {"baz", "qux"}}));
}

void TestCurl::methods_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("method");
    QTest::newRow("none") << "curl a.example"
                          << "GET";
    QTest::newRow("-XPATCH") << "curl -XPATCH a.example"
                             << "PATCH";
    QTest::newRow("--request=") << "curl --request=DELETE a.example"
                                << "DELETE";
    QTest::newRow("-d") << "curl a.example -d x=1"
                        << "POST";
    QTest::newRow("-F") << "curl a.example -F x=1"
                        << "POST";
    QTest::newRow("-T") << "curl a.example -T f.bin"
                        << "PUT";
    QTest::newRow("-I") << "curl -I a.example"
                        << "HEAD";
    QTest::newRow("-G") << "curl -G a.example -d x=1"
                        << "GET";
    QTest::newRow("--json") << "curl --json {} a.example"
                            << "POST";
    QTest::newRow("cut short") << "curl --upload-fi f a.example"
                               << "PUT";
}

void TestCurl::methods()
{
    QFETCH(QString, line);
    QFETCH(QString, method);
    QCOMPARE(itemOf(line.toStdString()).entry.method, method.toStdString());
}

void TestCurl::clustersAndUnknownOptions()
{
    QCOMPARE(itemOf("curl -fsSL https://a.example/x").entry.url, std::string("https://a.example/x"));
    QCOMPARE(itemOf("curl -sXPOST https://a.example/x").entry.method, std::string("POST"));
    QCOMPARE(itemOf("curl --retry 3 -o out https://a.example/x").entry.url,
             std::string("https://a.example/x"));
    QCOMPARE(itemOf("curl --frobnicate https://a.example/x").entry.url, std::string("https://a.example/x"));
    QVERIFY(noted("curl --frobnicate https://a.example/x").find("the option frobnicate") !=
            std::string::npos);
    QCOMPARE(itemOf("$ curl a.example/x").entry.url, std::string("http://a.example/x"));
    QCOMPARE(itemOf("/usr/bin/curl {{host}}/x").entry.url, std::string("{{host}}/x"));
}

void TestCurl::headers()
{
    const Item item =
        itemOf("curl a.example -H'A: b' -H 'Empty;' -H 'Accept:' -A agent/1 -e http://from -b k=v");
    QCOMPARE(item.entry.headers, (std::vector<Field>{{"A", "b"},
                                                     {"Empty", ""},
                                                     {"User-Agent", "agent/1"},
                                                     {"Referer", "http://from"},
                                                     {"Cookie", "k=v"}}));
}

/// Some go out without anybody saying so, and no file takes them away.
void TestCurl::headersTakenOut()
{
    QVERIFY(noted("curl a.example -H Accept:").find("cannot keep it from being sent") != std::string::npos);
    QVERIFY(noted("curl a.example -d a -H 'content-type:'").find("cannot keep it from being sent") !=
            std::string::npos);
    QVERIFY(noted("curl a.example -H X-Other:").find("it is sent only where a request says it") !=
            std::string::npos);
}

/// The method stands beside it in the tree, the tab and the results of a run.
void TestCurl::aNameIsThePathWithoutTheMethod()
{
    QCOMPARE(itemOf("curl -X POST https://a.example/items/1?x=y#z").entry.name, std::string("/items/1"));
    QCOMPARE(itemOf("curl {{baseUrl}}/items -d x=1").entry.name, std::string("/items"));
    QCOMPARE(itemOf("curl -X DELETE http://a.example:8080/?x=/y").entry.name, std::string("a.example:8080"));
    QCOMPARE(itemOf("curl {{baseUrl}}").entry.name, std::string("{{baseUrl}}"));
}

void TestCurl::longNamesEndWhereACharacterDoes()
{
    const std::string name = itemOf("curl a.example/" + std::string(78, 'a') + "éé").entry.name;
    QCOMPARE(name, "/" + std::string(78, 'a') + "…");
}

void TestCurl::data_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("body");
    QTest::newRow("joined") << "-d '{a' -d 'b}'"
                            << "{a&b}";
    QTest::newRow("raw at sign") << "--data-raw @x"
                                 << "@x";
    QTest::newRow("json pieces") << "--json '{\"a\":' --json '1}'"
                                 << "{\"a\":1}";
    QTest::newRow("bytes as typed") << "--data-binary $'a\\nb'"
                                    << "a\nb";
}

void TestCurl::data()
{
    QFETCH(QString, options);
    QFETCH(QString, body);
    const Item item = itemOf("curl a.example " + options.toStdString());
    QCOMPARE(item.entry.body, body.toStdString());
}

void TestCurl::bodies()
{
    const Item form = itemOf("curl a.example --data-urlencode 'a=b c&d' --data-urlencode =x%");
    QCOMPARE(form.entry.bodyKind, BodyKind::Text);
    QCOMPARE(form.entry.body, std::string("a=b%20c%26d&x%25"));
    QCOMPARE(form.entry.headers, (std::vector<Field>{{"Content-Type", "application/x-www-form-urlencoded"}}));
    const Item fields = itemOf("curl a.example -d 'a=b+c' -d d=%26");
    QCOMPARE(fields.entry.bodyKind, BodyKind::Form);
    QCOMPARE(fields.entry.formFields, (std::vector<Field>{{"a", "b c"}, {"d", "&"}}));
    const Item json = itemOf("curl a.example -d '{\"a\": 1}'");
    QCOMPARE(json.entry.bodyKind, BodyKind::Json);
    QCOMPARE(json.entry.headers, (std::vector<Field>{{"Content-Type", "application/x-www-form-urlencoded"}}));
    const Item file = itemOf("curl a.example --data-binary @sub/f.bin -H 'Content-Type: image/png'");
    QCOMPARE(file.entry.kept.body, std::string("file"));
    QCOMPARE(file.details.bodyFile->path, std::string("sub/f.bin"));
    QCOMPARE(itemOf("curl a.example/up/ -T sub/f.bin").entry.url, std::string("http://a.example/up/f.bin"));
}

void TestCurl::dataWithoutAPlaceIsNamed()
{
    QVERIFY(noted("curl a.example -d @f.txt").find("taking the line ends out of f.txt") != std::string::npos);
    QCOMPARE(noted("curl a.example --data-binary @f.bin"), std::string());
    QVERIFY(noted("curl a.example --data-binary @f.bin -d b=2").find("the data beside the file f.bin") !=
            std::string::npos);
    const char* const query = "curl -G a.example -d @f.txt -d b=2";
    QVERIFY(noted(query).find(": the data of the file f.txt in the URL: ") != std::string::npos);
    QVERIFY(noted(query).find("line ends") == std::string::npos);
    QVERIFY(!itemOf(query).details.bodyFile);
    QCOMPARE(itemOf(query).entry.url, std::string("http://a.example?b=2"));
    QVERIFY(noted("curl a.example -F p=1 -d a=1").find("--data: the form is the body") != std::string::npos);
    const Item mixed = itemOf("curl a.example --json {} -F p=1");
    QCOMPARE(mixed.entry.kept.body, std::string("multipart-form"));
    QVERIFY(mixed.entry.headers.empty());
    QVERIFY(noted("curl a.example -T up.bin -d a=1").find("--data: the file of") != std::string::npos);
    QCOMPARE(noted("curl -G a.example -d a=1"), std::string());
}

void TestCurl::queries()
{
    QCOMPARE(itemOf("curl -G 'a.example/x?y=1#z' -d q=1 --data-urlencode 'r=a b'").entry.url,
             std::string("http://a.example/x?y=1&q=1&r=a%20b#z"));
    QCOMPARE(itemOf("curl a.example --url-query 'a=b c' --url-query +d=e").entry.url,
             std::string("http://a.example?a=b%20c&d=e"));
}

void TestCurl::parts()
{
    const Item item = itemOf("curl a.example -F 'p=@a.png;type=image/png' -F 'q=x;type=text/html' "
                             "--form-string 'r=@no;type=x' -F 's=@b.txt,c.txt'");
    QCOMPARE(item.entry.kept.body, std::string("multipart-form"));
    QCOMPARE(item.details.parts, (std::vector<collection::Part>{{"p", true, {"a.png"}, "image/png", true},
                                                                {"q", false, {"x"}, "text/html", true},
                                                                {"r", false, {"@no;type=x"}, "", true},
                                                                {"s", true, {"b.txt", "c.txt"}, "", true}}));
}

void TestCurl::authorisation()
{
    const Item inUrl = itemOf("curl https://u:p%40w@a.example/x");
    const Item plus = itemOf("curl https://u:p+w@a.example/x"); // a space only in a form
    QCOMPARE(plus.details.credentials.field("password"), std::string("p+w"));
    QCOMPARE(inUrl.entry.url, std::string("https://a.example/x"));
    QCOMPARE(inUrl.details.credentials.field("password"), std::string("p@w"));
    QCOMPARE(itemOf("curl a.example -u u:p --digest").entry.kept.auth, std::string("digest"));
    QCOMPARE(itemOf("curl a.example --oauth2-bearer abc").details.credentials.field("token"),
             std::string("abc"));
    QCOMPARE(itemOf("curl a.example --oauth2-bearer '{{token}}'").entry.auth, AuthMode::SessionBearer);
    const auto signing =
        itemOf("curl a.example --aws-sigv4 aws:amz:eu-1:s3 -u key:secret").details.credentials;
    QCOMPARE(signing.type, std::string("awsv4"));
    QCOMPARE(signing.field("service"), std::string("s3"));
    QCOMPARE(signing.field("secretAccessKey"), std::string("secret"));
    QCOMPARE(itemOf("curl a.example").entry.auth, AuthMode::None);
}

/// As curl has it, for Basic and Bearer; a challenge is answered all the same.
void TestCurl::headerInPlaceOfTheUser()
{
    const std::string line = "curl a.example -H 'authorization: Bearer abc' -u ada:pw";
    QCOMPARE(itemOf(line).entry.headers, (std::vector<Field>{{"authorization", "Bearer abc"}}));
    QCOMPARE(itemOf(line).details.credentials.type, std::string());
    QCOMPARE(itemOf(line).entry.auth, AuthMode::None);
    QVERIFY(noted(line).find("the user ada") != std::string::npos);
    QVERIFY(noted(line).find("pw") == std::string::npos);
    QCOMPARE(itemOf(line + " --digest").details.credentials.type, std::string("digest"));
    QCOMPARE(noted("curl a.example -H 'Authorization: Bearer abc'"), std::string());
}

void TestCurl::severalRequests()
{
    const Imported both = imported("curl a.example/1 -d x=1 --next b.example/2");
    QCOMPARE(both.collection.root.items.size(), std::size_t{2});
    QCOMPARE(both.collection.root.items[1].entry.method, std::string("GET"));
    QCOMPARE(both.collection.root.items[1].entry.sequence, 2);
    QCOMPARE(imported("curl a.example/1 a.example/2").collection.root.items.size(), std::size_t{2});
}

void TestCurl::whatIsLeftOutIsNamed()
{
    QCOMPARE(noted("curl a.example -k"),
             std::string("a.example: --insecure: no file switches the check of certificates off: say it when "
                         "you send\n"));
    QCOMPARE(noted("curl a.example -s -o x -v --compressed -L"), std::string());
    QVERIFY(noted("curl a.example -H \"Authorization: Bearer $TOKEN\"")
                .find("line 1: $TOKEN: nothing of the shell") == 0);
    QVERIFY(noted("curl 'a.example/[1-3]'").find("the pattern in") != std::string::npos);
    QCOMPARE(noted("curl 'a.example/{{id}}'"), std::string());
    QVERIFY(noted("curl a.example -b cookies.txt").find("cookies of the file") != std::string::npos);
    QVERIFY(noted("curl a.example > out.json").find("> out.json") != std::string::npos);
    QVERIFY(noted("curl a.example -u user").find("the password of user") != std::string::npos);
    QVERIFY(noted("curl a.example '{{user}}@'").find("no host") != std::string::npos);
}

void TestCurl::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::newRow("no URL") << "curl -s" << 1;
    QTest::newRow("no host") << "curl '{{user}}@'" << 1;
    QTest::newRow("no host, an open variable") << "curl {{@@@ -s" << 1;
    QTest::newRow("value missing") << "curl a.example -H" << 16;
    QTest::newRow("open quote") << "curl 'a.example" << 6;
    QTest::newRow("of Windows") << "curl ^\"http://a^\" ^\n -H ^\"a: b^\"" << 0;
    QTest::newRow("something else") << "wget a.example" << 0;
}

void TestCurl::refusesWhatItCannotRead()
{
    QFETCH(QString, text);
    QFETCH(int, column);
    const auto result = importText(text.toStdString(), Format::Curl);
    QVERIFY(!result);
    QVERIFY(!result.error().fix.empty());
    QCOMPARE(result.error().where ? static_cast<int>(result.error().where->column) : 0, column);
}

QTEST_GUILESS_MAIN(TestCurl)
#include "tst_curl.moc"
