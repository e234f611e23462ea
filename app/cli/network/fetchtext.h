// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text by its address: what `import URL` and `run` of one need.

#pragma once

#include <string>

#include <base/result.h>

namespace claimcheck::cli {

bool isWebAddress(const std::string& text);
/// The body of a 200 answer. Unreachable, Tls … as the request failed; Unreadable for another status. Needs
/// no event loop around it.
Result<std::string> fetchText(const std::string& url);

} // namespace claimcheck::cli
