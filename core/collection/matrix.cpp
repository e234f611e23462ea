// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrix.h"

#include <algorithm>
#include <array>
#include <set>

#include <base/text.h>

namespace claimcheck::collection {

static constexpr std::array<std::string_view, 3> accessWords{"allow", "deny", "any"};

std::string toText(const ExpectedAccess& expected)
{
    const std::string word(accessWords[static_cast<std::size_t>(expected.access)]);
    return expected.status == 0 ? word : word + " " + std::to_string(expected.status);
}

/// Three digits, 100 to 599 (RFC 9110 §15).
static std::optional<int> readStatus(std::string_view text)
{
    const bool isNumber = text.size() == 3 && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!isNumber || text.front() < '1' || text.front() > '5')
        return std::nullopt;
    return (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
}

std::optional<ExpectedAccess> readExpectedAccess(std::string_view text)
{
    const std::string_view cell = trimmed(text);
    const std::size_t end = std::min(cell.find(' '), cell.size());
    const auto word = std::ranges::find(accessWords, cell.substr(0, end));
    if (word == accessWords.end())
        return std::nullopt;
    ExpectedAccess expected{static_cast<Access>(word - accessWords.begin()), 0};
    const std::string_view rest = trimmed(cell.substr(end));
    if (rest.empty())
        return expected;
    const std::optional<int> status = readStatus(rest);
    if (!status)
        return std::nullopt;
    expected.status = *status;
    return expected;
}

const MatrixRow* findRow(const Matrix& matrix, std::string_view request)
{
    const auto found =
        std::ranges::find_if(matrix.rows, [&](const MatrixRow& row) { return row.request == request; });
    return found == matrix.rows.end() ? nullptr : &*found;
}

std::optional<ExpectedAccess> accessOf(const AccessByName& list, std::string_view name)
{
    for (const auto& [who, expected] : list)
        if (who == name)
            return expected;
    return std::nullopt;
}

std::vector<std::string> identitiesIn(const Matrix& matrix)
{
    std::vector<std::string> names;
    std::set<std::string_view> seen; // a file of somebody else's may have any number of them
    const auto add = [&](const std::string& name) {
        if (seen.insert(name).second)
            names.push_back(name);
    };
    for (const MatrixRow& row : matrix.rows) {
        for (const auto& cell : row.expected)
            add(cell.first);
        if (!row.objects)
            continue;
        for (const auto& id : row.objects->ids)
            add(id.first);
        for (const auto& cell : row.objects->others)
            add(cell.first);
    }
    const auto nobody = std::ranges::find(names, anonymous);
    if (nobody != names.end())
        std::rotate(names.begin(), nobody, nobody + 1);
    return names;
}

bool isIdentityName(std::string_view name)
{
    static constexpr std::size_t longest = 64;
    return !name.empty() && name.size() <= longest && name == trimmed(name) && visible(name) == name;
}

} // namespace claimcheck::collection
