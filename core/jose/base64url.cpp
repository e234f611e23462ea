// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base64url.h"
#include "base64blocks.h"
#include "openssl.h"

#include <array>
#include <cstdint>

namespace claimcheck::jose {

static constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static constexpr std::uint8_t noDigit = 0xFF;

static constexpr std::array<std::uint8_t, 256> digits = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(noDigit);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

static std::uint32_t digitOf(char c)
{
    return digits[static_cast<unsigned char>(c)];
}

std::string encodeBase64Url(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        buffer = (buffer << 8u) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6)
            text += alphabet[(buffer >> (bits - 6)) & 0x3Fu];
    }
    if (bits > 0)
        text += alphabet[(buffer << (6 - bits)) & 0x3Fu];
    return text;
}

std::string_view describe(EncodingDefect defect)
{
    switch (defect) {
    case EncodingDefect::Padding:
        return "padding '=', which base64url in a token has not (RFC 7515 §2)";
    case EncodingDefect::StandardAlphabet:
        return "'+' or '/' of plain Base64, where base64url has '-' and '_' (RFC 4648 §5)";
    case EncodingDefect::WhiteSpace:
        return "white space inside";
    case EncodingDefect::Character:
        return "a character outside of base64url (RFC 4648 §5)";
    case EncodingDefect::Length:
        return "one character too many or too few: 4n+1 characters encode no bytes (RFC 4648 §4)";
    case EncodingDefect::TrailingBits:
        return "unused bits of the last character that are not zero (RFC 4648 §3.5)";
    }
    return "";
}

static EncodingDefect defectOf(char c)
{
    if (c == '=')
        return EncodingDefect::Padding;
    if (c == '+' || c == '/')
        return EncodingDefect::StandardAlphabet;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return EncodingDefect::WhiteSpace;
    return EncodingDefect::Character;
}

/// The digits at the four places of a group, shifted to where their bits go; anything else sets the top byte.
static constexpr std::array<std::array<std::uint32_t, 256>, 4> places = [] {
    std::array<std::array<std::uint32_t, 256>, 4> table{};
    for (std::size_t place = 0; place < 4; ++place)
        for (std::size_t c = 0; c < 256; ++c)
            table[place][c] =
                digits[c] == noDigit ? 0xFF000000u : std::uint32_t{digits[c]} << (18 - 6 * place);
    return table;
}();

static std::uint32_t atPlace(std::size_t place, char c)
{
    return places[place][static_cast<unsigned char>(c)];
}

/// Writes the bytes of whole groups of four; stops before the first group with anything else in it.
static std::size_t decodeGroups(std::string_view text, char* out)
{
    std::size_t read = 0;
    for (; read + 4 <= text.size(); read += 4) {
        const std::uint32_t group = atPlace(0, text[read]) | atPlace(1, text[read + 1]) |
                                    atPlace(2, text[read + 2]) | atPlace(3, text[read + 3]);
        if (group > 0xFFFFFFu)
            break;
        *out++ = static_cast<char>(group >> 16u);
        *out++ = static_cast<char>(group >> 8u & 0xFFu);
        *out++ = static_cast<char>(group & 0xFFu);
    }
    return read;
}

namespace {

/// The slow way, one character at a time, that knows where each defect stands.
class LenientDecoder
{
public:
    explicit LenientDecoder(LenientBytes& result) : m_result(result) {}

    /// False: nothing behind can be read.
    bool take(char c, std::size_t offset)
    {
        std::uint32_t digit = digitOf(c);
        if (digit == noDigit) {
            const EncodingDefect kind = defectOf(c);
            const bool isSkipped = kind == EncodingDefect::Padding || kind == EncodingDefect::WhiteSpace;
            if (m_padding != nowhere && !isSkipped)
                return cut(m_padding);
            add(kind, offset);
            if (kind == EncodingDefect::Character)
                return cut(offset);
            if (kind == EncodingDefect::Padding && m_padding == nowhere)
                m_padding = offset;
            if (isSkipped)
                return true;
            digit = c == '+' ? 62 : 63;
        } else if (m_padding != nowhere) {
            return cut(m_padding);
        }
        m_last = offset;
        m_buffer = (m_buffer << 6u) | digit;
        m_bits += 6;
        if (m_bits >= 8) {
            m_bits -= 8;
            m_result.bytes += static_cast<char>((m_buffer >> m_bits) & 0xFFu);
        }
        return true;
    }

    void finish()
    {
        if (m_result.cutAt) // how the text would have ended is not known
            return;
        if (m_bits == 6)
            add(EncodingDefect::Length, m_last);
        else if ((m_buffer & ((1u << m_bits) - 1u)) != 0)
            add(EncodingDefect::TrailingBits, m_last);
    }

private:
    bool cut(std::size_t offset)
    {
        m_result.cutAt = offset;
        return false;
    }

    void add(EncodingDefect kind, std::size_t offset)
    {
        // Enough to see what is wrong; a megabyte of rubbish must not become a list of a million lines.
        static constexpr std::size_t most = 32;
        if (m_result.defects.size() < most)
            m_result.defects.push_back({kind, offset});
    }

    LenientBytes& m_result;
    std::uint32_t m_buffer = 0;
    unsigned m_bits = 0;
    std::size_t m_last = 0;
    // Not std::optional: GCC 12 warns at -O3 of a value that is never read.
    static constexpr std::size_t nowhere = std::string_view::npos;
    std::size_t m_padding = nowhere; ///< where it begins
};

} // namespace

LenientBytes decodeBase64UrlLeniently(std::string_view text)
{
    LenientBytes result;
    // Never moves, since the text may be a private key's: what a last group of 2 or 3 encodes is in the
    // spare.
    result.bytes.resize(text.size() / 4 * 3 + spareBytes);
    std::size_t read = decodeBlocks(text, result.bytes.data());
    read += decodeGroups(text.substr(read), result.bytes.data() + read / 4 * 3);
    result.bytes.resize(read / 4 * 3);
    LenientDecoder decoder(result);
    for (std::size_t i = read; i < text.size() && decoder.take(text[i], i); ++i) {
    }
    decoder.finish();
    return result;
}

Result<std::string> decodeBase64Url(std::string_view text)
{
    LenientBytes result = decodeBase64UrlLeniently(text);
    if (result.defects.empty())
        return std::move(result.bytes);
    const Base64UrlDefect& first = result.defects.front();
    return failure(ErrorKind::Malformed, "cannot decode base64url", std::string(describe(first.kind)),
                   "give the text without padding, exactly as it was issued",
                   Position{.in = {}, .offset = first.offset});
}

std::string sha256Base64Url(std::string_view bytes)
{
    const openssl::ErrorQueue queue;
    std::string hash(32, '\0');
    if (EVP_Q_digest(nullptr, "SHA256", nullptr, bytes.data(), bytes.size(), openssl::bytes(hash), nullptr) !=
        1)
        return {};
    return encodeBase64Url(hash);
}

} // namespace claimcheck::jose
