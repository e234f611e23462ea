// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/confirmedhosts.h>

#include <algorithm>

#include <base/text.h>
#include <store/jsonfile.h>

namespace claimcheck::store {

static constexpr const char* hostsFile = "confirmed-hosts.json";

bool ConfirmedHosts::has(const std::string& host) const
{
    return std::ranges::find(m_hosts, toLowerAscii(host), &ConfirmedHost::host) != m_hosts.end();
}

void ConfirmedHosts::add(const std::string& host, Instant at)
{
    if (host.empty() || has(host))
        return;
    m_hosts.push_back({toLowerAscii(host), at});
    std::ranges::sort(m_hosts, {}, &ConfirmedHost::host);
}

bool ConfirmedHosts::forget(const std::string& host)
{
    return std::erase_if(m_hosts, [name = toLowerAscii(host)](const ConfirmedHost& each) {
               return each.host == name;
           }) > 0;
}

Result<ConfirmedHosts> loadConfirmedHosts(const std::string& directory)
{
    const auto document = loadJsonFile(directory, hostsFile);
    if (!document)
        return tl::unexpected(document.error());
    ConfirmedHosts hosts;
    if (!*document)
        return hosts;
    for (const json::Value& item : itemsIn((*document)->root(), "hosts"))
        if (const auto at = parseInstant(textIn(item, "confirmed")))
            hosts.add(textIn(item, "host"), *at);
    return hosts;
}

Result<void> saveConfirmedHosts(const std::string& directory, const ConfirmedHosts& hosts)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("hosts").beginArray();
    for (const ConfirmedHost& host : hosts.all()) {
        writer.beginObject().member("host").value(host.host);
        writer.member("confirmed").value(formatUtc(host.at)).endObject();
    }
    writer.endArray().endObject();
    return saveJsonFile(directory, hostsFile, writer);
}

} // namespace claimcheck::store
