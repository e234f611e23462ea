// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `matrix` as the identities of a collection: those that make requests sign in, and no others; their tokens
// go where they may, and no token and no password stands in any output.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string password = "s3cret-word-9f3k";
const char* const matrixName = ".claimcheck/matrix.yaml";

Answer jsonAnswer(const std::string& body, const char* status = "200 OK")
{
    return ok(body, "Content-Type: application/json\r\n", status);
}

std::string tokenOf(const std::string& user)
{
    return user + "-token-0123456789";
}

std::ptrdiff_t countOf(const std::vector<Seen>& seen, const std::string& target)
{
    return std::ranges::count(seen, target, [](const Seen& each) { return each.target(); });
}

std::string requestTo(const std::string& url, bool saysWhereTheTokenIs = true)
{
    return "info: {name: X, type: http}\nhttp: {method: GET, url: \"" + url + "\"" +
           (saysWhereTheTokenIs ? ", auth: {type: bearer, token: \"{{token}}\"}}\n" : "}\n");
}

QStringList withPassword()
{
    return {QStringLiteral("--env-var"), QStringLiteral("password=") + toQString(password)};
}

} // namespace

class TestMatrixSessions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void signsInWhoMakesRequests();
    void showsNoSecretOfAUrl();
    void aGivenTokenComesFirst();
    void aPlanSignsNobodyIn();
    void recordsEverybodyWithASession();
    void sendsToNoOtherOrigin();
    void holdsBackWhatWasNotLetGo();
    void signsNobodyInForAnotherMachine();
    void saysOnceThatTheHostsCannotBeRead();
    void saysWhyNobodySignedIn();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void refusesASessionThatIsNobody();

private:
    void fill(const CollectionFolder& folder) const;
    CommandResult matrix(const CollectionFolder& folder, const char* options,
                         const QStringList& more = withPassword(),
                         const std::map<QString, QString>& environment = {}) const
    {
        return runCommand(words("matrix --rate 0 --env local --no-keychain") + words(options) + more +
                              QStringList{toQString(folder.root)},
                          {{}, environment});
    }
    Answer answer(const Seen& seen) const;

    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
};

void TestMatrixSessions::init()
{
    m_server.seen.clear();
}

/// /login knows alice and bob; /mine is alice's alone, /all is for both.
Answer TestMatrixSessions::answer(const Seen& seen) const
{
    if (seen.target() == "/login") {
        if (seen.body.find("\"" + password + "\"") == std::string::npos)
            return jsonAnswer(R"({"message":"not with this password"})", "401 Unauthorized");
        const bool isAlice = seen.body.find("\"alice\"") != std::string::npos;
        return jsonAnswer("{\"token\":\"" + tokenOf(isAlice ? "alice" : "bob") + "\"}");
    }
    const auto isOf = [&seen](const char* user) {
        return seen.has("Authorization: Bearer " + tokenOf(user) + "\r\n");
    };
    if (!isOf("alice") && !isOf("bob"))
        return jsonAnswer(R"({"error":"unauthorized"})", "401 Unauthorized");
    if (seen.target() == "/mine" && isOf("bob"))
        return jsonAnswer(R"({"error":"forbidden"})", "403 Forbidden");
    return jsonAnswer(R"({"orders":[1,2,3]})");
}

/// carol cannot sign in: nothing fills in her password.
void TestMatrixSessions::fill(const CollectionFolder& folder) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: \"" +
                                               m_server.url("") +
                                               "\"}\n  - {secret: true, name: password}\n");
    std::string sessions = "sessions:\n";
    for (const std::string user : {"alice", "bob", "carol"})
        sessions += "  " + user + ":\n    login: {url: \"{{host}}/login\", user: " + user +
                    ", password: \"{{" + (user == "carol" ? "nowhere" : "password") +
                    "}}\"}\n    origins: [\"{{host}}\"]\n";
    folder.write(".claimcheck/sessions.yaml", sessions);
    folder.write("mine.yml", requestTo("{{host}}/mine"));
    folder.write("all.yml", requestTo("{{host}}/all", false));
    folder.write(matrixName, "requests:\n"
                             "  mine.yml:\n    expect: {anonymous: deny 401, alice: allow, bob: deny 403}\n"
                             "  all.yml:\n    expect: {anonymous: deny, alice: allow, bob: allow 200}\n");
}

