// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an identity's server is asked about its token, and told at the end: also of a session that was kept,
// of which no endpoint is known yet.

#include <algorithm>

#include <core/workbench/identityshop.h>
#include <core/workbench/trialissuer.h>
#include <jose/sign.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::TokenQuestion;

namespace {

/// The identity "service", signed in at an issuer, and what came of the questions.
struct Service
{
    TrialIssuer issuer;
    IdentityShop shop;
    const keychain::MemoryKeychain* kept = nullptr; ///< of the shop
    std::vector<archive::Record> answers;
    std::vector<std::optional<auth::AnswerVerdict>> verdicts; ///< of the answers
    jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256"), {.kid = "one"}).value();
    std::vector<Error> errors;
    QObject context;

    Service()
    {
        auto made = std::make_unique<keychain::MemoryKeychain>();
        kept = made.get();
        shop.workbench.secrets().setKeychain(std::move(made));
        shop.folder.write(".claimcheck/sessions.yaml", issuer.file());
        shop.letGo({"local", "password"}, http::originOf(issuer.server.url()));
        QObject::connect(&shop.identities(), &workbench::Identities::answered, &context,
                         [this](const QString&, TokenQuestion, const archive::Record& record,
                                const std::optional<auth::AnswerVerdict>& verdict) {
                             answers.push_back(record);
                             verdicts.push_back(verdict);
                         });
        QObject::connect(&shop.identities(), &workbench::Identities::failed, &context,
                         [this](const Error& error) { errors.push_back(error); });
    }
    bool signIn()
    {
        const bool isOpen = shop.workbench.openCollection(shop.folder.root).has_value();
        shop.workbench.selectEnvironment("local");
        shop.give();
        shop.identities().signIn("service");
        return isOpen && shop.isSignedIn("service");
    }
    /// As the issuer signs what it says of a token.
    std::string signedAnswer(const std::string& audience) const
    {
        jose::SignOptions options;
        options.header = R"({"typ":"token-introspection+jwt","kid":"one"})";
        const std::string claims =
            R"({"iss":")" + http::originOf(issuer.server.url()) + R"(","aud":")" + audience +
            R"(","iat":1700000000,"token_introspection":{"active":true,"username":"ada"}})";
        const Secret token = jose::sign(*jose::findAlgorithm("ES256"), key, claims, options).value();
        return std::string(token.reveal());
    }
};

} // namespace

class TestTokenQuestions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksIfItIsStillGood();
    void asksWhoItStandsFor();
    void anAnswerThatIsNoneIsAnError();
    void aSignedAnswerIsVerified();
    void aSignedAnswerForSomebodyElseIsShownAsThat();
    void aSignedAnswerWithoutKeysIsNotVerified();
    void aSignedAnswerCanBeDemanded();
    void whatIsNotVerifiedIsNoAnswerThen_data();
    void whatIsNotVerifiedIsNoAnswerThen();
    void asksWhereTheLoginNamesIt();
    void saysWhatIsMissing();
    void asksNobodyOfALoginWithoutAnIssuer();
    void aKeptSessionIsAskedAboutAndRevokedToo();
};

void TestTokenQuestions::asksIfItIsStillGood()
{
    Service service;
    QVERIFY(service.signIn());
    QVERIFY(service.shop.state("service").hasServer);
    service.issuer.introspection = "{\"active\":true,\"username\":\"ada\",\"echo\":\"access-1\"}";
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    QVERIFY(service.issuer.server.seen.back().body.find("token=access-1") != std::string::npos);
    const archive::Record& answer = service.answers.front();
    QVERIFY2(answer.body.find("ada") != std::string::npos, answer.body.c_str());
    QVERIFY(!service.verdicts.front()); // nobody signed it
    for (const std::string& text : {answer.body, answer.requestBody})
        QVERIFY2(text.find("access-1") == std::string::npos, text.c_str());
    QVERIFY(service.errors.empty());
}

void TestTokenQuestions::asksWhoItStandsFor()
{
    Service service;
    QVERIFY(service.signIn());
    service.shop.identities().ask("service", TokenQuestion::Userinfo);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    QVERIFY(service.issuer.server.seen.back().has("Bearer access-1"));
    QVERIFY(service.answers.front().body.find("ada") != std::string::npos);
}

