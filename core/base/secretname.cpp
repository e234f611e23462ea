// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "secretname.h"

#include <algorithm>
#include <string>

#include "text.h"

namespace claimcheck {
namespace {

enum class Where
{
    Anywhere, ///< in the name
    AtTheEnd,
    Alone ///< it is the name
};

/// Each holds those before it.
enum class Reach
{
    Usually,
    Often,
    AtTimes
};

struct Word
{
    std::string_view text; ///< small letters and digits: "api-key" and "apiKey" are the same
    Where where;
    Reach reach;
};

constexpr Word secretWords[] = {{"password", Where::Anywhere, Reach::Usually},
                                {"passwd", Where::Anywhere, Reach::Usually},
                                {"passphrase", Where::Anywhere, Reach::Usually},
                                {"secret", Where::Anywhere, Reach::Usually},
                                {"apikey", Where::Anywhere, Reach::Usually},
                                {"privatekey", Where::Anywhere, Reach::Usually},
                                {"accesskey", Where::Anywhere, Reach::Usually},
                                {"credential", Where::Anywhere, Reach::Usually},
                                {"sessionid", Where::Anywhere, Reach::Usually},
                                {"authkey", Where::Anywhere, Reach::Usually},
                                {"encryptionkey", Where::Anywhere, Reach::Usually},
                                {"token", Where::AtTheEnd, Reach::Usually},
                                {"pwd", Where::Alone, Reach::Usually},
                                {"pass", Where::Alone, Reach::Usually},
                                {"pin", Where::Alone, Reach::Usually},
                                {"otp", Where::Alone, Reach::Usually},
                                {"jwt", Where::Alone, Reach::Usually},
                                {"assertion", Where::Alone, Reach::Usually},
                                {"clientassertion", Where::Alone, Reach::Usually},
                                {"token", Where::Anywhere, Reach::Often},
                                {"cookie", Where::Anywhere, Reach::Often},
                                {"pass", Where::AtTheEnd, Reach::Often}, // DB_PASS, SMTP_PASS
                                {"pwd", Where::AtTheEnd, Reach::Often},  // MYSQL_PWD
                                {"pw", Where::AtTheEnd, Reach::Often},
                                {"key", Where::Anywhere, Reach::AtTimes},
                                {"sig", Where::Anywhere, Reach::AtTimes}, // of a signed URL
                                {"pass", Where::Anywhere, Reach::AtTimes},
                                {"auth", Where::Anywhere, Reach::AtTimes},
                                {"code", Where::Anywhere, Reach::AtTimes}, // RFC 6749 §4.1.2
                                {"jwt", Where::Anywhere, Reach::AtTimes}};

std::string plainOf(std::string_view name)
{
    std::string plain;
    for (const char c : toLowerAscii(name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            plain += c;
    return plain;
}

bool fits(const Word& word, std::string_view plain)
{
    switch (word.where) {
    case Where::Anywhere:
        return plain.find(word.text) != std::string_view::npos;
    case Where::AtTheEnd:
        return plain.ends_with(word.text);
    case Where::Alone:
        break;
    }
    return plain == word.text;
}

bool isWithin(Reach reach, std::string_view name)
{
    const std::string plain = plainOf(name);
    return std::ranges::any_of(secretWords,
                               [&](const Word& word) { return word.reach <= reach && fits(word, plain); });
}

} // namespace

bool isSecretName(std::string_view name)
{
    return isWithin(Reach::Usually, name);
}

bool oftenNamesSecret(std::string_view name)
{
    return isWithin(Reach::Often, name);
}

bool mayNameSecret(std::string_view name)
{
    return isWithin(Reach::AtTimes, name);
}

} // namespace claimcheck
