// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `audit-hosts`: the hosts of which --yes was said once, and how they are forgotten.

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/command.h>
#include <json/write.h>
#include <store/confirmedhosts.h>
#include <store/settings.h>

namespace claimcheck::cli {

namespace {

class AuditHosts final : public Command
{
public:
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    Result<Exit> forget(store::ConfirmedHosts hosts, Console& console) const;
    static void show(const store::ConfirmedHosts& hosts, Console& console);

    std::vector<std::string> m_forgotten;
    bool m_isAll = false;
};

void AuditHosts::addOptions(CLI::App& app)
{
    auto* one = app.add_option("--forget", m_forgotten, "Ask for --yes again at this host; may be repeated")
                    ->type_name("HOST")
                    ->allow_extra_args(false);
    app.add_flag("--forget-all", m_isAll, "Ask for it again everywhere")->excludes(one);
}

void AuditHosts::show(const store::ConfirmedHosts& hosts, Console& console)
{
    if (console.json()) {
        json::Writer writer(json::Layout::Pretty);
        writer.beginArray();
        for (const store::ConfirmedHost& host : hosts.all()) {
            writer.beginObject().member("host").value(host.host);
            writer.member("confirmed").value(formatUtc(host.at)).endObject();
        }
        return console.outLine(writer.endArray().take());
    }
    for (const store::ConfirmedHost& host : hosts.all())
        console.outLine(formatUtc(host.at) + "  " + visible(host.host));
    if (hosts.all().empty())
        console.note("no host was confirmed with --yes");
}

Result<Exit> AuditHosts::forget(store::ConfirmedHosts hosts, Console& console) const
{
    if (m_isAll)
        hosts = {};
    for (const std::string& host : m_forgotten)
        if (!hosts.forget(host))
            return failure(ErrorKind::Usage, "cannot forget " + visible(host),
                           "it is none of the hosts that were confirmed", "audit-hosts shows them");
    if (const auto saved = store::saveConfirmedHosts(store::configDirectory(), hosts); !saved)
        return tl::unexpected(saved.error());
    if (!console.quiet())
        show(hosts, console);
    return Exit::Holds;
}

Result<Exit> AuditHosts::run(Console& console)
{
    auto hosts = store::loadConfirmedHosts(store::configDirectory());
    if (!hosts)
        return tl::unexpected(hosts.error());
    if (m_isAll || !m_forgotten.empty())
        return forget(*std::move(hosts), console);
    show(*hosts, console);
    return Exit::Holds;
}

} // namespace

std::unique_ptr<Command> makeAuditHosts()
{
    return std::make_unique<AuditHosts>();
}

} // namespace claimcheck::cli
