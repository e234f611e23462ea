// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `logout`: forgets a session that `login --keep` put into the keychain, and tells its server (RFC 7009).

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/command.h>

#include "connectionoptions.h"
#include "eventloop.h"
#include "revoking.h"
#include "sessionoptions.h"

namespace claimcheck::cli {

namespace {

class Logout final : public Command
{
public:
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    Result<bool> revoke(const run::KeptSession& kept, Console& console) const;

    SessionOptions m_session;
    ConnectionOptions m_connection;
    std::vector<std::string> m_allowedOrigins;
};

void Logout::addOptions(CLI::App& app)
{
    m_session.addTo(app);
    m_connection.addTo(app);
    app.add_option("--allow-origin", m_allowedOrigins,
                   "The server (https://host) may get the client's secret from the keychain and .env files")
        ->type_name("ORIGIN")
        ->allow_extra_args(false);
}

/// Whether there was somebody to tell. Of a login without a grant nobody is.
Result<bool> Logout::revoke(const run::KeptSession& kept, Console& console) const
{
    const auto origins = readOrigins(m_allowedOrigins);
    if (!origins)
        return tl::unexpected(origins.error());
    auto plan = m_session.read(console, m_connection, *origins);
    const auto goesOn = plan ? run::goOnWith(*plan, kept) : tl::unexpected(plan.error());
    if (!goesOn)
        return tl::unexpected(goesOn.error());
    return revokeTokens(plan->login, kept.kept.tokens);
}

Result<Exit> Logout::run(Console& console)
{
    if (auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    const auto name = m_session.chosenName();
    if (!name)
        return tl::unexpected(name.error());
    const EventLoop loop;
    const auto forgotten = forgetSession(*name, m_session.place());
    if (!forgotten)
        return tl::unexpected(forgotten.error());
    if (!*forgotten) {
        console.note("note: no session " + visible(*name) + " is kept in the keychain");
        return Exit::Holds;
    }
    const auto revoked = revoke(**forgotten, console);
    if (!revoked)
        console.warn("the server was not told, its tokens are good until they end: " +
                     describe(revoked.error()));
    if (!console.quiet())
        console.outLine(revoked && *revoked ? "The session is forgotten, and its server takes it no longer."
                                            : "The session is forgotten.");
    return Exit::Holds;
}

} // namespace

std::unique_ptr<Command> makeLogout()
{
    return std::make_unique<Logout>();
}

} // namespace claimcheck::cli
