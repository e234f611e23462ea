// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenoutput.h"

#include <algorithm>

#include <base/joined.h>
#include <base/text.h>
#include <inspect/broken.h>
#include <json/write.h>

namespace claimcheck::cli {

// Wider values get a line of their own in front of their meaning.
static constexpr std::size_t widestValue = 44;

/// Characters, not bytes: what an aligned column has to count.
static std::size_t widthOf(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u; }));
}

static std::string padded(std::string text, std::size_t width)
{
    const std::size_t taken = widthOf(text);
    if (taken < width)
        text.append(width - taken, ' ');
    return text;
}

void printParts(Console& console, const inspect::Inspection& inspection)
{
    static constexpr Style styles[] = {Style::Header, Style::Payload, Style::Signature};
    if (inspection.text().empty())
        return;
    std::string line;
    std::string_view rest = inspection.text();
    for (const Style style : styles) {
        const std::size_t dot = rest.find('.');
        line += console.paint(style, console.untrusted(rest.substr(0, dot)));
        if (dot == std::string_view::npos) {
            rest = {};
            break;
        }
        line += '.';
        rest.remove_prefix(dot + 1);
    }
    console.outLine(line + console.untrusted(rest));
}

/// JSON keeps a member's line ends; a table has one line a member.
static std::string onOneLine(std::string_view json)
{
    std::string line(json);
    std::ranges::replace(line, '\n', ' ');
    std::ranges::replace(line, '\r', ' ');
    return line;
}

static void printTable(Console& console, const std::vector<inspect::Claim>& members, Instant now)
{
    std::size_t nameWidth = 0;
    std::size_t valueWidth = 0;
    for (const inspect::Claim& member : members) {
        nameWidth = std::max(nameWidth, widthOf(console.untrusted(member.name)));
        const std::size_t width = widthOf(console.untrusted(onOneLine(member.value)));
        valueWidth = std::max(valueWidth, width <= widestValue ? width : 0);
    }
    for (const inspect::Claim& member : members) {
        const std::string name = padded(console.untrusted(onOneLine(member.name)), nameWidth);
        const std::string value = console.untrusted(onOneLine(member.value));
        std::string meaning = console.untrusted(explain(member, now));
        if (member.duplicate)
            meaning += "; replaced by a later one of this name";
        console.out("  " + console.paint(Style::Bold, name) + "  ");
        if (widthOf(value) > valueWidth)
            console.out(value + "\n  " + std::string(nameWidth + 2 + valueWidth, ' '));
        else
            console.out(padded(value, valueWidth));
        console.outLine("  " + console.paint(Style::Faint, meaning));
    }
}

static void printDisclosures(Console& console, const jose::SdJwt& sd, Instant now)
{
    if (!sd.disclosures.empty())
        console.outLine("Disclosed");
    for (const jose::Disclosure& disclosure : sd.disclosures) {
        const std::string path = disclosure.path.empty() ? "(nowhere)" : disclosure.path;
        const std::string value = disclosure.value.empty() ? "(not readable)" : onOneLine(disclosure.value);
        console.outLine("  " + console.paint(Style::Bold, console.untrusted(path)) + "  " +
                        console.untrusted(value));
    }
    if (!sd.keyBinding || !sd.keyBinding->payloadJson)
        return;
    console.outLine("Holder's proof");
    printTable(console, inspect::explainClaims(sd.keyBinding->payloadJson->root()), now);
}

/// " (a guess: the payload breaks at byte 43)"
static std::string guessNote(const char* part, std::optional<std::size_t> from)
{
    return from ? joined({" (a guess: the ", part, " breaks at byte ", std::to_string(*from), ")"})
                : std::string();
}

static void printBytes(Console& console, std::string_view title, const jose::Segment& segment)
{
    const std::string_view bytes = inspect::readableBytes(segment);
    if (bytes.empty())
        return;
    console.outLine(title);
    if (firstInvalidUtf8(bytes))
        console.outLine("  " + formatSize(bytes.size()) + " that are no text: " + toHex(bytes.substr(0, 32)) +
                        (bytes.size() > 32 ? "…" : ""));
    else
        console.outLine("  " + console.untrusted(onOneLine(bytes)));
}

/// "1  encrypted  RSA-OAEP with A128GCM  decrypted with …"
static void printLayers(Console& console, const inspect::Inspection& inspection)
{
    if (inspection.layers.empty())
        return;
    console.outLine("Layers");
    for (std::size_t i = 0; i < inspection.layers.size(); ++i) {
        const inspect::Layer& layer = inspection.layers[i];
        std::string line = "  " + std::to_string(i + 1) + "  " + std::string(toText(layer.kind)) + "  " +
                           console.untrusted(layer.alg);
        if (!layer.enc.empty())
            line += " with " + console.untrusted(layer.enc);
        const bool isClosed =
            layer.kind == inspect::LayerKind::Encrypted && layer.verdict == inspect::Verdict::NotVerified;
        const bool isBroken = inspection.verdict == inspect::Verdict::Malformed;
        line += "  " +
                (isClosed ? std::string(isBroken ? "not opened, it is broken" : "not opened, a KEY opens it")
                          : std::string(toText(layer.verdict)));
        if (!layer.reason.empty())
            line += ": " + console.untrusted(layer.reason);
        else if (!layer.keyUsed.empty())
            line += " with " + console.untrusted(layer.keyUsed);
        console.outLine(line);
    }
}

