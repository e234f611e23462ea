// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looks into forged tokens.

#pragma once

#include "goodtokens.h"

#include <jose/verify.h>

#include <span>

#include <QtCore/qlogging.h>

#include <openssl/evp.h>

namespace claimcheck::test {

inline jose::SignatureVerdict verdictOf(const audit::Forgery& forgery, const jose::Key& key)
{
    return jose::verifySignature(decoded(forgery), std::span(&key, 1), {.allowWeakKeys = true}).verdict;
}

/// The signature is this MAC, whatever our own policy thinks of the key.
inline bool fitsMac(const audit::Forgery& forgery, const char* digest, const std::string& key)
{
    const jose::Jws jws = decoded(forgery);
    std::string mac(EVP_MAX_MD_SIZE, '\0');
    std::size_t length = 0;
    const std::string_view input = jws.signingInput();
    EVP_Q_mac(nullptr, "HMAC", nullptr, digest, nullptr, key.data(), key.size(),
              reinterpret_cast<const unsigned char*>(input.data()), input.size(),
              reinterpret_cast<unsigned char*>(mac.data()), mac.size(), &length);
    return length > 0 && jws.signature.bytes == mac.substr(0, length);
}

inline std::string headerOf(const audit::Forgery& forgery)
{
    return decoded(forgery).header.bytes;
}

inline std::string member(const std::string& json, const char* name)
{
    const auto document = json::parse(json);
    const auto value = document ? document->root().find(name) : std::nullopt;
    return value ? std::string(value->text()) : "-";
}

inline const audit::Forgery& variant(const std::vector<audit::Forgery>& made, const std::string& name)
{
    const auto found =
        std::ranges::find_if(made, [&](const audit::Forgery& forgery) { return forgery.variant == name; });
    if (found == made.end())
        qFatal("no variant %s", name.c_str());
    return *found;
}

} // namespace claimcheck::test
