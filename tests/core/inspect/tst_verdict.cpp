// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every verdict word, every check, and which word wins (jose-policy rules 18 and 22).

#include <QtTest/qtest.h>

#include <base/text.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;
using inspect::Expectations;
using inspect::Inspection;
using inspect::KeyRing;
using inspect::Verdict;

class TestVerdict : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verified();
    void decodedOnlyIsNotVerified();
    void listsEveryCheckWhateverFails();
    void gravestFaultWins_data();
    void gravestFaultWins();
    void judgesTimes_data();
    void judgesTimes();
    void judgesClaims_data();
    void judgesClaims();
    void neverVerifiesNone_data();
    void neverVerifiesNone();
    void refusesWhatCritDemands();
    void saysIfTheSignatureFitsAWeakKey();
    void weighsTheKey_data();
    void weighsTheKey();
    void secretsHaveNoStrengthWhereNoneIsUsed_data();
    void secretsHaveNoStrengthWhereNoneIsUsed();
    void aSetWithoutAFittingKeyChoosesNone_data();
    void aSetWithoutAFittingKeyChoosesNone();
    void aKeyOfNothingPassesNothing_data();
    void aKeyOfNothingPassesNothing();
    void saysWhatWasNotChecked();
    void comparesTheClocks_data();
    void comparesTheClocks();
    void readsADetachedPayload();
    void givesTimes();
};

static std::string word(const Inspection& inspection)
{
    return std::string(toText(inspection.verdict));
}

static std::string withClaim(const std::string& member)
{
    return goodClaims.substr(0, goodClaims.size() - 1) + "," + member + "}";
}

void TestVerdict::verified()
{
    const Inspection inspection = verify(token(header, goodClaims));
    QCOMPARE(word(inspection), std::string("verified"));
    QCOMPARE(inspection.reason, std::string());
    QCOMPARE(inspection.keyUsed, std::string("secret of 33 bytes"));
    QCOMPARE(inspection.header.size(), 2u);
    QCOMPARE(inspection.claims.size(), 6u);
}

void TestVerdict::decodedOnlyIsNotVerified()
{
    const Inspection inspection = decode(token(header, goodClaims));
    QCOMPARE(word(inspection), std::string("not verified"));
    QVERIFY(inspection.checks.empty());
    QVERIFY(fires(inspection, "SIG-UNVERIFIED"));
    QVERIFY(!fires(verify(token(header, goodClaims)), "SIG-UNVERIFIED"));
}

void TestVerdict::listsEveryCheckWhateverFails()
{
    const std::vector<std::string> names{
        "format", "key", "key strength", "algorithm", "crit", "signature",      "exp",
        "nbf",    "iat", "iss",          "aud",       "typ",  "required:tenant"};
    Expectations expected;
    expected.requiredClaims = {"tenant"};
    for (const std::string& text : {token(header, goodClaims), token(R"({"alg":"none"})", "{}"),
                                    token(header, "no JSON"), std::string("a.b")}) {
        const Inspection inspection = verify(text, ringOf(), expected);
        std::vector<std::string> listed;
        for (const inspect::Check& check : inspection.checks)
            listed.push_back(check.name);
        QCOMPARE(listed, names);
    }
}

void TestVerdict::gravestFaultWins_data()
{
    QTest::addColumn<QString>("headerText");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<QString>("expected");
    const QString hs = toQString(header);
    const QString none = uR"({"alg":"none"})"_qs;
    const QString secret = toQString(strongSecret);
    const QString other = u"another secret, which does not fit"_qs;
    const QString expired = uR"({"exp":1})"_qs;
    const QString early = uR"({"exp":1,"nbf":1900000000})"_qs;
    const QString wrongType = uR"({"exp":1,"nbf":1900000000,"iat":"now"})"_qs;
    const QString broken = uR"({"exp":)"_qs;
    const QString malformed = u"malformed"_qs;
    QTest::newRow("expired") << hs << expired << secret << true << u"expired"_qs;
    QTest::newRow("not yet valid over expired") << hs << early << secret << true << u"not yet valid"_qs;
    QTest::newRow("claim policy over times") << hs << wrongType << secret << true << u"rejected by policy"_qs;
    QTest::newRow("signature over claims") << hs << wrongType << other << true << u"signature invalid"_qs;
    QTest::newRow("key policy over signature")
        << none << wrongType << other << true << u"rejected by policy"_qs;
    QTest::newRow("no key over policy") << none << wrongType << secret << false << u"no key"_qs;
    QTest::newRow("malformed over no key") << hs << broken << secret << false << malformed;
    QTest::newRow("duplicate header name")
        << uR"({"alg":"HS256","alg":"HS256"})"_qs << u"{}"_qs << secret << true << malformed;
    QTest::newRow("header is no object") << u"[]"_qs << u"{}"_qs << secret << true << malformed;
}

