// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `token verify` expects of a token beyond its signature: --iss, --aud, --typ, --require, --leeway,
// --allow-expired; of an SD-JWT or DPoP proof also --nonce, --htm, --htu, --access-token.

#pragma once

#include <string>
#include <vector>

#include <inspect/inspection.h>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace claimcheck::cli {

class ExpectationOptions
{
public:
    void addTo(CLI::App& app);
    Result<inspect::Expectations> read() const;

private:
    struct Text
    {
        std::string value;
        const CLI::Option* option = nullptr; ///< knows if it was given: an empty text is expected too
    };

    static void add(CLI::App& app, const char* name, Text& text, const char* meaning);
    static std::optional<std::string> given(const Text& text);

    Text m_issuer;
    Text m_audience;
    Text m_type;
    Text m_nonce;
    Text m_method;
    Text m_url;
    Text m_accessToken;
    std::vector<std::string> m_required;
    std::string m_leeway = "0";
    bool m_allowExpired = false;
};

} // namespace claimcheck::cli
