// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `audit` does at the very end, when it is asked to: logs out, waits until a token has expired.

#pragma once

#include <string>

#include <audit/lastaudit.h>
#include <cli/console.h>

#include "audittargets.h"
#include "clientoptions.h"

namespace claimcheck::cli {

class AuditLastOptions
{
public:
    /// Behind the options of the targets, some of which it excludes.
    void addTo(CLI::App& app);
    /// `targets` must outlive what is read.
    Result<audit::LastTrials> read(const AuditTargetOptions& targets, const AuditTargets& read,
                                   Console& console) const;

private:
    using Ending = std::function<Result<http::Request>(const Secret& token)>;
    Result<Ending> revocation(const AuditTargetOptions& targets, const AuditTargets& read) const;
    Result<Ending> ending(const AuditTargetOptions& targets, const AuditTargets& read) const;

    bool m_waits = false;
    std::string m_longestWait;
    std::string m_leeway;
    std::string m_logout;
    std::string m_revocationUrl;
    ClientOptions m_client;
};

} // namespace claimcheck::cli