void TestTokenQuestions::anAnswerThatIsNoneIsAnError()
{
    Service service;
    QVERIFY(service.signIn());
    service.issuer.introspection = "{}";
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.errors.size(), std::size_t(1));
    QCOMPARE(service.errors.front().what, std::string("the token cannot be introspected"));
    QVERIFY(service.answers.empty());
}

void TestTokenQuestions::aSignedAnswerIsVerified()
{
    Service service;
    service.issuer.keys = R"({"keys":[)" + jose::publicJwk(service.key).value() + "]}";
    QVERIFY(service.signIn());
    service.issuer.introspection = service.signedAnswer("app");
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    QVERIFY(service.verdicts.front().has_value());
    QVERIFY2(service.verdicts.front()->verdict == inspect::Verdict::Verified,
             service.verdicts.front()->reason.c_str());
    const std::string& body = service.answers.front().body;
    QVERIFY2(body.find("ada") != std::string::npos, body.c_str());
    QVERIFY(service.errors.empty());
}

void TestTokenQuestions::aSignedAnswerForSomebodyElseIsShownAsThat()
{
    Service service;
    service.issuer.keys = R"({"keys":[)" + jose::publicJwk(service.key).value() + "]}";
    QVERIFY(service.signIn());
    service.issuer.introspection = service.signedAnswer("another");
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    QVERIFY(service.verdicts.front() && service.verdicts.front()->isRefused());
    QVERIFY2(service.verdicts.front()->reason.find("'app' is expected") != std::string::npos,
             service.verdicts.front()->reason.c_str());
    QVERIFY(service.answers.front().body.find("ada") != std::string::npos);
    QVERIFY(service.errors.empty());
}

void TestTokenQuestions::aSignedAnswerWithoutKeysIsNotVerified()
{
    Service service;
    QVERIFY(service.signIn());
    service.issuer.introspection = service.signedAnswer("app");
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    QVERIFY(service.verdicts.front().has_value());
    QVERIFY(service.verdicts.front()->verdict == inspect::Verdict::NotVerified);
    QVERIFY2(service.verdicts.front()->reason.starts_with("no key of the issuer is known"),
             service.verdicts.front()->reason.c_str());
    QVERIFY(service.answers.front().body.find("ada") != std::string::npos);
}

void TestTokenQuestions::aSignedAnswerCanBeDemanded()
{
    Service service;
    service.issuer.keys = R"({"keys":[)" + jose::publicJwk(service.key).value() + "]}";
    QVERIFY(service.signIn());
    service.issuer.introspection = service.signedAnswer("app");
    const auto isAskedFor = [&service] {
        return std::ranges::any_of(service.issuer.server.seen, [](const Seen& seen) {
            return seen.target() == "/introspect" &&
                   seen.has("Accept: application/token-introspection+jwt"); // RFC 9701 §4
        });
    };
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    QVERIFY(!isAskedFor());
    service.shop.identities().ask("service", TokenQuestion::Introspection, true);
    QTRY_COMPARE(service.answers.size(), std::size_t(2));
    QVERIFY(isAskedFor());
    QVERIFY(service.verdicts.back() && service.verdicts.back()->verdict == inspect::Verdict::Verified);
    QVERIFY(service.answers.back().body.find("ada") != std::string::npos);
    QVERIFY(service.errors.empty());
}

void TestTokenQuestions::whatIsNotVerifiedIsNoAnswerThen_data()
{
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<bool>("hasKeys");
    QTest::addColumn<QByteArray>("audience");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("plain JSON") << false << true << QByteArray() << QByteArray("no signed JWT");
    QTest::newRow("no key") << true << false << QByteArray("app") << QByteArray("no key of the issuer");
    QTest::newRow("another's") << true << true << QByteArray("another") << QByteArray("'app' is expected");
}

void TestTokenQuestions::whatIsNotVerifiedIsNoAnswerThen()
{
    QFETCH(bool, isSigned);
    QFETCH(bool, hasKeys);
    QFETCH(QByteArray, audience);
    QFETCH(QByteArray, why);
    Service service;
    if (hasKeys)
        service.issuer.keys = R"({"keys":[)" + jose::publicJwk(service.key).value() + "]}";
    QVERIFY(service.signIn());
    if (isSigned)
        service.issuer.introspection = service.signedAnswer(audience.toStdString());
    service.shop.identities().ask("service", TokenQuestion::Introspection, true);
    QTRY_COMPARE(service.errors.size(), std::size_t(1));
    const Error& error = service.errors.front();
    QCOMPARE(error.kind, ErrorKind::Refused);
    QCOMPARE(error.what, std::string("the token cannot be introspected"));
    QVERIFY2(error.why.find(why.toStdString()) != std::string::npos, error.why.c_str());
    QVERIFY(service.answers.empty());
}

