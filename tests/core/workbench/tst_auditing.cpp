// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An audit from the requests that are chosen to its report, against the demo API and its careless twin; and
// what keeps it from being sent.

#include "identityshop.h"

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <http/url.h>
#include <jose/sign.h>
#include <support/result.h>
#include <workbench/auditing.h>
#include <workbench/auditmaterial.h>
#include <workbench/identities.h>
#include <workbench/workbench.h>

#include <QtCore/qcoreapplication.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <set>

#include <algorithm>

using namespace claimcheck;
using audit::Outcome;
using workbench::Auditing;
using State = Auditing::State;

namespace {

constexpr int patience = 60'000; ///< ms: under the sanitizers, beside other tests

std::vector<std::string> classesOf(const audit::Report& report)
{
    std::vector<std::string> classes;
    for (const audit::Finding& finding : audit::findingsOf(report))
        if (std::ranges::find(classes, finding.findingClass) == classes.end())
            classes.emplace_back(finding.findingClass);
    std::ranges::sort(classes);
    return classes;
}

/// A token that some server may have made; its secret is in no list.
std::string someToken()
{
    const jose::Key key = jose::secretKey(Secret("8c0b2d1e9f5a4c7d8e6f0a1b2c3d4e5f-not-published"));
    return std::string(
        jose::sign(*jose::findAlgorithm("HS256"), key, R"({"sub":"alice","iss":"https://a.example"})", {})
            ->reveal());
}

collection::Item itemFor(const std::string& method, const std::string& url, const std::string& token)
{
    collection::Item item;
    item.entry.name = "Orders";
    item.entry.method = method;
    item.entry.url = url;
    if (!token.empty())
        item.entry.headers.push_back({"Authorization", "Bearer " + token});
    return item;
}

} // namespace

class TestAuditing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatTheCarelessTwinTakes();
    void findsTheDemosPublishedSecretAlone();
    void nothingGoesOutBeforeTheStart();
    void anotherMachineIsConfirmedFirst();
    void aMethodThatMayWriteIsAllowedFirst();
    void aRequestWithoutATokenIsNoTarget();
    void anotherUsersTokenGoesWhereItMay();
    void strangersKeysAreNotUsed();
    void stopsAtOnce();
    void whatIsChosenIsPlanned();
    void onlyNamedMethodsAreTried();
    void whoeverCouldAnswerIsSaid();
    void sarifNamesFilesAsTheRepositoryDoes();

private:
    /// A server that takes this one token; silent without an answer.
    static test::Answer onlyFor(const std::string& token, const test::Seen& seen)
    {
        return seen.has("Authorization: Bearer " + token + "\r\n")
                   ? test::ok(R"({"orders":["a","b","c"]})")
                   : test::ok(R"({"error":"no"})", "Content-Type: application/json\r\n", "401 Unauthorized");
    }
    static bool waitFor(const Auditing& auditing, State state)
    {
        return QTest::qWaitFor([&] { return auditing.state() == state || auditing.problem(); }, patience) &&
               auditing.state() == state;
    }
    static workbench::AuditStart fast() { return {.rate = 0}; }
};

