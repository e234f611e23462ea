// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens that the window saw, kept only where the user turned it on and the keychain has a key: no signature,
// no content of an encrypted one, and no hash that could be tried without the key.

#include <base/keyedhash.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <jose/encrypt.h>
#include <jose/sign.h>
#include <keychain/memory.h>
#include <support/result.h>
#include <workbench/identities.h>
#include <workbench/secrets.h>
#include <workbench/tokenhistorykeeper.h>

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <set>

using namespace claimcheck;
using namespace claimcheck::workbench;

static const Secret secret("0123456789abcdef0123456789abcdef");

static std::string signedToken(const std::string& claims)
{
    return std::string(
        jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(secret), claims).value().reveal());
}

class TestTokenHistoryKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isOffAtFirst();
    void keepsWhatASignInBrings();
    void keepsWhatAnIdentityBrings();
    void keepsWhatAComparisonBrings();
    void knowsATokenAgain();
    void keepsNoSignature();
    void keepsNoClaimsOfAnEncryptedOne();
    void withoutAKeychainItStaysOff();
    void aRefusingKeychainKeepsItOff();
    void waitsForTheKeyAfterAStart();
    void clearingForgetsTheKey();
    void opaqueOnesAreNotKept();

private:
    void turnOn()
    {
        m_keeper->setOn(true);
        QTRY_VERIFY(m_keeper->isOn());
    }
    void tell(const std::string& token, const inspect::KeyRing& ring = {});
    std::vector<archive::TokenRecord> kept() const
    {
        return m_keeper->history() ? *m_keeper->history()->list({}) : std::vector<archive::TokenRecord>();
    }
    void makeKeeper();
    QByteArray everything() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workbench> m_workbench;
    keychain::MemoryKeychain* m_keychain = nullptr;
    std::unique_ptr<TokenHistoryKeeper> m_keeper;
    std::vector<Error> m_errors;
};

void TestTokenHistoryKeeper::init()
{
    m_errors.clear();
    m_keeper.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_workbench = std::make_unique<Workbench>();
    auto keychain = std::make_unique<keychain::MemoryKeychain>();
    m_keychain = keychain.get();
    m_workbench->secrets().setKeychain(std::move(keychain));
    makeKeeper();
}

void TestTokenHistoryKeeper::makeKeeper()
{
    m_keeper = std::make_unique<TokenHistoryKeeper>(*m_workbench);
    connect(m_keeper.get(), &TokenHistoryKeeper::failed, this,
            [this](const Error& error) { m_errors.push_back(error); });
    const std::string folder = m_folder->path().toStdString();
    QVERIFY_RESULT(m_keeper->open(folder + "/tokens", folder));
}

/// As if an answer had brought it.
void TestTokenHistoryKeeper::tell(const std::string& token, const inspect::KeyRing& ring)
{
    ExchangeResult result;
    result.exchange.request.url = "https://api.example/login";
    result.exchange.startedAt = currentTime();
    result.exchange.response.emplace();
    result.tokens.push_back({{token, 0, "body .token"}, inspect::inspectOpened(token, ring, currentTime())});
    Q_EMIT m_workbench->exchangeFinished(result);
}

QByteArray TestTokenHistoryKeeper::everything() const
{
    QByteArray all;
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read what was written");
        all += file.readAll();
    }
    return all;
}

void TestTokenHistoryKeeper::isOffAtFirst()
{
    QVERIFY(!m_keeper->isOn());
    tell(signedToken(R"({"sub":"alice"})"));
    QVERIFY(m_keeper->history() == nullptr);
    QCOMPARE(m_keychain->size(), std::size_t(0));
    QVERIFY(everything().isEmpty());
    turnOn();
    QVERIFY(kept().empty()); // and what came before is not kept afterwards
}

void TestTokenHistoryKeeper::keepsWhatASignInBrings()
{
    demo::DemoServer server;
    QVERIFY(server.start());
    turnOn();
    auth::Login login;
    login.url = server.url() + "/login";
    login.user = demo::demoUser;
    login.password = Secret(demo::demoPassword);
    m_workbench->login(login);
    QTRY_COMPARE(kept().size(), std::size_t(1));
    const auto record = m_keeper->history()->read(kept()[0].id);
    QVERIFY_RESULT(record);
    QVERIFY(record->header.find("HS256") != std::string::npos);
    QVERIFY(record->claims.find(std::string(demo::demoUser)) != std::string::npos);
    QCOMPARE(record->place, std::string("body .token"));
    QCOMPARE(record->origin, http::originOf(server.url()));
}

