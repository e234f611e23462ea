// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the SARIF reports of audit and matrix have in common, as code-scanning viewers want it: places, help,
// fingerprints, and how the whole ended.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <json/write.h>

namespace claimcheck::audit {

/// A request file, or a URL without its scheme and query, as a relative reference (RFC 3986 §4.2) for
/// `artifactLocation.uri` (SARIF 2.1.0 §3.4.3): viewers take nothing else for a place in a repository. What
/// may not stand there is percent-encoded; of a URL, what is encoded already stays as it is.
std::string relativeUri(std::string_view name);

/// A request file as the repository has it: `folder` is Report::folder. A URL stays as it is.
std::string placeIn(const std::string& folder, const std::string& name);

/// Where the first of these references can be read: "RFC 8725 §2.1, CVE-2015-9235". Empty for one of another
/// form.
std::string helpUri(std::string_view reference);

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
