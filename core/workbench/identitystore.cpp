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

Error withWayOut(Error error)
{
    error.fix += error.fix.empty() ? "" : "; ";
    error.fix += "the session is kept as soon as it is used or renewed with the keychain open";
    return error;
}

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
    const auto text = run::writeKept(m_plan, kept);
    if (!text)
        return done(tl::unexpected(text.error()));
    const bool mayAsk = std::exchange(m_mayAsk, false);
    const int count = ++m_lastKeep;
    if (!m_problem || mayAsk)
        return write(*text, context, std::move(done));
    m_keychain->askIfOpen(context, [this, text = *text, context, done = std::move(done), count,
                                    problem = *m_problem](bool isOpen) {
        if (!m_isOn || count != m_lastKeep) // newer tokens are under way
            return done({});
        if (!isOpen)
            return done(tl::unexpected(problem));
        write(text, context, done);
    });
}

void IdentityStore::write(const Secret& text, QObject* context, Done done)
{
    auto* const wait = new QObject(context); // whichever comes first takes it away
    const auto isOver = std::make_shared<bool>(false);
    const auto end = [this, wait, isOver, done = std::move(done)](const Result<void>& written) {
        if (std::exchange(*isOver, true))
            return;
        wait->deleteLater();
        const Result<void> told = written ? written : tl::unexpected(withWayOut(written.error()));
        m_problem = told ? std::nullopt : std::optional(told.error());
        done(told);
    };
    QTimer::singleShot(longestWait, wait, [end] {
        end(failure(ErrorKind::TimedOut, "cannot keep the session in the keychain",
                    "it did not answer within 30 s",
                    "unlock it, and look whether the desktop asks something"));
    });
    m_keychain->write(m_entry, text, wait, end);
}

void IdentityStore::latest(QObject* context, Found found)
{
    if (!m_isOn || m_problem) // it is behind the tokens at hand
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
