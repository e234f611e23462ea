// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server of tests/e2e/<name>/, server.js unless another script is named, for the length of a test. Such a
// server prints "listening PORT" when it is ready and ends when its standard input closes. Node is
// $CLAIMCHECK_NODE, or the one on the PATH.

#pragma once

#include <support/paths.h>

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstring.h>

namespace claimcheck::test {

class NodeServer
{
public:
    ~NodeServer() { stop(); }

    /// Empty when it runs, else what is wrong and what to do.
    QString start(const QString& name, const QStringList& arguments = {},
                  const QString& script = QStringLiteral("server.js"))
    {
        const QString folder = testsFolder() + QStringLiteral("/e2e/") + name;
        const bool hasPackages = QFile::exists(folder + QStringLiteral("/package.json"));
        if (hasPackages && !QDir(folder + QStringLiteral("/node_modules")).exists())
            return QStringLiteral("its npm packages are missing: run tests/e2e/install.sh");
        m_process.setWorkingDirectory(folder);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                        QStringList{script} + arguments);
        if (!m_process.waitForStarted())
            return QStringLiteral("node does not start: ") + m_process.errorString();
        return readPort() ? QString() : QStringLiteral("the server did not say where it listens");
    }

    QString url(const QString& scheme = QStringLiteral("http")) const
    {
        return QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(m_port);
    }

    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(5'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

private:
    bool readPort()
    {
        while (!m_process.canReadLine())
            if (!m_process.waitForReadyRead(30'000))
                return false;
        const QByteArray line = m_process.readLine().trimmed();
        m_port = line.mid(line.lastIndexOf(' ') + 1).toInt();
        return line.startsWith("listening ") && m_port > 0;
    }

    QProcess m_process;
    int m_port = 0;
};

} // namespace claimcheck::test
