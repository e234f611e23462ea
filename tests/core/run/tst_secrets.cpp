// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the value of a secret variable comes from, and in which order.

#include <keychain/memory.h>
#include <run/scopes.h>
#include <run/secrets.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

namespace {

collection::Collection shop()
{
    collection::Collection collection;
    collection.directory = "/nowhere/shop";
    collection::Environment base;
    base.name = "base";
    base.variables = {{"clientSecret", "", true, true}, {"host", "http://base"}};
    collection::Environment local;
    local.name = "local";
    local.extended = "base";
    local.variables = {{"password", "", true, true}, {"off", "", false, true}};
    collection.environments = {local, base};
    return collection;
}

} // namespace

class TestSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void looksInOrder_data();
    void looksInOrder();
    void findsThoseOfTheExtendedEnvironment();
    void neverAsksForAnotherCollection();
    void saysWhatIsWrongWithTheKeychain();
    void fillsScopes();
    void leavesOutWhatIsMissing();
    void findsNamesThroughOthers();
    void findsWhatAnIdentityNeeds();
    void leavesOutWhatIsNotWanted();

private:
    void keep(keychain::Keychain& keychain, const char* environment, const char* name, const char* value);
    static FoundSecrets found(const collection::Collection& collection, const std::string& environment,
                              const SecretPlaces& places);
};

void TestSecrets::keep(keychain::Keychain& keychain, const char* environment, const char* name,
                       const char* value)
{
    keychain.write(keychain::entryOf("/nowhere/shop", environment, name), Secret(value), this,
                   [](const Result<void>&) {});
}

FoundSecrets TestSecrets::found(const collection::Collection& collection, const std::string& environment,
                                const SecretPlaces& places)
{
    QObject context;
    std::optional<FoundSecrets> answer;
    findSecrets(collection, environment, places, &context,
                [&answer](FoundSecrets secrets) { answer = std::move(secrets); });
    if (answer)
        qFatal("answered from inside the call");
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }))
        qFatal("no answer");
    return *answer;
}

void TestSecrets::looksInOrder_data()
{
    QTest::addColumn<int>("places"); // so many of the first are empty
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("source");
    QTest::newRow("given") << 0 << QByteArray("given") << int(SecretSource::Given);
    QTest::newRow("keychain") << 1 << QByteArray("kept") << int(SecretSource::Keychain);
    QTest::newRow("process") << 2 << QByteArray("process") << int(SecretSource::Process);
    QTest::newRow(".env") << 3 << QByteArray("file") << int(SecretSource::DotEnv);
    QTest::newRow("nowhere") << 4 << QByteArray() << int(SecretSource::Missing);
}

void TestSecrets::looksInOrder()
{
    QFETCH(int, places);
    QFETCH(QByteArray, value);
    QFETCH(int, source);
    keychain::MemoryKeychain keychain;
    if (places <= 1)
        keep(keychain, "local", "password", "kept");
    SecretPlaces all;
    all.keychain = &keychain;
    all.given = [places](const std::string& environment, const std::string& name) {
        const bool isIt = places == 0 && environment == "local" && name == "password";
        return isIt ? std::optional<Secret>("given") : std::nullopt;
    };
    if (places <= 2)
        all.process = {{"password", "process"}};
    if (places <= 3)
        all.dotEnv = {{"password", "file"}};
    const FoundSecrets secrets = found(shop(), "local", all);
    const SecretValue expected{"local", "password", Secret(value.toStdString()), SecretSource(source)};
    QCOMPARE(secrets.values.at(0), expected);
    QVERIFY(!secrets.keychainProblem);
}

void TestSecrets::findsThoseOfTheExtendedEnvironment()
{
    keychain::MemoryKeychain keychain;
    keep(keychain, "base", "clientSecret", "of base");
    SecretPlaces places;
    places.keychain = &keychain;
    const FoundSecrets secrets = found(shop(), "local", places);
    QCOMPARE(secrets.values.size(), std::size_t(2)); // not the one that is switched off
    const SecretValue expected{"base", "clientSecret", Secret("of base"), SecretSource::Keychain};
    QCOMPARE(secrets.values[1], expected);
    QVERIFY(found(shop(), "", places).values.empty());
}

void TestSecrets::neverAsksForAnotherCollection()
{
    keychain::MemoryKeychain keychain;
    keep(keychain, "local", "password", "kept");
    SecretPlaces places;
    places.keychain = &keychain;
    collection::Collection hostile = shop();
    hostile.directory = "/nowhere/hostile";
    QCOMPARE(found(hostile, "local", places).values.at(0).source, SecretSource::Missing);
}

