// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows about claims.

#pragma once

#include "lintcase.h"

namespace claimcheck::test {

inline void addTimeCases(LintCases cases)
{
    cases.rule("CLM-EXP-MISSING").claims(true, R"({"sub":"a"})").claims(false, R"({"exp":null})");
    cases.both(false, R"({"alg":"ES256","typ":"dpop+jwt"})", "{}")
        .both(false, R"({"alg":"ES256","typ":"secevent+jwt"})", "{}");
    cases.both(false, R"({"alg":"ES256","typ":"kb+jwt"})", "{}")
        .both(true, R"({"alg":"ES256","typ":"logout+jwt"})", "{}");
    cases.rule("CLM-EXPIRED").claims(true, R"({"exp":1800000000})").claims(false, R"({"exp":1800000001})");
    cases.rule("CLM-EXP-SOON")
        .claims(true, R"({"exp":1800000059})")
        .claims(false, R"({"exp":1800000060})")
        .claims(false, R"({"exp":1})");
    cases.rule("CLM-LIFETIME")
        .claims(true, R"({"iat":1800000000,"exp":1800086401})")
        .claims(false, R"({"iat":1800000000,"exp":1800086400})");
    cases.rule("CLM-EXP-BEFORE-IAT")
        .claims(true, R"({"iat":1800000000,"exp":1800000000})")
        .claims(true, R"({"nbf":1800000002,"exp":1800000001})");
    cases.claims(false, R"({"iat":1800000000,"exp":1800000001})");
    cases.rule("CLM-IAT-FUTURE").claims(true, R"({"iat":1800000001})").claims(false, R"({"iat":1800000000})");
    cases.rule("CLM-NBF-FUTURE").claims(true, R"({"nbf":1800000001})").claims(false, R"({"nbf":1800000000})");
    cases.rule("CLM-DATE-STRING")
        .claims(true, R"({"exp":"2027-01-15T08:00:00Z"})")
        .claims(true, R"({"auth_time":"1800000000"})")
        .claims(true, R"({"exp":"1800000000000"})");
    cases.claims(true, R"({"updated_at":true})").claims(false, R"({"exp":1.8e9,"date":"2027-01-15"})");
    cases.rule("CLM-DATE-MS")
        .claims(true, R"({"exp":1800000000000})")
        .claims(false, R"({"exp":18000000000})");
    cases.rule("CLM-DATE-RANGE")
        .claims(true, R"({"iat":-1})")
        .claims(true, R"({"exp":1e200})")
        .claims(true, R"({"exp":1e400})")
        .claims(true, R"({"updated_at":-1e400})")
        .claims(true, R"({"iat":1.5})");
    cases.claims(false, R"({"iat":0,"exp":253402300799})");
}

inline void addNameCases(LintCases cases)
{
    cases.rule("CLM-AUD-MISSING")
        .claims(true, R"({"sub":"a"})")
        .claims(false, R"({"aud":[]})")
        .both(false, R"({"alg":"ES256","typ":"dpop+jwt"})", "{}");
    cases.rule("CLM-AUD-TYPE")
        .claims(true, R"({"aud":["a",1]})")
        .claims(true, R"({"aud":{}})")
        .claims(false, R"({"aud":["a","b"]})");
    cases.rule("CLM-AUD-WILDCARD")
        .claims(true, R"({"aud":["a","*"]})")
        .claims(true, R"({"aud":"\u002a"})")
        .claims(false, R"({"aud":"https://*.example.org"})");
    cases.rule("CLM-ISS-MISSING")
        .claims(true, R"({"sub":"a"})")
        .claims(false, R"({"iss":""})")
        .both(false, R"({"alg":"ES256","typ":"kb+jwt"})", "{}");
    cases.rule("CLM-ISS-HTTP")
        .claims(true, R"({"iss":"http://issuer.example"})")
        .claims(false, R"({"iss":"https://issuer.example"})");
    for (const char* url : {"http://localhost:8080/realms/dev", "http://dev.localhost/", "http://127.0.0.1",
                            "http://LOCALHOST?", "http://[::1]:8080/"})
        cases.claims(false, R"({"iss":")" + std::string(url) + R"("})");
    for (const char* url :
         {"http://localhost.evil.example", "http://127.evil.example/", "http://localhosts",
          "http://localhost@evil.example/", "http://[::1].evil.example", "http://127.0.0.1.evil"})
        cases.claims(true, R"({"iss":")" + std::string(url) + R"("})");
    inspect::Context discovered;
    discovered.discoveredIssuer = "https://issuer.example";
    cases.rule("CLM-ISS-SLASH").context(true, R"({"iss":"https://issuer.example/"})", discovered);
    cases.context(false, R"({"iss":"https://issuer.example"})", discovered)
        .context(false, R"({"iss":"https://other.example/"})", discovered);
    cases.claims(false, R"({"iss":"https://issuer.example/"})");
    cases.rule("CLM-ISS-ARRAY").claims(true, R"({"iss":["a"]})").claims(false, R"({"iss":"[]"})");
    cases.rule("CLM-SUB-MISSING")
        .claims(true, R"({"scope":"read"})")
        .claims(true, R"({"nonce":"n"})")
        .claims(false, R"({"scope":"read","sub":"a"})")
        .claims(false, R"({"iss":"i"})");
    cases.rule("CLM-JTI-MISSING").claims(true, R"({"sub":"a"})").claims(false, R"({"jti":"1"})");
    cases.rule("CLM-STRINGORURI")
        .claims(true, R"({"sub":"my user:1"})")
        .claims(true, R"({"aud":["a",":b"]})")
        .claims(true, R"({"iss":"1a:b"})");
    cases.claims(false, R"({"sub":"urn:uuid:1","iss":"https://i.example","aud":["a","app:x"]})")
        .claims(false, R"({"sub":"auth0|5f7c"})");
}

inline void addClaimCases(LintCases cases)
{
    addTimeCases(cases);
    addNameCases(cases);
}

inline void addContentCases(LintCases cases)
{
    cases.rule("CLM-SENSITIVE");
    for (const char* json :
         {R"({"password":"hunter2"})", R"({"user":{"API-Key":"x"}})",
          R"({"paid_with":"4111 1111 1111 1111"})", R"({"key":"-----BEGIN RSA PRIVATE KEY-----\nMII"})",
          R"({"aws":"AKIAIOSFODNN7EXAMPLE"})",
          R"({"h":"$2b$10$Gg91pyMdkpIwT2MRMl7xxObPSOAQpS2Gnt29indH8Q4jxpiSfPup2"})",
          R"({"h":"$argon2id$v=19$x"})", R"({"users":[1,{"name":"ann","password":"hunter2"}]})"})
        cases.claims(true, json);
    cases.claims(false, R"({"password_changed":true,"secretary":"Ann","pin_required":false})");
    cases.claims(false, R"({"order":"4111111111111112","user_id":"4111111111111111"})");
    cases.claims(
        false, R"({"roles":["password:reset","secret"],"identities":{"facebook.com":["4111111111111111"]}})");
    cases.rule("CLM-PII");
    for (const char* json :
         {R"({"email":"a@b.example"})", R"({"phone_number":"+4930123"})", R"({"sub":"ann@b.example"})",
          R"({"birthdate":"1990-01-01"})", R"({"address":{"street":"x"}})", R"({"national_id":"123"})"})
        cases.claims(true, json);
    cases.claims(false, R"({"email_verified":true,"address_id":"7","sub":"ann"})")
        .claims(false, R"({"email":null})");
    cases.rule("CLM-PRIV-FLAG")
        .claims(true, R"({"admin":false})")
        .claims(true, R"({"scope":"a"})")
        .claims(false, R"({"administration":"north"})");
    cases.rule("CLM-INTERNAL");
    for (const char* json :
         {R"({"node":"10.1.2.3"})", R"({"h":"http://db.corp:5432/"})", R"({"x":{"f":"/home/ann/app.js"}})",
          R"({"iss":"http://svc.cluster.local"})", R"({"n":"172.20.0.9"})", R"({"p":"C:\\build\\a.cs"})"})
        cases.claims(true, json);
    cases.claims(false, R"({"v":"110.1.2.3","n":"172.50.0.9","w":"10.2"})")
        .claims(false, R"({"iss":"https://id.example/home/x"})");
    cases.claims(false, R"({"iss":"https://issuer.localsite.example"})");
    cases.rule("CLM-NESTED-JWT")
        .claims(true, R"({"t":"eyJhbGciOiJub25lIn0.e30."})")
        .claims(false, R"({"t":"eyJhbGciOiJub25lIn0.e30"})");
}

inline void addUsageCases(LintCases cases)
{
    inspect::Context bearer;
    bearer.carrier = inspect::Carrier::Bearer;
    cases.rule("CLM-IDTOKEN-AS-AT")
        .context(true, R"({"nonce":"n"})", bearer)
        .context(false, R"({"sub":"n"})", bearer)
        .claims(false, R"({"nonce":"n"})");
    cases.rule("CLM-CNF-UNUSED")
        .context(true, R"({"cnf":{"jkt":"x"}})", bearer)
        .context(false, R"({"cnf":{"kid":"x"}})", bearer);
    cases.claims(false, R"({"cnf":{"jkt":"x"}})");
    inspect::Context given;
    given.accessToken = Secret("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    given.code = Secret("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk");
    cases.rule("CLM-ATHASH")
        .context(true, R"({"at_hash":"x"})", given)
        .context(true, R"({"c_hash":"x"})", given)
        .context(true, R"({"ath":"x"})", given);
    // The values of OpenID Connect Core Appendix A.3 and A.4.
    cases.context(false, R"({"at_hash":"77QmUPtjPfzWtF2AnpK9RQ","c_hash":"LDktKdoQak3Pk0cnXxCltA"})", given)
        .claims(false, R"({"at_hash":"x"})");
    inspect::Context web;
    web.url = "http://api.example/x";
    inspect::Context safe;
    safe.url = "https://api.example/x";
    inspect::Context local;
    local.url = "http://127.0.0.1:80/";
    inspect::Context alike;
    alike.url = "http://127.0.0.1.evil.example/";
    cases.rule("TRN-HTTP")
        .context(true, goodClaims, web)
        .context(true, goodClaims, alike)
        .context(false, goodClaims, safe)
        .context(false, goodClaims, local);
    cases.rule("TRN-URL").context(true, goodClaims, inspect::contextOf("https://a.example/?access_token=x"));
    cases.context(true, goodClaims, inspect::contextOf("https://a.example/#access_token=x"))
        .context(false, goodClaims, inspect::contextOf("Bearer x"));
    cases.rule("TRN-COOKIE")
        .context(true, goodClaims, inspect::contextOf("Set-Cookie: t=x; Secure; HttpOnly"));
    cases.context(false, goodClaims, inspect::contextOf("Set-Cookie: t=x; Secure; HttpOnly; SameSite=Lax"))
        .context(false, goodClaims, inspect::contextOf("Cookie: t=x"));
    inspect::Context stored;
    stored.cacheControl = "max-age=60";
    inspect::Context unstored;
    unstored.cacheControl = "private, No-Store";
    cases.rule("TRN-CACHE")
        .context(true, goodClaims, stored)
        .context(false, goodClaims, unstored)
        .claims(false, goodClaims);
}

} // namespace claimcheck::test
