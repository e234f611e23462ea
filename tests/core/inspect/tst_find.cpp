// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens in what people paste and in what servers send (jose-policy rule 10).

#include <QtTest/qtest.h>

#include <base/text.h>
#include <inspect/context.h>
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
    void findsObjects_data();
    void findsObjects();
    void takes_data();
    void takes();
    void tellsTheWay_data();
    void tellsTheWay();
    void isQuick();
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
    row("a value of JSON", "\"", "\",");
    row("a value of a program", "'Bearer ", "',\n");
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
    QTest::newRow("soft line end of a mail") << u"eyJhbGciOiJub25lIn0.eyJ9=\nfQ.c2k"_qs;
    QTest::newRow("dots behind a whole one") << u"eyJhbGciOiJub25lIn0.eyJ9.c2k..."_qs;
    QTest::newRow("an encrypted one without its end") << u"eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.a..."_qs;
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
    QTest::newRow("escaped line end") << QString(u"{\"log\":\"got\\n"_qs + token + u"\\n\"}"_qs) << token;
    QTest::newRow("escaped sign") << QString(u"token\\u003d"_qs + token + u"\\u0026"_qs) << token;
    QTest::newRow("path behind") << QString(u"https://a.example/"_qs + token + u"/edit"_qs) << token;
    const QString plain = u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0=.ab+/cd=="_qs;
    QTest::newRow("plain base64") << QString(u"t="_qs + plain + u" x"_qs) << plain;
    const QString padded = u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.ab+/cd=="_qs;
    QTest::newRow("padded signature") << QString(u"t: "_qs + padded + u", x"_qs) << padded;
    const QString paddedHeader = u"eyJhbGciOiJIUzI1NiIgfQ==.eyJzdWIiOiJkZW1vIn0=.c2ln"_qs;
    QTest::newRow("padded header") << QString(u"<"_qs + paddedHeader + u">"_qs) << paddedHeader;
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

static const std::string flattened =
    R"({"payload":"e30","protected":"eyJhbGciOiJIUzI1NiJ9","signature":"c2ln"})";
static const std::string general =
    R"({ "payload": "e30", "signatures": [{"protected":"e30","signature":"}{"}] })";
static const std::string sealed = R"({"protected":"e30","iv":"","ciphertext":"x","tag":""})";

void TestFind::findsObjects_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::newRow("alone") << toQString(flattened) << toQString(flattened);
    QTest::newRow("in words") << QString(u"it sent {x} "_qs + toQString(general) + u" back }"_qs)
                              << toQString(general);
    QTest::newRow("encrypted") << toQString("[" + sealed + "]") << toQString(sealed);
    QTest::newRow("name behind an object") << uR"({"header":{"kid":"a"},"payload":"","signature":""})"_qs
                                           << uR"({"header":{"kid":"a"},"payload":"","signature":""})"_qs;
    QTest::newRow("no signature") << uR"({"payload":"e30"})"_qs << QString();
    QTest::newRow("open") << uR"({"payload":"e30","signature":"c2ln")"_qs << QString();
    QTest::newRow("no object") << uR"("payload")"_qs << QString();
}

void TestFind::findsObjects()
{
    QFETCH(QString, text);
    QFETCH(QString, found);
    const std::vector<inspect::FoundToken> tokens = inspect::findSerialisedTokens(toUtf8(text));
    QCOMPARE(tokens.size(), found.isEmpty() ? 0u : 1u);
    if (!tokens.empty())
        QCOMPARE(toQString(tokens.front().text), found);
}