void TestAuditing::findsWhatTheCarelessTwinTakes()
{
    workbench::Workbench workbench;
    const auto url = workbench.startDemo();
    QVERIFY_RESULT(url);
    workbench.identities().choose("careless");
    Auditing auditing(workbench);
    const collection::Item* item = findItem(*workbench.collection(), "careless/protected-route.yml");
    QVERIFY(item != nullptr);
    auditing.prepare({{*item}, *url + "/.well-known/jwks.json"});
    QVERIFY(waitFor(auditing, State::Planned));
    QCOMPARE(auditing.routes().size(), std::size_t(1));
    const workbench::PlannedRoute& route = auditing.routes().front();
    QCOMPARE(route.algorithm, std::string("RS256"));
    QVERIFY(route.hasPublicKey);
    QVERIFY(route.host.empty());
    QVERIFY(!auditing.fetchedKeys().empty());
    QVERIFY(auditing.requests() > 100 && auditing.requests() <= audit::mostRequests);

    QSignalSpy rows(&auditing, &Auditing::rowAdded);
    QVERIFY_RESULT(auditing.start(fast()));
    QVERIFY(waitFor(auditing, State::Ended));
    const auto classes = classesOf(*auditing.report());
    for (const char* wanted :
         {"alg-none", "alg-none-case", "embedded-jwk", "hs-key-confusion", "kid-path-traversal"})
        QVERIFY2(std::ranges::find(classes, wanted) != classes.end(), wanted);
    QVERIFY(std::ranges::find(classes, "signature-ignored") == classes.end());
    QVERIFY(rows.size() > 100);

    // The token that was taken is the one that was sent; no report has it.
    const std::vector<audit::Row>& all = auditing.report()->routes.front().rows;
    std::size_t accepted = 0;
    while (all[accepted].attack != "alg-none" || all[accepted].outcome != Outcome::Accepted)
        ++accepted;
    const Secret forgery = auditing.forgeryOf(0, accepted);
    QVERIFY(!forgery.isEmpty());
    QCOMPARE(jose::decode(forgery.reveal()).alg().value_or(""), std::string("none"));
    for (const char* format : {"table", "json", "sarif", "junit", "html"}) {
        const std::string text = audit::findFormat(format)->write(*auditing.report());
        QVERIFY2(text.find(forgery.reveal()) == std::string::npos, format);
        QVERIFY2(text.find(auditing.goodToken().reveal()) == std::string::npos, format);
    }
    auditing.clear();
    QVERIFY(auditing.forgeryOf(0, accepted).isEmpty());
    QVERIFY(auditing.goodToken().isEmpty());
}

/// The careful routes refuse everything; that their secret is published nobody can mend by verifying.
void TestAuditing::findsTheDemosPublishedSecretAlone()
{
    workbench::Workbench workbench;
    const auto url = workbench.startDemo();
    QVERIFY_RESULT(url);
    auth::Login login;
    login.url = *url + "/login";
    login.user = demo::demoUser;
    login.password = Secret(demo::demoPassword);
    QSignalSpy signedIn(&workbench, &workbench::Workbench::loginFinished);
    workbench.login(login);
    QTRY_COMPARE(signedIn.size(), 1);
    Auditing auditing(workbench);
    auditing.prepare({{*findItem(*workbench.collection(), "protected-route.yml")}});
    QVERIFY(waitFor(auditing, State::Planned));
    QVERIFY(auditing.routes().front().hasSigningKey); // the ring has the demo's secret
    QVERIFY_RESULT(auditing.start(fast()));
    QVERIFY(waitFor(auditing, State::Ended));
    QCOMPARE(auditing.report()->routes.front().objection, std::string());
    QCOMPARE(classesOf(*auditing.report()), std::vector<std::string>{"weak-hmac-secret"});
}

void TestAuditing::nothingGoesOutBeforeTheStart()
{
    const std::string token = someToken();
    test::RawServer server([&](const test::Seen& seen) { return onlyFor(token, seen); });
    workbench::Workbench workbench;
    Auditing auditing(workbench);
    auditing.prepare({{itemFor("GET", server.url("/orders"), token)}});
    QVERIFY(waitFor(auditing, State::Planned));
    QCOMPARE(server.connections, 0);
    QCOMPARE(auditing.routes().front().url, server.url("/orders"));
    QVERIFY_RESULT(auditing.start(fast()));
    QVERIFY(waitFor(auditing, State::Ended));
    QVERIFY(server.seen.size() > 50 && server.seen.size() <= audit::mostRequests);
    QCOMPARE(classesOf(*auditing.report()), std::vector<std::string>());
    QVERIFY(audit::isJudged(*auditing.report()));
    const std::set<std::string> withTheGoodToken{"scheme-case", "other-schemes", "two-tokens"};
    for (const audit::Row& row : auditing.report()->routes.front().rows)
        QVERIFY2(row.outcome != Outcome::Accepted || withTheGoodToken.contains(row.attack),
                 row.attack.c_str());
}

