// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `claimcheck-cli guard` writes, in real servers: Express with jsonwebtoken and with jose, Fastify with
// fast-jwt, FastAPI with PyJWT, net/http with golang-jwt. The audit, which has the signing key, finds nothing
// behind a guard, and the same server without it open.

#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qtcpserver.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

// 256 bits, made for this test.
const QString secret = QStringLiteral("6dO1y3kq0ZxT9vWm4RbE7uHs2LpJ8cNf");

QProcessEnvironment serverEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GUARD_SECRET"), secret);
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    environment.insert(QStringLiteral("GOFLAGS"), QStringLiteral("-mod=mod"));
    environment.insert(QStringLiteral("GOPROXY"), QStringLiteral("off"));
    environment.insert(QStringLiteral("GO111MODULE"), QStringLiteral("on"));
    return environment;
}

/// A server of tests/e2e/guards for the length of a row.
class Server
{
public:
    ~Server()
    {
        m_process.closeWriteChannel();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(5'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    bool start(const QStringList& command, const QString& folder)
    {
        m_process.setWorkingDirectory(folder);
        m_process.setProcessEnvironment(serverEnvironment());
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(command.front(), command.mid(1));
        while (!m_process.canReadLine())
            if (!m_process.waitForReadyRead(60'000))
                return false;
        const QByteArray line = m_process.readLine().trimmed();
        m_port = line.mid(line.lastIndexOf(' ') + 1).toInt();
        return line.startsWith("listening ") && m_port > 0;
    }

    QString url(const char* path = "") const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_port) + QString::fromUtf8(path);
    }

private:
    QProcess m_process;
    int m_port = 0;
};

struct Kit
{
    const char* target;
    const char* server; ///< of tests/e2e/guards
    const char* guard;  ///< where the code goes
};

constexpr Kit kits[] = {
    {"express", "express.mjs", "guard.mjs"}, {"express-jose", "express.mjs", "guard.mjs"},
    {"fastify", "fastify.mjs", "guard.mjs"}, {"fastapi", "server.py", "guard.py"},
    {"go", "server.go", "guard/guard.go"},
};

QString sources()
{
    return testsFolder() + QStringLiteral("/e2e/guards/");
}

QString node()
{
    return qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node"));
}

/// Debian's own, for which its packages are.
const QString python = QStringLiteral("/usr/bin/python3");

bool writeTo(const QString& path, const std::string& bytes)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(bytes.data(), static_cast<qint64>(bytes.size())) == static_cast<qint64>(bytes.size());
}

CommandResult runThere(const QString& folder, const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessEnvironment(serverEnvironment());
    process.start(program, arguments);
    const bool finished = process.waitForStarted() && process.waitForFinished(600'000);
    return {finished ? process.exitCode() : -1, process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

CommandResult run(const QStringList& arguments, const std::string& input = {})
{
    return runCommand(arguments, {.standardInput = input,
                                  .environment = {{QStringLiteral("GUARD_SECRET"), secret}},
                                  .timeout = 240'000});
}

} // namespace

class TestGuards : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void guards_data();
    void guards();
    void saysWhenKeysAreOutOfReach_data();
    void saysWhenKeysAreOutOfReach();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    void makeKeys(const QString& alg);
    /// How the server of this kit is started in `folder`, once the guard is in it; empty after a failed
    /// check.
    QStringList commandOf(const Kit& kit, const QString& folder, const std::string& code) const;
    void checkAnswers(const Server& server, const std::string& token) const;
    void checkAudit(const Server& server, const std::string& token, const QStringList& keys) const;
    void checkWithout(const Server& server, const std::string& token) const;

    QTemporaryDir m_folder;
    Server m_issuer;
};

void TestGuards::makeKeys(const QString& alg)
{
    const QString own = path(alg + QStringLiteral(".pem"));
    const auto made = run(words("key generate --format pem --alg") + QStringList{alg} + words("--output") +
                          QStringList{own});
    QVERIFY2(made.status == 0, made.err.c_str());
    const auto half = run(words("key public --format pem --output") +
                          QStringList{path(alg + QStringLiteral(".public.pem")), own});
    QVERIFY2(half.status == 0, half.err.c_str());
}

void TestGuards::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY2(QFile::exists(sources() + QStringLiteral("node_modules/fast-jwt")),
             "its npm packages are missing: run tests/e2e/install.sh");
    QVERIFY2(runThere(m_folder.path(), python,
                      {QStringLiteral("-c"), QStringLiteral("import fastapi, jwt, uvicorn")})
                     .status == 0,
             "python3-fastapi, python3-jwt or uvicorn is missing: packaging/packages/test.txt");
    QVERIFY2(runThere(m_folder.path(), QStringLiteral("go"), {QStringLiteral("version")}).status == 0,
             "golang-go is missing: packaging/packages/test.txt");
    for (const char* alg : {"RS256", "ES256", "Ed25519"}) {
        makeKeys(QString::fromUtf8(alg));
        if (QTest::currentTestFailed())
            return;
    }
    // Two keys, so that kid has to choose; neither says its alg.
    std::string set;
    for (const char* alg : {"RS256", "Ed25519"}) {
        const auto jwk = run(words("key convert --to jwk") +
                             QStringList{path(QLatin1String(alg) + QLatin1String(".public.pem"))});
        QVERIFY2(jwk.status == 0, jwk.err.c_str());
        const std::size_t brace = jwk.out.find('{');
        QVERIFY(brace != std::string::npos);
        set += (set.empty() ? R"({"kid":")" : R"(,{"kid":")") + std::string(alg) + R"(",)" +
               jwk.out.substr(brace + 1);
    }
    QVERIFY(json::parse(R"({"keys":[)" + set + "]}").has_value());
    QVERIFY(writeTo(path(QStringLiteral("jwks.json")), R"({"keys":[)" + set + "]}"));
    QVERIFY(
        m_issuer.start({node(), sources() + QStringLiteral("issuer.mjs"), path(QStringLiteral("jwks.json"))},
                       m_folder.path()));
}

void TestGuards::guards_data()
{
    QTest::addColumn<int>("kit");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QString>("key"); // of makeKeys
    for (int i = 0; i < static_cast<int>(std::size(kits)); ++i) {
        const auto row = [i](const char* source, const char* alg, const char* key) {
            QTest::addRow("%s, %s, %s", kits[i].target, source, alg)
                << i << QString::fromUtf8(source) << QString::fromUtf8(alg) << QString::fromUtf8(key);
        };
        row("secret", "HS256", "");
        row("pem", "ES256", "ES256");
        row("issuer", "RS256", "RS256");
        if (QLatin1String(kits[i].target) != QLatin1String("express")) // jsonwebtoken has no EdDSA
            row("jwks", "EdDSA", "Ed25519");
    }
}

QStringList TestGuards::commandOf(const Kit& kit, const QString& folder, const std::string& code) const
{
    const QString server = QString::fromUtf8(kit.server);
    if (!writeTo(folder + u'/' + QString::fromUtf8(kit.guard), code) ||
        !QFile::copy(sources() + server, folder + u'/' + server))
        return {};
    if (server.endsWith(QStringLiteral(".py")))
        return {python, server};
    if (server.endsWith(QStringLiteral(".mjs")))
        return QFile::link(sources() + QStringLiteral("node_modules"),
                           folder + QStringLiteral("/node_modules"))
                   ? QStringList{node(), server}
                   : QStringList();
    QFile::copy(sources() + QStringLiteral("go.mod"), folder + QStringLiteral("/go.mod"));
    const auto built = runThere(
        folder, QStringLiteral("go"),
        {QStringLiteral("build"), QStringLiteral("-o"), QStringLiteral("server"), QStringLiteral(".")});
    if (built.status != 0)
        qWarning("%s", built.err.c_str());
    return built.status == 0 ? QStringList{folder + QStringLiteral("/server")} : QStringList();
}

/// RFC 6750 §3: who sends no token hears of no error.
void TestGuards::checkAnswers(const Server& server, const std::string& token) const
{
    const auto get = [&](const std::string& sent) {
        const QStringList with = sent.empty() ? QStringList() : words("--token -");
        return run(words("send GET -i") + QStringList{server.url("/protected")} + with, sent);
    };
    const CommandResult good = get(token);
    QVERIFY2(good.out.starts_with("HTTP/1.1 200 "), good.out.c_str());
    QVERIFY2(good.out.find("demo") != std::string::npos, good.out.c_str());
    const auto has = [](const CommandResult& answer, const char* field) {
        return QString::fromStdString(answer.out).contains(QString::fromUtf8(field), Qt::CaseInsensitive);
    };
    const CommandResult none = get({});
    QVERIFY2(none.out.starts_with("HTTP/1.1 401 "), none.out.c_str());
    QVERIFY2(has(none, "\r\nWWW-Authenticate: Bearer realm=\"api\"\r\n"), none.out.c_str());
    const CommandResult garbage = get("ey.garbage.x");
    QVERIFY2(garbage.out.starts_with("HTTP/1.1 401 "), garbage.out.c_str());
    QVERIFY2(has(garbage, "\r\nWWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\", "
                          "error_description=\"The access token is not valid\"\r\n"),
             garbage.out.c_str());
}

void TestGuards::checkAudit(const Server& server, const std::string& token, const QStringList& keys) const
{
    const CommandResult audit = run(
        words("audit --rate 0 --json --token - --url") + QStringList{server.url("/protected")} + keys, token);
    QVERIFY2(audit.status == 0, (audit.err + audit.out).c_str());
    const auto report = json::parse(audit.out);
    QVERIFY_RESULT(report);
    QCOMPARE(report->root().find("findings")->size(), std::size_t(0));
    const json::Value route = report->root().find("routes")->items().front();
    QVERIFY(route.find("control")->find("testable")->boolean());
    int refused = 0;
    for (const json::Value& row : route.find("results")->items())
        refused += row.find("outcome")->string() == "refused" ? 1 : 0;
    QVERIFY2(refused > 150, std::to_string(refused).c_str());
}

void TestGuards::checkWithout(const Server& server, const std::string& token) const
{
    const CommandResult audit =
        run(words("audit --rate 0 --json --token - --url") + QStringList{server.url("/protected")}, token);
    QCOMPARE(audit.status, 1);
    QVERIFY2(audit.out.find("\"no-token-accepted\"") != std::string::npos, audit.out.c_str());
}

void TestGuards::guards()
{
    QFETCH(int, kit);
    QFETCH(QString, source);
    QFETCH(QString, alg);
    QFETCH(QString, key);
    const QString half = path(key + QStringLiteral(".public.pem"));
    const QString own = path(key + QStringLiteral(".pem"));
    const QStringList secretKey = words("--secret-env GUARD_SECRET");
    const QStringList signer = key.isEmpty() ? secretKey : QStringList{QStringLiteral("--key"), own};
    const auto signedToken =
        run(words("token sign --claims - --expires-in 1h --alg") + QStringList{alg} + signer +
                words("--header {\"typ\":\"at+jwt\"} --kid") +
                QStringList{key.isEmpty() ? QStringLiteral("k1") : key},
            R"({"sub":"demo","aud":"https://api.example","iss":")" + m_issuer.url().toStdString() + R"("})");
    QVERIFY2(signedToken.status == 0, signedToken.err.c_str());

    const QStringList place = source == QStringLiteral("secret") ? secretKey
                              : source == QStringLiteral("pem")  ? QStringList{QStringLiteral("--key"), half}
                              : source == QStringLiteral("issuer")
                                  ? QStringList{QStringLiteral("--issuer"), m_issuer.url()}
                                  : QStringList{QStringLiteral("--jwks-url"), m_issuer.url("/jwks.json")};
    const auto code =
        run(words("guard --for") + QStringList{QString::fromUtf8(kits[kit].target)} + place + words("-"),
            signedToken.out);
    QVERIFY2(code.status == 0, code.err.c_str());
    const QTemporaryDir folder;
    const QStringList command = commandOf(kits[kit], folder.path(), code.out);
    QVERIFY(!command.isEmpty());
    {
        Server guarded;
        QVERIFY(guarded.start(command, folder.path()));
        checkAnswers(guarded, signedToken.out);
        const QStringList known =
            key.isEmpty() ? secretKey
                          : QStringList{QStringLiteral("--key"), half, QStringLiteral("--signing-key"), own};
        if (!QTest::currentTestFailed())
            checkAudit(guarded, signedToken.out, known);
    }
    Server open;
    QVERIFY(open.start(command + words("open"), folder.path()));
    checkWithout(open, signedToken.out);
}

void TestGuards::saysWhenKeysAreOutOfReach_data()
{
    QTest::addColumn<int>("kit");
    for (int i = 0; i < static_cast<int>(std::size(kits)); ++i)
        QTest::newRow(kits[i].target) << i;
}

/// That is no fault of the token: its holder need not sign in again. Without a token it is not even asked
/// for.
void TestGuards::saysWhenKeysAreOutOfReach()
{
    QFETCH(int, kit);
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QString issuer = QStringLiteral("http://127.0.0.1:%1").arg(closed.serverPort());
    closed.close();
    const auto token = run(words("token sign --claims - --expires-in 1h --alg RS256 --kid k1 --key") +
                               QStringList{path(QStringLiteral("RS256.pem"))},
                           R"({"sub":"demo","aud":"a","iss":")" + issuer.toStdString() + R"("})");
    QVERIFY2(token.status == 0, token.err.c_str());
    const auto code = run(words("guard --for") + QStringList{QString::fromUtf8(kits[kit].target)} +
                              words("--issuer") + QStringList{issuer, QStringLiteral("-")},
                          token.out);
    QVERIFY2(code.status == 0, code.err.c_str());
    const QTemporaryDir folder;
    const QStringList command = commandOf(kits[kit], folder.path(), code.out);
    QVERIFY(!command.isEmpty());
    Server guarded;
    QVERIFY(guarded.start(command, folder.path()));
    const QStringList get = words("send GET -i") + QStringList{guarded.url("/protected")};
    for (int i = 0; i < 2; ++i) {
        const auto answer = run(get + words("--token -"), token.out);
        QVERIFY2(answer.out.starts_with("HTTP/1.1 503 "), answer.out.c_str());
    }
    const auto none = run(get);
    QVERIFY2(none.out.starts_with("HTTP/1.1 401 "), none.out.c_str());
}

QTEST_GUILESS_MAIN(TestGuards)
#include "tst_guards.moc"
