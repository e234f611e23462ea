// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "inspection.h"

#include "broken.h"
#include "sdjson.h"
#include "verificationjson.h"

#include <algorithm>
#include <functional>

#include <base/text.h>
#include <jose/base64url.h>

namespace claimcheck::inspect {

using json::Writer;

// A batch writes hundreds of thousands of these documents. Members whose names (with what stands before and
// behind them) are known to need no escapes are written by hand.

/// A line of a batch must stay one line: line ends may stand between the members of a header, never in them.
static void appendObject(std::string& out, const std::optional<json::Document>& document)
{
    if (!document)
        out += "null";
    else if (document->source().find('\n') == std::string::npos &&
             document->source().find('\r') == std::string::npos)
        out += document->root().text();
    else
        out += json::format(document->root(), json::Layout::Compact);
}

/// `before` ends with the quote in front of the text.
static void append(std::string& out, std::string_view before, std::string_view text,
                   std::string_view behind = "\"")
{
    out += before;
    json::appendInner(out, text);
    out += behind;
}

static void appendOptional(std::string& out, std::string_view name, const std::optional<std::string>& text)
{
    out += name;
    if (text)
        json::appendQuoted(out, *text);
    else
        out += "null";
}

namespace {

/// What a rule says whenever it finds something, as the members of a finding; quoted once.
struct RuleText
{
    std::string_view id; ///< of the table: its place tells the rules apart
    std::string start;
    std::string end;
};

} // namespace

static std::vector<RuleText> quotedRules()
{
    std::vector<RuleText> texts;
    for (const RuleInfo& rule : lintRules()) {
        RuleText& text = texts.emplace_back();
        text.id = rule.id;
        append(text.start, R"({"id":")", rule.id, R"(","severity":")");
        append(text.end, R"(","reference":")", rule.reference);
        append(text.end, R"(,"advice":")", rule.advice, R"(","offset":)");
    }
    std::ranges::sort(texts, std::less<>(), [](const RuleText& text) { return text.id.data(); });
    return texts;
}

static const RuleText& ruleTextOf(const Finding& finding)
{
    // A finding's id is that of its rule in the table, never a copy.
    static const std::vector<RuleText> texts = quotedRules();
    return *std::ranges::lower_bound(texts, finding.id.data(), std::less<>(),
                                     [](const RuleText& text) { return text.id.data(); });
}

/// What stands between the texts of a check's name and why; toText() with what is around it.
static std::string_view resultMember(CheckResult result)
{
    switch (result) {
    case CheckResult::Passed:
        return R"(","result":"passed","why":")";
    case CheckResult::Failed:
        return R"(","result":"failed","why":")";
    case CheckResult::Warning:
        return R"(","result":"warning","why":")";
    case CheckResult::Skipped:
        break;
    }
    return R"(","result":"skipped","why":")";
}

void CheckText::add(std::string_view name, CheckResult result, std::string_view why)
{
    append(m_out, m_out.empty() ? R"({"name":")" : R"(,{"name":")", name, resultMember(result));
    json::appendInner(m_out, why);
    m_out += R"("})";
}

static std::string textOf(const std::vector<Check>& checks)
{
    std::string text;
    CheckText writer(text);
    for (const Check& check : checks)
        writer.add(check.name, check.result, check.why);
    return text;
}

void writeFindings(Writer& writer, const std::vector<Finding>& findings)
{
    std::string& out = writer.member("findings").byHand();
    out += '[';
    for (const Finding& finding : findings) {
        const RuleText& rule = ruleTextOf(finding);
        if (out.back() != '[')
            out += ',';
        out += rule.start;
        out += toText(finding.severity);
        append(out, R"(","title":")", finding.title);
        append(out, R"(,"where":")", finding.where);
        append(out, R"(,"seen":")", finding.seen, rule.end);
        out += finding.offset ? std::to_string(*finding.offset) : "null";
        out += '}';
    }
    out += ']';
}

static void writeParts(Writer& writer, const Inspection& inspection)
{
    const jose::Jws& token = inspection.token;
    std::string& out = writer.byHand();
    appendOptional(out, R"("alg":)", token.alg());
    appendOptional(out, R"(,"kid":)", token.kid());
    out += R"(,"header":)";
    appendObject(out, token.headerJson);
    out += R"(,"claims":)";
    appendObject(out, inspection.claimsJson());
}

