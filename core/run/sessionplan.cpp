// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/sessionplan.h>

#include <algorithm>

#include <base/text.h>
#include <run/sessionrequest.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/identities.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t largestKeyFile = 1024u * 1024u;

tl::unexpected<Error> cannotSignIn(const collection::Identity& identity, std::string why, std::string fix)
{
    return failure(ErrorKind::Usage, "the identity " + visible(identity.name) + " cannot be used",
                   std::move(why), std::move(fix));
}

/// Fills in the texts of a login one after the other; the first that cannot be filled in is kept.
class Filler
{
public:
    Filler(const Values& values, std::string place) : m_values(values), m_place(std::move(place)) {}

    std::string operator()(const std::string& text)
    {
        auto value = m_values.resolve(text, m_place);
        if (value)
            return *std::move(value);
        if (!m_problem)
            m_problem = value.error();
        return {};
    }
    const std::optional<Error>& problem() const { return m_problem; }

private:
    const Values& m_values;
    std::string m_place;
    std::optional<Error> m_problem;
};

auth::Login credentialLogin(const collection::CredentialLogin& written, Filler& fill)
{
    auth::Login login;
    login.url = fill(written.url);
    login.method = fill(written.method);
    login.form = written.isForm ? auth::LoginForm::UrlEncoded : auth::LoginForm::Json;
    login.userField = fill(written.userField);
    login.passwordField = fill(written.passwordField);
    login.user = fill(written.user);
    login.password = Secret::adopting(fill(written.password));
    login.tokenPath = fill(written.tokenAt);
    for (const auto& [name, value] : written.fields)
        login.extraFields.push_back({fill(name), fill(value)});
    for (const auto& [name, value] : written.headers)
        login.headers.push_back({fill(name), fill(value)});
    return login;
}

Result<std::shared_ptr<const jose::Key>> keyIn(const collection::Collection& collection,
                                               const std::string& file, const Secret& passphrase)
{
    const auto inside = store::pathInside(collection.directory, file);
    if (!inside)
        return tl::unexpected(inside.error());
    auto text = store::readFile(inside->string(), largestKeyFile);
    if (!text)
        return tl::unexpected(text.error());
    const auto keys = jose::readKeys(*text, {.passphrase = passphrase});
    wipe(*text);
    if (!keys)
        return tl::unexpected(keys.error());
    for (const jose::Key& key : *keys)
        if (key.isPrivate)
            return std::make_shared<const jose::Key>(key);
    return failure(ErrorKind::Usage, "cannot use the key file " + visible(file),
                   "there is no private key in it", "give the client's private key");
}

Result<void> chooseClientAuthentication(auth::OAuthClient& client, const std::string& word,
                                        const collection::Identity& identity)
{
    using enum auth::ClientAuthentication;
    const auto method = auth::clientAuthenticationFrom(word);
    if (!word.empty() && !method)
        return cannotSignIn(identity, "there is no clientAuth " + visible(word),
                            "use basic, post, secret-jwt, private-key-jwt or none");
    client.authentication = method                     ? *method
                            : client.key               ? PrivateKeyJwt
                            : !client.secret.isEmpty() ? Basic
                                                       : None;
    return {};
}

