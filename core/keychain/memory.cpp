// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QtCore/qtimer.h>

#include <keychain/memory.h>

namespace claimcheck::keychain {

void MemoryKeychain::read(const Entry& entry, QObject* context, Found found)
{
    Result<std::optional<Secret>> answer = std::optional<Secret>();
    if (m_error)
        answer = tl::unexpected(*m_error);
    else if (const auto known = m_values.find(keyOf(entry)); known != m_values.end())
        answer = known->second;
    QTimer::singleShot(0, context, [found = std::move(found), answer] { found(answer); });
}

void MemoryKeychain::write(const Entry& entry, const Secret& value, QObject* context, Done done)
{
    Result<void> answer;
    if (m_error)
        answer = tl::unexpected(*m_error);
    else
        m_values[keyOf(entry)] = value;
    QTimer::singleShot(0, context, [done = std::move(done), answer] { done(answer); });
}

void MemoryKeychain::remove(const Entry& entry, QObject* context, Done done)
{
    Result<void> answer;
    if (m_error)
        answer = tl::unexpected(*m_error);
    else
        m_values.erase(keyOf(entry));
    QTimer::singleShot(0, context, [done = std::move(done), answer] { done(answer); });
}

} // namespace claimcheck::keychain