void TestAuditing::anotherMachineIsConfirmedFirst()
{
    workbench::Workbench workbench;
    Auditing auditing(workbench);
    auditing.prepare({{itemFor("GET", "http://api.invalid/orders", someToken())}});
    QVERIFY(waitFor(auditing, State::Planned));
    QCOMPARE(auditing.hosts(), std::vector<std::string>{"api.invalid"});
    workbench::AuditStart wanted;
    const auto refused = auditing.start(wanted);
    QVERIFY(!refused);
    QVERIFY2(refused.error().why.find("api.invalid") != std::string::npos, refused.error().why.c_str());
    QVERIFY(auditing.state() == State::Planned);
    wanted.confirmed = {"api.invalid"};
    wanted.rate = 0;
    QVERIFY(!auditing.start(wanted)); // nobody else's machine is asked as fast as it goes
    wanted.rate = workbench::mostRemoteRate + 1;
    QVERIFY(!auditing.start(wanted));
    wanted.rate = workbench::mostRemoteRate;
    wanted.confirmed = {"api.invalid.example"};
    QVERIFY(!auditing.start(wanted));
}

void TestAuditing::aMethodThatMayWriteIsAllowedFirst()
{
    const std::string token = someToken();
    test::RawServer server([&](const test::Seen& seen) { return onlyFor(token, seen); });
    workbench::Workbench workbench;
    Auditing auditing(workbench);
    auditing.prepare({{itemFor("DELETE", server.url("/orders/1"), token)}});
    QVERIFY(waitFor(auditing, State::Planned));
    workbench::AuditStart wanted = fast();
    QVERIFY(!auditing.start(wanted));
    QCOMPARE(server.connections, 0);
    wanted.mayWrite = {0};
    QVERIFY_RESULT(auditing.start(wanted));
    auditing.stop();
    QVERIFY(waitFor(auditing, State::Ended));
}

void TestAuditing::aRequestWithoutATokenIsNoTarget()
{
    workbench::Workbench workbench;
    Auditing auditing(workbench);
    auditing.prepare({{itemFor("GET", "http://127.0.0.1:1/open", {})}});
    QTRY_VERIFY(auditing.problem());
    QVERIFY(auditing.state() == State::Idle);
    QVERIFY2(auditing.problem()->why.find("no token") != std::string::npos, auditing.problem()->why.c_str());
    // Beside one that has a token it is left out, and told apart from other notes.
    auditing.prepare({{itemFor("GET", "http://127.0.0.1:1/open", {}),
                       itemFor("GET", "http://127.0.0.1:1/orders", someToken())}});
    QVERIFY(waitFor(auditing, State::Planned));
    QCOMPARE(auditing.routes().size(), std::size_t(1));
    QCOMPARE(auditing.leftOut().size(), std::size_t(1));
    QVERIFY2(auditing.leftOut().front().find(" is left out: ") != std::string::npos,
             auditing.leftOut().front().c_str());
    QVERIFY(auditing.notes().empty());
    auditing.clear();
    QVERIFY(auditing.leftOut().empty());
}

/// It goes to every route that is audited: one that nobody let its session go to is enough to hold it back.
void TestAuditing::anotherUsersTokenGoesWhereItMay()
{
    test::IdentityShop shop;
    const test::RawServer elsewhere([](const test::Seen&) { return test::ok("{}"); });
    Auditing auditing(shop.workbench);
    const auto own = itemFor("GET", shop.server.url("/me"), someToken());
    const auto others = itemFor("GET", elsewhere.url("/orders"), someToken());
    const auto triesAlices = [&](const std::vector<collection::Item>& items) {
        auditing.prepare({.items = items, .secondIdentity = "alice"});
        return waitFor(auditing, State::Planned) &&
               std::ranges::any_of(
                   auditing.routes().front().plan.forgeries,
                   [](const audit::Forgery& forgery) { return forgery.attack == "other-signature"; });
    };
    QVERIFY(triesAlices({own}));
    QVERIFY(auditing.notes().empty());
    for (const auto& items : {std::vector{others}, std::vector{own, others}}) {
        QVERIFY(!triesAlices(items));
        QVERIFY(auditing.state() == State::Planned);
        QCOMPARE(auditing.notes().size(), std::size_t(1));
        const std::string& note = auditing.notes().front();
        QVERIFY2(note.starts_with("no token of another user: it does not belong to " +
                                  http::originOf(elsewhere.url())),
                 note.c_str());
        QVERIFY2(note.find("as alice and allow it there") != std::string::npos, note.c_str());
    }
    shop.letGo({"local", "session alice"}, http::originOf(elsewhere.url()));
    shop.letGo({"local", "password"}, http::originOf(elsewhere.url()));
    QVERIFY(triesAlices({own, others}));
}

