// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers of a login, made from their parts, for the tests of this folder.

#pragma once

#include <http/exchange.h>

namespace claimcheck::test {

/// {"alg":"HS256","typ":"JWT"} . {"username":"demo"} . "sig": the shape of a token is enough here.
inline const std::string jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImRlbW8ifQ.c2ln";
inline const std::string otherJwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJvdGhlciJ9.c2ln";

inline http::Response answer(int status, const std::string& body, const http::Headers& headers = {})
{
    http::Response response;
    response.status = status;
    response.reason = status == 200 ? "OK" : status == 401 ? "Unauthorized" : "";
    response.headers = headers;
    if (!response.body.append(body))
        response.status = 0;
    return response;
}

inline http::Response jsonAnswer(const std::string& body)
{
    return answer(200, body, {{"Content-Type", "application/json; charset=utf-8"}});
}

} // namespace claimcheck::test
