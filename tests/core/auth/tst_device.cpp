// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The device authorization grant (RFC 8628): the answer with the codes, and when to ask again.

#include "oauthlogin.h"

#include <auth/device.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string whole =
    R"("device_code":"d","user_code":"WDJB-MJHT","verification_uri":"https://id.example/device")";

http::Exchange exchangeOf(http::Response response)
{
    http::Exchange exchange;
    exchange.response = std::move(response);
    return exchange;
}

http::Exchange errorOf(const char* code)
{
    return exchangeOf(answer(400, std::string("{\"error\":\"") + code + "\"}"));
}

} // namespace

class TestDevice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheCodes();
    void refuses_data();
    void refuses();
    void asksAsOftenAsAllowed();
    void endsInTime();
    void backsOffWhenNobodyAnswers();
    void endsWithTokenOrRefusal();
};

void TestDevice::readsTheCodes()
{
    const auto code = auth::readDeviceCode(
        oauthLogin(), jsonAnswer("{" + whole +
                                 R"(,"verification_uri_complete":"https://id.example/device?c=WDJB-MJHT",)"
                                 R"("expires_in":1800,"interval":7})"));
    QVERIFY_RESULT(code);
    QCOMPARE(code->code, Secret("d"));
    QCOMPARE(code->userCode, std::string("WDJB-MJHT"));
    QCOMPARE(code->verificationUri, std::string("https://id.example/device"));
    QCOMPARE(code->completeUri, std::string("https://id.example/device?c=WDJB-MJHT"));
    QCOMPARE(code->lifetime, Seconds(1800));
    QCOMPARE(code->interval, Seconds(7));
    // As text, as many servers write it.
    const auto text = auth::readDeviceCode(
        oauthLogin(), jsonAnswer("{" + whole + R"(,"expires_in":"1800","interval":"7"})"));
    QVERIFY_RESULT(text);
    QCOMPARE(text->lifetime, Seconds(1800));
    QCOMPARE(text->interval, Seconds(7));
    // §3.2: five seconds where it is not said.
    QCOMPARE(auth::readDeviceCode(oauthLogin(), jsonAnswer("{" + whole + ",\"expires_in\":60}"))->interval,
             Seconds(5));
}

void TestDevice::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const char* body, const char* why) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(why);
    };
    row("page", "<html>", "its answer is no JSON object");
    row("no codes", "{}", "its answer has no device_code and user_code");
    row("no link", R"({"device_code":"d","user_code":"u","expires_in":60})",
        "its answer does not say where the code is to be typed");
    row("script", R"({"device_code":"d","user_code":"u","verification_uri":"javascript:x","expires_in":60})",
        "'verification_uri' is no http or https address");
    row("hidden",
        R"({"device_code":"d","user_code":"u","verification_uri":"https://id.example/\u202e","expires_in":60})",
        "'verification_uri' is no http or https address");
    const std::string start = R"({"device_code":"d","user_code":"u","expires_in":60,"verification_uri":")";
    const std::string link = "https://id.example/" + std::string(2048, 'x');
    row("long", (start + link + "\"}").c_str(), "'verification_uri' is longer than 2048 bytes");
    row("long and no address", (start + "javascript:" + link + "\"}").c_str(),
        "'verification_uri' is no http or https address");
    const std::string other = start + R"(https://id.example/","verification_uri_complete":")" + link + "\"}";
    row("long with the code", other.c_str(), "'verification_uri_complete' is longer than 2048 bytes");
    row("no lifetime", R"({"device_code":"d","user_code":"u","verification_uri":"https://id.example"})",
        "'expires_in' is missing, or no time up to a week");
    for (const char* lifetime : {"\"soon\"", "\"nan\"", "\"inf\"", "\"-1\"", "\"\"", "true", "null"}) {
        const std::string body =
            R"({"device_code":"d","user_code":"u","verification_uri":"https://id.example","expires_in":)" +
            std::string(lifetime) + "}";
        row(lifetime, body.c_str(), "'expires_in' is missing, or no time up to a week");
    }
    row("negative",
        R"({"device_code":"d","user_code":"u","verification_uri":"https://id.example","expires_in":-1})",
        "'expires_in' is missing, or no time up to a week");
}

