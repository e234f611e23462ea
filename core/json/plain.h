// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which bytes stand in a JSON string for themselves (RFC 8259 §7) and, being ASCII, need no look at UTF-8: of
// reading and of writing the innermost loop. Private to the module.

#pragma once

#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace claimcheck::json::detail {

inline bool isPlain(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

/// Bytes that are looked at together.
inline constexpr std::size_t blockSize = 16;

/// A bit for each byte of a block that is not plain, the lowest for the first.
inline unsigned oddIn(const char* block)
{
#if defined(__SSE2__)
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i_u*>(block));
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    // As signed numbers the bytes from 0x80 on are less than the first plain one, too.
    const __m128i others = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(others, _mm_or_si128(quotes, backslashes))));
#else
    unsigned odd = 0;
    for (std::size_t i = 0; i < blockSize; ++i)
        odd |= (isPlain(block[i]) ? 0u : 1u) << i;
    return odd;
#endif
}

} // namespace claimcheck::json::detail
