// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop's keychain through QtKeychain 0.13. Its own fall-back, a clear settings file, stays off.

#include <algorithm>

#include <QtCore/qabstracteventdispatcher.h>
#include <QtCore/qtimer.h>
#include <qt6keychain/keychain.h>

#include <base/text.h>
#include <keychain/keychain.h>

namespace claimcheck::keychain {
namespace {

QString serviceName()
{
    return QStringLiteral("claimcheck");
}

tl::unexpected<Error> refused(const QKeychain::Job& job, const std::string& what)
{
    const bool byUser = job.error() == QKeychain::AccessDeniedByUser;
    return failure(ErrorKind::Refused, what,
                   byUser ? "you said no when the desktop asked"
                          : "it is locked (" + visible(toUtf8(job.errorString())) + ")",
                   "unlock it, then try again; until then secrets stay in memory only");
}

/// Whoever names an object of the service has spoken with it. No language translates such a path; where there
/// is no service the text has the name org.freedesktop.secrets, with dots, at most.
bool isAnswered(const std::string& text)
{
    return text.find("/org/freedesktop/secrets") != std::string::npos;
}

/// The keyring's own question was cancelled, or could not be asked: the text, which is for programmers, does
/// not say which.
tl::unexpected<Error> notOpened(const std::string& what)
{
    return failure(ErrorKind::Refused, what, "the keyring was not opened, or not made",
                   "try again to be asked again; until then secrets stay in memory only");
}

/// QtKeychain gives OtherError where no service answers: only its text, in the desktop's language, says more.
tl::unexpected<Error> errorOf(const QKeychain::Job& job, const std::string& what)
{
    if (job.error() == QKeychain::AccessDenied || job.error() == QKeychain::AccessDeniedByUser)
        return refused(job, what);
    const std::string why = visible(toUtf8(job.errorString()));
    if (isAnswered(why))
        return notOpened(what);
    return failure(
        ErrorKind::Unreachable, what, "no keychain service answers" + (why.empty() ? "" : " (" + why + ")"),
        "start GNOME Keyring, KWallet or KeePassXC's Secret Service; until then secrets stay in memory only");
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
    const auto end = [found = std::move(found), what](const QKeychain::ReadPasswordJob& job) {
        if (job.error() == QKeychain::NoError)
            found(std::optional<Secret>(taken(job.binaryData())));
        else if (job.error() == QKeychain::EntryNotFound)
            found(std::optional<Secret>());
        else
            found(errorOf(job, what));
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
    const auto end = [done = std::move(done), what](const QKeychain::WritePasswordJob& ended) {
        if (ended.error() == QKeychain::NoError)
            done({});
        else
            done(errorOf(ended, what));
    };
    start(job, entry, context, end);
}

void DesktopKeychain::remove(const Entry& entry, QObject* context, Done done)
{
    const std::string what = "cannot remove " + visible(entry.name) + " from the keychain";
    if (const auto deaf = deafness(what))
        return later(context, std::move(done), *deaf);
    const auto end = [done = std::move(done), what](const QKeychain::DeletePasswordJob& job) {
        if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
            done({});
        else
            done(errorOf(job, what));
    };
    start(new QKeychain::DeletePasswordJob(serviceName()), entry, context, end);
}

} // namespace

std::unique_ptr<Keychain> desktopKeychain()
{
    return std::make_unique<DesktopKeychain>();
}

} // namespace claimcheck::keychain
