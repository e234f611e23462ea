// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "liveidentity.h"

#include "identitystore.h"
#include "logintrial.h"

#include <utility>

#include <auth/secrets.h>
#include <base/text.h>
#include <json/document.h>
#include <run/keptsession.h>

namespace claimcheck::workbench {
namespace {

/// Of an opaque token nothing is known but when it came.
TokenSpan spanOf(const char* what, const Secret& token, Instant came)
{
    const inspect::Inspection inspection = inspect::inspect(token.reveal(), came);
    return {what, inspection.issuedAt.value_or(came), inspection.expiresAt, inspection.unreadableExpiry};
}

std::vector<TokenSpan> spansOf(const auth::LiveTokens& tokens, Instant came,
                               const std::optional<Instant>& ends)
{
    std::vector<TokenSpan> spans{spanOf("access token", tokens.accessToken, came)};
    if (ends) // by our clock, and as the session reads it
        spans.front().to = ends;
    if (!tokens.refreshToken.isEmpty())
        spans.push_back(spanOf("refresh token", tokens.refreshToken, came));
    if (!tokens.idToken.isEmpty())
        spans.push_back(spanOf("ID token", tokens.idToken, came));
    return spans;
}

/// Two clocks that are read one after the other do not agree to the millisecond.
constexpr Milliseconds leastMove{1000};
constexpr std::size_t mostSteps = 12;
constexpr std::uint64_t largestStep = 65'536;

/// It stands for the person who types the user's code (RFC 8628 §3.2), under a name of its own.
void learnDeviceCode(run::Redactor& redactor, const std::string& body)
{
    const auto document = json::parse(body);
    const auto code = document ? document->root().find("device_code") : std::nullopt;
    if (code)
        redactor.learn(code->string());
}

} // namespace

std::string loginOf(const collection::Identity& identity)
{
    if (identity.grant)
        return identity.grant->grant;
    return identity.request ? "request" : "credentials";
}

LiveIdentity::LiveIdentity(collection::Identity identity, run::SharedCollection collection,
                           std::string environment, Secrets& secrets, const IdentityQuestions& questions)
    : m_identity(std::move(identity)),
      m_collection(std::move(collection)),
      m_environment(std::move(environment)),
      m_secrets(secrets),
      m_questions(questions)
{}

LiveIdentity::~LiveIdentity() = default;

std::optional<LiveIdentity::Held> LiveIdentity::held() const
{
    return m_session ? m_session->keeper().held() : std::nullopt;
}

std::optional<Milliseconds> LiveIdentity::untilDue() const
{
    return held() ? m_session->keeper().untilDue() : std::nullopt;
}

bool LiveIdentity::isBusy() const
{
    return m_preparing != nullptr || (m_session && m_session->keeper().isBusy());
}

bool LiveIdentity::isSigningIn() const
{
    return m_preparing != nullptr || (m_session && m_session->keeper().isSigningIn());
}

keychain::Entry LiveIdentity::entry() const
{
    return run::entryOfSession(m_collection->directory, m_environment, m_identity.name);
}

IdentityState LiveIdentity::state() const
{
    IdentityState state{m_identity.name, loginOf(m_identity)};
    state.isBusy = m_preparing != nullptr;
    state.hasSteps = !m_steps.empty();
    state.problem = m_problem;
    state.prompt = m_prompt;
    if (!m_session)
        return state;
    const auth::SessionKeeper& keeper = m_session->keeper();
    state.isSignedIn = keeper.generation() > 0;
    state.isBusy = isBusy();
    state.isKept = m_store->isOn();
    state.origins = m_session->plan().origins;
    state.hasServer = std::holds_alternative<auth::OAuthLogin>(keeper.login());
    state.tokens = m_spans;
    state.notes = keeper.notes();
    state.renewsAlone = keeper.renewsAlone();
    state.since = m_since;
    state.ends = m_ends;
    if (!state.problem)
        state.problem = keeper.problem();
    if (!state.problem && m_store->isOn())
        state.problem = keeper.storeProblem();
    if (!state.problem)
        state.problem = m_store->problem();
    return state;
}

void LiveIdentity::want(QObject* context, Done done)
{
    if (!m_session) {
        m_waiting.push_back({context, std::move(done)});
        if (!m_preparing)
            prepare();
        Q_EMIT changed();
        return;
    }
    m_areStepsOver = m_areStepsOver || !m_session->keeper().isBusy();
    m_session->keeper().want(this, taking(context, std::move(done)));
    begins();
}

void LiveIdentity::refused(std::uint64_t generation, QObject* context, Done done)
{
    m_areStepsOver = m_areStepsOver || !m_session->keeper().isBusy();
    m_session->keeper().refused(generation, this, taking(context, std::move(done)));
    begins();
}

LiveIdentity::Done LiveIdentity::taking(QObject* context, Done done)
{
    return [this, who = QPointer<QObject>(context), done = std::move(done)](Result<Held> held) {
        take(held);
        if (who)
            done(std::move(held));
    };
}

/// A run asks for the token at hand with each of its requests, which changes nothing that is shown.
void LiveIdentity::begins()
{
    if (m_session->keeper().isBusy() != m_wasBusy)
        announce();
}

void LiveIdentity::announce()
{
    m_wasBusy = m_session && m_session->keeper().isBusy();
    Q_EMIT changed();
}

void LiveIdentity::beginAnew(bool kept)
{
    m_anew = kept;
}

void LiveIdentity::setTyped(const std::vector<TypedSecret>& typed)
{
    m_typed.clear();
    for (const TypedSecret& secret : typed) {
        m_secrets.redactor().add(secret.value.reveal());
        m_typed.push_back({{}, secret.variable, secret.value, run::SecretSource::Given});
    }
}

/// What is kept may be the only copy of a refresh token that was rotated: it is not left behind before the
/// server has refused it.
bool LiveIdentity::canBeginAfresh() const
{
    if (!m_session || isBusy() || held())
        return false;
    const auth::SessionKeeper& keeper = m_session->keeper();
    return keeper.problem() && (!m_session->plan().kept || keeper.isRefused());
}

/// Later: those that wait for it are still to be told how it ended.
void LiveIdentity::endAttempt()
{
    m_areStepsOver = true;
    m_isKeeping = false;
    QMetaObject::invokeMethod(
        this, [ended = std::shared_ptr<run::RunSession>(std::move(m_session))] {}, Qt::QueuedConnection);
    m_session.reset();
}

void LiveIdentity::signIn()
{
    if (canBeginAfresh())
        endAttempt();
    m_doesWithoutKept = !m_session && m_locked;
    if (m_session && !isBusy() && m_session->keeper().problem())
        return renew();
    want(this, [](const Result<Held>&) {});
}

void LiveIdentity::forgetFailure()
{
    if (canBeginAfresh() && !m_session->keeper().isPausing())
        endAttempt();
}

void LiveIdentity::renewAfresh()
{
    prepare();
    announce();
}

void LiveIdentity::renew()
{
    if (!m_session)
        return want(this, [](const Result<Held>&) {});
    if (isRefused() && !isBusy())
        return renewAfresh();
    m_store->askAgain();
    m_areStepsOver = m_areStepsOver || !m_session->keeper().isBusy();
    m_session->keeper().renewNow(this, [this](const Result<Held>& held) { take(held); });
    announce();
}

/// Again and again where it fails: the keeper has its own pauses. Also of one that is over by now: a machine
/// that wakes up has no network for a while, and a server that was away comes back. What a server refused
/// waits for somebody who wants it.
void LiveIdentity::renewInTime()
{
    if (!held() || untilDue() != Milliseconds(0))
        return;
    const auth::SessionKeeper& keeper = m_session->keeper();
    if (!keeper.isBusy() && keeper.renewsAlone() && !keeper.hasGivenUp())
        want(this, [](const Result<Held>&) {});
}

void LiveIdentity::take(const Result<Held>& held)
{
    const bool isSame = held && held->generation == m_generation && !m_prompt && isBusy() == m_wasBusy;
    m_prompt.reset();
    m_areStepsOver = m_areStepsOver || !isBusy();
    if (held && m_session && held->generation != m_generation) {
        m_generation = held->generation;
        m_since = m_clock();
        const auto rest = m_session->keeper().rest();
        m_ends = rest ? std::optional(m_clock() + *rest) : std::nullopt;
        m_spans = spansOf(held->tokens, *m_since, m_ends);
    }
    if (!isSame)
        announce();
}

/// The keeper goes by a clock that nobody sets, too.
bool LiveIdentity::followClock()
{
    const auto rest = held() && m_generation == m_session->keeper().generation() ? m_session->keeper().rest()
                                                                                 : std::nullopt;
    if (!rest || !m_ends || !m_since)
        return false;
    const Milliseconds moved = m_clock() + *rest - *m_ends;
    if (std::chrono::abs(moved) < leastMove)
        return false;
    for (TokenSpan& span : m_spans) {
        if (span.from == m_since) // it does not say itself when it was made
            *span.from += moved;
        if (span.to == m_ends)
            *span.to += moved;
    }
    *m_since += moved;
    *m_ends += moved;
    return true;
}

/// What an exchange brings or takes along is secret from now on, wherever it turns up.
archive::Record LiveIdentity::recorded(const http::Exchange& exchange)
{
    run::Redactor& redactor = m_secrets.redactor();
    redactor.addExchange(exchange);
    for (const Secret& secret : auth::secretsIn(exchange.request))
        redactor.learn(secret.reveal());
    for (const inspect::FoundToken& token : auth::tokensIn(exchange))
        redactor.learn(token.text);
    if (exchange.response)
        learnDeviceCode(redactor, exchange.response->body.read(largestStep));
    const auto clean = [&redactor](std::string text) { return redactor.clean(std::move(text)); };
    return archive::recordOf(exchange, {}, clean);
}

void LiveIdentity::observe(const http::Exchange& exchange)
{
    if (std::exchange(m_areStepsOver, false))
        m_steps.clear();
    m_steps.push_back(recorded(exchange));
    if (m_steps.size() > mostSteps) // a device's code is asked about for minutes
        m_steps.pop_front();
    Q_EMIT exchanged(exchange);
    Q_EMIT changed();
}

std::vector<archive::Record> LiveIdentity::steps() const
{
    return {m_steps.begin(), m_steps.end()};
}

void LiveIdentity::cancel()
{
    if (m_preparing)
        return stop();
    if (m_session)
        m_session->keeper().cancel();
}

void LiveIdentity::withdraw()
{
    if (m_preparing)
        return stop();
    if (m_session)
        m_session->keeper().withdraw();
}

void LiveIdentity::fail(const Error& error)
{
    if (m_preparing)
        m_preparing.release()->deleteLater(); // it may be what calls
    m_problem = error;
    m_doesWithoutKept = false;
    for (const Waiting& waiting : std::exchange(m_waiting, {}))
        if (waiting.context)
            waiting.done(tl::unexpected(error));
    Q_EMIT changed();
}

void LiveIdentity::setKept(bool kept)
{
    if (!m_session)
        return;
    m_store->setOn(kept);
    const auto told = [this](const Result<void>&) { Q_EMIT changed(); };
    if (!kept)
        m_store->forget(this, told);
    else
        m_session->keeper().keepNow(told);
    Q_EMIT changed();
}

void LiveIdentity::keepAtLast()
{
    const bool isLeftOver = m_session && m_store->isOn() && m_session->keeper().storeProblem();
    if (!isLeftOver || isBusy() || std::exchange(m_isKeeping, true))
        return;
    m_session->keeper().keepNow([this](const Result<void>&) {
        m_isKeeping = false;
        Q_EMIT changed();
    });
}

} // namespace claimcheck::workbench
