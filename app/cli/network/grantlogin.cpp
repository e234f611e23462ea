// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grantlogin.h"

#include <base/text.h>
#include <json/document.h>
#include <json/write.h>
#include <qr/halfblocks.h>

#include "eventloop.h"
#include "interrupt.h"
#include "loginoutput.h"
#include "terminalcolumns.h"

namespace claimcheck::cli {

/// The link for a telephone's camera, where it fits; the same stands there in words.
static void printQrCode(const auth::DeviceCode& device, Console& console)
{
    if (!console.errIsTerminal() || console.quiet() || console.json())
        return;
    const auto code = qr::matrixOf(device.completeUri.empty() ? device.verificationUri : device.completeUri);
    const auto columns = code ? static_cast<std::size_t>(code->width + 2 * qr::quietZone) : 0;
    if (!code || columns > terminalColumns())
        return;
    for (const std::string& line : qr::halfBlocks(*code))
        console.picture(line);
}

void printPrompt(const auth::Prompt& prompt, Console& console)
{
    if (prompt.device) {
        console.prompt("Open " + prompt.device->verificationUri + " on any device and type the code");
        console.prompt("  " + prompt.device->userCode);
        if (!prompt.device->completeUri.empty())
            console.prompt("or open " + prompt.device->completeUri);
        printQrCode(*prompt.device, console);
        console.prompt("Waiting for at most " +
                       formatDuration(static_cast<double>(Milliseconds(prompt.device->lifetime).count())) +
                       " …");
        return;
    }
    console.prompt("Open this link in a browser on this machine to sign in:");
    console.prompt("  " + prompt.link);
    console.prompt("Waiting for the answer at " + prompt.redirectUri + " …");
}

std::function<void(const auth::Prompt&)> prompterFor(const run::SessionPlan& plan, Console& console)
{
    std::string places;
    for (const std::string& origin : plan.origins)
        places += (places.empty() ? "" : ", ") + visible(origin);
    return [&console, places](const auth::Prompt& prompt) {
        printPrompt(prompt, console);
        console.prompt("The token may go to " + (places.empty() ? std::string("no origin yet") : places));
    };
}

Result<auth::SignedIn> signIn(const auth::AnyLogin& login, auth::SignIn::Handlers handlers, Console& console)
{
    http::Client client;
    keys::KeyCache keys(client);
    auth::SignIn flow(client, keys);
    Result<auth::SignedIn> result =
        failure(ErrorKind::Cancelled, "the sign-in was cancelled", "it was stopped before it ended");
    handlers.prompted = [&console](const auth::Prompt& prompt) { printPrompt(prompt, console); };
    handlers.done = [&result](Result<auth::SignedIn> ended) {
        result = std::move(ended);
        EventLoop::quit();
    };
    const Interrupt interrupt([&flow] { flow.cancel(); });
    flow.start(login, std::move(handlers));
    QCoreApplication::exec();
    return result;
}

static workbench::LoginResult asLoginResult(const auth::SignedIn& signedIn,
                                            const workbench::FoundInspection& token)
{
    workbench::LoginResult result;
    result.exchange = signedIn.exchange;
    result.token = token;
    return result;
}

static void printFact(Console& console, std::string name, const std::string& value)
{
    name.resize(9, ' ');
    console.outLine(console.paint(Style::Bold, name) + value);
}

void printSignedIn(Console& console, const auth::SignedIn& signedIn, const workbench::FoundInspection& token,
                   Instant now)
{
    printLogin(console, asLoginResult(signedIn, token), now);
    if (signedIn.expiresIn)
        printFact(console, "Lasts",
                  formatDuration(static_cast<double>(Milliseconds(*signedIn.expiresIn).count())) +
                      " (expires_in)");
    if (!signedIn.scope.empty())
        printFact(console, "Scope", console.untrusted(signedIn.scope));
    if (signedIn.tokens.isBound)
        printFact(console, "Bound", "to the key of the DPoP proof");
    if (!signedIn.tokens.refreshToken.isEmpty())
        printFact(console, "Refresh", "a refresh token came with it (--print refresh-token)");
    for (const inspect::Check& check : signedIn.idTokenChecks)
        printFact(console, "ID token",
                  check.name + ": " + std::string(toText(check.result)) +
                      (check.why.empty() ? "" : ", " + check.why));
    for (const std::string& note : signedIn.notes)
        console.note("note: " + note);
}

static void writeIdToken(json::Writer& writer, const auth::SignedIn& signedIn)
{
    const std::string_view token = signedIn.tokens.idToken.reveal();
    const jose::Jws jws = jose::decode(token);
    writer.member("id_token").beginObject().member("token").value(token);
    writer.member("claims");
    if (jws.payloadJson)
        writer.raw(jws.payloadJson->root().text());
    else
        writer.null();
    writer.member("checks").beginArray();
    for (const inspect::Check& check : signedIn.idTokenChecks)
        writer.beginObject()
            .member("name")
            .value(check.name)
            .member("result")
            .value(toText(check.result))
            .member("why")
            .value(check.why)
            .endObject();
    writer.endArray().endObject();
}

std::string signedInJson(const auth::SignedIn& signedIn, const workbench::FoundInspection& token, Instant now)
{
    json::Writer writer;
    writer.beginObject();
    const auto login = json::parse(loginJson(asLoginResult(signedIn, token), now));
    if (login)
        for (const json::Member& member : login->root().members())
            writer.member(member.name).raw(member.value.text());
    writer.member("token_type").value(signedIn.type).member("scope").value(signedIn.scope);
    writer.member("expires_in");
    if (signedIn.expiresIn)
        writer.value(std::int64_t{signedIn.expiresIn->count()});
    else
        writer.null();
    writer.member("bound").value(signedIn.tokens.isBound);
    if (!signedIn.tokens.refreshToken.isEmpty())
        writer.member("refresh_token").value(signedIn.tokens.refreshToken.reveal());
    if (!signedIn.tokens.idToken.isEmpty())
        writeIdToken(writer, signedIn);
    writer.member("notes").beginArray();
    for (const std::string& note : signedIn.notes)
        writer.value(note);
    const auto document = json::parse(writer.endArray().endObject().take());
    return document ? json::format(document->root(), json::Layout::Pretty) : std::string();
}

} // namespace claimcheck::cli
