// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::audit {

/// A URL as `artifactLocation.uri` wants it (SARIF 2.1.0 §3.4.3): what RFC 3986 does not let stand there, and
/// servers take all the same, percent-encoded.
std::string sarifUri(std::string_view url);

} // namespace claimcheck::audit
