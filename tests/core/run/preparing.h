// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection in a temporary folder whose requests are made ready to go out.

#pragma once

#include <base/text.h>
#include <core/store/folder.h>
#include <run/prepare.h>

#include <string>

namespace claimcheck::test {

/// The file of a request, with that value of `auth`.
inline std::string get(const std::string& auth = {})
{
    return "info: {name: R, type: http}\nhttp:\n  method: GET\n  url: https://api.test/a?x=1\n" +
           (auth.empty() ? std::string() : "  auth: " + auth + "\n");
}

class Fixture
{
public:
    Fixture()
    {
        values.scopes = {{"test",
                          {{"user", "ada \"A\""},
                           {"pass", "hunter2-secret"},
                           {"secret", "0123456789abcdef0123456789abcdef"}}}};
        values.now = Instant(Seconds(1'700'000'000));
    }
    Result<http::Request> request(const std::string& path = "r.yml") const
    {
        const collection::Collection collection = folder.open();
        const collection::Item* item = collection::findItem(collection, path);
        if (!item)
            qFatal("no such request");
        return run::prepare(collection, *item, values);
    }
    http::Request sent(const std::string& path = "r.yml") const
    {
        auto prepared = request(path);
        if (!prepared)
            qWarning("%s", describe(prepared.error()).c_str());
        return prepared ? *std::move(prepared) : http::Request();
    }

    CollectionFolder folder;
    run::Values values;
};

} // namespace claimcheck::test
