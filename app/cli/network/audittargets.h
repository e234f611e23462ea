// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `audit` tests: one URL with a token, or requests of a collection that carry one.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include <audit/target.h>
#include <cli/console.h>

#include "auditsession.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

struct AuditTargets
{
    std::vector<audit::Target> targets; ///< never empty
    AuditTokens tokens = {};            ///< of --session and --second-session, and other secrets
    std::shared_ptr<const AuditSession> session = {}; ///< of --session; null without
};

class AuditTargetOptions
{
public:
    void addTo(CLI::App& app);
    /// Notes which requests of a collection are left out, and why. Signs in where there is a --session; needs
    /// the event loop's application around it. For a plan nobody signs in: a token of nobody is in their
    /// place.
    Result<AuditTargets> read(Console& console, bool isPlan);
    /// A request file of the collection with this token in it: where its files put it, else as the good one.
    Result<http::Request> requestWith(const std::string& path, const std::string& token,
                                      const AuditSession* session) const;
    const ConnectionOptions& connection() const { return m_connection; }
    bool mayWrite() const { return m_mayWrite; }
    std::string folder() const; ///< audit::Report::folder

private:
    void addSessionTo(CLI::App& app);
    Result<std::string> token(Console& console) const;
    Result<AuditTargets> fromUrl(const std::string& token) const;
    Result<AuditTargets> fromCollection(const std::string& token, Console& console) const;
    Result<AuditTargets> fromSession(Console& console, bool isPlan) const;
    Result<AuditSelection> selection() const;
    Result<std::vector<audit::Target>> choose(std::vector<NamedRequest> requests, const std::string& token,
                                              std::vector<std::string>& notes) const;
    Result<audit::Target> withToken(http::Request request, const std::string& name,
                                    const std::string& token) const;
    Result<void> place(http::Request& request, const std::string& token) const;

    std::string m_path;
    std::string m_url;
    std::string m_method = "GET";
    std::string m_token;
    std::string m_tokenEnv;
    std::string m_tokenPlace;
    bool m_isRaw = false;
    bool m_mayWrite = false;
    std::string m_environment;
    ValueOptions m_values;
    std::vector<std::string> m_routes;
    AuditIdentities m_identities;
    std::vector<std::string> m_allowedOrigins;
    bool m_noKeychain = false;
    ConnectionOptions m_connection;
};

} // namespace claimcheck::cli
