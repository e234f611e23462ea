// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diff.h"

#include <base/text.h>
#include <base/time.h>
#include <jose/base64url.h>

#include "names.h"

namespace claimcheck::inspect {

using json::Change;

static std::string dotted(const std::vector<std::string>& path)
{
    std::string name;
    for (const std::string& step : path)
        name += (name.empty() ? "" : ".") + step;
    return name;
}

/// Between two times: how far the right one lies from the left.
static std::string noteOf(const json::Difference& difference)
{
    const RegisteredName* registered =
        difference.path.size() == 1 ? findRegisteredClaim(difference.path.front()) : nullptr;
    if (registered == nullptr || !registered->isTime || difference.change != Change::Changed)
        return {};
    const auto left = parseInstant(difference.left);
    const auto right = parseInstant(difference.right);
    if (!left || !right)
        return {};
    const bool isLater = *right > *left;
    const std::string distance = formatRelative(isLater ? *right : *left, isLater ? *left : *right);
    return distance.substr(distance.starts_with("in ") ? 3 : 0) + (isLater ? " later" : " earlier");
}

static std::string_view rawOf(const jose::Jws& token, const jose::Segment& segment)
{
    return std::string_view(token.text).substr(segment.offset, segment.length);
}

/// A part that is no object: the text that it stands for. What stands for no text, or was not read to its
/// end, is shown as the token has it: nothing is made up, and what differs in it stays to be seen.
static std::string shownOf(const jose::Jws& token, const jose::Segment& segment)
{
    const std::string_view raw = rawOf(token, segment);
    const bool isWhole = raw.empty() || raw == segment.bytes || jose::encodeBase64Url(segment.bytes) == raw;
    return isWhole && !firstInvalidUtf8(segment.bytes) ? segment.bytes : std::string(raw);
}

static void compareWhole(const char* part, const std::string& left, const std::string& right,
                         std::vector<TokenDifference>& found)
{
    Change change = left == right ? Change::Same : Change::Changed;
    if (change == Change::Changed && left.empty())
        change = Change::Added;
    else if (change == Change::Changed && right.empty())
        change = Change::Removed;
    if (!left.empty() || !right.empty())
        found.push_back({part, {}, change, left, right, {}});
}

static void comparePart(const char* part, const jose::Jws& left, const jose::Jws& right,
                        std::optional<json::Document> jose::Jws::*document, jose::Segment jose::Jws::*segment,
                        std::vector<TokenDifference>& found)
{
    if (!(left.*document) || !(right.*document))
        return compareWhole(part, shownOf(left, left.*segment), shownOf(right, right.*segment), found);
    for (json::Difference& difference : json::compare((left.*document)->root(), (right.*document)->root())) {
        std::string note = noteOf(difference);
        found.push_back({part, dotted(difference.path), difference.change, std::move(difference.left),
                         std::move(difference.right), std::move(note)});
    }
}

std::vector<TokenDifference> compareTokens(const jose::Jws& left, const jose::Jws& right)
{
    std::vector<TokenDifference> found;
    comparePart("header", left, right, &jose::Jws::headerJson, &jose::Jws::header, found);
    comparePart("payload", left, right, &jose::Jws::payloadJson, &jose::Jws::payload, found);
    compareWhole("signature", std::string(rawOf(left, left.signature)),
                 std::string(rawOf(right, right.signature)), found);
    return found;
}

} // namespace claimcheck::inspect