void TestVerdict::gravestFaultWins()
{
    QFETCH(QString, headerText);
    QFETCH(QString, claims);
    QFETCH(QString, secret);
    QFETCH(bool, hasKey);
    QFETCH(QString, expected);
    const KeyRing ring = hasKey ? ringOf(toUtf8(secret)) : KeyRing();
    const Inspection inspection = verify(token(toUtf8(headerText), toUtf8(claims)), ring);
    QCOMPARE(toQString(word(inspection)), expected);
    QVERIFY(!inspection.reason.empty());
}

void TestVerdict::judgesTimes_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<int>("leeway");
    QTest::addColumn<bool>("allowExpired");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* name, const char* claim, int leeway, bool allow, const char* result,
                        const char* verdict) {
        QTest::newRow(name) << QString::fromUtf8(claim) << leeway << allow << QString::fromUtf8(result)
                            << QString::fromUtf8(verdict);
    };
    row("exp a second away", "\"exp\":1800000001", 0, false, "passed", "verified");
    row("exp now", "\"exp\":1800000000", 0, false, "failed", "expired");
    row("exp within the leeway", "\"exp\":1799999991", 10, false, "passed", "verified");
    row("exp at the end of the leeway", "\"exp\":1799999990", 10, false, "failed", "expired");
    row("exp forgiven", "\"exp\":1", 0, true, "warning", "verified");
    row("exp with a fraction", "\"exp\":1800000000.5", 0, false, "passed", "verified");
    row("exp far away", "\"exp\":1e300", 0, false, "passed", "verified");
    row("exp beyond numbers", "\"exp\":1e400", 0, false, "failed", "rejected by policy");
    row("exp as text", "\"exp\":\"1900000000\"", 0, false, "failed", "rejected by policy");
    row("exp null is not forgiven", "\"exp\":null", 0, true, "failed", "rejected by policy");
    row("nbf now", "\"nbf\":1800000000", 0, false, "passed", "verified");
    row("nbf a second away", "\"nbf\":1800000001", 0, true, "failed", "not yet valid");
    row("nbf within the leeway", "\"nbf\":1800000010", 10, false, "passed", "verified");
    row("nbf behind the leeway", "\"nbf\":1800000011", 10, false, "failed", "not yet valid");
    row("nbf as object", "\"nbf\":{}", 0, false, "failed", "rejected by policy");
    row("iat in the future", "\"iat\":1900000000", 0, false, "warning", "verified");
    row("iat as text", "\"iat\":\"x\"", 0, false, "failed", "rejected by policy");
}

void TestVerdict::judgesTimes()
{
    QFETCH(QString, claim);
    QFETCH(int, leeway);
    QFETCH(bool, allowExpired);
    QFETCH(QString, result);
    QFETCH(QString, verdict);
    Expectations expected;
    expected.leeway = Seconds(leeway);
    expected.allowExpired = allowExpired;
    const std::string member = toUtf8(claim);
    const Inspection inspection = verify(token(header, "{" + member + "}"), ringOf(), expected);
    QCOMPARE(toQString(resultOf(inspection, member.substr(1, 3))), result);
    QCOMPARE(toQString(word(inspection)), verdict);
}

void TestVerdict::judgesClaims_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("expectation");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* name, const char* claim, const char* check, const char* expectation,
                        const char* result) {
        QTest::newRow(name) << QString::fromUtf8(claim) << QString::fromUtf8(check)
                            << QString::fromUtf8(expectation) << QString::fromUtf8(result);
    };
    row("iss not expected", "\"iss\":\"a\"", "iss", "", "skipped");
    row("iss right", "\"iss\":\"a\"", "iss", "a", "passed");
    row("iss in other case", "\"iss\":\"A\"", "iss", "a", "failed");
    row("iss with a slash", "\"iss\":\"a/\"", "iss", "a", "failed");
    row("iss missing", "\"x\":1", "iss", "a", "failed");
    row("iss array", "\"iss\":[\"a\"]", "iss", "a", "failed");
    row("iss array, none expected", "\"iss\":[\"a\"]", "iss", "", "failed");
    row("aud not expected", "\"aud\":\"a\"", "aud", "", "skipped");
    row("aud right", "\"aud\":\"a\"", "aud", "a", "passed");
    row("aud in an array", "\"aud\":[\"b\",\"a\"]", "aud", "a", "passed");
    row("aud not in the array", "\"aud\":[\"b\",\"c\"]", "aud", "a", "failed");
    row("aud empty array", "\"aud\":[]", "aud", "a", "failed");
    row("aud missing", "\"x\":1", "aud", "a", "failed");
    row("aud number", "\"aud\":1", "aud", "", "failed");
    row("aud of numbers", "\"aud\":[\"a\",1]", "aud", "a", "failed");
    row("typ right, any case", "\"x\":1", "typ", "application/jwt", "passed");
    row("typ wrong", "\"x\":1", "typ", "at+jwt", "failed");
    row("required there", "\"x\":null", "required:x", "x", "passed");
    row("required missing", "\"x\":1", "required:y", "y", "failed");
    row("sub number", "\"sub\":1", "sub", "", "failed");
    row("jti number", "\"jti\":1", "jti", "", "failed");
}

