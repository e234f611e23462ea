// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the JSON inside: of the header, and of claims where there are some.

#include "rules.h"

#include <cmath>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::inspect::rules {

/// RFC 7515 §4.1.9: a JWT promises claims, unless a token is in it (`cty`, RFC 7519 §5.2); else a payload is
/// any bytes, unless it looks like an object.
static bool promisesClaims(const Subject& subject)
{
    const bool isJwt = subject.type == "jwt" || subject.type.ends_with("+jwt");
    return (isJwt && mediaType(subject.headerText("cty")) != "jwt") ||
           trimmed(subject.token.payload.bytes).starts_with('{');
}

/// Header and payload, as far as they must be JSON objects and are not. Of a part that could be decoded up to
/// a bad character only, that character is the fault: its JSON ends there as a matter of course.
template <typename Look>
static void forBroken(const Subject& subject, Look look)
{
    const jose::Jws& token = subject.token;
    if (token.segments < 2 || subject.serialised || isPaseto(token.text))
        return;
    if (!token.headerJson && !token.header.cutAt)
        look("header", token.header.bytes);
    if (!token.payloadJson && !token.payload.cutAt && !subject.isEncrypted() && promisesClaims(subject))
        look("payload", token.payload.bytes);
}

/// "byte 15 of the decoded header"
static std::string inside(const char* part, std::size_t offset)
{
    return ", byte " + std::to_string(offset) + " of the decoded " + part;
}

/// Where a whole object ends and something else goes on; nothing when the text breaks before.
static std::optional<std::size_t> endOfObject(const std::string& bytes, const Error& error)
{
    const std::size_t offset = error.where.value_or(Position{}).offset;
    if (error.kind == ErrorKind::TooLarge || offset == 0 || offset > bytes.size())
        return std::nullopt;
    const auto start = json::parse(bytes.substr(0, offset));
    return start && start->root().isObject() ? std::optional(offset) : std::nullopt;
}

void utf8(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        if (const auto offset = firstInvalidUtf8(bytes))
            report.addAt("The " + std::string(part) + " is not UTF-8" + inside(part, *offset), part,
                         textOffset(subject, part, *offset),
                         toHex(std::string_view(bytes).substr(*offset, 4)));
    });
}

void byteOrderMark(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        if (bytes.starts_with("\xEF\xBB\xBF"))
            report.addAt("The " + std::string(part) + " begins with a byte order mark", part,
                         textOffset(subject, part, 0), "EF BB BF");
    });
}

void invalidJson(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        const Result<json::Document> document = json::parse(bytes);
        if (document || document.error().kind == ErrorKind::TooLarge)
            return;
        if (endOfObject(bytes, document.error()))
            return;
        const std::size_t offset = document.error().where.value_or(Position{}).offset;
        report.addAt("The " + std::string(part) + " is not JSON: " + document.error().why +
                         inside(part, offset),
                     part, textOffset(subject, part, offset),
                     shortened(std::string_view(bytes).substr(std::min(offset, bytes.size()))));
    });
}

void trailingText(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        const Result<json::Document> document = json::parse(bytes);
        const auto end = document ? std::nullopt : endOfObject(bytes, document.error());
        if (end)
            report.addAt(
                "Something follows the closing brace of the " + std::string(part) + inside(part, *end), part,
                textOffset(subject, part, *end), shortened(std::string_view(bytes).substr(*end)));
    });
}

void notObject(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        const Result<json::Document> document = json::parse(bytes);
        if (document && !document->root().isObject())
            report.add("The " + std::string(part) + " is JSON, but no object", part,
                       shortened(document->root().text()));
    });
}

void depth(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        const Result<json::Document> document = json::parse(bytes);
        if (!document && document.error().kind == ErrorKind::TooLarge)
            report.add("The " + std::string(part) + " is nested too deeply to be read", part);
    });
}

/// All values of that name, in order, in one line.
static std::string valuesOf(const json::Value& object, const std::string& name)
{
    std::string values;
    for (const json::Member& member : object.members())
        if (member.name == name && values.size() < 160)
            values += (values.empty() ? "" : ", then ") + shortened(member.value.text());
    return values;
}

static void reportDuplicates(const Subject& subject, const json::Value& object, const char* part, bool isTop,
                             Report& report)
{
    const bool isHeader = std::string_view(part) == "header";
    for (const std::string& name : object.duplicates()) {
        if (report.isFull())
            return;
        const json::Value last = *object.find(name);
        report.addAt(isHeader && isTop ? Severity::Error : Severity::High,
                     "The name '" + shortened(name) + "' occurs more than once" +
                         (isTop ? "" : " in an inner object"),
                     part, textOffset(subject, part, last.offset()), valuesOf(object, name));
    }
}

/// What is in members and elements that are not empty themselves.
static void lookInside(const Subject& subject, const json::Value& value, const char* part, Report& report)
{
    reportDuplicates(subject, value, part, false, report);
    for (const json::Member& member : value.members())
        if (member.value.size() > 0)
            lookInside(subject, member.value, part, report);
    for (const json::Value& item : value.items())
        if (item.size() > 0)
            lookInside(subject, item, part, report);
}

void duplicateName(const Subject& subject, Report& report)
{
    if (subject.hasHeader())
        reportDuplicates(subject, subject.token.headerJson->root(), "header", true, report);
    if (subject.hasClaims())
        reportDuplicates(subject, subject.token.payloadJson->root(), "payload", true, report);
    for (const json::Member& member : subject.header)
        if (member.value.size() > 0)
            lookInside(subject, member.value, "header", report);
    for (const json::Member& member : subject.claims)
        if (member.value.size() > 0)
            lookInside(subject, member.value, "payload", report);
}

static bool hasExponent(std::string_view number)
{
    return std::ranges::any_of(number, [](char byte) { return byte == 'e' || byte == 'E'; });
}

/// The rules about times speak of those.
static bool isDate(std::string_view name)
{
    return name == "exp" || name == "nbf" || name == "iat" || name == "auth_time" || name == "updated_at";
}

void bigNumber(const Subject& subject, Report& report)
{
    static constexpr double largest = 9007199254740991.0; // 2^53 - 1
    for (const json::Member& member : subject.claims) {
        if (!member.value.isNumber() ||
            (member.value.text().size() < 16 && !hasExponent(member.value.text())))
            continue;
        const std::optional<double> number = member.value.number();
        if (number && std::abs(*number) <= largest && !hasExponent(member.value.text()))
            continue;
        if (!isDate(member.name))
            report.add("The number of '" + shortened(member.name) +
                           "' is too large, or written in a way, to be read alike everywhere",
                       "payload." + shortened(member.name), shortened(member.value.text()));
    }
}

} // namespace claimcheck::inspect::rules
