// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run of a collection whose requests take a secret along, to a server that sees what comes.

#pragma once

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <run/runner.h>

#include <QtTest/qtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

namespace claimcheck::test {

/// Two requests with a secret, and a run of them.
struct SecretRun
{
    SecretRun() : server([this](const Seen&) { return ok(body); })
    {
        folder.write("environments/local.yml",
                     "name: local\nvariables:\n  - {secret: true, name: password}\n");
        for (const char* name : {"a", "b"})
            folder.write(std::string(name) + ".yml", std::string("info: {name: ") + name +
                                                         ", type: http}\nhttp: {method: GET, url: \"" +
                                                         server.url("/{{password}}") + "\"}\n");
        options.environment = "local";
        options.secrets = {{"local", "password", Secret("s3cret-word"), run::SecretSource::Keychain}};
        options.guard.secrets = run::guardedIn({{}, options.secrets, {}, {}});
    }
    /// Ends it where `begun` returns true.
    run::Report toEnd(const std::function<bool(run::Runner&)>& begun = {})
    {
        run::Runner runner(folder.open(), options);
        std::optional<run::Report> report;
        QObject::connect(&runner, &run::Runner::finished,
                         [&](const run::Report& finished) { report = finished; });
        if (!runner.start())
            qFatal("it does not begin");
        if (begun && QTest::qWaitFor([&] { return begun(runner); }))
            runner.stop();
        if (!QTest::qWaitFor([&] { return report.has_value(); }))
            qFatal("it does not end");
        return *report;
    }

    bool hasSeen(std::string_view text) const
    {
        return std::ranges::any_of(server.seen, [text](const Seen& seen) { return seen.has(text); });
    }

    CollectionFolder folder;
    std::string body = "{}";
    RawServer server;
    run::Options options;
};

} // namespace claimcheck::test
