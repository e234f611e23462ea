// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A credential login: a request with user name and password, and the search for the token in its answer.
// Both steps are pure; http::Client sends what lies between them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/secret.h>
#include <base/time.h>
#include <http/exchange.h>
#include <inspect/find.h>

namespace claimcheck::auth {

enum class LoginForm
{
    Json,
    UrlEncoded
};

struct LoginField
{
    std::string name;
    std::string value;
    bool operator==(const LoginField&) const = default;
};

/// A login's answer is small and comes soon; more or later than this is no login.
inline constexpr std::uint64_t largestLoginAnswer = 4u * 1024u * 1024u;
inline constexpr Milliseconds longestLogin{120'000};

struct Login
{
    std::string url;
    std::string method = "POST";
    LoginForm form = LoginForm::Json;
    std::string userField = "username";
    std::string passwordField = "password";
    std::string user;
    Secret password;
    std::vector<LoginField> extraFields;
    http::Headers headers;
    std::string
        tokenPath; ///< "token", "data.access_token", "header:X-Token", "cookie:session"; empty: by itself
    http::TlsProfile tls;
    std::string proxy;
    Milliseconds totalTimeout{0}; ///< 0: longestLogin

    bool operator==(const Login&) const = default;
};

/// The request with the fields in the order user, password, extra ones. Redirects are not followed: a login
/// form's token may stand in the redirecting answer itself, and a password goes to no place that nobody
/// named. Usage for an empty or doubled field name and for what http::validate refuses.
Result<http::Request> loginRequest(const Login& login);

/// Whether a search finds what begins as a token and is broken, too.
enum class BrokenTokens
{
    LeftOut,
    Included
};

/// Every token in body (any depth, with its JSON path), headers and cookies; JOSE tokens as they are
/// recognised, opaque ones only in members whose name says so (access_token, token …). The best candidate
/// comes first: an access token before an ID token, a refresh token last.
std::vector<inspect::FoundToken> tokensIn(const http::Response& response,
                                          BrokenTokens broken = BrokenTokens::LeftOut);
/// Those of the response, and of the fields of every answer before it (`… of hop 1`): a redirect may set a
/// cookie, or hand a token over in its target's query or fragment.
std::vector<inspect::FoundToken> tokensIn(const http::Exchange& exchange);
/// That other tokens of the answer are as good as its first by their names, and where they stand: whoever
/// takes the first has guessed. Nothing where there is one, however often it stands there. `setting` is what
/// names the place there; empty: it is in sight.
std::optional<std::string> noteOfRivals(const http::Response& response,
                                        std::string_view setting = "tokenAt, --token-at");
/// The answer of the exchange that a place of tokensIn() lies in: of a hop before the last, or nothing.
const http::Hop* hopOf(const std::string& place, const http::Exchange& exchange);

/// The token that the login gave. Malformed, with its own sentence, for: a redirect without a token, a status
/// that is no success, an empty answer, HTML instead of JSON, broken JSON, an answer without a token, a path
/// that leads nowhere. None repeats what is secret in the login or among what was `sent` beside it.
Result<inspect::FoundToken> tokenFromLogin(const Login& login, const http::Response& response,
                                           const std::vector<Secret>& sent = {});

/// The token at a place as Login::tokenPath has it, of any answer.
Result<inspect::FoundToken> tokenAt(const std::string& place, const http::Response& response,
                                    const std::vector<Secret>& sent = {});

} // namespace claimcheck::auth
