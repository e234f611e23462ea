// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs claimcheck-cli as a user or a script does: arguments, standard input, environment in; exit status
// and both outputs, byte for byte, out. The event loop runs meanwhile, so that a server of the test's own can
// answer; the program has no controlling terminal, so that it cannot ask anything there.

#pragma once

#include <support/paths.h>

#include <QtCore/qeventloop.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qtimer.h>

#include <map>
#include <string>

#include <unistd.h>

namespace claimcheck::test {

struct CommandResult
{
    int status = -1; ///< -1: did not start, crashed or had to be killed
    std::string out;
    std::string err;
};

struct CommandInput
{
    std::string standardInput = {};
    std::map<QString, QString> environment = {};
    int timeout = 30'000; ///< ms
    QString program = {}; ///< empty: the one that was built
};

inline QString commandLineProgram()
{
    return programsFolder() + QStringLiteral("/claimcheck-cli");
}

/// "send GET" and the like become single words.
inline QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
}

inline bool runToEnd(QProcess& process, int timeout)
{
    QEventLoop loop;
    QTimer timer;
    timer.setSingleShot(true);
    timer.callOnTimeout(&loop, [&loop] { loop.exit(1); });
    QObject::connect(&process, &QProcess::finished, &loop, [&loop] { loop.exit(0); });
    QObject::connect(&process, &QProcess::errorOccurred, &loop, [&loop] { loop.exit(1); });
    timer.start(timeout);
    return process.state() == QProcess::NotRunning || loop.exec() == 0;
}

inline CommandResult runCommand(const QStringList& arguments, const CommandInput& input = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : input.environment)
        environment.insert(name, value);
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([] { ::setsid(); });
    process.start(input.program.isEmpty() ? commandLineProgram() : input.program, arguments);
    process.write(input.standardInput.data(), static_cast<qint64>(input.standardInput.size()));
    process.closeWriteChannel();
    const bool finished = process.waitForStarted() && runToEnd(process, input.timeout);
    if (!finished) {
        process.kill();
        process.waitForFinished();
    }
    CommandResult result;
    result.out = process.readAllStandardOutput().toStdString();
    result.err = process.readAllStandardError().toStdString();
    if (finished && process.exitStatus() == QProcess::NormalExit)
        result.status = process.exitCode();
    return result;
}

} // namespace claimcheck::test