Result<auth::OAuthLogin> grantLogin(const collection::Identity& identity,
                                    const collection::Collection& collection, Filler& fill)
{
    const collection::GrantLogin& written = *identity.grant;
    auth::OAuthLogin login;
    const std::string grant = fill(written.grant);
    const auto known = auth::grantFrom(grant);
    if (!known)
        return cannotSignIn(
            identity, "there is no grant " + visible(grant),
            "use client-credentials, authorization-code, device-code, password or refresh-token");
    login.grant = *known;
    login.server.issuer = fill(written.issuer);
    login.server.tokenEndpoint = fill(written.tokenUrl);
    login.server.authorizationEndpoint = fill(written.authorizationUrl);
    login.server.deviceAuthorizationEndpoint = fill(written.deviceUrl);
    login.server.introspectionEndpoint = fill(written.introspectionUrl);
    login.server.userinfoEndpoint = fill(written.userinfoUrl);
    login.server.revocationEndpoint = fill(written.revocationUrl);
    login.client.id = fill(written.clientId);
    login.client.secret = Secret::adopting(fill(written.clientSecret));
    login.client.assertionAudience = fill(written.assertionAudience);
    login.scope = fill(written.scope);
    login.user = fill(written.user);
    login.password = Secret::adopting(fill(written.password));
    login.refreshToken = Secret::adopting(fill(written.refreshToken));
    for (const auto& [name, value] : written.parameters)
        login.parameters.push_back({fill(name), fill(value)});
    const std::string file = fill(written.clientKeyFile);
    const Secret passphrase = Secret::adopting(fill(written.clientKeyPassphrase));
    if (fill.problem())
        return tl::unexpected(*fill.problem());
    if (!file.empty()) {
        auto key = keyIn(collection, file, passphrase);
        if (!key)
            return tl::unexpected(key.error());
        login.client.key = *std::move(key);
    }
    if (written.usesDpop) {
        auto key = jose::generateKeyFor("ES256");
        if (!key)
            return tl::unexpected(key.error());
        login.proofKey = std::make_shared<const jose::Key>(*std::move(key));
    }
    if (const auto chosen =
            chooseClientAuthentication(login.client, fill(written.clientAuthentication), identity);
        !chosen)
        return tl::unexpected(chosen.error());
    return login;
}

Result<auth::AnyLogin> loginOf(const collection::Identity& identity, const collection::Collection& collection,
                               Filler& fill, const http::Request& connection)
{
    if (identity.credentials) {
        auth::Login login = credentialLogin(*identity.credentials, fill);
        login.tls = connection.tls;
        login.proxy = connection.proxy;
        return login;
    }
    auto login = grantLogin(identity, collection, fill);
    if (!login)
        return tl::unexpected(login.error());
    login->tls = connection.tls;
    login->proxy = connection.proxy;
    return *std::move(login);
}

/// What the collection's files say of a sign-in: the plan, and the servers that they send it to. What an
/// issuer's metadata name beside those is the issuer's word.
struct Filled
{
    SessionPlan plan;
    std::vector<std::string> servers; ///< as destinationOf() writes them
};

std::vector<std::string> addressesOf(const auth::AnyLogin& login)
{
    if (const auto* credentials = std::get_if<auth::Login>(&login))
        return {credentials->url};
    const keys::ServerMetadata& server = std::get<auth::OAuthLogin>(login).server;
    std::vector<std::string> addresses{server.issuer,
                                       server.tokenEndpoint,
                                       server.authorizationEndpoint,
                                       server.deviceAuthorizationEndpoint,
                                       server.introspectionEndpoint,
                                       server.userinfoEndpoint,
                                       server.revocationEndpoint};
    std::erase(addresses, std::string());
    return addresses;
}

/// No server can be named for it, nor be asked about.
tl::unexpected<Error> signsInNowhere(const collection::Identity& identity)
{
    return cannotSignIn(identity, "the address that it signs in at is no http or https URL",
                        "write it as https://host/path");
}

Result<std::vector<std::string>> serversOf(const collection::Identity& identity, const auth::AnyLogin& login)
{
    std::vector<std::string> origins;
    for (const std::string& url : addressesOf(login)) {
        const std::string origin = http::originOf(url);
        if (origin.empty())
            return signsInNowhere(identity);
        if (std::ranges::find(origins, origin) == origins.end())
            origins.push_back(origin);
    }
    return origins;
}

