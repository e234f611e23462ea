// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session that is kept in a keychain which is locked by now: send and run say whose it is and what to do,
// and go on without it.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <support/commandline.h>
#include <support/keyring.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

static constexpr const char* said =
    "note: the kept session service cannot be read from the keychain: it is locked, and nothing is here that "
    "could ask for its password (unlock it by logging in to the desktop, or with gnome-keyring-daemon "
    "--unlock, then try again; with the keychain open the next command goes on with the session, this one "
    "has to do without)\n";

class TestKeptLocked : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { m_tokens = 1; }
    void sendSaysIt();
    void runSaysIt();
    void ofNoneThatIsKeptNothingIsSaid();

private:
    Answer answer(const Seen& seen);
    CommandResult run(const QStringList& arguments) const
    {
        return runCommand(arguments, {{}, m_keyring.environment()});
    }
    QStringList as(const char* name) const
    {
        return {QStringLiteral("--collection"), toQString(m_folder.root), QStringLiteral("--session"),
                QString::fromLatin1(name)};
    }
    CommandResult send(const char* name) const
    {
        return run(
            QStringList{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api"))} +
            as(name));
    }

    CollectionFolder m_folder;
    Keyring m_keyring;
    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    int m_tokens = 0;
};

Answer TestKeptLocked::answer(const Seen& seen)
{
    const char* const json = "Content-Type: application/json\r\n";
    if (seen.target() == "/token")
        return ok("{\"access_token\":\"access-token-" + std::to_string(++m_tokens) +
                      R"(","token_type":"Bearer","expires_in":3600})",
                  json);
    return seen.has("Bearer access-token-2\r\n") ? ok("{}", json) : ok("{}", json, "401 Unauthorized");
}

void TestKeptLocked::initTestCase()
{
    const auto login = [this](const char* name) {
        return "  " + std::string(name) + ":\n    oauth2: {grant: client-credentials, tokenUrl: \"" +
               m_server.url("/token") + "\", clientId: app}\n    origins: [\"" + m_server.url("") + "\"]\n";
    };
    m_folder.write(".claimcheck/sessions.yaml", "sessions:\n" + login("service") + login("other"));
    m_folder.write("one.yml", "info: {name: One, type: http}\nhttp: {method: GET, url: \"" +
                                  m_server.url("/api") +
                                  "\", auth: {type: bearer, token: \"{{token}}\"}}\nruntime:\n  assertions: "
                                  "[{expression: res.status, operator: eq, value: \"200\"}]\n");
    const auto keep = [this] { return run(words("login --keep") + as("service")).status == 0; };
    QVERIFY2(m_keyring.startLocked(keep), "needs dbus-daemon and gnome-keyring-daemon");
}

void TestKeptLocked::sendSaysIt()
{
    const auto sent = send("service");
    QVERIFY2(sent.status == 0 && sent.out == "{}", sent.err.c_str());
    QVERIFY2(sent.err.find(said) != std::string::npos, sent.err.c_str());
    QCOMPARE(m_tokens, 2);
}

void TestKeptLocked::runSaysIt()
{
    const auto ran = run(QStringList{QStringLiteral("run"), toQString(m_folder.root),
                                     QStringLiteral("--session"), QStringLiteral("service")});
    QVERIFY2(ran.status == 0, ran.err.c_str());
    QVERIFY2(ran.err.find(said) != std::string::npos, ran.err.c_str());
    QCOMPARE(m_tokens, 2);
}

void TestKeptLocked::ofNoneThatIsKeptNothingIsSaid()
{
    const auto sent = send("other");
    QVERIFY2(sent.status == 0, sent.err.c_str());
    QVERIFY2(sent.err.find("keychain") == std::string::npos, sent.err.c_str());
}

QTEST_GUILESS_MAIN(TestKeptLocked)
#include "tst_keptlocked.moc"
