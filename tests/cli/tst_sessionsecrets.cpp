// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection that somebody else wrote says where an identity signs in and where its token goes: what lies
// in the collection's .env file goes there only with --allow-origin.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <json/document.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

constexpr const char* password = "s3cret-word-9f3k";

Answer jsonOk(const std::string& body)
{
    return {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body};
}

} // namespace

class TestSessionSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aLoginAsksFirst();
    void aSendAsksFirst();
    void aRunAsksFirst();
    void theTokenGoesNoFurtherThanItsSecrets();
    void takesASecretFromNoArgument();
    void comparesIdentities();
    void aComparisonAsksOnceForWhatItNeeds();
    void saysWhoCannotSignIn();

private:
    void fill(const CollectionFolder& folder) const;
    CommandResult run(const QStringList& arguments) const;
    QStringList allowing(const RawServer& server) const
    {
        return {QStringLiteral("--allow-origin"), toQString(server.url(""))};
    }

    RawServer m_login{[](const Seen&) { return jsonOk(R"({"token":"access-token-1"})"); }};
    RawServer m_api{[](const Seen&) { return jsonOk("{}"); }};
    QTemporaryDir m_config;
};

void TestSessionSecrets::init()
{
    m_login.seen.clear();
    m_api.seen.clear();
}

CommandResult TestSessionSecrets::run(const QStringList& arguments) const
{
    return runCommand(arguments, {{}, {{QStringLiteral("CLAIMCHECK_CONFIG_DIR"), m_config.path()}}});
}

void TestSessionSecrets::fill(const CollectionFolder& folder) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {secret: true, name: password}\n");
    folder.write(".env", std::string("password=") + password + "\n");
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  alice:\n    login: {url: \"" + m_login.url("/login") +
                     "\", user: alice, password: \"{{password}}\"}\n    origins: "
                     "[\"" +
                     m_api.url("") + "\"]\n");
    folder.write("one.yml", "info: {name: One, type: http}\nhttp: {method: GET, url: \"" + m_api.url("/api") +
                                "\", auth: {type: bearer, token: \"{{token}}\"}}\nruntime:\n  assertions: "
                                "[{expression: res.status, operator: eq, value: \"200\"}]\n");
}

static QStringList as(const CollectionFolder& folder)
{
    return QStringList{QStringLiteral("--collection"), toQString(folder.root)} +
           words("--session alice --env local --no-keychain");
}

void TestSessionSecrets::aLoginAsksFirst()
{
    const CollectionFolder folder;
    fill(folder);
    const auto refused = run(words("login --print token") + as(folder));
    QCOMPARE(refused.status, 1);
    const std::string origin = m_login.url("");
    QCOMPARE(refused.err,
             "claimcheck-cli: the identity alice was not signed in: its login takes password (local) to " +
                 origin +
                 ", where that was not sent before (if it belongs there, allow it with "
                 "--allow-origin " +
                 origin + ")\n");
    QVERIFY(m_login.seen.empty());
    const auto allowed = run(words("login --print token") + as(folder) + allowing(m_login));
    QVERIFY2(allowed.status == 0, allowed.err.c_str());
    QCOMPARE(allowed.out, std::string("access-token-1\n"));
    const auto alone = run(words("login --url https://h.example --user x") + allowing(m_login));
    QCOMPARE(alone.status, 2);
}

/// Where the request goes is typed; where the password goes is not.
void TestSessionSecrets::aSendAsksFirst()
{
    const CollectionFolder folder;
    fill(folder);
    const QStringList send{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_api.url("/api"))};
    QCOMPARE(run(send + as(folder)).status, 1);
    QVERIFY(m_login.seen.empty() && m_api.seen.empty());
    const auto allowed = run(send + as(folder) + allowing(m_login));
    QVERIFY2(allowed.status == 0, allowed.err.c_str());
    QVERIFY(m_api.seen.back().has("Authorization: Bearer access-token-1\r\n"));
}

