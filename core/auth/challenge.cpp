// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "challenge.h"

#include <base/text.h>

#include <algorithm>
#include <iterator>

namespace claimcheck::auth {
namespace {

constexpr std::size_t largestField = 16u * 1024u;

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 9110 §5.6.2.
bool isTokenCharacter(char c)
{
    return isAlphanumeric(c) ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

/// RFC 9110 §11.2, but for the "=" at its end.
bool isToken68Character(char c)
{
    return isAlphanumeric(c) || (c != '\0' && std::string_view("-._~+/").find(c) != std::string_view::npos);
}

class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    Result<std::vector<Challenge>> parse();

private:
    bool readChallenge();
    bool readToken68(Challenge& challenge);
    bool readParameters(Challenge& challenge);
    bool readParameter(Challenge& challenge);
    bool readQuoted(std::string& value);
    std::string_view token();
    bool startsParameter();
    void skip(std::string_view characters);
    bool atEnd() const { return m_at >= m_text.size(); }
    char here() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool fail(const char* why);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Challenge> m_challenges;
    const char* m_why = nullptr;
};

bool Parser::fail(const char* why)
{
    m_why = m_why != nullptr ? m_why : why;
    return false;
}

void Parser::skip(std::string_view characters)
{
    while (!atEnd() && characters.find(here()) != std::string_view::npos)
        ++m_at;
}

std::string_view Parser::token()
{
    const std::size_t start = m_at;
    while (!atEnd() && isTokenCharacter(here()))
        ++m_at;
    return m_text.substr(start, m_at - start);
}

/// Whether a name with "=" behind it comes: otherwise what comes is the next challenge.
bool Parser::startsParameter()
{
    const std::size_t start = m_at;
    const bool hasName = !token().empty();
    skip(" \t");
    const bool isParameter = hasName && here() == '=';
    m_at = start;
    return isParameter;
}

bool Parser::readQuoted(std::string& value)
{
    for (++m_at; !atEnd(); ++m_at) {
        if (here() == '"') {
            ++m_at;
            return true;
        }
        if (here() == '\\' && ++m_at >= m_text.size())
            break;
        const auto byte = static_cast<unsigned char>(here());
        if (byte < 0x20 && byte != '\t')
            return fail("a control character stands in a quoted string");
        value += here();
    }
    return fail("a quoted string does not end");
}

bool Parser::readParameter(Challenge& challenge)
{
    const std::string name = toLowerAscii(token());
    skip(" \t"); // §11.2: bad white space, which a recipient must take
    ++m_at;      // the "=" that startsParameter() saw
    skip(" \t");
    std::string value;
    if (here() == '"') {
        if (!readQuoted(value))
            return false;
    } else if (value = token(); value.empty()) {
        return fail("a parameter has no value");
    }
    for (const auto& [other, ignored] : challenge.parameters)
        if (other == name)
            return fail("a parameter comes twice");
    challenge.parameters.emplace_back(name, std::move(value));
    return true;
}

bool Parser::readParameters(Challenge& challenge)
{
    for (;;) {
        if (!readParameter(challenge))
            return false;
        skip(" \t");
        if (atEnd())
            return true;
        if (here() != ',')
            return fail("a comma is missing");
        skip(" \t,");
        if (!startsParameter())
            return true; // the end, or the next challenge
    }
}

/// Nothing is taken where it is none: "realm=" could begin one.
bool Parser::readToken68(Challenge& challenge)
{
    const std::size_t start = m_at;
    while (!atEnd() && isToken68Character(here()))
        ++m_at;
    skip("=");
    const std::string_view text = m_text.substr(start, m_at - start);
    skip(" \t");
    if (!text.empty() && text.front() != '=' && (atEnd() || here() == ',')) {
        challenge.token68 = text;
        return true;
    }
    m_at = start;
    return false;
}

bool Parser::readChallenge()
{
    Challenge challenge;
    challenge.scheme = token();
    if (challenge.scheme.empty())
        return fail("the name of a scheme is missing");
    const bool hasMore = here() == ' ';
    skip(" ");
    if (hasMore && !atEnd() && here() != ',' && !readToken68(challenge)) {
        if (!startsParameter())
            return fail("behind the scheme stands neither a parameter nor a token68");
        if (!readParameters(challenge))
            return false;
    } else if (!atEnd() && here() != ',') {
        return fail("a comma is missing");
    }
    m_challenges.push_back(std::move(challenge));
    return true;
}

Result<std::vector<Challenge>> Parser::parse()
{
    if (m_text.size() > largestField)
        fail("it is too long");
    skip(" \t,"); // §5.6.1.2: empty elements of a list are to be taken
    while (m_why == nullptr && !atEnd() && readChallenge())
        skip(" \t,");
    if (m_why == nullptr)
        return std::move(m_challenges);
    return failure(ErrorKind::Malformed, "WWW-Authenticate cannot be read",
                   std::string(m_why) + ", byte " + std::to_string(m_at), "see RFC 9110 §11.6.1");
}

} // namespace

bool Challenge::is(std::string_view name) const
{
    return equalsIgnoringCase(scheme, name);
}

std::string Challenge::parameter(std::string_view name) const
{
    for (const auto& [key, value] : parameters)
        if (key == name)
            return value;
    return {};
}

Result<std::vector<Challenge>> parseChallenges(std::string_view value)
{
    return Parser(value).parse();
}

std::vector<Challenge> challengesIn(const http::Headers& headers)
{
    std::vector<Challenge> all;
    for (const http::Header& header : headers) {
        if (!equalsIgnoringCase(header.name, "WWW-Authenticate"))
            continue;
        if (auto challenges = parseChallenges(header.value))
            std::ranges::move(*challenges, std::back_inserter(all));
    }
    return all;
}

} // namespace claimcheck::auth
