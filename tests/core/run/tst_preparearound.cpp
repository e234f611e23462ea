// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands around a request and cannot be used: the request does not go out without it.

#include "preparing.h"

#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using test::Fixture;
using test::get;

class TestPrepareAround : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesAnApiKeyWithoutAName();
    void sendsNothingPastABrokenFile();
    void sendsNothingPastDefaultsThatCannotBeRead_data();
    void sendsNothingPastDefaultsThatCannotBeRead();
    void sendsNothingWithACircleOfEnvironments();
};

void TestPrepareAround::refusesAnApiKeyWithoutAName()
{
    Fixture fixture;
    for (const char* auth : {"{type: apikey}", "{type: apikey, value: v}",
                             "{type: apikey, key: \"\", value: v, placement: query}"}) {
        fixture.folder.write("r.yml", get(auth));
        const auto request = fixture.request();
        QVERIFY2(!request && request.error().kind == ErrorKind::Refused, auth);
    }
    fixture.folder.write("r.yml", get("{type: apikey, key: X-Key, value: v}"));
    const auto request = fixture.request();
    QVERIFY_RESULT(request);
    QCOMPARE(http::headerValue(request->headers, "X-Key"), std::optional<std::string>("v"));
}

void TestPrepareAround::sendsNothingPastABrokenFile()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write(".claimcheck/connections.yaml", "connections:\n  - {path: a, verify: false}\n");
    const auto request = fixture.request();
    QVERIFY(!request && request.error().kind == ErrorKind::Malformed);
}

void TestPrepareAround::sendsNothingPastDefaultsThatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const char* request, const char* why) {
        QTest::newRow(name) << QByteArray(request) << QByteArray(why);
    };
    row("a header that is a text", "{headers: [\"X-A: 1\"]}",
        "request.headers[0] is not a mapping of keys to values");
    row("headers", "{headers: {X-A: 1}}", "request.headers is not a list");
    row("a variable", "{variables: [a]}", "request.variables[0] is not a mapping of keys to values");
    row("authorisation", "{auth: basic}", "request.auth is basic, which is neither inherit nor a mapping");
    row("settings", "{settings: {http: {timeout: soon}}}",
        "request.settings.http.timeout is neither a whole number");
    row("all of it", "[a]", "request is not a mapping of keys to values");
}

/// Requests elsewhere are none of its business.
void TestPrepareAround::sendsNothingPastDefaultsThatCannotBeRead()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, why);
    Fixture fixture;
    const std::string defaults = "request: " + request.toStdString() + "\n";
    fixture.folder.write("f/folder.yml", "info: {name: F, type: folder}\n" + defaults);
    fixture.folder.write("f/r.yml", get("inherit"));
    fixture.folder.write("r.yml", get());
    const auto inside = fixture.request("f/r.yml");
    QVERIFY(!inside && inside.error().kind == ErrorKind::Malformed);
    QVERIFY2(inside.error().why.find(why.toStdString()) != std::string::npos, inside.error().why.c_str());
    QVERIFY_RESULT(fixture.request("r.yml"));
    fixture.folder.write("f/folder.yml", "info: {name: F, type: folder}\nrequest: {headers: }\n");
    QVERIFY_RESULT(fixture.request("f/r.yml"));
    fixture.folder.write("opencollection.yml", "opencollection: \"1.0.0\"\ninfo: {name: x}\n" + defaults);
    QVERIFY(!fixture.request("r.yml"));
}

void TestPrepareAround::sendsNothingWithACircleOfEnvironments()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get());
    fixture.folder.write("environments/a.yml", "name: a\nextends: b\n");
    fixture.folder.write("environments/b.yml", "name: b\n");
    fixture.values.environment = "a";
    QVERIFY_RESULT(fixture.request());
    fixture.folder.write("environments/b.yml", "name: b\nextends: a\n");
    const auto request = fixture.request();
    QVERIFY(!request && request.error().kind == ErrorKind::Usage);
    QVERIFY(request.error().why.ends_with("a → b → a"));
    fixture.values.environment.clear();
    QVERIFY_RESULT(fixture.request());
}

QTEST_GUILESS_MAIN(TestPrepareAround)
#include "tst_preparearound.moc"
