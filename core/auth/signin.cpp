// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "signin.h"

#include "dpop.h"
#include "random.h"
#include "tokenrequest.h"

#include <base/text.h>
#include <http/date.h>
#include <jose/jws.h>
#include <keys/discovery.h>

#include <utility>

namespace claimcheck::auth {
namespace {

void fillIn(std::string& place, const std::string& found)
{
    if (place.empty())
        place = found;
}

std::string subjectOf(const Secret& idToken)
{
    const jose::Jws token = jose::decode(idToken.reveal());
    const auto sub = token.payloadJson ? token.payloadJson->root().find("sub") : std::nullopt;
    return sub ? sub->string() : std::string();
}

/// `granted` is the scope that the answer names, or the one that was asked for.
std::string noteOfNoIdToken(const OAuthLogin& login, const std::string& granted)
{
    const std::string note = "the scope openid was asked for, and the server gave no ID token: ";
    if (login.grant == Grant::ClientCredentials)
        return note + "with client credentials nobody signs in whom it could name";
    if (!isOpenId(granted))
        return note + "the scope that it granted is without openid; look into the client's settings there";
    return note + "OpenID Connect Core §3.1.3.3 demands one, and without it nobody knows who signed in";
}

} // namespace

void fillIn(keys::ServerMetadata& named, const keys::ServerMetadata& found)
{
    fillIn(named.authorizationEndpoint, found.authorizationEndpoint);
    fillIn(named.tokenEndpoint, found.tokenEndpoint);
    fillIn(named.deviceAuthorizationEndpoint, found.deviceAuthorizationEndpoint);
    fillIn(named.introspectionEndpoint, found.introspectionEndpoint);
    fillIn(named.revocationEndpoint, found.revocationEndpoint);
    fillIn(named.userinfoEndpoint, found.userinfoEndpoint);
    fillIn(named.jwksUri, found.jwksUri);
    named.namesIssuerInRedirect = found.namesIssuerInRedirect;
    named.codeChallengeMethods = found.codeChallengeMethods;
    named.foundAt = found.foundAt;
}

SignIn::SignIn(http::Client& client, keys::KeyCache& keys) : m_client(client), m_keys(keys)
{
    m_pause.setSingleShot(true);
    QObject::connect(&m_pause, &QTimer::timeout, &m_life, [this] { poll(); });
}

SignIn::~SignIn() = default;

void SignIn::begin(Handlers handlers)
{
    m_handlers = std::move(handlers);
    m_isRunning = true;
    m_result = {};
    m_renewed.reset();
    m_attempt.reset();
    m_polling.reset();
}

void SignIn::start(const AnyLogin& login, Handlers handlers)
{
    begin(std::move(handlers));
    if (const auto* credentials = std::get_if<Login>(&login))
        return startCredentials(*credentials);
    if (const auto* request = std::get_if<RequestLogin>(&login))
        return startRequest(*request);
    m_login = std::get<OAuthLogin>(login);
    discover();
}

void SignIn::refresh(const OAuthLogin& login, const LiveTokens& tokens, Handlers handlers)
{
    begin(std::move(handlers));
    m_login = login;
    m_renewed = tokens;
    discover();
}

void SignIn::refresh(const RequestLogin& login, const LiveTokens& tokens, Handlers handlers)
{
    begin(std::move(handlers));
    m_renewed = tokens;
    startRequest(login);
}

void SignIn::cancel()
{
    if (!m_isRunning)
        return;
    m_call.cancel();
    m_pause.stop();
    m_listener.reset();
    fail({ErrorKind::Cancelled, "the sign-in was cancelled", "it was stopped before it ended", "",
          std::nullopt});
}

void SignIn::observe(const http::Exchange& exchange) const
{
    if (m_isRunning && m_handlers.observed)
        m_handlers.observed(exchange);
}

void SignIn::end(Result<SignedIn> result)
{
    if (!std::exchange(m_isRunning, false))
        return;
    // Queued: who is told may end this object, and it is still at work.
    QMetaObject::invokeMethod(
        &m_life, [done = m_handlers.done, result = std::move(result)]() mutable { done(std::move(result)); },
        Qt::QueuedConnection);
}

void SignIn::discover()
{
    const bool isKnown = m_login.server.issuer.empty() || !m_login.server.jwksUri.empty();
    if (isKnown)
        return startGrant();
    keys::Source source;
    source.issuer = m_login.server.issuer;
    source.tls = m_login.tls;
    source.proxy = m_login.proxy;
    if (m_login.totalTimeout.count() > 0)
        source.timeout = m_login.totalTimeout;
    keys::fetchMetadata(
        m_client, source, &m_life,
        [this](const Result<keys::MetadataDocument>& document) { takeMetadata(document); },
        [this](const http::Exchange& exchange) { observe(exchange); });
}

void SignIn::takeMetadata(const Result<keys::MetadataDocument>& document)
{
    if (!m_isRunning)
        return;
    const auto found =
        document ? keys::readMetadata(*document, m_login.server.issuer) : tl::unexpected(document.error());
    if (!found)
        return fail(found.error());
    fillIn(m_login.server, *found);
    // Before somebody signs in for a code that cannot be handed in.
    if (const auto usable = checkTokenEndpoint(m_login); !usable)
        return fail(usable.error());
    startGrant();
}

void SignIn::startGrant()
{
    if (m_renewed)
        return send(
            [this](const Moment& moment) { return refreshRequest(m_login, m_renewed->refreshToken, moment); },
            &SignIn::takeTokens);
    if (m_login.grant == Grant::AuthorizationCode)
        return startCode();
    if (m_login.grant == Grant::DeviceCode)
        return startDevice();
    send([this](const Moment& moment) { return tokenRequest(m_login, moment); }, &SignIn::takeTokens);
}

/// With the nonce that the server gave last (RFC 9449 §8.2), once more with the one that it asks for (§8),
/// and not more often than that.
void SignIn::send(Build build, Next next)
{
    const auto sendNow = [this](const Build& makeRequest, const std::string& nonce, auto then) {
        auto request = makeRequest({m_handlers.clock(), randomText(16), nonce});
        if (!request)
            return fail(request.error());
        m_call = m_client.send(*std::move(request), &m_life, [this, then](http::Exchange exchange) mutable {
            m_handlers.nonces->take(exchange);
            observe(exchange);
            then(std::move(exchange));
        });
    };
    const auto finish = [this, next](http::Exchange exchange) {
        if (m_isRunning)
            (this->*next)(std::move(exchange));
    };
    const std::string latest = m_handlers.nonces->of(m_login.server.tokenEndpoint);
    sendNow(build, latest, [this, build, latest, sendNow, finish](http::Exchange exchange) {
        const auto nonce =
            exchange.response && m_login.proofKey ? wantedNonce(*exchange.response) : std::nullopt;
        if (!nonce || *nonce == latest || !m_isRunning)
            return finish(std::move(exchange));
        sendNow(build, *nonce, finish);
    });
}

void SignIn::takeTokens(http::Exchange exchange)
{
    if (exchange.error)
        return fail(*exchange.error);
    auto answer = readTokenAnswer(m_login, *exchange.response, secretsIn(exchange.request));
    if (!answer)
        return fail(answer.error());
    finishTokens(*std::move(answer), std::move(exchange));
}

void SignIn::finishTokens(TokenAnswer answer, http::Exchange exchange)
{
    m_result.tokens = {std::move(answer.accessToken), std::move(answer.refreshToken),
                       std::move(answer.idToken), "", answer.isBound};
    if (m_result.tokens.refreshToken.isEmpty()) // RFC 6749 §6: then the old one stays
        m_result.tokens.refreshToken = m_renewed ? m_renewed->refreshToken : m_login.refreshToken;
    m_result.place = "body .access_token";
    m_result.type = std::move(answer.type);
    m_result.scope = answer.scope.empty() ? m_login.scope : std::move(answer.scope);
    m_result.expiresIn = answer.expiresIn;
    m_result.notes = std::move(answer.notes);
    takeExpiry(*exchange.response, answer.expiresIn);
    const Secrets secrets = secretsOf(m_login, secretsIn(exchange.request));
    m_result.exchange = cleaned(std::move(exchange), secrets);
    m_result.login = m_login;
    const Secret& refreshToken = m_result.tokens.refreshToken;
    const bool isRotated = m_renewed && refreshToken != m_renewed->refreshToken;
    if (isRotated && m_handlers.rotated && !m_result.tokens.idToken.isEmpty())
        m_handlers.rotated(refreshToken);
    checkIdentity();
}

/// How long the token is good, and what its times have that is odd.
void SignIn::takeExpiry(const http::Response& response, std::optional<Seconds> expiresIn)
{
    m_result.expiry = expiryOf(m_result.tokens.accessToken, {.expiresIn = expiresIn,
                                                             .usersWord = m_handlers.usersWord,
                                                             .serverDate = http::serverDate(response.headers),
                                                             .receivedAt = m_handlers.clock()});
    m_result.notes.insert(m_result.notes.end(), m_result.expiry.notes.begin(), m_result.expiry.notes.end());
}

void SignIn::checkIdentity()
{
    if (m_result.tokens.idToken.isEmpty()) {
        if (m_renewed)
            m_result.tokens.subject = m_renewed->subject;
        // A renewal need not bring another one (§12.2); a first refresh token is not known to have had one.
        const bool isWanted = m_login.isOpenId() && m_login.grant != Grant::RefreshToken;
        if (isWanted && m_result.tokens.subject.empty())
            m_result.notes.push_back(noteOfNoIdToken(m_login, m_result.scope));
        return end(std::move(m_result));
    }
    const jose::Jws token = jose::decode(m_result.tokens.idToken.reveal());
    if (token.alg().value_or("").starts_with("HS")) // OpenID Connect Core §3.1.3.7 step 8
        return judgeIdentity({jose::secretKey(m_login.client.secret)});
    if (m_login.server.jwksUri.empty())
        return judgeIdentity({});
    keys::Source source;
    source.jwksUrl = m_login.server.jwksUri;
    source.tls = m_login.tls;
    source.proxy = m_login.proxy;
    m_keys.find(source, token.kid(), m_handlers.clock(), &m_life, [this](Result<keys::KeySet> set) {
        if (!m_isRunning)
            return;
        if (!set)
            return fail(set.error());
        judgeIdentity(std::move(set->keys));
    });
}

void SignIn::judgeIdentity(std::vector<jose::Key> keys)
{
    IdTokenExpectations expected;
    expected.issuer = m_login.server.issuer;
    expected.clientId = m_login.client.id;
    expected.accessToken = m_result.tokens.accessToken;
    expected.keys = std::move(keys);
    if (m_attempt)
        expected.nonce = m_attempt->nonce;
    if (m_renewed && !m_renewed->subject.empty())
        expected.subject = m_renewed->subject;
    const Instant now = m_handlers.clock() + m_result.expiry.skew;
    m_result.idTokenChecks = checkIdToken(m_result.tokens.idToken, expected, now);
    if (const auto trusted = resultOf(m_result.idTokenChecks); !trusted)
        return fail(trusted.error());
    m_result.tokens.subject = subjectOf(m_result.tokens.idToken);
    end(std::move(m_result));
}

} // namespace claimcheck::auth
