// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `login --keep` where the keychain does not keep: asked before anybody signs in, and what a sign-in brought
// that is lost all the same is revoked, or said to be live.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <support/commandline.h>
#include <support/keyring.h>

#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::test;

class TestKeepFailures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_keyring.startLocked(), "needs dbus-daemon and gnome-keyring-daemon"); }
    void init();
    void aLockedKeychainIsAskedFirst();
    void noKeychainIsSaidFirst();
    void leavesNothingBehind();
    void revokesWhatIsLost();
    void saysThatTheyAreLive();

private:
    Answer answer(const Seen& seen);
    CommandResult login() const;
    std::ptrdiff_t asked(const char* target) const
    {
        return std::ranges::count(m_server.seen, target, [](const Seen& each) { return each.target(); });
    }

    Keyring m_keyring;
    bool m_canRevoke = true;
    bool m_endsService = false; ///< between the sign-in's request and its answer
    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
};

void TestKeepFailures::init()
{
    m_server.seen.clear();
    m_canRevoke = true;
    m_endsService = false;
}

Answer TestKeepFailures::answer(const Seen& seen)
{
    const char* const json = "Content-Type: application/json\r\n";
    const std::string url = m_server.url("");
    if (seen.target().starts_with("/.well-known/"))
        return ok("{\"issuer\":\"" + url + "\",\"token_endpoint\":\"" + url + "/token\",\"jwks_uri\":\"" +
                      url + "/keys\"" +
                      (m_canRevoke ? ",\"revocation_endpoint\":\"" + url + "/revoke\"" : std::string()) + "}",
                  json);
    if (seen.target() == "/revoke")
        return ok("", json);
    if (m_endsService)
        m_keyring.endService();
    return ok(R"({"access_token":"access-token-1","token_type":"Bearer","expires_in":3600,)"
              R"("refresh_token":"refresh-token-1"})",
              json);
}

CommandResult TestKeepFailures::login() const
{
    const CollectionFolder folder;
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  service:\n    oauth2: {grant: client-credentials, issuer: \"" +
                     m_server.url("") + "\", clientId: app}\n");
    return runCommand(words("login --keep --allow-origin") + QStringList{toQString(m_server.url("")),
                                                                         QStringLiteral("--collection"),
                                                                         toQString(folder.root)},
                      {{}, m_keyring.environment()});
}

void TestKeepFailures::aLockedKeychainIsAskedFirst()
{
    const auto refused = login();
    QCOMPARE(refused.status, 1);
    QVERIFY2(
        refused.err.find("nobody was signed in, since the keychain cannot keep the session service: it is "
                         "locked") != std::string::npos,
        refused.err.c_str());
    QCOMPARE(refused.out, std::string());
    QVERIFY(m_server.seen.empty());
}

void TestKeepFailures::noKeychainIsSaidFirst()
{
    m_keyring.endService();
    const auto refused = login();
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.err.find("nobody was signed in") != std::string::npos, refused.err.c_str());
    QVERIFY2(refused.err.find("no keychain service answers") != std::string::npos, refused.err.c_str());
    QVERIFY(m_server.seen.empty());
}

void TestKeepFailures::leavesNothingBehind()
{
    QVERIFY(m_keyring.restartUnlocked());
    const auto kept = login();
    QVERIFY2(kept.status == 0, kept.err.c_str());
    QCOMPARE(asked("/token"), std::ptrdiff_t(1));
    QCOMPARE(asked("/revoke"), std::ptrdiff_t(0));
}

void TestKeepFailures::revokesWhatIsLost()
{
    QVERIFY(m_keyring.restartUnlocked());
    m_endsService = true;
    const auto lost = login();
    QCOMPARE(lost.status, 3);
    QVERIFY2(
        lost.err.find("the session service was signed in and is lost: cannot keep service in the keychain") !=
            std::string::npos,
        lost.err.c_str());
    QVERIFY2(lost.err.find("its server was told, and takes its tokens no longer") != std::string::npos,
             lost.err.c_str());
    QCOMPARE(asked("/revoke"), std::ptrdiff_t(1));
    QVERIFY(m_server.seen.back().body.find("token=refresh-token-1") != std::string::npos);
    QVERIFY((lost.out + lost.err).find("-token-1") == std::string::npos);
}

void TestKeepFailures::saysThatTheyAreLive()
{
    QVERIFY(m_keyring.restartUnlocked());
    m_canRevoke = false;
    m_endsService = true;
    const auto lost = login();
    QCOMPARE(lost.status, 3);
    QVERIFY2(lost.err.find("its tokens are good until they end: ") != std::string::npos, lost.err.c_str());
    QVERIFY2(lost.err.find("revocation endpoint") != std::string::npos, lost.err.c_str());
    QCOMPARE(asked("/revoke"), std::ptrdiff_t(0));
    QVERIFY((lost.out + lost.err).find("-token-1") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestKeepFailures)
#include "tst_keepfailures.moc"
