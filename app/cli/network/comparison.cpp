// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparison.h"

#include <algorithm>
#include <cmath>

#include <base/text.h>
#include <json/write.h>
#include <workbench/comparison.h>
#include <workbench/identities.h>

namespace claimcheck::cli {
namespace {

using workbench::ComparedRow;
using workbench::Comparison;

std::uint64_t sizeOf(const http::Exchange& exchange)
{
    return exchange.response ? exchange.response->body.size() : 0;
}

/// Status, size and time; or why there is no answer.
std::string summaryOf(const http::Exchange& exchange)
{
    if (!exchange.response)
        return exchange.error ? visible(describe(*exchange.error)) : "no answer";
    return std::to_string(exchange.response->status) + "  " + formatSize(sizeOf(exchange)) + "  " +
           std::to_string(std::lround(exchange.timings.total)) + " ms";
}

/// Who has none is compared with nobody.
std::vector<const IdentityAnswer*> answeredOf(const std::vector<IdentityAnswer>& answers)
{
    std::vector<const IdentityAnswer*> answered;
    for (const IdentityAnswer& answer : answers)
        if (answer.exchange.response)
            answered.push_back(&answer);
    return answered;
}

/// The rows that are not the same, of two answers.
Comparison differencesOf(const IdentityAnswer& left, const IdentityAnswer& right)
{
    Comparison comparison = workbench::compareAnswers({left, right});
    std::erase_if(comparison.rows, [](const ComparedRow& row) { return row.isSame(); });
    return comparison;
}

std::string shown(const std::string& text, Console& console)
{
    if (text.empty())
        return "(nothing)";
    return console.untrusted(shortened(text, 200));
}

/// What the option takes for nobody is a sign; to read, it is the word.
std::string wordOfIdentity(const std::string& name)
{
    return name == workbench::Identities::nobody ? "nobody" : visible(name);
}

void writeAnswer(json::Writer& writer, const IdentityAnswer& answer)
{
    const http::Exchange& exchange = answer.exchange;
    writer.beginObject().member("as").value(answer.name).member("status");
    if (exchange.response)
        writer.value(std::int64_t{exchange.response->status});
    else
        writer.null();
    writer.member("bytes").value(static_cast<std::int64_t>(sizeOf(exchange)));
    writer.member("milliseconds").value(std::round(exchange.timings.total));
    if (exchange.error)
        writer.member("error").value(describe(*exchange.error));
    writer.endObject();
}

} // namespace

std::string comparisonJson(const std::vector<IdentityAnswer>& answers)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("answers").beginArray();
    for (const IdentityAnswer& answer : answers)
        writeAnswer(writer, answer);
    writer.endArray().member("differences").beginArray();
    const std::vector<const IdentityAnswer*> answered = answeredOf(answers);
    for (std::size_t i = 1; i < answered.size(); ++i)
        for (const ComparedRow& each : differencesOf(*answered.front(), *answered[i]).rows) {
            writer.beginObject().member("as").value(answered.front()->name).member("other");
            writer.value(answered[i]->name).member("place").value(each.place);
            writer.member("left").value(each.cells[0]).member("right").value(each.cells[1]).endObject();
        }
    return writer.endArray().endObject().take();
}

void printComparison(const std::vector<IdentityAnswer>& answers, Console& console)
{
    std::size_t width = 0;
    for (const IdentityAnswer& answer : answers)
        width = std::max(width, answer.name.size());
    for (const IdentityAnswer& answer : answers) {
        std::string line = wordOfIdentity(answer.name);
        line.resize(std::max(line.size(), std::max(width, std::size_t(6)) + 2), ' ');
        console.outLine(line + summaryOf(answer.exchange));
    }
    const std::vector<const IdentityAnswer*> answered = answeredOf(answers);
    for (std::size_t i = 1; i < answered.size(); ++i) {
        const Comparison comparison = differencesOf(*answered.front(), *answered[i]);
        console.outLine("");
        console.outLine(wordOfIdentity(answered.front()->name) + " | " + wordOfIdentity(answered[i]->name) +
                        (comparison.rows.empty() ? ": the same" : ""));
        for (const ComparedRow& each : comparison.rows)
            console.outLine("  ~ " + console.untrusted(each.place) + ": " + shown(each.cells[0], console) +
                            " | " + shown(each.cells[1], console));
        if (comparison.isCut)
            console.note("the bodies are too large to be compared as a whole: there may be more");
    }
}

} // namespace claimcheck::cli