void TestMatrixSessions::signsInWhoMakesRequests()
{
    const CollectionFolder folder;
    fill(folder);
    const auto result = matrix(folder, "--json");
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QCOMPARE(countOf(m_server.seen, "/login"), std::ptrdiff_t(2));
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    std::vector<std::string> identities;
    for (const json::Value& identity : document->root().find("identities")->items())
        identities.push_back(identity.string());
    QCOMPARE(identities, (std::vector<std::string>{"anonymous", "alice", "bob"}));
    for (const char* format : {"table", "json", "sarif", "junit", "html"}) {
        const auto report =
            matrix(folder, "--format", QStringList{QString::fromUtf8(format)} + withPassword());
        QVERIFY2(report.status == 0, (report.out + report.err).c_str());
        for (const std::string& hidden : {tokenOf("alice"), tokenOf("bob"), password})
            QVERIFY2((report.out + report.err).find(hidden) == std::string::npos, format);
    }
    m_server.seen.clear();
    const auto bobs = matrix(folder, "--session anonymous --session bob");
    QVERIFY2(bobs.status == 0, (bobs.out + bobs.err).c_str());
    QCOMPARE(countOf(m_server.seen, "/login"), std::ptrdiff_t(1));
    QVERIFY(std::ranges::none_of(m_server.seen, [](const Seen& each) { return each.has(tokenOf("alice")); }));
}

void TestMatrixSessions::showsNoSecretOfAUrl()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write("keyed.yml", requestTo("{{host}}/all/{{password}}?appid={{password}}"));
    folder.write(matrixName, "requests:\n  keyed.yml:\n    expect: {anonymous: deny, alice: allow}\n");
    for (const char* options : {"--dry-run", "--format table", "--format json", "--format sarif",
                                "--format junit", "--format html"}) {
        const auto result = matrix(folder, options);
        QVERIFY2(result.status == 0, (result.out + result.err).c_str());
        QVERIFY2((result.out + result.err).find(password) == std::string::npos, options);
    }
}

void TestMatrixSessions::aGivenTokenComesFirst()
{
    const CollectionFolder folder;
    fill(folder);
    const auto result = matrix(folder, "--token-env alice=ALICE", withPassword(),
                               {{QStringLiteral("ALICE"), toQString(tokenOf("alice"))}});
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QCOMPARE(countOf(m_server.seen, "/login"), std::ptrdiff_t(1));
}

void TestMatrixSessions::aPlanSignsNobodyIn()
{
    const CollectionFolder folder;
    fill(folder);
    const auto result = matrix(folder, "--dry-run");
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.find("mine.yml: GET " + m_server.url("/mine") + " as bob, expected: deny 403\n") !=
                 std::string::npos,
             result.out.c_str());
    QVERIFY(m_server.seen.empty());
}