void TestSessionSecrets::aRunAsksFirst()
{
    const CollectionFolder folder;
    fill(folder);
    const QStringList command = words("run --session alice --env local --no-keychain");
    const auto refused = run(command + QStringList{toQString(folder.root)});
    QCOMPARE(refused.status, 1);
    QVERIFY(m_login.seen.empty() && m_api.seen.empty());
    QVERIFY2((refused.out + refused.err).find(password) == std::string::npos, refused.out.c_str());
    const auto given = run(command + QStringList{QStringLiteral("--env-file"), toQString(folder.path(".env")),
                                                 toQString(folder.root)});
    QVERIFY2(given.status == 0, (given.out + given.err).c_str());
    QCOMPARE(m_api.seen.size(), std::size_t(1));
}

void TestSessionSecrets::theTokenGoesNoFurtherThanItsSecrets()
{
    const CollectionFolder folder;
    fill(folder);
    const QStringList command =
        words("run --session alice --env local --no-keychain") + QStringList{toQString(folder.root)};
    const auto refused = run(command + allowing(m_login));
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.out.find("the identity alice signs in with password (local), which was not sent there "
                              "before (if its token belongs there, allow it with --allow-origin " +
                              m_api.url("") + ")") != std::string::npos,
             refused.out.c_str());
    QVERIFY(m_api.seen.empty());
    const auto allowed = run(command + allowing(m_login) + allowing(m_api));
    QVERIFY2(allowed.status == 0, (allowed.out + allowed.err).c_str());
    QVERIFY(m_api.seen.back().has("Authorization: Bearer access-token-1\r\n"));
}

/// Arguments are seen by everybody on the machine.
void TestSessionSecrets::takesASecretFromNoArgument()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write(".env", "");
    folder.write("secrets.txt", std::string("password=") + password + "\n");
    const auto fromFile = run(words("login --print token --env-file") +
                              QStringList{toQString(folder.path("secrets.txt"))} + as(folder));
    QVERIFY2(fromFile.status == 0, fromFile.err.c_str());
    QVERIFY(m_login.seen.back().body.find(password) != std::string::npos);
    const QStringList command = words("login --print token --allow-process-env password") + as(folder);
    const auto fromProcess =
        runCommand(command, {{},
                             {{QStringLiteral("CLAIMCHECK_CONFIG_DIR"), m_config.path()},
                              {QStringLiteral("password"), QString::fromUtf8(password)}}});
    QVERIFY2(fromProcess.status == 0, fromProcess.err.c_str());
    QCOMPARE(run(words("login") + as(folder)).status, 2); // nobody said it
}

void TestSessionSecrets::comparesIdentities()
{
    const CollectionFolder folder;
    fill(folder);
    RawServer api{[](const Seen& seen) {
        return seen.has("Authorization: Bearer access-token-1\r\n")
                   ? jsonOk(R"({"role":"user","items":[1,2]})")
                   : jsonOk(R"({"role":null,"items":[1,2]})");
    }};
    const QStringList send =
        QStringList{QStringLiteral("send"), QStringLiteral("GET"), toQString(api.url("/api")),
                    QStringLiteral("--collection"), toQString(folder.root)} +
        words("--env local --no-keychain --env-file") + QStringList{toQString(folder.path(".env"))} +
        allowing(api);
    const auto text = run(send + words("--compare alice --compare -"));
    QVERIFY2(text.status == 0, text.err.c_str());
    QVERIFY2(text.out.find("alice | nobody\n  ~ body .role: \"user\" | null\n") != std::string::npos,
             text.out.c_str());
    QVERIFY2(text.out.find("\nnobody  200 ") != std::string::npos, text.out.c_str());
    QVERIFY2(text.out.find("items") == std::string::npos, text.out.c_str());
    const auto same = run(send + words("--compare - --compare - --json"));
    QVERIFY2(same.status == 0, same.err.c_str());
    QVERIFY2(same.out.find("\"differences\": []") != std::string::npos, same.out.c_str());
    QCOMPARE(api.seen.size(), std::size_t(4));
    for (const char* wrong : {"--compare alice", "--compare alice --compare - --session alice",
                              "--compare alice --compare - --token x"})
        QCOMPARE(run(send + words(wrong)).status, 2);
}

