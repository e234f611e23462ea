// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows about the header: algorithms, and parameters that name or bring keys.

#pragma once

#include "lintcase.h"

namespace claimcheck::test {

inline void addAlgorithmCases(LintCases cases)
{
    cases.rule("ALG-MISSING")
        .header(true, R"({"typ":"JWT"})")
        .header(true, R"({"alg":""})")
        .header(false, header);
    cases.rule("ALG-TYPE")
        .header(true, R"({"alg":256})")
        .header(true, R"({"alg":null})")
        .header(false, R"({"alg":"1"})");
    cases.rule("ALG-NONE")
        .header(true, R"({"alg":"none"})")
        .header(false, R"({"alg":"NoNe"})")
        .header(false, header);
    cases.rule("ALG-NONE-CASE").header(true, R"({"alg":"NoNe"})").header(true, R"({"alg":" none"})");
    cases.header(false, R"({"alg":"none"})");
    cases.rule("ALG-NONE-SIGNED").header(true, R"({"alg":"none"})").header(false, header);
    cases.text(false, "eyJhbGciOiJub25lIn0.e30.");
    cases.rule("ALG-UNKNOWN").header(true, R"({"alg":"ES521"})").header(false, R"({"alg":"ES512"})");
    cases.header(false, R"({"alg":"RSA-OAEP"})")
        .header(false, R"({"alg":"hs256"})")
        .header(false, R"({"alg":"ML-DSA-44"})");
    cases.rule("ALG-CASE")
        .header(true, R"({"alg":"hs256"})")
        .header(true, R"({"alg":"EDDSA"})")
        .header(false, header);
    cases.rule("ALG-DEPRECATED-EDDSA")
        .header(true, R"({"alg":"EdDSA"})")
        .header(false, R"({"alg":"Ed25519"})");
}

inline void addKeyNameCases(LintCases cases)
{
    cases.rule("HDR-JWK")
        .header(true, R"({"alg":"ES256","jwk":{"kty":"EC"}})")
        .header(false, R"({"alg":"ES256","kid":"jwk"})");
    cases.rule("HDR-JKU")
        .header(true, R"({"alg":"RS256","jku":"https://issuer.example/k"})")
        .header(false, R"({"alg":"RS256","kid":"jku"})");
    cases.rule("HDR-X5U")
        .header(true, R"({"alg":"RS256","x5u":"http://issuer.example/c"})")
        .header(false, R"({"alg":"RS256","x5t":"x5u"})");
    cases.rule("HDR-X5C")
        .header(true, R"({"alg":"RS256","x5c":["MII"]})")
        .header(false, R"({"alg":"RS256","x5t":"x5c"})");
    cases.rule("HDR-KID-PATH");
    for (const char* kid : {"../../dev/null", "/etc/passwd", R"(..\\keys)", R"(C:\\keys)", "%2E%2E%2F",
                            "file:x", R"(a\u0000b)"})
        cases.header(true, R"({"alg":"HS256","kid":")" + std::string(kid) + R"("})");
    // As long as a hash in base64, and no hash.
    cases.header(true, R"({"alg":"HS256","kid":"/var/lib/app/keys/of/the/demo/issuer/current"})");
    cases.header(false, R"({"alg":"RS256","kid":"/qP9x/Abc+EF0123456789abcDEF0123456789abcDE="})");
    cases.header(false, R"({"alg":"HS256","kid":"abc/def+ghi="})")
        .header(false, R"({"alg":"HS256","kid":"1e9gdk7.."})");
    cases.rule("HDR-KID-SQL");
    for (const char* kid :
         {"x' UNION SELECT 'a", "x'--", "x' or 1=1", "x|whoami", "$(id)", "`id`", "*)(uid=*"})
        cases.header(true, R"({"alg":"HS256","kid":")" + std::string(kid) + R"("})");
    cases.header(false, R"({"alg":"HS256","kid":"a--b_Or-Select"})")
        .header(false, R"({"alg":"HS256","kid":"O'Brian's key"})");
    cases.rule("HDR-KID-TYPE")
        .header(true, R"({"alg":"HS256","kid":{"$ne":null}})")
        .header(true, R"({"alg":"HS256","kid":"a@b.example"})");
    cases.header(true, R"({"alg":"HS256","kid":"https://x.example/k"})")
        .header(true, R"({"alg":"HS256","kid":")" + std::string(300, 'k') + R"("})");
    cases.header(false, R"({"alg":"HS256","kid":"2024-key.1"})");
}

inline void addHeaderCases(LintCases cases)
{
    addKeyNameCases(cases);
    cases.rule("HDR-CRIT-UNKNOWN").header(true, R"({"alg":"HS256","crit":["x"],"x":1})");
    cases.header(false, R"({"alg":"HS256","crit":["b64"],"b64":true})");
    cases.rule("HDR-CRIT-FORM")
        .header(true, R"({"alg":"HS256","crit":[]})")
        .header(true, R"({"alg":"HS256","crit":"b64"})");
    cases.header(true, R"({"alg":"HS256","crit":["alg"]})").header(true, R"({"alg":"HS256","crit":["x"]})");
    cases.header(true, R"({"alg":"HS256","crit":["b64","b64"],"b64":true})")
        .header(false, R"({"alg":"HS256","crit":["x"],"x":1})");
    cases.rule("HDR-B64-FALSE")
        .header(true, R"({"alg":"HS256","b64":false})")
        .header(true, R"({"alg":"HS256","b64":false,"crit":["b64"]})");
    cases.header(false, R"({"alg":"HS256","b64":true,"crit":["b64"]})");
    cases.rule("HDR-TYP-MISSING")
        .header(true, R"({"alg":"HS256"})")
        .header(true, header)
        .header(false, R"({"alg":"HS256","typ":"at+jwt"})");
    const std::string access =
        R"({"iss":"i","exp":1,"aud":"a","sub":"s","client_id":"c","iat":1,"jti":"j","scope":"x"})";
    cases.rule("HDR-TYP-AT")
        .both(true, header, access)
        .both(true, R"({"alg":"HS256","typ":"at+jwt"})", R"({"iss":"i"})");
    cases.both(false, R"({"alg":"HS256","typ":"application/at+jwt"})", access)
        .both(false, header, goodClaims);
    cases.both(false, header, R"({"nonce":"n","scope":"openid"})");
    cases.rule("HDR-TYP-APPPREFIX").header(true, R"({"alg":"HS256","typ":"application/at+jwt"})");
    cases.header(false, R"({"alg":"HS256","typ":"at+jwt"})")
        .header(false, R"({"alg":"HS256","typ":"application/a/b"})");
    const std::string inner = token(header, goodClaims);
    cases.rule("HDR-CTY")
        .both(true, R"({"alg":"HS256"})", inner)
        .both(true, R"({"alg":"HS256","cty":"JWT"})", goodClaims);
    cases.both(false, R"({"alg":"HS256","cty":"JWT"})", inner).both(false, header, goodClaims);
    cases.rule("HDR-EXP")
        .both(true, R"({"alg":"HS256","exp":1})", "{}")
        .both(true, R"({"alg":"HS256","iss":"i"})", "{}");
    cases.both(false, R"({"alg":"HS256","exp":1})", R"({"exp":1})")
        .text(false, jwe(R"({"alg":"dir","enc":"A128GCM","exp":1})"));
    cases.rule("HDR-NULLARG")
        .header(true, R"({"alg":"HS256","kid":null})")
        .header(false, R"({"alg":"HS256","kid":"null"})");
}

} // namespace claimcheck::test
