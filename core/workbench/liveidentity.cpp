// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "liveidentity.h"

#include "identitystore.h"
#include "logintrial.h"

#include <algorithm>

#include <auth/secrets.h>
#include <base/text.h>
#include <json/document.h>
#include <run/keptsession.h>
#include <run/scopes.h>

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
    state.isBusy = keeper.isBusy();
    state.isKept = m_store->isOn();
    state.origins = m_session->plan().origins;
    state.hasServer = std::holds_alternative<auth::OAuthLogin>(keeper.login());
    state.tokens = m_spans;
    state.notes = keeper.notes();
    state.renewsAlone = keeper.renewsAlone();
    state.since = m_since;
    state.ends = m_ends;
    state.problem = keeper.problem() ? keeper.problem() : keeper.storeProblem();
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

void LiveIdentity::renew()
{
    if (!held())
        return want(this, [](const Result<Held>&) {});
    m_areStepsOver = m_areStepsOver || !m_session->keeper().isBusy();
    m_session->keeper().renewNow(this, [this](const Result<Held>& held) { take(held); });
    announce();
}

/// Again and again where it fails: the keeper has its own pauses. One that is over and could not be renewed
/// waits for somebody who wants it.
void LiveIdentity::renewInTime()
{
    if (!held() || untilDue() != Milliseconds(0))
        return;
    const auth::SessionKeeper& keeper = m_session->keeper();
    const bool isLost = keeper.problem() && keeper.rest().value_or(Milliseconds(1)) <= Milliseconds(0);
    if (!keeper.isBusy() && keeper.renewsAlone() && !isLost)
        want(this, [](const Result<Held>&) {});
}

void LiveIdentity::take(const Result<Held>& held)
{
    const bool isSame =
        held && held->generation == m_generation && !m_prompt && m_session->keeper().isBusy() == m_wasBusy;
    m_prompt.reset();
    m_areStepsOver = m_areStepsOver || !m_session->keeper().isBusy();
    if (held && held->generation != m_generation) {
        m_generation = held->generation;
        m_since = currentTime();
        const auto rest = m_session->keeper().rest();
        m_ends = rest ? std::optional(currentTime() + *rest) : std::nullopt;
        m_spans = spansOf(held->tokens, *m_since, m_ends);
    }
    if (!isSame)
        announce();
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
    for (const Waiting& waiting : std::exchange(m_waiting, {}))
        if (waiting.context)
            waiting.done(tl::unexpected(error));
    Q_EMIT changed();
}

// --- the login made ready ---

void LiveIdentity::prepare()
{
    m_problem.reset();
    if (m_preparing)
        m_preparing.release()->deleteLater();
    m_preparing = std::make_unique<QObject>();
    m_secrets.lookUp(*m_collection, m_environment, m_preparing.get(), [this](run::Outside outside) {
        m_outside = std::move(outside);
        for (const run::SecretValue& typed : m_typed)
            if (const auto place = std::ranges::find(m_outside.secrets, typed.name, &run::SecretValue::name);
                place != m_outside.secrets.end())
                *place = {place->environment, typed.name, typed.value, typed.source};
        if (!asksForSecrets() && !asksForRelease())
            ready();
    });
}

Result<run::SessionPlan> LiveIdentity::plan(const run::Outside& outside, const run::Guard& guard) const
{
    const auto valuesFor = [shared = m_collection, environment = m_environment,
                            outside](const collection::Item& item) {
        return run::valuesFor(*shared, item, environment, outside);
    };
    run::SessionBounds bounds;
    bounds.guard = guard;
    return run::planSession(m_identity, m_collection, valuesFor, bounds);
}

/// A secret without a value is wanted where the login can be filled in with a value for it, and not without.
bool LiveIdentity::asksForSecrets()
{
    if (!m_questions.secrets || std::exchange(m_askedForSecrets, true))
        return false;
    const auto filled = [this](const run::SecretValue* left) {
        run::Outside outside = m_outside;
        for (std::size_t i = 0; i < outside.secrets.size(); ++i)
            if (outside.secrets[i].value.isEmpty() && &m_outside.secrets[i] != left)
                outside.secrets[i] = {outside.secrets[i].environment, outside.secrets[i].name, Secret("x"),
                                      run::SecretSource::Given};
        run::Guard open;
        open.isReleased = [](const run::SecretName&, const std::string&) { return true; };
        return plan(outside, open).has_value();
    };
    SecretQuestion question;
    if (filled(nullptr))
        for (const run::SecretValue& secret : m_outside.secrets)
            if (secret.value.isEmpty() && !filled(&secret))
                question.wanted.push_back({secret.environment, secret.name});
    if (question.wanted.empty())
        return false;
    question.directory = m_collection->directory;
    question.request = m_identity.name;
    question.hasKeychain = m_secrets.hasKeychain() && !m_secrets.keychainProblem();
    m_questions.secrets(question, m_preparing.get(), [this](bool goesOn) {
        if (goesOn)
            return prepare();
        m_askedForSecrets = false;
        stop();
    });
    return true;
}

