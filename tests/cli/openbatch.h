// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `token verify --batch -` behind a pipe that stays open: a line in, its answer out, before the next is
// written.

#pragma once

#include <support/commandline.h>

namespace claimcheck::test {

class OpenBatch
{
public:
    explicit OpenBatch(const QStringList& options, const std::map<QString, QString>& environment = {})
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        for (const auto& [name, value] : environment)
            all.insert(name, value);
        m_process.setProcessEnvironment(all);
        m_process.start(commandLineProgram(), words("token verify --batch -") + options);
    }
    ~OpenBatch()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    OpenBatch(const OpenBatch&) = delete;
    OpenBatch& operator=(const OpenBatch&) = delete;

    /// What comes for that line, without one behind it; empty when nothing comes.
    std::string answerTo(const std::string& line)
    {
        m_process.write(QByteArray::fromStdString(line + "\n"));
        QEventLoop loop;
        QTimer timer;
        timer.setSingleShot(true);
        timer.callOnTimeout(&loop, [&loop] { loop.quit(); });
        QObject::connect(&m_process, &QProcess::finished, &loop, [&loop] { loop.quit(); });
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &loop, [this, &loop] {
            if (m_process.canReadLine())
                loop.quit();
        });
        timer.start(30'000);
        if (!m_process.canReadLine() && m_process.state() != QProcess::NotRunning)
            loop.exec();
        return m_process.canReadLine() ? m_process.readLine().toStdString() : std::string();
    }

    /// Closes the pipe. The status, and what came on standard error.
    CommandResult end()
    {
        m_process.closeWriteChannel();
        CommandResult result;
        if (runToEnd(m_process, 30'000) && m_process.exitStatus() == QProcess::NormalExit)
            result.status = m_process.exitCode();
        result.err = m_process.readAllStandardError().toStdString();
        return result;
    }

private:
    QProcess m_process;
};

} // namespace claimcheck::test