Result<void> fillOrigins(SessionPlan& plan, const collection::Identity& identity, Filler& fill)
{
    for (const std::string& written : identity.origins) {
        const std::string origin = http::originOf(fill(written));
        if (origin.empty() && !fill.problem())
            return cannotSignIn(identity, "one of its origins is no http or https origin",
                                "write it as https://host or https://host:port");
        plan.origins.push_back(origin);
    }
    if (fill.problem())
        return tl::unexpected(*fill.problem());
    return {};
}

Result<Filled> filledIn(const collection::Identity& identity, const collection::Collection& collection,
                        const Values& values, const http::Request& connection)
{
    Filler fill(values, "identity " + visible(identity.name));
    auto login = loginOf(identity, collection, fill, connection);
    Filled filled;
    if (const auto origins = fillOrigins(filled.plan, identity, fill); !origins)
        return tl::unexpected(origins.error());
    if (!login)
        return tl::unexpected(login.error());
    auto servers = serversOf(identity, *login);
    if (!servers)
        return tl::unexpected(servers.error());
    filled.servers = *std::move(servers);
    if (std::holds_alternative<auth::Login>(*login))
        filled.plan.origins.push_back(filled.servers.front());
    filled.plan.login = *std::move(login);
    return filled;
}

Result<Filled> filledInByTexts(const collection::Identity& identity, const SharedCollection& collection,
                               const Values& values, const SessionBounds& bounds)
{
    auto filled = filledIn(identity, *collection, values, bounds.connection);
    if (!filled || bounds.guard.secrets.empty())
        return filled;
    const auto isFilledIn = [&](const Values& marked) {
        return filledIn(identity, *collection, marked, bounds.connection).has_value();
    };
    filled->plan.secrets = takenAlong(bounds.guard.secrets, isFilledIn, values);
    return filled;
}

Result<Filled> filledInByRequest(const collection::Identity& identity, const SharedCollection& collection,
                                 const ValuesFor& valuesFor, const SessionBounds& bounds)
{
    auto signIn = requestSignIn(identity, collection, valuesFor, bounds);
    if (!signIn)
        return tl::unexpected(signIn.error());
    if (signIn->origin.empty())
        return signsInNowhere(identity);
    const Values values = valuesFor({});
    Filler fill(values, "identity " + visible(identity.name));
    Filled filled;
    if (const auto origins = fillOrigins(filled.plan, identity, fill); !origins)
        return tl::unexpected(origins.error());
    filled.plan.origins.push_back(signIn->origin);
    filled.plan.secrets = std::move(signIn->secrets);
    filled.plan.login = std::move(signIn->login);
    filled.servers = {signIn->destination};
    return filled;
}

Result<void> checkServers(const Filled& filled, const Guard& guard)
{
    for (const std::string& server : filled.servers) {
        const auto held = heldBack(filled.plan.secrets, guard, server);
        if (held.empty())
            continue;
        return failure(ErrorKind::Refused, "the identity " + visible(filled.plan.name) + " was not signed in",
                       "its login takes " + visible(namesOf(held)) + " to " + visible(server) +
                           ", where that was not sent before",
                       isPlainOrigin(server)
                           ? "if it belongs there, allow it with --allow-origin " + visible(server)
                           : "mend the connection in .claimcheck/connections.yaml or opencollection.yml");
    }
    return {};
}

Result<void> checkWay(const SessionPlan& plan, const http::Request& request, const http::Request& own)
{
    const std::string destination = destinationOf(request, own);
    if (destination == http::originOf(request.url))
        return {};
    return failure(ErrorKind::Refused, "the token of the session " + visible(plan.name) + " was not sent",
                   "the collection sends the request to " + visible(destination) +
                       ", so that somebody else may get it",
                   "change that in .claimcheck/connections.yaml or opencollection.yml, or send without it");
}

} // namespace

