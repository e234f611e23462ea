// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Workbench with the demo API behind it, and a recorder of everything that it signals.

#pragma once

#include <demo/demoapi.h>
#include <support/result.h>
#include <workbench/workbench.h>

#include <QtTest/qtest.h>

namespace claimcheck::test {

using workbench::ExchangeResult;
using workbench::FetchedKeys;
using workbench::LoginResult;
using workbench::SessionState;
using workbench::Workbench;

/// Keeps what the signals carried.
struct Recorder
{
    explicit Recorder(Workbench& workbench)
    {
        QObject::connect(&workbench, &Workbench::loginFinished,
                         [this](const LoginResult& r) { logins.push_back(r); });
        QObject::connect(&workbench, &Workbench::exchangeFinished,
                         [this](const ExchangeResult& r) { exchanges.push_back(r); });
        QObject::connect(&workbench, &Workbench::sessionChanged,
                         [this](const SessionState& s) { sessions.push_back(s); });
        QObject::connect(&workbench, &Workbench::inspected,
                         [this](const inspect::Inspection& i) { inspections.push_back(i); });
        QObject::connect(&workbench, &Workbench::keysFetched,
                         [this](const FetchedKeys& f) { fetched.push_back(f); });
        QObject::connect(&workbench, &Workbench::exchangeStarted, [this] { ++started; });
    }

    std::vector<LoginResult> logins;
    std::vector<ExchangeResult> exchanges;
    std::vector<SessionState> sessions;
    std::vector<inspect::Inspection> inspections;
    std::vector<FetchedKeys> fetched;
    int started = 0;
};

inline auth::Login demoLogin(const std::string& url, const std::string& path = "/login")
{
    auth::Login login;
    login.url = url + path;
    login.user = std::string(demo::demoUser);
    login.password = Secret(demo::demoPassword);
    return login;
}

inline collection::Item get(const std::string& url,
                            collection::AuthMode mode = collection::AuthMode::SessionRaw)
{
    collection::Item item;
    item.entry.url = url;
    item.entry.auth = mode;
    return item;
}

inline const collection::Item& itemNamed(const collection::Folder& folder, const std::string& name)
{
    for (const collection::Item& item : folder.items)
        if (item.entry.name == name)
            return item;
    qFatal("no request %s", name.c_str());
}

inline std::string body(const ExchangeResult& result)
{
    return result.exchange.response->body.read();
}

} // namespace claimcheck::test
