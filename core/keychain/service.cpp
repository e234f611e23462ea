// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <utility>

#include <QtCore/qfileinfo.h>
#include <QtCore/qmap.h>
#include <QtCore/qtimer.h>
#include <QtDBus/qdbusargument.h>
#include <QtDBus/qdbusconnection.h>
#include <QtDBus/qdbusextratypes.h>
#include <QtDBus/qdbusmessage.h>
#include <QtDBus/qdbusmetatype.h>
#include <QtDBus/qdbuspendingcall.h>

#include <keychain/service.h>

namespace claimcheck::keychain {
namespace {

constexpr int longestAnswer = 3'000; ///< ms

QString serviceOfSecrets()
{
    return QStringLiteral("org.freedesktop.secrets");
}

/// Of the session, without starting one: where no address is given the library would do that.
QDBusConnection sessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return QDBusConnection::sessionBus();
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString place = runtime + QStringLiteral("/bus");
    if (runtime.isEmpty() || !QFileInfo::exists(place))
        return QDBusConnection(QString());
    const QString address = QStringLiteral("unix:path=") + place;
    return QDBusConnection::connectToBus(address, QStringLiteral("claimcheck session"));
}

QDBusMessage toBus(const QString& method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"),
                                          QStringLiteral("/org/freedesktop/DBus"),
                                          QStringLiteral("org.freedesktop.DBus"), method);
}

QDBusMessage toService(const QString& path, const QString& face, const QString& method,
                       const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(serviceOfSecrets(), path, face, method);
    message.setArguments(arguments);
    message.setAutoStartService(false);
    return message;
}

/// One question after the other, each with what it says so far. It lives as long as its context, or until the
/// answer is there.
class StandingQuestion : public QObject
{
public:
    using Done = std::function<void(Standing)>;

    StandingQuestion(QObject* context, Done done)
        : QObject(context), m_bus(sessionBus()), m_done(std::move(done))
    {}

    void begin()
    {
        if (!m_bus.isConnected())
            return QTimer::singleShot(0, this, [this] { end(Standing::NoBus); });
        hasOwner(serviceOfSecrets(), [this](bool isThere) {
            if (isThere)
                return askForCollection();
            // QtKeychain speaks with KWallet itself, which need not be such a service.
            hasOwner(QStringLiteral("org.kde.kwalletd5"),
                     [this](bool isWallet) { end(isWallet ? Standing::Unknown : Standing::NoService); });
        });
    }

private:
    using Taken = std::function<void(const QDBusMessage&)>;

    void ask(const QDBusMessage& message, Taken taken)
    {
        auto* const answer = new QDBusPendingCallWatcher(m_bus.asyncCall(message, longestAnswer), this);
        connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, taken = std::move(taken)] {
            answer->deleteLater();
            if (answer->isError())
                return end(Standing::Unknown);
            taken(answer->reply());
        });
    }
    void hasOwner(const QString& name, std::function<void(bool)> taken)
    {
        QDBusMessage question = toBus(QStringLiteral("NameHasOwner"));
        question.setArguments({name});
        ask(question, [taken = std::move(taken)](const QDBusMessage& answer) {
            taken(answer.arguments().value(0).toBool());
        });
    }
    void askForCollection()
    {
        ask(toService(QStringLiteral("/org/freedesktop/secrets"),
                      QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("ReadAlias"),
                      {QStringLiteral("default")}),
            [this](const QDBusMessage& answer) {
                const QString path = answer.arguments().value(0).value<QDBusObjectPath>().path();
                if (path.isEmpty() || path == QStringLiteral("/"))
                    return end(path.isEmpty() ? Standing::Unknown : Standing::NoKeyring);
                askForLock(path);
            });
    }
    void askForLock(const QString& collection)
    {
        ask(toService(collection, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
                      {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")}),
            [this](const QDBusMessage& answer) {
                if (!answer.arguments().value(0).value<QDBusVariant>().variant().toBool())
                    return end(Standing::Open);
                askWhoAsks();
            });
    }
    /// GNOME Keyring leaves the question to another program; other services ask themselves.
    void askWhoAsks()
    {
        hasOwner(QStringLiteral("org.gnome.keyring"), [this](bool isGnome) {
            if (!isGnome)
                return end(Standing::Locked);
            const QString asks = QStringLiteral("org.gnome.keyring.SystemPrompter");
            hasOwner(asks, [this, asks](bool isThere) {
                if (isThere)
                    return end(Standing::Locked);
                ask(toBus(QStringLiteral("ListActivatableNames")), [this, asks](const QDBusMessage& answer) {
                    const bool canStart = answer.arguments().value(0).toStringList().contains(asks);
                    end(canStart ? Standing::Locked : Standing::LockedAlone);
                });
            });
        });
    }
    void end(Standing standing)
    {
        deleteLater();
        if (const Done done = std::exchange(m_done, nullptr))
            done(standing);
    }

    QDBusConnection m_bus;
    Done m_done;
};

} // namespace