void TestMatrixSessions::recordsEverybodyWithASession()
{
    const CollectionFolder folder;
    fill(folder);
    QVERIFY(QFile::remove(toQString(folder.path(matrixName))));
    const auto carols = matrix(folder, "--record");
    QCOMPARE(carols.status, 2);
    QVERIFY2(carols.err.find("nowhere") != std::string::npos, carols.err.c_str());
    QVERIFY(m_server.seen.empty());
    const auto result = matrix(folder, "--record --session anonymous --session alice --session bob");
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QVERIFY2(result.err.find("recorded 6 cells in ") != std::string::npos, result.err.c_str());
    QCOMPARE(countOf(m_server.seen, "/login"), std::ptrdiff_t(2));
    QFile file(toQString(folder.path(matrixName)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string text = file.readAll().toStdString();
    QVERIFY2(text.find("  mine.yml:\n    expect:\n      anonymous: deny 401\n      alice: allow 200\n"
                       "      bob: deny 403\n") != std::string::npos,
             text.c_str());
}

void TestMatrixSessions::sendsToNoOtherOrigin()
{
    RawServer other([](const Seen&) { return jsonAnswer("{}"); });
    const CollectionFolder folder;
    fill(folder);
    folder.write("mine.yml", requestTo(other.url("/mine")));
    const auto refused = matrix(folder, "");
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.find("the session's token was not sent to " + other.url("")) != std::string::npos,
             refused.err.c_str());
    QVERIFY(m_server.seen.empty() && other.seen.empty()); // nobody was signed in for nothing
    const auto allowed =
        matrix(folder, "--allow-origin", QStringList{toQString(other.url(""))} + withPassword());
    QVERIFY2(std::ranges::any_of(other.seen, [](const Seen& each) { return each.has(tokenOf("alice")); }),
             allowed.err.c_str());
}

/// What lies in the collection's folder was not given for this call.
void TestMatrixSessions::holdsBackWhatWasNotLetGo()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write(".env", "password=" + password + "\n");
    const auto held = matrix(folder, "", {});
    QCOMPARE(held.status, 1);
    QVERIFY2(held.err.find("the identity alice was not signed in: its login takes password (local) to " +
                           m_server.url("")) != std::string::npos,
             held.err.c_str());
    QVERIFY(m_server.seen.empty());
    const auto allowed = matrix(folder, "--allow-origin", {toQString(m_server.url(""))});
    QVERIFY2(allowed.status == 0, (allowed.out + allowed.err).c_str());
}

void TestMatrixSessions::signsNobodyInForAnotherMachine()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write("mine.yml", requestTo("http://192.0.2.1/mine"));
    const auto result = matrix(folder, "--allow-origin http://192.0.2.1");
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find("it is on another machine") != std::string::npos, result.err.c_str());
    QVERIFY(m_server.seen.empty());
}

void TestMatrixSessions::saysWhyNobodySignedIn()
{
    const CollectionFolder folder;
    fill(folder);
    const auto refused = matrix(folder, "--env-var password=another-word-9f3k", {});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.find("not with this password") != std::string::npos, refused.err.c_str());
    QCOMPARE(m_server.seen.size(), std::size_t(1));
}

void TestMatrixSessions::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* options, const char* says) {
        QTest::newRow(options) << QString::fromUtf8(options) << QString::fromUtf8(says);
    };
    row("--session dave", "no token of it is given, nor a session");
    row("--allow-origin nonsense", "--allow-origin");
    row("--token-env alice=NO_SUCH_VARIABLE_HERE", "NO_SUCH_VARIABLE_HERE");
}

void TestMatrixSessions::refusesWrongUsage()
{
    QFETCH(QString, options);
    QFETCH(QString, says);
    const CollectionFolder folder;
    fill(folder);
    const auto result = matrix(folder, options.toUtf8().constData());
    QVERIFY2(result.err.find(toUtf8(says)) != std::string::npos, result.err.c_str());
    QCOMPARE(result.status, 2);
    QVERIFY(m_server.seen.empty());
}

void TestMatrixSessions::refusesASessionThatIsNobody()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  anonymous:\n    login: {url: \"{{host}}/login\", user: x, password: y}\n");
    const auto result = matrix(folder, "");
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find("anonymous is nobody and has no token") != std::string::npos,
             result.err.c_str());
    QVERIFY(m_server.seen.empty());
}

void TestMatrixSessions::saysOnceThatTheHostsCannotBeRead()
{
    const CollectionFolder folder;
    fill(folder);
    const QTemporaryDir settings;
    QFile hosts(settings.filePath(QStringLiteral("confirmed-hosts.json")));
    QVERIFY(hosts.open(QIODevice::WriteOnly) && hosts.resize(64 * 1024 * 1024 + 1)); // is not even read
    hosts.close();
    const auto result =
        matrix(folder, "", withPassword(), {{QStringLiteral("CLAIMCHECK_CONFIG_DIR"), settings.path()}});
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    const std::string says = "no host counts as confirmed before";
    const std::size_t at = result.err.find(says);
    QVERIFY2(at != std::string::npos, result.err.c_str());
    QVERIFY2(result.err.find(says, at + 1) == std::string::npos, result.err.c_str());
}

QTEST_GUILESS_MAIN(TestMatrixSessions)
#include "tst_matrixsessions.moc"
