// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/renewalturn.h>

#include <utility>

#include <QtCore/qcryptographichash.h>
#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <run/keptsession.h>
#include <store/files.h>
#include <store/settings.h>

namespace claimcheck::run {
namespace {

constexpr Milliseconds pauseForTurn{50};
constexpr int mostAttempts = static_cast<int>(RenewalTurn::longestWait / pauseForTurn);
constexpr Milliseconds longestRead{10'000}; ///< all who want a token wait for it

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

std::optional<auth::KeptTokens> tokensFor(const SessionPlan& plan, const Secret& text)
{
    const auto session = readKept(text);
    if (!session || session->login != loginMark(plan))
        return std::nullopt;
    if (!session->kept.tokens.isBound)
        return session->kept;
    const auto* const login = std::get_if<auth::OAuthLogin>(&plan.login);
    if (login == nullptr || !login->proofKey)
        return std::nullopt;
    const auto key = jose::privateJwk(*login->proofKey);
    return key && *key == session->proofKey ? std::optional(session->kept) : std::nullopt;
}

void findLatest(keychain::Keychain& keychain, const keychain::Entry& entry, const SessionPlan& plan,
                QObject* context, auth::TokenStore::Found found)
{
    auto* const wait = new QObject(context); // whichever comes first takes it away
    const auto isOver = std::make_shared<bool>(false);
    const auto end = [wait, isOver, found = std::move(found)](const std::optional<auth::KeptTokens>& kept) {
        if (std::exchange(*isOver, true))
            return;
        wait->deleteLater();
        found(kept);
    };
    QTimer::singleShot(longestRead, wait, [end] { end(std::nullopt); });
    keychain.read(entry, wait, [end, plan](const Result<std::optional<Secret>>& text) {
        end(text && *text ? tokensFor(plan, **text) : std::nullopt);
    });
}

} // namespace claimcheck::run