void TestSecrets::saysWhatIsWrongWithTheKeychain()
{
    keychain::MemoryKeychain keychain;
    keychain.failWith({ErrorKind::Unreachable, "cannot read", "there is none", "", std::nullopt});
    SecretPlaces places;
    places.keychain = &keychain;
    places.dotEnv = {{"password", "file"}};
    const FoundSecrets secrets = found(shop(), "local", places);
    QCOMPARE(secrets.keychainProblem->why, std::string("there is none"));
    QCOMPARE(secrets.values.at(0).value, Secret("file"));
    QCOMPARE(secrets.values.at(1).source, SecretSource::Missing);
}

void TestSecrets::fillsScopes()
{
    Outside outside;
    outside.secrets = {{"local", "password", Secret("hunter2"), SecretSource::Keychain}};
    outside.dotEnv = {{"API", "v1"}};
    outside.process = {{"HOME", "/root"}};
    const auto scopes = scopesFor(shop(), {}, "local", outside);
    const std::string text = "{{password}} {{API}} {{process.env.API}} {{process.env.HOME}}";
    QCOMPARE(variables::resolve(text, scopes, "URL").value_or("error"), std::string("hunter2 v1 v1 /root"));
    QVERIFY(!variables::resolve("{{process.env.PATH}}", scopes, "URL"));
    for (const char* name : {"password", "API", "process.env.API", "process.env.HOME"})
        QVERIFY2(variables::nearestOf(scopes, name)->secret, name);
    outside.dotEnv = {{"EMPTY", ""}}; // defined: nothing is missing
    QCOMPARE(
        variables::resolve("a{{EMPTY}}{{process.env.EMPTY}}b", scopesFor(shop(), {}, "local", outside), "URL")
            .value_or("error"),
        std::string("ab"));
}

void TestSecrets::leavesOutWhatIsMissing()
{
    Outside outside;
    outside.secrets = {{"local", "password", Secret(), SecretSource::Missing}};
    const auto value = variables::resolve("a{{password}}", scopesFor(shop(), {}, "local", outside), "URL");
    QVERIFY(!value);
    QVERIFY(describe(value.error()).find("password") != std::string::npos);
}

void TestSecrets::findsNamesThroughOthers()
{
    collection::Item item;
    item.entry.url = "{{host}}/login";
    item.entry.headers = {{"X-Key", "{{key}}"}, {"X-Off", "{{off}}", false}};
    item.entry.body = "{\"p\":\"{{ password }}\"}";
    item.entry.variables = {{"key", "{{clientSecret}}"}};
    item.entry.auth = collection::AuthMode::None;
    item.entry.kept.auth = "basic";
    item.details.credentials = {"basic", {{"password", "{{basic}}"}}};
    auto names = namesUsed(shop(), item, scopesFor(shop(), item, "local", {}));
    std::sort(names.begin(), names.end());
    QCOMPARE(names, (std::vector<std::string>{"basic", "clientSecret", "host", "key", "password"}));
}

void TestSecrets::findsWhatAnIdentityNeeds()
{
    collection::Collection collection = shop();
    collection.variables = {{"key", "{{clientSecret}}"}};
    const auto scopes = scopesFor(collection, {}, "local", {});
    collection::Identity identity;
    identity.grant = collection::GrantLogin();
    identity.grant->tokenUrl = "{{host}}/token";
    identity.grant->clientSecret = "{{key}}";
    identity.grant->parameters = {{"{{name}}", "{{value}}"}};
    identity.origins = {"{{origin}}"};
    auto names = namesUsed(identity, scopes);
    QVERIFY(names.has_value());
    std::sort(names->begin(), names->end());
    QCOMPARE(*names, (std::vector<std::string>{"clientSecret", "host", "key", "name", "origin", "value"}));
    identity.grant.reset();
    identity.origins.clear();
    identity.credentials = collection::CredentialLogin();
    identity.credentials->password = "{{password}}";
    QCOMPARE(namesUsed(identity, scopes).value(), std::vector<std::string>{"password"});
    identity.credentials.reset();
    identity.request = collection::RequestLogin();
    QVERIFY(!namesUsed(identity, scopes)); // what the request says, and whatever reaches it
}

void TestSecrets::leavesOutWhatIsNotWanted()
{
    keychain::MemoryKeychain keychain;
    keychain.failWith({ErrorKind::Unreachable, "cannot read", "there is none", "", std::nullopt});
    SecretPlaces places;
    places.keychain = &keychain;
    places.isWanted = [](const std::string&) { return false; };
    const FoundSecrets none = found(shop(), "local", places);
    QVERIFY(none.values.empty() && !none.keychainProblem); // it was not asked
    places.isWanted = [](const std::string& name) { return name == "clientSecret"; };
    const FoundSecrets one = found(shop(), "local", places);
    QCOMPARE(one.values.size(), std::size_t{1});
    QCOMPARE(one.values.front().name, std::string("clientSecret"));
    QVERIFY(one.keychainProblem.has_value());
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
