// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests that carry a good token, and what is sent in its place.

#pragma once

#include <string>
#include <utility>

#include <audit/auditor.h>

namespace claimcheck::test {

inline audit::Target targetOf(const std::string& url, const http::Headers& headers)
{
    http::Request request;
    request.url = url;
    request.headers = headers;
    return {url, request, "GOOD.TOK.EN"};
}

inline audit::Forgery with(const std::string& token, audit::Delivery delivery = {})
{
    audit::Forgery forgery;
    forgery.token = Secret(token);
    forgery.delivery = std::move(delivery);
    return forgery;
}

inline const audit::Target inHeader =
    targetOf("http://127.0.0.1/p?a=1", {{"Authorization", "Bearer GOOD.TOK.EN"}, {"X-Api-Key", "kept"}});

} // namespace claimcheck::test
