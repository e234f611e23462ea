// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the token's text: parts, alphabet, size.

#include "rules.h"

#include <jose/base64url.h>

#include "weaksecrets.h"

namespace claimcheck::inspect::rules {

using jose::EncodingDefect;

namespace {

struct Part
{
    const char* name;
    const jose::Segment& segment;
};

} // namespace

/// Calls `found(part, defect)` for the first defect of that kind in each part. Nothing is looked at twice in
/// a token without defects.
template <typename Found>
static void forDefects(const Subject& subject, EncodingDefect kind, Found found)
{
    const jose::Jws& token = subject.token;
    if (token.isWellFormed() || token.segments < 2 || subject.isEncrypted() || subject.serialised ||
        isPaseto(token.text))
        return;
    const Part parts[] = {
        {"header", token.header}, {"payload", token.payload}, {"signature", token.signature}};
    for (const Part& part : parts) {
        if (&part.segment == &token.payload && !token.isPayloadEncoded)
            continue;
        const auto text = std::string_view(token.text).substr(part.segment.offset, part.segment.length);
        for (const jose::Base64UrlDefect& defect : jose::decodeBase64UrlLeniently(text).defects) {
            if (defect.kind != kind)
                continue;
            const std::size_t offset = part.segment.offset + defect.offset;
            found(part.name, offset, std::string_view(token.text).substr(offset, 1));
            break;
        }
    }
}

void segments(const Subject& subject, Report& report)
{
    const int count = subject.token.segments;
    if (count == 0 || count == 3 || count == 5 || subject.serialised || isPaseto(subject.token.text))
        return;
    report.addAt("The token has " + std::to_string(count) + (count == 1 ? " part" : " parts") +
                     "; a signed one has 3, an encrypted one 5",
                 "token", subject.token.text.size(), std::to_string(count));
}

void charset(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::Character,
               [&](const char* part, std::size_t offset, std::string_view seen) {
                   report.addAt("The " + std::string(part) + " holds a character that is not of base64url",
                                part, offset, std::string(seen));
               });
}

void padding(const Subject& subject, Report& report)
{
    forDefects(
        subject, EncodingDefect::Padding, [&](const char* part, std::size_t offset, std::string_view seen) {
            report.addAt("The " + std::string(part) + " is padded with '='", part, offset, std::string(seen));
        });
}

void standardBase64(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::StandardAlphabet,
               [&](const char* part, std::size_t offset, std::string_view seen) {
                   report.addAt("The " + std::string(part) + " is plain base64 ('+' or '/'), not base64url",
                                part, offset, std::string(seen));
               });
}

void whiteSpace(const Subject& subject, Report& report)
{
    if (subject.context->hadSpaceAround)
        report.add(Severity::Info, "White space around the token was taken off", "token");
    forDefects(subject, EncodingDefect::WhiteSpace,
               [&](const char* part, std::size_t offset, std::string_view seen) {
                   report.addAt("White space stands inside of the " + std::string(part), part, offset,
                                std::string(seen));
               });
}

void lengthMod4(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::Length, [&](const char* part, std::size_t offset, std::string_view) {
        report.addAt("The " + std::string(part) + " has a length that no base64url text has", part, offset);
    });
}

void trailingBits(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::TrailingBits,
               [&](const char* part, std::size_t offset, std::string_view seen) {
                   report.addAt("The last character of the " + std::string(part) +
                                    " carries bits that belong to no byte",
                                part, offset, std::string(seen));
               });
}

void emptySegment(const Subject& subject, Report& report)
{
    const jose::Jws& token = subject.token;
    if (token.segments != 3 || subject.serialised || isPaseto(token.text))
        return;
    if (token.header.length == 0)
        report.addAt("The header is empty", "header", token.header.offset);
    if (token.signature.length == 0 && subject.alg != "none")
        report.addAt("The signature is empty", "signature", token.signature.offset);
    if (token.payload.length == 0 && token.detachedInput.empty())
        report.addAt(Severity::Medium, "The payload is empty", "payload", token.payload.offset);
}

void headerSize(const Subject& subject, Report& report)
{
    static constexpr std::size_t lineStart = std::string_view("Authorization: Bearer ").size();
    const std::size_t size = subject.token.text.size();
    if (size <= 4096) // RFC 6265 §6.1
        return;
    const std::string title = "The token has " + std::to_string(size) + " bytes: ";
    // nginx large_client_header_buffers 8k, Apache LimitRequestFieldSize 8190.
    if (size + lineStart > 8000)
        report.add(title + "many servers refuse a header line of that size", "token", std::to_string(size));
    else
        report.add(Severity::Low, title + "too many for a cookie", "token", std::to_string(size));
}

/// What kind of random text this is, as far as its form tells.
static std::string kindOf(std::string_view text)
{
    const bool isHex = text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    const bool isUuid = text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
                        text.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
    if (isUuid)
        return "a UUID";
    return isHex ? "hex digits" : "letters, digits and signs";
}

void opaque(const Subject& subject, Report& report)
{
    const std::string& text = subject.token.text;
    if (subject.token.segments != 0 || text.empty() || subject.serialised || isPaseto(text))
        return;
    const auto bits = static_cast<unsigned long>(randomBitsOf(text));
    report.add("An opaque token of " + std::to_string(text.size()) + " bytes (" + kindOf(text) +
                   ", at most about " + std::to_string(bits) + " random bits): it has no parts to look into",
               "token");
}

} // namespace claimcheck::inspect::rules
