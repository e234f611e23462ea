// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What reports and messages show of a route: no token, no password, nothing else that is secret.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <audit/target.h>

namespace claimcheck::audit {

/// Without user information, token, values that look secret and, behind the host, which whoever confirms it
/// is shown, the `known` texts.
std::string shownUrl(const Target& target, std::string_view url, const std::vector<Secret>& known = {});
/// Of a route: the file of its request, or its URL as above.
std::string shownName(const Target& target, const std::vector<Secret>& known = {});
/// What sends the forgery again once its token is in $TOKEN, in a POSIX shell; "***" stands for what else is
/// secret, $GOOD for the good token.
std::string curlLine(const Target& target, const Forgery& forgery, const std::vector<Secret>& known = {});

/// The request of a forgery in lines, as it goes out: method and URL, then each field. `token` stands in the
/// place of the forged token, $GOOD for the good one, "***" for what else is secret.
std::string requestText(const Target& target, const Forgery& forgery, std::string_view token,
                        const std::vector<Secret>& known = {});

/// What a server could repeat in an answer to this forgery: tokens and their parts, what else the request
/// holds that is secret, and `more`.
std::vector<Secret> knownTexts(const Target& target, const Forgery& forgery, const std::vector<Secret>& more);
/// Each of the known texts masked, as it is and as it stands in JSON or a URL.
std::string withoutKnown(std::string_view text, const std::vector<Secret>& known);
/// The beginning of a text from the server without the known texts and all else that looks like a token.
std::string shownAnswer(const std::string& body, const std::vector<Secret>& known);

} // namespace claimcheck::audit
