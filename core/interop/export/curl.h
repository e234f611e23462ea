// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request as a curl command for a POSIX shell.

#pragma once

#include <string>

#include <collection/collection.h>

namespace claimcheck::interop {

/// As it would be sent, without any secret: the session's token and the values of secret variables are shell
/// variables ("$TOKEN", "$PASSWORD") for who runs it. What has no value stays {{name}}. One option a line.
std::string curlOf(const collection::Collection& collection, const collection::Item& item,
                   const std::string& environment);

/// The request with what its credentials say as the header that they become (basic, bearer, API key), for a
/// place that knows headers only.
collection::Entry plainEntry(const collection::Item& item);

} // namespace claimcheck::interop
