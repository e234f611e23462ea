// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/keyinput.h>

#include <algorithm>

#include <base/text.h>
#include <store/files.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t keyFileLimit = 4u * 1024u * 1024u;

Result<inspect::KeyRing> ringOf(std::string_view bytes, const Secret& passphrase)
{
    inspect::KeyRing ring;
    jose::ReadOptions options;
    options.limit = keyFileLimit;
    options.passphrase = passphrase;
    Result<std::vector<jose::Key>> keys = jose::readKeys(bytes, options, &ring.notes);
    if (!keys)
        return tl::unexpected(keys.error());
    ring.keys = std::move(*keys);
    ring.source = Secret(bytes);
    return ring;
}

} // namespace

bool looksLikeKeyText(std::string_view text)
{
    const std::string_view inner = bareText(text);
    return inner.starts_with("-----BEGIN ") || (inner.starts_with('{') && inner.ends_with('}')) ||
           inner.starts_with("ssh-") || inner.starts_with("ecdsa-sha2-") ||
           inner.starts_with("---- BEGIN SSH2");
}

bool asksForPassphrase(const Error& error)
{
    return error.setting == Setting::Passphrase;
}

Result<inspect::KeyRing> keyRingFromText(const Secret& typed, const Secret& passphrase)
{
    if (typed.isEmpty())
        return inspect::KeyRing();
    if (looksLikeKeyText(typed.reveal()))
        return ringOf(typed.reveal(), passphrase);
    inspect::KeyRing ring;
    ring.keys = jose::secretKeys(typed);
    return ring;
}

Result<inspect::KeyRing> keyRingFromFile(const std::string& path, const Secret& passphrase)
{
    const Result<std::string> bytes = store::readFile(path, keyFileLimit);
    if (!bytes)
        return tl::unexpected(bytes.error());
    Result<inspect::KeyRing> ring = ringOf(*bytes, passphrase);
    if (!ring && ring.error().what.find(path) == std::string::npos)
        ring.error().what = "cannot use " + path + " as a key";
    return ring;
}

Secret typedSecretOf(const inspect::KeyRing& ring)
{
    const bool typed = !ring.isEmpty() && std::ranges::all_of(ring.keys, [](const jose::Key& key) {
        return key.source == jose::KeySource::TypedSecret;
    });
    return typed ? ring.keys.front().secret : Secret();
}

std::string describe(const inspect::KeyRing& ring)
{
    if (ring.isEmpty())
        return "No key";
    std::string text = jose::describe(ring.keys.front());
    if (!typedSecretOf(ring).isEmpty())
        for (std::size_t i = 1; i < ring.keys.size(); ++i)
            text += " or " + ring.keys[i].format;
    else if (ring.keys.size() > 1)
        text += " and " + std::to_string(ring.keys.size() - 1) + " more";
    return text;
}

} // namespace claimcheck::ui
