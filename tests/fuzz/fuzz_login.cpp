// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers to a login: whatever a server sends, every token found stands in a place, and where none is found
// there is a sentence. The first line of the input is the path, the second the Content-Type, the rest the
// body.

#include "fuzz.h"

#include <auth/login.h>

#include <algorithm>

using namespace claimcheck;

static std::string_view takeLine(std::string_view& text)
{
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

static void run(std::string_view input)
{
    auth::Login login;
    login.tokenPath = takeLine(input);
    http::Response response;
    response.status = 200;
    const std::string type(takeLine(input));
    response.headers = {{"Content-Type", type}, {"Set-Cookie", type}, {"X-Token", type}};
    FUZZ_CHECK(response.body.append(input));
    for (const inspect::FoundToken& token : auth::tokensIn(response))
        FUZZ_CHECK(!token.text.empty() && !token.place.empty());
    const auto found = auth::tokenFromLogin(login, response);
    FUZZ_CHECK(found ? !found->place.empty() && !found->text.empty()
                     : !found.error().what.empty() && !found.error().fix.empty());
}

FUZZ_MAIN(run);
