// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// cURL command lines as requests: what curl would send, as far as a request file can say it.

#pragma once

#include <string_view>

#include <interop/import.h>

namespace claimcheck::interop {

/// One or several commands; what is no curl command is left out and named. At least one request.
Result<Imported> importCurl(std::string_view text, const ImportLimits& limits);

} // namespace claimcheck::interop
