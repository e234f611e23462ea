// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "broken.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::inspect {

static std::optional<std::size_t> guessedFrom(const std::optional<json::Document>& object,
                                              const jose::Segment& segment)
{
    return object || segment.cutAt ? segment.breaksAt : std::nullopt;
}

std::optional<std::size_t> headerGuessedFrom(const jose::Jws& token)
{
    return guessedFrom(token.headerJson, token.header);
}

std::optional<std::size_t> claimsGuessedFrom(const jose::Jws& token)
{
    return guessedFrom(token.payloadJson, token.payload);
}

/// The beginning of one character in UTF-8 (RFC 3629 §3), without its end.
static bool isCutCharacter(std::string_view bytes)
{
    const auto first = static_cast<unsigned char>(bytes.front());
    const std::size_t whole = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return bytes.size() < whole && std::ranges::all_of(bytes.substr(1), [](char each) {
               return (static_cast<unsigned char>(each) & 0xC0u) == 0x80u;
           });
}

std::string_view readableBytes(const jose::Segment& segment)
{
    const std::string_view bytes = segment.bytes;
    const std::optional<std::size_t> wrong = firstInvalidUtf8(bytes);
    const bool isAtTheCut = segment.cutAt && wrong && isCutCharacter(bytes.substr(*wrong));
    return isAtTheCut ? bytes.substr(0, *wrong) : bytes;
}

} // namespace claimcheck::inspect