/// A forgery under somebody else's key is refused by everybody, and shows nothing.
void TestAuditing::strangersKeysAreNotUsed()
{
    const audit::Target target{"orders", {}, someToken()};
    workbench::AuditKnowledge known;
    known.ring.keys.push_back(jose::secretKey(Secret("some other secret of some other server")));
    known.fetched.push_back(*jose::generateKey(*jose::findAlgorithm("RS256")));
    const auto material = workbench::auditMaterial(target, known, Instant(Seconds(1'800'000'000)));
    QVERIFY_RESULT(material);
    QVERIFY(material->publicKeys.empty());
    QVERIFY(!material->signingKey);
    known.ring.keys.push_back(jose::secretKey(Secret("8c0b2d1e9f5a4c7d8e6f0a1b2c3d4e5f-not-published")));
    const auto own = workbench::auditMaterial(target, known, Instant(Seconds(1'800'000'000)));
    QVERIFY(own && own->signingKey);
}

void TestAuditing::stopsAtOnce()
{
    test::RawServer silent([](const test::Seen&) { return test::Answer{}; });
    workbench::Workbench workbench;
    Auditing auditing(workbench);
    auditing.prepare({{itemFor("GET", silent.url("/orders"), someToken())}});
    QVERIFY(waitFor(auditing, State::Planned));
    QVERIFY_RESULT(auditing.start(fast()));
    QTRY_COMPARE(silent.seen.size(), std::size_t(1));
    auditing.stop();
    QVERIFY(waitFor(auditing, State::Ended));
    QVERIFY(auditing.report()->isInterrupted);
    QCOMPARE(silent.seen.size(), std::size_t(1));
    QTRY_COMPARE(silent.open, 0);
}

void TestAuditing::whatIsChosenIsPlanned()
{
    workbench::Workbench workbench;
    Auditing auditing(workbench);
    auditing.prepare({{itemFor("GET", "http://127.0.0.1:1/orders", someToken())}});
    QVERIFY(waitFor(auditing, State::Planned));
    const std::size_t all = auditing.requests();
    auditing.choose({audit::findAttack("alg-none")});
    QTRY_VERIFY(auditing.requests() < all);
    for (const audit::Forgery& forgery : auditing.routes().front().plan.forgeries)
        QCOMPARE(forgery.attack, std::string("alg-none"));
    QVERIFY(!auditing.routes().front().plan.controls.empty());
    auditing.choose({}); // the controls alone, not everything
    QTRY_VERIFY(auditing.routes().front().plan.forgeries.empty());
}

/// Of a server that forgot to guard one of them.
void TestAuditing::onlyNamedMethodsAreTried()
{
    const std::string token = someToken();
    test::RawServer server([&](const test::Seen& seen) {
        return seen.head.starts_with("DELETE ") ? test::ok(R"({"orders":["a","b","c"]})")
                                                : onlyFor(token, seen);
    });
    const auto tried = [&] {
        std::set<std::string> methods;
        for (const test::Seen& seen : server.seen)
            methods.insert(seen.head.substr(0, seen.head.find(' ')));
        return methods;
    };
    workbench::Workbench workbench;
    Auditing auditing(workbench);
    auditing.choose({audit::findAttack("method-bypass")});
    const auto audited = [&] {
        auditing.prepare({{itemFor("GET", server.url("/orders"), token)}});
        return waitFor(auditing, State::Planned) && auditing.start(fast()) && waitFor(auditing, State::Ended);
    };
    QVERIFY(audited());
    QCOMPARE(tried(), (std::set<std::string>{"GET", "HEAD", "OPTIONS"}));
    QVERIFY(classesOf(*auditing.report()).empty());

    auditing.tryMethods({"DELETE", "GET"}); // its own method is no other one
    QVERIFY(audited());
    QCOMPARE(tried(), (std::set<std::string>{"DELETE", "GET", "HEAD", "OPTIONS"}));
    QCOMPARE(classesOf(*auditing.report()), std::vector<std::string>{"method-bypass"});
    for (const audit::Row& row : auditing.report()->routes.front().rows)
        QVERIFY(row.attack != "method-bypass" || row.variant != "GET");
    for (const test::Seen& seen : server.seen)
        QVERIFY(!seen.head.starts_with("DELETE ") || !seen.has("Authorization"));
}

/// A collection may turn the verification of TLS off; nobody should audit that way without knowing.
void TestAuditing::whoeverCouldAnswerIsSaid()
{
    const test::CollectionFolder folder;
    folder.write(".claimcheck/connections.yaml", "connections:\n  - path: \"\"\n    verifyTls: false\n");
    workbench::Workbench workbench;
    QVERIFY_RESULT(workbench.openCollection(folder.root));
    Auditing auditing(workbench);
    auditing.prepare({{itemFor("GET", "https://127.0.0.1:1/orders", someToken())}});
    QVERIFY(waitFor(auditing, State::Planned));
    QCOMPARE(auditing.notes().size(), std::size_t(1));
    QVERIFY2(auditing.notes().front().find("TLS is not verified") != std::string::npos,
             auditing.notes().front().c_str());
    auditing.prepare({{itemFor("GET", "http://127.0.0.1:1/orders", someToken())}}); // has none
    QVERIFY(waitFor(auditing, State::Planned));
    QVERIFY(auditing.notes().empty());
}

/// As the command line does: code scanning looks for them from the root of the repository on.
void TestAuditing::sarifNamesFilesAsTheRepositoryDoes()
{
    const std::string token = someToken();
    test::RawServer server([&](const test::Seen& seen) { return onlyFor(token, seen); });
    const test::CollectionFolder folder;
    folder.write("list.yml", "info: {name: List, type: http}\nhttp: {method: GET, url: \"" +
                                 server.url("/orders") +
                                 "\", headers: [{name: Authorization, value: \"Bearer " + token + "\"}]}\n");
    workbench::Workbench workbench;
    QVERIFY_RESULT(workbench.openCollection(folder.root));
    const collection::Item* const item = findItem(*workbench.collection(), "list.yml");
    QVERIFY(item != nullptr);
    Auditing auditing(workbench);
    const auto sarif = [&] {
        auditing.prepare({{*item}});
        if (!waitFor(auditing, State::Planned))
            return std::string("no plan");
        auditing.choose({audit::findAttack("token-in-cookie")});
        if (!auditing.start(fast()) || !waitFor(auditing, State::Ended))
            return std::string("no report");
        // What one of the rows says does not matter here.
        audit::Report report = *auditing.report();
        for (audit::Row& row : report.routes.front().rows)
            if (row.attack == "token-in-cookie")
                row.outcome = Outcome::Accepted;
        return audit::sarifReport(report);
    };
    const std::string alone = sarif();
    QVERIFY2(alone.find("\"uri\": \"list.yml\"") != std::string::npos, alone.c_str());
    QVERIFY(QDir(folder.parent()).mkpath(QStringLiteral(".git")));
    const std::string inside = sarif();
    QVERIFY2(inside.find("\"uri\": \"api/list.yml\"") != std::string::npos, inside.c_str());
}

QTEST_GUILESS_MAIN(TestAuditing)
#include "tst_auditing.moc"
