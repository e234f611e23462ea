// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base64blocks.h"

#if defined(__x86_64__)
#include <tmmintrin.h>
#endif

namespace claimcheck::jose {

#if defined(__x86_64__)

namespace {

/// What each character counts, 0 to 63, or which of them are none.
struct Digits
{
    __m128i values;
    bool areAll;
};

} // namespace

/// Both halves of a character are looked up: the upper one is a row of the ASCII table, the lower one a
/// column, and each column has a bit for every row in which it is no digit.
[[gnu::target("ssse3")]] static Digits digitsOf(__m128i characters)
{
    // Rows:     '-' is the only digit of 2 (bit 0), "0-9" of 3 (1), "A-O" and "a-o" of 4 and 6 (2),
    //           "P-Z" and '_' of 5 (3), "p-z" of 7 (4); the others have none (5).
    const __m128i rows = _mm_setr_epi8(32, 32, 1, 2, 4, 8, 4, 16, 32, 32, 32, 32, 32, 32, 32, 32);
    // Columns:  0 is no digit of 2, 4 and 6 (0x25); 1 to 9 of 2 (0x21); A of 2 and 3 (0x23); D of 3, 5 and 7
    //           (0x3A); F of 2, 3 and 7 (0x33); the others of 2, 3, 5 and 7 (0x3B).
    const __m128i columns = _mm_setr_epi8(0x25, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x21, 0x23,
                                          0x3B, 0x3B, 0x3A, 0x3B, 0x33);
    // From a character to its value, by row; '_' is not where "P-Z" are.
    const __m128i shifts =
        _mm_setr_epi8(0, 0, 62 - '-', 52 - '0', -'A', -'A', 26 - 'a', 26 - 'a', 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i half = _mm_set1_epi8(0x0F);
    const __m128i row = _mm_and_si128(_mm_srli_epi32(characters, 4), half);
    const __m128i column = _mm_and_si128(characters, half);
    const __m128i odd = _mm_and_si128(_mm_shuffle_epi8(columns, column), _mm_shuffle_epi8(rows, row));
    const __m128i underscores = _mm_cmpeq_epi8(characters, _mm_set1_epi8('_'));
    const __m128i correction = _mm_and_si128(underscores, _mm_set1_epi8(63 - '_' + 'A'));
    const __m128i shift = _mm_add_epi8(_mm_shuffle_epi8(shifts, row), correction);
    return {_mm_add_epi8(characters, shift),
            _mm_movemask_epi8(_mm_cmpeq_epi8(odd, _mm_setzero_si128())) == 0xFFFF};
}

/// Sixteen times six bits as twelve bytes, and four zeros behind them.
[[gnu::target("ssse3")]] static __m128i packed(__m128i values)
{
    const __m128i pairs = _mm_maddubs_epi16(values, _mm_set1_epi32(0x01400140)); // a << 6 | b
    const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00011000));     // ab << 12 | cd
    return _mm_shuffle_epi8(fours, _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
}

[[gnu::target("ssse3")]] static std::size_t decodeSixteens(std::string_view text, char* out)
{
    static constexpr std::size_t block = 16;
    std::size_t read = 0;
    for (; read + block <= text.size(); read += block) {
        const auto* const place = reinterpret_cast<const __m128i_u*>(text.data() + read);
        const Digits digits = digitsOf(_mm_loadu_si128(place));
        if (!digits.areAll)
            break;
        _mm_storeu_si128(reinterpret_cast<__m128i_u*>(out + read / 4 * 3), packed(digits.values));
    }
    return read;
}

std::size_t decodeBlocks(std::string_view text, char* out)
{
    static const bool isAble = __builtin_cpu_supports("ssse3") != 0;
    return isAble ? decodeSixteens(text, out) : 0;
}

#else

std::size_t decodeBlocks(std::string_view, char*)
{
    return 0;
}

#endif

} // namespace claimcheck::jose
