// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A person signs in once: `login --keep`, then `send` and `run` go on from the desktop's keychain, with
// renewals kept before they are used, until `logout`. No file holds a token.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <support/commandline.h>
#include <support/keyring.h>

#include <QtCore/qdiriterator.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

Answer jsonAnswer(const std::string& body, const char* status = "200 OK")
{
    return ok(body, "Content-Type: application/json\r\n", status);
}

std::ptrdiff_t countOf(const std::vector<Seen>& seen, const std::string& target)
{
    return std::ranges::count(seen, target, [](const Seen& each) { return each.target(); });
}

} // namespace

class TestKeptSessions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void goesOnWithoutAPerson();
    void keepsWhatIsRotated();
    void needsNoPasswordAgain();
    void theMatrixNeedsNoPasswordAgain();
    void anotherLoginGetsNothing();
    void anotherOriginGetsNothing();
    void logoutForgets();
    void isOnlyForIdentities();
    void saysWhatIsNotKept();

private:
    void fill(const CollectionFolder& folder, const std::string& more = "") const;
    Answer answer(const Seen& seen);
    QStringList as(const CollectionFolder& folder) const
    {
        return {QStringLiteral("--collection"), toQString(folder.root), QStringLiteral("--session"),
                QStringLiteral("alice")};
    }
    CommandResult run(const QStringList& arguments) const
    {
        return runCommand(arguments, {{}, m_keyring.environment()});
    }
    CommandResult login(const CollectionFolder& folder) const
    {
        return run(words("login --keep --print token") + as(folder));
    }
    CommandResult send(const CollectionFolder& folder) const
    {
        return run(
            QStringList{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api"))} +
            as(folder));
    }

    Keyring m_keyring;
    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    int m_tokens = 0;
    int m_refusals = 0;         ///< of good tokens, still to come
    bool m_endsService = false; ///< the keychain is gone when the next token comes
};

void TestKeptSessions::initTestCase()
{
    QVERIFY2(m_keyring.startUnlocked(), "needs dbus-daemon and gnome-keyring-daemon");
}

void TestKeptSessions::init()
{
    m_server.seen.clear();
    m_tokens = m_refusals = 0;
    m_endsService = false;
}

/// A refresh token is good once.
Answer TestKeptSessions::answer(const Seen& seen)
{
    if (seen.target() == "/device")
        return jsonAnswer(R"({"device_code":"hidden-code","user_code":"WDJB-MJHT","expires_in":60,)"
                          R"("interval":1,"verification_uri":"https://id.example/device"})");
    const bool isRefresh = seen.body.find("refresh_token=") != std::string::npos;
    const bool isLatest = seen.body.find("refresh_token=refresh-token-" + std::to_string(m_tokens) + "&") !=
                              std::string::npos ||
                          seen.body.ends_with("refresh_token=refresh-token-" + std::to_string(m_tokens));
    if (seen.target() == "/token" && isRefresh && !isLatest)
        return jsonAnswer(R"({"error":"invalid_grant"})", "400 Bad Request");
    if (seen.target() == "/token" && m_endsService)
        m_keyring.endService();
    if (seen.target() == "/token") {
        const std::string number = std::to_string(++m_tokens);
        return jsonAnswer("{\"access_token\":\"access-token-" + number +
                          R"(","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh-token-)" +
                          number + "\"}");
    }
    const bool isGood = seen.has("Bearer access-token-" + std::to_string(m_tokens) + "\r\n");
    return isGood && m_refusals-- <= 0 ? jsonAnswer("{}") : jsonAnswer("{}", "401 Unauthorized");
}

void TestKeptSessions::fill(const CollectionFolder& folder, const std::string& more) const
{
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  alice:\n    oauth2: {grant: device-code, tokenUrl: \"" +
                     m_server.url("/token") + "\", deviceUrl: \"" + m_server.url("/device") +
                     "\", clientId: app" + more + "}\n    origins: [\"" + m_server.url("") + "\"]\n");
    folder.write("one.yml", "info: {name: One, type: http}\nhttp: {method: GET, url: \"" +
                                m_server.url("/api") +
                                "\", auth: {type: bearer, token: \"{{token}}\"}}\nruntime:\n  assertions: "
                                "[{expression: res.status, operator: eq, value: \"200\"}]\n");
}

void TestKeptSessions::goesOnWithoutAPerson()
{
    const CollectionFolder folder;
    fill(folder);
    const auto signedIn = login(folder);
    QVERIFY2(signedIn.status == 0, signedIn.err.c_str());
    QCOMPARE(signedIn.out, std::string("access-token-1\n"));
    QVERIFY(signedIn.err.find("the session alice is kept in the keychain") != std::string::npos);
    m_server.seen.clear();
    const auto sent = send(folder);
    QVERIFY2(sent.status == 0, sent.err.c_str());
    QCOMPARE(sent.out, std::string("{}"));
    QCOMPARE(sent.err, std::string());
    const auto ran = run(words("run --session alice") + QStringList{toQString(folder.root)});
    QVERIFY2(ran.status == 0, (ran.out + ran.err).c_str());
    QCOMPARE(m_server.seen.size(), std::size_t(2)); // nobody was asked for a token
    QDirIterator files(toQString(folder.root), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("-token-"), qPrintable(file.fileName()));
    }
}

