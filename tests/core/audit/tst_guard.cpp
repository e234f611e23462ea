// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Guard code to the byte, what no guard is made for, and claims that try to become code. That the code does
// what it says is shown by tests/e2e/tst_guards.cpp.

#include "goodtokens.h"

#include <audit/guard.h>
#include <audit/guardtemplate.h>
#include <base/text.h>
#include <jose/base64url.h>
#include <json/write.h>
#include <support/data.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Guard;
using audit::GuardKey;
using audit::GuardRequest;

namespace {

const std::string plainClaims =
    R"({"sub":"demo","iss":"https://issuer.example","aud":"https://api.example","exp":1800003600})";

jose::Jws tokenOf(const std::string& header, const std::string& claims)
{
    return jose::decode(jose::encodeBase64Url(header) + "." + jose::encodeBase64Url(claims) + ".c2ln");
}

std::string headerFor(const std::string& alg)
{
    return R"({"alg":")" + alg + R"(","typ":"at+jwt","kid":"k1"})";
}

GuardRequest secretRequest()
{
    return {.kind = GuardKey::SecretVariable, .place = "JWT_SECRET"};
}

std::string codeFor(const audit::GuardTarget& target, const jose::Jws& token, const GuardRequest& request)
{
    const Result<Guard> guard = audit::guardFor(token, request);
    const Result<std::string> code = guard ? audit::guardCode(target, *guard) : tl::unexpected(guard.error());
    return code ? *code : "no code: " + describe(code.error());
}

/// The sentence of what was refused.
std::string objectionTo(const jose::Jws& token, const GuardRequest& request)
{
    const Result<Guard> guard = audit::guardFor(token, request);
    return guard ? "" : guard.error().why;
}

struct Hostile
{
    const char* name;
    const char* text;
    const char* single; ///< as a literal of JavaScript
    const char* go;     ///< of Go and of Python
};

const Hostile hostileTexts[] = {
    {"single quote", "a');process.exit();('", R"('a\');process.exit();(\'')", R"("a');process.exit();('")"},
    {"double quote", "a\");os._exit(0);(\"", R"('a");os._exit(0);("')", R"("a\");os._exit(0);(\"")"},
    {"three quotes", "\"\"\"\nimport os", R"('"""\u000aimport os')", R"("\"\"\"\u000aimport os")"},
    {"backslashes", "a\\' \\\\", R"('a\\\' \\\\')", R"("a\\' \\\\")"},
    {"backslash at the end", "a\\", R"('a\\')", R"("a\\")"},
    {"line ends", "a\r\nb\nc\rd", R"('a\u000d\u000ab\u000ac\u000dd')", R"("a\u000d\u000ab\u000ac\u000dd")"},
    {"unicode line ends", "a\u2028b\u2029c\u0085d", R"('a\u2028b\u2029c\u0085d')",
     R"("a\u2028b\u2029c\u0085d")"},
    {"template of JavaScript", "`${process.exit()}`", "'`${process.exit()}`'", "\"`${process.exit()}`\""},
    {"format of Python", "{os.environ} %s %(x)s", "'{os.environ} %s %(x)s'", "\"{os.environ} %s %(x)s\""},
    {"our own marks", "{{place}}{{/issuer}}{{#secret}}", "'{{place}}{{/issuer}}{{#secret}}'",
     "\"{{place}}{{/issuer}}{{#secret}}\""},
    {"ends of comments", "*/ // # --> </script>", "'*/ // # --> </script>'", "\"*/ // # --> </script>\""},
    {"directions", "a\u202Eb\u200B", R"('a\u202eb\u200b')", R"("a\u202eb\u200b")"},
    {"beyond the BMP", "\U0001F511\U000E0001", R"('\u{1f511}\u{e0001}')", R"("\U0001f511\U000e0001")"},
    {"control characters", "\x01\x1b[31m\x7f\t", R"('\u0001\u001b[31m\u007f\u0009')",
     R"("\u0001\u001b[31m\u007f\u0009")"},
    {"letters", "grün", R"('gr\u00fcn')", R"("gr\u00fcn")"},
    {"digits behind an escape", "\u00e91\n7", R"('\u00e91\u000a7')", R"("\u00e91\u000a7")"},
};

bool isPlainAscii(const std::string& code)
{
    return std::ranges::all_of(code,
                               [](char c) { return (c >= ' ' && c < '\x7f') || c == '\n' || c == '\t'; });
}

} // namespace

class TestGuard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesLiterals_data();
    void writesLiterals();
    void fillsIn();
    void writesCode_data();
    void writesCode();
    void keepsClaimsInLiterals_data() { writesLiterals_data(); }
    void keepsClaimsInLiterals();
    void namesSecretsOnly();
    void readsTheSecretAsItSigned_data();
    void readsTheSecretAsItSigned();
    void saysThatTheSecretIsTooShort();
    void leavesOutWhatTheTokenLacks();
    void saysThatTheTokenNamesNoKey();
    void wantsTheRightKey();
    void refuses_data();
    void refuses();
    void knowsItsLibraries_data();
    void knowsItsLibraries();
};

void TestGuard::writesLiterals_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < std::size(hostileTexts); ++i)
        QTest::newRow(hostileTexts[i].name) << static_cast<int>(i);
}

