// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of the window's answers, verified by the keys that the open collection names for their issuers:
// after the answer is shown, and never by anything that the token itself names.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <jose/sign.h>
#include <store/checks.h>
#include <support/result.h>
#include <workbench/workbench.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::FoundInspection;
using workbench::Workbench;

static const char* const issuer = "https://id.example";

class TestIssuerVerification : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void verifiesAfterTheAnswer();
    void fetchesWhatTheFileNames();
    void saysWhyAKeyCannotBeHad();
    void nothingIsAskedForOthers();
    void anotherAnswerEndsIt();
    void knowsWhatJudgedAToken();

private:
    std::string signedFor(const std::string& iss) const
    {
        const std::string claims = "{\"iss\":\"" + iss + "\",\"sub\":\"a\",\"exp\":4102444800}";
        return std::string(jose::sign(*jose::findAlgorithm("ES256"), m_key, claims).value().reveal());
    }
    void open(const std::string& keys);
    void send() { m_workbench->send(m_workbench->collection()->root.items.at(0)); }
    bool isVerified() const
    {
        return QTest::qWaitFor([this] { return !m_verified.empty(); }, 10'000);
    }

    jose::Key m_key = *jose::generateKey(*jose::findAlgorithm("ES256"), {.kid = "k1"});
    std::vector<std::string> m_asked;
    std::string m_iss;
    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<CollectionFolder> m_folder;
    std::unique_ptr<Workbench> m_workbench;
    int m_answers = 0;
    std::vector<std::vector<FoundInspection>> m_verified;
};

void TestIssuerVerification::init()
{
    m_asked.clear();
    m_verified.clear();
    m_answers = 0;
    m_iss = issuer;
    m_server = std::make_unique<RawServer>([this](const Seen& seen) {
        m_asked.push_back(seen.target());
        return ok(seen.target() == "/jwks" ? "{\"keys\":[" + *jose::publicJwk(m_key) + "]}"
                                           : "{\"token\":\"" + signedFor(m_iss) + "\"}");
    });
    m_folder = std::make_unique<CollectionFolder>();
    m_folder->write("a.yml", "info: {name: a, type: http}\nhttp: {method: GET, url: \"" +
                                 m_server->url("/a") + "\"}\n");
    m_workbench = std::make_unique<Workbench>();
    connect(m_workbench.get(), &Workbench::exchangeFinished, this, [this] { ++m_answers; });
    connect(m_workbench.get(), &Workbench::tokensVerified, this,
            [this](const std::vector<FoundInspection>& tokens) { m_verified.push_back(tokens); });
}

void TestIssuerVerification::open(const std::string& keys)
{
    m_folder->write(store::keysFile, keys);
    QVERIFY_RESULT(m_workbench->openCollection(m_folder->root));
}

void TestIssuerVerification::verifiesAfterTheAnswer()
{
    m_folder->write("keys/server.jwk", *jose::publicJwk(m_key));
    open("keys: {pinned: {file: keys/server.jwk, iss: \"" + std::string(issuer) + "\"}}\n");
    send();
    QVERIFY(isVerified());
    QCOMPARE(m_answers, 1);
    QCOMPARE(m_verified[0].size(), std::size_t(1));
    QCOMPARE(m_verified[0][0].issuerKey, std::string("pinned"));
    QCOMPARE(m_verified[0][0].inspection.verdict, inspect::Verdict::Verified);
    QCOMPARE(m_asked, std::vector<std::string>{"/a"});
}

void TestIssuerVerification::fetchesWhatTheFileNames()
{
    open("keys: {far: {jwksUrl: \"" + m_server->url("/jwks") + "\", iss: \"" + issuer + "\"}}\n");
    send();
    QVERIFY(isVerified());
    QCOMPARE(m_verified[0][0].inspection.verdict, inspect::Verdict::Verified);
    QCOMPARE(m_asked, (std::vector<std::string>{"/a", "/jwks"}));
    // A key of another pair does not make it good.
    m_verified.clear();
    m_key = *jose::generateKey(*jose::findAlgorithm("ES256"), {.kid = "k1"});
    m_folder->write("keys/old.jwk", *jose::publicJwk(*jose::generateKey(*jose::findAlgorithm("ES256"), {})));
    m_folder->write(store::keysFile,
                    "keys: {pinned: {file: keys/old.jwk, iss: \"" + std::string(issuer) + "\"}}\n");
    send();
    QVERIFY(isVerified());
    QVERIFY(m_verified[0][0].inspection.verdict != inspect::Verdict::Verified);
}

void TestIssuerVerification::saysWhyAKeyCannotBeHad()
{
    open("keys: {gone: {file: keys/none.pem, iss: \"" + std::string(issuer) + "\"}}\n");
    send();
    QVERIFY(isVerified());
    QVERIFY(m_verified[0][0].issuerProblem);
    QCOMPARE(m_verified[0][0].inspection.verdict, inspect::Verdict::NotVerified);
}

/// `iss` is nobody's address: what keys.yaml does not know is not looked for.
void TestIssuerVerification::nothingIsAskedForOthers()
{
    m_iss = m_server->url("");
    open("keys: {far: {jwksUrl: \"" + m_server->url("/jwks") + "\", iss: \"" + issuer + "\"}}\n");
    send();
    QTRY_COMPARE(m_answers, 1);
    m_iss = issuer; // and now one that is known: had the first been asked for, it would stand before this
    send();
    QVERIFY(isVerified());
    QCOMPARE(m_asked, (std::vector<std::string>{"/a", "/a", "/jwks"}));
}

void TestIssuerVerification::anotherAnswerEndsIt()
{
    m_folder->write("keys/server.jwk", *jose::publicJwk(m_key));
    open("keys: {pinned: {file: keys/server.jwk, iss: \"" + std::string(issuer) + "\"}}\n");
    connect(
        m_workbench.get(), &Workbench::exchangeFinished, this, [this] { send(); }, Qt::SingleShotConnection);
    send();
    QTRY_COMPARE(m_answers, 2);
    QVERIFY(isVerified());
    QCOMPARE(m_verified.back()[0].issuerKey, std::string("pinned"));
}

/// For who looks at it again; a key of one collection is not another one's word.
void TestIssuerVerification::knowsWhatJudgedAToken()
{
    m_folder->write("keys/server.jwk", *jose::publicJwk(m_key));
    open("keys: {pinned: {file: keys/server.jwk, iss: \"" + std::string(issuer) + "\"}}\n");
    send();
    QVERIFY(isVerified());
    const std::string token = m_verified[0][0].found.text;
    const auto known = m_workbench->issuerRingOf(token);
    QVERIFY(known);
    QCOMPARE(known->name, std::string("pinned"));
    QCOMPARE(known->ring->issuer, std::optional<std::string>(issuer));
    QCOMPARE(inspect::inspect(token, *known->ring, {}, currentTime()).verdict, inspect::Verdict::Verified);
    QVERIFY(!m_workbench->issuerRingOf(token + "x"));
    m_verified.clear();
    m_folder->write(store::keysFile,
                    "keys: {pinned: {file: keys/gone.jwk, iss: \"" + std::string(issuer) + "\"}}\n");
    send();
    QVERIFY(isVerified()); // its key cannot be had any more
    QVERIFY(!m_workbench->issuerRingOf(m_verified[0][0].found.text));
    const CollectionFolder other;
    QVERIFY_RESULT(m_workbench->openCollection(other.root));
    QVERIFY(!m_workbench->issuerRingOf(token));
}

QTEST_GUILESS_MAIN(TestIssuerVerification)
#include "tst_issuerverification.moc"
