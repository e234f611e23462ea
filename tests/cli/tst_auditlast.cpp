// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `audit` at its very end: after the logout, after the token's time; and the hosts that it remembers.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <set>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string password = "s3cret-word-9f3k";

Answer jsonAnswer(const std::string& body, const char* status = "200 OK")
{
    return ok(body, "Content-Type: application/json\r\n", status);
}

/// The first one ended in 2001; those of a sign-in never do.
std::string tokenOf(int number)
{
    const jose::Key key = jose::secretKey(Secret("nobody-has-published-this-word-of-ours"));
    const auto token =
        jose::sign(*jose::findAlgorithm("HS256"), key,
                   "{\"sub\":\"alice\"," + std::string(number == 0 ? "\"exp\":1000000000," : "") +
                       "\"jti\":\"" + std::to_string(number) + "\"}",
                   {});
    return token ? std::string(token->reveal()) : std::string();
}

std::string tokenIn(const Seen& seen)
{
    const std::string before = "Authorization: Bearer ";
    const std::size_t at = seen.head.find(before);
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + before.size();
    return seen.head.substr(begin, seen.head.find("\r\n", begin) - begin);
}

/// "outcome: why" of the attack's only row.
std::string rowIn(const std::string& report, const std::string& attack)
{
    const auto document = json::parse(report);
    const auto routes = document ? document->root().find("routes") : std::nullopt;
    if (!routes)
        return "no JSON: " + report;
    for (const json::Value& row : routes->items().front().find("results")->items())
        if (row.find("attack")->string() == attack)
            return row.find("outcome")->string() + ": " + row.find("why")->string();
    return "no such row";
}

std::string classIn(const std::string& report)
{
    const auto document = json::parse(report);
    const auto findings = document ? document->root().find("findings") : std::nullopt;
    return findings && findings->size() == 1 ? findings->items().front().find("class")->string() : report;
}

} // namespace

class TestAuditLast : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsATokenThatNeverEnds();
    void logsOutASessionOfItsOwn();
    void findsASessionThatALogoutDoesNotEnd();
    void logsOutTheTokenThatWasGiven();
    void revokesTheToken();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void remembersAConfirmedHost();
    void aListThatCannotBeReadIsKept();

private:
    CommandResult auditUrl(const char* options, const QStringList& more = {}) const
    {
        return runCommand(words("audit --rate 0 --json --token-env TOKEN") + words(options) + more +
                              QStringList{QStringLiteral("--url"), toQString(m_server.url("/mine"))},
                          {{}, {{QStringLiteral("TOKEN"), toQString(tokenOf(0))}}});
    }
    void fill(const CollectionFolder& folder) const;
    Answer answer(const Seen& seen);

    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    int m_logins = 0;
    bool m_revokes = true;
    std::set<std::string> m_known;
    std::vector<std::string> m_ended;
};

void TestAuditLast::init()
{
    m_server.seen.clear();
    m_logins = 0;
    m_revokes = true;
    m_known = {tokenOf(0)};
    m_ended.clear();
}

/// It never looks at exp. Each sign-in gives another token.
Answer TestAuditLast::answer(const Seen& seen)
{
    const auto end = [this](const std::string& token) {
        m_ended.push_back(token);
        if (m_revokes)
            m_known.erase(token);
        return jsonAnswer("{}");
    };
    if (seen.target() == "/login") {
        const std::string token = tokenOf(++m_logins);
        m_known.insert(token);
        return jsonAnswer("{\"token\":\"" + token + "\"}");
    }
    if (seen.target() == "/logout")
        return end(tokenIn(seen));
    if (seen.target() == "/revoke") {
        const std::size_t at = seen.body.find("token=") + 6;
        return end(seen.body.substr(at, seen.body.find('&', at) - at));
    }
    return m_known.contains(tokenIn(seen)) ? jsonAnswer(R"({"orders":[1,2,3]})")
                                           : jsonAnswer(R"({"error":"unauthorized"})", "401 Unauthorized");
}

