// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token forge: the forged tokens of one attack, one a line, and nothing is sent. What they are
// good for, `audit` finds out.

#include "command.h"

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <jose/base64url.h>
#include <json/write.h>

#include "auditmaterial.h"
#include "tokenargument.h"

namespace claimcheck::cli {

namespace {

class TokenForge final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_token.addTo(app);
        m_material.addTo(app);
        m_material.addRoute(app);
        app.add_option("--attack", m_attack, "The attack, by its id or finding class")->type_name("ID");
        app.add_option("--listener", m_listener, "Where jku, x5u and iss point to")->type_name("URL");
        app.add_flag("--list", m_isList, "List the attacks");
    }

    bool reachesServers() const override { return m_material.reachesServers(); }

    Result<Exit> run(Console& console) override
    {
        if (m_isList)
            return list(console);
        if (m_attack.empty())
            return failure(ErrorKind::Usage, "wrong usage", "no attack is named",
                           "give --attack ID; --list shows them");
        const auto attacks = attacksOf({m_attack}, "--attack");
        const Result<std::string> text = attacks ? m_token.read(console) : tl::unexpected(attacks.error());
        Result<audit::Material> material =
            text ? m_material.read(*text, {}, console) : tl::unexpected(text.error());
        if (!material)
            return tl::unexpected(material.error());
        material->listener = m_listener;
        // Nothing is sent: what an audit needs leave for is the good token itself, and none of these.
        material->mayQuery = material->mayWait = material->mayEnd = true;
        return print(console, *attacks, *material);
    }

private:
    static Result<Exit> list(Console& console)
    {
        if (console.json())
            return listJson(console);
        for (const audit::Attack& attack : audit::attacks()) {
            std::string id(attack.id);
            id.resize(std::max<std::size_t>(22, id.size()), ' ');
            console.outLine(id + " " + std::string(attack.does));
        }
        return Exit::Holds;
    }

    static Result<Exit> listJson(Console& console)
    {
        json::Writer writer(json::Layout::Pretty);
        writer.beginArray();
        for (const audit::Attack& attack : audit::attacks()) {
            writer.beginObject().member("attack").value(attack.id).member("class").value(attack.findingClass);
            writer.member("title").value(attack.title).member("does").value(attack.does);
            writer.member("correct").value(attack.correct).member("means").value(attack.acceptance);
            writer.member("severity").value(toText(attack.severity));
            writer.member("cwe").value("CWE-" + std::to_string(attack.cwe));
            writer.member("owasp").value(attack.owasp).member("reference").value(attack.reference);
            writer.member("fix").value(audit::fixFor(attack.findingClass)).endObject();
        }
        console.outLine(writer.endArray().take());
        return Exit::Holds;
    }

    Result<Exit> print(Console& console, const std::vector<const audit::Attack*>& attacks,
                       const audit::Material& material) const
    {
        std::vector<audit::Forgery> made;
        audit::Obstacle why; // of the first: the name of a finding stands for several attacks
        for (const audit::Attack* attack : attacks) {
            if (why.kind == audit::ObstacleKind::None)
                why = audit::obstacle(*attack, material);
            for (audit::Forgery& forgery : audit::forge(*attack, material))
                if (!forgery.token.isEmpty() && forgery.token.reveal() != material.good.text)
                    made.push_back(std::move(forgery));
        }
        if (made.empty())
            return cannotForge(why);
        if (console.json())
            printJson(console, made);
        else
            for (const audit::Forgery& forgery : made) {
                console.note(forgery.attack + ", " + visible(forgery.variant) + ": " +
                             visible(forgery.recipe));
                console.outUntrusted(forgery.token.reveal());
                console.out("\n");
            }
        return Exit::Holds;
    }

    /// What is missing can be given; a token that an attack is not for needs another attack, or token.
    tl::unexpected<Error> cannotForge(const audit::Obstacle& obstacle) const
    {
        std::string fix = "name another attack, or give a token that this one is for";
        if (obstacle.kind == audit::ObstacleKind::None)
            fix = "claimcheck-cli audit sends the requests of this attack";
        else if (obstacle.kind == audit::ObstacleKind::Missing)
            fix = "give what it needs: --key, --signing-key, --listener, --second-token, --id-token";
        return failure(ErrorKind::Usage, "cannot forge for " + visible(m_attack),
                       obstacle.kind == audit::ObstacleKind::None ? "it sends no token of its own"
                                                                  : std::string(obstacle.why),
                       std::move(fix));
    }

    static void printJson(Console& console, const std::vector<audit::Forgery>& made)
    {
        json::Writer writer(json::Layout::Pretty);
        writer.beginArray();
        for (const audit::Forgery& forgery : made) {
            const std::string_view token = forgery.token.reveal();
            writer.beginObject()
                .member("attack")
                .value(forgery.attack)
                .member("variant")
                .value(forgery.variant);
            writer.member("recipe").value(forgery.recipe);
            writer.member("header").value(
                jose::decodeBase64UrlLeniently(token.substr(0, token.find('.'))).bytes);
            writer.member("token").value(token).endObject();
        }
        console.outLine(writer.endArray().take());
    }

    TokenArgument m_token;
    AuditMaterialOptions m_material;
    std::string m_attack;
    std::string m_listener;
    bool m_isList = false;
};

} // namespace

std::unique_ptr<Command> makeTokenForge()
{
    return std::make_unique<TokenForge>();
}

} // namespace claimcheck::cli
