// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionkeeper.h"

#include <utility>

namespace claimcheck::auth {
namespace {

/// Whether trying again later may help.
SessionLife::Failure kindOf(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Usage:
    case ErrorKind::Unreadable:
    case ErrorKind::Refused:
    case ErrorKind::Cancelled:
    case ErrorKind::Internal:
        return SessionLife::Failure::Final;
    default:
        return SessionLife::Failure::Passing;
    }
}

} // namespace

SessionKeeper::SessionKeeper(http::Client& client, keys::KeyCache& keys, Options options)
    : m_client(client), m_keys(keys), m_options(std::move(options)), m_life(m_options.policy)
{
    m_steady.start();
    m_untilValid.setSingleShot(true);
    m_untilValid.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_untilValid, &QTimer::timeout, &m_queue, [this] {
        if (const auto early = std::exchange(m_early, std::nullopt))
            use(early->tokens, early->expiry, early->came);
    });
    if (!m_options.kept)
        return;
    m_current = *m_options.kept;
    m_keptRefreshToken = m_current.tokens.refreshToken;
    Expiry expiry;
    expiry.rest = restOfKept(m_current, m_options.clock(), renewsAlone());
    // Of one that is over its refresh token is used.
    if (!m_current.tokens.accessToken.isEmpty() && !expiry.isOver())
        m_life.renewed(expiry, now());
}

SessionKeeper::~SessionKeeper() = default;

Clocks SessionKeeper::now() const
{
    return {m_options.clock(), Milliseconds(m_steady.elapsed())};
}

const jose::Key* SessionKeeper::proofKey() const
{
    const auto* login = std::get_if<OAuthLogin>(&m_options.login);
    return login != nullptr && m_current.tokens.isBound ? login->proofKey.get() : nullptr;
}

Ticket SessionKeeper::keep(QObject* context, Done done)
{
    m_waiting.emplace(++m_lastTicket, Waiting{context, std::move(done)});
    return m_lastTicket;
}

void SessionKeeper::want(QObject* context, Done done)
{
    const Ticket ticket = keep(context, std::move(done));
    apply(m_life.want(ticket, now()));
}

void SessionKeeper::refused(std::uint64_t generation, QObject* context, Done done)
{
    const Ticket ticket = keep(context, std::move(done));
    apply(m_life.refused(ticket, generation, now()));
}

void SessionKeeper::answered(const TokenUse& use, const http::Exchange& exchange)
{
    if (!use.keepsNonce())
        m_nonces->take(exchange, use.sentNonce());
    if (exchange.response && exchange.response->status != 401)
        accepted(use.generation());
}

void SessionKeeper::renewNow(QObject* context, Done done)
{
    const Ticket ticket = keep(context, std::move(done));
    apply(m_life.renewNow(ticket));
}

std::optional<SessionKeeper::Held> SessionKeeper::held() const
{
    return generation() == 0 ? std::nullopt : std::optional(Held{m_current.tokens, generation()});
}

bool SessionKeeper::renewsAlone() const
{
    const auto* const login = std::get_if<OAuthLogin>(&m_options.login);
    if (login == nullptr || isUnattended(login->grant))
        return true;
    return !m_current.tokens.refreshToken.isEmpty() && !isRefused();
}

void SessionKeeper::apply(const Effects& effects)
{
    if (effects.renew)
        renew();
    // Queued, whether it has to wait or not: who is told may ask again or end this object, and whoever asks
    // is not called before want() has returned.
    const auto tell = [this](Ticket ticket, const Result<Held>& result) {
        auto waiting = m_waiting.extract(ticket);
        if (waiting.empty())
            return;
        QMetaObject::invokeMethod(
            &m_queue,
            [who = std::move(waiting.mapped()), result] {
                if (who.context)
                    who.done(result);
            },
            Qt::QueuedConnection);
    };
    const Held held{m_current.tokens, m_life.generation()};
    for (const Ticket ticket : effects.go)
        tell(ticket, held);
    for (const auto& [ticket, error] : effects.stop)
        tell(ticket, tl::unexpected(error));
}

SignIn::Handlers SessionKeeper::handlers(bool isRefresh)
{
    m_isRefresh = isRefresh;
    SignIn::Handlers handlers;
    handlers.prompted = m_options.prompted;
    handlers.clock = m_options.clock;
    handlers.usersWord = m_options.usersWord;
    handlers.observed = m_options.observed;
    handlers.nonces = m_tokenNonces;
    handlers.rotated = [this](const Secret& refreshToken) { takeRotated(refreshToken); };
    handlers.done = [this, isRefresh](Result<SignedIn> result) { takeRenewal(std::move(result), isRefresh); };
    return handlers;
}

