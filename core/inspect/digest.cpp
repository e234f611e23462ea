// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "digest.h"

#include <array>

#include <openssl/evp.h>

namespace claimcheck::inspect {

std::string digestOf(const char* name, std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned length = 0;
    const EVP_MD* digest = EVP_get_digestbyname(name);
    if (digest == nullptr ||
        EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, digest, nullptr) != 1)
        return {};
    return {reinterpret_cast<const char*>(hash.data()), length};
}

} // namespace claimcheck::inspect
