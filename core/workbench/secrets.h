// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The secret values that the window knows: found in their places, given by the user, kept in the keychain or
// only as long as the program runs. Every one is told to the Redactor, which history and reports go through.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <QtCore/qobject.h>

#include <run/redactor.h>
#include <run/release.h>
#include <run/scopes.h>
#include <store/permissions.h>

namespace claimcheck::workbench {

/// How long a value that the user gives is kept.
enum class Remember
{
    InMemory,  ///< until the program ends
    InKeychain ///< in the desktop's keychain; where that fails, in memory, and problem() says so
};

class Secrets : public QObject
{
    Q_OBJECT
public:
    Secrets() = default;

    /// Null: there is none, and values stay in memory. That is how it begins.
    void setKeychain(std::unique_ptr<keychain::Keychain> keychain);
    bool hasKeychain() const { return m_keychain != nullptr; }
    keychain::Keychain* keychain() const { return m_keychain.get(); }
    /// What the collections may read of the process.
    void setPermissions(store::Permissions permissions);
    const store::Permissions& permissions() const { return m_permissions; }
    /// What requests of that collection may take along, as it is allowed at the time of asking; asks nobody.
    run::Guard guardOf(const std::string& directory, const run::Outside& outside) const;

    /// Looks for the secrets of that environment in all places, to show them; changed() tells when shown()
    /// has them.
    void show(const collection::Collection& collection, const std::string& environment);
    const std::vector<run::SecretValue>& shown() const { return m_shown; }
    /// The same for a request that waits for them: outside() has them then.
    void find(const collection::Collection& collection, const std::string& environment, QObject* context,
              std::function<void()> done);
    /// The same for whoever has requests of his own: a run.
    void lookUp(const collection::Collection& collection, const std::string& environment, QObject* context,
                std::function<void(run::Outside)> done);
    /// For a request that waits for nothing: what `.env` files say now, and the process where it is allowed
    /// now.
    void renewOutside(const collection::Collection& collection, const std::string& environment);
    /// What was found last, for scopesFor(); empty for another collection or environment.
    const run::Outside& outside() const { return m_outside; }
    const std::optional<Error>& keychainProblem() const { return m_problem; }
    /// Another collection or environment was chosen, or files changed: what was found for requests is no
    /// longer true; shown() stays within a collection.
    void reset(const std::optional<collection::Collection>& collection, const std::string& environment);

    /// The user's value of a secret variable; an empty one is forgotten.
    void give(const std::string& directory, const std::string& environment, const std::string& name,
              const Secret& value, Remember remember);
    void forget(const std::string& directory, const std::string& environment, const std::string& name);
    /// The environment has another name now: its values go along.
    void moveEnvironment(const collection::Environment& environment, const std::string& directory,
                         const std::string& newName);

    run::Redactor& redactor() { return m_redactor; }

Q_SIGNALS:
    void changed();
    /// The keychain could not do what was asked; the value is in memory.
    void problem(const claimcheck::Error& error);

private:
    run::SecretPlaces places(const collection::Collection& collection, const std::string& environment);
    run::Outside outsideOf(const run::SecretPlaces& all);
    void take(const run::FoundSecrets& found);
    void renewShown();
    void endShowing();
    void forgetFound(const std::string& name);
    void keepInMemory(const keychain::Entry& entry, const Secret& value);

    std::unique_ptr<keychain::Keychain> m_keychain;
    std::map<std::string, Secret> m_given; ///< by keyOf
    store::Permissions m_permissions;
    run::Outside m_outside;
    std::vector<run::SecretValue> m_shown;
    std::string m_shownDirectory;
    std::function<void()> m_showAgain;
    std::optional<Error> m_problem;
    run::Redactor m_redactor;
    std::unique_ptr<QObject> m_question; ///< the latest search
};

} // namespace claimcheck::workbench
