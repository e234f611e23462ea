// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection with the identities alice and bob, and the server that they sign in at: /login gives the token
// "t-NAME-COUNT", /me says who asks and sets a cookie.

#pragma once

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <keychain/memory.h>
#include <workbench/identities.h>
#include <workbench/secrets.h>
#include <workbench/workbench.h>

#include <QtTest/qtest.h>

#include <set>

namespace claimcheck::test {

struct IdentityShop
{
    int logins = 0;
    int lifetime = 3600;              ///< seconds of the tokens
    bool isOpen = true;               ///< it signs in
    bool isAway = false;              ///< a proxy answers for it
    std::set<std::string> overTokens; ///< that it takes no longer
    RawServer server{[this](const Seen& seen) { return answer(seen); }};
    CollectionFolder folder;
    workbench::Workbench workbench;
    std::vector<workbench::ExchangeResult> answers;

    IdentityShop()
    {
        folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: \"" +
                                                   server.url("") +
                                                   "\"}\n  - {secret: true, name: password}\n");
        folder.write("me.yml", "info: {name: Me, type: http}\n"
                               "http: {method: GET, url: \"{{host}}/me\", headers: [{name: Authorization, "
                               "value: \"Bearer {{token}}\"}]}\n");
        folder.write("open.yml", "info: {name: Open, type: http}\n"
                                 "http: {method: GET, url: \"{{host}}/open\"}\n");
        writeIdentities("{{password}}");
        QObject::connect(&workbench, &workbench::Workbench::exchangeFinished,
                         [this](const workbench::ExchangeResult& result) { answers.push_back(result); });
        QVERIFY_RESULT(workbench.openCollection(folder.root));
        workbench.selectEnvironment("local");
        give();
        letGo({"local", "password"}, http::originOf(server.url()));
    }

    void writeIdentities(const std::string& password) const
    {
        const auto login = [&](const std::string& name) {
            return "  " + name + ":\n    login:\n      url: \"{{host}}/login\"\n      user: " + name +
                   "\n      password: \"" + password + "\"\n";
        };
        folder.write(".claimcheck/sessions.yaml", "sessions:\n" + login("alice") + login("bob"));
    }
    void give()
    {
        workbench.secrets().give(folder.root, "local", "password", Secret("s3cret-word"),
                                 workbench::Remember::InMemory);
    }
    void letGo(const run::SecretName& secret, const std::string& destination)
    {
        store::Permissions permissions = workbench.secrets().permissions();
        permissions.release(folder.root, {secret.environment, secret.name, destination});
        workbench.secrets().setPermissions(std::move(permissions));
    }

    workbench::Identities& identities() { return workbench.identities(); }
    workbench::IdentityState state(const std::string& name)
    {
        for (const workbench::IdentityState& each : identities().states())
            if (each.name == name)
                return each;
        return {};
    }
    bool isSignedIn(const std::string& name)
    {
        return QTest::qWaitFor([&] { return state(name).isSignedIn && !state(name).isBusy; });
    }
    const collection::Item& item(const std::string& path)
    {
        return *collection::findItem(*workbench.collection(), path);
    }
    /// Sends and waits for the answer.
    workbench::ExchangeResult send(const std::string& path)
    {
        const std::size_t before = answers.size();
        workbench.send(item(path));
        if (!QTest::qWaitFor([&] { return answers.size() > before; }))
            qFatal("no answer came");
        return answers.back();
    }
    static std::string body(const http::Exchange& exchange)
    {
        return exchange.response ? exchange.response->body.read() : std::string("no answer");
    }

private:
    Answer answer(const Seen& seen)
    {
        if (seen.target() == "/login") {
            if (isAway)
                return ok("<html><title>Bad Gateway</title></html>", "", "502 Bad Gateway");
            if (!isOpen)
                return ok("{\"error\":\"closed\"}", "Content-Type: application/json\r\n", "403 Forbidden");
            const std::string name = seen.body.find("alice") != std::string::npos ? "alice" : "bob";
            return ok("{\"access_token\":\"token-" + name + "-" + std::to_string(++logins) +
                          "\",\"expires_in\":" + std::to_string(lifetime) + "}",
                      "Content-Type: application/json\r\n");
        }
        std::string token = "nobody";
        if (const auto at = seen.head.find("Bearer "); at != std::string::npos)
            token = seen.head.substr(at + 7, seen.head.find("\r\n", at) - at - 7);
        if (overTokens.contains(token))
            return ok("{}", "Content-Type: application/json\r\n", "401 Unauthorized");
        return ok("{\"as\":\"" + token + "\"}",
                  "Content-Type: application/json\r\nSet-Cookie: sid=" + token + "; Path=/\r\n");
    }
};

} // namespace claimcheck::test
