// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What TLS agreed on, read from the OpenSSL connection below libcurl while it stands.

#pragma once

#include <optional>

#include <curl/curl.h>

#include <http/exchange.h>

namespace claimcheck::http {

/// Nothing without TLS, and where libcurl runs on something other than OpenSSL.
std::optional<TlsFacts> readTlsFacts(CURL* easy, bool verified);

} // namespace claimcheck::http