void TestVerdict::judgesClaims()
{
    QFETCH(QString, claim);
    QFETCH(QString, check);
    QFETCH(QString, expectation);
    QFETCH(QString, result);
    Expectations expected;
    const std::optional<std::string> value =
        expectation.isEmpty() ? std::nullopt : std::optional(toUtf8(expectation));
    if (check == u"iss"_qs)
        expected.issuer = value;
    else if (check == u"aud"_qs)
        expected.audience = value;
    else if (check == u"typ"_qs)
        expected.type = value;
    else if (value)
        expected.requiredClaims = {*value};
    const Inspection inspection = verify(token(header, "{" + toUtf8(claim) + "}"), ringOf(), expected);
    QCOMPARE(toQString(resultOf(inspection, toUtf8(check))), result);
    QCOMPARE(toQString(word(inspection)), result == u"failed"_qs ? u"rejected by policy"_qs : u"verified"_qs);
}

void TestVerdict::neverVerifiesNone_data()
{
    QTest::addColumn<QString>("alg");
    for (const char* alg : {"none", "None", "NONE", "nOnE", "none ", ""})
        QTest::newRow(alg) << QString::fromUtf8(alg);
}

void TestVerdict::neverVerifiesNone()
{
    QFETCH(QString, alg);
    const std::string headerText = R"({"alg":")" + toUtf8(alg) + R"("})";
    for (const std::string& text : {token(headerText, goodClaims), join(headerText, goodClaims, "")}) {
        const Inspection inspection = verify(text);
        QCOMPARE(word(inspection), std::string("rejected by policy"));
        QCOMPARE(resultOf(inspection, "algorithm"), std::string("failed"));
    }
}

void TestVerdict::refusesWhatCritDemands()
{
    const Inspection refused = verify(token(R"({"alg":"HS256","crit":["x"],"x":1})", goodClaims));
    QCOMPARE(word(refused), std::string("rejected by policy"));
    QCOMPARE(resultOf(refused, "crit"), std::string("failed"));
    const Inspection accepted = verify(token(R"({"alg":"HS256","crit":["b64"],"b64":true})", goodClaims));
    QCOMPARE(word(accepted), std::string("verified"));
    QCOMPARE(resultOf(accepted, "crit"), std::string("passed"));
}

static KeyRing shortJwk()
{
    KeyRing ring;
    ring.keys = jose::readKeys(R"({"kty":"oct","k":"c2hvcnQ"})").value_or(std::vector<jose::Key>());
    return ring;
}

void TestVerdict::saysIfTheSignatureFitsAWeakKey()
{
    KeyRing ring = shortJwk();
    const Inspection fits = verify(token(header, goodClaims, "short"), ring);
    QCOMPARE(word(fits), std::string("rejected by policy"));
    QCOMPARE(resultOf(fits, "key"), std::string("failed"));
    QCOMPARE(resultOf(fits, "key strength"), std::string("failed"));
    QCOMPARE(resultOf(fits, "signature"), std::string("passed"));
    const Inspection misfits = verify(token(header, goodClaims, "other"), ring);
    QCOMPARE(word(misfits), std::string("rejected by policy"));
    QCOMPARE(resultOf(misfits, "signature"), std::string("failed"));
    ring.options.allowWeakKeys = true;
    const Inspection allowed = verify(token(header, goodClaims, "short"), ring);
    QCOMPARE(word(allowed), std::string("verified"));
    QCOMPARE(resultOf(allowed, "key"), std::string("passed"));
    QCOMPARE(resultOf(allowed, "key strength"), std::string("warning"));
    QCOMPARE(severityOf(allowed, "KEY-HMAC-SHORT"), std::string("high"));
}

