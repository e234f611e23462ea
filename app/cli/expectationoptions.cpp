// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "expectationoptions.h"

#include <CLI/CLI.hpp>

#include <inspect/find.h>

#include "input.h"
#include "timeoption.h"
#include "tokenargument.h"

namespace claimcheck::cli {

void ExpectationOptions::add(CLI::App& app, const char* name, Text& text, const char* meaning)
{
    text.option = app.add_option(name, text.value, meaning)->type_name("TEXT")->group("Expectations");
}

void ExpectationOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "Expectations";
    add(app, "--iss", m_issuer, "The issuer that the token must name");
    add(app, "--aud", m_audience, "The audience that the token must name");
    add(app, "--typ", m_type, "The type that the header must name");
    app.add_option("--require", m_required, "A claim that must be there; may be repeated")
        ->type_name("CLAIM")
        ->allow_extra_args(false)
        ->group(group);
    app.add_option("--leeway", m_leeway, "How far clocks may differ")->type_name("SECONDS")->group(group);
    app.add_flag("--allow-expired", m_allowExpired, "Forgive an exp that is over")->group(group);
    add(app, "--nonce", m_nonce, "The nonce of an ID token, a DPoP proof or the holder's proof of an SD-JWT");
    add(app, "--htm", m_method, "The method of the request that a DPoP proof is for");
    add(app, "--htu", m_url, "Its address");
    add(app, "--access-token", m_accessToken,
        "The access token that a DPoP proof belongs to (@FILE, - for standard input)");
}

std::optional<std::string> ExpectationOptions::given(const Text& text)
{
    return text.option->count() > 0 ? std::optional(text.value) : std::nullopt;
}

Result<inspect::Expectations> ExpectationOptions::read() const
{
    inspect::Expectations expected;
    expected.issuer = given(m_issuer);
    expected.audience = given(m_audience);
    expected.type = given(m_type);
    expected.nonce = given(m_nonce);
    expected.method = given(m_method);
    expected.url = given(m_url);
    expected.requiredClaims = m_required;
    expected.allowExpired = m_allowExpired;
    const Result<Seconds> leeway = readDuration(m_leeway, "--leeway");
    if (!leeway)
        return tl::unexpected(leeway.error());
    expected.leeway = *leeway;
    if (m_accessToken.option->count() > 0) {
        const Result<std::string> token = readArgument(m_accessToken.value, "access token");
        if (!token)
            return tl::unexpected(token.error());
        const std::string_view bare = inspect::unwrap(*token).token;
        if (Result<void> given = demandAccessToken(bare); !given)
            return tl::unexpected(given.error());
        expected.accessToken = Secret(bare);
    }
    return expected;
}

} // namespace claimcheck::cli
