// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A login tried before it is saved: with what is typed, beside the sessions of the collection, nothing of it
// in a file or a step. And an issuer asked for its endpoints.

#include <core/workbench/identityshop.h>
#include <core/workbench/trialissuer.h>
#include <core/workbench/triallogin.h>
#include <support/result.h>
#include <workbench/issuerlookup.h>
#include <workbench/logintrial.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::IssuerLookup;
using workbench::LoginTrial;

namespace {

struct Trial
{
    IdentityShop shop;
    LoginTrial trial{shop.workbench.collection(), shop.workbench.secrets(), shop.identities()};

    void start(const collection::Identity& identity, const std::vector<workbench::TypedSecret>& typed = {})
    {
        trial.start(identity, "local", typed);
    }
    bool hasEnded()
    {
        return QTest::qWaitFor([this] { return trial.state() && !trial.state()->isBusy; });
    }
    std::string text() const
    {
        std::string all;
        for (const archive::Record& step : trial.steps()) {
            all += step.summary.url + step.requestBody + step.body + step.error;
            for (const auto* headers : {&step.requestHeaders, &step.headers})
                for (const http::Header& header : *headers)
                    all += header.name + header.value;
        }
        return all;
    }
};

} // namespace

class TestLoginTrial : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signsInBesideTheCollection();
    void takesATypedSecretOfNoEnvironment();
    void aTypedSecretComesBeforeTheKeptOne();
    void asksBeforeATypedSecretGoesToANewPlace();
    void tellsWhyItFails();
    void renewsToo();
    void goesOnWithNothingThatIsKept();
    void anotherStartEndsTheFirst();
    void revokesWhatAGrantGave();
    void saysWhenTheServerWasNotTold();
    void revokesNothingWithoutAnEndpoint();
    void theIssuerOfWhatWasPasted_data();
    void theIssuerOfWhatWasPasted();
    void findsEndpoints();
    void takesNoSecretToAnIssuer();
    void aLaterQuestionIsTheOneThatCounts();
};

void TestLoginTrial::signsInBesideTheCollection()
{
    Trial t;
    QVERIFY(!t.trial.state() && t.trial.steps().empty());
    t.start(alice());
    QVERIFY(t.hasEnded());
    QVERIFY(t.trial.state()->isSignedIn);
    QCOMPARE(t.trial.steps().size(), std::size_t(1));
    QCOMPARE(t.trial.steps().front().summary.status, 200);
    QVERIFY(!t.shop.state("alice").isSignedIn);
    QVERIFY2(t.text().find("s3cret-word") == std::string::npos, t.text().c_str());
    QVERIFY2(t.text().find("t-alice-1") == std::string::npos, t.text().c_str());
}

