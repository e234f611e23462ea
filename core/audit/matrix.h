// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix: each request as each identity, one at a time, and what came of it beside what is
// expected. Who an identity is and where its token comes from is nobody's business here: a call is a request
// that is ready to be sent.

#pragma once

#include <vector>

#include <audit/matrixjudge.h>
#include <audit/target.h>

namespace claimcheck::audit {

/// One cell: a request as somebody makes it.
struct MatrixCall
{
    std::string identity;
    std::string owner = {}; ///< whose object; empty: one's own, or there are none
    Target target;          ///< its token is the identity's; nobody's is empty
    std::optional<collection::ExpectedAccess> expected = {};
    bool isControl = false; ///< sent for comparison, no cell of the matrix
};

/// A request of the collection. The first call is nobody's: it tells what a refusal looks like, and which
/// machine this is before any token goes there.
struct MatrixTask
{
    std::string name;
    std::string canary = {};
    std::vector<MatrixCall> calls;
};

struct MatrixSettings
{
    double rate = 5;                              ///< requests a second; 0: as fast as it goes
    bool isConfirmed = false;                     ///< targets may be other machines
    std::vector<std::string> confirmedHosts = {}; ///< that were confirmed before
    bool mayWrite = false;                        ///< methods other than GET and HEAD
    std::vector<Secret> secrets = {};             ///< tokens, and what else no report may hold
};

/// "" or what speaks against it, before anything is sent: as checkRoute().
Result<void> checkTask(const MatrixTask& task, const MatrixSettings& settings);
/// Requests without those that are repeated after an error, and without those that prove that a token works.
std::size_t requestsOf(const std::vector<MatrixTask>& tasks);
/// What would be sent, a line a request. `secrets`: as the settings have them.
std::string matrixPlanText(const std::vector<MatrixTask>& tasks, const std::vector<Secret>& secrets = {});
/// The same: {"calls": [{"name", "request", "identity", "owner", "expected", "comparison"}], "requests"},
/// with "owner" and "expected" where there are some.
std::string matrixPlanJson(const std::vector<MatrixTask>& tasks, const std::vector<Secret>& secrets = {});

struct MatrixCell
{
    std::string identity;
    std::string owner = {};
    std::optional<collection::ExpectedAccess> expected = {};
    Verdict verdict = Verdict::NotRun;
    Fit fit = Fit::NotRun;
    int status = 0;
    std::string why = {};
    std::string request = {}; ///< "GET http://…", without what is secret
    std::string curl = {};    ///< sends it again, with $TOKEN in the token's place
    std::string answer = {};  ///< its beginning, where too much was given; tokens masked
};

struct MatrixRowReport
{
    std::string name;
    std::string method;
    std::string url;            ///< as one of the calls has it
    std::string objection = {}; ///< why nothing of it was run
    std::vector<MatrixCell> cells = {};
};

struct MatrixReport
{
    Instant startedAt{};
    std::vector<std::string> identities = {}; ///< the columns
    std::vector<MatrixRowReport> rows = {};
    std::size_t requests = 0;
    double milliseconds = 0;
    bool wasAnswered = false;
    bool isInterrupted = false;
    std::string folder = {}; ///< Report::folder
};

} // namespace claimcheck::audit