void TestDevice::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, why);
    const auto code = auth::readDeviceCode(oauthLogin(), answer(200, body.toStdString()));
    QVERIFY(!code);
    QCOMPARE(code.error().kind, ErrorKind::Malformed);
    QCOMPARE(code.error().why, why.toStdString());
    QCOMPARE(auth::readDeviceCode(oauthLogin(), answer(400, R"({"error":"invalid_scope"})")).error().kind,
             ErrorKind::Refused);
    QCOMPARE(auth::readDeviceCode(oauthLogin(), answer(404, "")).error().kind, ErrorKind::Malformed);
    const auto outage =
        auth::readDeviceCode(oauthLogin(), answer(502, "<html><title>Bad Gateway</title></html>"));
    QCOMPARE(outage.error().kind, ErrorKind::BadAnswer);
    QVERIFY2(outage.error().why.ends_with("is out of order: it answers 502: Bad Gateway"),
             outage.error().why.c_str());
}

static auth::DevicePolling polling(Seconds lifetime = Seconds(600))
{
    auth::DeviceCode code;
    code.lifetime = lifetime;
    return auth::DevicePolling(code);
}

static Milliseconds waitOf(const auth::DevicePolling::Step& step)
{
    const auto* wait = std::get_if<Milliseconds>(&step);
    return wait != nullptr ? *wait : Milliseconds(-1);
}

void TestDevice::asksAsOftenAsAllowed()
{
    auth::DevicePolling device = polling();
    QCOMPARE(device.interval(), Milliseconds(5000));
    QCOMPARE(waitOf(device.take(oauthLogin(), errorOf("authorization_pending"), Seconds(5))),
             Milliseconds(5000));
    QCOMPARE(waitOf(device.take(oauthLogin(), errorOf("slow_down"), Seconds(10))), Milliseconds(10'000));
    QCOMPARE(waitOf(device.take(oauthLogin(), errorOf("slow_down"), Seconds(20))), Milliseconds(15'000));
    // It stays so (§3.5: "this and all subsequent requests").
    QCOMPARE(waitOf(device.take(oauthLogin(), errorOf("authorization_pending"), Seconds(35))),
             Milliseconds(15'000));
}

void TestDevice::endsInTime()
{
    auth::DevicePolling device = polling(Seconds(12));
    QCOMPARE(waitOf(device.take(oauthLogin(), errorOf("authorization_pending"), Seconds(5))),
             Milliseconds(5000));
    const auto step = device.take(oauthLogin(), errorOf("authorization_pending"), Seconds(10));
    QVERIFY(std::holds_alternative<Error>(step));
    QCOMPARE(std::get<Error>(step).why, std::string("the code is over, and nobody confirmed it in time"));
}

void TestDevice::backsOffWhenNobodyAnswers()
{
    auth::DevicePolling device = polling();
    http::Exchange lost;
    lost.error = Error{ErrorKind::TimedOut, "no answer", "", "", std::nullopt};
    for (const int seconds : {10, 20, 40, 60, 60})
        QCOMPARE(waitOf(device.take(oauthLogin(), lost, Seconds(5))), Milliseconds(seconds * 1000));
    // A proxy that answers for a server that is away, in its own words.
    auth::DevicePolling behind = polling();
    for (const char* body : {"<html><title>Bad Gateway</title></html>", R"({"error":"Bad Gateway"})"})
        QVERIFY(waitOf(behind.take(oauthLogin(), exchangeOf(answer(502, body)), Seconds(5))) >
                Milliseconds(0));
    QVERIFY(waitOf(behind.take(oauthLogin(), exchangeOf(answer(429, "{}")), Seconds(5))) > Milliseconds(0));
    const auto refused = exchangeOf(answer(500, R"({"error":"access_denied"})"));
    QVERIFY(std::holds_alternative<Error>(behind.take(oauthLogin(), refused, Seconds(5))));
    lost.error->kind = ErrorKind::Cancelled;
    QVERIFY(std::holds_alternative<Error>(device.take(oauthLogin(), lost, Seconds(5))));
}

void TestDevice::endsWithTokenOrRefusal()
{
    auth::DevicePolling device = polling();
    const auto given = device.take(
        oauthLogin(), exchangeOf(jsonAnswer(R"({"access_token":"a","token_type":"Bearer"})")), Seconds(5));
    QVERIFY(std::holds_alternative<auth::TokenAnswer>(given));
    for (const char* code : {"access_denied", "expired_token", "invalid_grant"})
        QVERIFY(std::holds_alternative<Error>(device.take(oauthLogin(), errorOf(code), Seconds(5))));
}

QTEST_GUILESS_MAIN(TestDevice)
#include "tst_device.moc"
