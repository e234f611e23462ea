// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs at a time that go on with one kept session, at a server that rotates refresh tokens and ends the
// session when one is used twice (RFC 9700 §4.14.2): one of them renews, the others take what it kept.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <support/commandline.h>
#include <support/keyring.h>

#include <QtTest/qtest.h>

#include <memory>
#include <vector>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

Answer jsonOf(const std::string& body, const char* status = "200 OK")
{
    return ok(body, "Content-Type: application/json\r\n", status);
}

/// A program that nobody waits for yet.
class Started
{
public:
    Started(const QStringList& arguments, const std::map<QString, QString>& more)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto& [name, value] : more)
            environment.insert(name, value);
        m_process.setProcessEnvironment(environment);
        m_process.start(commandLineProgram(), arguments);
        m_process.closeWriteChannel();
    }
    /// Its status; -1 where it did not come to an end.
    int end()
    {
        if (!runToEnd(m_process, 60'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    QByteArray said() { return m_process.readAllStandardOutput() + m_process.readAllStandardError(); }

private:
    QProcess m_process;
};

} // namespace

class TestSharedRenewal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oneRenewsForAll();

private:
    void fill(const CollectionFolder& folder) const;
    Answer answer(const Seen& seen);
    Answer renew(const Seen& seen);
    Answer give() const;
    Answer api(const Seen& seen);

    static constexpr int programs = 3;
    Keyring m_keyring;
    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    int m_tokens = 0;       ///< how many pairs were given; the last one is good
    int m_least = 1;        ///< tokens before it are over
    int m_refused = 0;      ///< requests with a token that is over, in this round
    int m_renewals = 0;     ///< in this round
    bool m_isEnded = false; ///< a refresh token was used twice
};

void TestSharedRenewal::initTestCase()
{
    QVERIFY2(m_keyring.startUnlocked(), "needs dbus-daemon and gnome-keyring-daemon");
}

void TestSharedRenewal::fill(const CollectionFolder& folder) const
{
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  alice:\n    oauth2: {grant: device-code, tokenUrl: \"" +
                     m_server.url("/token") + "\", deviceUrl: \"" + m_server.url("/device") +
                     "\", clientId: app}\n    origins: [\"" + m_server.url("") + "\"]\n");
    folder.write("one.yml", "info: {name: One, type: http}\nhttp: {method: GET, url: \"" +
                                m_server.url("/api") +
                                "\", auth: {type: bearer, token: \"{{token}}\"}}\nruntime:\n  assertions: "
                                "[{expression: res.status, operator: eq, value: \"200\"}]\n");
}

Answer TestSharedRenewal::give() const
{
    const std::string number = std::to_string(m_tokens);
    return jsonOf("{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"access-token-" + number +
                  "\",\"refresh_token\":\"refresh-token-" + number + "\"}");
}

Answer TestSharedRenewal::answer(const Seen& seen)
{
    if (seen.target() == "/device")
        return jsonOf("{\"device_code\":\"hidden-code\",\"user_code\":\"WDJB-MJHT\",\"expires_in\":60,"
                      "\"interval\":1,\"verification_uri\":\"https://id.example/device\"}");
    if (seen.target() == "/api")
        return api(seen);
    if (seen.body.find("grant_type=refresh_token") != std::string::npos)
        return renew(seen);
    ++m_tokens;
    return give();
}

/// A token that is over is refused when all of the programs have come with it: each has the same refresh
/// token then.
Answer TestSharedRenewal::api(const Seen& seen)
{
    const bool isLatest = seen.has("Bearer access-token-" + std::to_string(m_tokens) + "\r\n");
    if (isLatest && m_tokens >= m_least && !m_isEnded)
        return jsonOf("{}");
    ++m_refused;
    const bool areAllHere = QTest::qWaitFor([this] { return m_refused >= programs; }, 20'000);
    return jsonOf("{}", areAllHere ? "401 Unauthorized" : "500 Internal Server Error");
}

/// Others have the time to come with the token that is used up by now.
Answer TestSharedRenewal::renew(const Seen& seen)
{
    const std::string name = "&refresh_token=";
    const std::string form = "&" + seen.body + "&";
    const std::size_t at = form.find(name) + name.size();
    const std::string used = form.substr(at, form.find('&', at) - at);
    const int before = ++m_renewals;
    if (used != "refresh-token-" + std::to_string(m_tokens)) {
        m_isEnded = true;
        return jsonOf("{\"error\":\"invalid_grant\"}", "400 Bad Request");
    }
    ++m_tokens;
    const Answer given = give();
    static_cast<void>(QTest::qWaitFor([this, before] { return m_renewals > before; }, 1000));
    return given;
}

void TestSharedRenewal::oneRenewsForAll()
{
    const CollectionFolder folder;
    fill(folder);
    const QStringList as{QStringLiteral("--collection"), toQString(folder.root), QStringLiteral("--session"),
                         QStringLiteral("alice")};
    const QStringList send =
        QStringList{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api"))} + as;
    const QStringList run = words("run --session alice") + QStringList{toQString(folder.root)};
    const auto signedIn = runCommand(words("login --keep --print token") + as, {{}, m_keyring.environment()});
    QVERIFY2(signedIn.status == 0, signedIn.err.c_str());
    for (int round = 1; round <= 2; ++round) {
        m_least = m_tokens + 1;
        m_refused = m_renewals = 0;
        std::vector<std::unique_ptr<Started>> all;
        for (const QStringList& arguments : {send, run, send})
            all.push_back(std::make_unique<Started>(arguments, m_keyring.environment()));
        for (const auto& each : all) {
            const int status = each->end();
            QVERIFY2(status == 0, each->said().constData());
        }
        QVERIFY(!m_isEnded);
        QCOMPARE(m_refused, programs);
        QCOMPARE(m_renewals, 1);
        QCOMPARE(m_tokens, round + 1);
    }
    // What was kept last is what goes on.
    const auto later = runCommand(send, {{}, m_keyring.environment()});
    QVERIFY2(later.status == 0, later.err.c_str());
    QCOMPARE(later.out, std::string("{}"));
    QCOMPARE(m_renewals, 1);
}

QTEST_GUILESS_MAIN(TestSharedRenewal)
#include "tst_sharedrenewal.moc"
