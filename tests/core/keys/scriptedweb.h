// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A web without wires: a transport that gives each address the answer that the test put there, and writes
// down what was asked. Where nothing was put, nobody can be reached.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qobject.h>

#include <http/transport.h>

namespace claimcheck::test {

struct ScriptedAnswer
{
    int status = 200;
    std::string body;
    http::Headers headers = {};
};

struct ScriptedWeb
{
    std::map<std::string, ScriptedAnswer> answers;
    std::vector<std::string> asked;
    std::vector<http::Request> requests;
};

class ScriptedTransport : public http::Transport
{
public:
    explicit ScriptedTransport(std::shared_ptr<ScriptedWeb> web) : m_web(std::move(web)) {}

    std::unique_ptr<http::Transfer> start(const http::Request& request, Done done) override
    {
        m_web->asked.push_back(request.url);
        m_web->requests.push_back(request);
        auto transfer = std::make_unique<Running>();
        QMetaObject::invokeMethod(
            &transfer->life,
            [done = std::move(done), result = answer(request)]() mutable { done(std::move(result)); },
            Qt::QueuedConnection);
        return transfer;
    }
    std::string engine() const override { return "scripted"; }

private:
    struct Running : http::Transfer
    {
        std::optional<http::HopResult> takeSoFar() override { return std::nullopt; }
        QObject life;
    };

    http::HopResult answer(const http::Request& request) const
    {
        http::HopResult result;
        result.hop.method = request.method;
        result.hop.url = request.url;
        const auto found = m_web->answers.find(request.url);
        if (found == m_web->answers.end()) {
            result.error = Error{ErrorKind::Unreachable, "nobody is there", "connection refused", "", {}};
            return result;
        }
        result.hop.status = found->second.status;
        result.response.emplace();
        result.response->status = found->second.status;
        result.response->headers = found->second.headers;
        (void)result.response->body.append(found->second.body);
        return result;
    }

    std::shared_ptr<ScriptedWeb> m_web;
};

} // namespace claimcheck::test
