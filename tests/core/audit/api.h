// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server of the test's own: what it answers to a token is told by the test, and it counts what it is asked.

#pragma once

#include "goodtokens.h"

#include <audit/auditor.h>
#include <listen/listenerthread.h>

#include <QtCore/qeventloop.h>

#include <functional>
#include <mutex>

namespace claimcheck::test {

class Api
{
public:
    /// Gets the token (empty: none) and the number of the request, from 1.
    using Answerer = std::function<listen::ListenerResponse(const std::string& token, int count)>;

    explicit Api(Answerer answerer)
        : m_answerer(std::move(answerer)),
          m_listener([this](const listen::ListenerRequest& request) { return take(request); })
    {
        static_cast<void>(m_listener.listen());
    }
    std::string url() const { return m_listener.url() + "/protected"; }
    std::vector<listen::ListenerRequest> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    listen::ListenerResponse take(const listen::ListenerRequest& request)
    {
        int count = 0;
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
            count = static_cast<int>(m_requests.size());
        }
        const std::string field = request.header("Authorization");
        return m_answerer(field.starts_with("Bearer ") ? field.substr(7) : "", count);
    }

    Answerer m_answerer;
    mutable std::mutex m_mutex;
    std::vector<listen::ListenerRequest> m_requests;
    listen::ListenerThread m_listener;
};

inline listen::ListenerResponse jsonAnswer(int status, const std::string& body)
{
    listen::ListenerResponse response;
    response.status = status;
    response.body = body;
    return response;
}

inline const std::string openBody = R"({"ok":true,"user":"demo"})";
inline const std::string closedBody = R"({"error":"unauthorized"})";

inline audit::Route routeTo(const std::string& url, const audit::Material& material)
{
    http::Request request;
    request.url = url;
    request.headers.push_back({"Authorization", "Bearer " + material.good.text});
    return {{url, request, material.good.text}, material, {}};
}

/// To its end; the report.
inline audit::Report audited(audit::Auditor& auditor)
{
    audit::Report report;
    QEventLoop loop;
    QObject::connect(&auditor, &audit::Auditor::finished, &loop, [&](const audit::Report& finished) {
        report = finished;
        loop.quit();
    });
    if (auditor.start())
        loop.exec();
    return report;
}

inline std::vector<std::string> classesOf(const audit::Report& report)
{
    std::vector<std::string> names;
    for (const audit::Finding& finding : audit::findingsOf(report))
        if (std::ranges::find(names, finding.findingClass) == names.end())
            names.emplace_back(finding.findingClass);
    return names;
}

inline Api::Answerer onlyGood(const std::string& good)
{
    return [good](const std::string& token, int) {
        return token == good ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
}

inline std::vector<audit::Row> rowsOf(const audit::Report& report, const std::string& attack)
{
    std::vector<audit::Row> rows;
    for (const audit::Row& row : report.routes.front().rows)
        if (row.attack == attack)
            rows.push_back(row);
    return rows;
}

inline bool areAll(const std::vector<audit::Row>& rows, audit::Outcome outcome)
{
    return !rows.empty() &&
           std::ranges::all_of(rows, [&](const audit::Row& row) { return row.outcome == outcome; });
}

inline audit::Settings allAtOnce(const std::vector<const char*>& attacks = {})
{
    audit::Settings settings;
    settings.rate = 0;
    settings.lateness = Milliseconds(0);
    for (const char* id : attacks)
        settings.chosen.push_back(audit::findAttack(id));
    return settings;
}

/// Of a test: audits of servers that it makes up, and what these were asked.
class AuditRuns
{
protected:
    audit::Report run(const Api::Answerer& answerer, const audit::Settings& settings)
    {
        Api api(answerer);
        audit::Auditor auditor({routeTo(api.url(), m_material)}, settings);
        audit::Report report = audited(auditor);
        m_requests = api.requests();
        return report;
    }

    audit::Material m_material{.good = {}, .now = noon, .nonce = {}, .own = {}};
    std::vector<listen::ListenerRequest> m_requests;
};

} // namespace claimcheck::test
