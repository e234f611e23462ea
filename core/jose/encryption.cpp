// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "encryption.h"

#include <algorithm>
#include <array>

namespace claimcheck::jose {

// clang-format off
static constexpr std::array managements{
    KeyManagement{"dir",                KeyWay::Direct,        "",       0,  true,  "RFC 7518 §4.5"},
    KeyManagement{"RSA1_5",             KeyWay::RsaPkcs1,      "",       0,  false, "RFC 7518 §4.2"},
    KeyManagement{"RSA-OAEP",           KeyWay::RsaOaep,       "SHA1",   0,  true,  "RFC 7518 §4.3"},
    KeyManagement{"RSA-OAEP-256",       KeyWay::RsaOaep,       "SHA256", 0,  true,  "RFC 7518 §4.3"},
    KeyManagement{"RSA-OAEP-384",       KeyWay::RsaOaep,       "SHA384", 0,  true,  "IANA JOSE registry"},
    KeyManagement{"RSA-OAEP-512",       KeyWay::RsaOaep,       "SHA512", 0,  true,  "IANA JOSE registry"},
    KeyManagement{"A128KW",             KeyWay::AesWrap,       "",       16, true,  "RFC 7518 §4.4"},
    KeyManagement{"A192KW",             KeyWay::AesWrap,       "",       24, true,  "RFC 7518 §4.4"},
    KeyManagement{"A256KW",             KeyWay::AesWrap,       "",       32, true,  "RFC 7518 §4.4"},
    KeyManagement{"A128GCMKW",          KeyWay::GcmWrap,       "",       16, true,  "RFC 7518 §4.7"},
    KeyManagement{"A192GCMKW",          KeyWay::GcmWrap,       "",       24, true,  "RFC 7518 §4.7"},
    KeyManagement{"A256GCMKW",          KeyWay::GcmWrap,       "",       32, true,  "RFC 7518 §4.7"},
    KeyManagement{"ECDH-ES",            KeyWay::Agreement,     "",       0,  true,  "RFC 7518 §4.6"},
    KeyManagement{"ECDH-ES+A128KW",     KeyWay::AgreementWrap, "",       16, true,  "RFC 7518 §4.6"},
    KeyManagement{"ECDH-ES+A192KW",     KeyWay::AgreementWrap, "",       24, true,  "RFC 7518 §4.6"},
    KeyManagement{"ECDH-ES+A256KW",     KeyWay::AgreementWrap, "",       32, true,  "RFC 7518 §4.6"},
    KeyManagement{"PBES2-HS256+A128KW", KeyWay::Password,      "SHA256", 16, true,  "RFC 7518 §4.8"},
    KeyManagement{"PBES2-HS384+A192KW", KeyWay::Password,      "SHA384", 24, true,  "RFC 7518 §4.8"},
    KeyManagement{"PBES2-HS512+A256KW", KeyWay::Password,      "SHA512", 32, true,  "RFC 7518 §4.8"},
};

static constexpr std::array contents{
    ContentEncryption{"A128CBC-HS256", "AES-128-CBC", "SHA256", 32, 16, 16, "RFC 7518 §5.2.3"},
    ContentEncryption{"A192CBC-HS384", "AES-192-CBC", "SHA384", 48, 16, 24, "RFC 7518 §5.2.4"},
    ContentEncryption{"A256CBC-HS512", "AES-256-CBC", "SHA512", 64, 16, 32, "RFC 7518 §5.2.5"},
    ContentEncryption{"A128GCM",       "AES-128-GCM", "",       16, 12, 16, "RFC 7518 §5.3"},
    ContentEncryption{"A192GCM",       "AES-192-GCM", "",       24, 12, 16, "RFC 7518 §5.3"},
    ContentEncryption{"A256GCM",       "AES-256-GCM", "",       32, 12, 16, "RFC 7518 §5.3"},
};
// clang-format on

std::span<const KeyManagement> keyManagements()
{
    return managements;
}

std::span<const ContentEncryption> contentEncryptions()
{
    return contents;
}

template <typename Table>
static auto findIn(const Table& table, std::string_view name)
{
    const auto found =
        std::find_if(table.begin(), table.end(), [name](const auto& row) { return row.name == name; });
    return found == table.end() ? nullptr : &*found;
}

const KeyManagement* findKeyManagement(std::string_view name)
{
    return findIn(managements, name);
}

const ContentEncryption* findContentEncryption(std::string_view name)
{
    return findIn(contents, name);
}

bool isPublicKeyWay(const KeyManagement& management)
{
    switch (management.way) {
    case KeyWay::RsaPkcs1:
    case KeyWay::RsaOaep:
    case KeyWay::Agreement:
    case KeyWay::AgreementWrap:
        return true;
    default:
        return false;
    }
}

/// RFC 7518 §4.6 (P curves), RFC 8037 §3.2 (X curves).
static bool canAgree(const Key& key)
{
    if (key.type == KeyType::Ec)
        return key.curve == "P-256" || key.curve == "P-384" || key.curve == "P-521";
    return key.type == KeyType::Okp && (key.curve == "X25519" || key.curve == "X448");
}

bool isFor(const KeyManagement& management, const ContentEncryption& content, const Key& key)
{
    switch (management.way) {
    case KeyWay::Direct:
        return key.type == KeyType::Oct && key.secret.size() == content.keyBytes;
    case KeyWay::AesWrap:
    case KeyWay::GcmWrap:
        return key.type == KeyType::Oct && key.secret.size() == management.wrapBytes;
    case KeyWay::Password:
        return key.type == KeyType::Oct;
    case KeyWay::RsaPkcs1:
    case KeyWay::RsaOaep:
        return key.type == KeyType::Rsa && !key.isPssOnly;
    case KeyWay::Agreement:
    case KeyWay::AgreementWrap:
        return canAgree(key);
    }
    return false;
}

std::vector<std::string_view> keyManagementsFor(const Key& key)
{
    std::vector<std::string_view> names;
    for (const KeyManagement& management : managements) {
        const bool fits =
            std::any_of(contents.begin(), contents.end(),
                        [&](const ContentEncryption& content) { return isFor(management, content, key); });
        if (fits)
            names.push_back(management.name);
    }
    return names;
}

} // namespace claimcheck::jose