void TestVerdict::weighsTheKey_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("why");
    QTest::newRow("long enough") << toQString(strongSecret) << u"passed"_qs
                                 << u"33 bytes; HS256 asks for 32"_qs;
    QTest::newRow("short") << u"kX7-mB3q"_qs << u"warning"_qs
                           << u"8 bytes; HS256 asks for 32 (RFC 7518 §3.2)"_qs;
    QTest::newRow("published")
        << u"your_secret_key"_qs << u"warning"_qs
        << u"stands in a published list of weak secrets; 15 bytes; HS256 asks for 32"_qs;
    QTest::newRow("one byte")
        << QString(40, u'a') << u"warning"_qs
        << u"40 bytes; HS256 asks for 32, but it has so little variety that it can be guessed"_qs;
}

void TestVerdict::weighsTheKey()
{
    QFETCH(QString, secret);
    const Inspection inspection = verify(token(header, goodClaims, toUtf8(secret)), ringOf(toUtf8(secret)));
    QCOMPARE(word(inspection), std::string("verified")); // jose-policy rule 6: a typed secret is used
    QCOMPARE(resultOf(inspection, "key"), std::string("passed"));
    QTEST(toQString(resultOf(inspection, "key strength")), "result");
    QTEST(toQString(whyOf(inspection, "key strength")), "why");
}

void TestVerdict::secretsHaveNoStrengthWhereNoneIsUsed_data()
{
    QTest::addColumn<QString>("alg");
    for (const char* alg : {"RS256", "PS384", "ES256", "EdDSA", "Ed25519"})
        QTest::newRow(alg) << QString::fromUtf8(alg);
}

void TestVerdict::secretsHaveNoStrengthWhereNoneIsUsed()
{
    QFETCH(QString, alg);
    const std::string text = token(R"({"alg":")" + toUtf8(alg) + R"("})", goodClaims);
    for (const KeyRing& ring : {ringOf("kX7-mB3q"), ringOf("your_secret_key"), shortJwk()}) {
        const Inspection inspection = verify(text, ring);
        QCOMPARE(word(inspection), std::string("rejected by policy"));
        QCOMPARE(resultOf(inspection, "key strength"), std::string("skipped"));
        QCOMPARE(whyOf(inspection, "key strength"), "not judged, " + toUtf8(alg) + " uses no secret");
    }
}

void TestVerdict::aSetWithoutAFittingKeyChoosesNone_data()
{
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("begin");
    const QString secret = uR"({"kty":"oct","k":"Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"%1})"_qs;
    QTest::newRow("two") << QString(u"{\"keys\":["_qs + secret.arg(QString()) + u","_qs +
                                    secret.arg(uR"(,"kid":"a")"_qs) + u"]}"_qs)
                         << u"2 keys in the set, none fits: ES256 is no algorithm for this key"_qs;
    QTest::newRow("one") << QString(u"{\"keys\":["_qs + secret.arg(QString()) + u"]}"_qs)
                         << u"1 key in the set, none fits: ES256 is no algorithm for this key"_qs;
    QTest::newRow("for another use") << QString(
                                            u"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"enc\","
                                            u"\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                                            u"\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}"_qs)
                                     << u"1 key in the set, none fits: the key is for use 'enc'"_qs;
}

void TestVerdict::aSetWithoutAFittingKeyChoosesNone()
{
    QFETCH(QString, set);
    QFETCH(QString, begin);
    KeyRing ring;
    ring.keys = jose::readKeys(toUtf8(set)).value_or(std::vector<jose::Key>());
    QVERIFY(!ring.keys.empty());
    const Inspection inspection = verify(token(R"({"alg":"ES256"})", goodClaims), ring);
    QCOMPARE(word(inspection), std::string("rejected by policy"));
    QCOMPARE(resultOf(inspection, "key"), std::string("failed"));
    QVERIFY2(whyOf(inspection, "key").starts_with(toUtf8(begin)), whyOf(inspection, "key").c_str());
    QCOMPARE(resultOf(inspection, "key strength"), std::string("skipped"));
    QCOMPARE(whyOf(inspection, "key strength"), std::string("not judged, no key was chosen"));
}

void TestVerdict::aKeyOfNothingPassesNothing_data()
{
    QTest::addColumn<QString>("jwk");
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QString>("why");
    for (const char* alg : {"HS256", "RS256", "ES256"}) {
        QTest::addRow("RSA, %s", alg) << uR"({"kty":"RSA"})"_qs << QString::fromUtf8(alg)
                                      << u"its 'kty' does not fit its members: 'n' is missing"_qs;
        QTest::addRow("EC, %s", alg) << uR"({"kty":"EC","crv":"P-256"})"_qs << QString::fromUtf8(alg)
                                     << u"its 'kty' does not fit its members: 'x' is missing"_qs;
    }
}

