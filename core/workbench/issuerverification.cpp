// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "issuerverification.h"

#include <algorithm>
#include <utility>

#include <run/scopes.h>
#include <store/checks.h>

namespace claimcheck::workbench {

void IssuerVerification::setHandlers(ContextFor contextFor, Done done)
{
    m_contextFor = std::move(contextFor);
    m_done = std::move(done);
}

/// Those that all requests of the collection have: a key is no request's.
run::Values IssuerVerification::values(const run::Outside& outside) const
{
    return run::valuesFor(*m_collection, {}, m_environment, outside);
}

void IssuerVerification::start(const std::vector<FoundInspection>& tokens)
{
    m_life.reset();
    m_questions.clear();
    if (!m_collection)
        return;
    const auto names = [](const FoundInspection& token) {
        return run::issuerOf(token.inspection).has_value();
    };
    if (std::ranges::none_of(tokens, names))
        return;
    const collection::Checks checks = store::readChecks(m_collection->directory);
    const run::Values filled = values(m_secrets.outside());
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (const auto issuer = run::issuerOf(tokens[i].inspection))
            if (auto key = run::keyOfIssuer(checks, filled, *issuer))
                m_questions.push_back({i, *std::move(key)});
    if (m_questions.empty())
        return;
    m_tokens = tokens;
    m_next = 0;
    m_life = std::make_unique<QObject>();
    QMetaObject::invokeMethod(
        m_life.get(), [this] { ask(); }, Qt::QueuedConnection);
}

/// A secret may have to be looked for first; whoever only needs addresses and files asks no keychain.
void IssuerVerification::ask()
{
    if (!m_collection)
        return;
    if (m_keys == nullptr || m_directory != m_collection->directory) {
        m_directory = m_collection->directory;
        m_keys = std::make_unique<run::TokenKeys>(m_directory, http::Request());
    }
    const auto isSecret = [](const Question& question) {
        return question.key.reference.origin == collection::KeyOrigin::Secret;
    };
    m_outside = m_secrets.outside();
    if (std::ranges::none_of(m_questions, isSecret))
        return askNext();
    m_secrets.lookUp(*m_collection, m_environment, m_life.get(), [this](run::Outside outside) {
        m_outside = std::move(outside);
        askNext();
    });
}

void IssuerVerification::askNext()
{
    if (!m_collection)
        return;
    if (m_next == m_questions.size()) {
        m_life.release()->deleteLater(); // it may be what calls
        return m_done(m_tokens);
    }
    const Question question = m_questions[m_next++];
    run::Values filled = values(m_outside);
    if (question.key.reference.origin != collection::KeyOrigin::Secret)
        filled = run::without(m_secrets.guardOf(m_directory, m_outside).secrets, std::move(filled));
    m_keys->find(question.key.reference, filled, run::kidOf(m_tokens[question.token].inspection),
                 m_life.get(), [this, question](const Result<inspect::KeyRing>& ring) {
                     take(question, ring);
                     askNext();
                 });
}

void IssuerVerification::take(const Question& question, const Result<inspect::KeyRing>& ring)
{
    FoundInspection& token = m_tokens[question.token];
    token.issuerKey = question.key.name;
    forget(token.found.text);
    if (!ring) {
        token.issuerProblem = ring.error();
        return;
    }
    const auto own = std::make_shared<const inspect::KeyRing>(run::ringOfIssuer(*ring, question.key));
    token.inspection =
        inspect::inspect(token.found.text, *own, {}, currentTime(), m_contextFor(token.found.text));
    remember(token.found.text, {question.key.name, own});
}

void IssuerVerification::forget(std::string_view token)
{
    const std::size_t hash = std::hash<std::string_view>{}(token);
    std::erase_if(m_judged, [hash](const Judged& judged) { return judged.hash == hash; });
}

void IssuerVerification::remember(std::string_view token, IssuerRing by)
{
    static constexpr std::size_t most = 64;
    if (m_judged.size() == most)
        m_judged.erase(m_judged.begin());
    m_judged.push_back({std::hash<std::string_view>{}(token), m_directory, std::move(by)});
}

/// A key of another collection is not this one's word, whatever the issuer calls itself.
std::optional<IssuerRing> IssuerVerification::ringOf(std::string_view token) const
{
    const std::size_t hash = std::hash<std::string_view>{}(token);
    const auto found = std::ranges::find(m_judged, hash, &Judged::hash);
    const bool isOurs =
        found != m_judged.end() && m_collection && m_collection->directory == found->directory;
    return isOurs ? std::optional(found->by) : std::nullopt;
}

} // namespace claimcheck::workbench
