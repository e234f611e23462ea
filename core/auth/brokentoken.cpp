// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "brokentoken.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::auth {

// Longer ones come in no answer to a login.
static constexpr std::size_t longestToken = 256u * 1024u;

/// '{' in base64url, and a dot behind the header.
static bool beginsAsToken(std::string_view text)
{
    return text.size() >= 4 && text.size() <= longestToken && text[0] == 'e' && text[1] >= 'w' &&
           text[1] <= 'z' && text.find('.') != std::string_view::npos;
}

/// What is decided by it does not depend on the time.
static inspect::Inspection decoded(std::string_view text)
{
    return inspect::inspect(text, Instant{});
}

/// Claims that break off: a payload may be any bytes where no `typ` promises claims (jose-policy rule 15),
/// but what begins as an object was meant to be one.
static std::optional<jose::Defect> faultOfClaims(const jose::Jws& token)
{
    const jose::Segment& payload = token.payload;
    if (token.payloadJson || !trimmed(payload.bytes).starts_with('{'))
        return std::nullopt;
    const auto document = json::parse(payload.bytes);
    if (document)
        return std::nullopt;
    // Three bytes are four characters of the token.
    const std::size_t inside = document.error().where.value_or(Position{}).offset * 4 / 3;
    return jose::Defect{jose::SegmentName::Payload, payload.offset + std::min(inside, payload.length),
                        "the claims are no JSON: " + document.error().why};
}

/// The first defect that leaves something unread.
static std::optional<jose::Defect> firstFault(const inspect::Inspection& token)
{
    const std::vector<jose::Defect>& defects = token.token.defects;
    const auto defect =
        std::ranges::find_if(defects, [](const jose::Defect& each) { return !each.tolerable; });
    return defect == defects.end() ? faultOfClaims(token.token) : std::optional(*defect);
}

static bool isMalformed(const inspect::Inspection& token)
{
    const auto& header = token.token.headerJson;
    const bool isToken = beginsAsToken(token.text()) && (!header || header->root().find("alg"));
    return isToken && (token.verdict == inspect::Verdict::Malformed || firstFault(token));
}

bool isBrokenToken(std::string_view text, bool isNamed)
{
    if (!beginsAsToken(text))
        return false;
    const inspect::Inspection token = decoded(text);
    return isMalformed(token) && (isNamed || token.token.headerJson);
}

std::optional<Error> faultOf(const inspect::Inspection& token, std::string_view place)
{
    if (!isMalformed(token))
        return std::nullopt;
    std::string why = visible(shortened(place, 200)) + ": ";
    if (const auto fault = firstFault(token))
        why += std::string(toText(fault->segment)) + ", byte " + std::to_string(fault->offset) +
               " of the token: " + visible(shortened(fault->what, 300));
    else
        why += token.reason;
    return Error{ErrorKind::Malformed, "the token in the login's answer is broken", std::move(why),
                 "look at the response and at what made or passed it; token decode shows what can be read",
                 std::nullopt};
}

/// As base64url has it, where it may be plain Base64; a token in JSON stays as it is.
static std::string inBase64Url(std::string_view text)
{
    std::string plain(text);
    std::erase(plain, '=');
    std::ranges::replace(plain, '+', '-');
    std::ranges::replace(plain, '/', '_');
    return plain;
}

std::optional<Error> faultOf(const inspect::FoundToken& token)
{
    if (!beginsAsToken(token.text) || !isMalformed(decoded(inBase64Url(token.text))))
        return std::nullopt;
    return faultOf(decoded(token.text), token.place);
}

} // namespace claimcheck::auth