/// A part as it stands in the token: what is made anew of its bytes may end with another letter (RFC 4648
/// §3.5). Nothing where its bytes came another way: from beside the token, from inside an encrypted one.
static std::optional<std::string_view> encodedText(const jose::Jws& token, const jose::Segment& segment)
{
    const std::size_t end = segment.cutAt.value_or(segment.offset + segment.length);
    const std::string_view text = std::string_view(token.text).substr(segment.offset, end - segment.offset);
    return jose::decodeBase64UrlLeniently(text).bytes == segment.bytes ? std::optional(text) : std::nullopt;
}

/// What a part holds that is no JSON object: as text where it is text, else as base64url.
static void writeBytes(Writer& writer, const std::string& name, const jose::Jws& token,
                       const jose::Segment& segment)
{
    if (segment.bytes.empty() || token.segments == 0) // an opaque text has no parts
        return;
    const std::string_view bytes = readableBytes(segment);
    if (!firstInvalidUtf8(bytes))
        writer.member(name + "_text").value(bytes);
    else if (const auto original = encodedText(token, segment))
        writer.member(name + "_base64url").value(*original);
    else
        writer.member(name + "_base64url").value(jose::encodeBase64Url(segment.bytes));
}

static void writeGuess(Writer& writer, std::string_view member, std::optional<std::size_t> from)
{
    if (from)
        writer.member(member).value(static_cast<std::int64_t>(*from));
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

static void writeOutcomes(Writer& writer, std::string_view name,
                          const std::vector<SignatureOutcome>& outcomes)
{
    if (outcomes.empty())
        return;
    writer.member(name).beginArray();
    for (const SignatureOutcome& outcome : outcomes) {
        writer.beginObject();
        writer.member("alg").value(outcome.alg);
        writer.member("kid").value(outcome.kid);
        writer.member("verdict").value(toText(outcome.verdict));
        writer.member("reason").value(outcome.reason);
        writer.member("key").value(outcome.keyUsed);
        writer.endObject();
    }
    writer.endArray();
}

static void writeLayers(Writer& writer, const Inspection& inspection)
{
    if (inspection.layers.empty())
        return;
    writer.member("layers").beginArray();
    for (const Layer& layer : inspection.layers) {
        writer.beginObject();
        writer.member("kind").value(toText(layer.kind));
        writer.member("serialization").value(toText(layer.form));
        writer.member("alg").value(layer.alg);
        writer.member("enc").value(layer.enc);
        writer.member("verdict").value(toText(layer.verdict));
        writer.member("reason").value(layer.reason);
        writer.member("key").value(layer.keyUsed);
        writeOutcomes(writer, "recipients", layer.recipients);
        appendObject(writer.member("header").byHand(), layer.header);
        writer.endObject();
    }
    writer.endArray();
}

static void writeDecoded(Writer& writer, const Inspection& inspection, Instant now)
{
    const jose::Jws& token = inspection.token;
    writer.member("verdict").value(toText(inspection.verdict));
    writer.member("reason").value(inspection.reason);
    writeParts(writer, inspection);
    writeLayers(writer, inspection);
    writeOutcomes(writer, "signatures", inspection.signatures);
    if (!token.headerJson)
        writeBytes(writer, "header", token, token.header);
    if (!token.payloadJson)
        writeBytes(writer, "payload", token, token.payload);
    writer.member("signature");
    writer.value(std::string_view(token.text).substr(token.signature.offset, token.signature.length));
    writeExplained(writer, "header_explained", inspection.header, now);
    writeExplained(writer, "claims_explained", inspection.claims, now);
    if (inspection.sdJwt)
        writeSdJwt(writer, *inspection.sdJwt);
    writeGuess(writer, "header_guessed_from", headerGuessedFrom(token));
    writeGuess(writer, "claims_guessed_from", claimsGuessedFrom(token));
    writeDefects(writer, token.defects);
    writeFindings(writer, inspection.findings);
}

void writeVerification(Writer& writer, const Inspection& inspection, std::string_view checks)
{
    std::string& out = writer.byHand();
    append(out, R"("verdict":")", toText(inspection.verdict), R"(","valid":)");
    append(out, holds(inspection.verdict) ? R"(true,"reason":")" : R"(false,"reason":")", inspection.reason);
    writeParts(writer, inspection);
    writeLayers(writer, inspection);
    writeOutcomes(writer, "signatures", inspection.signatures);
    if (inspection.sdJwt)
        writeSdJwt(writer, *inspection.sdJwt);
    writer.byHand() += R"("checks":[)";
    out += checks;
    out += ']';
    writeFindings(writer, inspection.findings);
}

void writeVerification(Writer& writer, const Inspection& inspection)
{
    writeVerification(writer, inspection, textOf(inspection.checks));
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
