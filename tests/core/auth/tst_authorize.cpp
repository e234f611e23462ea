// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session's token goes into Authorization, raw or as Bearer, and to its own origins only.

#include <auth/session.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using collection::AuthMode;

namespace {

auth::Session session()
{
    auth::Session made;
    made.name = "demo";
    made.token = Secret("a.b.c");
    made.origins = {"http://127.0.0.1:4000"};
    return made;
}

http::Request requestTo(const std::string& url)
{
    http::Request request;
    request.url = url;
    request.headers = {{"Accept", "*/*"}};
    return request;
}

std::optional<std::string> sent(AuthMode mode, const std::string& url = "http://127.0.0.1:4000/protected")
{
    const auth::Session owner = session();
    const auto request = auth::authorize(requestTo(url), mode, &owner);
    return request ? http::headerValue(request->headers, "Authorization") : "refused";
}

} // namespace

class TestAuthorize : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsTheToken();
    void leavesOthersAlone();
    void theUsersHeaderWins();
    void withoutASessionNothingIsAdded();
    void refusesForeignOrigins_data();
    void refusesForeignOrigins();
    void theRefusalHoldsNoToken();
};

void TestAuthorize::addsTheToken()
{
    QCOMPARE(sent(AuthMode::SessionRaw), std::optional<std::string>("a.b.c"));
    QCOMPARE(sent(AuthMode::SessionBearer), std::optional<std::string>("Bearer a.b.c"));
    QCOMPARE(sent(AuthMode::SessionRaw, "HTTP://127.0.0.1:4000"), std::optional<std::string>("a.b.c"));
}

void TestAuthorize::leavesOthersAlone()
{
    QCOMPARE(sent(AuthMode::None), std::optional<std::string>());
    QCOMPARE(sent(AuthMode::Inherit), std::optional<std::string>());
    QCOMPARE(sent(AuthMode::None, "http://elsewhere/"), std::optional<std::string>());
}

void TestAuthorize::theUsersHeaderWins()
{
    const auth::Session owner = session();
    http::Request request = requestTo("http://elsewhere/");
    request.headers.push_back({"authorization", "Basic x"});
    const auto result = auth::authorize(request, AuthMode::SessionRaw, &owner);
    QVERIFY_RESULT(result);
    QCOMPARE(*result, request);
}

void TestAuthorize::withoutASessionNothingIsAdded()
{
    const http::Request request = requestTo("http://127.0.0.1:4000/");
    QCOMPARE(auth::authorize(request, AuthMode::SessionRaw, nullptr).value(), request);
}

void TestAuthorize::refusesForeignOrigins_data()
{
    QTest::addColumn<QString>("url");
    for (const char* url : {"http://127.0.0.1:4001/", "https://127.0.0.1:4000/", "http://localhost:4000/",
                            "http://127.0.0.1:4000@evil.example/", "http://127.0.0.1/", "nonsense"})
        QTest::newRow(url) << QString::fromUtf8(url);
}

void TestAuthorize::refusesForeignOrigins()
{
    QFETCH(const QString, url);
    QCOMPARE(sent(AuthMode::SessionRaw, url.toStdString()), std::optional<std::string>("refused"));
    QCOMPARE(sent(AuthMode::SessionBearer, url.toStdString()), std::optional<std::string>("refused"));
}

void TestAuthorize::theRefusalHoldsNoToken()
{
    const auth::Session owner = session();
    const auto result = auth::authorize(requestTo("http://evil.example/"), AuthMode::SessionRaw, &owner);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Refused);
    QVERIFY(describe(result.error()).find("a.b.c") == std::string::npos);
    QVERIFY(describe(result.error()).find("http://evil.example:80") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestAuthorize)
#include "tst_authorize.moc"
