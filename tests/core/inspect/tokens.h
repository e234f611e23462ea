// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens made to measure for the tests of inspect: header and payload are any text, right or wrong.

#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <inspect/inspection.h>
#include <jose/base64url.h>
#include <jose/sign.h>

namespace claimcheck::test {

inline const Instant now = fromUnixSeconds(1'800'000'000); // 2027-01-15T08:00:00Z

inline const std::string strongSecret = "b1u3-Wh4le/Ngt!Kx0Zq7_vR5%mJp2sT9";
inline const std::string header = R"({"alg":"HS256","typ":"JWT"})";
/// Raises no finding of its own but CLM-* that the caller changes.
inline const std::string goodClaims =
    R"({"iss":"https://issuer.example","sub":"demo","aud":"api","jti":"1","iat":1799999000,"exp":1800003000})";

inline std::string join(std::string_view headerText, std::string_view payload, std::string_view signature)
{
    return jose::encodeBase64Url(headerText) + "." + jose::encodeBase64Url(payload) + "." +
           jose::encodeBase64Url(signature);
}

/// The signature is right for HS256 and this secret, whatever the header says.
inline std::string token(std::string_view headerText, std::string_view payload,
                         const std::string& secret = strongSecret)
{
    const std::string input = jose::encodeBase64Url(headerText) + "." + jose::encodeBase64Url(payload);
    const auto signature =
        jose::signBytes(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(secret)), input);
    return input + "." + jose::encodeBase64Url(signature.value_or(""));
}

inline inspect::KeyRing ringOf(const std::string& secret = strongSecret)
{
    inspect::KeyRing ring;
    ring.keys.push_back(jose::secretKey(Secret(secret)));
    return ring;
}

inline inspect::Inspection verify(std::string_view text, const inspect::KeyRing& ring = ringOf(),
                                  const inspect::Expectations& expected = {})
{
    return inspect::inspect(text, ring, expected, now);
}

inline inspect::Inspection decode(std::string_view text)
{
    return inspect::inspect(text, now);
}

/// The finding of that id, or nullptr.
inline const inspect::Finding* find(const inspect::Inspection& inspection, std::string_view id)
{
    const auto found = std::ranges::find(inspection.findings, id, &inspect::Finding::id);
    return found == inspection.findings.end() ? nullptr : &*found;
}

inline bool fires(const inspect::Inspection& inspection, std::string_view id)
{
    return find(inspection, id) != nullptr;
}

/// The severity of that finding as its word; "" when it is not there.
inline std::string severityOf(const inspect::Inspection& inspection, std::string_view id)
{
    const inspect::Finding* finding = find(inspection, id);
    return finding == nullptr ? std::string() : std::string(toText(finding->severity));
}

/// "passed", "failed", "warning", "skipped"; "" when there is no such check.
inline std::string resultOf(const inspect::Inspection& inspection, std::string_view check)
{
    const auto found = std::ranges::find(inspection.checks, check, &inspect::Check::name);
    return found == inspection.checks.end() ? std::string() : std::string(toText(found->result));
}

inline std::string whyOf(const inspect::Inspection& inspection, std::string_view check)
{
    const auto found = std::ranges::find(inspection.checks, check, &inspect::Check::name);
    return found == inspection.checks.end() ? std::string() : found->why;
}

} // namespace claimcheck::test
