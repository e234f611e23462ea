// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shared by the tests of jose: published vectors as JSON, keys from JWK text, a token in two words.

#pragma once

#include <jose/decrypt.h>
#include <jose/key.h>
#include <jose/sign.h>
#include <jose/verify.h>
#include <json/document.h>

#include <support/data.h>
#include <support/result.h>

namespace claimcheck::test {

inline json::Document jsonData(const char* relative)
{
    auto document = json::parse(data(relative));
    if (!document)
        qFatal("%s: %s", relative, describe(document.error()).c_str());
    return *document;
}

inline jose::Key keyFrom(std::string_view text, const jose::ReadOptions& options = {})
{
    auto keys = jose::readKeys(text, options);
    if (!keys)
        qFatal("key: %s", describe(keys.error()).c_str());
    return keys->front();
}

inline std::string textOf(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? value->string() : std::string();
}

inline jose::SignatureCheck verified(std::string_view token, const jose::Key& key,
                                     const jose::VerifyOptions& options = {})
{
    return jose::verifySignature(jose::decode(token), std::span(&key, 1), options);
}

inline jose::Decryption decrypted(std::string_view token, std::span<const jose::Key> keys,
                                  const jose::DecryptOptions& options = {})
{
    return jose::decrypt(jose::decodeJwe(token), keys, options);
}

/// header.payload.signature with whatever these hold.
inline std::string tokenOf(std::string_view header, std::string_view payload, std::string_view signature)
{
    return jose::encodeBase64Url(header) + "." + jose::encodeBase64Url(payload) + "." +
           jose::encodeBase64Url(signature);
}

} // namespace claimcheck::test

#define QVERIFY_VALID(check)                                                                                 \
    QVERIFY2((check).verdict == claimcheck::jose::SignatureVerdict::Valid, (check).why.c_str())
#define QVERIFY_DECRYPTED(decryption)                                                                        \
    QVERIFY2((decryption).verdict == claimcheck::jose::DecryptionVerdict::Decrypted, (decryption).why.c_str())
