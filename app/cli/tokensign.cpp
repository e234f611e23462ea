// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token sign: claims and a key in, a token out.

#include "command.h"

#include <algorithm>
#include <set>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <jose/policy.h>
#include <jose/sign.h>

#include "input.h"
#include "keyoptions.h"
#include "timeoption.h"
#include "tokenoutput.h"

namespace claimcheck::cli {

namespace {

tl::unexpected<Error> cannotSign(std::string why, std::string fix)
{
    return failure(ErrorKind::Usage, "cannot sign", std::move(why), std::move(fix));
}

/// The claims' own text, member order and numbers untouched.
Result<std::string> readClaims(const std::string& argument)
{
    Result<std::string> text = readArgument(argument, "claims");
    if (!text)
        return text;
    std::string claims(trimmed(*text));
    const Result<json::Document> document = json::parse(claims);
    if (!document) {
        Error cause = document.error();
        cause.what.clear(); // that it cannot be read is said already
        cause.fix.clear();
        return cannotSign("--claims is not JSON: " + describe(cause), "give a JSON object, @FILE or -");
    }
    if (!document->root().isObject())
        return cannotSign("--claims is JSON, but no object", "give claims like {\"sub\":\"demo\"}");
    return claims;
}

/// iat and exp put behind the last claim. `claims` is a JSON object without an exp.
std::string withTimes(const std::string& claims, const json::Value& object, Instant now, Seconds lifetime)
{
    const auto issued = std::chrono::floor<Seconds>(now).time_since_epoch();
    std::string members = object.size() == 0 ? "" : ",";
    if (!object.find("iat"))
        members += "\"iat\":" + std::to_string(issued.count()) + ",";
    members += "\"exp\":" + std::to_string((issued + lifetime).count());
    std::string timed = claims;
    timed.insert(timed.rfind('}'), members);
    return timed;
}

class TokenSign final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        app.add_option("--claims", m_claims, "The claims: a JSON object, @FILE, or - for standard input")
            ->type_name("JSON")
            ->required();
        app.add_option("--alg", m_algorithms,
                       "The algorithm, like HS256, RS256, PS256, ES256, Ed25519; several in the general form")
            ->type_name("A[,B]")
            ->delimiter(',')
            ->required();
        m_keys.addSources(app);
        app.add_option("--header", m_header, "Further header parameters: a JSON object, or @FILE")
            ->type_name("JSON");
        app.add_option("--expires-in", m_lifetime, "Set exp so long after now, and iat, like 90s, 15min, 1h")
            ->type_name("TIME");
        app.add_option("--kid", m_kid, "The key ID for the header; chooses the key of a set")->type_name("K");
        app.add_option("--serialization", m_form,
                       "compact, flattened or general; general signs with every key that fits")
            ->check(CLI::IsMember({"compact", "flattened", "general"}))
            ->type_name("FORM");
        app.add_flag("--detached", m_detached, "Leave the payload out: header..signature");
        app.add_flag("--allow-weak-keys", m_allowWeak, "Sign with a key that is too short");
        m_at.addTo(app, "Count --expires-in from this time, not from now");
    }

    Result<Exit> run(Console& console) override
    {
        const Result<Algorithms> algorithms = readAlgorithms();
        if (!algorithms)
            return tl::unexpected(algorithms.error());
        const Result<std::string> payload = makePayload();
        if (!payload)
            return tl::unexpected(payload.error());
        const Result<std::vector<jose::Key>> keys = readKeys(console);
        if (!keys)
            return tl::unexpected(keys.error());
        const Result<jose::SignOptions> options = makeOptions();
        if (!options)
            return tl::unexpected(options.error());
        const Result<Secret> token = sign(*algorithms, *keys, *payload, *options);
        if (!token)
            return tl::unexpected(token.error());
        warnOfSecret(console, keys->front(), *algorithms->front());
        warnOfCrit(console, *token);
        warnOfRepetition(console, *payload);
        warnOfSize(console, *token);
        printToken(console, *token);
        return Exit::Holds;
    }

private:
    using Algorithms = std::vector<const jose::Algorithm*>;

    bool isGeneral() const { return m_form == toText(jose::Serialization::General); }

    Result<Algorithms> readAlgorithms() const
    {
        Algorithms algorithms;
        for (const std::string& name : m_algorithms) {
            algorithms.push_back(jose::findAlgorithm(name));
            if (algorithms.back() == nullptr)
                return cannotSign(
                    "no signature algorithm is called '" + name + "'",
                    "names are case-sensitive: HS256, RS256, PS256, ES256, Ed25519 and their like");
        }
        if (algorithms.size() > 1 && !isGeneral())
            return cannotSign("several algorithms make several signatures, which the " + m_form +
                                  " form has not",
                              "add --serialization general, or name one algorithm");
        return algorithms;
    }

    Result<Secret> sign(const Algorithms& algorithms, const std::vector<jose::Key>& keys,
                        const std::string& payload, const jose::SignOptions& options) const
    {
        const std::vector<jose::Signer> signers = chooseSigners(algorithms, keys, options);
        if (signers.empty())
            return cannotSign("no private key of the set is for " + namesOf(algorithms) +
                                  (m_kid.empty() ? "" : " with that kid"),
                              "look at the set with key inspect");
        if (isGeneral())
            return jose::signTogether(signers, payload, options);
        return jose::sign(*algorithms.front(), *signers.front().key, payload, options);
    }

