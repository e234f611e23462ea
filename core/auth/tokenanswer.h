// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a token endpoint answers (RFC 6749 §5), read as hostile: everything in it has its limits and its own
// sentence where it is none of what it should be.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <auth/secrets.h>
#include <http/exchange.h>
#include <json/document.h>

namespace claimcheck::auth {

struct TokenAnswer
{
    Secret accessToken;
    Secret refreshToken;  ///< empty: none
    Secret idToken;       ///< empty: none
    std::string type;     ///< `token_type` as it came
    bool isBound = false; ///< to the proof key: it is sent with DPoP
    std::optional<Seconds> expiresIn;
    std::string scope;              ///< as it came; empty: the one that was asked for
    std::vector<std::string> notes; ///< what is odd about it and was got over; sentences, safe to show

    bool operator==(const TokenAnswer&) const = default;
};

/// Refused: the server's error in words. BadAnswer: an outage (oautherror.h). Malformed, each with its own
/// sentence: a redirect, another status without an error, an empty answer, HTML, broken JSON, no token, two,
/// one that is no text or that no header can carry, a token type that nobody here can send. None repeats what
/// is secret in the login or among what was sent to it (secretsIn()).
Result<TokenAnswer> readTokenAnswer(const OAuthLogin& login, const http::Response& response,
                                    const Secrets& sent = {});

/// `expires_in` of an answer (RFC 6749 §5.1); one that cannot be meant is told among the notes and left out.
std::optional<Seconds> lifetimeIn(const json::Value& answer, std::vector<std::string>& notes);

} // namespace claimcheck::auth