void TestGuard::writesLiterals()
{
    QFETCH(int, index);
    const Hostile& hostile = hostileTexts[index];
    QCOMPARE(audit::literalOf(hostile.text, {'\'', true}), std::string(hostile.single));
    QCOMPARE(audit::literalOf(hostile.text, {'"', false}), std::string(hostile.go));
    // What is no UTF-8 never comes here; it would be no code either.
    QCOMPARE(audit::literalOf("a\xff", {'"', false}), std::string(R"("a\ufffd")"));
}

void TestGuard::fillsIn()
{
    const audit::GuardWords words{{"a", "{{b}}"}, {"b", "B"}, {"there", ""}};
    QCOMPARE(audit::filledIn("{{a}} {{b}} {{none}}.", words), std::string("{{b}} B ."));
    QCOMPARE(audit::filledIn(
                 "1\n{{#there}}\n2\n{{/there}}\n{{#none}}\n3\n{{/none}}\n{{^none}}\n4\n{{/none}}\n5", words),
             std::string("1\n2\n4\n5"));
    QCOMPARE(audit::filledIn("{{#none}}{{#there}}x{{/there}}{{^none}}y{{/none}}{{a}}{{/none}}z", words),
             std::string("z"));
    QCOMPARE(audit::filledIn("{{#there}}{{#none}}x{{/none}}y{{/there}}z", words), std::string("yz"));
    QCOMPARE(audit::filledIn("f({{#there}}a, {{/there}}b)\n", words), std::string("f(a, b)\n"));
    QCOMPARE(audit::filledIn("", words), std::string());
    QCOMPARE(audit::filledIn("{{", words), std::string());
}

void TestGuard::writesCode_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("source");
    const auto row = [](const char* target, const char* source) {
        QTest::addRow("%s-%s", target, source) << QString::fromUtf8(target) << QString::fromUtf8(source);
    };
    for (const char* target : {"express", "express-jose", "fastify", "fastapi", "go"})
        for (const char* source : {"secret", "issuer"})
            row(target, source);
    for (const char* target : {"express", "fastapi", "go"})
        for (const char* source : {"pem", "jwks"})
            row(target, source);
}

void TestGuard::writesCode()
{
    QFETCH(QString, target);
    QFETCH(QString, source);
    struct Source
    {
        const char* name;
        const char* alg;
        GuardRequest request;
    };
    const Source sources[] = {
        {"secret", "HS256", secretRequest()},
        {"pem", "ES256", {.kind = GuardKey::PemFile, .place = "public.pem"}},
        {"jwks", "PS256", {.kind = GuardKey::JwksUrl, .place = "https://issuer.example/jwks.json"}},
        {"issuer", "RS256", {.kind = GuardKey::Issuer, .place = "https://issuer.example"}},
    };
    const auto* found =
        std::ranges::find_if(sources, [&](const Source& one) { return source == QLatin1String(one.name); });
    const std::string code = codeFor(*audit::findGuardTarget(toUtf8(target)),
                                     tokenOf(headerFor(found->alg), plainClaims), found->request);
    QCOMPARE(code, data(("guards/" + toUtf8(target) + "-" + toUtf8(source) + ".txt").c_str()));
    QVERIFY(isPlainAscii(code));
}

