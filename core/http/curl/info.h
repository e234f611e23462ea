// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What libcurl knows about a hop after it: phases and addresses.

#pragma once

#include <string>

#include <curl/curl.h>

#include <http/exchange.h>

namespace claimcheck::http {

struct Addresses
{
    std::string local;
    std::string remote;
    bool isReused = false;
};

/// `sendDuration`: milliseconds that the request took to go out, which libcurl does not tell.
Timings readTimings(CURL* easy, double sendDuration);
Addresses readAddresses(CURL* easy);
std::uint64_t readWireBytes(CURL* easy);
long readLong(CURL* easy, CURLINFO info);

} // namespace claimcheck::http
