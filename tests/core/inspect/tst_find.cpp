// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens in what people paste and in what servers send (jose-policy rule 10).

#include <QtTest/qtest.h>

#include <base/text.h>
#include <inspect/find.h>

using namespace claimcheck;
using inspect::findTokens;
using inspect::unwrap;

static const std::string jws = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2ln";
static const std::string unsignedJws = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vIn0.";
static const std::string jwe = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXY.Y3Q.dGFn";

class TestFind : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unwraps_data();
    void unwraps();
    void leavesTheTokenItselfAlone_data();
    void leavesTheTokenItselfAlone();
    void survivesEndlessWrappers();
    void finds_data();
    void finds();
    void findsAllInOrder();
    void staysLinear();
};

void TestFind::unwraps_data()
{
    QTest::addColumn<QString>("pasted");
    const auto row = [](const char* name, const std::string& before, const std::string& after) {
        QTest::newRow(name) << toQString(before + jws + after);
    };
    row("bare", "", "");
    row("white space", " \t\r\n", "\n\n");
    row("quotes", "\"", "\"");
    row("single quotes", "'", "'");
    row("bearer", "Bearer ", "");
    row("bearer, any case", "bEARER   ", "");
    row("header", "Authorization: Bearer ", "");
    row("header, any case", "authorization:bearer ", "");
    row("raw header", "Authorization: ", "");
    row("header in quotes", "'Authorization: Bearer ", "'");
    row("quoted in header", "Authorization: \"Bearer ", "\"");
    row("cookie line", "Cookie: a=b; session=", "; theme=dark");
    row("set-cookie line", "Set-Cookie: token=", "; Path=/; HttpOnly; SameSite=Lax");
    row("cookie pair", "access=", "");
    row("cookie pair with attributes", "access=", "; Secure");
    row("quoted cookie value", "access=\"", "\"; Secure");
    row("query", "https://api.example/cb?state=1&access_token=", "&x=2");
    row("fragment", "https://api.example/cb#access_token=", "&token_type=Bearer");
    row("quoted URL", "\"https://api.example/cb?access_token=", "\"");
    row("nested thrice", "'Cookie: t=\"Bearer ", "\"; Path=/'");
}

void TestFind::unwraps()
{
    QFETCH(QString, pasted);
    const std::string text = toUtf8(pasted);
    const inspect::Unwrapped unwrapped = unwrap(text);
    QCOMPARE(std::string(unwrapped.token), jws);
    QCOMPARE(text.substr(unwrapped.offset, jws.size()), jws);
}

void TestFind::leavesTheTokenItselfAlone_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("padding in the middle") << u"eyJhbGciOiJub25lIn0=.eyJ9.c2ln"_qs;
    QTest::newRow("padding at the end") << u"eyJhbGciOiJub25lIn0.eyJ9.c2k="_qs;
    QTest::newRow("two signs of padding") << u"eyJhbGciOiJub25lIn0.eyJ9.cw=="_qs;
    QTest::newRow("white space inside") << u"eyJhbGciOiJub25lIn0.eyJ9\n.c2k"_qs;
    QTest::newRow("unsigned") << toQString(unsignedJws);
    QTest::newRow("JSON form") << uR"({"payload":"e30","signature":"a=b; c"})"_qs;
    QTest::newRow("empty") << QString();
    QTest::newRow("a word") << u"Bearer"_qs;
}

void TestFind::leavesTheTokenItselfAlone()
{
    QFETCH(QString, text);
    const std::string bytes = toUtf8(text);
    QCOMPARE(std::string(unwrap(bytes).token), bytes);
}

void TestFind::survivesEndlessWrappers()
{
    std::string endless;
    while (endless.size() < 1'000'000)
        endless += "'Bearer a=";
    QElapsedTimer timer;
    timer.start();
    unwrap(endless);
    QVERIFY(timer.elapsed() < 2000);
}

void TestFind::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    const QString token = toQString(jws);
    QTest::newRow("JSON") << QString(uR"({"token":")"_qs + token + uR"("})"_qs) << token;
    QTest::newRow("sentence") << QString(u"Your token is "_qs + token + u". Keep it."_qs) << token;
    QTest::newRow("unsigned") << QString(u"t="_qs + toQString(unsignedJws) + u";"_qs)
                              << toQString(unsignedJws);
    QTest::newRow("encrypted") << QString(u"<"_qs + toQString(jwe) + u">"_qs) << toQString(jwe);
    QTest::newRow("percent encoding") << QString(u"token%3D"_qs + token + u"%26x"_qs) << token;
    QTest::newRow("behind other parts") << QString(u"v1.0.2."_qs + token) << token;
    QTest::newRow("header without alg") << u"eyJ4IjoxfQ.eyJ4IjoxfQ.c2ln"_qs << QString();
    QTest::newRow("header that is no JSON") << u"eyJhbGci.eyJ4IjoxfQ.c2ln"_qs << QString();
    QTest::newRow("two parts") << u"eyJhbGciOiJIUzI1NiJ9.eyJ4IjoxfQ"_qs << QString();
    QTest::newRow("a version number") << u"1.2.3 and www.example.org"_qs << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestFind::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, found);
    const std::string bytes = toUtf8(text);
    const std::vector<inspect::FoundToken> tokens = findTokens(bytes);
    QCOMPARE(tokens.size(), found.isEmpty() ? 0u : 1u);
    if (tokens.empty())
        return;
    QCOMPARE(toQString(tokens.front().text), found);
    QCOMPARE(bytes.substr(tokens.front().offset, tokens.front().text.size()), tokens.front().text);
}

void TestFind::findsAllInOrder()
{
    const std::vector<inspect::FoundToken> tokens = findTokens(jws + "\n" + jwe + " " + jws + "." + jws);
    QCOMPARE(tokens.size(), 4u);
    QCOMPARE(tokens[0].text, jws);
    QCOMPARE(tokens[1].text, jwe);
    QCOMPARE(tokens[2].text, jws);
    QCOMPARE(tokens[3].text, jws);
}

void TestFind::staysLinear()
{
    // Every part begins like a header, and none has the parts behind it that would make it a token.
    std::string hostile;
    while (hostile.size() < 4'000'000)
        hostile += "eyJhbGciOiJIUzI1NiJ9~";
    hostile += std::string(1'000'000, 'e');
    for (int dots = 0; dots < 500'000; ++dots)
        hostile += "e.";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(findTokens(hostile).empty());
    QVERIFY(timer.elapsed() < 10'000);
}

QTEST_GUILESS_MAIN(TestFind)
#include "tst_find.moc"