void TestFind::takes_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QStringList>("taken");
    const QString one = toQString(jws);
    const QString other = toQString(unsignedJws);
    const QString third = toQString(jwe);
    QTest::newRow("a token") << one << QStringList{one};
    QTest::newRow("wrapped") << QString(u" Bearer "_qs + one + u"\n"_qs) << QStringList{one};
    QTest::newRow("a log") << QString(u"in: "_qs + one + u"\nout: "_qs + other + u" and "_qs + third)
                           << QStringList{one, other, third};
    QTest::newRow("a token a line") << QString(one + u"\n"_qs + other + u"\n"_qs + third)
                                    << QStringList{one, other, third};
    QTest::newRow("two on two lines") << QString(one + u"\n"_qs + one) << QStringList{one, one};
    QTest::newRow("two with a comma") << QString(one + u","_qs + other) << QStringList{one, other};
    QTest::newRow("a relative fragment")
        << QString(u"#id_token="_qs + one + u"&state=1"_qs) << QStringList{one};
    QTest::newRow("a form") << QString(u"token="_qs + one + u"&x=1"_qs) << QStringList{one};
    QTest::newRow("cookies") << QString(u"Cookie: a="_qs + one + u"; b="_qs + other + u"; c=1"_qs)
                             << QStringList{one, other};
    QTest::newRow("what an address means")
        << QString(u"https://a.example/#access_token="_qs + one + u"&id_token="_qs + other)
        << QStringList{one};
    QTest::newRow("a path") << QString(u"/verify/"_qs + one) << QStringList{one};
    QTest::newRow("a relative path") << QString(u"verify/"_qs + one) << QStringList{one};
    QTest::newRow("with its holder's")
        << QString(one + u"~WyJhIl0~"_qs + one) << QStringList{QString(one + u"~WyJhIl0~"_qs + one)};
    QTest::newRow("a sentence") << QString(u"Your token is "_qs + one + u" for now"_qs) << QStringList{one};
    QTest::newRow("an answer") << QString(u"{\"token\":\""_qs + one + u"\"}"_qs) << QStringList{one};
    QTest::newRow("line ends inside") << QString(one.left(30) + u"\r\n"_qs + one.mid(30))
                                      << QStringList{QString(one.left(30) + u"\r\n"_qs + one.mid(30))};
    QTest::newRow("a bad sign") << QString(one + u"!x"_qs) << QStringList{QString(one + u"!x"_qs)};
    QTest::newRow("four parts") << QString(one + u".x"_qs) << QStringList{QString(one + u".x"_qs)};
    for (const QString& end : {u"..."_qs, u"\u2026"_qs, u"...\""_qs})
        QTest::newRow(qPrintable(QString(u"cut, with "_qs + end)))
            << QString(u"Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWI"_qs + end)
            << QStringList{u"eyJhbGciOiJIUzI1NiJ9.eyJzdWI"_qs};
    QTest::newRow("soft line ends of a mail")
        << QString(one.left(30) + u"=\r\n"_qs + one.mid(30))
        << QStringList{QString(one.left(30) + u"=\r\n"_qs + one.mid(30))};
    QTest::newRow("two parts") << u"eyJhbGciOiJIUzI1NiJ9.e30"_qs
                               << QStringList{u"eyJhbGciOiJIUzI1NiJ9.e30"_qs};
    QTest::newRow("disclosures") << QString(one + u"~WyJhIl0~"_qs)
                                 << QStringList{QString(one + u"~WyJhIl0~"_qs)};
    QTest::newRow("JSON form") << toQString(flattened) << QStringList{toQString(flattened)};
    QTest::newRow("both forms") << QString(one + u" "_qs + toQString(sealed))
                                << QStringList{one, toQString(sealed)};
    QTest::newRow("opaque") << u"8f14e45fceea"_qs << QStringList{u"8f14e45fceea"_qs};
    QTest::newRow("nothing") << QString() << QStringList{QString()};
}

void TestFind::takes()
{
    QFETCH(QString, pasted);
    QFETCH(QStringList, taken);
    const std::string text = toUtf8(pasted);
    QStringList found;
    for (const inspect::FoundToken& token : inspect::takeTokens(text)) {
        found.append(toQString(token.text));
        QCOMPARE(text.substr(token.offset, token.text.size()), token.text);
    }
    QCOMPARE(found, taken);
}

void TestFind::tellsTheWay_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<int>("carrier");
    const auto row = [](const char* text, inspect::Carrier carrier) {
        QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(carrier);
    };
    row("a.b.c", inspect::Carrier::Unknown);
    row("Bearer a.b.c", inspect::Carrier::Bearer);
    row("'authorization: bearer a.b.c'", inspect::Carrier::Bearer);
    row("Authorization: a.b.c", inspect::Carrier::Header);
    row("Cookie: t=a.b.c", inspect::Carrier::Cookie);
    row("Set-Cookie: t=a.b.c; Secure", inspect::Carrier::Cookie);
    row("https://a.example/x?access_token=a.b.c", inspect::Carrier::Query);
    row("https://a.example/x#state=1&access_token=a.b.c", inspect::Carrier::Fragment);
    row("my_access_token=a.b.c", inspect::Carrier::Unknown);
    row("access_token=a.b.c", inspect::Carrier::Unknown);
}

void TestFind::tellsTheWay()
{
    QFETCH(QString, pasted);
    const inspect::Context context = inspect::contextOf(toUtf8(pasted));
    QTEST(static_cast<int>(context.carrier), "carrier");
    QCOMPARE(context.url, pasted.startsWith(u"https") ? std::string("https://a.example/x") : std::string());
    QVERIFY(!context.hadSpaceAround);
    QVERIFY(inspect::contextOf(" a.b.c").hadSpaceAround);
}

void TestFind::isQuick()
{
    std::string page;
    while (page.size() < 1'000'000)
        page +=
            "2027-01-15 GET /api/v1/orders?id=7 200 12.5 ms ... " + (page.size() % 7 == 0 ? jws : jwe) + "\n";
    page += std::string(R"({"payload":)").append(100'000, '{');
    QElapsedTimer timer;
    timer.start();
    const std::size_t count = inspect::takeTokens(page).size();
    const qint64 spent = timer.elapsed();
    QVERIFY(count > 5000);
    qInfo("%zu tokens in %zu bytes: %lld ms", count, page.size(), static_cast<long long>(spent));
    QVERIFY(spent < 10'000); // a debug build on a busy machine; a release build takes less than 10
}

QTEST_GUILESS_MAIN(TestFind)
#include "tst_find.moc"
