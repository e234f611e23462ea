// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// WWW-Authenticate by the grammar of RFC 9110 §11.6.1, its own examples among them.

#include <auth/challenge.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::auth;

namespace {

/// "Basic realm=a,b | Negotiate YII=", or "error: …".
std::string parsed(std::string_view value)
{
    const auto challenges = parseChallenges(value);
    if (!challenges)
        return "error: " + challenges.error().why;
    std::string text;
    for (const Challenge& challenge : *challenges) {
        text += (text.empty() ? "" : " | ") + challenge.scheme;
        text += challenge.token68.empty() ? "" : " " + challenge.token68;
        for (const auto& [name, content] : challenge.parameters)
            text += " " + name + "=" + content;
    }
    return text;
}

} // namespace

class TestChallenge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void findsParameters();
};

void TestChallenge::reads_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char* name, const char* value, const char* expected) {
        QTest::newRow(name) << std::string(value) << std::string(expected);
    };
    add("RFC 9110 §11.6.1",
        R"(Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\"")",
        R"(Basic realm=simple | Newauth realm=apps type=1 title=Login to "apps")");
    add("RFC 6750 §3",
        R"(Bearer realm="example", error="invalid_token", error_description="The access token expired")",
        "Bearer realm=example error=invalid_token error_description=The access token expired");
    add("RFC 9470 §3", R"(Bearer error="insufficient_user_authentication", acr_values="myACR", max_age="5")",
        "Bearer error=insufficient_user_authentication acr_values=myACR max_age=5");
    add("comma in a quoted string", R"(Basic realm="a, b=c", Bearer)", "Basic realm=a, b=c | Bearer");
    add("token68", "Negotiate YIIabc+/==, Basic realm=x", "Negotiate YIIabc+/== | Basic realm=x");
    add("token68 at the end", "Negotiate TlRM", "Negotiate TlRM");
    add("schemes alone", "Negotiate, NTLM", "Negotiate | NTLM");
    add("a value that ends in =", "Scheme a==", "Scheme a==");
    add("white space around =", "Basic realm = \"x\" , charset\t=UTF-8", "Basic realm=x charset=UTF-8");
    add("empty elements", ",, Basic realm=x,, ,a=b,", "Basic realm=x a=b");
    add("empty", "", "");
    add("names in any case", "BEARER ReAlM=x", "BEARER realm=x");
    add("twice", "Bearer a=1, A=2", "error: a parameter comes twice, byte 15");
    add("open string", "Bearer a=\"x", "error: a quoted string does not end, byte 11");
    add("ends in a backslash", "Bearer a=\"x\\", "error: a quoted string does not end, byte 12");
    add("no value", "Bearer a=1, b=", "error: a parameter has no value, byte 14");
    add("a token68 and no list", "Bearer a=, b=1", "error: a comma is missing, byte 12"); // "a=" is a token68
    add("no comma", "Bearer a=1 b=2", "error: a comma is missing, byte 11");
    add("no scheme", "=x", "error: the name of a scheme is missing, byte 0");
    add("two words", "Bearer one two",
        "error: behind the scheme stands neither a parameter nor a token68, byte 7");
    add("control character", "Bearer a=\"\x01\"",
        "error: a control character stands in a quoted string, byte 10");
    QTest::newRow("too long") << "Bearer a=" + std::string(20'000, 'x')
                              << std::string("error: it is too long, byte 0");
    QTest::newRow("NUL") << std::string("Bearer\0x", 8) << std::string("error: a comma is missing, byte 6");
}

void TestChallenge::reads()
{
    QFETCH(std::string, value);
    QTEST(parsed(value), "expected");
}

void TestChallenge::findsParameters()
{
    const auto challenges = parseChallenges("bearer Error=\"x\"");
    QVERIFY_RESULT(challenges);
    QVERIFY(challenges->front().is("Bearer"));
    QVERIFY(!challenges->front().is("Bear"));
    QCOMPARE(challenges->front().parameter("error"), std::string("x"));
    QCOMPARE(challenges->front().parameter("scope"), std::string());
}

QTEST_APPLESS_MAIN(TestChallenge)

#include "tst_challenge.moc"
