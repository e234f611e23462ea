// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/renewalturn.h>

#include <utility>

#include <QtCore/qcryptographichash.h>
#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <store/files.h>
#include <store/settings.h>

namespace claimcheck::run {
namespace {

constexpr Milliseconds pauseForTurn{50};
constexpr int mostAttempts = static_cast<int>(RenewalTurn::longestWait / pauseForTurn);

/// No name of a folder or an identity stands in it.
std::string lockNameOf(const keychain::Entry& entry)
{
    const std::string key = keychain::keyOf(entry);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData({key.data(), static_cast<qsizetype>(key.size())});
    return "claimcheck-session-" + hash.result().toHex().toStdString() + ".lock";
}

/// In the desktop's folder, which is no other user's.
std::unique_ptr<store::FileLock> lockOfDesktop(const std::string& name)
{
    const std::string folder = qgetenv("XDG_RUNTIME_DIR").toStdString();
    if (!folder.starts_with('/')) // XDG Base Directory Specification 0.8: one that is not absolute is ignored
        return nullptr;
    auto lock = std::make_unique<store::FileLock>(folder + "/" + name);
    if (lock->state() == store::FileLock::State::Impossible)
        return nullptr;
    return lock;
}

std::unique_ptr<store::FileLock> lockOn(const std::string& name)
{
    if (auto lock = lockOfDesktop(name))
        return lock;
    const std::string folder = store::dataDirectory() + "/locks";
    if (!store::makeDirectories(folder, store::Privacy::OwnerOnly))
        return nullptr;
    return std::make_unique<store::FileLock>(folder + "/" + name);
}

} // namespace

RenewalTurn::RenewalTurn(const keychain::Entry& entry) : m_name(lockNameOf(entry)) {}

void RenewalTurn::take(QObject* context, std::function<void()> then)
{
    m_lock.reset(); // which would be another one's for the next
    attempt(context, std::move(then), mostAttempts);
}

void RenewalTurn::attempt(QObject* context, std::function<void()> then, int attemptsLeft)
{
    m_lock = lockOn(m_name);
    const bool isOthers = m_lock && m_lock->state() == store::FileLock::State::Others;
    if (!isOthers || attemptsLeft == 0) {
        QMetaObject::invokeMethod(context, std::move(then), Qt::QueuedConnection);
        return;
    }
    m_lock.reset();
    QTimer::singleShot(pauseForTurn, context, [this, context, then = std::move(then), attemptsLeft] {
        attempt(context, then, attemptsLeft - 1);
    });
}

} // namespace claimcheck::run
