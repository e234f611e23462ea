// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A JWK set (RFC 7517 §5), or a JWK that stands alone. What a set holds that is not understood is left out
// with a note, as §5 asks, so that one new key type does not make a whole set useless.

#include "curve.h"
#include "keydetail.h"
#include "keyset.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::jose {

static std::string nameOf(std::size_t index, const json::Value& member)
{
    const auto kid = member.find("kid");
    std::string name = "key " + std::to_string(index + 1) + " of the set";
    if (kid && kid->isString())
        name += " (kid '" + visible(kid->string()) + "')";
    return name;
}

/// jose-policy rule 8: an unknown `use` is no key for us.
static std::string unknownUse(const Key& key)
{
    const bool isKnown = !key.use || *key.use == "sig" || *key.use == "enc";
    return isKnown ? std::string() : "its use '" + visible(*key.use) + "' is unknown here";
}

static Result<std::vector<Key>> readSet(const json::Value& set, std::vector<std::string>* skipped)
{
    std::vector<Key> keys;
    std::string firstNote;
    const std::vector<json::Value> members = set.items();
    for (std::size_t i = 0; i < members.size(); ++i) {
        Result<Key> key = readJwk(members[i]);
        const std::string why = key ? unknownUse(*key) : key.error().why;
        if (why.empty()) {
            key->format = "JWK of a set";
            key->isFromSet = true;
            keys.push_back(std::move(*key));
            continue;
        }
        const std::string note = nameOf(i, members[i]) + " was left out: " + why;
        if (firstNote.empty())
            firstNote = note;
        if (skipped != nullptr)
            skipped->push_back(note);
    }
    if (keys.empty())
        return unreadableKey(members.empty() ? "the JWK set is empty: there is no key in it"
                                             : "no usable key in the set; " + firstNote,
                             whatIsUsed);
    return keys;
}

/// What RFC 7517 §5 has readers pass over, unlike what is broken.
static bool isOfUnknownKind(const json::Value& member)
{
    if (const Result<Key> key = readJwk(member))
        return !unknownUse(*key).empty();
    const auto textOf = [&member](std::string_view name) {
        const auto value = member.find(name);
        return value && value->isString() ? value->string() : std::string();
    };
    const std::string type = textOf("kty");
    if (type == "EC" || type == "OKP")
        return !textOf("crv").empty() && findCurve(textOf("crv")) == nullptr;
    return !type.empty() && type != "oct" && type != "RSA";
}

std::optional<std::string> whySetHasNoKey(std::string_view text)
{
    const auto document = json::parse(text, {.depth = 64, .wipesSource = true});
    const auto set = document ? document->root().find("keys") : std::nullopt;
    if (!set || !set->isArray() || !std::ranges::all_of(set->items(), isOfUnknownKind))
        return std::nullopt;
    const Result<std::vector<Key>> keys = readSet(*set, nullptr);
    return keys ? std::nullopt : std::optional(keys.error().why);
}

Result<std::vector<Key>> readJwkText(std::string_view text, std::vector<std::string>* skipped)
{
    auto document = json::parse(text, {.depth = 64, .wipesSource = true});
    if (!document) {
        Error error =
            unreadableKey("it looks like JSON, but is none: " + document.error().why, whatIsRead).value();
        error.where = document.error().where;
        return tl::unexpected(std::move(error));
    }
    const json::Value root = document->root();
    const auto set = root.find("keys");
    if (set && set->isArray())
        return readSet(*set, skipped);
    if (!root.isObject() || !root.find("kty"))
        return unreadableKey("it is JSON, but neither a JWK (no 'kty') nor a JWK set (no list 'keys')",
                             whatIsRead);
    Result<Key> key = readJwk(root);
    if (!key)
        return tl::unexpected(key.error());
    return std::vector<Key>{std::move(*key)};
}

} // namespace claimcheck::jose
