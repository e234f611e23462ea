// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the form around the parts: JSON serialisations, tokens in tokens, other families.

#include "rules.h"

#include <algorithm>
#include <array>

#include <jose/base64url.h>

namespace claimcheck::inspect::rules {

void serialisedAsJwt(const Subject& subject, Report& report)
{
    const std::string& type = subject.type;
    if (subject.serialised && (type == "jwt" || type.ends_with("+jwt")))
        report.add("The token is in JSON form and says that it is a JWT (typ)", "header.typ", type);
}

namespace {

/// One signature or recipient of a token in JSON form, with the headers that speak for it.
struct Headers
{
    std::optional<json::Document> secured; ///< what its `protected` holds
    std::vector<json::Value> open;         ///< `header`, `unprotected`

    bool isSecured(std::string_view name) const { return secured && secured->root().find(name).has_value(); }
};

} // namespace

static Headers headersOf(const json::Value& entry, const json::Value& root)
{
    Headers headers;
    const auto encoded = entry.find("protected") ? entry.find("protected") : root.find("protected");
    if (encoded && encoded->isString()) {
        const jose::LenientBytes decoded = jose::decodeBase64UrlLeniently(encoded->string());
        if (decoded.cutAt) // what else is protected is not known: there is nothing to compare with
            return headers;
        auto inner = json::parse(decoded.bytes, {.depth = 64});
        if (inner && inner->root().isObject())
            headers.secured = std::move(*inner);
    }
    for (const auto& open : {entry.find("header"), root.find("unprotected")})
        if (open && open->isObject())
            headers.open.push_back(*open);
    return headers;
}

/// Calls `look(headers)` for every signature or recipient, the first hundred of them.
template <typename Look>
static void forEntries(const Subject& subject, Look look)
{
    static constexpr std::size_t most = 100;
    if (!subject.serialised)
        return;
    const json::Value root = subject.serialised->root();
    const auto several = root.find("signatures") ? root.find("signatures") : root.find("recipients");
    if (!several || !several->isArray())
        return look(headersOf(root, root));
    std::vector<json::Value> entries = several->items();
    for (std::size_t index = 0; index < std::min(entries.size(), most); ++index)
        look(headersOf(entries[index], root));
}

void unprotectedOnly(const Subject& subject, Report& report)
{
    // RFC 7516 §7.2.1 has each recipient's alg in the open; what rules the content must not be.
    static constexpr std::array<std::string_view, 5> signedNames{"alg", "kid", "jwk", "b64", "crit"};
    static constexpr std::array<std::string_view, 3> encryptedNames{"enc", "zip", "crit"};
    const std::span<const std::string_view> names =
        subject.isEncrypted() ? std::span<const std::string_view>(encryptedNames) : signedNames;
    forEntries(subject, [&](const Headers& headers) {
        for (const std::string_view name : names)
            for (const json::Value& open : headers.open)
                if (open.find(name) && !headers.isSecured(name))
                    report.add("'" + std::string(name) + "' stands in the unprotected header only", "token",
                               shortened(open.find(name)->text()));
    });
}

void headerOverlap(const Subject& subject, Report& report)
{
    forEntries(subject, [&](const Headers& headers) {
        for (const json::Value& open : headers.open)
            for (const json::Member& member : open.members()) {
                const bool isTwice = headers.open.size() == 2 && headers.open[0].find(member.name) &&
                                     headers.open[1].find(member.name);
                if (headers.isSecured(member.name) || isTwice)
                    report.add("'" + shortened(member.name) + "' stands in two headers at once", "token",
                               shortened(member.value.text()));
            }
    });
}

/// How many signed tokens lie in one another, without opening encrypted ones.
static int layersInside(std::string_view payload)
{
    static constexpr int most = 16;
    int layers = 0;
    for (std::string bytes(payload); layers < most && isCompactToken(bytes); ++layers) {
        const std::size_t start = bytes.find('.') + 1;
        bytes = jose::decodeBase64UrlLeniently(
                    std::string_view(bytes).substr(start, bytes.find('.', start) - start))
                    .bytes;
    }
    return layers;
}

void nestingDepth(const Subject& subject, Report& report)
{
    static constexpr int most = 3;
    const bool isInnermost = subject.hasClaims() || subject.token.segments < 3;
    const int layers = subject.context->layer + (isInnermost ? 0 : layersInside(subject.token.payload.bytes));
    if (layers > most && !subject.isAround)
        report.add("Tokens lie " + std::to_string(layers) + " deep in one another", "payload",
                   std::to_string(layers));
}

void paseto(const Subject& subject, Report& report)
{
    const std::string& text = subject.token.text;
    if (!isPaseto(text))
        return;
    const std::string version = text.substr(0, 2);
    const bool isOld = version == "v1" || version == "v2";
    report.add("A PASETO token (" + text.substr(0, text.find('.', 3)) + "), no JOSE one" +
                   (isOld ? "; its version is deprecated" : ""),
               "token", version);
}

} // namespace claimcheck::inspect::rules
