// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens that two parsers read differently (RFC 7515 §4, §5.2, §7.2; RFC 7797).

#include "families.h"
#include "making.h"
#include "publicforms.h"

#include <jose/base64url.h>
#include <json/write.h>

namespace claimcheck::audit {

std::vector<Forgery> forgeUnencodedPayload(const Material& material)
{
    Basket basket;
    const std::string header =
        jose::encodeBase64Url(goodHeader(material).set("b64", "false").set("crit", "[\"b64\"]").json());
    basket.add("b64 false, signature kept",
               "header with b64 false and crit; payload and signature as they are",
               joined(header, payloadPart(material), signaturePart(material)));
    if (material.good.payload.bytes.find('.') == std::string::npos) // RFC 7797 §5.2
        basket.add("b64 false, payload as it is",
                   "header with b64 false and crit; the payload unencoded, signature as it is",
                   joined(header, material.good.payload.bytes, signaturePart(material)));
    return basket.take();
}

std::vector<Forgery> forgeDuplicateMember(const Material& material)
{
    Basket basket;
    const std::string payload = ownPayload(material);
    const std::string first = goodHeader(material).putFirst("alg", "\"none\"").json();
    basket.add("alg none, then the good one", "header with two alg, payload as it is, no signature",
               joined(jose::encodeBase64Url(first), payloadPart(material), ""));
    const std::string mac = goodHeader(material).putFirst("alg", "\"HS256\"").json();
    basket.add("alg HS256, then the good one", "header with two alg, HMAC under the empty key",
               macToken("HS256", "", mac, payload), ownChanges);
    if (!material.publicKeys.empty()) {
        const auto forms = publicForms(material.publicKeys.front(), {});
        if (!forms.empty())
            basket.add("alg HS256, then the good one, public key",
                       "header with two alg, HMAC under the public key as PEM",
                       macToken("HS256", forms.front().bytes, mac, payload), ownChanges);
    }
    return basket.take();
}

static std::string changedPayload(const Material& material)
{
    return jose::encodeBase64Url(ObjectText(material.good.payloadJson).set("x_audit", "1").json());
}

std::vector<Forgery> forgeJsonForm(const Material& material)
{
    Basket basket;
    const std::string header(headerPart(material));
    const std::string payload(payloadPart(material));
    const std::string signature(signaturePart(material));
    const std::string good = "\"protected\":\"" + header + "\",\"payload\":\"" + payload +
                             "\",\"signature\":\"" + signature + "\"";
    // CVE-2022-39227: one reader takes the text for JSON, the other cuts it at its dots. Where claims that
    // are none get through as well, the first reader alone was at work, and it verified the good token.
    const auto add = [&](const char* variant, const std::string& before, const std::string& behind) {
        const std::string head = "{\"" + before + ".";
        const std::string tail = "." + behind + "," + good + "}";
        Forgery* made = basket.add(variant, std::string("the good token as JSON, a ") + variant,
                                   Secret(head + changedPayload(material) + tail), {"x_audit"});
        if (made != nullptr)
            made->counterproof = Secret(head + "AAAA" + tail);
    };
    add("forged text as a member's name", header, "\":\"\"");
    add("forged text as a value", "x\":\"", "\"");
    basket.add("alg none, unprotected", "JSON with alg none in the unprotected header, no signature",
               Secret("{\"header\":{\"alg\":\"none\"},\"payload\":\"" + payload + "\",\"signature\":\"\"}"));
    const std::string mac =
        jose::encodeBase64Url(macBytes("SHA256", "", "." + payload)); // RFC 7515 §5.1 step 8
    basket.add("alg HS256, unprotected",
               "JSON with alg HS256 in the unprotected header, HMAC under the empty key",
               Secret("{\"header\":{\"alg\":\"HS256\"},\"payload\":\"" + payload + "\",\"signature\":\"" +
                      mac + "\"}"));
    return basket.take();
}

std::vector<Forgery> forgeHeaderNames(const Material& material)
{
    Basket basket;
    const auto add = [&](const char* variant, const std::string& header) {
        basket.add(variant, std::string("header with ") + variant + ", payload as it is, empty signature",
                   joined(jose::encodeBase64Url(header), payloadPart(material), ""));
    };
    const std::string rest = goodHeader(material).drop("alg").json().substr(1);
    const std::string tail = rest == "}" ? rest : "," + rest;
    add("alg none, its name escaped", "{\"\\u0061lg\":\"none\"" + tail);
    add("ALG none", "{\"ALG\":\"none\"" + tail);
    add("alg none, a space behind its name", "{\"alg \":\"none\"" + tail);
    const std::string none = goodHeader(material).setText("alg", "none").json();
    add("alg none behind a byte order mark", "\xEF\xBB\xBF" + none);
    add("alg none with NUL behind the object", none + std::string(1, '\0'));
    std::string wide;
    for (const char c : none)
        wide += std::string(1, c) + std::string(1, '\0');
    add("alg none in UTF-16", wide);
    return basket.take();
}

std::vector<Forgery> forgeOddHeaders(const Material& material)
{
    Basket basket;
    for (const char* header : {"[]", "null", "\"x\"", "{\"alg\":1e400}", "{", ""})
        basket.add(std::string("header ") + (*header == '\0' ? "empty" : header),
                   "header as said, payload and signature as they are",
                   joined(jose::encodeBase64Url(header), payloadPart(material), signaturePart(material)));
    return basket.take();
}

std::vector<Forgery> forgeLarge(const Material& material)
{
    Basket basket;
    for (const int kilobytes : {8, 16, 64}) {
        const std::string filling(static_cast<std::size_t>(kilobytes) * 1024 * 3 / 4, 'x');
        const std::string claims = ObjectText(material.good.payloadJson).setText("x_audit", filling).json();
        basket.add(std::to_string(kilobytes) + " KB", "a claim that fills the token up, signature as it is",
                   joined(headerPart(material), jose::encodeBase64Url(claims), signaturePart(material)),
                   {"x_audit"});
    }
    return basket.take();
}

} // namespace claimcheck::audit
