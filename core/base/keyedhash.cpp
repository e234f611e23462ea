// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keyedhash.h"

#include <openssl/evp.h>

namespace claimcheck {

std::string keyedHash(const Secret& key, std::string_view text)
{
    std::string hash(EVP_MAX_MD_SIZE, '\0');
    std::size_t size = 0;
    const auto bytesOf = [](std::string_view bytes) {
        return reinterpret_cast<const unsigned char*>(bytes.data());
    };
    const bool isMade =
        EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.reveal().data(), key.size(), bytesOf(text),
                  text.size(), reinterpret_cast<unsigned char*>(hash.data()), hash.size(), &size) != nullptr;
    hash.resize(isMade ? size : 0);
    return hash;
}

} // namespace claimcheck
