// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SARIF reports of `audit` and `matrix` against the published schema of SARIF 2.1.0, by a validator that
// nobody here wrote.

#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestSarif : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void auditsKeepToTheSchema_data();
    void auditsKeepToTheSchema();
    void theMatrixKeepsToTheSchema();
    void faultsAreSeen_data();
    void faultsAreSeen();

private:
    QString at(const char* path) const { return toQString(m_server.url()) + QString::fromUtf8(path); }
    std::string login(const char* path) const;
    /// What is wrong with it; empty: nothing.
    static QString faultsOf(const std::string& report);

    demo::DemoServer m_server;
    std::string m_report;
};

std::string TestSarif::login(const char* path) const
{
    const CommandResult result =
        runCommand(words("login --user demo --password-stdin --print token --url") + QStringList{at(path)},
                   {"demo", {}});
    return result.out.substr(0, result.out.find('\n'));
}

QString TestSarif::faultsOf(const std::string& report)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(testsFolder() + QStringLiteral("/e2e/sarif"));
    process.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                  {QStringLiteral("validate.js")});
    process.write(report.data(), static_cast<qint64>(report.size()));
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000))
        return QStringLiteral("the validator did not end");
    const QString said = QString::fromUtf8(process.readAll());
    return process.exitCode() == 0 || !said.isEmpty() ? said : QStringLiteral("the validator failed");
}

void TestSarif::initTestCase()
{
    QVERIFY2(QDir(testsFolder() + QStringLiteral("/e2e/sarif/node_modules")).exists(),
             "its npm packages are missing: run tests/e2e/install.sh");
    QVERIFY_RESULT(m_server.start());
    const CommandResult result =
        runCommand(words("audit --rate 0 --format sarif --attacks alg-none --token - --url") +
                       QStringList{at("/careless/protected")},
                   {login("/careless/login"), {}});
    QVERIFY2(result.status == 1, result.err.c_str());
    m_report = result.out;
}

void TestSarif::auditsKeepToTheSchema_data()
{
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("options");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* from, const char* path, const char* options,
                        int status) {
        QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(path)
                            << QString::fromUtf8(options) << status;
    };
    row("findings of many kinds", "/careless/login", "/careless/protected", "", 1);
    row("a URL with a query", "/careless/login", "/careless/protected?a=%7C&b=%C3%A9&c=[1]",
        "--attacks alg-none", 1);
    row("nothing found", "/rs256/login", "/rs256/protected", "--attacks alg-none,embedded-jwk", 0);
    row("not testable", "/login", "/careless/protected", "--attacks alg-none", 4);
}

void TestSarif::auditsKeepToTheSchema()
{
    QFETCH(QString, login);
    QFETCH(QString, path);
    QFETCH(QString, options);
    QFETCH(int, status);
    const CommandResult result =
        runCommand(words("audit --rate 0 --format sarif --token - --url") +
                       QStringList{at(path.toUtf8().constData())} + words(options.toUtf8().constData()),
                   {this->login(login.toUtf8().constData()), {}, 120'000});
    QVERIFY2(result.status == status, (result.err + result.out).c_str());
    QCOMPARE(faultsOf(result.out), QString());
}

void TestSarif::theMatrixKeepsToTheSchema()
{
    const CollectionFolder folder;
    folder.write("my page.yml",
                 "info: {name: X, type: http}\nhttp: {method: GET, url: \"" + m_server.url() + "/\"}\n");
    folder.write(".claimcheck/matrix.yaml", "requests:\n  my page.yml:\n    expect: {anonymous: deny}\n");
    const CommandResult result =
        runCommand(words("matrix --rate 0 --format sarif") + QStringList{toQString(folder.root)});
    QVERIFY2(result.status == 1, (result.err + result.out).c_str());
    QVERIFY2(result.out.find("\"my%20page.yml\"") != std::string::npos, result.out.c_str());
    QCOMPARE(faultsOf(result.out), QString());
}

void TestSarif::faultsAreSeen_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    const auto row = [](const char* name, const char* from, const char* to) {
        QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(to);
    };
    row("version", "\"2.1.0\"", "\"2.0.0\"");
    row("missing", "\"message\"", "\"messages\"");
    row("level", "\"level\": \"error\"", "\"level\": \"fatal\"");
    row("uri", "\"helpUri\": \"https:", "\"helpUri\": \"not a URI ");
}

/// The check itself: one change in a good report.
void TestSarif::faultsAreSeen()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QCOMPARE(faultsOf(m_report), QString());
    QString text = QString::fromStdString(m_report);
    const qsizetype at = text.indexOf(from);
    QVERIFY2(at >= 0, m_report.c_str());
    text.replace(at, from.size(), to);
    QVERIFY(!faultsOf(text.toStdString()).isEmpty());
}

QTEST_GUILESS_MAIN(TestSarif)
#include "tst_sarif.moc"