/// Neither fits it the algorithm, nor is there anything of it that could.
void TestVerdict::aKeyOfNothingPassesNothing()
{
    QFETCH(QString, jwk);
    QFETCH(QString, alg);
    QFETCH(QString, why);
    KeyRing ring;
    ring.keys = jose::readKeys(toUtf8(jwk)).value_or(std::vector<jose::Key>());
    QCOMPARE(ring.keys.size(), std::size_t{1});
    const Inspection inspection = verify(token(R"({"alg":")" + toUtf8(alg) + R"("})", goodClaims), ring);
    QCOMPARE(word(inspection), std::string("rejected by policy"));
    QCOMPARE(resultOf(inspection, "key"), std::string("failed"));
    QCOMPARE(whyOf(inspection, "key"), "the key is refused: " + toUtf8(why));
    QCOMPARE(resultOf(inspection, "key strength"), std::string("skipped"));
    QCOMPARE(whyOf(inspection, "key strength"), std::string("not judged, the key cannot be used"));
}

void TestVerdict::saysWhatWasNotChecked()
{
    const Inspection inspection = verify(token(header, R"({"exp":1800003600})"));
    for (const char* name : {"nbf", "iat", "iss", "aud", "typ", "required"}) {
        QCOMPARE(resultOf(inspection, name), std::string("skipped"));
        QVERIFY(whyOf(inspection, name).starts_with("not checked, "));
    }
    QCOMPARE(whyOf(inspection, "aud"), std::string("not checked, none expected"));
    QCOMPARE(resultOf(verify(token(header, "{}"), KeyRing{}), "key strength"), std::string("skipped"));
}

void TestVerdict::comparesTheClocks_data()
{
    QTest::addColumn<int>("ahead"); // of the server, in seconds
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("why");
    QTest::newRow("alike") << -60 << u"passed"_qs
                           << u"within a minute of the server's (2027-01-15T07:59:00Z)"_qs;
    QTest::newRow("ahead") << 300 << u"warning"_qs
                           << u"the server's clock is 5 min ahead of this one (2027-01-15T08:05:00Z)"_qs;
    QTest::newRow("behind")
        << -300 << u"warning"_qs
        << u"the server's clock is 5 min behind this one (2027-01-15T07:55:00Z); by its clock the token is not valid yet"_qs;
    QTest::newRow("expired there")
        << 7200 << u"warning"_qs
        << u"the server's clock is 2 h ahead of this one (2027-01-15T10:00:00Z); by its clock the token is expired"_qs;
}

void TestVerdict::comparesTheClocks()
{
    QFETCH(int, ahead);
    const std::string text = token(header, R"({"nbf":1799999800,"exp":1800003600})");
    inspect::Context context;
    context.serverDate = now + Seconds(ahead);
    const Inspection inspection = inspect::inspect(text, ringOf(), {}, now, context);
    QTEST(toQString(resultOf(inspection, "clock")), "result");
    QTEST(toQString(whyOf(inspection, "clock")), "why");
    QCOMPARE(resultOf(verify(text), "clock"), std::string());
    context.serverDate = now - Seconds(7200);
    const Inspection late =
        inspect::inspect(token(header, R"({"exp":1799999000})"), ringOf(), {}, now, context);
    QVERIFY(whyOf(late, "clock").ends_with("; by its clock the token is not expired"));
}

void TestVerdict::readsADetachedPayload()
{
    const std::string whole = token(header, goodClaims);
    const std::size_t first = whole.find('.');
    const std::string detached = whole.substr(0, first + 1) + whole.substr(whole.rfind('.'));
    inspect::Inspector inspector(ringOf(), {});
    QCOMPARE(word(inspector.inspect(jose::decodeDetached(detached, goodClaims), now)),
             std::string("verified"));
    QCOMPARE(word(inspector.inspect(jose::decodeDetached(detached, withClaim("\"x\":1")), now)),
             std::string("signature invalid"));
    QCOMPARE(word(inspector.inspect(jose::decodeDetached(whole, goodClaims), now)), std::string("malformed"));
}

void TestVerdict::givesTimes()
{
    const Inspection inspection = decode(token(header, withClaim("\"nbf\":1799999500")));
    QCOMPARE(inspection.issuedAt, std::optional(fromUnixSeconds(1'799'999'000)));
    QCOMPARE(inspection.notBefore, std::optional(fromUnixSeconds(1'799'999'500)));
    QCOMPARE(inspection.expiresAt, std::optional(fromUnixSeconds(1'800'003'000)));
    QVERIFY(!decode(token(header, R"({"exp":"x"})")).expiresAt);
}

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
