// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ROCA fingerprint. The flawed library made primes p = k·M + (65537^a mod M), M the product of the first
// primes; so p, q and n are powers of 65537 modulo every one of these. A random modulus is that for all of
// them with a chance far below one in a hundred million.

#include "keydetail.h"

#include <array>

namespace claimcheck::jose {

// The primes in the smallest M that was used (512-bit keys); larger keys use a multiple of it.
static constexpr std::array<unsigned, 38> primes{
    3,  5,  7,  11, 13, 17,  19,  23,  29,  31,  37,  41,  43,  47,  53,  59,  61,  67,  71,
    73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};

static bool isPowerOfGenerator(unsigned residue, unsigned prime)
{
    unsigned power = 1;
    do {
        if (power == residue)
            return true;
        power = power * (65537 % prime) % prime;
    } while (power != 1);
    return false;
}

bool hasRocaFingerprint(const BIGNUM* modulus)
{
    for (const unsigned prime : primes) {
        const auto residue = static_cast<unsigned>(BN_mod_word(modulus, prime));
        if (!isPowerOfGenerator(residue, prime))
            return false;
    }
    return true;
}

} // namespace claimcheck::jose
