// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows about a token's text, its JSON and its signature's bytes.

#pragma once

#include <base/text.h>

#include "lintcase.h"
#include "nonces.h"

namespace claimcheck::test {

inline const std::string head = "eyJhbGciOiJIUzI1NiJ9";
inline const std::string body = "eyJzdWIiOiJkZW1vIn0";

inline std::string flattened(const std::string& secured, const std::string& open)
{
    return R"({"payload":")" + jose::encodeBase64Url(goodClaims) + R"(","protected":")" +
           jose::encodeBase64Url(secured) + R"(","header":)" + open + R"(,"signature":"c2ln"})";
}

inline std::string nested(int layers)
{
    std::string text = token(header, goodClaims);
    for (int layer = 1; layer < layers; ++layer)
        text = token(R"({"alg":"HS256","cty":"JWT"})", text);
    return text;
}

inline void addEncodingCases(LintCases cases)
{
    const std::string good = head + "." + body + ".c2ln";
    cases.rule("ENC-SEGMENTS").text(true, head + "." + body).text(true, good + ".c2ln").text(false, good);
    cases.text(false, "opaque").text(false, "v4.local.AAAA");
    cases.rule("ENC-CHARSET").text(true, head + "." + body + ".c2!n").text(false, good);
    cases.rule("ENC-PADDING").text(true, head + "." + body + "=.c2ln").text(false, good);
    cases.rule("ENC-STDB64").text(true, head + "." + body + ".c2/n").text(true, head + "." + body + ".c2+n");
    cases.text(false, head + "." + body + ".c2_n").text(false, head + "." + body + ".c2-n");
    inspect::Context spaced;
    spaced.hadSpaceAround = true;
    cases.rule("ENC-WHITESPACE").text(true, head + ".\n" + body + ".c2ln").text(false, good);
    cases.context(true, goodClaims, spaced).context(false, goodClaims, {});
    cases.rule("ENC-LENGTH-MOD4").text(true, head + "." + body + ".c2lnc").text(false, good);
    cases.rule("ENC-TRAILING-BITS")
        .text(true, head + "." + body + ".c2l")
        .text(false, head + "." + body + ".c2k");
    cases.rule("ENC-EMPTY-SEGMENT").text(true, head + "." + body + ".").text(true, "." + body + ".c2ln");
    cases.text(true, head + "..c2ln").text(false, good).text(false, "eyJhbGciOiJub25lIn0." + body + ".");
    cases.rule("ENC-UTF8").header(true, "{\"alg\":\"HS256\",\"x\":\"\xC0\xAF\"}");
    cases.claims(true, "{\"x\":\"\xED\xA0\x80\"}").claims(true, std::string("\xFF\xFE{\0}\0", 6));
    cases.header(false, "{\"alg\":\"HS256\",\"x\":\"\xC3\xA4\"}");
    cases.rule("ENC-BOM").header(true, "\xEF\xBB\xBF{\"alg\":\"HS256\"}").header(false, R"({"alg":"HS256"})");
}

inline void addJsonCases(LintCases cases)
{
    cases.rule("JSON-INVALID").header(true, R"({"alg":"HS256",})").header(true, R"({'alg':'HS256'})");
    cases.claims(true, R"({"exp":NaN})").claims(true, R"({"a":1 /* x */})");
    cases.text(true, token(R"({"alg":"HS256"})", R"({"a":)"))
        .text(false, token(R"({"alg":"HS256"})", "plain"));
    cases.header(false, R"( { "alg" : "HS256" } )").header(false, R"({"alg":"HS256"} x)");
    cases.rule("JSON-NOT-OBJECT").header(true, R"(["alg"])").claims(true, R"("text")").claims(true, "null");
    cases.header(false, R"({"alg":["HS256"]})");
    cases.rule("JSON-DUP-NAME").header(true, R"({"alg":"HS256","al\u0067":"none"})");
    cases.header(true, R"({"alg":"HS256","jwk":{"kty":"oct","kty":"RSA"}})").claims(true, R"({"a":1,"a":2})");
    cases.header(false, R"({"alg":"HS256","jwk":{"alg":"HS256"}})");
    cases.rule("JSON-DEPTH").claims(true, R"({"x":)" + std::string(70, '[') + std::string(70, ']') + "}");
    cases.claims(false, R"({"x":)" + std::string(60, '[') + std::string(60, ']') + "}");
    cases.rule("JSON-BIGNUM").claims(true, R"({"id":9007199254740993})").claims(true, R"({"id":1e3})");
    cases.claims(false, R"({"id":9007199254740991})").claims(false, R"({"id":0.25})");
    cases.rule("JSON-TRAILING")
        .header(true, R"({"alg":"HS256"}{})")
        .claims(true, std::string("{\"a\":1}\0", 8));
    cases.header(false, R"({"alg":"HS256"} )").header(false, R"({"alg":"HS256",})");
}

