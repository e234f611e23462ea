// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the login of an identity is made ready: its secrets are looked for and asked for, where they go is
// asked about, and what the keychain has is gone on with.

#include "identitystore.h"
#include "liveidentity.h"
#include "logintrial.h"

#include <algorithm>
#include <utility>

#include <run/keptsession.h>
#include <run/scopes.h>

namespace claimcheck::workbench {

/// The request that it signs in with may be back, or gone, since the attempt before.
void LiveIdentity::takeCollection()
{
    auto now = m_collectionNow ? m_collectionNow() : nullptr;
    if (now && now->directory == m_collection->directory)
        m_collection = std::move(now);
}

void LiveIdentity::prepare()
{
    takeCollection();
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

/// As with a kept one, which knows the key that it is bound to: the plan is a new one of the same login. A
/// token of another login is left behind.
void LiveIdentity::goOnWithToken(run::SessionPlan& plan) const
{
    const auto now = held();
    if (!now)
        return;
    const auto text = run::writeKept(m_session->plan(), {now->tokens, m_ends});
    const auto kept = text ? run::readKept(*text) : tl::unexpected(text.error());
    if (kept)
        static_cast<void>(run::goOnWith(plan, *kept));
}

/// With what is kept in the keychain, where that is of this login; with the token at hand, where the session
/// that is there was refused another.
void LiveIdentity::goOnOrBegin(run::SessionPlan plan)
{
    if (m_session) {
        goOnWithToken(plan);
        m_store->setPlan(plan);
        return begin(std::move(plan));
    }
    m_store = std::make_shared<IdentityStore>(m_secrets.keychain(), entry(), plan);
    m_store->setOn(m_anew.value_or(false));
    if (m_secrets.keychain() == nullptr || m_anew)
        return begin(std::move(plan));
    lookForKept(plan);
}

/// The desktop asks for a password once: after that the keychain is read where it is open already, and else
/// what it said before is said again.
void LiveIdentity::lookForKept(const run::SessionPlan& plan)
{
    const auto read = [this, plan] {
        m_secrets.keychain()->read(
            entry(), m_preparing.get(),
            [this, plan](const Result<std::optional<Secret>>& text) { takeKept(plan, text); });
    };
    if (!m_locked)
        return read();
    m_secrets.keychain()->askIfOpen(m_preparing.get(), [this, plan, read](bool isOpen) {
        if (isOpen)
            read();
        else
            takeKept(plan, tl::unexpected(*m_locked));
    });
}

/// What is behind a lock is not signed in past unless the user says so: it may be good, and need no person.
void LiveIdentity::takeKept(run::SessionPlan plan, const Result<std::optional<Secret>>& text)
{
    const bool isLocked = !text && text.error().kind != ErrorKind::Unreachable; // where none is, none is kept
    const bool doesWithout = std::exchange(m_doesWithoutKept, false);
    if (isLocked && !doesWithout) {
        m_locked = text.error();
        return fail(run::keptNotRead(m_identity.name, *m_locked,
                                     "with the keychain open it is gone on with as soon as it is used; "
                                     "another is begun by signing in again now"));
    }
    m_locked.reset();
    if (isLocked)
        m_anew = false;
    const bool isThere = text && *text;
    const auto kept = isThere ? run::readKept(**text) : Result<run::KeptSession>();
    // One of another login is left alone: a sign-in that is kept takes its place.
    if (isThere && kept && run::goOnWith(plan, *kept)) {
        m_store->setPlan(plan);
        m_store->setOn(true);
    }
    begin(std::move(plan));
}

void LiveIdentity::begin(run::SessionPlan plan)
{
    if (m_preparing)
        m_preparing.release()->deleteLater();
    const bool isRenewal = m_session != nullptr;
    if (isRenewal)
        endAttempt();
    plan.store = m_store;
    plan.observed = [this](const http::Exchange& exchange) { observe(exchange); };
    plan.clock = m_clock;
    plan.noted = [this](const std::string&) { Q_EMIT changed(); };
    m_session = std::make_unique<run::RunSession>(
        std::move(plan), run::SessionBounds{{}, {}, m_secrets.guardOf(m_collection->directory, m_outside)},
        [this](const auth::Prompt& prompt) {
            m_prompt = prompt;
            Q_EMIT prompted(prompt);
            Q_EMIT changed();
        },
        m_secrets.redactor());
    if (isRenewal) {
        m_generation = m_session->keeper().generation(); // of the token that is shown
        return renew();
    }
    for (Waiting& waiting : std::exchange(m_waiting, {}))
        if (waiting.context)
            want(waiting.context, std::move(waiting.done));
}

void LiveIdentity::stop()
{
    fail({ErrorKind::Cancelled, "the sign-in was cancelled", "it was stopped before it began", "",
          std::nullopt});
}

} // namespace claimcheck::workbench
