// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hosts of which the user said that they may be tested: forged tokens are an attack anywhere else. It stands
// beside the settings.

#pragma once

#include <string>
#include <vector>

#include <base/result.h>
#include <base/time.h>

namespace claimcheck::store {

struct ConfirmedHost
{
    std::string host; ///< name or address without a port, in small letters
    Instant at{};     ///< when it was confirmed

    bool operator==(const ConfirmedHost&) const = default;
};

class ConfirmedHosts
{
public:
    bool has(const std::string& host) const;
    /// The first date stays.
    void add(const std::string& host, Instant at);
    /// False where it is none of them.
    bool forget(const std::string& host);
    const std::vector<ConfirmedHost>& all() const { return m_hosts; } ///< by name

    bool operator==(const ConfirmedHosts&) const = default;

private:
    std::vector<ConfirmedHost> m_hosts;
};

/// Of the folder of the settings; none where there is no file. An entry that cannot be read counts as none.
Result<ConfirmedHosts> loadConfirmedHosts(const std::string& directory);
Result<void> saveConfirmedHosts(const std::string& directory, const ConfirmedHosts& hosts);

} // namespace claimcheck::store
