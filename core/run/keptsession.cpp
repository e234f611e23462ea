// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/keptsession.h>

#include <algorithm>
#include <memory>
#include <utility>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <base/text.h>
#include <json/document.h>
#include <json/write.h>
#include <store/identities.h>

namespace claimcheck::run {
namespace {

constexpr int keptVersion = 1;
constexpr Milliseconds longestRead{10'000}; ///< all who want a token wait for it

tl::unexpected<Error> unreadable(const char* why)
{
    return failure(ErrorKind::Malformed, "the kept session cannot be used", why,
                   "sign in and keep it anew: login --keep");
}

std::string textOf(const json::Value& object, std::string_view name)
{
    const auto found = object.find(name);
    return found ? found->string() : std::string();
}

Secret secretOf(const json::Value& object, std::string_view name)
{
    return Secret::adopting(textOf(object, name));
}

std::int64_t millisecondsOf(Instant time)
{
    return time.time_since_epoch().count();
}

/// Within times that can be counted with.
std::optional<Milliseconds> millisecondsIn(const json::Value& object, std::string_view name)
{
    constexpr std::int64_t year9999 = 253'402'300'799'000;
    const auto found = object.find(name);
    const auto count = found ? found->integer() : std::nullopt;
    return count && *count > -year9999 && *count < year9999 ? std::optional(Milliseconds(*count))
                                                            : std::nullopt;
}

void writeMark(json::Writer& writer, const auth::Login& login)
{
    writer.value("login").value(login.method).value(login.url).value(login.user);
}

void writeMark(json::Writer& writer, const auth::OAuthLogin& login)
{
    const keys::ServerMetadata& server = login.server;
    writer.value("oauth2").value(static_cast<int>(login.grant));
    for (const std::string* text :
         {&server.issuer, &server.tokenEndpoint, &server.authorizationEndpoint,
          &server.deviceAuthorizationEndpoint, &login.client.id, &login.scope, &login.user})
        writer.value(*text);
    writer.value(login.proofKey != nullptr);
    // Named by few, and then the token goes there, too.
    const std::pair<std::string_view, const std::string*> named[] = {
        {"introspection", &server.introspectionEndpoint},
        {"userinfo", &server.userinfoEndpoint},
        {"revocation", &server.revocationEndpoint}};
    for (const auto& [what, url] : named)
        if (!url->empty())
            writer.value(what).value(*url);
}

void writeMark(json::Writer& writer, const auth::RequestLogin& login)
{
    writer.value("request").value(login.mark);
}

} // namespace

keychain::Entry entryOfSession(const std::string& directory, const std::string& environment,
                               const std::string& name)
{
    keychain::Entry entry = keychain::entryOf(directory, environment, name);
    entry.collection += "/" + std::string(store::sessionsFile); // which is no folder of a collection
    return entry;
}

std::string loginMark(const SessionPlan& plan)
{
    json::Writer writer;
    writer.beginArray();
    std::visit([&writer](const auto& login) { writeMark(writer, login); }, plan.login);
    return writer.endArray().take();
}

Result<Secret> writeKept(const SessionPlan& plan, const auth::KeptTokens& kept)
{
    const auth::LiveTokens& tokens = kept.tokens;
    json::Writer writer;
    writer.reserve(tokens.accessToken.size() + tokens.refreshToken.size() + tokens.idToken.size() + 8192);
    writer.beginObject().member("version").value(keptVersion);
    writer.member("access_token").value(tokens.accessToken.reveal());
    writer.member("refresh_token").value(tokens.refreshToken.reveal());
    writer.member("id_token").value(tokens.idToken.reveal());
    writer.member("subject").value(tokens.subject);
    writer.member("ends");
    if (kept.ends)
        writer.value(millisecondsOf(*kept.ends));
    else
        writer.null();
    if (kept.came)
        writer.member("came")
            .value(millisecondsOf(*kept.came))
            .member("skew")
            .value(std::int64_t{kept.skew.count()});
    writer.member("login").value(loginMark(plan));
    writer.member("origins").beginArray();
    for (const std::string& origin : plan.origins)
        writer.value(origin);
    writer.endArray();
    const auto* const login = std::get_if<auth::OAuthLogin>(&plan.login);
    if (tokens.isBound && login != nullptr && login->proofKey) {
        const auto key = jose::privateJwk(*login->proofKey);
        if (!key)
            return tl::unexpected(key.error());
        writer.member("proof_key").value(key->reveal());
    }
    return Secret::adopting(writer.endObject().take());
}

Result<KeptSession> readKept(const Secret& text)
{
    const auto document = json::parse(text.reveal());
    if (!document || !document->root().isObject())
        return unreadable("the keychain's value is no session");
    const json::Value root = document->root();
    const auto version = root.find("version");
    if (!version || version->integer() != keptVersion)
        return unreadable("another version of this program kept it");
    KeptSession session;
    auth::LiveTokens& tokens = session.kept.tokens;
    tokens.accessToken = secretOf(root, "access_token");
    tokens.refreshToken = secretOf(root, "refresh_token");
    tokens.idToken = secretOf(root, "id_token");
    tokens.subject = textOf(root, "subject");
    session.proofKey = secretOf(root, "proof_key");
    tokens.isBound = !session.proofKey.isEmpty();
    session.login = textOf(root, "login");
    if (const auto ends = millisecondsIn(root, "ends"))
        session.kept.ends = Instant(*ends);
    if (const auto came = millisecondsIn(root, "came"))
        session.kept.came = Instant(*came);
    session.kept.skew = millisecondsIn(root, "skew").value_or(Milliseconds(0));
    if (const auto origins = root.find("origins"))
        for (const json::Value& origin : origins->items())
            session.origins.push_back(origin.string());
    if (tokens.accessToken.isEmpty())
        return unreadable("there is no token in it");
    return session;
}

Error keptNotRead(const std::string& name, const Error& cause, const std::string& then)
{
    Error error{cause.kind, "the kept session " + visible(name) + " cannot be read from the keychain",
                cause.why, cause.fix, std::nullopt};
    // What the keychain says of secrets that are typed meanwhile is none of a session's.
    error.fix.resize(std::min(error.fix.size(), error.fix.find("; until then ")));
    error.fix += (error.fix.empty() ? "" : "; ") + then;
    return error;
}

Result<void> goOnWith(SessionPlan& plan, const KeptSession& session)
{
    if (session.login != loginMark(plan))
        return failure(ErrorKind::Refused, "the kept session " + visible(plan.name) + " is not used",
                       "it was made by another login than .claimcheck/sessions.yaml describes now",
                       "sign in and keep it anew, if that change is yours: login --keep");
    if (!session.proofKey.isEmpty()) {
        const auto keys = jose::readKeys(session.proofKey.reveal());
        auto* const login = std::get_if<auth::OAuthLogin>(&plan.login);
        if (!keys || keys->size() != 1 || login == nullptr)
            return unreadable("the key that its tokens are bound to cannot be read");
        login->proofKey = std::make_shared<const jose::Key>(keys->front());
    }
    std::erase_if(plan.origins, [&session](const std::string& origin) {
        return std::ranges::find(session.origins, origin) == session.origins.end();
    });
    plan.kept = session.kept;
    if (plan.lacks) { // in place of a sign-in with an empty password
        auth::RequestLogin none;
        none.build = [why = *plan.lacks]() -> Result<http::Request> { return tl::unexpected(why); };
        plan.login = std::move(none);
    }
    return {};
}

std::optional<auth::KeptTokens> tokensFor(const SessionPlan& plan, const Secret& text)
{
    const auto session = readKept(text);
    if (!session || session->login != loginMark(plan))
        return std::nullopt;
    if (!session->kept.tokens.isBound)
        return session->kept;
    const auto* const login = std::get_if<auth::OAuthLogin>(&plan.login);
    if (login == nullptr || !login->proofKey)
        return std::nullopt;
    const auto key = jose::privateJwk(*login->proofKey);
    return key && *key == session->proofKey ? std::optional(session->kept) : std::nullopt;
}

void findLatest(keychain::Keychain& keychain, const keychain::Entry& entry, const SessionPlan& plan,
                QObject* context, auth::TokenStore::Found found)
{
    auto* const wait = new QObject(context); // whichever comes first takes it away
    const auto isOver = std::make_shared<bool>(false);
    const auto end = [wait, isOver, found = std::move(found)](const std::optional<auth::KeptTokens>& kept) {
        if (std::exchange(*isOver, true))
            return;
        wait->deleteLater();
        found(kept);
    };
    QTimer::singleShot(longestRead, wait, [end] { end(std::nullopt); });
    keychain.read(entry, wait, [end, plan](const Result<std::optional<Secret>>& text) {
        end(text && *text ? tokensFor(plan, **text) : std::nullopt);
    });
}

} // namespace claimcheck::run
