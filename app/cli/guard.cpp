// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli guard: verification middleware for a server, fitted to a good token and to where its key
// comes from. Nothing is fetched; a secret is named and never written out.

#include "command.h"

#include <cstdlib>

#include <CLI/CLI.hpp>

#include <audit/guard.h>
#include <base/loopback.h>
#include <base/text.h>
#include <json/write.h>

#include "keyoptions.h"
#include "timeoption.h"
#include "tokenargument.h"

namespace claimcheck::cli {

namespace {

class MakeGuard final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        std::string names = "What it is for:";
        std::vector<std::string> targets;
        for (const audit::GuardTarget& target : audit::guardTargets()) {
            targets.emplace_back(target.name);
            names +=
                (targets.size() > 1 ? ", " : " ") + targets.back() + " (" + std::string(target.title) + ")";
        }
        app.add_option("--for", m_target, names)
            ->type_name("TARGET")
            ->required()
            ->check(CLI::IsMember(targets));
        m_token.addTo(app);
        m_keys.addForServer(app);
        m_audienceOption =
            app.add_option("--aud", m_audience, "Which of the token's audiences this server is")
                ->type_name("TEXT");
        app.add_option("--leeway", m_leeway, "How far clocks may differ, 30 s without")->type_name("SECONDS");
    }

    Result<Exit> run(Console& console) override
    {
        const Result<audit::GuardRequest> request = readRequest(console);
        const Result<std::string> text = request ? m_token.read(console) : tl::unexpected(request.error());
        const auto guard =
            text ? audit::guardFor(jose::decode(*text), *request) : tl::unexpected(text.error());
        if (!guard)
            return tl::unexpected(guard.error());
        const audit::GuardTarget& target = *audit::findGuardTarget(m_target);
        const Result<std::string> code = audit::guardCode(target, *guard);
        if (!code)
            return tl::unexpected(code.error());
        for (const std::string& note : guard->notes)
            console.note("note: " + note);
        if (console.json())
            printJson(console, target, *guard, *code);
        else
            console.out(*code);
        return Exit::Holds;
    }

private:
    Result<audit::GuardRequest> readRequest(Console& console) const
    {
        const auto source = m_keys.givenSource();
        const Result<Seconds> leeway =
            source ? readDuration(m_leeway, "--leeway") : tl::unexpected(source.error());
        if (!leeway)
            return tl::unexpected(leeway.error());
        audit::GuardRequest request{
            .place = source->second, .allowedAlgorithms = m_keys.algorithms(), .leeway = *leeway};
        if (m_audienceOption->count() > 0)
            request.audience = m_audience;
        const std::string& option = source->first;
        const bool isSet = option != "--secret-env" || std::getenv(source->second.c_str()) != nullptr;
        if (option == "--jwks-url" || option == "--issuer") {
            request.kind = option == "--issuer" ? audit::GuardKey::Issuer : audit::GuardKey::JwksUrl;
            return checkUrl(option, request);
        }
        if (option != "--secret-env" && option != "--key")
            return failure(ErrorKind::Usage, option + " cannot be used", "a secret does not belong into code",
                           "put it into an environment variable of the server and give --secret-env NAME");
        request.kind = option == "--key" ? audit::GuardKey::PemFile : audit::GuardKey::SecretVariable;
        if (!isSet)
            return request;
        Result<inspect::KeyRing> ring = m_keys.keyRing(console);
        if (!ring)
            return tl::unexpected(ring.error());
        request.keys = std::move(ring->keys);
        return option == "--key" ? checkFile(request) : request;
    }

    /// Nothing is fetched here, so that nothing else looks at it. http is for this machine alone, and a
    /// password in front of the host would stand in the code.
    static Result<audit::GuardRequest> checkUrl(const std::string& option, audit::GuardRequest request)
    {
        const std::string_view url = request.place;
        const std::size_t start = url.starts_with("https://")  ? 8
                                  : url.starts_with("http://") ? 7
                                                               : url.size();
        const std::string_view authority = url.substr(start, url.find_first_of("/?#\\", start) - start);
        const std::size_t port = authority.rfind(':');
        const bool hasPort =
            port != std::string_view::npos && authority.find(']', port) == std::string_view::npos;
        const std::string_view host = authority.substr(0, hasPort ? port : std::string_view::npos);
        const bool isPlain = start == 7 && !isLoopbackHost(host);
        if (!host.empty() && !isPlain && authority.find('@') == std::string_view::npos)
            return request;
        return failure(
            ErrorKind::Usage, option + " cannot be used",
            "keys are to be trusted over https alone, or from this machine, and without a password",
            "give an address that begins with https://");
    }

    /// A guard reads one public key in the form that every library takes.
    static Result<audit::GuardRequest> checkFile(audit::GuardRequest request)
    {
        const bool isOne = request.keys.size() == 1;
        if (isOne && !request.keys.front().isPrivate && request.keys.front().format == "SPKI PEM")
            return request;
        const std::string what = "cannot use " + visible(request.place) + " in a guard";
        if (isOne && request.keys.front().type == jose::KeyType::Oct)
            return failure(ErrorKind::Usage, what,
                           "it holds a secret, which the server has from its environment",
                           "name the variable with --secret-env");
        return failure(ErrorKind::Usage, what,
                       isOne && request.keys.front().isPrivate
                           ? "a private key has no place on a server that verifies"
                           : "it is not one public key in PEM form (BEGIN PUBLIC KEY)",
                       "claimcheck-cli key public FILE --format pem --output public.pem makes one");
    }

    static void printJson(Console& console, const audit::GuardTarget& target, const audit::Guard& guard,
                          const std::string& code)
    {
        json::Writer writer(json::Layout::Pretty);
        const auto add = [&writer](const char* name, const std::optional<std::string>& text) {
            writer.member(name);
            if (text)
                writer.value(*text);
            else
                writer.null();
        };
        writer.beginObject();
        add("for", std::string(target.name));
        add("file", std::string(target.file));
        add("alg", std::string(guard.algorithm->name));
        add("iss", guard.issuer);
        add("aud", guard.audience);
        add("typ", guard.type);
        writer.member("leeway").value(static_cast<std::int64_t>(guard.leeway.count()));
        add("code", code);
        writer.member("notes").beginArray();
        for (const std::string& note : guard.notes)
            writer.value(note);
        console.outLine(writer.endArray().endObject().take());
    }

    TokenArgument m_token;
    KeyOptions m_keys;
    std::string m_target;
    std::string m_audience;
    std::string m_leeway = "30";
    const CLI::Option* m_audienceOption = nullptr;
};

} // namespace

std::unique_ptr<Command> makeGuard()
{
    return std::make_unique<MakeGuard>();
}

} // namespace claimcheck::cli
