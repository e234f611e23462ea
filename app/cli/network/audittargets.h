// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `audit` tests: one URL with a token, or requests of a collection that carry one.

#pragma once

#include <string>
#include <vector>

#include <audit/target.h>
#include <cli/console.h>

#include "connectionoptions.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

class AuditTargetOptions
{
public:
    void addTo(CLI::App& app);
    /// Never empty. Notes which requests of a collection are left out, and why.
    Result<std::vector<audit::Target>> read(Console& console);
    const ConnectionOptions& connection() const { return m_connection; }
    bool mayWrite() const { return m_mayWrite; }

private:
    Result<std::string> token(Console& console) const;
    Result<std::vector<audit::Target>> fromUrl(const std::string& token) const;
    Result<std::vector<audit::Target>> fromCollection(const std::string& token, Console& console) const;
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
    std::vector<std::string> m_overrides;
    std::vector<std::string> m_routes;
    ConnectionOptions m_connection;
};

} // namespace claimcheck::cli
