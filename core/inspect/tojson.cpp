// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "inspection.h"

#include <base/text.h>
#include <jose/base64url.h>

namespace claimcheck::inspect {

using json::Writer;

/// A line of a batch must stay one line: line ends may stand between the members of a header, never in them.
static void writeObject(Writer& writer, const std::optional<json::Document>& document)
{
    if (!document)
        writer.null();
    else if (document->source().find_first_of("\r\n") == std::string::npos)
        writer.raw(document->root().text());
    else
        writer.raw(json::format(document->root(), json::Layout::Compact));
}

static void writeText(Writer& writer, std::string_view name, const std::optional<std::string>& text)
{
    writer.member(name);
    if (text)
        writer.value(*text);
    else
        writer.null();
}

static void writeChecks(Writer& writer, const std::vector<Check>& checks)
{
    writer.member("checks").beginArray();
    for (const Check& check : checks) {
        writer.beginObject();
        writer.member("name").value(check.name);
        writer.member("result").value(toText(check.result));
        writer.member("why").value(check.why);
        writer.endObject();
    }
    writer.endArray();
}

static void writeFindings(Writer& writer, const std::vector<Finding>& findings)
{
    writer.member("findings").beginArray();
    for (const Finding& finding : findings) {
        writer.beginObject();
        writer.member("id").value(finding.id);
        writer.member("severity").value(toText(finding.severity));
        writer.member("title").value(finding.title);
        writer.member("where").value(finding.where);
        writer.member("seen").value(finding.seen);
        writer.member("reference").value(finding.reference);
        writer.member("advice").value(finding.advice);
        writer.endObject();
    }
    writer.endArray();
}

static void writeParts(Writer& writer, const jose::Jws& token)
{
    writeText(writer, "alg", token.alg());
    writeText(writer, "kid", token.kid());
    writer.member("header");
    writeObject(writer, token.headerJson);
    writer.member("claims");
    writeObject(writer, token.payloadJson);
}

/// What a part holds that is no JSON object: as text where it is text, else as base64url.
static void writeBytes(Writer& writer, const std::string& name, const jose::Segment& segment)
{
    if (segment.bytes.empty())
        return;
    if (firstInvalidUtf8(segment.bytes))
        writer.member(name + "_base64url").value(jose::encodeBase64Url(segment.bytes));
    else
        writer.member(name + "_text").value(segment.bytes);
}

static void writeClaim(Writer& writer, const Claim& claim, Instant now)
{
    writer.beginObject();
    writer.member("name").value(claim.name);
    writer.member("class").value(toText(claim.claimClass));
    writer.member("meaning").value(claim.meaning);
    if (claim.time) {
        writer.member("utc").value(formatUtc(*claim.time));
        writer.member("local").value(formatLocal(*claim.time));
        writer.member("relative").value(formatRelative(*claim.time, now));
    }
    writer.endObject();
}

static void writeExplained(Writer& writer, std::string_view name, const std::vector<Claim>& claims,
                           Instant now)
{
    writer.member(name).beginArray();
    for (const Claim& claim : claims)
        writeClaim(writer, claim, now);
    writer.endArray();
}

static void writeDefects(Writer& writer, const std::vector<jose::Defect>& defects)
{
    writer.member("defects").beginArray();
    for (const jose::Defect& defect : defects) {
        writer.beginObject();
        writer.member("segment").value(toText(defect.segment));
        writer.member("offset").value(static_cast<std::int64_t>(defect.offset));
        writer.member("what").value(defect.what);
        writer.endObject();
    }
    writer.endArray();
}

static void writeDecoded(Writer& writer, const Inspection& inspection, Instant now)
{
    const jose::Jws& token = inspection.token;
    writer.member("verdict").value(toText(inspection.verdict));
    writer.member("reason").value(inspection.reason);
    writeParts(writer, token);
    if (!token.headerJson)
        writeBytes(writer, "header", token.header);
    if (!token.payloadJson)
        writeBytes(writer, "payload", token.payload);
    writer.member("signature");
    writer.value(std::string_view(token.text).substr(token.signature.offset, token.signature.length));
    writeExplained(writer, "header_explained", inspection.header, now);
    writeExplained(writer, "claims_explained", inspection.claims, now);
    writeDefects(writer, token.defects);
    writeFindings(writer, inspection.findings);
}

void writeVerification(Writer& writer, const Inspection& inspection)
{
    writer.member("verdict").value(toText(inspection.verdict));
    writer.member("valid").value(inspection.verdict == Verdict::Verified);
    writer.member("reason").value(inspection.reason);
    writeParts(writer, inspection.token);
    writeChecks(writer, inspection.checks);
    writeFindings(writer, inspection.findings);
}

std::string toJson(const Inspection& inspection, Instant now)
{
    Writer writer;
    writer.beginObject();
    if (inspection.checks.empty())
        writeDecoded(writer, inspection, now);
    else
        writeVerification(writer, inspection);
    writer.endObject();
    const std::string compact = writer.take();
    // Pretty all the way down: the header's own white space is not kept.
    const Result<json::Document> document = json::parse(compact, {.depth = 128});
    return document ? json::format(document->root(), json::Layout::Pretty) : compact;
}

} // namespace claimcheck::inspect
