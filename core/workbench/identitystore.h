// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Puts an identity's tokens into the keychain, while the user wants that. Private to the module.

#pragma once

#include <keychain/keychain.h>
#include <run/renewalturn.h>
#include <run/sessionplan.h>

namespace claimcheck::workbench {

class IdentityStore final : public auth::TokenStore
{
public:
    /// `keychain` outlives it; null: there is none.
    IdentityStore(keychain::Keychain* keychain, keychain::Entry entry, run::SessionPlan plan)
        : m_keychain(keychain), m_entry(std::move(entry)), m_plan(std::move(plan)), m_turn(m_entry)
    {}

    bool isOn() const { return m_isOn; }
    void setOn(bool on);
    void setPlan(const run::SessionPlan& plan) { m_plan = plan; }
    /// Why the tokens of before are still in the keychain, or those at hand are not.
    const std::optional<Error>& problem() const { return m_problem; }

    /// The user does something about the session: the desktop may ask for the keychain's password again.
    void askAgain() { m_mayAsk = true; }
    /// At once where it is off. After a failure the keychain is written to where it is open, and nobody is
    /// asked for its password, until askAgain().
    void keep(const auth::KeptTokens& kept, QObject* context, Done done) override;
    void latest(QObject* context, Found found) override;
    void endRenewal() override { m_turn.end(); }
    void forget(QObject* context, Done done);

private:
    void write(const Secret& text, QObject* context, Done done);

    keychain::Keychain* m_keychain;
    keychain::Entry m_entry;
    run::SessionPlan m_plan;
    run::RenewalTurn m_turn;
    std::optional<Error> m_problem;
    bool m_isOn = false;
    bool m_mayAsk = false;
    int m_lastKeep = 0; ///< counts keep()
};

} // namespace claimcheck::workbench
