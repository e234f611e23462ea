// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// DPoP proofs (RFC 9449 §4.3): the proof of the standard, and each of its rules broken; nonces of ID tokens.

#include <QtTest/qtest.h>

#include <inspect/inspection.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/data.h>
#include <support/result.h>

#include <openssl/evp.h>

using namespace claimcheck;
using namespace claimcheck::inspect;

class TestDpop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesTheProofOfTheStandard();
    void needsTheRequestOrAKey();
    void judges_data();
    void judges();
    void refusesKeys_data();
    void refusesKeys();
    void comparesTheKeyGiven();
    void comparesAddresses_data();
    void comparesAddresses();
    void bindsTheAccessToken_data();
    void bindsTheAccessToken();
    void expectsAProof();
    void judgesNoncesOfIdTokens();
};

static const Instant now = fromUnixSeconds(1'800'000'000);

static const jose::Key& holder()
{
    static const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    return key;
}

static std::string headerWith(const std::string& jwk)
{
    return R"({"typ":"dpop+jwt","alg":"ES256","jwk":)" + jwk + "}";
}

static std::string signedToken(const std::string& header, const std::string& claims)
{
    return std::string(
        jose::sign(*jose::findAlgorithm("ES256"), holder(), claims, {.header = header})->reveal());
}

static std::string proof(const std::string& claims)
{
    return signedToken(headerWith(jose::publicJwk(holder()).value()), claims);
}

static const std::string goodClaims =
    R"({"jti":"j1","htm":"POST","htu":"https://api.example/token","iat":1800000000})";

static Expectations request()
{
    Expectations expected;
    expected.method = "POST";
    expected.url = "https://api.example/token";
    return expected;
}

static Inspection verified(const std::string& token, const Expectations& expected = request(),
                           const KeyRing& ring = {}, Instant at = now)
{
    return inspect::inspect(token, ring, expected, at);
}

static std::string verdict(const Inspection& inspection)
{
    return std::string(toText(inspection.verdict));
}

static std::string checkOf(const Inspection& inspection, const std::string& name)
{
    for (const Check& check : inspection.checks)
        if (check.name == name)
            return std::string(toText(check.result)) + ": " + check.why;
    return "not listed";
}

void TestDpop::verifiesTheProofOfTheStandard()
{
    const auto vectors = json::parse(test::data("rfc-appendix/rfc-appendix.json"));
    std::string token;
    for (const json::Value& vector : vectors->root().items())
        if (vector.find("kind")->string() == "dpop-proof")
            token = vector.find("token")->string();
    Expectations expected;
    expected.method = "POST";
    expected.url = "https://server.example.com/token";
    const Inspection inspection = verified(token, expected, {}, fromUnixSeconds(1'562'262'700));
    QCOMPARE(verdict(inspection), std::string("verified"));
    QCOMPARE(inspection.keyUsed, std::string("EC P-256 public key (the proof's own jwk)"));
    QVERIFY2(checkOf(inspection, "jwk").starts_with("passed: its thumbprint is "),
             checkOf(inspection, "jwk").c_str());
    QCOMPARE(checkOf(inspection, "htm"), std::string("passed: is 'POST'"));
    // Today it is long over.
    QCOMPARE(verdict(verified(token, expected)), std::string("expired"));
}

void TestDpop::needsTheRequestOrAKey()
{
    // jose-policy rule 9: a key in a header proves nothing by itself.
    QCOMPARE(verdict(verified(proof(goodClaims), {})), std::string("no key"));
    Expectations half;
    half.method = "POST";
    QCOMPARE(verdict(verified(proof(goodClaims), half)), std::string("no key"));
    // Nor does that of another kind of token, whatever is expected.
    const std::string jwk = jose::publicJwk(holder()).value();
    QCOMPARE(verdict(verified(signedToken(R"({"typ":"JWT","alg":"ES256","jwk":)" + jwk + "}", goodClaims))),
             std::string("no key"));
}

void TestDpop::judges_data()
{
    QTest::addColumn<std::string>("claims");
    QTest::addColumn<std::string>("nonce");
    QTest::addColumn<std::string>("word");
    QTest::addColumn<std::string>("check");
    QTest::addColumn<std::string>("result");
    const auto row = [](const char* name, const char* claims, const char* nonce, const char* word,
                        const char* check, const char* result) {
        QTest::newRow(name) << std::string(claims) << std::string(nonce) << std::string(word)
                            << std::string(check) << std::string(result);
    };
    const char* const rejected = "rejected by policy";
    row("good", goodClaims.c_str(), "", "verified", "age", "passed: made now");
    row("another method", R"({"jti":"j","htm":"GET","htu":"https://api.example/token","iat":1800000000})", "",
        rejected, "htm", "failed: the proof is for 'GET'; the request goes to 'POST'");
    row("method in small letters",
        R"({"jti":"j","htm":"post","htu":"https://api.example/token","iat":1800000000})", "", rejected, "htm",
        "failed: the proof is for 'post'");
    row("another address", R"({"jti":"j","htm":"POST","htu":"https://api.example/other","iat":1800000000})",
        "", rejected, "htu", "failed: the proof is for 'https://api.example/other'");
    row("no address", R"({"jti":"j","htm":"POST","iat":1800000000})", "", rejected, "htu",
        "failed: the proof does");
    row("no jti", R"({"htm":"POST","htu":"https://api.example/token","iat":1800000000})", "", rejected, "jti",
        "failed: the proof has no jti");
    row("jti empty", R"({"jti":"","htm":"POST","htu":"https://api.example/token","iat":1800000000})", "",
        rejected, "jti", "failed");
    row("no iat", R"({"jti":"j","htm":"POST","htu":"https://api.example/token"})", "", rejected, "age",
        "failed: the proof does not say");
    row("old", R"({"jti":"j","htm":"POST","htu":"https://api.example/token","iat":1799999699})", "",
        "expired", "age", "failed: made 5 min ago");
    row("just young enough", R"({"jti":"j","htm":"POST","htu":"https://api.example/token","iat":1799999700})",
        "", "verified", "age", "passed");
    row("of tomorrow", R"({"jti":"j","htm":"POST","htu":"https://api.example/token","iat":1800086400})", "",
        "not yet valid", "age", "failed: the proof was made in the future");
    const char* const withNonce =
        R"({"jti":"j","htm":"POST","htu":"https://api.example/token","iat":1800000000,"nonce":"n1"})";
    row("nonce", withNonce, "n1", "verified", "nonce", "passed: is 'n1'");
    row("another nonce", withNonce, "n2", rejected, "nonce",
        "failed: the proof has the nonce 'n1'; another one");
    row("no nonce", goodClaims.c_str(), "n2", rejected, "nonce", "failed: the proof has no nonce");
    row("nonce nobody asked for", withNonce, "", "verified", "nonce", "skipped");
}

void TestDpop::judges()
{
    QFETCH(std::string, claims);
    QFETCH(std::string, nonce);
    QFETCH(std::string, word);
    QFETCH(std::string, check);
    QFETCH(std::string, result);
    Expectations expected = request();
    if (!nonce.empty())
        expected.nonce = nonce;
    const Inspection inspection = verified(proof(claims), expected);
    QCOMPARE(verdict(inspection), word);
    QVERIFY2(checkOf(inspection, check).starts_with(result), checkOf(inspection, check).c_str());
    QCOMPARE(checkOf(inspection, "signature"), std::string("passed: fits the key"));
}

void TestDpop::refusesKeys_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("why");
    const auto row = [](const char* name, const std::string& header, const char* why) {
        QTest::newRow(name) << header << std::string(why);
    };
    row("none", R"({"typ":"dpop+jwt","alg":"ES256"})", "brings no key");
    row("a string", headerWith("\"key\""), "brings no key");
    row("no JWK", headerWith("{}"), "cannot be read");
    row("a secret", headerWith(R"({"kty":"oct","k":"AAAA"})"), "is a secret");
    row("the private half", headerWith(std::string(jose::privateJwk(holder())->reveal())), "a private one");
}

void TestDpop::refusesKeys()
{
    QFETCH(std::string, header);
    QFETCH(std::string, why);
    const Inspection inspection = verified(signedToken(header, goodClaims));
    QCOMPARE(verdict(inspection), std::string("no key"));
    QVERIFY2(checkOf(inspection, "jwk").find(why) != std::string::npos, checkOf(inspection, "jwk").c_str());
    QVERIFY2(inspection.reason.starts_with("none was given; ") &&
                 inspection.reason.find(why) != std::string::npos,
             inspection.reason.c_str());
    // Under a key that fits, it is refused all the same.
    KeyRing ring;
    ring.keys.push_back(holder());
    QCOMPARE(verdict(verified(signedToken(header, goodClaims), request(), ring)),
             std::string("rejected by policy"));
}

void TestDpop::comparesTheKeyGiven()
{
    KeyRing ring;
    ring.keys.push_back(holder());
    QCOMPARE(verdict(verified(proof(goodClaims), request(), ring)), std::string("verified"));
    QCOMPARE(verdict(verified(proof(goodClaims), {}, ring)), std::string("verified"));
    ring.keys.front() = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    QCOMPARE(verdict(verified(proof(goodClaims), request(), ring)), std::string("rejected by policy"));
    const std::string other = jose::publicJwk(ring.keys.front()).value();
    const Inspection forged = verified(signedToken(headerWith(other), goodClaims));
    QCOMPARE(verdict(forged), std::string("signature invalid"));
}

void TestDpop::comparesAddresses_data()
{
    QTest::addColumn<std::string>("claimed");
    QTest::addColumn<bool>("isSame");
    const auto row = [](const char* claimed, bool isSame) {
        QTest::newRow(claimed) << std::string(claimed) << isSame;
    };
    row("https://api.example/a%2Fb", true);
    row("HTTPS://API.Example:443/a%2fb", true);
    row("https://api.example/a%2Fb?query#fragment", true);
    row("https://api.example:8443/a%2Fb", false);
    row("http://api.example/a%2Fb", false);
    row("https://api.example/A%2Fb", false);
    row("https://api.example/a%2Fb/", false);
    row("https://api.example", false);
    row("api.example/a%2Fb", false);
}

void TestDpop::comparesAddresses()
{
    QFETCH(std::string, claimed);
    QFETCH(bool, isSame);
    Expectations expected = request();
    expected.url = "https://api.example/a%2fb?page=1";
    const Inspection inspection =
        verified(proof(R"({"jti":"j","htm":"POST","iat":1800000000,"htu":")" + claimed + "\"}"), expected);
    QVERIFY2(checkOf(inspection, "htu").starts_with(isSame ? "passed" : "failed"),
             checkOf(inspection, "htu").c_str());
}

static std::string hashOf(const std::string& text)
{
    std::string hash(32, '\0');
    EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(),
                 reinterpret_cast<unsigned char*>(hash.data()), nullptr);
    return jose::encodeBase64Url(hash);
}

