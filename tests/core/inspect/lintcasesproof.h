// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows about encrypted tokens, SD-JWT and DPoP proofs.

#pragma once

#include "certificates.h"
#include "lintcase.h"

namespace claimcheck::test {

inline std::string pbes2(const std::string& members)
{
    return jwe(R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM",)" + members + "}", 24);
}

inline std::string agreed(const std::string& epk)
{
    return jwe(R"({"alg":"ECDH-ES","enc":"A128GCM","epk":)" + epk + "}");
}

inline void addEncryptedCases(LintCases cases)
{
    const auto rsa = [](const char* alg, const char* more = "") {
        return jwe(std::string(R"({"enc":"A128GCM","alg":")") + alg + "\"" + more + "}", 256);
    };
    cases.rule("JWE-RSA15").text(true, rsa("RSA1_5")).text(false, rsa("RSA-OAEP-256"));
    cases.rule("JWE-OAEP-SHA1").text(true, rsa("RSA-OAEP")).text(false, rsa("RSA-OAEP-256"));
    const std::string salt = R"("p2s":"MTIzNDU2Nzg",)";
    cases.rule("JWE-P2C-HIGH")
        .text(true, pbes2(salt + R"("p2c":1200001)"))
        .text(true, pbes2(salt + R"("p2c":0)"));
    cases.text(true, pbes2(salt + R"("p2c":"x")")).text(false, pbes2(salt + R"("p2c":1200000)"));
    cases.rule("JWE-P2C-LOW")
        .text(true, pbes2(salt + R"("p2c":999)"))
        .text(true, pbes2(salt + R"("p2c":599999)"))
        .text(false, pbes2(salt + R"("p2c":600000)"));
    cases.rule("JWE-P2S-SHORT")
        .text(true, pbes2(R"("p2s":"MTIzNDU2Nw","p2c":600000)"))
        .text(true, pbes2(R"("p2c":600000)"))
        .text(false, pbes2(salt + R"("p2c":600000)"));
    cases.rule("JWE-ZIP").text(true, rsa("RSA-OAEP-256", R"(,"zip":"DEF")")).text(false, rsa("RSA-OAEP-256"));
    cases.rule("JWE-IV-TAG-LEN")
        .text(true, jwe(R"({"alg":"dir","enc":"A128GCM"})", 0, 11))
        .text(true, jwe(R"({"alg":"dir","enc":"A128GCM"})", 0, 12, 12));
    cases.text(true, jwe(R"({"alg":"dir","enc":"A128CBC-HS256"})"))
        .text(true, jwe(R"({"alg":"A128GCMKW","enc":"A128GCM","iv":"AA","tag":"AA"})", 16));
    cases.text(false, jwe(R"({"alg":"dir","enc":"A128GCM"})"))
        .text(false, jwe(R"({"alg":"dir","enc":"A256CBC-HS512"})", 0, 16, 32));
    cases.text(false, token(header, goodClaims));
    cases.rule("JWE-EK-DIR")
        .text(true, jwe(R"({"alg":"dir","enc":"A128GCM"})", 3))
        .text(false, jwe(R"({"alg":"dir","enc":"A128GCM"})"))
        .text(false, rsa("RSA-OAEP"));
    const auto direct = [](const std::string& secret) {
        return [secret] { return verify(jwe(R"({"alg":"dir","enc":"A128GCM"})"), ringOf(secret)); };
    };
    const std::string random = "\x8f\x1c\xe5\xa7\x7d\x12\x02\xf7\x99\x98\x97\x96\x95\x94\x93\x92";
    cases.rule("JWE-CEK-LEN")
        .add(true, "15 bytes", direct(random.substr(1)))
        .add(false, "16 bytes", direct(random));
    cases.rule("JWE-PBES2-CONTENT")
        .add(true, "a text", direct("0123456789abcdef"))
        .add(false, "bytes", direct(random));
    cases.rule("JWE-SYM-ONLY-AUTH")
        .text(true, rsa("RSA-OAEP-256"))
        .text(false, rsa("RSA-OAEP-256", R"(,"cty":"JWT")"))
        .text(false, jwe(R"({"alg":"dir","enc":"A128GCM"})"));
    const jose::Key key = keyFor("ES256");
    cases.rule("JWE-EPK-INVALID")
        .text(true, agreed(R"({"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB"})"))
        .text(true, agreed("1"));
    cases.text(true, agreed(std::string(privateJwk(key).value_or(Secret("{}")).reveal())))
        .text(true, jwe(R"({"alg":"ECDH-ES","enc":"A128GCM"})"));
    cases.text(true, agreed(R"({"kty":"OKP","crv":"X25519","x":")" +
                            jose::encodeBase64Url(std::string(32, '\0')) + R"("})"));
    cases.add(true, "another curve",
              [key] { return verify(agreed(jose::publicJwk(key).value_or("{}")), ringOf(keyFor("ES384"))); });
    cases.text(false, agreed(jose::publicJwk(key).value_or("{}"))).text(false, rsa("RSA-OAEP"));
    cases.text(false,
               agreed(R"({"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"})"));
}

