// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A `login` of the demo user and answers to it, for the tests of that command.

#pragma once

#include <core/http/rawserver.h>
#include <support/commandline.h>

namespace claimcheck::test {

inline const std::string token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VybmFtZSI6ImRlbW8ifQ.c2ln";

inline QStringList login(const std::string& url, const QStringList& more = {})
{
    return QStringList{QStringLiteral("login"),     QStringLiteral("--url"),
                       QString::fromStdString(url), QStringLiteral("--user"),
                       QStringLiteral("demo"),      QStringLiteral("--password-stdin")} +
           more;
}

inline const CommandInput demoPassword{"demo\n"};

inline Answer jsonAnswer(const std::string& body)
{
    return ok(body, "Content-Type: application/json\r\n");
}

inline Answer tokenAnswer()
{
    return jsonAnswer("{\"token\":\"" + token + "\"}");
}

} // namespace claimcheck::test