void TestKeptSessions::keepsWhatIsRotated()
{
    const CollectionFolder folder;
    fill(folder);
    QCOMPARE(login(folder).status, 0);
    for (int i = 0; i < 3; ++i) {
        m_refusals = 1;
        const auto sent = send(folder);
        QVERIFY2(sent.status == 0 && sent.out == "{}", sent.err.c_str());
    }
    QCOMPARE(m_tokens, 4);
    QCOMPARE(countOf(m_server.seen, "/device"), std::ptrdiff_t(1));
}

/// It was typed for the login alone, and stands nowhere.
void TestKeptSessions::needsNoPasswordAgain()
{
    const CollectionFolder folder;
    fill(folder);
    RawServer other{[](const Seen&) { return jsonAnswer("{}"); }};
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  alice:\n    login: {url: \"" + m_server.url("/token") +
                     "\", user: alice, password: \"{{pw}}\"}\n    origins: [\"" + other.url("") + "\"]\n");
    const auto before = send(folder); // nothing is kept yet
    QCOMPARE(before.status, 2);
    QVERIFY2(before.err.find("cannot fill in {{pw}} in the identity alice") != std::string::npos,
             before.err.c_str());
    const auto signedIn = run(words("login --keep --print token --env-var pw=hunter2") + as(folder));
    QVERIFY2(signedIn.status == 0, signedIn.err.c_str());
    m_server.seen.clear();
    const auto sent = send(folder);
    QVERIFY2(sent.status == 0, sent.err.c_str());
    QCOMPARE(sent.out, std::string("{}"));
    const QStringList runAll = words("run --session alice") + QStringList{toQString(folder.root)};
    const auto ran = run(runAll);
    QVERIFY2(ran.status == 0, (ran.out + ran.err).c_str());
    QCOMPARE(m_server.seen.size(), std::size_t(2));

    // Who made it is not known: to other servers goes nothing, whatever the file says.
    const auto abroad =
        run(QStringList{QStringLiteral("send"), QStringLiteral("GET"), toQString(other.url("/api"))} +
            as(folder));
    QVERIFY2(abroad.err.find("the session's token was not sent to " + other.url("")) != std::string::npos,
             abroad.err.c_str());
    QVERIFY(other.seen.empty());

    // No renewal with an empty password: the one that is missing is asked for.
    m_refusals = 1;
    m_server.seen.clear();
    const auto refused = send(folder);
    QVERIFY2(refused.err.find("cannot fill in {{pw}}") != std::string::npos, refused.err.c_str());
    QCOMPARE(countOf(m_server.seen, "/token"), std::ptrdiff_t(0));
}

void TestKeptSessions::theMatrixNeedsNoPasswordAgain()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write(".claimcheck/sessions.yaml", "sessions:\n  alice:\n    login: {url: \"" +
                                                  m_server.url("/token") +
                                                  "\", user: alice, password: \"{{pw}}\"}\n");
    folder.write(".claimcheck/matrix.yaml",
                 "requests:\n  one.yml:\n    expect: {anonymous: deny, alice: allow}\n");
    const QStringList matrix = words("matrix --rate 0") + QStringList{toQString(folder.root)};
    const auto before = run(matrix); // nothing is kept yet
    QCOMPARE(before.status, 2);
    QVERIFY2(before.err.find("cannot fill in {{pw}}") != std::string::npos, before.err.c_str());
    QVERIFY(m_server.seen.empty());
    const auto signedIn = run(words("login --keep --print token --env-var pw=hunter2") + as(folder));
    QVERIFY2(signedIn.status == 0, signedIn.err.c_str());
    m_server.seen.clear();
    const auto tested = run(matrix);
    QVERIFY2(tested.status == 0, (tested.out + tested.err).c_str());
    QCOMPARE(countOf(m_server.seen, "/token"), std::ptrdiff_t(0));
    QVERIFY(std::ranges::any_of(m_server.seen,
                                [](const Seen& seen) { return seen.has("Bearer access-token-1"); }));
    const auto without = run(matrix + words("--no-keychain"));
    QVERIFY2(without.err.find("cannot fill in {{pw}}") != std::string::npos, without.err.c_str());
}