/// By the same rules: not before it is turned on, and without what lets somebody in.
void TestTokenHistoryKeeper::keepsWhatAnIdentityBrings()
{
    demo::DemoServer server;
    QVERIFY(server.start());
    const test::CollectionFolder folder;
    folder.write("environments/local.yml", "name: local\nvariables: [{secret: true, name: password}]\n");
    folder.write(".claimcheck/sessions.yaml", "sessions:\n  alice:\n    login: {url: \"" + server.url() +
                                                  "/login\", user: " + std::string(demo::demoUser) +
                                                  ", password: \"{{password}}\"}\n");
    QVERIFY_RESULT(m_workbench->openCollection(folder.root));
    m_workbench->selectEnvironment("local");
    m_workbench->secrets().give(folder.root, "local", "password", Secret(demo::demoPassword),
                                Remember::InMemory);
    store::Permissions permissions = m_workbench->secrets().permissions();
    permissions.release(folder.root, {"local", "password", http::originOf(server.url())});
    m_workbench->secrets().setPermissions(std::move(permissions));
    Identities& identities = m_workbench->identities();
    const auto signIn = [&] {
        std::optional<Result<Identities::Held>> held;
        identities.want("alice", this, [&](Result<Identities::Held> found) { held = std::move(found); });
        return QTest::qWaitFor([&] { return held.has_value(); }, 60'000) && *held
                   ? std::string((*held)->tokens.accessToken.reveal())
                   : std::string();
    };
    QVERIFY(!signIn().empty());
    QVERIFY(everything().isEmpty());
    identities.signOut("alice");
    turnOn();
    const std::string token = signIn();
    QVERIFY(!token.empty());
    QTRY_COMPARE(kept().size(), std::size_t(1));
    QCOMPARE(kept()[0].request, std::string("Sign in as alice"));
    QCOMPARE(kept()[0].place, std::string("body .token"));
    QCOMPARE(kept()[0].origin, http::originOf(server.url()));
    const QByteArray all = everything();
    QVERIFY(!all.contains(QByteArray::fromStdString(token.substr(token.rfind('.') + 1))));
    QVERIFY(!all.contains(QByteArray::fromStdString(token.substr(0, token.find('.')))));
}

/// Each answer's, as if its request had been sent alone.
void TestTokenHistoryKeeper::keepsWhatAComparisonBrings()
{
    const std::string alices = signedToken(R"({"sub":"alice"})");
    const std::string bobs = signedToken(R"({"sub":"bob"})");
    int sent = 0;
    test::RawServer server{[&](const test::Seen&) {
        return test::ok("{\"token\":\"" + (++sent % 2 == 1 ? alices : bobs) + "\"}",
                        "Content-Type: application/json\r\n");
    }};
    const test::CollectionFolder folder;
    folder.write("give.yml", "info: {name: Give, type: http}\nhttp: {method: GET, url: \"" +
                                 server.url("/give") + "\"}\n");
    folder.write(".claimcheck/sessions.yaml", "sessions:\n  alice:\n    login: {url: \"" +
                                                  server.url("/login") +
                                                  "\", user: alice, password: \"{{password}}\"}\n");
    QVERIFY_RESULT(m_workbench->openCollection(folder.root));
    int compared = 0;
    connect(m_workbench.get(), &Workbench::comparisonFinished, m_keeper.get(), [&compared] { ++compared; });
    const auto compare = [&] {
        const collection::Item item = *collection::findItem(*m_workbench->collection(), "give.yml");
        const int before = compared;
        m_workbench->sendAsAll(item, {"alice", Identities::nobody});
        return QTest::qWaitFor([&] { return compared > before; }, 60'000);
    };
    QVERIFY(compare());
    QVERIFY(everything().isEmpty()); // it is off
    turnOn();
    QVERIFY(compare());
    QTRY_COMPARE(kept().size(), std::size_t(2));
    std::set<std::string> subjects;
    for (const archive::TokenRecord& record : kept()) {
        subjects.insert(record.subject);
        QCOMPARE(record.request, std::string("Give"));
        QCOMPARE(record.place, std::string("body .token"));
        QCOMPARE(record.origin, http::originOf(server.url()));
    }
    QCOMPARE(subjects, (std::set<std::string>{"alice", "bob"}));
    const QByteArray all = everything();
    for (const std::string& token : {alices, bobs})
        QVERIFY(!all.contains(QByteArray::fromStdString(token.substr(token.rfind('.') + 1))));
}

void TestTokenHistoryKeeper::knowsATokenAgain()
{
    turnOn();
    for (int i = 0; i < 3; ++i)
        tell(signedToken(R"({"sub":"alice"})"));
    tell(signedToken(R"({"sub":"bob"})"));
    QTRY_COMPARE(kept().size(), std::size_t(2));
    QCOMPARE(kept()[1].times, std::int64_t(3));
    QCOMPARE(kept()[0].hash.size(), std::size_t(32));
}

void TestTokenHistoryKeeper::keepsNoSignature()
{
    turnOn();
    const std::string inner = signedToken(R"({"sub":"inner"})");
    const std::string token = signedToken(R"({"sub":"alice","also":")" + inner + R"("})");
    tell(token);
    QTRY_COMPARE(kept().size(), std::size_t(1));
    const QByteArray all = everything();
    for (const std::string& text : {token, inner}) {
        const std::string signature = text.substr(text.rfind('.') + 1);
        QVERIFY(!all.contains(QByteArray::fromStdString(signature)));
        QVERIFY(!all.contains(
            QByteArray::fromBase64(QByteArray::fromStdString(signature), QByteArray::Base64UrlEncoding)));
        QVERIFY(!all.contains(QByteArray::fromStdString(text.substr(0, text.find('.')))));
    }
    QVERIFY(all.contains("alice"));
    // A hash that could be tried without the key is none of those that are kept.
    for (const std::string& key : {std::string(), std::string("key")})
        QVERIFY(!all.contains(QByteArray::fromStdString(keyedHash(Secret(key), token))));
}

void TestTokenHistoryKeeper::keepsNoClaimsOfAnEncryptedOne()
{
    turnOn();
    const jose::Key key = jose::secretKey(Secret("0123456789abcdef"));
    const auto token =
        jose::encrypt(*jose::findKeyManagement("A128KW"), *jose::findContentEncryption("A128GCM"),
                      std::vector<jose::Key>{key}, R"({"sub":"nobody-may-know"})");
    QVERIFY_RESULT(token);
    inspect::KeyRing ring;
    ring.keys.push_back(key);
    const std::string text(token->reveal());
    QVERIFY(inspect::inspectOpened(text, ring, currentTime()).claimsJson()); // it was opened
    tell(text, ring);
    QTRY_COMPARE(kept().size(), std::size_t(1));
    QVERIFY(kept()[0].isEncrypted);
    QVERIFY(kept()[0].header.find("A128GCM") != std::string::npos);
    QVERIFY(!everything().contains("nobody-may-know"));
}

void TestTokenHistoryKeeper::withoutAKeychainItStaysOff()
{
    m_workbench->secrets().setKeychain(nullptr);
    m_keeper->setOn(true);
    QTRY_COMPARE(m_errors.size(), std::size_t(1));
    QVERIFY(!m_keeper->isOn());
    QVERIFY(describe(m_errors[0]).find("keychain") != std::string::npos);
    QVERIFY(everything().isEmpty());
}

void TestTokenHistoryKeeper::aRefusingKeychainKeepsItOff()
{
    m_keychain->failWith({ErrorKind::Refused, "the keychain is locked", "nobody opened it", "", {}});
    m_keeper->setOn(true);
    QTRY_COMPARE(m_errors.size(), std::size_t(1));
    QVERIFY(!m_keeper->isOn());
}

void TestTokenHistoryKeeper::waitsForTheKeyAfterAStart()
{
    turnOn();
    tell(signedToken(R"({"sub":"alice"})"));
    QTRY_COMPARE(kept().size(), std::size_t(1));
    makeKeeper();
    QVERIFY(m_keeper->isOn());
    QCOMPARE(kept().size(), std::size_t(1));
    tell(signedToken(R"({"sub":"alice"})"));
    QTRY_COMPARE(kept()[0].times, std::int64_t(2)); // by the same key
    m_keeper->setOn(false);
    tell(signedToken(R"({"sub":"bob"})"));
    makeKeeper();
    QVERIFY(!m_keeper->isOn());
    QCOMPARE(kept().size(), std::size_t(1));
}

void TestTokenHistoryKeeper::clearingForgetsTheKey()
{
    turnOn();
    tell(signedToken(R"({"sub":"alice"})"));
    QTRY_COMPARE(kept().size(), std::size_t(1));
    const std::string before = kept()[0].hash;
    m_keeper->clear();
    QVERIFY(kept().empty());
    QTRY_COMPARE(m_keychain->size(), std::size_t(0));
    tell(signedToken(R"({"sub":"alice"})"));
    QTRY_COMPARE(kept().size(), std::size_t(1));
    QVERIFY(kept()[0].hash != before);
}

void TestTokenHistoryKeeper::opaqueOnesAreNotKept()
{
    turnOn();
    tell("2YotnFZFEjr1zCsicMWpAA");
    tell(signedToken(R"({"sub":"alice"})"));
    QTRY_COMPARE(kept().size(), std::size_t(1));
    QVERIFY(!everything().contains("2YotnFZFEjr1zCsicMWpAA"));
}

QTEST_GUILESS_MAIN(TestTokenHistoryKeeper)
#include "tst_tokenhistorykeeper.moc"
