// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The audit against servers on packages with published vulnerabilities, their fixed releases and correct ones
// (vulnbench/SOURCE.md): every fault is found, and nothing is found where there is none.

#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <optional>
#include <set>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

using Classes = std::set<std::string>;

QString benchFolder()
{
    return testsFolder() + QStringLiteral("/e2e/vulnbench");
}

Classes classesOf(const std::optional<json::Value>& list)
{
    Classes names;
    if (list)
        for (const json::Value& item : list->items())
            names.insert(item.string());
    return names;
}

QString joined(const Classes& names)
{
    QStringList all;
    for (const std::string& name : names)
        all << QString::fromStdString(name);
    return all.join(QStringLiteral(", "));
}

/// What of `names` is not in `known`.
Classes without(const Classes& names, const Classes& known)
{
    Classes rest;
    std::ranges::set_difference(names, known, std::inserter(rest, rest.end()));
    return rest;
}

class BenchServer
{
public:
    ~BenchServer()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(2'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    QString start(const QString& folder, bool isFixed, const QString& keyFile)
    {
        if (!QDir(folder + QStringLiteral("/node_modules")).exists())
            return QStringLiteral("its npm packages are missing: run tests/e2e/install.sh");
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PORT"), QStringLiteral("0"));
        environment.insert(QStringLiteral("VARIANT"),
                           isFixed ? QStringLiteral("fixed") : QStringLiteral("vuln"));
        environment.insert(QStringLiteral("BENCH_KEY_OUT"), keyFile);
        m_process.setProcessEnvironment(environment);
        m_process.setWorkingDirectory(folder);
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                        {QStringLiteral("server.js")});
        while (!m_process.canReadLine())
            if (!m_process.waitForReadyRead(30'000))
                return QStringLiteral("the server did not say where it listens");
        const QByteArray line = m_process.readLine().trimmed();
        m_port = line.mid(line.lastIndexOf(' ') + 1).toInt();
        return m_port > 0 ? QString() : QString::fromUtf8(line);
    }
    QString at(const std::string& path) const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_port) + QString::fromStdString(path);
    }

private:
    QProcess m_process;
    int m_port = 0;
};

} // namespace

class TestVulnbench : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatIsThere_data();
    void findsWhatIsThere();

private:
    CommandResult audit(const BenchServer& server, const json::Value& entry, const QString& keyFile) const;

    QTemporaryDir m_folder;
    std::optional<json::Document> m_manifest;
};

void TestVulnbench::findsWhatIsThere_data()
{
    QTest::addColumn<int>("entry");
    QTest::addColumn<bool>("isFixed");
    m_manifest.emplace(*json::parse(readFile(benchFolder() + QStringLiteral("/manifest.json"))));
    int index = 0;
    for (const json::Value& entry : m_manifest->root().items()) {
        const std::string id = entry.find("id")->string();
        QTest::newRow(id.c_str()) << index << false;
        if (!entry.find("fixed")->isNull())
            QTest::newRow((id + ", fixed").c_str()) << index << true;
        ++index;
    }
}

/// As a developer runs it: signed in, with the public key that everybody may know and the signing key.
CommandResult TestVulnbench::audit(const BenchServer& server, const json::Value& entry,
                                   const QString& keyFile) const
{
    const CommandResult login = runCommand(words("login --user demo --password-stdin --print token --url") +
                                               QStringList{server.at(entry.find("login")->string())},
                                           {"demo", {}});
    QStringList options = words("audit --json --rate 0 --token - --url") +
                          QStringList{server.at(entry.find("protected")->string())} + words("--signing-key") +
                          QStringList{keyFile};
    if (entry.find("scheme")->string() == "raw")
        options << QStringLiteral("--raw");
    if (const std::string route = entry.find("key_material_route")->string(); !route.empty()) {
        const QString file = m_folder.filePath(QStringLiteral("public"));
        runCommand(words("send GET -o") + QStringList{file, server.at(route)});
        options += QStringList{QStringLiteral("--key"), file};
    }
    return runCommand(options, {login.out.substr(0, login.out.find('\n')), {}, 120'000});
}

void TestVulnbench::findsWhatIsThere()
{
    QFETCH(int, entry);
    QFETCH(bool, isFixed);
    const json::Value bench = m_manifest->root().items()[static_cast<std::size_t>(entry)];
    const QString keyFile = m_folder.filePath(QStringLiteral("key.json"));
    BenchServer server;
    const QString folder = benchFolder() + u'/' + QString::fromStdString(bench.find("dir")->string());
    const QString problem = server.start(folder, isFixed, keyFile);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const CommandResult result = audit(server, bench, keyFile);
    const auto report = json::parse(result.out);
    QVERIFY2(report, result.err.c_str());

    Classes found;
    for (const json::Value& finding : report->root().find("findings")->items())
        found.insert(finding.find("class")->string());
    const Classes expected = classesOf(bench.find(isFixed ? "expected_findings_fixed" : "expected_findings"));
    const Classes missing = without(expected, found);
    QVERIFY2(missing.empty(), qPrintable(QStringLiteral("not found: ") + joined(missing)));

    const Classes overlap = isFixed ? Classes() : classesOf(bench.find("overlap"));
    Classes allowed = classesOf(bench.find(isFixed ? "informational_fixed" : "informational"));
    allowed.insert(expected.begin(), expected.end());
    allowed.insert(overlap.begin(), overlap.end());
    const Classes wrong = overlap.contains("*") ? Classes() : without(found, allowed);
    QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("found though it is not there: ") + joined(wrong)));
    QVERIFY(*report->root().find("requests")->integer() <= 300);
    QCOMPARE(result.status, found.empty() ? 0 : 1);
}

QTEST_GUILESS_MAIN(TestVulnbench)
#include "tst_vulnbench.moc"
