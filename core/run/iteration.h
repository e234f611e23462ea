// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One iteration of a run: its requests one after the other, with variables, cookies and connections of its
// own.

#pragma once

#include <functional>

#include <QtCore/qobject.h>

#include <http/client.h>
#include <run/runner.h>

namespace claimcheck::run {

class Runner::Iteration
{
public:
    Iteration(Runner& runner, int number);

    void start();
    /// Cancels the request that is out.
    void stop();
    int number() const { return m_number; }

private:
    void next();
    void later();
    void send(const collection::Item& item);
    void finishExchange(const collection::Item& item, const http::Exchange& exchange);
    RequestResult resultFor(const collection::Item& item) const;
    Values valuesFor(const collection::Item& item);
    void capture(const collection::Item& item, const Answer& answer, RequestResult& result);
    void fail(const collection::Item& item, const Error& error, RequestResult result);
    void add(RequestResult result);
    void skipRest(const std::string& reason);

    Runner& m_runner;
    int m_number; ///< from 1
    QObject m_context;
    http::Client m_client;
    http::Call m_call;
    variables::Scope m_row;
    variables::Scope m_runTime{"this run", {}};
    std::vector<RequestResult> m_results;
    std::size_t m_index = 0;
};

} // namespace claimcheck::run
