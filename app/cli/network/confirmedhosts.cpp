// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "confirmedhosts.h"

#include <audit/target.h>
#include <base/text.h>
#include <base/time.h>
#include <store/confirmedhosts.h>
#include <store/settings.h>

namespace claimcheck::cli {

std::vector<std::string> hostsConfirmedBefore(Console& console)
{
    const auto hosts = store::loadConfirmedHosts(store::configDirectory());
    if (!hosts)
        console.warn("no host counts as confirmed before: " + describe(hosts.error()));
    std::vector<std::string> names;
    if (hosts)
        for (const store::ConfirmedHost& host : hosts->all())
            names.push_back(host.host);
    return names;
}

void rememberHosts(const std::vector<http::Request>& requests, Console& console)
{
    const auto before = store::loadConfirmedHosts(store::configDirectory());
    if (!before) // what stands in it may still be mended
        return console.warn("--yes is not remembered: " + describe(before.error()));
    store::ConfirmedHosts hosts = *before;
    std::string added;
    for (const http::Request& request : requests) {
        const std::string host = request.proxy.empty() ? audit::hostToConfirm(request) : std::string();
        if (host.empty() || hosts.has(host))
            continue;
        hosts.add(host, currentTime());
        added += (added.empty() ? "" : ", ") + visible(host);
    }
    if (hosts == *before)
        return;
    if (const auto saved = store::saveConfirmedHosts(store::configDirectory(), hosts); !saved)
        return console.warn("--yes is not remembered: " + describe(saved.error()));
    console.note("remembered: " + added + " may be tested (audit-hosts --forget takes it back)");
}

} // namespace claimcheck::cli