void TestAuditLast::fill(const CollectionFolder& folder) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: \"" +
                                               m_server.url("") +
                                               "\"}\n  - {secret: true, name: password}\n");
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  alice:\n    login: {url: \"{{host}}/login\", user: alice, password: "
                 "\"{{password}}\"}\n    origins: [\"{{host}}\"]\n");
    const auto request = [&](const char* name, const char* method) {
        folder.write(std::string(name) + ".yml", std::string("info: {name: X, type: http}\nhttp: {method: ") +
                                                     method + ", url: \"{{host}}/" + name +
                                                     "\", auth: {type: bearer, token: \"{{token}}\"}}\n");
    };
    request("mine", "GET");
    request("logout", "POST");
}

void TestAuditLast::findsATokenThatNeverEnds()
{
    const auto result = auditUrl("--attacks expired-good-token --wait-for-expiry --leeway 0");
    QVERIFY2(result.status == 1, result.err.c_str());
    QCOMPARE(classIn(result.out), std::string("expired-accepted"));
    QCOMPARE(rowIn(result.out, "expired-good-token"),
             std::string("accepted: 200 like the answer to the good token, 0 s after its exp"));
    const auto unasked = auditUrl("--attacks expired-good-token");
    QVERIFY2(unasked.status == 4, unasked.err.c_str());
    QCOMPARE(rowIn(unasked.out, "expired-good-token"),
             std::string("not-run: needs leave to wait until the token has expired"));
}

void TestAuditLast::logsOutASessionOfItsOwn()
{
    const CollectionFolder folder;
    fill(folder);
    const QStringList session = words("audit --rate 0 --json --env local --no-keychain --session alice "
                                      "--env-var") +
                                QStringList{QStringLiteral("password=") + toQString(password)};
    const auto result = runCommand(session + words("--attacks not-revoked --logout logout.yml") +
                                   QStringList{toQString(folder.root)});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(rowIn(result.out, "not-revoked"), std::string("refused: 401, after the logout"));
    QCOMPARE(m_logins, 2);
    QCOMPARE(m_ended, std::vector<std::string>{tokenOf(2)}); // and not the one that the audit began with
    for (const std::string& hidden : {tokenOf(1), tokenOf(2), password})
        QVERIFY2((result.out + result.err).find(hidden) == std::string::npos, result.out.c_str());
}

void TestAuditLast::findsASessionThatALogoutDoesNotEnd()
{
    m_revokes = false;
    const CollectionFolder folder;
    fill(folder);
    const auto result =
        runCommand(words("audit --rate 0 --json --env local --no-keychain --session alice --attacks "
                         "not-revoked --logout logout.yml --env-var") +
                   QStringList{QStringLiteral("password=") + toQString(password), toQString(folder.root)});
    QVERIFY2(result.status == 1, result.err.c_str());
    QCOMPARE(classIn(result.out), std::string("not-revoked"));
}

void TestAuditLast::logsOutTheTokenThatWasGiven()
{
    const CollectionFolder folder;
    fill(folder);
    const auto result =
        runCommand(words("audit --rate 0 --json --env local --token-env TOKEN --attacks not-revoked --logout "
                         "logout.yml") +
                       QStringList{toQString(folder.root)},
                   {{}, {{QStringLiteral("TOKEN"), toQString(tokenOf(0))}}});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(m_ended, std::vector<std::string>{tokenOf(0)});
    const auto missing =
        runCommand(words("audit --rate 0 --env local --token-env TOKEN --logout nowhere.yml") +
                       QStringList{toQString(folder.root)},
                   {{}, {{QStringLiteral("TOKEN"), toQString(tokenOf(0))}}});
    QCOMPARE(missing.status, 2);
    QVERIFY2(missing.err.find("the collection has no such request") != std::string::npos,
             missing.err.c_str());
}

void TestAuditLast::revokesTheToken()
{
    const auto result = auditUrl("--attacks not-revoked --client-id app --revocation-url",
                                 {toQString(m_server.url("/revoke"))});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(m_ended, std::vector<std::string>{tokenOf(0)});
    QCOMPARE(rowIn(result.out, "not-revoked"), std::string("refused: 401, after the logout"));
}