/// The first place that its secrets were not let go to; each is asked about once.
bool LiveIdentity::asksForRelease()
{
    const run::Guard real = m_secrets.guardOf(m_collection->directory, m_outside);
    std::vector<run::Release> held;
    run::Guard noting = real;
    noting.isReleased = [&](const run::SecretName& secret, const std::string& destination) {
        if (real.isReleased(secret, destination))
            return true;
        auto place = std::ranges::find(held, destination, &run::Release::destination);
        if (place == held.end())
            place = held.insert(held.end(), run::Release{{}, destination});
        if (std::ranges::find(place->secrets, secret) == place->secrets.end())
            place->secrets.push_back(secret);
        return true;
    };
    if (!m_questions.release || !plan(m_outside, noting))
        return false;
    const auto isNew = [this](const run::Release& release) {
        return std::ranges::find(m_askedFor, release) == m_askedFor.end();
    };
    const auto release = std::ranges::find_if(held, isNew);
    if (release == held.end())
        return false;
    m_askedFor.push_back(*release);
    m_questions.release({m_collection->directory, m_identity.name, *release}, m_preparing.get(),
                        [this](bool goesOn) {
                            if (goesOn)
                                return prepare();
                            m_askedFor.clear();
                            stop();
                        });
    return true;
}

void LiveIdentity::ready()
{
    auto made = plan(m_outside, m_secrets.guardOf(m_collection->directory, m_outside));
    m_askedForSecrets = false;
    m_askedFor.clear();
    if (!made)
        return fail(made.error());
    goOnOrBegin(*std::move(made));
}

/// With what is kept in the keychain, where that is of this login.
void LiveIdentity::goOnOrBegin(run::SessionPlan plan)
{
    m_store = std::make_shared<IdentityStore>(m_secrets.keychain(), entry(), plan);
    m_store->setOn(m_anew.value_or(false));
    if (m_secrets.keychain() == nullptr || m_anew)
        return begin(std::move(plan));
    m_secrets.keychain()->read(
        entry(), m_preparing.get(), [this, plan](const Result<std::optional<Secret>>& text) mutable {
            const bool isThere = text && *text;
            const auto kept = isThere ? run::readKept(**text) : Result<run::KeptSession>();
            // One of another login is left alone: a sign-in that is kept takes its place.
            if (isThere && kept && run::goOnWith(plan, *kept)) {
                m_store->setPlan(plan);
                m_store->setOn(true);
            }
            begin(std::move(plan));
        });
}

void LiveIdentity::begin(run::SessionPlan plan)
{
    if (m_preparing)
        m_preparing.release()->deleteLater();
    plan.store = m_store;
    plan.observed = [this](const http::Exchange& exchange) { observe(exchange); };
    plan.noted = [this](const std::string&) { Q_EMIT changed(); };
    m_session = std::make_unique<run::RunSession>(
        std::move(plan), run::SessionBounds{{}, {}, m_secrets.guardOf(m_collection->directory, m_outside)},
        [this](const auth::Prompt& prompt) {
            m_prompt = prompt;
            Q_EMIT prompted(prompt);
            Q_EMIT changed();
        },
        m_secrets.redactor());
    for (Waiting& waiting : std::exchange(m_waiting, {}))
        if (waiting.context)
            want(waiting.context, std::move(waiting.done));
}

void LiveIdentity::stop()
{
    fail({ErrorKind::Cancelled, "the sign-in was cancelled", "it was stopped before it began", "",
          std::nullopt});
}

void LiveIdentity::setKept(bool kept)
{
    if (!m_session)
        return;
    m_store->setOn(kept);
    const auto tokens = held();
    const auto told = [this](const Result<void>&) { Q_EMIT changed(); };
    if (!kept)
        m_store->forget(this, told);
    else if (tokens)
        m_store->keep({tokens->tokens, m_ends}, this, told);
    Q_EMIT changed();
}

} // namespace claimcheck::workbench
