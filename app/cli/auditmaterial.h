// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What forged tokens are made of, from the options that `token forge` and `audit` share: KEY is what
// everybody may know, --signing-key is the developer's own.

#pragma once

#include <string>
#include <vector>

#include <audit/forgery.h>

#include "keyoptions.h"

namespace claimcheck::cli {

class AuditMaterialOptions
{
public:
    void addTo(CLI::App& app);
    /// How the keys' server is reached: options of their own, or those of the command.
    void addRoute(CLI::App& app) { m_keys.addRoute(app); }
    void setRoute(KeyRoute route) { m_keys.setRoute(std::move(route)); }
    bool reachesServers() const { return m_keys.isRemote(); }
    /// For a plan, for which no server is asked. `isTokenKnown`: the token is not one that stands for
    /// another.
    void planOnly(bool isTokenKnown)
    {
        m_isPlan = true;
        m_isTokenKnown = isTokenKnown;
    }
    /// Refused for a token that is no signed one in compact form. `words`: further secrets to look for.
    Result<audit::Material> read(const std::string& token, const std::vector<std::string>& words,
                                 Console& console) const;

private:
    Result<void> readPublicKeys(audit::Material& material, Console& console) const;
    Result<void> readSigningKey(audit::Material& material) const;
    Result<void> readTokens(audit::Material& material, Console& console) const;
    Result<void> readPublicFiles(audit::Material& material) const;

    KeyOptions m_keys;
    std::string m_signingKey;
    std::string m_secondToken;
    std::string m_idToken;
    std::string m_openRedirect;
    std::vector<std::string> m_publicFiles;
    std::size_t m_secrets = audit::usualSecrets;
    bool m_mayRaise = false;
    bool m_isPlan = false;
    bool m_isTokenKnown = true;
};

/// The attacks that a list of ids or finding classes names; Usage for a word that is neither.
Result<std::vector<const audit::Attack*>> attacksOf(const std::vector<std::string>& words,
                                                    std::string_view option);

} // namespace claimcheck::cli
