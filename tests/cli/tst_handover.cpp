// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli is quick because it loads little: what reaches servers is in claimcheck-cli-network, which
// it becomes when a command needs it, from wherever the two are.

#include <support/commandline.h>

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck::test;

class HandOver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsNoNetworkLibrary();
    void runsNetworkCommandsAsBuilt();
    void runsNetworkCommandsAsInstalled();
    void runsNetworkCommandsThroughALink();
    void keepsStandardInput();
    void saysWhatIsMissing();
    void worksAloneWithoutTheNetwork();

private:
    static QString copied(const QTemporaryDir& folder, const QString& name, const QString& path);
    static CommandResult run(const QString& program, const char* arguments);
};

QString HandOver::copied(const QTemporaryDir& folder, const QString& name, const QString& path)
{
    const QString target = folder.filePath(path);
    const bool isThere = QDir().mkpath(QFileInfo(target).path()) &&
                         QFile::copy(programsFolder() + QStringLiteral("/") + name, target);
    return isThere ? target : QString();
}

CommandResult HandOver::run(const QString& program, const char* arguments)
{
    CommandInput input;
    input.program = program;
    return runCommand(words(arguments), input);
}

// The loader itself lists what it would load.
void HandOver::loadsNoNetworkLibrary()
{
    CommandInput input;
    input.environment = {{QStringLiteral("LD_TRACE_LOADED_OBJECTS"), QStringLiteral("1")}};
    const CommandResult small = runCommand({}, input);
    QVERIFY(small.out.find("libcrypto") != std::string::npos);
    for (const char* library : {"libcurl", "libQt6Network", "libssl", "libfyaml"})
        QVERIFY2(small.out.find(library) == std::string::npos, library);
    input.program = programsFolder() + QStringLiteral("/claimcheck-cli-network");
    QVERIFY(runCommand({}, input).out.find("libQt6Network") != std::string::npos);
}

void HandOver::runsNetworkCommandsAsBuilt()
{
    const CommandResult help = runCommand(words("send --help"));
    QCOMPARE(help.status, 0);
    QVERIFY(help.out.find("--no-redirect") != std::string::npos);
}

void HandOver::runsNetworkCommandsAsInstalled()
{
    const QTemporaryDir folder;
    const QString program =
        copied(folder, QStringLiteral("claimcheck-cli"), QStringLiteral("bin/claimcheck-cli"));
    QVERIFY(!program.isEmpty());
    QVERIFY(!copied(folder, QStringLiteral("claimcheck-cli-network"),
                    QStringLiteral("libexec/claimcheck/claimcheck-cli-network"))
                 .isEmpty());
    QCOMPARE(run(program, "login --help").status, 0);
}

void HandOver::runsNetworkCommandsThroughALink()
{
    const QTemporaryDir folder;
    const QString link = folder.filePath(QStringLiteral("cc"));
    QVERIFY(QFile::link(commandLineProgram(), link));
    QCOMPARE(run(link, "demo --help").status, 0);
}

// Nothing listens on port 1 of this machine; a body that is read from standard input comes before that.
void HandOver::keepsStandardInput()
{
    CommandInput input;
    input.standardInput = "{}";
    const CommandResult sent =
        runCommand(words("send POST http://127.0.0.1:1/ --data - --max-time 5"), input);
    QCOMPARE(sent.status, 3);
    QVERIFY(sent.err.find("127.0.0.1") != std::string::npos);
}

void HandOver::saysWhatIsMissing()
{
    const QTemporaryDir folder;
    const QString program =
        copied(folder, QStringLiteral("claimcheck-cli"), QStringLiteral("bin/claimcheck-cli"));
    const CommandResult sent = run(program, "send GET http://127.0.0.1:1/");
    QCOMPARE(sent.status, 2);
    QVERIFY(sent.err.find("cannot start") != std::string::npos);
    QVERIFY(sent.err.find("install Claimcheck again") != std::string::npos);
}

void HandOver::worksAloneWithoutTheNetwork()
{
    const QTemporaryDir folder;
    const QString program =
        copied(folder, QStringLiteral("claimcheck-cli"), QStringLiteral("bin/claimcheck-cli"));
    const CommandResult help = run(program, "--help");
    QCOMPARE(help.status, 0);
    QVERIFY(help.out.find("login") != std::string::npos);
    QCOMPARE(run(program, "key generate --alg HS256").status, 0);
}

QTEST_GUILESS_MAIN(HandOver)
#include "tst_handover.moc"