void SessionKeeper::renew()
{
    m_untilValid.stop();
    m_early.reset(); // another takes its place
    m_isWithdrawn = false;
    const auto* const request = std::get_if<RequestLogin>(&m_options.login);
    const bool isByRequest = request != nullptr && request->renew && !m_current.tokens.accessToken.isEmpty();
    const bool isByToken =
        std::holds_alternative<OAuthLogin>(m_options.login) && !m_current.tokens.refreshToken.isEmpty();
    if (!isByRequest && !isByToken)
        return signInAnew();
    // A store that failed is behind the tokens at hand.
    const bool isShared = m_options.store != nullptr && !m_keptRefreshToken.isEmpty() && !m_storeProblem;
    if (!isShared)
        return refresh();
    m_isRefresh = true;
    m_asking = std::make_unique<QObject>();
    m_options.store->latest(m_asking.get(),
                            [this](const std::optional<KeptTokens>& latest) { takeLatest(latest); });
}

/// Of tokens that another program has renewed, the refresh token at hand is used up.
void SessionKeeper::takeLatest(const std::optional<KeptTokens>& latest)
{
    m_asking.release()->deleteLater(); // it is what calls
    const bool isAnothers = latest && !latest->tokens.refreshToken.isEmpty() &&
                            !(latest->tokens.refreshToken == m_keptRefreshToken);
    if (!isAnothers)
        return refresh();
    m_keptRefreshToken = latest->tokens.refreshToken;
    const Clocks came = now();
    Expiry expiry;
    expiry.rest = restOfKept(*latest, came.wall, true);
    if (!expiry.isOver())
        return use(*latest, expiry, came);
    m_current.tokens.refreshToken = latest->tokens.refreshToken;
    refresh();
}

void SessionKeeper::refresh()
{
    m_signIn = std::make_unique<SignIn>(m_client, m_keys);
    if (const auto* request = std::get_if<RequestLogin>(&m_options.login))
        return m_signIn->refresh(*request, m_current.tokens, handlers(true));
    m_signIn->refresh(std::get<OAuthLogin>(m_options.login), m_current.tokens, handlers(true));
}

void SessionKeeper::endRenewal()
{
    if (m_options.store != nullptr)
        m_options.store->endRenewal();
}

/// Not behind a person's back: a window that opens by itself in the middle of a run is none that anybody
/// reads.
void SessionKeeper::signInAnew()
{
    endRenewal(); // a person may take minutes
    const auto* const login = std::get_if<OAuthLogin>(&m_options.login);
    const bool needsPerson =
        login != nullptr && !isUnattended(login->grant) && login->grant != Grant::RefreshToken;
    if (needsPerson && (m_life.generation() > 0 || !m_options.prompted)) {
        const Error error{ErrorKind::Refused, "a person has to sign in again",
                          "the server gave no refresh token, or does not take it any more",
                          "sign in anew; many servers want the scope offline_access for a refresh token",
                          std::nullopt};
        return takeRenewal(tl::unexpected(error), false);
    }
    m_signIn = std::make_unique<SignIn>(m_client, m_keys);
    m_signIn->start(m_options.login, handlers(false));
}

/// Whether a renewal that failed with this error is followed by a sign-in: the server was reached and said
/// no, and nobody is needed for it.
bool SessionKeeper::canSignInAfter(const Error& error) const
{
    if (error.kind == ErrorKind::Cancelled)
        return false;
    const bool isFinal = kindOf(error) == SessionLife::Failure::Final;
    if (std::holds_alternative<RequestLogin>(m_options.login))
        return isFinal || error.kind == ErrorKind::Malformed || // an answer without a token
               error.kind == ErrorKind::BadAnswer; // many a server fails at a refresh token that is over
    const auto* const login = std::get_if<OAuthLogin>(&m_options.login);
    const bool isPersonThere = m_life.generation() == 0 && m_options.prompted;
    return login != nullptr && isFinal && (isUnattended(login->grant) || isPersonThere);
}

void SessionKeeper::fail(const Error& error)
{
    endRenewal();
    const auto kind = m_isWithdrawn ? SessionLife::Failure::Withdrawn : kindOf(error);
    apply(m_life.failed(error, kind, now()));
}

