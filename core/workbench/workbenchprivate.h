// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a Workbench holds. For the .cpp files of this folder only.

#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include <archive/record.h>
#include <base/latestjob.h>
#include <demo/demoapi.h>
#include <http/cookies.h>
#include <keys/keycache.h>
#include <store/folderwatch.h>

#include "collectionjob.h"
#include "democollection.h"
#include "identities.h"
#include "issuerverification.h"
#include "secrets.h"
#include "sendas.h"
#include "sendasall.h"
#include "tokencontext.h"
#include "workbench.h"

namespace claimcheck::workbench {

/// What waits until the cancelled exchange has ended.
struct Waiting
{
    std::function<void()> begin;
    std::function<void()> refuse; ///< says that it was cancelled before it began
};

struct Workbench::Private
{
    http::Client client;
    http::Call call;
    bool isBusy = false;
    Waiting next; ///< begins as soon as the cancelled exchange has ended
    LatestJob<std::vector<FoundInspection>> search;
    std::optional<http::Exchange> searched; ///< the tokens of its response are being looked for

    Secrets secrets;
    archive::Origin origin;
    std::unique_ptr<QObject> preparing; ///< lives while the values of secrets are looked for or asked for
    std::optional<collection::Item> prepared;

    std::unique_ptr<keys::KeyCache> keys = std::make_unique<keys::KeyCache>(client);
    std::unique_ptr<QObject> keyQuestion; ///< lives as long as somebody waits for keys

    std::optional<collection::Collection> collection;
    /// Of the collection, as they were read; shared with a reading beside.
    std::shared_ptr<const store::KnownFiles> files = std::make_shared<const store::KnownFiles>();
    std::unique_ptr<store::FolderWatch> watch; ///< nothing: nobody wants to know
    CollectionJob opening;                     ///< of another folder
    CollectionJob reading;                     ///< of the open one, anew
    bool changedMeanwhile = false;             ///< while it was read
    std::optional<Error> problem;              ///< why it could not be read the last time
    std::string environment;
    std::string wanted; ///< the environment that was chosen: it may be away for a moment while files change
    /// By the collection's folder, the environment's name and the identity's.
    std::map<std::array<std::string, 3>, std::shared_ptr<http::CookieJar>> jars;
    inspect::KeyRing ring;
    std::optional<auth::Session> session;
    Identities identities{collection, secrets};
    std::unique_ptr<SendAs> sending;    ///< as one of them
    std::unique_ptr<QObject> comparing; ///< lives while values are looked for, before that
    std::unique_ptr<SendAsAll> sendingAll;
    KnownContexts contexts;
    /// Shared with the search for tokens, which may end after this.
    std::shared_ptr<inspect::NonceMemory> nonces = std::make_shared<inspect::NonceMemory>();
    IssuerVerification verification{collection, environment, secrets};

    std::unique_ptr<demo::DemoServer> demo;
    std::unique_ptr<DemoCollection> demoCollection;

    /// Of the chosen environment and identity.
    std::shared_ptr<http::CookieJar> jar() { return jarOf(identities.chosen()); }
    std::shared_ptr<http::CookieJar> jarOf(const std::string& identity);
    /// What is sent as an identity, with what was found for it.
    SendAs::Around around(const collection::Item& item, const std::string& identity);
    /// Ends what is under way.
    void cancelExchange();
    /// Keeps how the tokens of an answer came.
    void rememberContexts(const http::Exchange& exchange, const std::vector<FoundInspection>& tokens);
    /// Called when an exchange has ended and its signal is out.
    void beginNext();
    /// Refuses what waits.
    void dropNext(Waiting instead = {});
};

} // namespace claimcheck::workbench
