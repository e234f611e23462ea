// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about the JSON inside: of the header, and of claims where there are some.

#include "rules.h"

#include <cmath>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::inspect::rules {

/// RFC 7515 §4.1.9: a JWT promises claims; else a payload is any bytes, unless it looks like an object.
static bool promisesClaims(const Subject& subject)
{
    const json::Value* typ = subject.inHeader("typ");
    const std::string type = typ != nullptr && typ->isString() ? mediaType(typ->string()) : std::string();
    return type == "jwt" || type.ends_with("+jwt") || trimmed(subject.token.payload.bytes).starts_with('{');
}

/// Header and payload, as far as they must be JSON objects and are not.
template <typename Look>
static void forBroken(const Subject& subject, Look look)
{
    const jose::Jws& token = subject.token;
    if (token.segments < 2 || token.isWellFormed())
        return;
    if (!token.headerJson)
        look("header", token.header.bytes);
    if (!token.payloadJson && !subject.isEncrypted() && promisesClaims(subject))
        look("payload", token.payload.bytes);
}

static std::string at(const char* part, std::size_t offset)
{
    return std::string(part) + ", byte " + std::to_string(offset);
}

void utf8(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        if (const auto offset = firstInvalidUtf8(bytes))
            report.add("The " + std::string(part) + " is not UTF-8", at(part, *offset),
                       toHex(std::string_view(bytes).substr(*offset, 4)));
    });
}

void byteOrderMark(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        if (bytes.starts_with("\xEF\xBB\xBF"))
            report.add("The " + std::string(part) + " begins with a byte order mark", at(part, 0),
                       "EF BB BF");
    });
}

void invalidJson(const Subject& subject, Report& report)
{
    forBroken(subject, [&](const char* part, const std::string& bytes) {
        const Result<json::Document> document = json::parse(bytes);
        if (document || document.error().kind == ErrorKind::TooLarge)
            return;
        const std::size_t offset = document.error().where.value_or(Position{}).offset;
        report.add("The " + std::string(part) + " is not JSON: " + document.error().why, at(part, offset),
                   shortened(std::string_view(bytes).substr(std::min(offset, bytes.size()))));
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

static void reportDuplicates(const json::Value& object, const char* part, bool isTop, Report& report)
{
    const bool isHeader = std::string_view(part) == "header";
    for (const std::string& name : object.duplicates()) {
        if (report.isFull())
            return;
        const json::Value last = *object.find(name);
        report.add(isHeader && isTop ? Severity::Error : Severity::High,
                   "The name '" + shortened(name) + "' occurs more than once" +
                       (isTop ? "" : " in an inner object"),
                   at(part, last.offset()), "the last one is " + shortened(last.text()));
    }
}

static void lookInside(const json::Value& value, const char* part, Report& report)
{
    if (value.size() == 0)
        return;
    reportDuplicates(value, part, false, report);
    for (const json::Member& member : value.members())
        lookInside(member.value, part, report);
    for (const json::Value& item : value.items())
        lookInside(item, part, report);
}

void duplicateName(const Subject& subject, Report& report)
{
    if (subject.hasHeader())
        reportDuplicates(subject.token.headerJson->root(), "header", true, report);
    if (subject.hasClaims())
        reportDuplicates(subject.token.payloadJson->root(), "payload", true, report);
    for (const json::Member& member : subject.header)
        lookInside(member.value, "header", report);
    for (const json::Member& member : subject.claims)
        lookInside(member.value, "payload", report);
}

void bigNumber(const Subject& subject, Report& report)
{
    static constexpr double largest = 9007199254740991.0; // 2^53 - 1
    for (const json::Member& member : subject.claims) {
        if (!member.value.isNumber() || member.value.text().size() < 16)
            continue;
        const std::optional<double> number = member.value.number();
        if (!number || std::abs(*number) > largest)
            report.add("The number of '" + shortened(member.name) +
                           "' is too large to be read alike everywhere",
                       "payload." + shortened(member.name), shortened(member.value.text()));
    }
}

} // namespace claimcheck::inspect::rules
