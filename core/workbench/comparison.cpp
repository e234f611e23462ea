// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparison.h"

#include <algorithm>
#include <map>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::workbench {
namespace {

constexpr std::size_t mostRows = 2000;
constexpr std::uint64_t mostBytes = 4u * 1024u * 1024u;
constexpr std::size_t longestCell = 4096;
constexpr std::size_t longestPlace = 1024;

using Leaves = std::vector<std::pair<std::string, std::string>>;

/// A name may be as long as the body, and stand in the way to each value inside. Two that are cut are not
/// taken for one: each has a number.
std::string placeOf(const Leaves& leaves, const std::string& around, const std::string& name)
{
    const std::string place = around + "." + name;
    return place.size() <= longestPlace
               ? place
               : shortened(place, longestPlace) + " #" + std::to_string(leaves.size());
}

/// Values without members, by the way to them; one more than there are rows shows that there were more.
void addLeaves(Leaves& leaves, const std::string& place, const json::Value& value)
{
    if (leaves.size() > mostRows)
        return;
    const bool isLeaf = value.size() == 0 || (!value.isObject() && !value.isArray());
    if (isLeaf) {
        leaves.emplace_back(place, shortened(value.text(), longestCell));
        return;
    }
    if (value.isObject())
        for (const json::Member& member : value.members())
            addLeaves(leaves, placeOf(leaves, place, member.name), member.value);
    std::size_t index = 0;
    for (const json::Value& item : value.items()) {
        if (leaves.size() > mostRows)
            return;
        addLeaves(leaves, place + "[" + std::to_string(index++) + "]", item);
    }
}

Leaves linesOf(const std::string& body)
{
    Leaves lines;
    std::size_t begin = 0;
    while (begin < body.size() && lines.size() <= mostRows) {
        const std::size_t end = std::min(body.find('\n', begin), body.size());
        std::string_view line(body.data() + begin, end - begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.emplace_back(", line " + std::to_string(lines.size() + 1), shortened(line, longestCell));
        begin = end + 1;
    }
    return lines;
}

/// The rows in the order in which their places come first.
class Rows
{
public:
    explicit Rows(Comparison& comparison) : m_comparison(comparison) {}

    ComparedRow& add(const std::string& place)
    {
        const std::size_t count = m_comparison.names.size();
        m_comparison.rows.push_back(
            {place, std::vector<std::string>(count), std::vector<bool>(count, false)});
        return m_comparison.rows.back();
    }
    void put(const std::string& place, std::size_t column, const std::string& text)
    {
        const auto known = m_known.find(place);
        if (known == m_known.end() && m_known.size() >= mostRows) {
            m_comparison.isCut = true;
            return;
        }
        const auto [at, isNew] = m_known.try_emplace(place, m_comparison.rows.size());
        if (isNew)
            add(place);
        m_comparison.rows[at->second].cells[column] = text;
    }

private:
    Comparison& m_comparison;
    std::map<std::string, std::size_t> m_known;
};

std::string statusOf(const http::Exchange& exchange)
{
    if (exchange.error)
        return visible(describe(*exchange.error));
    return exchange.response ? std::to_string(exchange.response->status) : "no answer";
}

void addBodies(Rows& rows, Comparison& comparison, const std::vector<IdentityAnswer>& answers)
{
    std::vector<std::string> bodies;
    bool isJson = true;
    for (const IdentityAnswer& answer : answers) {
        const auto& response = answer.exchange.response;
        bodies.push_back(response ? response->body.read(mostBytes) : std::string());
        comparison.isCut = comparison.isCut || (response && response->body.size() > mostBytes);
        isJson = isJson && (bodies.back().empty() || json::parse(bodies.back(), {64, mostBytes}));
    }
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        Leaves leaves;
        const auto document = isJson ? json::parse(bodies[i], {64, mostBytes}) : json::parse("");
        if (document)
            addLeaves(leaves, {}, document->root());
        else
            leaves = linesOf(bodies[i]);
        for (const auto& [place, text] : leaves)
            rows.put("body" + (place.starts_with('.') ? " " + place : place), i, text);
    }
}

/// Of two at least. A head has the credentials and cookies in it.
bool areSentAlike(const std::vector<IdentityAnswer>& answers)
{
    std::vector<std::string_view> heads;
    for (const IdentityAnswer& answer : answers)
        if (!answer.exchange.hops.empty())
            heads.emplace_back(answer.exchange.hops.front().requestHead);
    return heads.size() > 1 && !heads.front().empty() &&
           std::ranges::all_of(heads, [&](std::string_view head) { return head == heads.front(); });
}

} // namespace

bool ComparedRow::isSame() const
{
    return std::ranges::none_of(differs, [](bool each) { return each; });
}

Comparison compareAnswers(const std::vector<IdentityAnswer>& answers)
{
    Comparison comparison;
    comparison.isSentAlike = areSentAlike(answers);
    for (const IdentityAnswer& answer : answers)
        comparison.names.push_back(answer.name);
    Rows rows(comparison);
    ComparedRow status = rows.add("status");
    ComparedRow size = rows.add("size");
    ComparedRow time = rows.add("time");
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const http::Exchange& exchange = answers[i].exchange;
        status.cells[i] = statusOf(exchange);
        if (!exchange.response)
            continue;
        size.cells[i] = formatSize(exchange.response->body.size());
        time.cells[i] = formatDuration(exchange.timings.total);
    }
    comparison.rows = {std::move(status), std::move(size), std::move(time)};
    addBodies(rows, comparison, answers);
    for (ComparedRow& row : comparison.rows)
        for (std::size_t i = 1; i < row.cells.size(); ++i)
            row.differs[i] = row.place != "size" && row.place != "time" && row.cells[i] != row.cells[0];
    return comparison;
}

} // namespace claimcheck::workbench
