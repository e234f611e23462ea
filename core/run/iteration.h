// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One iteration of a run: its requests one after the other, with variables, cookies and connections of its
// own.

#pragma once

#include <functional>
#include <memory>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <auth/tokenuse.h>
#include <http/client.h>
#include <run/facts.h>
#include <run/issuerkeys.h>
#include <run/runner.h>
#include <run/runsession.h>

namespace claimcheck::run {

class Runner::Iteration
{
public:
    Iteration(Runner& runner, int number);

    /// Sends the first request after this time.
    void start(Milliseconds delay);
    /// Cancels the request that is out.
    void stop();
    /// Whatever pause it is in ends.
    void hurry();
    int number() const { return m_number; }

private:
    using SharedExchange = std::shared_ptr<const http::Exchange>;

    void next();
    void later();
    void send(const collection::Item& item);
    void release(const collection::Item& item, http::Request request, const Values& values);
    void ask(const collection::Item& item, const Release& release, http::Request request);
    void sendNow(const collection::Item& item, http::Request request);
    bool takesSession(const collection::Item& item);
    RunSession::Held* heldOr(const collection::Item& item, Result<RunSession::Held>& held);
    void waitForSession(const collection::Item& item);
    void sendWithSession(const collection::Item& item);
    void takeNotes();
    void sendHeld(const collection::Item& item, const RunSession::Held& held);
    bool asksForToken(const collection::Item& item, const RunSession::Held& held);
    void sendReleased(const collection::Item& item, const RunSession::Held& held);
    RunSession* sessionOr(const collection::Item& item);
    bool repeatsWithSession(const collection::Item& item, const SharedExchange& exchange);
    void interruptible(const SharedExchange& exchange, RequestResult result);
    void finishExchange(const collection::Item& item, const SharedExchange& exchange);
    void takeExchange(const collection::Item& item, const SharedExchange& exchange);
    struct TokenSearch;
    void lookForTokens(const collection::Item& item, const SharedExchange& exchange, RequestResult result);
    void verifyTokens(const collection::Item& item, const std::shared_ptr<TokenSearch>& search);
    void takeVerdict(TokenSearch& search, const inspect::FoundToken& token, const IssuerKey& key,
                     const Result<inspect::KeyRing>& ring);
    void judgeToken(const collection::Item& item, const SharedExchange& exchange, RequestResult result);
    void finishChecks(const collection::Item& item, const SharedExchange& exchange, RequestResult result,
                      const Result<inspect::Inspection>& token);
    void judgeOwnChecks(const collection::Item& item, const collection::RequestChecks& own,
                        const Facts& facts, Answer& answer, const Resolve& resolve, RequestResult& result);
    void conclude(const collection::Item& item, const SharedExchange& exchange, RequestResult result);
    std::optional<Error> checkProblem(const std::string& path) const;
    const collection::RequestChecks* checksOf(const std::string& path) const;
    RequestResult resultFor(const collection::Item& item) const;
    Values valuesFor(const collection::Item& item);
    void capture(const collection::Item& item, const Answer& answer, RequestResult& result);
    void fail(const collection::Item& item, const Error& error, RequestResult result,
              const SharedExchange& exchange = nullptr);
    void add(RequestResult result, const SharedExchange& exchange = nullptr);
    bool hasScripts(const collection::Item& item) const;
    std::string noteNotRun(const collection::Item& item, RequestResult& result) const;
    void skipRest(const std::string& reason);

    Runner& m_runner;
    int m_number; ///< from 1
    QObject m_context;
    QTimer m_delay; ///< until the next request
    http::Client m_client;
    http::Call m_call;
    std::unique_ptr<QObject> m_wait;     ///< while keys for the answer's token, a session or the user's word
                                         ///< are waited for
    std::function<void()> m_interrupted; ///< what stop() does then
    variables::Scope m_row;
    variables::Scope m_runTime{runScopeName, {}};
    std::vector<SecretName> m_sentAlong; ///< guarded secrets that the request under way takes along
    std::map<std::string, std::vector<SecretName>> m_capturedWith; ///< of variables of m_runTime
    std::vector<RequestResult> m_results;
    std::size_t m_index = 0;
    auth::TokenUse m_tokenUse; ///< of the session's token by the request under way
    std::string m_sessionNote; ///< what is to be said of the session beside the result
};

} // namespace claimcheck::run