void TestDpop::bindsTheAccessToken_data()
{
    QTest::addColumn<std::string>("accessToken");
    QTest::addColumn<std::string>("ath");
    QTest::addColumn<std::string>("athResult");
    QTest::addColumn<std::string>("cnfResult");
    const auto row = [](const char* name, const std::string& token, const std::string& ath,
                        const char* athResult, const char* cnfResult) {
        QTest::newRow(name) << token << ath << std::string(athResult) << std::string(cnfResult);
    };
    const std::string bound = signedToken(R"({"typ":"at+jwt"})",
                                          R"({"cnf":{"jkt":")" + jose::thumbprint(holder()).value() + "\"}}");
    const std::string foreign = signedToken(R"({"typ":"at+jwt"})", R"({"cnf":{"jkt":"another"}})");
    const std::string loose = signedToken(R"({"typ":"at+jwt"})", "{}");
    row("bound", bound, hashOf(bound), "passed", "passed: the access token is bound to the proof's key");
    row("bound to another", foreign, hashOf(foreign), "passed",
        "failed: the access token is bound to another");
    row("bound to nothing", loose, hashOf(loose), "passed", "failed: the access token is bound to no key");
    row("opaque", "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU",
        "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", "passed", "skipped"); // RFC 9449 §7.1, Fig. 13
    row("another token", bound, hashOf("other"), "failed: the proof is for another", "passed");
    row("no ath", bound, "", "failed: the proof names no access token", "passed");
}

