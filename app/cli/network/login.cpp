// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `login`: signs in with user name and password, finds the token in the answer, inspects and verifies it.

#include <CLI/CLI.hpp>
#include <QtCore/qtimer.h>

#include <cli/command.h>
#include <cli/keyoptions.h>
#include <workbench/workbench.h>

#include "connectionoptions.h"
#include "eventloop.h"
#include "loginoutput.h"
#include "passwordoptions.h"

namespace claimcheck::cli {

namespace {

class Login final : public Command
{
public:
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    Result<auth::Login> login();
    Result<void> addFields(auth::Login& login) const;
    void print(const workbench::LoginResult& result, Console& console) const;

    auth::Login m_login;
    std::vector<std::string> m_fields;
    bool m_form = false;
    std::string m_print;
    PasswordOptions m_password;
    ConnectionOptions m_connection;
    KeyOptions m_key;
};

void Login::addOptions(CLI::App& app)
{
    app.add_option("--url", m_login.url, "Where the credentials go")->required()->type_name("URL");
    app.add_option("--method", m_login.method, "Default: POST")->type_name("METHOD");
    app.add_option("--user", m_login.user, "User name")->required()->type_name("NAME");
    m_password.addTo(app);
    app.add_option("--field-user", m_login.userField, "Field of the user name, default: username")
        ->type_name("NAME");
    app.add_option("--field-password", m_login.passwordField, "Field of the password, default: password")
        ->type_name("NAME");
    app.add_option("--field", m_fields, "A further field K=V; may be repeated")
        ->type_name("FIELD")
        ->allow_extra_args(false);
    app.add_flag("--form", m_form, "Send a URL-encoded form instead of JSON");
    m_connection.addTo(app);
    app.add_option("--token-at", m_login.tokenPath,
                   "Where the token is: data.token, header:NAME or cookie:NAME; default: found by itself")
        ->type_name("PATH");
    app.add_option("--print", m_print, "Print the token alone")
        ->check(CLI::IsMember({"token"}))
        ->type_name("WHAT");
    m_key.addTo(app);
}

Result<void> Login::addFields(auth::Login& login) const
{
    for (const std::string& text : m_fields) {
        const auto field = splitPair(text, "--field");
        if (!field)
            return tl::unexpected(field.error());
        login.extraFields.push_back({field->name, field->value});
    }
    return {};
}

Result<auth::Login> Login::login()
{
    auth::Login login = m_login;
    login.form = m_form ? auth::LoginForm::UrlEncoded : auth::LoginForm::Json;
    login.headers = m_connection.headers();
    login.tls = m_connection.tls();
    login.proxy = m_connection.proxy();
    login.totalTimeout = m_connection.totalTimeout();
    if (auto added = addFields(login); !added)
        return tl::unexpected(added.error());
    // What cannot be sent is said before the password is asked for.
    if (const auto request = auth::loginRequest(login); !request)
        return tl::unexpected(request.error());
    auto password = m_password.read(login.user);
    if (!password)
        return tl::unexpected(password.error());
    login.password = *std::move(password);
    return login;
}

void Login::print(const workbench::LoginResult& result, Console& console) const
{
    if (m_print == "token") {
        console.outUntrusted(result.token->found.text);
        console.out("\n");
    } else if (console.json()) {
        console.outLine(loginJson(result, currentTime()));
    } else {
        printLogin(console, result, currentTime());
    }
}

Error doesNotVerify(const inspect::Inspection& inspection)
{
    std::string why(toText(inspection.verdict));
    if (!inspection.reason.empty())
        why += ": " + inspection.reason;
    return {ErrorKind::Refused, "the token does not verify", why, "leave --print out to see every check"};
}

Result<Exit> Login::run(Console& console)
{
    if (auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    m_key.setRoute({.caFile = m_connection.tls().caFile,
                    .proxy = m_connection.proxy(),
                    .isVerified = m_connection.tls().verify,
                    .timeout = m_connection.totalTimeout()});
    auto ring = m_key.keyRing(console);
    if (!ring)
        return tl::unexpected(ring.error());
    const auto ready = login();
    if (!ready)
        return tl::unexpected(ready.error());
    EventLoop loop;
    workbench::Workbench workbench;
    workbench.setKeyRing(*std::move(ring));
    workbench::LoginResult result;
    QObject::connect(&workbench, &workbench::Workbench::loginFinished,
                     [&](const workbench::LoginResult& finished) {
                         result = finished;
                         EventLoop::quit();
                     });
    QTimer::singleShot(0, &workbench, [&] { workbench.login(*ready); });
    if (const auto ended = loop.exec(workbench); !ended)
        return tl::unexpected(ended.error());
    if (result.error)
        return tl::unexpected(*result.error);
    print(result, console);
    const bool isJudged = m_key.isGiven();
    const inspect::Inspection& inspection = result.token->inspection;
    const bool holds = !isJudged || inspection.verdict == inspect::Verdict::Verified;
    if (!holds && m_print == "token") // which leaves no place for the verdict
        console.fail(doesNotVerify(inspection));
    return holds ? Exit::Holds : Exit::DoesNotHold;
}

} // namespace

std::unique_ptr<Command> makeLogin()
{
    return std::make_unique<Login>();
}

} // namespace claimcheck::cli
