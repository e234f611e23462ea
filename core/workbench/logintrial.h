// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A login tried as it is typed, before anything is saved: beside the sessions of the collection, with nothing
// kept of it. Its tokens are gone with it, or with the next trial, and the server of a grant is told so where
// it can be (RFC 7009); Identities::trialEnded() says what became of each. Secrets are asked about as those
// of an identity are.
//
//   LoginTrial trial(workbench.collection(), workbench.secrets(), workbench.identities());
//   trial.start(identity, "local", {{"password", typed}});

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <base/secret.h>
#include <workbench/identities.h>

namespace claimcheck::workbench {

class LiveIdentity;

/// The value of a secret variable, not saved.
struct TypedSecret
{
    std::string variable;
    Secret value;

    bool operator==(const TypedSecret&) const = default;
};

class LoginTrial : public QObject
{
    Q_OBJECT
public:
    /// All three outlive it.
    LoginTrial(const std::optional<collection::Collection>& collection, Secrets& secrets,
               Identities& identities);
    ~LoginTrial() override;

    /// Signs in. A trial before is ended. Without a collection nothing happens.
    void start(const collection::Identity& identity, const std::string& environment,
               const std::vector<TypedSecret>& typed);
    /// Renews what start() brought, as it would be renewed later.
    void renew();
    void cancel();

    /// Nothing before the first start().
    std::optional<IdentityState> state() const;
    /// As Identities::steps().
    std::vector<archive::Record> steps() const;

Q_SIGNALS:
    void changed();
    /// A person has to do something before it goes on.
    void prompted(const claimcheck::auth::Prompt& prompt);

private:
    void note();
    void revoke();
    void end();

    const std::optional<collection::Collection>& m_collection;
    Secrets& m_secrets;
    Identities& m_identities;
    std::unique_ptr<LiveIdentity> m_live;
    std::vector<auth::LiveTokens> m_obtained; ///< all that it was given, renewals too
    std::uint64_t m_generation = 0;           ///< of the latest
};

} // namespace claimcheck::workbench
