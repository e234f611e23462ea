// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection in a temporary folder that is run against a server of the test's own.

#pragma once

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <run/runner.h>

#include <optional>
#include <string>

#include <QtTest/qtest.h>

namespace claimcheck::test::running {

inline std::string get(const std::string& name, int seq, const std::string& path,
                       const std::string& more = {})
{
    return "info:\n  name: " + name + "\n  type: http\n  seq: " + std::to_string(seq) +
           "\nhttp:\n  method: GET\n  url: \"{{host}}" + path + "\"\n" + more;
}

inline std::string expectStatus(int status)
{
    return "runtime:\n  assertions:\n    - {expression: res.status, operator: eq, value: \"" +
           std::to_string(status) + "\"}\n";
}

inline const std::string captureToken =
    "runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n"
    "      selector: {expression: res.body.token, method: jsonq}\n"
    "      variable: {name: token, scope: runtime}\n";

inline Answer answer(const Seen& seen)
{
    if (seen.target() == "/refused")
        return {"HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\nContent-Length: "
                "0\r\n\r\n"};
    if (seen.target() == "/login")
        return ok(R"({"token":"opaque-value-1"})");
    if (seen.target() == "/asks")
        return ok(R"({"token":"{{password}}{{process.env.KEY}}"})");
    return seen.target().starts_with("/fail") ? Answer{"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"}
                                              : ok("{}");
}

class Fixture
{
public:
    Fixture() : server(answer) { options.overrides = {{"host", server.url("")}}; }

    run::Report run()
    {
        run::Runner runner(folder.open(), options);
        run::Report report;
        bool isFinished = false;
        QObject::connect(&runner, &run::Runner::finished, [&](const run::Report& finished) {
            report = finished;
            isFinished = true;
        });
        const auto started = runner.start();
        error = started ? std::nullopt : std::optional(started.error());
        if (started && !QTest::qWaitFor([&] { return isFinished; }, 30'000))
            qWarning("the run did not finish");
        return report;
    }
    std::string targets() const
    {
        std::string text;
        for (const Seen& seen : server.seen)
            text += seen.target() + " ";
        return text;
    }

    CollectionFolder folder;
    RawServer server;
    run::Options options;
    std::optional<Error> error;
};

} // namespace claimcheck::test::running