void TestLoginTrial::takesATypedSecretOfNoEnvironment()
{
    Trial t;
    t.shop.letGo({"local", "fresh"}, http::originOf(t.shop.server.url()));
    t.start(alice("{{fresh}}"), {{"fresh", Secret("typed-just-now")}});
    QVERIFY(t.hasEnded());
    QVERIFY(t.trial.state()->isSignedIn);
    QVERIFY(t.shop.server.seen.back().body.find("typed-just-now") != std::string::npos);
    QVERIFY(t.text().find("typed-just-now") == std::string::npos);
    const std::string environment =
        store::readFile(t.shop.folder.path("environments/local.yml"), 100'000).value_or("");
    QVERIFY(environment.find("fresh") == std::string::npos);
}

void TestLoginTrial::aTypedSecretComesBeforeTheKeptOne()
{
    Trial t;
    t.start(alice(), {{"password", Secret("another-word")}});
    QVERIFY(t.hasEnded());
    QVERIFY(t.shop.server.seen.back().body.find("another-word") != std::string::npos);
    t.start(alice());
    QVERIFY(t.hasEnded());
    QVERIFY(t.shop.server.seen.back().body.find("s3cret-word") != std::string::npos);
}

void TestLoginTrial::asksBeforeATypedSecretGoesToANewPlace()
{
    Trial t;
    t.start(alice("{{fresh}}"), {{"fresh", Secret("typed-just-now")}});
    QVERIFY(t.hasEnded());
    QVERIFY(t.trial.state()->problem); // there is nobody to ask
    QVERIFY(t.shop.server.seen.empty());
    workbench::IdentityQuestions questions;
    run::Release asked;
    questions.release = [&](const workbench::ReleaseQuestion& question, QObject* context,
                            const workbench::IdentityQuestions::Answer& answer) {
        asked = question.release;
        t.shop.letGo(asked.secrets.front(), asked.destination);
        QMetaObject::invokeMethod(
            context, [answer] { answer(true); }, Qt::QueuedConnection);
    };
    t.shop.identities().setQuestions(questions);
    t.start(alice("{{fresh}}"), {{"fresh", Secret("typed-just-now")}});
    QTRY_VERIFY(t.trial.state()->isSignedIn);
    QCOMPARE(asked.secrets, (std::vector<run::SecretName>{{"local", "fresh"}}));
    QCOMPARE(asked.destination, http::originOf(t.shop.server.url()));
}

void TestLoginTrial::tellsWhyItFails()
{
    Trial t;
    t.shop.isOpen = false;
    t.start(alice());
    QVERIFY(t.hasEnded());
    QVERIFY(t.trial.state()->problem && !t.trial.state()->isSignedIn);
    QCOMPARE(t.trial.steps().front().summary.status, 403);
    t.start(alice("{{nobodyHasIt}}"));
    QVERIFY(t.hasEnded());
    QVERIFY(describe(*t.trial.state()->problem).find("nobodyHasIt") != std::string::npos);
    QVERIFY(t.trial.steps().empty());
}

void TestLoginTrial::renewsToo()
{
    Trial t;
    t.start(alice());
    QVERIFY(t.hasEnded());
    t.trial.renew();
    QTRY_COMPARE(t.shop.logins, 2);
    QVERIFY(t.hasEnded());
    QVERIFY(!t.trial.state()->problem);
}

void TestLoginTrial::goesOnWithNothingThatIsKept()
{
    Trial t;
    t.shop.workbench.secrets().setKeychain(std::make_unique<keychain::MemoryKeychain>());
    t.shop.identities().signIn("alice");
    QVERIFY(t.shop.isSignedIn("alice"));
    t.shop.identities().setKept("alice", true);
    QTRY_VERIFY(t.shop.state("alice").isKept);
    t.start(alice());
    QVERIFY(t.hasEnded());
    QCOMPARE(t.shop.logins, 2);
    QVERIFY(!t.trial.state()->isKept);
}

void TestLoginTrial::anotherStartEndsTheFirst()
{
    Trial t;
    t.start(alice());
    collection::Identity bob = alice();
    bob.name = bob.credentials->user = "bob";
    t.start(bob);
    QVERIFY(t.hasEnded());
    QCOMPARE(t.trial.state()->name, std::string("bob"));
    QVERIFY(t.trial.state()->isSignedIn);
    t.start(bob);
    t.trial.cancel();
    QVERIFY(t.hasEnded());
    QVERIFY(!t.trial.state()->isSignedIn);
}

/// The refresh token: with it goes what it made. At the next trial, and at the end of the last one.
void TestLoginTrial::revokesWhatAGrantGave()
{
    TrialIssuer issuer;
    IdentityShop shop;
    auto trial = std::make_unique<LoginTrial>(shop.workbench.collection(), shop.workbench.secrets(),
                                              shop.identities());
    const auto isSignedIn = [&] { return trial->state() && trial->state()->isSignedIn; };
    trial->start(issuer.identity(), "local", {});
    QTRY_VERIFY2(isSignedIn() && !trial->state()->isBusy,
                 trial->state()->problem ? describe(*trial->state()->problem).c_str() : "");
    trial->renew();
    QTRY_COMPARE(issuer.tokens, 2);
    QTRY_VERIFY(!trial->state()->isBusy);
    QVERIFY(issuer.revoked().empty()); // it is still looked at
    trial->start(issuer.identity(), "local", {});
    QTRY_COMPARE(issuer.revoked().size(), std::size_t(1));
    QVERIFY2(issuer.revoked()[0].find("token=refresh-2") != std::string::npos, issuer.revoked()[0].c_str());
    QTRY_COMPARE(issuer.tokens, 3);
    QTRY_VERIFY(isSignedIn() && !trial->state()->isBusy);
    trial.reset();
    QTRY_COMPARE(issuer.revoked().size(), std::size_t(2));
    QVERIFY2(issuer.revoked()[1].find("token=refresh-3") != std::string::npos, issuer.revoked()[1].c_str());
}

void TestLoginTrial::saysWhenTheServerWasNotTold()
{
    TrialIssuer issuer;
    issuer.refusal = "503 Service Unavailable";
    IdentityShop shop;
    std::vector<Error> errors;
    connect(&shop.identities(), &workbench::Identities::failed, this,
            [&](const Error& error) { errors.push_back(error); });
    {
        LoginTrial trial(shop.workbench.collection(), shop.workbench.secrets(), shop.identities());
        trial.start(issuer.identity(), "local", {});
        QTRY_VERIFY(trial.state()->isSignedIn && !trial.state()->isBusy);
    }
    QTRY_COMPARE(errors.size(), std::size_t(1));
    const std::string said = describe(errors[0]);
    QVERIFY2(said.starts_with("the server was not told of the end of the trial"), said.c_str());
    QVERIFY(said.find("refresh-1") == std::string::npos);
    QVERIFY(said.find("secret-of-the-client") == std::string::npos);
}

void TestLoginTrial::revokesNothingWithoutAnEndpoint()
{
    TrialIssuer issuer;
    issuer.canRevoke = false;
    IdentityShop shop;
    std::vector<Error> errors;
    connect(&shop.identities(), &workbench::Identities::failed, this,
            [&](const Error& error) { errors.push_back(error); });
    LoginTrial trial(shop.workbench.collection(), shop.workbench.secrets(), shop.identities());
    trial.start(issuer.identity(), "local", {});
    QTRY_VERIFY(trial.state()->isSignedIn && !trial.state()->isBusy);
    trial.start(issuer.identity(), "local", {});
    QTRY_COMPARE(issuer.tokens, 2); // had anything been told, it would stand before this
    QVERIFY(issuer.revoked().empty());
    QVERIFY(errors.empty());
}

void TestLoginTrial::theIssuerOfWhatWasPasted_data()
{
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QByteArray>("issuer");
    QTest::newRow("issuer") << QByteArray(" https://id.example/a/ ") << QByteArray("https://id.example/a/");
    QTest::newRow("OpenID") << QByteArray("https://id.example/a/.well-known/openid-configuration")
                            << QByteArray("https://id.example/a");
    QTest::newRow("RFC 8414") << QByteArray("https://id.example/.well-known/oauth-authorization-server/a")
                              << QByteArray("https://id.example/a");
    QTest::newRow("variable") << QByteArray("{{issuer}}") << QByteArray("{{issuer}}");
}

void TestLoginTrial::theIssuerOfWhatWasPasted()
{
    QFETCH(QByteArray, pasted);
    QFETCH(QByteArray, issuer);
    QCOMPARE(workbench::issuerIn(pasted.toStdString()), issuer.toStdString());
}

void TestLoginTrial::findsEndpoints()
{
    std::string issuer;
    RawServer server([&issuer](const Seen&) {
        return ok("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer +
                      "/token\",\"device_authorization_endpoint\":\"" + issuer + "/device\"}",
                  "Content-Type: application/json\r\n");
    });
    issuer = http::originOf(server.url());
    IssuerLookup lookup;
    std::optional<Result<keys::ServerMetadata>> found;
    lookup.find(issuer, std::nullopt, {}, [&](Result<keys::ServerMetadata> answer) { found = answer; });
    QVERIFY(lookup.isBusy() && !found);
    QTRY_VERIFY(found);
    QVERIFY_RESULT(*found);
    QCOMPARE((*found)->tokenEndpoint, issuer + "/token");
    QCOMPARE((*found)->deviceAuthorizationEndpoint, issuer + "/device");
    QVERIFY(!lookup.isBusy());
}

void TestLoginTrial::takesNoSecretToAnIssuer()
{
    IdentityShop shop;
    IssuerLookup lookup;
    std::optional<Result<keys::ServerMetadata>> found;
    lookup.find("{{host}}/{{password}}", shop.workbench.collection(), "local",
                [&](Result<keys::ServerMetadata> answer) { found = answer; });
    QTRY_VERIFY(found);
    QVERIFY(!*found);
    QVERIFY(describe(found->error()).find("password") != std::string::npos);
    QVERIFY(shop.server.seen.empty());
}

void TestLoginTrial::aLaterQuestionIsTheOneThatCounts()
{
    IssuerLookup lookup;
    int first = 0;
    std::optional<Result<keys::ServerMetadata>> found;
    lookup.find("nothing", std::nullopt, {}, [&first](const auto&) { ++first; });
    lookup.find("http://id.example", std::nullopt, {}, [&found](const auto& answer) { found = answer; });
    QTRY_VERIFY(found);
    QVERIFY(!*found); // plain http to another machine
    QCOMPARE(first, 0);
}

QTEST_GUILESS_MAIN(TestLoginTrial)
#include "tst_logintrial.moc"