/// As after a pull.
void TestKeptSessions::anotherLoginGetsNothing()
{
    const CollectionFolder folder;
    fill(folder);
    QCOMPARE(login(folder).status, 0);
    fill(folder, ", scope: more");
    m_server.seen.clear();
    const auto sent = send(folder);
    QVERIFY2(sent.err.find("the kept session alice is not used: it was made by another login") !=
                 std::string::npos,
             sent.err.c_str());
    QCOMPARE(countOf(m_server.seen, "/device"), std::ptrdiff_t(1));
    for (const Seen& seen : m_server.seen)
        QVERIFY((seen.head + seen.body).find("token-1") == std::string::npos);
}

void TestKeptSessions::anotherOriginGetsNothing()
{
    const CollectionFolder folder;
    fill(folder);
    QCOMPARE(login(folder).status, 0);
    RawServer evil{[](const Seen&) { return jsonAnswer("{}"); }};
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  alice:\n    oauth2: {grant: device-code, tokenUrl: \"" +
                     m_server.url("/token") + "\", deviceUrl: \"" + m_server.url("/device") +
                     "\", clientId: app}\n    origins: [\"" + m_server.url("") + "\", \"" + evil.url("") +
                     "\"]\n");
    folder.write("one.yml", "info: {name: One, type: http}\nhttp: {method: GET, url: \"" + evil.url("/api") +
                                "\", auth: {type: bearer, token: \"{{token}}\"}}\n");
    const QStringList command = words("run --session alice") + QStringList{toQString(folder.root)};
    const auto refused = run(command);
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.out.find("the session's token was not sent to " + evil.url("")) != std::string::npos,
             refused.out.c_str());
    QVERIFY(evil.seen.empty());
    QCOMPARE(run(command + QStringList{QStringLiteral("--allow-origin"), toQString(evil.url(""))}).status, 0);
    QCOMPARE(evil.seen.size(), std::size_t(1));
}

void TestKeptSessions::logoutForgets()
{
    const CollectionFolder folder;
    fill(folder);
    QCOMPARE(login(folder).status, 0);
    const auto out = run(words("logout") + as(folder));
    QCOMPARE(out.status, 0);
    QCOMPARE(out.out, std::string("The session is forgotten.\n"));
    QVERIFY2(out.err.find("the server was not told") != std::string::npos,
             out.err.c_str()); // it has no endpoint
    m_server.seen.clear();
    QCOMPARE(send(folder).status, 0);
    QCOMPARE(countOf(m_server.seen, "/device"), std::ptrdiff_t(1));
    const auto again = run(words("logout") + as(folder));
    QCOMPARE(again.status, 0);
    QVERIFY(again.err.find("no session alice is kept") != std::string::npos);
}

void TestKeptSessions::isOnlyForIdentities()
{
    QCOMPARE(run(words("login --keep --url https://a.example --user x")).status, 2);
    const auto bare = run(words("logout"));
    QCOMPARE(bare.status, 2);
    QCOMPARE(bare.err,
             std::string("claimcheck-cli: wrong usage: --collection is required (give the folder of "
                         "the collection that has the identity)\n"));
    QCOMPARE(run(words("logout --session alice")).status, 2);
}

/// The refresh token that the keychain has is used up then.
void TestKeptSessions::saysWhatIsNotKept()
{
    const CollectionFolder folder;
    fill(folder);
    QCOMPARE(login(folder).status, 0);
    m_refusals = 1;
    m_endsService = true;
    const auto sent = send(folder);
    QVERIFY(m_keyring.restartUnlocked());
    QVERIFY2(sent.status == 0 && sent.out == "{}", sent.err.c_str());
    QVERIFY2(sent.err.find("note: cannot keep alice in the keychain: ") != std::string::npos,
             sent.err.c_str());
    QVERIFY2(sent.err.find("; the new tokens of the session are in memory alone, and lost with the end of "
                           "this command unless the keychain is opened before the next renewal: else sign in "
                           "anew with login --keep\n") != std::string::npos,
             sent.err.c_str());
    QVERIFY(sent.err.find("-token-") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestKeptSessions)
#include "tst_keptsessions.moc"
