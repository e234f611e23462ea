// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report as one JSON document; its member names are part of the command line's contract.

#include <run/report.h>

#include <cmath>

#include <json/write.h>

namespace claimcheck::run {
namespace {

const char* statusWord(Status status)
{
    return status == Status::Passed ? "passed" : status == Status::Failed ? "failed" : "skipped";
}

const char* word(Outcome outcome)
{
    return outcome == Outcome::Passed ? "passed" : outcome == Outcome::Failed ? "failed" : "not evaluated";
}

void writeCheck(json::Writer& writer, const Check& check)
{
    writer.beginObject().member("name").value(check.name).member("result").value(word(check.outcome));
    if (check.outcome != Outcome::Passed)
        writer.member("why").value(check.why);
    writer.endObject();
}

void writeTokens(json::Writer& writer, const std::vector<TokenVerdict>& tokens)
{
    if (tokens.empty())
        return;
    writer.member("tokens").beginArray();
    for (const TokenVerdict& token : tokens) {
        writer.beginObject().member("place").value(token.place);
        writer.member("verdict").value(token.verdict);
        if (!token.key.empty())
            writer.member("key").value(token.key);
        writer.endObject();
    }
    writer.endArray();
}

void writeResult(json::Writer& writer, const RequestResult& result)
{
    writer.beginObject().member("path").value(result.path).member("name").value(result.name);
    writer.member("iteration").value(result.iteration).member("result").value(statusWord(result.status));
    writer.member("method").value(result.method).member("url").value(result.url);
    writer.member("status").value(result.answer);
    writer.member("milliseconds").value(std::round(result.milliseconds * 10) / 10);
    writer.member("bytes").value(static_cast<std::int64_t>(result.bytes));
    writer.member("error").value(result.error).member("reason").value(result.reason);
    writer.member("checks").beginArray();
    for (const Check& check : result.checks)
        writeCheck(writer, check);
    writer.endArray().member("notes").beginArray();
    for (const std::string& note : result.notes)
        writer.value(note);
    writer.endArray();
    writeTokens(writer, result.tokens);
    if (!result.explanation.empty()) {
        writer.member("explanation").beginArray();
        for (const std::string& sentence : result.explanation)
            writer.value(sentence);
        writer.endArray();
    }
    writer.endObject();
}

void writeSession(json::Writer& writer, const SessionReport& session)
{
    writer.member("session").beginObject().member("name").value(session.name);
    writer.member("renewals").value(static_cast<std::int64_t>(session.renewals));
    if (!session.notes.empty()) {
        writer.member("notes").beginArray();
        for (const std::string& note : session.notes)
            writer.value(note);
        writer.endArray();
    }
    writer.endObject();
}

} // namespace

std::string jsonReport(const Report& report)
{
    const auto number = [&report](Status status) { return static_cast<std::int64_t>(report.count(status)); };
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("collection").value(report.collection);
    writer.member("environment").value(report.environment);
    writer.member("startedAt").value(formatUtc(report.startedAt));
    writer.member("milliseconds").value(std::round(report.milliseconds));
    writer.member("iterations").value(report.iterations);
    writer.member("interrupted").value(report.isInterrupted);
    if (report.session)
        writeSession(writer, *report.session);
    writer.member("passed").value(number(Status::Passed));
    writer.member("failed").value(number(Status::Failed));
    writer.member("skipped").value(number(Status::Skipped));
    writer.member("requests").beginArray();
    for (const RequestResult& result : report.results)
        writeResult(writer, result);
    writer.endArray().endObject();
    return writer.take() + "\n";
}

} // namespace claimcheck::run
