// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop's keychain through QtKeychain 0.13. Its own fall-back, a clear settings file, stays off.

#include <algorithm>
#include <utility>

#include <QtCore/qabstracteventdispatcher.h>
#include <QtCore/qtimer.h>
#include <qt6keychain/keychain.h>

#include <base/text.h>
#include <keychain/keychain.h>
#include <keychain/service.h>

namespace claimcheck::keychain {
namespace {

QString serviceName()
{
    return QStringLiteral("claimcheck");
}

/// How a call ended, after its job is gone.
struct Failed
{
    QKeychain::Error error = QKeychain::OtherError;
    std::string text; ///< for programmers, in the desktop's language
};

Failed failedOf(const QKeychain::Job& job)
{
    return {job.error(), visible(toUtf8(job.errorString()))};
}

/// Whoever names an object of the service has spoken with it. No language translates such a path; where there
/// is no service the text has the name org.freedesktop.secrets, with dots, at most.
bool isAnswered(const std::string& text)
{
    return text.find("/org/freedesktop/secrets") != std::string::npos;
}

constexpr const char* tryAgain = "try again to be asked again; until then secrets stay in memory only";

/// Where the service cannot be asked how it stands: QtKeychain tells a lock and a no apart from the rest, and
/// gives OtherError where no service answers.
Error errorFromText(const Failed& failed, const std::string& what)
{
    if (failed.error == QKeychain::AccessDenied)
        return {ErrorKind::Refused, what, "it is locked (" + failed.text + ")",
                "unlock it, then try again; until then secrets stay in memory only", std::nullopt};
    if (isAnswered(failed.text))
        return {ErrorKind::Refused, what, "the keyring was not opened, or not made", tryAgain, std::nullopt};
    return *errorOf(Standing::NoService, what, failed.text);
}

/// Asks the service how it stands first: the error of the call, whose text is for programmers, does not say
/// whether it is there at all, locked, or waited for a password in vain.
void explain(const Failed& failed, const std::string& what, QObject* context,
             std::function<void(const Error&)> then)
{
    if (failed.error == QKeychain::AccessDeniedByUser)
        return then({ErrorKind::Refused, what, "you said no when the desktop asked", tryAgain, std::nullopt});
    askStanding(context, [failed, what, then = std::move(then)](Standing standing) {
        then(errorOf(standing, what, failed.text).value_or(errorFromText(failed, what)));
    });
}

/// libsecret answers through GLib's event loop: with QT_NO_GLIB=1 the answer would never come.
std::optional<Error> deafness(const std::string& what)
{
#ifdef Q_OS_LINUX
    const QAbstractEventDispatcher* const loop = QAbstractEventDispatcher::instance();
    if (loop == nullptr || !loop->inherits("QEventDispatcherGlib"))
        return Error{ErrorKind::Unreachable, what, "the keychain's answers need GLib's event loop",
                     "unset QT_NO_GLIB; until then secrets stay in memory only", std::nullopt};
#endif
    return std::nullopt;
}

Secret taken(QByteArray bytes)
{
    Secret secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    std::fill(bytes.begin(), bytes.end(), '\0');
    return secret;
}

class DesktopKeychain final : public Keychain
{
public:
    void read(const Entry& entry, QObject* context, Found found) override;
    void write(const Entry& entry, const Secret& value, QObject* context, Done done) override;
    void remove(const Entry& entry, QObject* context, Done done) override;
    void askIfOpen(QObject* context, std::function<void(bool)> done) override;

private:
    template <typename Callback>
    static void later(QObject* context, Callback callback, const Error& error)
    {
        QTimer::singleShot(0, context,
                           [callback = std::move(callback), error] { callback(tl::unexpected(error)); });
    }
    /// `end` comes with the finished job, as long as the context lives.
    template <typename JobType, typename End>
    static void start(JobType* job, const Entry& entry, QObject* context, End end)
    {
        job->setKey(toQString(keyOf(entry)));
        job->setInsecureFallback(false);
        QObject::connect(job, &QKeychain::Job::finished, context, [job, end] { end(*job); });
        job->start();
    }
};

void DesktopKeychain::read(const Entry& entry, QObject* context, Found found)
{
    const std::string what = "cannot read " + visible(entry.name) + " from the keychain";
    if (const auto deaf = deafness(what))
        return later(context, std::move(found), *deaf);
    const auto fail = [found, what, context](const Failed& failed) {
        explain(failed, what, context, [found](const Error& error) { found(tl::unexpected(error)); });
    };
    // Of what is behind a lock that nobody opened it is said, too, that it is not there.
    const auto lookBehind = [found, fail, entry, context] {
        askForLocked(serviceName(), toQString(keyOf(entry)), context, [found, fail](bool isLocked) {
            if (isLocked)
                fail({QKeychain::AccessDenied, "the item is locked"});
            else
                found(std::optional<Secret>());
        });
    };
    const auto end = [found, fail, lookBehind](const QKeychain::ReadPasswordJob& job) {
        if (job.error() == QKeychain::NoError)
            found(std::optional<Secret>(taken(job.binaryData())));
        else if (job.error() == QKeychain::EntryNotFound)
            lookBehind();
        else
            fail(failedOf(job));
    };
    start(new QKeychain::ReadPasswordJob(serviceName()), entry, context, end);
}

void DesktopKeychain::write(const Entry& entry, const Secret& value, QObject* context, Done done)
{
    const std::string what = "cannot keep " + visible(entry.name) + " in the keychain";
    if (const auto deaf = deafness(what))
        return later(context, std::move(done), *deaf);
    auto* const job = new QKeychain::WritePasswordJob(serviceName());
    const std::string_view bytes = value.reveal();
    job->setBinaryData(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    const auto end = [done, what, context](const QKeychain::WritePasswordJob& ended) {
        if (ended.error() == QKeychain::NoError)
            return done({});
        explain(failedOf(ended), what, context, [done](const Error& error) { done(tl::unexpected(error)); });
    };
    start(job, entry, context, end);
}

void DesktopKeychain::remove(const Entry& entry, QObject* context, Done done)
{
    const std::string what = "cannot remove " + visible(entry.name) + " from the keychain";
    if (const auto deaf = deafness(what))
        return later(context, std::move(done), *deaf);
    const auto end = [done, what, context](const QKeychain::DeletePasswordJob& job) {
        if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
            return done({});
        explain(failedOf(job), what, context, [done](const Error& error) { done(tl::unexpected(error)); });
    };
    start(new QKeychain::DeletePasswordJob(serviceName()), entry, context, end);
}

void DesktopKeychain::askIfOpen(QObject* context, std::function<void(bool)> done)
{
    askStanding(context, [done = std::move(done)](Standing standing) {
        const bool asks = standing == Standing::NoKeyring || standing == Standing::Locked ||
                          standing == Standing::LockedAlone;
        done(!asks);
    });
}

} // namespace

std::unique_ptr<Keychain> desktopKeychain()
{
    return std::make_unique<DesktopKeychain>();
}

} // namespace claimcheck::keychain
