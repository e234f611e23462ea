// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows about keys: those that were given, and those that a header brings.

#pragma once

#include "certificates.h"
#include "lintcase.h"

namespace claimcheck::test {

inline const std::string es256 = R"({"alg":"ES256"})";
inline const std::string rs256 = R"({"alg":"RS256"})";

inline inspect::KeyRing withAlg(const char* alg)
{
    inspect::KeyRing ring = ringOf();
    ring.keys[0].alg = alg;
    return ring;
}

inline inspect::KeyRing withUse(const char* use)
{
    inspect::KeyRing ring = ringOf();
    ring.keys[0].use = use;
    return ring;
}

inline inspect::KeyRing withOps(std::vector<std::string> operations)
{
    inspect::KeyRing ring = ringOf();
    ring.keys[0].keyOps = std::move(operations);
    return ring;
}

inline inspect::KeyRing pairOf(const jose::Key& first, const jose::Key& second)
{
    inspect::KeyRing ring = ringOf(first);
    ring.keys.push_back(second);
    return ring;
}

inline jose::Key named(jose::Key key, const char* kid)
{
    key.kid = kid;
    return key;
}

inline void addSecretCases(LintCases cases)
{
    const auto with = [](const std::string& secret) { return ringOf(secret); };
    cases.rule("KEY-HMAC-SHORT")
        .key(true, header, with(strongSecret.substr(0, 31)))
        .key(false, header, with(strongSecret.substr(0, 32)));
    cases.key(true, R"({"alg":"HS512"})", ringOf());
    cases.rule("KEY-HMAC-WEAK")
        .key(true, header, with("your_secret_key"))
        .key(true, header, with(std::string(40, 'a')));
    cases.key(true, header, with("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbb"))
        .key(true, header, with(""))
        .key(false, header, ringOf());
    cases.rule("KEY-HMAC-IS-PEM")
        .key(true, header, with(" -----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYI"));
    cases.key(true, header, with(R"({"kty":"RSA","n":"AQAB","e":"AQAB"})")).key(false, header, ringOf());
    // The point of RFC 7515 A.3, compressed.
    const std::string x =
        jose::decodeBase64Url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU").value_or(std::string());
    cases.key(true, header, with("\x03" + x)).key(false, header, with("\x05" + x));
}

inline void addUseCases(LintCases cases)
{
    const jose::Key ec = keyFor("ES256");
    cases.rule("ALG-KEYTYPE")
        .key(true, header, ringOf(ec))
        .key(true, R"({"alg":"ES384"})", ringOf(ec))
        .key(true, R"({"alg":"EdDSA"})", ringOf(jose::generateKeyFor("X25519").value_or(jose::Key())))
        .key(false, R"({"alg":"EdDSA"})", ringOf(keyFor("Ed448")))
        .key(false, es256, ringOf(ec));
    cases.rule("ALG-KEY-ALG").key(true, header, withAlg("HS512")).key(false, header, withAlg("HS256"));
    cases.rule("KEY-USE").key(true, header, withUse("enc")).key(false, header, withUse("sig"));
    cases.rule("KEY-OPS")
        .key(true, header, withOps({"encrypt"}))
        .key(true, header, withOps({"verify", "verify"}));
    inspect::KeyRing inconsistent = withUse("sig");
    inconsistent.keys[0].keyOps = {"verify", "encrypt"};
    cases.key(true, header, inconsistent)
        .key(false, header, withOps({"verify"}))
        .key(false, header, withOps({"sign"}));
    const jose::Key secret = ringOf().keys.front();
    cases.rule("JWKS-DUP-KID").key(true, header, pairOf(named(secret, "a"), named(secret, "a")));
    cases.key(false, header, pairOf(named(secret, "a"), named(secret, "b")));
    cases.rule("JWKS-MIXED").key(true, header, pairOf(secret, ec)).key(false, header, pairOf(secret, secret));
}

inline void addRsaCases(LintCases cases)
{
    const std::string modulus = [] {
        const auto jwk = jose::publicJwk(keyFor("RS256"));
        return json::parse(jwk.value_or("{}"))->root().find("n")->string();
    }();
    const auto file = [&](const char* e) {
        return ringOfFile(R"({"kty":"RSA","n":")" + modulus + R"(","e":")" + e + R"("})");
    };
    const std::string shorter = modulus.substr(0, 171); // 1026 bits at most
    cases.rule("KEY-RSA-SHORT")
        .key(true, rs256, ringOfFile(R"({"kty":"RSA","n":")" + shorter.substr(0, 170) + R"(w","e":"AQAB"})"));
    cases.key(false, rs256, file("AQAB"));
    cases.rule("KEY-RSA-EXP")
        .key(true, rs256, file("AQ"))
        .key(true, rs256, file("Ag"))
        .key(true, rs256, file("Aw"));
    cases.key(false, rs256, file("AQAB"));
    jose::Key roca;
    roca.type = jose::KeyType::Rsa;
    roca.bits = 2048;
    roca.refusal = "made up, so that nothing is computed with it";
    roca.weakness = "it has the ROCA fingerprint";
    cases.rule("KEY-RSA-ROCA").key(true, rs256, ringOf(roca)).key(false, rs256, file("AQAB"));
    cases.rule("KEY-REFUSED")
        .key(true, rs256, file("AQ"))
        .key(true, rs256, ringOf(roca))
        .key(false, rs256, file("AQAB"));
    cases.key(true, header, ringOfFile(R"({"kty":"oct","k":""})"));
    cases.key(true, header, ringOfFile(R"({"kty":"oct","k":"A="})"))
        .key(false, header, ringOfFile(R"({"k":"A="})"));
    const auto inHeader = [&](const std::string& n, const std::string& e) {
        return R"({"alg":"RS256","jwk":{"kty":"RSA","n":")" + n + R"(","e":")" + e + R"("}})";
    };
    cases.rule("KEY-B64-PAD")
        .header(true, inHeader(modulus, "AQAB="))
        .header(true, inHeader("AA" + modulus, "AQAB"));
    cases.header(true, inHeader("+/" + modulus, "AQAB"))
        .key(true, rs256, ringOfFile(R"({"kty":"RSA","n":"AQAB==","e":"AQAB"})"));
    cases.header(false, inHeader(modulus, "AQAB"));
}

inline void addCurveCases(LintCases cases)
{
    const jose::Key key = keyFor("ES256");
    const std::string good = jose::publicJwk(key).value_or("{}");
    const std::string off =
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"})";
    const std::string shortX = R"({"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB"})";
    cases.rule("KEY-EC-INVALID").key(true, es256, ringOfFile(off)).key(true, es256, ringOfFile(shortX));
    cases.key(true, es256, ringOfFile("\xEF\xBB\xBF" + off)).key(true, es256, ringOfFile("\n " + off));
    cases.header(true, R"({"alg":"ES256","jwk":)" + off + "}")
        .header(false, R"({"alg":"ES256","jwk":)" + good + "}");
    jose::Key refused = key;
    refused.refusal = "its point does not lie on the curve";
    cases.key(true, es256, ringOf(refused)).key(false, es256, ringOfFile(good));
    const std::string secret(privateJwk(key).value_or(Secret("{}")).reveal());
    inspect::KeyRing published = ringOfFile(R"({"keys":[)" + secret + "]}");
    cases.rule("KEY-PRIVATE-IN-PUBLIC").key(false, es256, published);
    published.isPublic = true;
    cases.key(true, es256, published).header(true, R"({"alg":"ES256","jwk":)" + secret + "}");
    // As a server gives them: the keys alone, without their text.
    inspect::KeyRing fetched = ringOf(key);
    cases.key(false, es256, fetched);
    fetched.isPublic = true;
    cases.key(true, es256, fetched);
    fetched.keys = jose::readKeys(good).value();
    cases.key(false, es256, fetched);
    fetched.keys.push_back(jose::secretKey(Secret(std::string(40, 's'))));
    cases.key(true, es256, fetched);
    cases.header(true, R"({"alg":"HS256","jwk":{"kty":"oct"}})")
        .header(false, R"({"alg":"ES256","jwk":)" + good + "}");
}

inline void addCertificateCases(LintCases cases)
{
    const jose::Key key = keyFor("ES256");
    const jose::Key other = keyFor("ES256");
    const std::string der = certificate(key);
    const auto chain = [](const std::string& bytes) { return R"("x5c":[")" + plainBase64(bytes) + R"("])"; };
    const auto head = [](const std::string& members) { return R"({"alg":"ES256",)" + members + "}"; };
    const auto jwk = [&](const jose::Key& numbers) {
        std::string text = jose::publicJwk(numbers).value_or("{}");
        return text.insert(text.size() - 1, "," + chain(der));
    };
    const std::string sha1 = R"("x5t":")" + thumbprintOf(der, EVP_sha1()) + R"(")";
    const std::string sha256 = R"("x5t#S256":")" + thumbprintOf(der, EVP_sha256()) + R"(")";
    cases.rule("KEY-X5T-MISMATCH")
        .header(true, head(chain(der) + R"(,"x5t":"AQAB")"))
        .header(true, head(chain(der) + R"(,"x5t#S256":"AQAB")"));
    cases.header(true, head(R"("jwk":)" + jwk(other))).header(false, head(R"("jwk":)" + jwk(key)));
    cases.header(false, head(chain(der) + "," + sha1 + "," + sha256)).header(false, head(R"("x5t":"AQAB")"));
    cases.key(true, es256, ringOfFile(R"({"keys":[)" + jwk(other) + "]}"));
    cases.rule("KEY-X5C-B64URL")
        .header(true, head(R"("x5c":["MII-_A=="])"))
        .header(true, head(R"("x5c":["MIIA1"])"))
        .header(false, head(chain(der)));
    cases.rule("CERT-EXPIRED")
        .header(true, head(chain(certificate(key, 0))))
        .header(true, head(chain(certificate(key, -5))))
        .header(false, head(chain(der)));
    cases.add(true, "not yet begun",
              [=] { return inspect::inspect(token(head(chain(der)), "{}"), now - std::chrono::hours(48)); });
    cases.key(true, es256, ringOfFile(certificate(key, 0))).key(false, es256, ringOfFile(der));
    cases.rule("CERT-SHA1")
        .header(true, head(chain(certificate(key, 30, EVP_sha1()))))
        .header(true, head(sha1));
    cases.header(false, head(sha1 + "," + sha256))
        .header(false, head(chain(der)))
        .key(true, es256, ringOfFile(certificate(key, 30, EVP_sha1())));
}

inline void addKeyCases(LintCases cases)
{
    addSecretCases(cases);
    addUseCases(cases);
    addRsaCases(cases);
    addCurveCases(cases);
    addCertificateCases(cases);
}

} // namespace claimcheck::test