Result<SessionPlan> planSession(const collection::Identity& identity, const SharedCollection& collection,
                                const ValuesFor& valuesFor, const SessionBounds& bounds)
{
    auto filled = identity.request ? filledInByRequest(identity, collection, valuesFor, bounds)
                                   : filledInByTexts(identity, collection, valuesFor({}), bounds);
    if (!filled)
        return tl::unexpected(filled.error());
    filled->plan.name = identity.name;
    filled->plan.lasts = identity.lasts;
    if (const auto allowed = checkServers(*filled, bounds.guard); !allowed)
        return tl::unexpected(allowed.error());
    if (identity.request)
        if (const auto added = addRenewal(filled->plan, identity, collection, valuesFor, bounds); !added)
            return tl::unexpected(added.error());
    return std::move(filled->plan);
}

Result<SessionPlan> planWithoutPassword(const collection::Identity& identity,
                                        const SharedCollection& collection, const ValuesFor& valuesFor,
                                        const SessionBounds& bounds)
{
    collection::Identity without = identity;
    if (without.credentials)
        without.credentials->password.clear();
    auto plan = planSession(without, collection, valuesFor, bounds);
    if (!plan || !identity.credentials)
        return plan;
    const auto password =
        valuesFor({}).resolve(identity.credentials->password, "identity " + visible(identity.name));
    if (password)
        return planSession(identity, collection, valuesFor, bounds);
    plan->lacks = password.error();
    plan->origins = {http::originOf(std::get<auth::Login>(plan->login).url)};
    return plan;
}

Result<collection::Identity> findIdentity(const std::vector<collection::Identity>& identities,
                                          const std::string& name)
{
    const auto found = std::ranges::find(identities, name, &collection::Identity::name);
    if (found != identities.end())
        return *found;
    std::string names;
    for (const collection::Identity& identity : identities)
        names += (names.empty() ? "" : ", ") + visible(identity.name);
    if (name.empty() && !names.empty())
        return failure(ErrorKind::Usage, "cannot choose an identity",
                       std::string(store::sessionsFile) + " has several, and none is named",
                       "name one with --session: " + names);
    return failure(ErrorKind::Usage,
                   name.empty() ? std::string("cannot choose an identity")
                                : "cannot use the identity " + visible(name),
                   std::string(store::sessionsFile) + (name.empty() ? " has none" : " has none of this name"),
                   names.empty() ? "add it there under sessions" : "use one of: " + names);
}

Result<void> checkSessionOrigin(const SessionPlan& plan, const std::vector<std::string>& allowedOrigins,
                                const std::string& url)
{
    const std::string origin = http::originOf(url);
    const auto holds = [&origin](const std::vector<std::string>& list) {
        return std::ranges::find(list, origin) != list.end();
    };
    if (!origin.empty() && (holds(plan.origins) || holds(allowedOrigins)))
        return {};
    std::string owners;
    for (const std::string& owner : plan.origins)
        owners += (owners.empty() ? "" : ", ") + visible(owner);
    return failure(ErrorKind::Refused, "the session's token was not sent to " + visible(origin),
                   "the session " + visible(plan.name) + " belongs to " +
                       (owners.empty() ? "no origin yet" : owners),
                   plan.kept ? "sign in and keep it anew where its origins have changed, or allow it with "
                               "--allow-origin"
                             : "name the origin under `origins` of the identity, or allow it with "
                               "--allow-origin");
}

Result<void> checkSession(const SessionPlan& plan, const http::Request& request, const SessionBounds& bounds)
{
    if (const auto origin = checkSessionOrigin(plan, bounds.allowedOrigins, request.url); !origin)
        return origin;
    if (const auto way = checkWay(plan, request, bounds.connection); !way)
        return way;
    const std::string destination = http::originOf(request.url);
    const auto held = heldBack(plan.secrets, bounds.guard, destination);
    if (held.empty())
        return {};
    return failure(ErrorKind::Refused, "the session's token was not sent to " + visible(destination),
                   "the identity " + visible(plan.name) + " signs in with " + visible(namesOf(held)) +
                       ", which was not sent there before",
                   "if its token belongs there, allow it with --allow-origin " + visible(destination));
}

} // namespace claimcheck::run
