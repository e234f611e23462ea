// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs claimcheck-cli as a user or a script does: arguments, standard input, environment in; exit status
// and both outputs, byte for byte, out.

#pragma once

#include <QtCore/qprocess.h>
#include <QtCore/qstringlist.h>

#include <map>
#include <string>

namespace claimcheck::test {

struct CommandResult
{
    int status = -1; ///< -1: did not start, crashed or had to be killed
    std::string out;
    std::string err;
};

struct CommandInput
{
    std::string standardInput;
    std::map<QString, QString> environment;
    int timeout = 30'000; ///< ms
};

inline QString commandLineProgram()
{
    return QStringLiteral(CLAIMCHECK_BIN_DIR "/claimcheck-cli");
}

inline CommandResult runCommand(const QStringList& arguments, const CommandInput& input = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : input.environment)
        environment.insert(name, value);
    process.setProcessEnvironment(environment);
    process.start(commandLineProgram(), arguments);
    process.write(input.standardInput.data(), static_cast<qint64>(input.standardInput.size()));
    process.closeWriteChannel();
    const bool finished = process.waitForFinished(input.timeout);
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
