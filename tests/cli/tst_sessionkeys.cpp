// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `login` and `send` as an identity judge tokens by the keys that its collection names for their issuers
// (`.claimcheck/keys.yaml`), where the call has no key of its own.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <jose/sign.h>
#include <json/document.h>
#include <store/checks.h>
#include <support/commandline.h>
#include <support/result.h>

#include <algorithm>
#include <memory>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string issuer = "https://id.example";
const std::string password = "the-password-of-alice";

jose::Key newKey()
{
    return *jose::generateKey(*jose::findAlgorithm("ES256"), {.kid = "k1"});
}

} // namespace

class TestSessionKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void loginIsJudgedByTheCollection();
    void theKeyOfTheCallGoesFirst();
    void anotherKeyDoesNotVerify();
    void nothingIsAskedForAnotherIssuer();
    void saysWhyAKeyCannotBeHad();
    void sendIsJudgedByTheCollection();

private:
    Answer answer(const Seen& seen) const;
    void writeKeys(const std::string& source, const std::string& iss = issuer) const
    {
        m_folder->write(store::keysFile, "keys: {server: {" + source + ", iss: \"" + iss + "\"}}\n");
    }
    CommandResult run(QStringList arguments) const
    {
        arguments += {QStringLiteral("--collection"),
                      toQString(m_folder->root),
                      QStringLiteral("--session"),
                      QStringLiteral("alice"),
                      QStringLiteral("--no-keychain"),
                      QStringLiteral("--env-var"),
                      QStringLiteral("password=") + toQString(password)};
        return runCommand(arguments);
    }
    bool isAsked(const std::string& target) const
    {
        return std::ranges::any_of(m_server.seen, [&](const Seen& seen) { return seen.target() == target; });
    }

    jose::Key m_key = newKey();
    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    std::unique_ptr<CollectionFolder> m_folder;
};

void TestSessionKeys::init()
{
    m_server.seen.clear();
    m_folder = std::make_unique<CollectionFolder>();
    m_folder->write(".claimcheck/sessions.yaml", "sessions:\n  alice:\n    login: {url: \"" +
                                                     m_server.url("/login") +
                                                     "\", user: alice, password: \"{{password}}\"}\n");
    m_folder->write("keys/server.jwk", *jose::publicJwk(m_key));
    m_folder->write("keys/other.jwk", *jose::publicJwk(newKey()));
}

Answer TestSessionKeys::answer(const Seen& seen) const
{
    const char* const json = "Content-Type: application/json\r\n";
    if (seen.target() == "/jwks")
        return ok("{\"keys\":[" + *jose::publicJwk(m_key) + "]}", json);
    const std::string claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"alice\",\"exp\":4102444800}";
    const auto token = jose::sign(*jose::findAlgorithm("ES256"), m_key, claims);
    return ok("{\"token\":\"" + std::string(token.value().reveal()) + "\"}", json);
}

void TestSessionKeys::loginIsJudgedByTheCollection()
{
    for (const std::string& source :
         {std::string("file: keys/server.jwk"), "jwksUrl: \"" + m_server.url("/jwks") + "\""}) {
        writeKeys(source);
        const auto shown = run(words("login"));
        QVERIFY2(shown.status == 0, (shown.out + shown.err).c_str());
        QVERIFY2(shown.out.find("Key      server, of its issuer in .claimcheck/keys.yaml\nverified") !=
                     std::string::npos,
                 shown.out.c_str());
        const auto document = json::parse(run(words("login --json")).out);
        QVERIFY_RESULT(document);
        QCOMPARE(document->root().find("issuer_key")->string(), std::string("server"));
        QCOMPARE(document->root().find("verdict")->string(), std::string("verified"));
    }
    QVERIFY(isAsked("/jwks"));
    for (const Seen& seen : m_server.seen)
        if (seen.target() == "/jwks")
            QVERIFY((seen.head + seen.body).find(password) == std::string::npos);
}

void TestSessionKeys::theKeyOfTheCallGoesFirst()
{
    writeKeys("file: keys/server.jwk");
    const QStringList other{QStringLiteral("--key"), toQString(m_folder->root + "/keys/other.jwk")};
    const auto result = run(words("login") + other);
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.find("keys.yaml") == std::string::npos, result.out.c_str());
}

void TestSessionKeys::anotherKeyDoesNotVerify()
{
    writeKeys("file: keys/other.jwk");
    const auto shown = run(words("login"));
    QCOMPARE(shown.status, 1);
    QVERIFY2(shown.out.find("\nverified") == std::string::npos, shown.out.c_str());
    const auto printed = run(words("login --print token"));
    QCOMPARE(printed.status, 1);
    QVERIFY2(printed.err.find("the token does not verify") != std::string::npos, printed.err.c_str());
}

/// `iss` picks among the keys that there are; it is no address.
void TestSessionKeys::nothingIsAskedForAnotherIssuer()
{
    writeKeys("jwksUrl: \"" + m_server.url("/jwks") + "\"", "https://else.example");
    const auto result = run(words("login --json"));
    QCOMPARE(result.status, 0);
    QVERIFY(!isAsked("/jwks"));
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QVERIFY(!document->root().find("issuer_key"));
    QCOMPARE(document->root().find("verdict")->string(), std::string("not verified"));
}

void TestSessionKeys::saysWhyAKeyCannotBeHad()
{
    writeKeys("file: keys/none.jwk");
    const auto gone = run(words("login"));
    QCOMPARE(gone.status, 0); // nothing was judged
    QVERIFY2(gone.err.find("not verified by the key server: ") != std::string::npos, gone.err.c_str());
    QVERIFY2(gone.out.find("of its issuer") == std::string::npos, gone.out.c_str());
    m_folder->write(store::keysFile, "keys: 5\n");
    const auto broken = run(words("login"));
    QVERIFY2(broken.err.find("no token is verified: cannot use .claimcheck/keys.yaml") != std::string::npos,
             broken.err.c_str());
}

void TestSessionKeys::sendIsJudgedByTheCollection()
{
    const QStringList send{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api")),
                           QStringLiteral("--json")};
    const auto tokenOf = [&] {
        const auto document = json::parse(run(send).out);
        const auto tokens = document ? document->root().find("tokens") : std::nullopt;
        if (!tokens || tokens->size() != 1)
            return std::string("no token");
        const json::Value token = tokens->items().front();
        const auto key = token.find("key");
        return token.find("verdict")->string() + (key ? " by " + key->string() : std::string());
    };
    QCOMPARE(tokenOf(), std::string("not verified"));
    writeKeys("file: keys/server.jwk");
    QCOMPARE(tokenOf(), std::string("verified by server"));
    writeKeys("file: keys/other.jwk");
    QCOMPARE(tokenOf(), std::string("signature invalid by server"));
}

QTEST_GUILESS_MAIN(TestSessionKeys)
#include "tst_sessionkeys.moc"