/// With a hostile text the code is the same but for one literal; kid is in none.
void TestGuard::keepsClaimsInLiterals()
{
    QFETCH(int, index);
    const Hostile& hostile = hostileTexts[index];
    const std::string text = json::quoted(hostile.text);
    const auto tokenWith = [](const std::string& kid, const std::string& issuer,
                              const std::string& audience) {
        return tokenOf(R"({"alg":"RS256","typ":"at+jwt","kid":)" + kid + "}",
                       R"({"iss":)" + issuer + R"(,"aud":)" + audience + R"(,"exp":1800003600})");
    };
    for (const audit::GuardTarget& target : audit::guardTargets()) {
        const std::string literal = target.language.quote == '\'' ? hostile.single : hostile.go;
        const std::string plain = audit::literalOf("plain-text", target.language);
        const GuardRequest request{.kind = GuardKey::JwksUrl, .place = "https://issuer.example/jwks.json"};
        const std::string expected =
            codeFor(target, tokenWith("\"k1\"", "\"plain-text\"", "\"api\""), request);
        QVERIFY(expected.find(plain) != std::string::npos);
        const std::string asIssuer = codeFor(target, tokenWith(text, text, "\"api\""), request);
        QCOMPARE(withReplaced(asIssuer, literal, plain), expected);
        QVERIFY(isPlainAscii(asIssuer));
        const std::string asAudience = codeFor(target, tokenWith(text, "\"api\"", text), request);
        QCOMPARE(withReplaced(asAudience, literal, plain),
                 codeFor(target, tokenWith("\"k1\"", "\"api\"", "\"plain-text\""), request));
        // The same in the place of the key, which comes from the command line: a path may have any name.
        const GuardRequest file{.kind = GuardKey::PemFile, .place = hostile.text};
        const std::string atPlace = codeFor(target, tokenWith("\"k1\"", "\"api\"", "\"api\""), file);
        QVERIFY2(atPlace.find("(" + literal + ")") != std::string::npos, atPlace.c_str());
        QVERIFY(isPlainAscii(atPlace));
    }
}

void TestGuard::namesSecretsOnly()
{
    const std::string secret = "3f9c0c5d1b7a4e62908fd3a1c6b85e27-4f9c0c5d";
    const jose::Key key = jose::secretKey(Secret(secret));
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), key, plainClaims, {});
    QVERIFY_RESULT(token);
    GuardRequest request = secretRequest();
    request.keys = jose::secretKeys(Secret(secret));
    for (const audit::GuardTarget& target : audit::guardTargets()) {
        const std::string code = codeFor(target, jose::decode(token->reveal()), request);
        QVERIFY2(code.find("JWT_SECRET") != std::string::npos, code.c_str());
        QVERIFY(code.find(secret) == std::string::npos);
        QVERIFY(code.find(jose::encodeBase64Url(secret)) == std::string::npos);
    }
    const Result<Guard> guard = audit::guardFor(jose::decode(token->reveal()), request);
    QVERIFY_RESULT(guard);
    QVERIFY(guard->notes.empty());
}

void TestGuard::readsTheSecretAsItSigned_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("node");
    QTest::addColumn<QString>("python");
    QTest::addColumn<QString>("go");
    QTest::newRow("base64") << "++++++++++++++++++++++++++++++++++++++++++8="
                            << "'base64'"
                            << "base64.b64decode(os"
                            << "base64.StdEncoding.DecodeString(os";
    QTest::newRow("base64url") << "-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_8"
                               << "'base64url'"
                               << "base64.urlsafe_b64decode(os"
                               << "base64.RawURLEncoding.DecodeString(strings.TrimRight(os";
    QTest::newRow("hex") << "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90"
                         << "'hex'"
                         << "bytes.fromhex(os"
                         << "hex.DecodeString(os";
}

void TestGuard::readsTheSecretAsItSigned()
{
    QFETCH(QString, variable);
    QFETCH(QString, node);
    QFETCH(QString, python);
    QFETCH(QString, go);
    GuardRequest request = secretRequest();
    request.keys = jose::secretKeys(Secret(toUtf8(variable)));
    QVERIFY(request.keys.size() > 1);
    const jose::Jws token = jose::decode(
        jose::sign(*jose::findAlgorithm("HS256"), request.keys.back(), plainClaims, {})->reveal());
    const auto has = [&](const char* target, const QString& part) {
        return codeFor(*audit::findGuardTarget(target), token, request).find(toUtf8(part)) !=
               std::string::npos;
    };
    QVERIFY(has("express", node) && has("express-jose", node) && has("fastify", node));
    QVERIFY(has("fastapi", python));
    QVERIFY(has("go", go));
}