void TestAuditLast::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* options, const char* says) {
        QTest::newRow(options) << QString::fromUtf8(options) << QString::fromUtf8(says);
    };
    row("--leeway 5", "--wait-for-expiry");
    row("--wait-at-most 5min", "--wait-for-expiry");
    row("--wait-for-expiry --leeway soon", "--leeway: 'soon' is no length of time");
    row("--logout logout.yml", "--logout");
    row("--revocation-url http://127.0.0.1:1/revoke", "--client-id");
    row("--client-id app", "--client-id requires --revocation-url");
    row("--client-secret-env TOKEN", "--client-secret-env requires --revocation-url");
    row("--client-auth none", "--client-auth requires --revocation-url");
    row("--client-id app --logout logout.yml", "--logout");
    row("--revocation-url http://id.example/revoke --client-id app", "revocation endpoint");
    row("--revocation-url https://id.example/revoke --client-id app", "the logout goes to another machine");
}

void TestAuditLast::refusesWrongUsage()
{
    QFETCH(QString, options);
    QFETCH(QString, says);
    const auto result = auditUrl(options.toUtf8().constData());
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find(says.toStdString()) != std::string::npos, result.err.c_str());
    QVERIFY(m_server.seen.empty());
}

/// 0.0.0.0 is no name of this machine, so it has to be confirmed; nobody listens there, and that is soon
/// known.
void TestAuditLast::remembersAConfirmedHost()
{
    const QTemporaryDir settings;
    const std::map<QString, QString> environment{{QStringLiteral("CLAIMCHECK_CONFIG_DIR"), settings.path()},
                                                 {QStringLiteral("TOKEN"), toQString(tokenOf(0))}};
    const auto audit = [&](const char* options) {
        return runCommand(words("audit --url http://0.0.0.0:1/ --token-env TOKEN --rate 5 --attacks "
                                "alg-none") +
                              words(options),
                          {{}, environment});
    };
    const auto hosts = [&](const char* options) {
        return runCommand(words("audit-hosts") + words(options), {{}, environment});
    };
    QCOMPARE(audit("").status, 2);
    QCOMPARE(audit("--yes --dry-run").status, 0);
    QCOMPARE(hosts("").out, std::string()); // nothing was sent: nothing is remembered
    const auto confirmed = audit("--yes");
    QCOMPARE(confirmed.status, 3);
    QVERIFY2(confirmed.err.find("remembered: 0.0.0.0 may be tested") != std::string::npos,
             confirmed.err.c_str());
    QCOMPARE(audit("").status, 3);
    QVERIFY(hosts("").out.ends_with("Z  0.0.0.0\n"));
    const auto document = json::parse(hosts("--json").out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().items().front().find("host")->string(), std::string("0.0.0.0"));
    QCOMPARE(hosts("--forget b.invalid").status, 2);
    QCOMPARE(hosts("--forget 0.0.0.0").status, 0);
    QCOMPARE(audit("").status, 2);
    QCOMPARE(audit("--yes").status, 3);
    QCOMPARE(hosts("--forget-all").status, 0);
    QCOMPARE(audit("").status, 2);
}

/// One that is no JSON is set aside; one that is too large is not even read.
void TestAuditLast::aListThatCannotBeReadIsKept()
{
    const QTemporaryDir settings;
    const qint64 tooLarge = 64 * 1024 * 1024 + 1;
    const QString path = settings.filePath(QStringLiteral("confirmed-hosts.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(tooLarge));
    file.close();
    const auto result =
        runCommand(words("audit --url http://0.0.0.0:1/ --token-env TOKEN --rate 5 --attacks alg-none --yes"),
                   {{},
                    {{QStringLiteral("CLAIMCHECK_CONFIG_DIR"), settings.path()},
                     {QStringLiteral("TOKEN"), toQString(tokenOf(0))}}});
    QCOMPARE(result.status, 3);
    const QString kept = settings.filePath(QStringLiteral("confirmed-hosts.broken.json"));
    QVERIFY2(result.err.find("it was kept as " + kept.toStdString()) != std::string::npos,
             result.err.c_str());
    QCOMPARE(QFileInfo(kept).size(), tooLarge);
    QVERIFY(QFileInfo(path).size() < tooLarge); // what was said this time
}

QTEST_GUILESS_MAIN(TestAuditLast)
#include "tst_auditlast.moc"