void TestTokenQuestions::asksWhereTheLoginNamesIt()
{
    Service service;
    service.shop.folder.write(".claimcheck/sessions.yaml",
                              service.issuer.fileWithoutIssuer(
                                  "      introspectionUrl: \"" + service.issuer.server.url("/introspect") +
                                  "\"\n      userinfoUrl: \"" + service.issuer.server.url("/me") +
                                  "\"\n      revocationUrl: \"" + service.issuer.server.url("/revoke") +
                                  "\"\n"));
    QVERIFY(service.signIn());
    QVERIFY(service.shop.state("service").hasServer);
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    QVERIFY(service.issuer.server.seen.back().body.find("token=access-1") != std::string::npos);
    service.shop.identities().ask("service", TokenQuestion::Userinfo);
    QTRY_COMPARE(service.answers.size(), std::size_t(2));
    service.shop.identities().signOut("service");
    QTRY_COMPARE(service.issuer.revoked().size(), std::size_t(1));
    QVERIFY(service.errors.empty());
    for (const Seen& seen : service.issuer.server.seen)
        QVERIFY(!seen.has("/.well-known/"));
}

void TestTokenQuestions::saysWhatIsMissing()
{
    Service service;
    service.shop.folder.write(".claimcheck/sessions.yaml", service.issuer.fileWithoutIssuer(""));
    QVERIFY(service.signIn());
    QVERIFY(service.shop.state("service").hasServer);
    const std::size_t before = service.issuer.server.seen.size();
    service.shop.identities().ask("service", TokenQuestion::Introspection);
    QTRY_COMPARE(service.errors.size(), std::size_t(1));
    const Error& error = service.errors.front();
    QCOMPARE(error.what, std::string("the server of service cannot be asked about its token"));
    QCOMPARE(error.why, std::string("its login names neither an introspection endpoint (RFC 7662) nor the "
                                    "issuer that may name it"));
    QCOMPARE(error.fix, std::string("write introspectionUrl or issuer under oauth2 of service in "
                                    ".claimcheck/sessions.yaml, or in Edit login"));
    QCOMPARE(service.issuer.server.seen.size(), before);
    QVERIFY(service.answers.empty());
}

void TestTokenQuestions::asksNobodyOfALoginWithoutAnIssuer()
{
    IdentityShop shop;
    shop.identities().signIn("alice");
    QVERIFY(shop.isSignedIn("alice"));
    QVERIFY(!shop.state("alice").hasServer);
    const std::size_t before = shop.server.seen.size();
    shop.identities().ask("alice", TokenQuestion::Userinfo);
    shop.identities().ask("nobody there", TokenQuestion::Userinfo);
    QCOMPARE(IdentityShop::body(shop.send("open.yml").exchange), std::string(R"({"as":"nobody"})"));
    QCOMPARE(shop.server.seen.size(), before + 1);
}

void TestTokenQuestions::aKeptSessionIsAskedAboutAndRevokedToo()
{
    Service service;
    QVERIFY(service.signIn());
    service.shop.identities().setKept("service", true);
    QTRY_COMPARE(service.kept->size(), std::size_t(1));
    // The program is started again, in short.
    CollectionFolder another;
    QVERIFY_RESULT(service.shop.workbench.openCollection(another.root));
    QVERIFY(service.signIn());
    QCOMPARE(service.issuer.tokens, 1);
    service.shop.identities().ask("service", TokenQuestion::Userinfo);
    QTRY_COMPARE(service.answers.size(), std::size_t(1));
    service.shop.identities().signOut("service");
    QTRY_COMPARE(service.issuer.revoked().size(), std::size_t(1));
    QVERIFY(service.issuer.revoked().front().find("token=refresh-1") != std::string::npos);
    QVERIFY(service.errors.empty());
}

QTEST_GUILESS_MAIN(TestTokenQuestions)
#include "tst_tokenquestions.moc"