void TestDpop::bindsTheAccessToken()
{
    QFETCH(std::string, accessToken);
    QFETCH(std::string, ath);
    QFETCH(std::string, athResult);
    QFETCH(std::string, cnfResult);
    Expectations expected = request();
    expected.accessToken = Secret(accessToken);
    std::string claims = goodClaims;
    if (!ath.empty())
        claims.insert(claims.size() - 1, R"(,"ath":")" + ath + "\"");
    const Inspection inspection = verified(proof(claims), expected);
    QVERIFY2(checkOf(inspection, "ath").starts_with(athResult), checkOf(inspection, "ath").c_str());
    QVERIFY2(checkOf(inspection, "cnf").starts_with(cnfResult), checkOf(inspection, "cnf").c_str());
    const bool holds = !athResult.starts_with("failed") && !cnfResult.starts_with("failed");
    QCOMPARE(verdict(inspection), std::string(holds ? "verified" : "rejected by policy"));
}

void TestDpop::expectsAProof()
{
    KeyRing ring;
    ring.keys.push_back(holder());
    const Inspection inspection = verified(signedToken(R"({"typ":"JWT"})", "{}"), request(), ring);
    QCOMPARE(verdict(inspection), std::string("rejected by policy"));
    QVERIFY(checkOf(inspection, "htm").find("no DPoP proof") != std::string::npos);
}

void TestDpop::judgesNoncesOfIdTokens()
{
    KeyRing ring;
    ring.keys.push_back(holder());
    Expectations expected;
    expected.nonce = "n";
    const auto word = [&](const char* claims) {
        return verdict(verified(signedToken(R"({"typ":"JWT"})", claims), expected, ring));
    };
    QCOMPARE(word(R"({"nonce":"n"})"), std::string("verified"));
    QCOMPARE(word(R"({"nonce":"m"})"), std::string("rejected by policy"));
    QCOMPARE(word(R"({"nonce":1})"), std::string("rejected by policy"));
    QCOMPARE(word("{}"), std::string("rejected by policy"));
    QCOMPARE(verified(signedToken(R"({"typ":"JWT"})", R"({"nonce":"m"})"), expected, ring).reason,
             std::string("the token has the nonce 'm'; 'n' is expected"));
}

QTEST_GUILESS_MAIN(TestDpop)
#include "tst_dpop.moc"
