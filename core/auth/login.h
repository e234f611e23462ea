// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A credential login: a request with user name and password, and the search for the token in its answer.
// Both steps are pure; http::Client sends what lies between them.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/secret.h>
#include <http/exchange.h>
#include <inspect/find.h>

namespace claimcheck::auth {

enum class LoginForm { Json, UrlEncoded };

struct LoginField
{
    std::string name;
    std::string value;
    bool operator==(const LoginField&) const = default;
};

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
    std::string tokenPath; ///< "token", "data.access_token", "header:X-Token", "cookie:session"; empty: by itself
    http::TlsProfile tls;
    std::string proxy;

    bool operator==(const Login&) const = default;
};

Result<http::Request> loginRequest(const Login& login);

/// Every token in body (any depth, with its JSON path), headers and cookies; JOSE tokens first, then opaque ones in
/// members whose name says so (access_token, token, id_token …). The best candidate comes first.
std::vector<inspect::FoundToken> tokensIn(const http::Response& response);

/// The token that the login gave. Malformed, with its own sentence, for: a status that is no success, HTML instead
/// of JSON, broken JSON, an answer without a token, a path that leads nowhere.
Result<inspect::FoundToken> tokenFromLogin(const Login& login, const http::Response& response);

} // namespace claimcheck::auth