inline void addSerialisationCases(LintCases cases)
{
    cases.rule("SER-JSON-AS-JWT").text(true, flattened(header, "{}")).text(false, token(header, goodClaims));
    cases.text(true, flattened(R"({"alg":"HS256","typ":"at+jwt"})", "{}"));
    cases.text(false, flattened(R"({"alg":"HS256"})", "{}"));
    cases.rule("SER-UNPROTECTED").text(true, flattened(R"({"typ":"x"})", R"({"alg":"HS256"})"));
    cases.text(true, R"({"payload":"e30","signatures":[{"header":{"kid":"a"},"signature":"c2ln"}]})");
    cases.text(true, R"({"ciphertext":"e30","unprotected":{"enc":"A128GCM"},"iv":"","tag":""})");
    cases.text(false, flattened(R"({"alg":"HS256","kid":"a"})", R"({"x":1})"));
    cases.text(false, R"({"ciphertext":"e30","recipients":[{"header":{"alg":"dir"}}]})");
    cases.text(false,
               R"({"payload":"e30","signatures":{"header":{"kid":"a"}},"signature":"c2ln"})"); // no array
    cases.rule("SER-HEADER-OVERLAP").text(true, flattened(header, R"({"alg":"none"})"));
    cases.text(true, R"({"ciphertext":"e30","unprotected":{"a":1},"header":{"a":2}})");
    cases.text(false, flattened(header, R"({"kid":"alg"})"));
    inspect::Context deep;
    deep.layer = 4;
    cases.rule("NEST-DEPTH").text(true, nested(4)).text(false, nested(3)).text(false, nested(1));
    cases.add(true, "opened layers", [deep] { return inspect::inspect(nested(2), now, deep); });
    cases.rule("SIZE-HEADER-LIMIT").claims(true, R"({"x":")" + std::string(6000, 'a') + R"("})");
    cases.claims(true, R"({"x":")" + std::string(3100, 'a') + R"("})");
    cases.claims(false, R"({"x":")" + std::string(2900, 'a') + R"("})");
    cases.rule("PASETO-SEEN").text(true, "v4.public.eyJkYXRhIjoi").text(true, "v1.local.AAAA.Zm9v");
    cases.text(false, "v4.remote.AAAA").text(false, "v9.local.AAAA").text(false, token(header, goodClaims));
    cases.rule("OPAQUE").text(true, "8f14e45fceea167a5a36dedd4bea2543").text(true, "ya29");
    cases.text(false, head + "." + body + ".c2ln").text(false, "");
}

inline void addSignatureCases(LintCases cases)
{
    const auto hex = [](const char* digits) { return fromHex(digits).value_or(""); };
    const std::string some = hex("8f1ce5a77d1202f7") + std::string(56, '\x91');
    const std::string order = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    const std::string below = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550");
    const std::string half = hex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
    const std::string above = hex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1");
    const std::string zero(32, '\0');
    cases.rule("SIG-LEN")
        .signature(true, "HS256", some.substr(0, 31))
        .signature(true, "ES256", some.substr(1));
    cases.signature(true, "RS256", some.substr(0, 32)).signature(true, "Ed25519", some + "x");
    cases.signature(false, "HS256", some.substr(0, 32)).signature(false, "ES256", some);
    cases.rule("SIG-ECDSA-DER").signature(true, "ES256", hex("3006020101020101"));
    cases.signature(false, "RS256", hex("3006020101020101"))
        .signature(false, "ES256", hex("300602010102010100"));
    cases.rule("SIG-PSYCHIC")
        .signature(true, "ES256", zero + zero)
        .signature(true, "ES256", zero + some.substr(0, 32));
    cases.signature(true, "ES384", some.substr(0, 48) + std::string(48, '\0'));
    cases.signature(true, "ES256", order + some.substr(0, 32))
        .signature(true, "ES256", some.substr(0, 32) + order);
    cases.signature(true, "ES256", std::string(64, '\xff'))
        .signature(true, "ES512", std::string(132, '\xff'));
    cases.signature(false, "ES256", below + some.substr(0, 32)).signature(false, "HS256", zero);
    cases.rule("SIG-HIGH-S").signature(true, "ES256K", some.substr(0, 32) + above);
    cases.signature(false, "ES256K", some.substr(0, 32) + half)
        .signature(false, "ES256", some.substr(0, 32) + above);
    cases.rule("SIG-ALL-SAME")
        .signature(true, "HS256", std::string(32, '\x07'))
        .signature(true, "HS256", "signature");
    cases.signature(false, "HS256", some.substr(0, 32));
    const auto reuse = [](const char* first, const char* second, unsigned firstNonce, unsigned secondNonce) {
        const auto memory = std::make_shared<inspect::NonceMemory>();
        inspect::Context context;
        context.nonces = memory.get();
        const jose::Key key = keyFor("ES256");
        inspect::inspect(signedWithNonce(key, first, firstNonce), ringOf(key), {}, now, context);
        return inspect::inspect(signedWithNonce(key, second, secondNonce), ringOf(key), {}, now, context);
    };
    cases.rule("SIG-REUSED-R").add(true, "two texts", [reuse] { return reuse("{}", R"({"a":1})", 7, 7); });
    cases.add(false, "one text twice", [reuse] { return reuse("{}", "{}", 7, 7); });
    cases.add(false, "two nonces", [reuse] { return reuse("{}", R"({"a":1})", 7, 8); });
    cases.add(false, "a changed payload", [] {
        inspect::NonceMemory memory;
        inspect::Context context;
        context.nonces = &memory;
        const jose::Key key = keyFor("ES256");
        const std::string genuine = signedWithNonce(key, "{}", 7);
        inspect::inspect(genuine, ringOf(key), {}, now, context);
        const std::string changed =
            join(R"({"alg":"ES256"})", R"({"a":1})", jose::decode(genuine).signature.bytes);
        return inspect::inspect(changed, ringOf(key), {}, now, context);
    });
    cases.rule("SIG-UNVERIFIED").text(true, token(header, goodClaims));
    cases.text(false, "v4.public.eyJkYXRhIjoi"); // whose signature nothing here could check
    cases.key(false, header, ringOf()).text(false, jwe(R"({"alg":"dir","enc":"A128GCM"})"));
}

} // namespace claimcheck::test
