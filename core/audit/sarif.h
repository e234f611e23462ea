// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the SARIF reports (2.1.0, OASIS) of audit and matrix have in common, as code-scanning viewers want it:
// the log around rules and results, how bad a finding is, places, help, fingerprints, and how the whole
// ended.

#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <audit/attack.h>
#include <json/write.h>

namespace claimcheck::audit {

/// Begins the log and its run, up to the open array of the tool's rules (§3.13, §3.14, §3.19).
void beginSarif(json::Writer& writer, std::string_view tool);
/// The whole text, once results and invocations of the run are written.
std::string endSarif(json::Writer& writer);

/// Where the rule of this finding's class stands, for `ruleIndex` (§3.27.6); the size where there is none.
template <typename Finding>
std::size_t indexOfClass(const std::vector<const Finding*>& rules, const Finding& finding)
{
    const auto found = std::ranges::find(rules, finding.findingClass, &Finding::findingClass);
    return static_cast<std::size_t>(found - rules.begin());
}

/// The first finding of each class, in their order: the rules of a run.
template <typename Finding>
std::vector<const Finding*> firstOfEachClass(const std::vector<Finding>& findings)
{
    std::vector<const Finding*> rules;
    for (const Finding& finding : findings)
        if (indexOfClass(rules, finding) == rules.size())
            rules.push_back(&finding);
    return rules;
}

/// A request file, or a URL without its scheme and query, as a relative reference (RFC 3986 §4.2) for
/// `artifactLocation.uri` (SARIF 2.1.0 §3.4.3): viewers take nothing else for a place in a repository. What
/// may not stand there is percent-encoded; of a URL, what is encoded already stays as it is.
std::string relativeUri(std::string_view name);

/// A request file as the repository has it: `folder` is Report::folder. A URL stays as it is.
std::string placeIn(const std::string& folder, const std::string& name);

/// Where the first of these references can be read: "RFC 8725 §2.1, CVE-2015-9235". Empty for one of another
/// form.
std::string helpUri(std::string_view reference);

/// `level` (§3.27.10): what code-scanning viewers colour by.
std::string_view sarifLevel(Severity severity);

/// A message (§3.11, §3.12) with this text as the member `name`.
void writeText(json::Writer& writer, std::string_view name, std::string_view text);

/// `defaultConfiguration` and `properties` of a rule (§3.49.14, §3.49.9): what viewers sort and filter by.
/// `tags` come behind "security".
void writeRanking(json::Writer& writer, std::string_view findingClass, Severity severity,
                  const std::vector<std::string>& tags);

/// `locations` and `partialFingerprints` of a result (§3.27.12, §3.27.17). `place` is "GET orders.yml",
/// `fingerprint` the same for the same fault in every run.
void writePlace(json::Writer& writer, std::string_view name, const std::string& place,
                std::string_view fingerprintName, const std::string& fingerprint);

/// The tag by which GitHub groups results: three digits at least, "external/cwe/cwe-022".
std::string cweTag(int cwe);

/// `invocations` of a run (§3.14.11, §3.20): a report without results is a clean one only where the whole
/// told something. `problem`: why it did not, or empty; `untold`: what of it did not, each with the reason.
void writeInvocation(json::Writer& writer, const std::string& problem,
                     const std::vector<std::string>& untold);

} // namespace claimcheck::audit
