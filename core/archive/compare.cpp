// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <archive/compare.h>

#include <algorithm>
#include <string_view>

#include <base/text.h>
#include <json/diff.h>
#include <json/document.h>

namespace claimcheck::archive {
namespace {

constexpr std::size_t mostDifferences = 1000;

using Differences = std::vector<Difference>;

void add(Differences& out, const std::string& place, const std::string& left, const std::string& right)
{
    if (left != right && out.size() < mostDifferences)
        out.push_back({place, left, right});
}

/// All fields of that name, in order: duplicates count.
std::string valuesOf(const http::Headers& headers, const std::string& name)
{
    std::string values;
    for (const http::Header& header : headers)
        if (equalsIgnoringCase(header.name, name))
            values += (values.empty() ? "" : ", ") + header.value;
    return values;
}

void addHeaders(Differences& out, const std::string& place, const http::Headers& left,
                const http::Headers& right)
{
    std::vector<std::string> done;
    for (const auto* headers : {&left, &right})
        for (const http::Header& header : *headers) {
            const std::string name = toLowerAscii(header.name);
            if (std::ranges::find(done, name) != done.end())
                continue;
            done.push_back(name);
            add(out, place + " " + header.name, valuesOf(left, name), valuesOf(right, name));
        }
}

std::string joined(const std::vector<std::string>& path)
{
    std::string text;
    for (const std::string& step : path)
        text += (text.empty() ? "" : ".") + step;
    return text;
}

std::string_view nextLine(std::string_view& text)
{
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

void addLines(Differences& out, const std::string& place, std::string_view left, std::string_view right)
{
    for (std::size_t line = 1; !left.empty() || !right.empty(); ++line) {
        const std::string_view one = nextLine(left);
        add(out, place + ", line " + std::to_string(line), std::string(one), std::string(nextLine(right)));
    }
}

void addBodies(Differences& out, const std::string& place, const std::string& left, const std::string& right)
{
    if (left == right)
        return;
    const auto one = json::parse(left);
    const auto two = json::parse(right);
    if (!one || !two)
        return addLines(out, place, left, right);
    for (const json::Difference& difference : json::compare(one->root(), two->root()))
        if (difference.change != json::Change::Same)
            add(out, place + ": " + joined(difference.path), difference.left, difference.right);
}

std::string statusOf(const Record& record)
{
    return record.summary.status == 0 ? record.error
                                      : std::to_string(record.summary.status) + " " + record.reason;
}

} // namespace

std::vector<Difference> compare(const Record& left, const Record& right)
{
    Differences out;
    add(out, "method", left.summary.method, right.summary.method);
    add(out, "URL", left.summary.url, right.summary.url);
    addHeaders(out, "request header", left.requestHeaders, right.requestHeaders);
    addBodies(out, "request body", left.requestBody, right.requestBody);
    add(out, "status", statusOf(left), statusOf(right));
    add(out, "version", left.version, right.version);
    addHeaders(out, "answer header", left.headers, right.headers);
    addBodies(out, "answer body", left.body, right.body);
    if (left.isBodyCut || right.isBodyCut) // the rest of them is not there to be compared
        add(out, "answer body's size", formatSize(left.summary.bodySize), formatSize(right.summary.bodySize));
    return out;
}

} // namespace claimcheck::archive
