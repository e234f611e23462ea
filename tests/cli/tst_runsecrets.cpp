// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `run` finds the values of secret variables in the desktop's keychain, and another collection never does.

#include <base/text.h>
#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <http/message.h>
#include <keychain/keychain.h>
#include <store/permissions.h>
#include <support/commandline.h>
#include <support/keyring.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestRunSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findsItInTheKeychain();
    void keepsItFromWhereItWasNotLetGo();
    void knowsWhatTheWindowWasAllowed();
    void keepsAnEnvFileOfTheCollectionLikewise();
    void anotherCollectionFindsNothing();
    void whatIsGivenComesFirst();
    void leavesTheKeychainAlone();
    void saysThatThereIsNoKeychain();

private:
    void fill(const CollectionFolder& folder) const;
    CommandResult run(const CollectionFolder& folder, const std::string& more = {}) const;
    std::string allowed() const { return "--allow-origin " + m_server.url(); }

    QTemporaryDir m_config;
    Keyring m_keyring;
    demo::DemoServer m_server;
    std::unique_ptr<CollectionFolder> m_shop;
};

void TestRunSecrets::initTestCase()
{
    QVERIFY2(m_keyring.startUnlocked(), "needs dbus-daemon and gnome-keyring-daemon");
    QVERIFY(m_server.start());
    m_shop = std::make_unique<CollectionFolder>();
    fill(*m_shop);
    bool isKept = false;
    const auto keychain = keychain::desktopKeychain();
    keychain->write(keychain::entryOf(m_shop->root, "local", "password"), Secret("demo"), this,
                    [&isKept](const Result<void>& done) { isKept = done.has_value(); });
    QTRY_VERIFY(isKept);
}

void TestRunSecrets::fill(const CollectionFolder& folder) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: " +
                                               m_server.url() + "}\n  - {secret: true, name: password}\n");
    folder.write("login.yml", R"(info: {name: Log in, type: http}
http:
  method: POST
  url: "{{host}}/login"
  body: {type: json, data: '{"username":"demo","password":"{{password}}"}'}
runtime:
  assertions: [{expression: res.status, operator: eq, value: "200"}]
)");
}

CommandResult TestRunSecrets::run(const CollectionFolder& folder, const std::string& more) const
{
    CommandInput input;
    input.environment = m_keyring.environment();
    input.environment[QStringLiteral("CLAIMCHECK_CONFIG_DIR")] = m_config.path();
    return runCommand(words("run --env local") + words(more.c_str()) + QStringList{toQString(folder.root)},
                      input);
}

void TestRunSecrets::findsItInTheKeychain()
{
    const CommandResult result = run(*m_shop, allowed());
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
}

void TestRunSecrets::keepsItFromWhereItWasNotLetGo()
{
    const CommandResult result = run(*m_shop, "--allow-origin https://elsewhere.example");
    QCOMPARE(result.status, 1);
    const std::string origin = m_server.url();
    QVERIFY2(result.out.find("it takes password (local) to " + origin +
                             ", where that was not sent before (if it belongs there, allow it where the "
                             "window asks, or with --allow-origin " +
                             origin + ")") != std::string::npos,
             result.out.c_str());
}

void TestRunSecrets::knowsWhatTheWindowWasAllowed()
{
    store::Permissions permissions;
    permissions.release(m_shop->root, {"local", "password", http::originOf(m_server.url())});
    QVERIFY_RESULT(store::savePermissions(toUtf8(m_config.path()), permissions));
    const CommandResult result = run(*m_shop);
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QVERIFY_RESULT(store::savePermissions(toUtf8(m_config.path()), {}));
}

/// A pull may have changed the host; what is given on the command line goes with the call.
void TestRunSecrets::keepsAnEnvFileOfTheCollectionLikewise()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write(".env", "password=demo\n");
    QCOMPARE(run(folder, "--no-keychain").status, 1);
    QCOMPARE(run(folder, "--no-keychain " + allowed()).status, 0);
    QCOMPARE(run(folder, "--no-keychain --env-file " + folder.path(".env")).status, 0);
}

void TestRunSecrets::anotherCollectionFindsNothing()
{
    const CollectionFolder hostile;
    fill(hostile);
    const CommandResult result = run(hostile);
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.find("password") != std::string::npos, result.out.c_str());
}

void TestRunSecrets::whatIsGivenComesFirst()
{
    QCOMPARE(run(*m_shop, "--env-var password=wrong").status, 1);
    QCOMPARE(run(*m_shop, "--env-var password=demo --no-keychain").status, 0);
}

void TestRunSecrets::leavesTheKeychainAlone()
{
    const CommandResult result = run(*m_shop, "--no-keychain");
    QCOMPARE(result.status, 1);
    QCOMPARE(result.err, std::string());
}

void TestRunSecrets::saysThatThereIsNoKeychain()
{
    CommandInput input;
    input.environment = {{QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nowhere")}};
    const CommandResult result =
        runCommand(words("run --env local") + QStringList{toQString(m_shop->root)}, input);
    QCOMPARE(result.status, 1);
    QVERIFY2(
        result.err.starts_with("note: cannot read password from the keychain: no keychain service answers"),
        result.err.c_str());
}

QTEST_GUILESS_MAIN(TestRunSecrets)
#include "tst_runsecrets.moc"
