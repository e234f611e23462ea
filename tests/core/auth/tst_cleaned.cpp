// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is left of the request of a sign-in, for those who show or keep it.

#include <auth/secrets.h>
#include <http/upload.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

namespace {

http::Exchange sent()
{
    http::Exchange exchange;
    exchange.request.method = "POST";
    exchange.request.url = "https://id.example/in?x=1";
    exchange.request.headers = {{"Authorization", "Basic c2VjcmV0"}, {"Accept", "*/*"}};
    return exchange;
}

} // namespace

class TestCleaned : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesNoBody();
    void leavesWhereItWent();
};

/// Be it a text, or what is read while it is sent: large multipart forms are.
void TestCleaned::leavesNoBody()
{
    for (const bool isUpload : {false, true}) {
        http::Exchange exchange = sent();
        if (isUpload) {
            auto upload = std::make_shared<http::Upload>();
            upload->append("password=s3cret");
            exchange.request.upload = std::move(upload);
        } else {
            exchange.request.body = "password=s3cret";
        }
        for (const http::Exchange& left : {auth::cleaned(exchange, {}), auth::cleanedWholly(exchange, {})}) {
            QVERIFY(left.request.upload == nullptr);
            QVERIFY(left.request.body.find("s3cret") == std::string::npos);
        }
    }
}

void TestCleaned::leavesWhereItWent()
{
    const http::Exchange some = auth::cleaned(sent(), {});
    const http::Exchange whole = auth::cleanedWholly(sent(), {});
    for (const http::Exchange& left : {some, whole}) {
        QCOMPARE(left.request.method, std::string("POST"));
        QCOMPARE(left.request.headers.front().value, std::string("••••"));
    }
    QCOMPARE(some.request.url, std::string("https://id.example/in?x=1"));
    QCOMPARE(whole.request.url, std::string("https://id.example/in")); // a query may be a form
    QCOMPARE(some.request.headers.back().value, std::string("*/*"));
    QCOMPARE(whole.request.headers.back().value, std::string("••••"));
}

QTEST_GUILESS_MAIN(TestCleaned)
#include "tst_cleaned.moc"
