// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the token's text: parts, alphabet, size.

#include "rules.h"

#include <jose/base64url.h>

namespace claimcheck::inspect::rules {

using jose::EncodingDefect;

namespace {

struct Part
{
    const char* name;
    const jose::Segment& segment;
};

} // namespace

static std::string at(const char* name, std::size_t offset)
{
    return std::string(name) + ", byte " + std::to_string(offset);
}

/// Calls `found(part, defect)` for the first defect of that kind in each part. Nothing is looked at twice in
/// a token without defects.
template <typename Found>
static void forDefects(const Subject& subject, EncodingDefect kind, Found found)
{
    const jose::Jws& token = subject.token;
    if (token.isWellFormed() || token.segments < 2 || subject.isEncrypted())
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
            found(part.name, at(part.name, offset), std::string_view(token.text).substr(offset, 1));
            break;
        }
    }
}

void segments(const Subject& subject, Report& report)
{
    const int count = subject.token.segments;
    if (count == 0 || count == 3 || count == 5)
        return;
    report.add("The token has " + std::to_string(count) + (count == 1 ? " part" : " parts") +
                   "; a signed one has 3, an encrypted one 5",
               at("token", subject.token.text.size()), std::to_string(count));
}

void charset(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::Character,
               [&](const char* part, std::string where, std::string_view seen) {
                   report.add("The " + std::string(part) + " holds a character that is not of base64url",
                              std::move(where), std::string(seen));
               });
}

void padding(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::Padding,
               [&](const char* part, std::string where, std::string_view seen) {
                   report.add("The " + std::string(part) + " is padded with '='", std::move(where),
                              std::string(seen));
               });
}

void standardBase64(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::StandardAlphabet,
               [&](const char* part, std::string where, std::string_view seen) {
                   report.add("The " + std::string(part) + " is plain base64 ('+' or '/'), not base64url",
                              std::move(where), std::string(seen));
               });
}

void whiteSpace(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::WhiteSpace,
               [&](const char* part, std::string where, std::string_view seen) {
                   report.add("White space stands inside of the " + std::string(part), std::move(where),
                              std::string(seen));
               });
}

void lengthMod4(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::Length, [&](const char* part, std::string where, std::string_view) {
        report.add("The " + std::string(part) + " has a length that no base64url text has", std::move(where));
    });
}

void trailingBits(const Subject& subject, Report& report)
{
    forDefects(subject, EncodingDefect::TrailingBits,
               [&](const char* part, std::string where, std::string_view seen) {
                   report.add("The last character of the " + std::string(part) +
                                  " carries bits that belong to no byte",
                              std::move(where), std::string(seen));
               });
}

void emptySegment(const Subject& subject, Report& report)
{
    const jose::Jws& token = subject.token;
    if (token.segments != 3)
        return;
    if (token.header.length == 0)
        report.add("The header is empty", at("header", token.header.offset));
    if (token.signature.length == 0 && subject.alg != "none")
        report.add("The signature is empty", at("signature", token.signature.offset));
    if (token.payload.length == 0 && token.detachedInput.empty())
        report.add(Severity::Medium, "The payload is empty", at("payload", token.payload.offset));
}

void headerSize(const Subject& subject, Report& report)
{
    static constexpr std::size_t lineStart = std::string_view("Authorization: Bearer ").size();
    const std::size_t size = subject.token.text.size();
    const std::string title = "The token has " + std::to_string(size) + " bytes: ";
    // nginx large_client_header_buffers 8k, Apache LimitRequestFieldSize 8190.
    if (size + lineStart > 8000)
        report.add(title + "many servers refuse a header line of that size", "token", std::to_string(size));
    else if (size > 4096) // RFC 6265 §6.1
        report.add(Severity::Low, title + "too many for a cookie", "token", std::to_string(size));
}

void opaque(const Subject& subject, Report& report)
{
    if (subject.token.segments == 0 && !subject.token.text.empty())
        report.add("An opaque token of " + std::to_string(subject.token.text.size()) +
                       " bytes: it has no parts to look into",
                   "token");
}

} // namespace claimcheck::inspect::rules