static void printOutcomes(Console& console, const char* title,
                          const std::vector<inspect::SignatureOutcome>& outcomes)
{
    if (outcomes.empty())
        return;
    console.outLine(title);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const inspect::SignatureOutcome& outcome = outcomes[i];
        std::string line = "  " + std::to_string(i + 1) + "  " + console.untrusted(outcome.alg);
        if (!outcome.kid.empty())
            line += "  kid " + console.untrusted(outcome.kid);
        line += "  " + std::string(toText(outcome.verdict));
        if (!outcome.reason.empty())
            line += ": " + console.untrusted(outcome.reason);
        else if (!outcome.keyUsed.empty())
            line += " with " + console.untrusted(outcome.keyUsed);
        console.outLine(line);
    }
}

void printMembers(Console& console, const inspect::Inspection& inspection, Instant now)
{
    printLayers(console, inspection);
    for (const inspect::Layer& layer : inspection.layers)
        printOutcomes(console, "Recipients", layer.recipients);
    printOutcomes(console, "Signatures", inspection.signatures);
    const std::string headerGuess = guessNote("header", inspect::headerGuessedFrom(inspection.token));
    if (inspection.token.headerJson) {
        console.outLine(console.paint(Style::Header, "Header") + headerGuess);
        printTable(console, inspection.header, now);
    } else {
        printBytes(console, "Header" + (headerGuess.empty() ? " (not readable)" : headerGuess),
                   inspection.token.header);
    }
    const std::string claimsGuess = guessNote("payload", inspect::claimsGuessedFrom(inspection.token));
    if (inspection.token.payloadJson) {
        console.outLine(console.paint(Style::Payload, "Claims") + claimsGuess);
        printTable(console, inspection.claims, now);
    } else {
        printBytes(console, "Payload" + (claimsGuess.empty() ? " (no claims)" : claimsGuess),
                   inspection.token.payload);
    }
    if (inspection.sdJwt)
        printDisclosures(console, *inspection.sdJwt, now);
}

static Style styleOf(inspect::Severity severity)
{
    switch (severity) {
    case inspect::Severity::Error:
    case inspect::Severity::High:
        return Style::Bad;
    case inspect::Severity::Medium:
        return Style::Warning;
    default:
        return Style::Plain;
    }
}

void printFindings(Console& console, const inspect::Inspection& inspection)
{
    if (inspection.findings.empty())
        return;
    console.outLine("Findings");
    std::size_t idWidth = 0;
    for (const inspect::Finding& finding : inspection.findings)
        idWidth = std::max(idWidth, finding.id.size());
    for (const inspect::Finding& finding : inspection.findings) {
        const std::string severity =
            console.paint(styleOf(finding.severity), padded(std::string(toText(finding.severity)), 6));
        console.outLine("  " + severity + "  " + padded(std::string(finding.id), idWidth) + "  " +
                        console.untrusted(finding.title) +
                        console.paint(Style::Faint, joined({" [", finding.reference, "]"})));
    }
}

void printFindingsInFull(Console& console, const std::vector<inspect::Finding>& findings)
{
    for (const inspect::Finding& finding : findings) {
        const std::string severity =
            console.paint(styleOf(finding.severity), padded(std::string(toText(finding.severity)), 6));
        console.outLine(severity + "  " + console.paint(Style::Bold, finding.id) + "  " +
                        console.untrusted(onOneLine(finding.title)));
        std::string place = "at " + console.untrusted(onOneLine(finding.where));
        if (!finding.seen.empty())
            place += "; seen: " + console.untrusted(onOneLine(finding.seen));
        console.outLine("        " + place);
        console.outLine(joined({"        ", finding.advice,
                                console.paint(Style::Faint, joined({" [", finding.reference, "]"}))}));
    }
    if (!findings.empty())
        console.note(std::to_string(findings.size()) + (findings.size() == 1 ? " finding" : " findings"));
}

static Style styleOf(inspect::CheckResult result)
{
    switch (result) {
    case inspect::CheckResult::Passed:
        return Style::Good;
    case inspect::CheckResult::Failed:
        return Style::Bad;
    case inspect::CheckResult::Warning:
        return Style::Warning;
    case inspect::CheckResult::Skipped:
        return Style::Faint;
    }
    return Style::Plain;
}

void printVerdict(Console& console, const inspect::Inspection& inspection)
{
    const bool holds = inspect::holds(inspection.verdict);
    const std::string verdict = console.paint(holds ? Style::Good : Style::Bad, toText(inspection.verdict));
    console.outLine(inspection.reason.empty() ? verdict
                                              : verdict + ": " + console.untrusted(inspection.reason));
    if (inspection.checks.empty()) // nobody asked for a verdict
        return;
    console.outLine("Checks");
    std::size_t nameWidth = 0;
    for (const inspect::Check& check : inspection.checks)
        nameWidth = std::max(nameWidth, widthOf(console.untrusted(check.name)));
    for (const inspect::Check& check : inspection.checks)
        console.outLine(
            "  " + console.paint(styleOf(check.result), padded(std::string(toText(check.result)), 7)) + "  " +
            padded(console.untrusted(check.name), nameWidth) + "  " + console.untrusted(check.why));
}

void printDefects(Console& console, const inspect::Inspection& inspection)
{
    if (inspection.token.defects.empty())
        return;
    console.outLine("Broken");
    for (const jose::Defect& defect : inspection.token.defects)
        console.outLine("  " + std::string(toText(defect.segment)) + ", byte " +
                        std::to_string(defect.offset) + ": " + console.untrusted(defect.what));
}

void warnOfSize(Console& console, const Secret& token)
{
    static constexpr std::size_t most = jose::DecodeLimits{}.bytes;
    if (token.size() > most)
        console.warn("the token has " + std::to_string(token.size()) + " bytes; this program reads at most " +
                     std::to_string(most));
}

void printToken(Console& console, const Secret& token)
{
    if (!console.json())
        return console.outLine(token.reveal());
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject();
    writer.member("token").value(token.reveal());
    writer.endObject();
    console.outLine(writer.take());
}

} // namespace claimcheck::cli
