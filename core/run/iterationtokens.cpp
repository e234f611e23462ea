// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every token of an exchange, looked into as it comes, and verified where the collection has its issuer's
// key.

#include <run/iteration.h>

#include <utility>

#include <auth/login.h>
#include <base/text.h>
#include <store/checks.h>

namespace claimcheck::run {

/// What is under way for one exchange.
struct Runner::Iteration::TokenSearch
{
    SharedExchange exchange;
    RequestResult result;
    std::vector<inspect::FoundToken> tokens;
    std::size_t next = 0;
};

static constexpr std::size_t verifiedAtMost = 16; ///< of one exchange

void Runner::Iteration::lookForTokens(const collection::Item& item, const SharedExchange& exchange,
                                      RequestResult result)
{
    const auto search = std::make_shared<TokenSearch>();
    search->exchange = exchange;
    search->result = std::move(result);
    search->tokens = auth::tokensIn(*exchange);
    for (const inspect::FoundToken& token : search->tokens)
        m_runner.m_redactor.learn(token.text);
    if (search->tokens.size() > verifiedAtMost)
        search->tokens.resize(verifiedAtMost);
    const auto& problem = m_runner.m_options.checks.keysProblem;
    if (problem && !search->tokens.empty())
        search->result.notes.push_back(
            m_runner.m_redactor.clean("no token is verified: " + describe(*problem)));
    verifyTokens(item, search);
}

/// One after the other: a key may have to be fetched first.
void Runner::Iteration::verifyTokens(const collection::Item& item, const std::shared_ptr<TokenSearch>& search)
{
    const Values values = valuesFor(item);
    while (search->next < search->tokens.size() && !m_runner.m_isHalted) {
        const inspect::FoundToken& token = search->tokens[search->next++];
        const inspect::Inspection decoded = inspect::inspect(token.text, currentTime());
        const auto issuer = issuerOf(decoded);
        const auto key =
            issuer ? keyOfIssuer(m_runner.m_options.checks, values, *issuer) : std::optional<IssuerKey>();
        if (!key) {
            const std::string verdict(decoded.isOpaque() ? "opaque" : toText(decoded.verdict));
            search->result.tokens.push_back(
                {m_runner.m_redactor.cleanValue(visible(token.place)), verdict, {}});
            continue;
        }
        m_wait = std::make_unique<QObject>();
        interruptible(search->exchange, search->result);
        const bool isFetched = key->reference.origin != collection::KeyOrigin::Secret;
        m_runner.m_keys.find(key->reference,
                             isFetched ? without(m_runner.m_options.guard.secrets, values) : values,
                             kidOf(decoded), m_wait.get(),
                             [this, &item, search, &token, key](const Result<inspect::KeyRing>& ring) {
                                 m_wait.release()->deleteLater(); // it is the one that calls
                                 m_interrupted = nullptr;
                                 takeVerdict(*search, token, *key, ring);
                                 verifyTokens(item, search);
                             });
        return;
    }
    judgeToken(item, search->exchange, std::move(search->result));
}

/// A note beside the result where the token does not hold; it is no check, which stand in checks.yaml.
void Runner::Iteration::takeVerdict(TokenSearch& search, const inspect::FoundToken& token,
                                    const IssuerKey& key, const Result<inspect::KeyRing>& ring)
{
    const Redactor& redactor = m_runner.m_redactor;
    const std::string place = redactor.cleanValue(visible(token.place));
    const std::string name = redactor.cleanValue(visible(key.name));
    if (!ring) {
        search.result.tokens.push_back({place, std::string(toText(inspect::Verdict::NotVerified)), name});
        search.result.notes.push_back(
            redactor.clean("token at " + place + " not verified: " + describe(ring.error())));
        return;
    }
    const inspect::Inspection judged =
        inspect::inspect(token.text, ringOfIssuer(*ring, key), {}, currentTime());
    const std::string verdict(toText(judged.verdict));
    search.result.tokens.push_back({place, verdict, name});
    if (!holds(judged.verdict))
        search.result.notes.push_back("token at " + place + ": " + verdict + " (key " + name + ")");
}

} // namespace claimcheck::run
