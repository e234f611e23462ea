// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request made ready to be sent and not sent, for whoever sends it more than once: an audit. Its secrets
// are looked for, the user is asked for what is missing and where a secret or a token would go to a new
// place, an identity signs in.
//
//   MakeReady ready(workbench, item, workbench.identities().chosen(), [](Result<ReadyRequest> made) { … });
//   ready.start();

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <auth/livetokens.h>
#include <http/client.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {

class SendAs;

struct ReadyRequest
{
    http::Request request;
    auth::LiveTokens tokens = {}; ///< that it was made with; empty: of no session
    /// What else in it, or on the way to it, is secret.
    std::vector<Secret> secrets = {};
};

class MakeReady : public QObject
{
    Q_OBJECT
public:
    /// Once, from the event loop, and not after this object's end.
    using Done = std::function<void(Result<ReadyRequest>)>;

    /// `identity` as Identities::chosen() has it. The workbench outlives this.
    MakeReady(Workbench& workbench, collection::Item item, std::string identity, Done done);
    ~MakeReady() override;

    void start();

private:
    void lookForSecrets();
    void takeSecrets(run::Outside outside);
    void build();
    void buildWithForm();
    void ask(const run::Release& release);
    void end(Result<ReadyRequest> made);

    Workbench& m_workbench;
    collection::Item m_item;
    std::string m_identity;
    Done m_done;
    collection::Collection m_collection; ///< the open one when this began
    std::string m_environment;
    run::Outside m_outside;
    bool m_wasAsked = false;             ///< for secrets
    std::optional<run::Release> m_asked; ///< for last
    std::unique_ptr<QObject> m_wait;
    http::Client m_client;
    std::unique_ptr<SendAs> m_as;
};

} // namespace claimcheck::workbench