void SessionKeeper::takeRenewal(Result<SignedIn> result, bool wasRefresh)
{
    m_signIn.reset();
    if (!result) {
        if (wasRefresh && canSignInAfter(result.error())) {
            if (kindOf(result.error()) == SessionLife::Failure::Final)
                m_current.tokens.refreshToken = Secret();
            return signInAnew();
        }
        return fail(result.error());
    }
    if (auto* const login = std::get_if<OAuthLogin>(&m_options.login))
        login->server = result->login.server;
    takeTokens(std::move(result->tokens), result->expiry);
    takeNotes(result->notes); // now that isBusy() tells if it is waited for
}

/// The access token beside it is not used before its ID token was found good. That may fail for a reason that
/// passes (the issuer's keys are not reached), and the refresh token before is used up all the same.
void SessionKeeper::takeRotated(const Secret& refreshToken)
{
    m_current.tokens.refreshToken = refreshToken;
    if (m_options.store == nullptr || m_current.tokens.accessToken.isEmpty())
        return;
    m_options.store->keep(m_current, &m_storing, [this, refreshToken](const Result<void>& kept) {
        if (kept)
            m_keptRefreshToken = refreshToken;
        else
            m_storeProblem = kept.error();
    });
}

void SessionKeeper::keepNow(TokenStore::Done done)
{
    if (m_options.store == nullptr || generation() == 0)
        return done({});
    const auto take = [this, tokens = m_current.tokens, done = std::move(done)](const Result<void>& kept) {
        if (tokens == m_current.tokens) { // those that came meanwhile are kept by their own renewal
            m_storeProblem = kept ? std::nullopt : std::optional(kept.error());
            m_keptRefreshToken = kept ? tokens.refreshToken : m_keptRefreshToken;
        }
        done(kept);
    };
    m_options.store->keep(m_current, &m_storing, take);
}

void SessionKeeper::takeNotes(const std::vector<std::string>& notes)
{
    const bool isNew = m_notes.empty();
    m_notes = notes;
    if (isNew && m_options.noted)
        for (const std::string& note : notes)
            m_options.noted(note);
}

/// An access token that is over, or that no server takes for long, does not take the place of one that may be
/// good. The refresh token that came with it counts all the same: the one before is used up, and a second use
/// of it looks like a theft.
void SessionKeeper::takeTokens(LiveTokens tokens, const Expiry& expiry)
{
    const Clocks came = now();
    KeptTokens next{std::move(tokens), std::nullopt, came.wall, expiry.skew};
    const bool isUsable = !expiry.isOver() && !expiry.isTooEarly();
    if (!isUsable) {
        KeptTokens before = m_current;
        before.tokens.refreshToken = std::move(next.tokens.refreshToken);
        next = std::move(before);
    } else if (expiry.rest) {
        next.ends = came.wall + *expiry.rest;
    }
    const bool isNew = isUsable || next != m_current;
    if (!isNew || m_options.store == nullptr || next.tokens.accessToken.isEmpty())
        return useWhenValid(std::move(next), expiry, came);
    m_storeProblem.reset();
    m_isStoring = true;
    m_options.store->keep(next, &m_storing, [this, next, expiry, came](const Result<void>& kept) {
        if (kept)
            m_keptRefreshToken = next.tokens.refreshToken;
        else // they are in memory all the same, and nowhere else
            m_storeProblem = kept.error();
        useWhenValid(next, expiry, came);
    });
}

/// No server is to take it before (RFC 7519 §4.1.5): until then those who want a token wait.
void SessionKeeper::useWhenValid(KeptTokens next, const Expiry& expiry, const Clocks& came)
{
    m_isStoring = false;
    const Milliseconds wait = expiry.untilValid - (now().steady - came.steady);
    if (expiry.isOver() || expiry.isTooEarly() || wait <= Milliseconds(0))
        return use(std::move(next), expiry, came);
    endRenewal();
    m_current.tokens.refreshToken = next.tokens.refreshToken; // the one before is used up
    m_early.emplace(Early{std::move(next), expiry, came});
    m_untilValid.start(wait);
}

void SessionKeeper::use(KeptTokens next, const Expiry& expiry, const Clocks& came)
{
    endRenewal();
    m_current = std::move(next);
    apply(m_life.renewed(expiry, came));
}

void SessionKeeper::cancel()
{
    if (m_signIn)
        return m_signIn->cancel();
    m_untilValid.stop();
    const bool isAsking = std::exchange(m_asking, nullptr) != nullptr;
    // What is being kept is used by whoever comes later.
    if (isAsking || m_isStoring || std::exchange(m_early, std::nullopt))
        fail({ErrorKind::Cancelled, "the sign-in was cancelled",
              "it was stopped before its tokens were kept or became valid", "", std::nullopt});
}

void SessionKeeper::withdraw()
{
    m_isWithdrawn = true;
    cancel();
}

} // namespace claimcheck::auth
