// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens that say they need no signature (RFC 7518 §3.6, RFC 8725 §2.1).

#include "families.h"
#include "making.h"

#include <jose/base64url.h>

namespace claimcheck::audit {

static void addUnsigned(Basket& basket, const Material& material, const std::string& spelling, Kid kid)
{
    ObjectText header = goodHeader(material).setText("alg", spelling);
    apply(kid, header, material);
    const std::string head = jose::encodeBase64Url(header.json());
    Forgery* made = basket.add(spelling + ", " + std::string(toText(kid)),
                               "header alg " + spelling + ", " + std::string(toText(kid)) +
                                   ", payload as it is, empty signature",
                               joined(head, payloadPart(material), ""));
    if (made != nullptr)
        made->remake = [head](const std::string& payload) {
            return joined(head, jose::encodeBase64Url(payload), "");
        };
}

std::vector<Forgery> forgeAlgNone(const Material& material)
{
    Basket basket;
    for (const Kid kid : kidsToTry(material))
        addUnsigned(basket, material, "none", kid);
    const std::string header = jose::encodeBase64Url(goodHeader(material).setText("alg", "none").json());
    basket.add("none, old signature kept", "header alg none, payload and signature as they are",
               joined(header, payloadPart(material), signaturePart(material)));
    basket.add("none, junk signature", "header alg none, payload as it is, some bytes as signature",
               joined(header, payloadPart(material), "anVuaw"));
    return basket.take();
}

std::vector<Forgery> forgeAlgNoneCase(const Material& material)
{
    Basket basket;
    for (const char* spelling : {"None", "NONE", "nOnE", "noNe", "NoNE"})
        for (const Kid kid : kidsToTry(material))
            addUnsigned(basket, material, spelling, kid);
    return basket.take();
}

std::vector<Forgery> forgeAlgMissing(const Material& material)
{
    Basket basket;
    const auto add = [&](const std::string& variant, const ObjectText& header) {
        basket.add(variant, "header with " + variant + ", payload as it is, empty signature",
                   joined(jose::encodeBase64Url(header.json()), payloadPart(material), ""));
    };
    add("no alg", goodHeader(material).drop("alg"));
    add("alg \"\"", goodHeader(material).set("alg", "\"\""));
    add("alg null", goodHeader(material).set("alg", "null"));
    add("alg []", goodHeader(material).set("alg", "[]"));
    add("alg none and NUL", goodHeader(material).set("alg", "\"none\\u0000\""));
    add("alg none behind a space", goodHeader(material).set("alg", "\" none\""));
    return basket.take();
}

std::vector<Forgery> forgeStripped(const Material& material)
{
    Basket basket;
    std::string head(headerPart(material));
    head.append(".").append(payloadPart(material));
    basket.add("empty third part", "the good token without its signature, both dots kept",
               Secret(head + "."));
    basket.add("two parts", "the good token without its signature and the dot before it", Secret(head));
    return basket.take();
}

} // namespace claimcheck::audit