inline const std::string disclosure = jose::encodeBase64Url(R"(["salt","name","Ann"])");

inline std::string digestOf(const std::string& text)
{
    return thumbprintOf(text, EVP_sha256());
}

inline std::string selective(const std::string& claims, const std::string& tail)
{
    return token(R"({"alg":"HS256","typ":"dc+sd-jwt"})", claims) + "~" + tail;
}

inline std::string bound(const std::string& type, const std::string& claims, bool isRightHash = true)
{
    const std::string before =
        selective(R"({"_sd":[")" + digestOf(disclosure) + R"("],"cnf":{"kid":"h"}})", disclosure + "~");
    const std::string hash = isRightHash ? digestOf(before) : "AQAB";
    return before + token(R"({"alg":"ES256","typ":")" + type + R"("})",
                          R"({"sd_hash":")" + hash + R"(")" + claims + "}");
}

inline void addSelectiveCases(LintCases cases)
{
    const std::string sd = R"({"_sd":[")" + digestOf(disclosure) + R"("]})";
    const auto other = [](const char* json) { return jose::encodeBase64Url(json); };
    const auto of = [](const std::string& text) { return R"({"_sd":[")" + digestOf(text) + R"("]})"; };
    cases.rule("SDJWT-DIGEST").text(false, selective(sd, disclosure + "~")).text(false, selective(sd, ""));
    cases.text(true, selective("{}", disclosure + "~"))
        .text(true, selective(sd, disclosure + "~" + disclosure + "~"));
    cases.text(true, selective(R"({"_sd_alg":"md5"})", disclosure + "~"));
    cases.text(true, selective(of(other(R"(["s","_sd",[]])")), other(R"(["s","_sd",[]])") + "~"));
    cases.text(true, selective(of(other(R"({"a":1})")), other(R"({"a":1})") + "~"))
        .text(true, selective(of(other("[1]")), other("[1]") + "~"));
    cases.text(true, selective(R"({"_sd":["a","a"]})", ""));
    cases.text(false, selective(R"({"x":[{"...":")" + digestOf(other(R"(["s",1])")) + R"("}]})",
                                other(R"(["s",1])") + "~"));
    const std::string all = R"(,"iat":1800000000,"aud":"a","nonce":"n")";
    cases.rule("SDJWT-KB")
        .text(true, selective(R"({"cnf":{"kid":"h"}})", ""))
        .text(false, selective(sd, disclosure + "~"));
    cases.text(false, bound("kb+jwt", all))
        .text(true, bound("JWT", all))
        .text(true, bound("kb+jwt", R"(,"iat":1)"));
    cases.text(true, bound("kb+jwt", all, false)).text(true, selective(sd, disclosure + "~!!"));
    inspect::Context expected;
    expected.nonce = "other";
    cases.add(true, "another nonce",
              [all, expected] { return inspect::inspect(bound("kb+jwt", all), now, expected); });
    expected.nonce = "n";
    expected.audience = "a";
    cases.add(false, "the nonce",
              [all, expected] { return inspect::inspect(bound("kb+jwt", all), now, expected); });
}

inline void addProofCases(LintCases cases)
{
    addSelectiveCases(cases);
    const std::string jwk = jose::publicJwk(keyFor("ES256")).value_or("{}");
    const auto head = [&](const char* alg, const std::string& key) {
        return std::string(R"({"typ":"dpop+jwt","alg":")") + alg + R"(","jwk":)" + key + "}";
    };
    const std::string claims = R"({"jti":"1","htm":"GET","htu":"https://api.example/a","iat":1800000000})";
    cases.rule("DPOP-FORM")
        .both(false, head("ES256", jwk), claims)
        .both(true, head("HS256", jwk), claims)
        .both(true, head("none", jwk), claims);
    cases.both(true, head("ES256", R"({"kty":"EC","d":"x"})"), claims)
        .both(true, R"({"alg":"ES256","typ":"dpop+jwt"})", claims);
    cases.both(true, head("ES256", jwk), R"({"htm":"GET","htu":"https://api.example/a","iat":1})")
        .both(true, header, claims)
        .both(false, header, goodClaims);
    cases.both(true, head("ES256", jwk),
               R"({"jti":"1","htm":"GET","htu":"https://api.example/a?b=1","iat":1})");
    inspect::Context given;
    given.accessToken = Secret("token");
    cases.add(true, "no ath",
              [=] { return inspect::inspect(token(head("ES256", jwk), claims), now, given); });
}

} // namespace claimcheck::test
