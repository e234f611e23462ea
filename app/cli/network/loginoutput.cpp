// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loginoutput.h"

#include "exchangetext.h"

#include <algorithm>

#include <base/text.h>
#include <cli/tokenoutput.h>
#include <http/date.h>
#include <inspect/clock.h>
#include <json/document.h>
#include <json/write.h>

namespace claimcheck::cli {

static void printRow(Console& console, std::string_view name, const std::string& value)
{
    std::string padded(name);
    padded.resize(9, ' ');
    console.outLine(console.paint(Style::Bold, padded) + value);
}

static std::string answerText(const Console& console, const http::Exchange& exchange)
{
    const http::Response& response = *exchange.response;
    const std::string reason = response.reason.empty() ? "" : " " + console.untrusted(response.reason);
    return std::to_string(response.status) + reason + " in " + formatDuration(exchange.timings.total);
}

/// As a session reads it: what is meant where milliseconds stand in place of seconds.
static std::optional<Instant> meantEnd(const inspect::Inspection& token)
{
    const auto isExp = [](const inspect::Claim& claim) { return claim.name == "exp" && !claim.duplicate; };
    const auto exp = std::ranges::find_if(token.claims, isExp);
    return exp == token.claims.end() ? std::nullopt : exp->time;
}

static std::string expiryText(const Console& console, const inspect::Inspection& token, Instant now)
{
    const auto meant = meantEnd(token);
    if (token.expiresAt && meant && *meant != *token.expiresAt)
        return formatFull(*meant, now) + ", its exp read as milliseconds";
    if (token.expiresAt)
        return formatFull(*token.expiresAt, now);
    if (!token.unreadableExpiry.empty())
        return "exp cannot be read: " + console.untrusted(token.unreadableExpiry) +
               " is no number of seconds since 1970 (RFC 7519 §2)";
    return "never, as far as the token says";
}

void printLogin(Console& console, const workbench::LoginResult& result, Instant now)
{
    const workbench::FoundInspection& token = *result.token;
    printRow(console, "Answer", answerText(console, *result.exchange));
    printRow(console, "Token",
             "in " + console.untrusted(token.found.place) + ", " + formatSize(token.found.text.size()));
    if (const auto there = http::serverDate(result.exchange->response->headers))
        printRow(console, "Clock", inspect::compareClocks(*there, now));
    if (token.inspection.isOpaque()) {
        printRow(console, "Kind", "opaque: only the server can tell what it holds");
        return;
    }
    printRow(console, "Expires", expiryText(console, token.inspection, now));
    if (!token.issuerKey.empty() && !token.issuerProblem)
        printRow(console, "Key",
                 console.untrusted(token.issuerKey) + ", of its issuer in .claimcheck/keys.yaml");
    printVerdict(console, token.inspection);
    printMembers(console, token.inspection, now);
    printFindings(console, token.inspection);
}

/// A token need not be a JWT: where nobody asked for a verdict, one that is opaque is no broken one.
static inspect::Inspection withoutBlame(inspect::Inspection inspection)
{
    if (!inspection.isOpaque() || !inspection.checks.empty())
        return inspection;
    inspection.verdict = inspect::Verdict::NotVerified;
    inspection.reason = "it is opaque: only the server can tell what it holds";
    inspection.token.defects.clear();
    return inspection;
}

std::string loginJson(const workbench::LoginResult& result, Instant now)
{
    json::Writer writer;
    writer.beginObject().member("status").value(result.exchange->response->status);
    writeClock(writer, result.exchange->response->headers, now);
    writer.member("place").value(result.token->found.place).member("token").value(result.token->found.text);
    if (!result.token->issuerKey.empty())
        writer.member("issuer_key").value(result.token->issuerKey);
    const inspect::Inspection shown = withoutBlame(result.token->inspection);
    if (const auto inspection = json::parse(inspect::toJson(shown, now))) {
        for (const json::Member& member : inspection->root().members())
            writer.member(member.name).raw(member.value.text());
    }
    const auto document = json::parse(writer.endObject().take());
    return document ? json::format(document->root(), json::Layout::Pretty) : std::string();
}

} // namespace claimcheck::cli
