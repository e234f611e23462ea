// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shop of the identities with its access matrix.

#pragma once

#include "identityshop.h"

#include <support/result.h>
#include <workbench/accesstest.h>

#include <QtTest/qtest.h>

#include <algorithm>

namespace claimcheck::test {

/// The shop's /me, which takes nobody.
struct Access
{
    IdentityShop shop;
    workbench::AccessTest access{shop.workbench};

    Access()
    {
        shop.overTokens = {"nobody"};
        access.load();
    }
    using State = workbench::AccessTest::State;

    bool reaches(State state)
    {
        return QTest::qWaitFor([&] { return access.state() == state || access.problem(); }, 30'000) &&
               access.state() == state;
    }
    bool test(bool isEveryCell)
    {
        access.prepare({.rate = 0, .isEveryCell = isEveryCell});
        return reaches(State::Ready) && access.run({}) && reaches(State::Ended);
    }
    /// The shop's /open wants a key of the application, which nobody has given yet.
    void wantKey()
    {
        shop.folder.write("environments/local.yml",
                          "name: local\nvariables:\n  - {name: host, value: \"" + shop.server.url("") +
                              "\"}\n  - {secret: true, name: password}\n"
                              "  - {secret: true, name: apiKey}\n  - {secret: true, name: unused}\n");
        shop.folder.write("open.yml",
                          "info: {name: Open, type: http}\nhttp: {method: GET, url: \"{{host}}/open\", "
                          "headers: [{name: X-Key, value: \"{{apiKey}}\"}]}\n");
        reopen();
    }
    /// A request that goes to another server.
    void addAway(const RawServer& other)
    {
        shop.folder.write("away.yml", "info: {name: Away, type: http}\nhttp: {method: GET, url: \"" +
                                          other.url("/x") + "\"}\n");
        reopen();
    }
    void reopen()
    {
        QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
        shop.workbench.selectEnvironment("local");
        access.load();
    }
    std::size_t asked(const std::string& target) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            shop.server.seen, [&](const Seen& seen) { return seen.target() == target; }));
    }
    const audit::MatrixCell* cell(const std::string& request, const std::string& identity) const
    {
        for (const audit::MatrixRowReport& row : access.report()->rows)
            for (const audit::MatrixCell& each : row.cells)
                if (row.name == request && each.identity == identity)
                    return &each;
        return nullptr;
    }
};

} // namespace claimcheck::test
