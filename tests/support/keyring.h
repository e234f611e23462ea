// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A desktop's keychain of the test's own: a session bus and gnome-keyring-daemon, in a temporary home. The
// bus starts nothing by itself, so that no keychain of the machine is ever reached.

#pragma once

#include <QtCore/qfile.h>
#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <functional>
#include <map>

namespace claimcheck::test {

class Keyring
{
public:
    Keyring() = default;
    Keyring(const Keyring&) = delete;
    Keyring& operator=(const Keyring&) = delete;
    ~Keyring()
    {
        end(m_daemon);
        end(m_bus);
    }

    /// False when one of the two programs does not start. Nothing else may have used a bus before.
    bool startBus();
    bool startUnlocked() { return startBus() && startDaemon({QStringLiteral("--unlock")}); }
    /// The login collection is there, and locked; `before`: what is done while it was open. Whoever spoke
    /// with it then, in this process, speaks with nobody afterwards.
    bool startLocked(const std::function<bool()>& before = {});
    /// No collection is there yet, and nobody can ask for the password of a new one.
    bool startEmpty() { return startBus() && startDaemon({}); }

    /// The service goes away, the bus stays.
    void endService() { end(m_daemon); }
    /// Once a start has made the login collection.
    bool restartUnlocked()
    {
        endService();
        return startDaemon({QStringLiteral("--unlock")});
    }

    /// What a program needs to find it; of this process they are set.
    std::map<QString, QString> environment() const;

private:
    bool startDaemon(const QStringList& how);
    bool isAnswering() const;
    void apply() const;
    static void end(QProcess& process)
    {
        process.kill();
        process.waitForFinished();
    }

    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_daemon;
    QString m_address;
};

inline bool Keyring::startBus()
{
    QFile config(m_home.filePath(QStringLiteral("bus.conf")));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write(
        QStringLiteral("<busconfig><type>session</type><listen>unix:path=%1/bus</listen>"
                       "<auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>"
                       "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>")
            .arg(m_home.path())
            .toUtf8());
    config.close();
    m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                                                QStringLiteral("--config-file=") + config.fileName()});
    if (!m_bus.waitForReadyRead())
        return false;
    m_address = QString::fromUtf8(m_bus.readLine()).trimmed();
    apply();
    return !m_address.isEmpty();
}

inline std::map<QString, QString> Keyring::environment() const
{
    return {{QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_address},
            {QStringLiteral("HOME"), m_home.path()},
            {QStringLiteral("XDG_DATA_HOME"), m_home.path() + QStringLiteral("/data")},
            {QStringLiteral("XDG_RUNTIME_DIR"), m_home.path()},
            {QStringLiteral("XDG_CURRENT_DESKTOP"), QStringLiteral("GNOME")}};
}

inline void Keyring::apply() const
{
    for (const auto& [name, value] : environment())
        qputenv(name.toUtf8().constData(), value.toUtf8());
}

inline bool Keyring::startDaemon(const QStringList& how)
{
    m_daemon.setStandardOutputFile(QProcess::nullDevice());
    m_daemon.setStandardErrorFile(QProcess::nullDevice());
    m_daemon.start(QStringLiteral("gnome-keyring-daemon"),
                   how + QStringList{QStringLiteral("--components=secrets"), QStringLiteral("--foreground")});
    if (!m_daemon.waitForStarted())
        return false;
    m_daemon.write("test");
    m_daemon.closeWriteChannel();
    return QTest::qWaitFor([this] { return isAnswering(); }, 20'000);
}

inline bool Keyring::startLocked(const std::function<bool()>& before)
{
    if (!startUnlocked() || (before && !before()))
        return false;
    end(m_daemon);
    return startDaemon({});
}

inline bool Keyring::isAnswering() const
{
    QProcess asks;
    asks.start(QStringLiteral("dbus-send"),
               {QStringLiteral("--session"), QStringLiteral("--print-reply"),
                QStringLiteral("--dest=org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
                QStringLiteral("org.freedesktop.DBus.Peer.Ping")});
    return asks.waitForFinished() && asks.exitCode() == 0;
}

} // namespace claimcheck::test
