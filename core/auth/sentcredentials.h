// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a request that went out said about who sends it.

#pragma once

#include <string>

#include <base/secret.h>
#include <http/exchange.h>

namespace claimcheck::auth {

struct SentCredentials
{
    bool isThere = false;    ///< an Authorization header went to the server that answered
    bool isWithheld = false; ///< it was set, and a redirect led to an origin that does not get it
    std::string scheme;      ///< "Bearer"; empty for a token without one
    Secret token;            ///< what stands behind the scheme; empty where nothing does
    /// The scheme of http::Authentication, whose field is made while the request goes out: "Digest", "NTLM",
    /// "AWS4-HMAC-SHA256". Empty: it has none, or an Authorization header of its own.
    std::string made;
    bool hasCookie = false;
    bool hasProof = false; ///< a DPoP header
};

SentCredentials sentCredentials(const http::Exchange& exchange);

} // namespace claimcheck::auth