void askStanding(QObject* context, std::function<void(Standing)> done)
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    (new StandingQuestion(context, std::move(done)))->begin();
#else
    QTimer::singleShot(0, context, [done = std::move(done)] { done(Standing::Unknown); });
#endif
}

void askForLocked(const QString& application, const QString& key, QObject* context,
                  std::function<void(bool)> done)
{
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    const QDBusConnection bus = sessionBus();
    if (!bus.isConnected())
        return QTimer::singleShot(0, context, [done = std::move(done)] { done(false); });
    // As QtKeychain names them.
    const Attributes attributes{{QStringLiteral("user"), key}, {QStringLiteral("server"), application}};
    const QDBusMessage question = toService(QStringLiteral("/org/freedesktop/secrets"),
                                            QStringLiteral("org.freedesktop.Secret.Service"),
                                            QStringLiteral("SearchItems"), {QVariant::fromValue(attributes)});
    auto* const answer = new QDBusPendingCallWatcher(bus.asyncCall(question, longestAnswer), context);
    QObject::connect(answer, &QDBusPendingCallWatcher::finished, context, [answer, done = std::move(done)] {
        answer->deleteLater();
        const auto locked = qdbus_cast<QList<QDBusObjectPath>>(answer->reply().arguments().value(1));
        done(!answer->isError() && !locked.isEmpty());
    });
}

std::optional<Error> errorOf(Standing standing, const std::string& what, const std::string& text)
{
    const auto error = [&what](ErrorKind kind, const char* why, const std::string& fix) {
        return Error{kind, what, why, fix + "; until then secrets stay in memory only", std::nullopt};
    };
    switch (standing) {
    case Standing::NoBus:
        return error(ErrorKind::Unreachable, "no keychain service answers: there is no session bus here",
                     "start it in a desktop session, or under dbus-run-session with a keychain service");
    case Standing::NoService: {
        Error none = error(ErrorKind::Unreachable, "no keychain service answers",
                           "start GNOME Keyring, KWallet or KeePassXC's Secret Service");
        if (!text.empty())
            none.why += " (" + text + ")";
        return none;
    }
    case Standing::NoKeyring:
        return error(ErrorKind::Refused, "the keychain service has no keyring yet, and none was made",
                     "try again and choose a password when the desktop asks for one, or make a keyring in "
                     "Passwords and Keys");
    case Standing::Locked:
        return error(ErrorKind::Refused, "it is locked, and the question for its password was not answered",
                     "try again, and give the password that the desktop asks for");
    case Standing::LockedAlone:
        return error(ErrorKind::Refused, "it is locked, and nothing is here that could ask for its password",
                     "unlock it by logging in to the desktop, or with gnome-keyring-daemon --unlock, then "
                     "try again");
    case Standing::Open:
    case Standing::Unknown:
        break;
    }
    return std::nullopt;
}

} // namespace claimcheck::keychain