/// The code demands the length when it starts.
void TestGuard::saysThatTheSecretIsTooShort()
{
    const auto notesOf = [](const char* algorithm, const std::string& secret) {
        GuardRequest request = secretRequest();
        request.keys = jose::secretKeys(Secret(secret));
        const auto token = jose::sign(*jose::findAlgorithm(algorithm), request.keys.front(), plainClaims, {});
        const Result<Guard> guard =
            token ? audit::guardFor(jose::decode(token->reveal()), request) : tl::unexpected(token.error());
        return guard ? guard->notes : std::vector<std::string>{describe(guard.error())};
    };
    using Notes = std::vector<std::string>;
    QCOMPARE(
        notesOf("HS256", "your_secret_key"),
        (Notes{"the secret has 15 bytes, and HS256 needs at least 32; the server will not start with it"}));
    QCOMPARE(
        notesOf("HS512", std::string(63, '.')),
        (Notes{"the secret has 63 bytes, and HS512 needs at least 64; the server will not start with it"}));
    QCOMPARE(notesOf("HS256", std::string(32, '.')), Notes());
    QCOMPARE(notesOf("HS512", std::string(64, '.')), Notes());
}

void TestGuard::leavesOutWhatTheTokenLacks()
{
    const jose::Jws token = tokenOf(R"({"alg":"HS256"})", R"({"sub":"demo"})");
    const Result<Guard> guard = audit::guardFor(token, secretRequest());
    QVERIFY_RESULT(guard);
    QVERIFY(!guard->issuer && !guard->audience && !guard->type);
    QCOMPARE(guard->notes.size(), std::size_t(4)); // the key, iss, aud and exp
    for (const audit::GuardTarget& target : audit::guardTargets()) {
        const std::string code = toLowerAscii(codeFor(target, token, secretRequest()));
        QVERIFY2(code.find("issuer") == std::string::npos, code.c_str());
        QVERIFY2(code.find("typ)") == std::string::npos && code.find("[\"typ\"]") == std::string::npos,
                 code.c_str());
        QVERIFY2(code.find("rfc 7519, section 4.1.3") != std::string::npos, code.c_str());
        QVERIFY(code.find("{{") == std::string::npos);
    }
    const Result<Guard> long_ = audit::guardFor(
        tokenOf(R"({"alg":"HS256","typ":"application/AT+JWT"})", plainClaims), secretRequest());
    QVERIFY_RESULT(long_);
    QCOMPARE(long_->type.value_or(""), std::string("at+jwt"));
}

/// With two keys in the set, every such token is refused: who reads that in the code knows what to do.
void TestGuard::saysThatTheTokenNamesNoKey()
{
    const GuardRequest set{.kind = GuardKey::JwksUrl, .place = "https://issuer.example/jwks.json"};
    const GuardRequest issuer{.kind = GuardKey::Issuer, .place = "https://issuer.example"};
    const GuardRequest file{.kind = GuardKey::PemFile, .place = "public.pem"};
    const jose::Jws without = tokenOf(R"({"alg":"ES256","typ":"at+jwt"})", plainClaims);
    const jose::Jws with = tokenOf(headerFor("ES256"), plainClaims);
    const auto isNoted = [](const jose::Jws& token, const GuardRequest& request) {
        const Result<Guard> guard = audit::guardFor(token, request);
        return guard && guard->notes.back().starts_with("the token has no kid: ") &&
               guard->notes.back().ends_with("; let the issuer set kid");
    };
    QVERIFY(isNoted(without, set) && isNoted(without, issuer));
    QVERIFY(!isNoted(without, file) && !isNoted(with, set));
    for (const audit::GuardTarget& target : audit::guardTargets()) {
        const std::string note = "has no kid. While the key set has more than one key ";
        const std::string code = codeFor(target, without, set);
        QVERIFY2(code.find(note) != std::string::npos && code.find("{{") == std::string::npos, code.c_str());
        for (const std::string& silent : {codeFor(target, with, set), codeFor(target, without, file)})
            QVERIFY2(silent.find(note) == std::string::npos && !silent.starts_with("no code"),
                     silent.c_str());
    }
}

void TestGuard::wantsTheRightKey()
{
    const jose::Key key = issuerKey("ES256");
    const auto token = jose::sign(*jose::findAlgorithm("ES256"), key, plainClaims, {.kid = key.kid});
    QVERIFY_RESULT(token);
    const jose::Jws good = jose::decode(token->reveal());
    GuardRequest request{.kind = GuardKey::PemFile, .place = "public.pem", .keys = {publicHalf(key)}};
    const Result<Guard> guard = audit::guardFor(good, request);
    QVERIFY_RESULT(guard);
    QVERIFY(guard->notes.empty());
    for (const char* other : {"ES256", "ES384", "RS256"}) {
        request.keys = {publicHalf(issuerKey(other))};
        const std::string why = objectionTo(good, request);
        QVERIFY2(why.starts_with("the token is not signed with this key: "), why.c_str());
    }
}

