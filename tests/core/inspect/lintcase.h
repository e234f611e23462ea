// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One row of the test of all rules: a rule, a token, and whether the rule must say something of it.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <base/text.h>

#include "tokens.h"

namespace claimcheck::test {

struct LintCase
{
    std::string id;
    bool fires;
    std::string name;
    std::function<inspect::Inspection()> make;
};

class LintCases
{
public:
    explicit LintCases(std::vector<LintCase>& cases) : m_cases(cases) {}

    /// The rule that the following rows are about.
    LintCases& rule(const char* id)
    {
        m_id = id;
        return *this;
    }
    /// A token with this header, or with these claims, and all else in order.
    LintCases& header(bool fires, const std::string& json)
    {
        return add(fires, json, [json] { return decode(token(json, goodClaims)); });
    }
    LintCases& claims(bool fires, const std::string& json)
    {
        return add(fires, json, [json] { return decode(token(test::header, json)); });
    }
    LintCases& both(bool fires, const std::string& headerJson, const std::string& claimsJson)
    {
        return add(fires, headerJson + claimsJson,
                   [headerJson, claimsJson] { return decode(token(headerJson, claimsJson)); });
    }
    LintCases& text(bool fires, const std::string& text)
    {
        return add(fires, text, [text] { return decode(text); });
    }
    LintCases& signature(bool fires, const std::string& alg, const std::string& bytes)
    {
        return add(fires, alg + " " + jose::encodeBase64Url(bytes),
                   [alg, bytes] { return decode(join(R"({"alg":")" + alg + R"("})", goodClaims, bytes)); });
    }
    LintCases& context(bool fires, const std::string& json, const inspect::Context& context)
    {
        return add(fires, json,
                   [json, context] { return inspect::inspect(token(test::header, json), now, context); });
    }
    LintCases& key(bool fires, const std::string& headerJson, const inspect::KeyRing& ring)
    {
        return add(fires, headerJson,
                   [headerJson, ring] { return verify(token(headerJson, goodClaims), ring); });
    }
    LintCases& add(bool fires, std::string name, std::function<inspect::Inspection()> make)
    {
        name = (fires ? "" : "not ") + m_id + " " + std::to_string(m_cases.size()) + ": " +
               visible(name.substr(0, 100));
        m_cases.push_back({m_id, fires, std::move(name), std::move(make)});
        return *this;
    }

private:
    std::vector<LintCase>& m_cases;
    std::string m_id;
};

inline inspect::KeyRing ringOf(const jose::Key& key)
{
    inspect::KeyRing ring;
    ring.keys.push_back(key);
    return ring;
}

/// A key file as `token lint --key` reads it: what makes no key stays as text for the rules.
inline inspect::KeyRing ringOfFile(const std::string& text)
{
    inspect::KeyRing ring;
    ring.keys = jose::readKeys(text).value_or(std::vector<jose::Key>());
    ring.source = Secret(text);
    return ring;
}

inline jose::Key keyFor(const char* algorithm)
{
    return jose::generateKey(*jose::findAlgorithm(algorithm)).value_or(jose::Key());
}

/// A compact JWE of this header; the parts are as long as given, their bytes mean nothing.
inline std::string jwe(const std::string& headerJson, std::size_t key = 0, std::size_t iv = 12,
                       std::size_t tag = 16)
{
    const auto part = [](std::size_t bytes) { return jose::encodeBase64Url(std::string(bytes, '\x5a')); };
    return jose::encodeBase64Url(headerJson) + "." + part(key) + "." + part(iv) + "." + part(20) + "." +
           part(tag);
}

} // namespace claimcheck::test