/// Of a keychain that cannot be had, in the words of one note.
void TestSessionSecrets::aComparisonAsksOnceForWhatItNeeds()
{
    const CollectionFolder folder;
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {secret: true, name: password}\n"
                                           "  - {secret: true, name: other}\n"
                                           "  - {name: word, value: \"{{password}}\"}\n");
    folder.write("secrets.txt", std::string("password=") + password + "\n");
    std::string sessions = "sessions:\n";
    for (const auto& [name, word] :
         {std::pair("alice", "word"), std::pair("bob", "password"), std::pair("carol", "other")})
        sessions += "  " + std::string(name) + ":\n    login: {url: \"" + m_login.url("/login") +
                    "\", user: " + name + ", password: \"{{" + word + "}}\"}\n    origins: [\"" +
                    m_api.url("") + "\"]\n";
    folder.write(".claimcheck/sessions.yaml", sessions);
    const auto compare = [&](const char* names) {
        return runCommand(
            QStringList{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_api.url("/")),
                        QStringLiteral("--collection"), toQString(folder.root), QStringLiteral("--env-file"),
                        toQString(folder.path("secrets.txt"))} +
                words("--env local") + words(names),
            {{},
             {{QStringLiteral("CLAIMCHECK_CONFIG_DIR"), m_config.path()},
              {QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nowhere")}}});
    };
    const auto known = compare("--compare alice --compare bob --compare -");
    QVERIFY2(known.status == 0, known.err.c_str());
    QVERIFY2(known.err.find("keychain") == std::string::npos, known.err.c_str());
    QVERIFY(m_login.seen.back().body.find(password) != std::string::npos);
    const auto lacking = compare("--compare carol --compare alice --compare carol");
    QVERIFY(lacking.status != 0);
    const std::string note = "note: cannot read other from the keychain: ";
    QVERIFY2(lacking.err.starts_with(note), lacking.err.c_str());
    QCOMPARE(lacking.err.rfind(note), std::size_t(0));
    QVERIFY2(lacking.out.find("\nalice   200 ") != std::string::npos, lacking.out.c_str());
}

void TestSessionSecrets::saysWhoCannotSignIn()
{
    RawServer login{[](const Seen& seen) {
        return seen.body.find("bob") == std::string::npos ? jsonOk(R"({"token":"access-token-1"})")
                                                          : ok("{}", "", "401 Unauthorized");
    }};
    const CollectionFolder folder;
    std::string sessions = "sessions:\n";
    for (const std::string name : {"alice", "bob"})
        sessions += "  " + name + ":\n    login: {url: \"" + login.url("/login") + "\", user: " + name +
                    ", password: x}\n    origins: [\"" + m_api.url("") + "\"]\n";
    folder.write(".claimcheck/sessions.yaml", sessions);
    const QStringList send =
        QStringList{QStringLiteral("send"),         QStringLiteral("GET"),  toQString(m_api.url("/")),
                    QStringLiteral("--collection"), toQString(folder.root), QStringLiteral("--no-keychain")};
    const auto result = run(send + words("--compare bob --compare alice --compare -"));
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.starts_with("claimcheck-cli: cannot sign in as bob: "), result.err.c_str());
    QVERIFY2(result.out.starts_with("bob     cannot sign in as bob: "), result.out.c_str());
    QVERIFY2(result.out.find("\nalice   200 ") != std::string::npos, result.out.c_str());
    QVERIFY2(result.out.find("\nalice | nobody: the same\n") != std::string::npos, result.out.c_str());
    QVERIFY2(result.out.find("bob |") == std::string::npos, result.out.c_str());
    QCOMPARE(m_api.seen.size(), std::size_t(2));
    const auto json = run(send + words("--json --compare bob --compare alice"));
    QCOMPARE(json.status, 1);
    const auto document = json::parse(json.out);
    QVERIFY2(document.has_value(), json.out.c_str());
    const json::Value first = document->root().find("answers")->items().front();
    QVERIFY(!first.find("status")->integer());
    QVERIFY(first.find("error")->string().starts_with("cannot sign in as bob: "));
    QCOMPARE(document->root().find("differences")->size(), std::size_t(0));
    // A name that is in no file is a typing error: nothing is sent for it.
    m_api.seen.clear();
    const auto typed = run(send + words("--compare alice --compare bobb"));
    QCOMPARE(typed.status, 2);
    QCOMPARE(typed.out, std::string());
    QVERIFY(m_api.seen.empty());
}

QTEST_GUILESS_MAIN(TestSessionSecrets)
#include "tst_sessionsecrets.moc"
