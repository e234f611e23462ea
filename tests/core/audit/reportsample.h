// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report of an audit that has something of everything, with what a server wrote in it.

#pragma once

#include <audit/report.h>

namespace claimcheck::test {

inline audit::Row row(const char* attack, audit::Outcome outcome, const char* why = "")
{
    audit::Row made;
    made.attack = attack;
    made.variant = "variant of <it>";
    made.outcome = outcome;
    made.status = 200;
    made.why = why;
    made.recipe = "the recipe";
    made.header = R"({"alg":"none"})";
    made.request = "GET http://127.0.0.1/p";
    made.curl = "curl -si -H \"Authorization: Bearer $TOKEN\" \"http://127.0.0.1/p\"";
    made.answer = "<script>alert(1)</script>\x1b[31m";
    return made;
}

inline audit::Report sample()
{
    audit::RouteReport route{.name = "orders/list.yml", .method = "GET", .url = "http://127.0.0.1/p"};
    route.goodStatus = 200;
    route.refusalStatus = 401;
    route.wasAnswered = true;
    route.rows = {row("no-token", audit::Outcome::Refused, "401"),
                  row("alg-none", audit::Outcome::Accepted, "200 like the answer to the good token"),
                  row("alg-none", audit::Outcome::Refused, "401"),
                  row("encoding", audit::Outcome::Accepted, "200"),
                  row("empty-hmac-key", audit::Outcome::Inconclusive, "429"),
                  row("expired-accepted", audit::Outcome::NotRun, "needs the signing key")};
    route.rows.push_back(row("jku-injection", audit::Outcome::Refused, "401"));
    route.rows.back().wasHeard = true;
    audit::RouteReport closed{.name = "b.yml", .method = "GET", .url = "http://127.0.0.1/q"};
    closed.objection = "the good token is answered with 401";
    audit::Report report;
    report.startedAt = Instant{Seconds(1'800'000'000)};
    report.routes = {route, closed};
    report.requests = 42;
    return report;
}

} // namespace claimcheck::test
