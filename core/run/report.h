// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What came of a run, as values: every reporter writes from this. It holds no header and no body, and its
// texts went through a Redactor.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <QtCore/qmetatype.h>

#include <base/result.h>
#include <base/time.h>
#include <run/judge.h>

namespace claimcheck::run {

enum class Status
{
    Passed,
    Failed,
    Skipped
};

/// A token that an answer brought: no text of it, not even of its header or payload.
struct TokenVerdict
{
    std::string place;   ///< as inspect::FoundToken::place
    std::string verdict; ///< inspect::toText(), or "opaque"
    std::string key;     ///< the name in keys.yaml of its issuer's key; empty: none is known

    bool operator==(const TokenVerdict&) const = default;
};

struct RequestResult
{
    std::string path; ///< of its file in the collection
    std::string name;
    std::string method;
    std::string url;
    int iteration = 1;
    Status status = Status::Skipped;
    bool wasSent = false;
    int answer = 0; ///< HTTP status; 0: no answer
    double milliseconds = 0;
    std::uint64_t bytes = 0; ///< of the answer's body
    std::vector<Check> checks;
    std::string error;              ///< why it could not be built or sent: "WHAT: WHY (HINT)"
    std::string reason;             ///< why it was skipped: "script not run"
    std::vector<std::string> notes; ///< "captured token"
    /// What stands behind a 401 or 403 that made it fail: sentences (auth/explain.h).
    std::vector<std::string> explanation = {};
    std::vector<TokenVerdict> tokens = {}; ///< the best first; of very many, the first of them
};

/// The identity that a run's requests were sent as.
struct SessionReport
{
    std::string name;
    std::uint64_t renewals = 0;          ///< new tokens after the first ones
    bool wasWanted = false;              ///< by a request that was run: it takes the session's token
    std::vector<std::string> notes = {}; ///< what is odd about its first token, in sentences
};

struct Report
{
    std::string collection; ///< its name
    std::string environment;
    Instant startedAt{};
    double milliseconds = 0;
    int iterations = 1;
    bool isInterrupted = false;
    std::vector<RequestResult> results;
    std::optional<SessionReport> session = {};

    std::size_t count(Status status) const;
    /// Requests went out, and none of them was answered.
    bool isUnanswered() const;
    /// Nothing went out, and nothing failed: all was skipped, and nothing is known of any server.
    bool isIdle() const;
};

inline std::size_t Report::count(Status status) const
{
    std::size_t number = 0;
    for (const RequestResult& result : results)
        number += result.status == status ? 1u : 0u;
    return number;
}

inline bool Report::isUnanswered() const
{
    bool wasSent = false;
    for (const RequestResult& result : results) {
        wasSent = wasSent || result.wasSent;
        if (result.answer != 0)
            return false;
    }
    return wasSent;
}

inline bool Report::isIdle() const
{
    for (const RequestResult& result : results)
        if (result.wasSent || result.status != Status::Skipped)
            return false;
    return true;
}

/// "3 passed, 1 failed, 0 skipped"
std::string summary(const Report& report);

/// The reports, whole: JUnit's XML, our own JSON, one HTML page without anything from elsewhere, TAP 14.
std::string junitReport(const Report& report);
std::string jsonReport(const Report& report);
std::string htmlReport(const Report& report);
std::string tapReport(const Report& report);

struct Reporter
{
    const char* name;
    std::string (*write)(const Report&);
};
/// junit, json, html, tap; null for another name.
const Reporter* findReporter(std::string_view name);

/// "POST /login  200  12 ms" and what failed, for a person.
std::string consoleLines(const RequestResult& result);

} // namespace claimcheck::run

Q_DECLARE_METATYPE(claimcheck::run::Report)
