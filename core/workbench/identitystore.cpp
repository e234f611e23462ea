// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "identitystore.h"

#include <memory>
#include <utility>

#include <QtCore/qtimer.h>

#include <run/keptsession.h>

namespace claimcheck::workbench {
namespace {

/// All who want a token wait for it: a desktop that asks a user who is not there must not hold them up.
constexpr Milliseconds longestWait{30'000};

} // namespace

void IdentityStore::setOn(bool on)
{
    m_isOn = on && m_keychain != nullptr;
    m_problem.reset();
}

void IdentityStore::keep(const auth::KeptTokens& kept, QObject* context, Done done)
{
    if (!m_isOn)
        return done({});
    const auto text = run::writeKept(m_plan, kept.tokens, kept.ends);
    if (!text)
        return done(tl::unexpected(text.error()));
    auto* const wait = new QObject(context); // whichever comes first takes it away
    const auto isOver = std::make_shared<bool>(false);
    const auto end = [this, wait, isOver, done = std::move(done)](const Result<void>& written) {
        if (std::exchange(*isOver, true))
            return;
        wait->deleteLater();
        m_problem = written ? std::nullopt : std::optional(written.error());
        done(written);
    };
    QTimer::singleShot(longestWait, wait, [end] {
        end(failure(ErrorKind::TimedOut, "cannot keep the session in the keychain",
                    "it did not answer within 30 s",
                    "unlock it, and look whether the desktop asks something"));
    });
    m_keychain->write(m_entry, *text, wait, end);
}

void IdentityStore::latest(QObject* context, Found found)
{
    if (!m_isOn)
        return found(std::nullopt);
    m_turn.take(context, [this, context, found = std::move(found)] {
        run::findLatest(*m_keychain, m_entry, m_plan, context, found);
    });
}

void IdentityStore::forget(QObject* context, Done done)
{
    if (m_keychain == nullptr)
        return done({});
    m_keychain->remove(m_entry, context, [this, done = std::move(done)](const Result<void>& removed) {
        m_problem = removed ? std::nullopt : std::optional(removed.error());
        done(removed);
    });
}

} // namespace claimcheck::workbench