    /// jose-policy rule 6: a typed secret is used however short it is, and told of.
    void warnOfSecret(Console& console, const jose::Key& key, const jose::Algorithm& algorithm) const
    {
        const std::size_t size = key.secret.size();
        const bool isShort = key.source == jose::KeySource::TypedSecret && size < algorithm.minimumKeyBytes;
        if (isShort && !m_allowWeak)
            console.warn("the secret has " + std::to_string(size) + (size == 1 ? " byte; " : " bytes; ") +
                         std::string(algorithm.name) + " asks for " +
                         std::to_string(algorithm.minimumKeyBytes) +
                         " (RFC 7518 §3.2): it can be found by trying; --allow-weak-keys says that it may");
    }

    /// What was asked for is made, as a test may need it; that it verifies nowhere is said.
    static void warnOfCrit(Console& console, const Secret& token)
    {
        for (const jose::Jws& jws : jose::decodeAll(token.reveal())) {
            const std::string objection = jws.headerJson ? jose::objectionToCritical(jws) : std::string();
            if (!objection.empty())
                return console.warn("no verifier may accept this token: " + objection);
        }
    }

    /// RFC 7519 §4: names must be unique, and who reads them may take the last one or refuse.
    static void warnOfRepetition(Console& console, const std::string& claims)
    {
        const Result<json::Document> document = json::parse(claims);
        std::set<std::string> names;
        for (const json::Member& member : document->root().members())
            if (!names.insert(member.name).second)
                return console.warn("the claim '" + member.name +
                                    "' occurs more than once: readers take one of them, mostly the last, or "
                                    "refuse the token (RFC 7519 §4)");
    }

    static std::string namesOf(const Algorithms& algorithms)
    {
        std::string names;
        for (const jose::Algorithm* algorithm : algorithms)
            names += (names.empty() ? "" : " or ") + std::string(algorithm->name);
        return names;
    }

    Result<std::string> makePayload() const
    {
        Result<std::string> claims = readClaims(m_claims);
        if (!claims || m_lifetime.empty())
            return claims;
        const Result<Seconds> lifetime = readDuration(m_lifetime, "--expires-in");
        if (!lifetime)
            return tl::unexpected(lifetime.error());
        const Result<Instant> now = m_at.time();
        if (!now)
            return tl::unexpected(now.error());
        const Result<json::Document> document = json::parse(*claims);
        if (document->root().find("exp"))
            return cannotSign("the claims have an exp, and --expires-in would set another one",
                              "leave one of them out");
        return withTimes(*claims, document->root(), *now, *lifetime);
    }

    Result<jose::SignOptions> makeOptions() const
    {
        jose::SignOptions options;
        options.detached = m_detached;
        options.allowWeakKeys = m_allowWeak;
        if (m_form == toText(jose::Serialization::Flattened))
            options.form = jose::Serialization::Flattened;
        if (!m_kid.empty())
            options.kid = m_kid;
        if (m_header.empty())
            return options;
        const Result<std::string> header = readArgument(m_header, "header");
        if (!header)
            return tl::unexpected(header.error());
        options.header = std::string(trimmed(*header));
        return options;
    }

    Result<std::vector<jose::Key>> readKeys(Console& console) const
    {
        Result<std::vector<jose::Key>> keys = m_keys.keys(console);
        if (keys && keys->empty())
            return cannotSign("no key is given", "give --secret-env NAME, --secret-file FILE or --key FILE");
        return keys;
    }

    bool fits(const jose::Key& key, const jose::Algorithm& algorithm) const
    {
        return key.isPrivate && jose::objectionToKey(key, algorithm, {}).empty() &&
               (m_kid.empty() || key.kid == m_kid);
    }

    /// The only key; of a set the one with --kid, else the first that can sign with this algorithm; in the
    /// general form every key that can sign with one of them, each once.
    std::vector<jose::Signer> chooseSigners(const Algorithms& algorithms, const std::vector<jose::Key>& keys,
                                            const jose::SignOptions& options) const
    {
        std::vector<jose::Signer> signers;
        for (const jose::Key& key : keys) {
            const auto found = std::ranges::find_if(
                algorithms, [&](const jose::Algorithm* algorithm) { return fits(key, *algorithm); });
            const jose::Algorithm* algorithm = found == algorithms.end() ? nullptr : *found;
            if (keys.size() == 1 && algorithm == nullptr) // what speaks against it is said when it signs
                algorithm = algorithms.front();
            if (algorithm == nullptr)
                continue;
            signers.push_back({algorithm, &key, options.header, options.kid ? options.kid : key.kid});
            // A typed secret comes in every form that it can be read in: one key all the same.
            if (!isGeneral() || !key.isFromSet)
                break;
        }
        return signers;
    }

    KeyOptions m_keys;
    TimeOption m_at;
    std::string m_claims;
    std::vector<std::string> m_algorithms;
    std::string m_form = "compact";
    std::string m_header;
    std::string m_lifetime;
    std::string m_kid;
    bool m_detached = false;
    bool m_allowWeak = false;
};

} // namespace

std::unique_ptr<Command> makeTokenSign()
{
    return std::make_unique<TokenSign>();
}

} // namespace claimcheck::cli
