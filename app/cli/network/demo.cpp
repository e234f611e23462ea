// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `demo`: runs the embedded demo API until interrupted (main() ends the process with 130 on SIGINT).

#include <CLI/CLI.hpp>

#include <cli/command.h>
#include <demo/demoapi.h>
#include <json/write.h>

#include "eventloop.h"

namespace claimcheck::cli {

namespace {

class Demo final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        app.add_option("--port", m_port,
                       "Listen on this port of 127.0.0.1 (default: one that the system picks)")
            ->type_name("N")
            ->check(CLI::Range(0, 65535));
    }

    Result<Exit> run(Console& console) override
    {
        EventLoop loop;
        demo::DemoServer server;
        auto port = server.start(static_cast<std::uint16_t>(m_port));
        if (!port) {
            port.error().kind =
                ErrorKind::Usage; // of this command's own --port, not of a server that is away
            return tl::unexpected(port.error());
        }
        const auto announce = [&console, url = server.url()] {
            console.out(console.json() ? document(url) : console.quiet() ? url + "\n" : text(url));
            console.finish();
        };
        return static_cast<Exit>(loop.exec(announce));
    }

private:
    static std::string document(const std::string& url)
    {
        json::Writer writer;
        writer.beginObject().member("url").value(url).member("user").value(demo::demoUser);
        writer.member("password")
            .value(demo::demoPassword)
            .member("secret")
            .value(demo::demoSecret)
            .endObject();
        return writer.take() + "\n";
    }

    static std::string text(const std::string& url)
    {
        const std::string user(demo::demoUser);
        const std::string password(demo::demoPassword);
        const std::string secret(demo::demoSecret);
        return "Demo API at " + url + "\n\n  user      " + user + "\n  password  " + password +
               "\n  secret    " + secret +
               "\n\nWith curl:\n  curl -s -H 'Content-Type: application/json' -d '{\"username\":\"" + user +
               "\",\"password\":\"" + password + "\"}' " + url +
               "/login\n  curl -s -H \"Authorization: TOKEN\" " + url +
               "/protected\n\nWith claimcheck-cli:\n  printf " + password + " | claimcheck-cli login --url " +
               url + "/login --user " + user + " --password-stdin --secret " + secret +
               "\n  claimcheck-cli send GET " + url +
               "/protected --raw-token TOKEN\n\nA careless twin, which forged tokens open, to learn the "
               "audit on:\n  printf " +
               password + " | claimcheck-cli login --url " + url + "/careless/login --user " + user +
               " --password-stdin --print token > token\n  claimcheck-cli audit --url " + url +
               "/careless/protected --raw --token @token --rate 0\n\nCtrl+C stops it.\n";
    }

    int m_port = 0;
};

} // namespace

std::unique_ptr<Command> makeDemo()
{
    return std::make_unique<Demo>();
}

} // namespace claimcheck::cli