void TestGuard::refuses_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* name, const std::string& header, const std::string& claims, GuardKey kind,
                        const char* why) {
        QTest::newRow(name) << toQString(header) << toQString(claims) << static_cast<int>(kind)
                            << QString::fromUtf8(why);
    };
    const auto secret = GuardKey::SecretVariable;
    row("none", headerFor("none"), plainClaims, secret,
        "alg 'none': the token is not signed, which never counts as verified");
    row("other case", headerFor("rs256"), plainClaims, GuardKey::PemFile,
        "alg 'rs256' is unknown; names of algorithms are case-sensitive, it is written RS256");
    row("HMAC with a file", headerFor("HS256"), plainClaims, GuardKey::PemFile,
        "the token is signed with HS256, which is for secrets");
    row("HMAC with a set", headerFor("HS512"), plainClaims, GuardKey::JwksUrl,
        "the token is signed with HS512, which is for secrets");
    row("RSA with a secret", headerFor("RS256"), plainClaims, secret,
        "the token is signed with RS256, which no secret is for");
    row("another issuer", headerFor("RS256"), R"({"iss":"https://other.example","aud":"a"})",
        GuardKey::Issuer, "the token is of another issuer, https://other.example");
    row("no issuer", headerFor("RS256"), R"({"aud":"a"})", GuardKey::Issuer, "the token names no issuer");
    row("issuers", headerFor("HS256"), R"({"iss":["a","b"]})", secret, "the token's iss is no text");
    row("audiences", headerFor("HS256"), R"({"aud":["a","b"]})", secret,
        "the token is for several audiences");
    row("audience of no kind", headerFor("HS256"), R"({"aud":{}})", secret, "the token's aud is no text");
    row("typ of no kind", R"({"alg":"HS256","typ":1})", plainClaims, secret, "the token's typ is no text");
    row("critical", R"({"alg":"HS256","crit":["b64"],"b64":true})", plainClaims, secret,
        "the token has a critical extension (crit), which no guard knows");
    row("no claims", headerFor("HS256"), "[]", secret, "the token is no JWT that is signed, in compact form");
}

void TestGuard::refuses()
{
    QFETCH(QString, header);
    QFETCH(QString, claims);
    QFETCH(int, kind);
    QFETCH(QString, why);
    const GuardRequest request{.kind = static_cast<GuardKey>(kind), .place = "https://issuer.example"};
    QCOMPARE(toQString(objectionTo(tokenOf(toUtf8(header), toUtf8(claims)), request)), why);
}

void TestGuard::knowsItsLibraries_data()
{
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QString>("curve");
    QTest::addColumn<QString>("targets");
    QTest::newRow("PS512") << "PS512"
                           << ""
                           << "express express-jose fastify fastapi go ";
    QTest::newRow("ES512") << "ES512"
                           << "P-521"
                           << "express express-jose fastify fastapi go ";
    QTest::newRow("ES256K") << "ES256K"
                            << "secp256k1"
                            << "fastapi ";
    QTest::newRow("EdDSA") << "EdDSA"
                           << "Ed25519"
                           << "express-jose fastify fastapi go ";
    QTest::newRow("EdDSA, Ed448") << "EdDSA"
                                  << "Ed448"
                                  << "fastify fastapi ";
    QTest::newRow("Ed25519") << "Ed25519"
                             << "Ed25519"
                             << "express-jose ";
    QTest::newRow("Ed448") << "Ed448"
                           << "Ed448"
                           << "";
}

void TestGuard::knowsItsLibraries()
{
    QFETCH(QString, alg);
    QFETCH(QString, curve);
    QFETCH(QString, targets);
    Result<Guard> guard = audit::guardFor(tokenOf(headerFor(toUtf8(alg)), plainClaims),
                                          {.kind = GuardKey::PemFile, .place = "public.pem"});
    QVERIFY_RESULT(guard);
    guard->curve = toUtf8(curve);
    QString those;
    for (const audit::GuardTarget& target : audit::guardTargets())
        if (audit::guardCode(target, *guard))
            those += toQString(target.name) + u' ';
    QCOMPARE(those, targets);
    QVERIFY(audit::findGuardTarget("rails") == nullptr);
}

QTEST_GUILESS_MAIN(TestGuard)
#include "tst_guard.moc"
