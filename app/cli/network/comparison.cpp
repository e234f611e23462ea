// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparison.h"

#include <algorithm>
#include <cmath>

#include <base/text.h>
#include <json/diff.h>
#include <json/write.h>

namespace claimcheck::cli {
namespace {

constexpr std::size_t largestCompared = 4u * 1024u * 1024u;

struct Difference
{
    std::string place; ///< "status", "body .role"
    std::string left;  ///< empty: it has none
    std::string right;
};

std::string statusOf(const http::Exchange& exchange)
{
    return exchange.response ? std::to_string(exchange.response->status) : "no answer";
}

std::string bodyOf(const http::Exchange& exchange)
{
    return exchange.response ? exchange.response->body.read(largestCompared) : std::string();
}

std::uint64_t sizeOf(const http::Exchange& exchange)
{
    return exchange.response ? exchange.response->body.size() : 0;
}

/// Member by member where both are JSON; of others, that they differ.
void addBodies(std::vector<Difference>& differences, const http::Exchange& left, const http::Exchange& right)
{
    const bool isWhole = sizeOf(left) <= largestCompared && sizeOf(right) <= largestCompared;
    const std::string ours = bodyOf(left);
    const std::string theirs = bodyOf(right);
    if (isWhole && ours == theirs)
        return;
    const auto one = json::parse(ours, {256, largestCompared});
    const auto other = json::parse(theirs, {256, largestCompared});
    if (!isWhole || !one || !other) {
        differences.push_back({"body", formatSize(sizeOf(left)), formatSize(sizeOf(right))});
        return;
    }
    for (json::Difference& each : json::compare(one->root(), other->root())) {
        if (each.change == json::Change::Same)
            continue;
        std::string place = "body ";
        for (const std::string& step : each.path)
            place += "." + step;
        differences.push_back({std::move(place), std::move(each.left), std::move(each.right)});
    }
}

std::vector<Difference> differencesOf(const http::Exchange& left, const http::Exchange& right)
{
    std::vector<Difference> differences;
    if (statusOf(left) != statusOf(right))
        differences.push_back({"status", statusOf(left), statusOf(right)});
    addBodies(differences, left, right);
    return differences;
}

std::string shown(const std::string& text, Console& console)
{
    if (text.empty())
        return "(nothing)";
    return console.untrusted(shortened(text, 200));
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
    for (std::size_t i = 1; i < answers.size(); ++i)
        for (const Difference& each : differencesOf(answers.front().exchange, answers[i].exchange)) {
            writer.beginObject().member("as").value(answers.front().name).member("other");
            writer.value(answers[i].name).member("place").value(each.place);
            writer.member("left").value(each.left).member("right").value(each.right).endObject();
        }
    return writer.endArray().endObject().take();
}

void printComparison(const std::vector<IdentityAnswer>& answers, Console& console)
{
    std::size_t width = 0;
    for (const IdentityAnswer& answer : answers)
        width = std::max(width, answer.name.size());
    for (const IdentityAnswer& answer : answers) {
        std::string line = answer.name == "-" ? "nobody" : visible(answer.name);
        line.resize(std::max(line.size(), std::max(width, std::size_t(6)) + 2), ' ');
        console.outLine(line + statusOf(answer.exchange) + "  " + formatSize(sizeOf(answer.exchange)) + "  " +
                        std::to_string(std::lround(answer.exchange.timings.total)) + " ms");
    }
    for (std::size_t i = 1; i < answers.size(); ++i) {
        const auto differences = differencesOf(answers.front().exchange, answers[i].exchange);
        console.outLine("");
        console.outLine(visible(answers.front().name) + " | " + visible(answers[i].name) +
                        (differences.empty() ? ": the same" : ""));
        for (const Difference& each : differences)
            console.outLine("  ~ " + console.untrusted(each.place) + ": " + shown(each.left, console) +
                            " | " + shown(each.right, console));
    }
}

} // namespace claimcheck::cli
