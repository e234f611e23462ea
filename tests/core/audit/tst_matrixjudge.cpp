// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What answers say about who may do what, and how that fits what is expected.

#include <audit/matrixjudge.h>
#include <audit/softrefusal.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::audit;
using collection::Access;
using collection::ExpectedAccess;

namespace {

const std::string order = R"({"id":1001,"owner":"alice","total":5,"lines":["a","b"]})";
const std::string bobs = R"({"id":1002,"owner":"bob","total":7,"lines":["c"]})";

Answer answer(int status, const std::string& body = {}, const std::string& location = {})
{
    Answer made;
    made.status = status;
    made.body = body;
    made.location = location;
    if (status == 0)
        made.error = "connection refused";
    return made;
}

/// Nobody's answer, then alice's, then bob's.
RowAnswers row(const Answer& nobody, const Answer& alice, const Answer& bob)
{
    RowAnswers made;
    made.cells = {{"anonymous", {}, nobody}, {"alice", {}, alice}, {"bob", {}, bob}};
    return made;
}

std::string verdicts(const RowAnswers& answers)
{
    std::string text;
    for (const Observed& one : judgeRow(answers))
        text += (text.empty() ? "" : " ") + std::string(toText(one.verdict));
    return text;
}

} // namespace

class TestMatrixJudge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void statuses_data();
    void statuses();
    void softRefusals_data();
    void softRefusals();
    void signInPages();
    void redirects();
    void openRoutes();
    void unsteadyMembersDoNotCount();
    void aCanaryDecides();
    void othersObjects();
    void smallObjectsThatSayWhoAsks();
    void objectsOfNobodyWhoGetsThem();
    void refusalsThatNeedProof();
    void fits_data();
    void fits();
    void aStatusThatIsNamedIsWhatItIsNamed();
};

void TestMatrixJudge::statuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("whereOthersAreLetIn");
    QTest::addColumn<QString>("whereNobodyIs");
    const auto add = [](int status, const char* some, const char* none) {
        QTest::newRow(std::to_string(status).c_str())
            << status << QString::fromUtf8(some) << QString::fromUtf8(none);
    };
    add(0, "inconclusive", "inconclusive");
    add(200, "allowed", "allowed");
    add(204, "allowed", "allowed");
    add(401, "denied", "denied");
    add(403, "denied", "denied");
    add(400, "denied", "inconclusive");
    add(404, "denied", "inconclusive");
    add(422, "denied", "inconclusive");
    add(302, "denied", "inconclusive");
    add(409, "inconclusive", "inconclusive");
    add(429, "inconclusive", "inconclusive");
    add(500, "inconclusive", "inconclusive");
    add(503, "inconclusive", "inconclusive");
}

void TestMatrixJudge::statuses()
{
    QFETCH(int, status);
    QFETCH(QString, whereOthersAreLetIn);
    QFETCH(QString, whereNobodyIs);
    QCOMPARE(verdicts(row(answer(401), answer(200, order), answer(status))),
             "denied allowed " + whereOthersAreLetIn.toStdString());
    QCOMPARE(verdicts(row(answer(401), answer(403), answer(status))),
             "denied denied " + whereNobodyIs.toStdString());
}

void TestMatrixJudge::softRefusals_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("verdict");
    const auto add = [](const char* body, const char* verdict) {
        QTest::newRow(body) << QString::fromUtf8(body) << QString::fromUtf8(verdict);
    };
    add(R"({"error":"unauthorized"})", "denied");
    add(R"({"errors":[{"code":"E1"}]})", "denied");
    add(R"({"code":403,"message":"no"})", "denied");
    add(R"({"status":"401"})", "denied");
    add(R"({"success":false})", "denied");
    add(R"({"message":"Access denied for bob"})", "denied");
    add(R"(Forbidden)", "denied");
    add(R"({"data":{"orders":[1]},"errors":[{"message":"field"}]})", "inconclusive");
    add(R"({"error":null,"id":1})", "allowed");
    add(R"({"errors":[],"id":1})", "allowed");
    add(R"({"status":"open","id":1,"total":2})", "allowed");
    add(R"({"message":"hello"})", "allowed");
    add(R"([{"error":"an item, and no answer"}])", "allowed");
    add("", "allowed");
}

void TestMatrixJudge::softRefusals()
{
    QFETCH(QString, body);
    QFETCH(QString, verdict);
    QCOMPARE(verdicts(row(answer(401), answer(200, order), answer(200, body.toStdString()))),
             "denied allowed " + verdict.toStdString());
}

/// A page to sign in is one where nobody gets it; a form of somebody who is signed in has the same field.
void TestMatrixJudge::signInPages()
{
    const std::string page = "<html><h1>Shop</h1><form><input name=u><input type=\"password\"></form></html>";
    const std::string inside = "<html><h1>Users of the shop</h1><p>Change alice, bob, carol</p>"
                               "<form><input type=\"password\"></form></html>";
    QCOMPARE(verdicts(row(answer(200, page), answer(200, inside), answer(200, page))),
             "denied allowed denied");
    QCOMPARE(verdicts(row(answer(401), answer(200, inside), answer(403))), "denied allowed denied");
}

void TestMatrixJudge::redirects()
{
    for (const char* place : {"/login", "/users/sign_in?next=%2Forders", "https://login.example/x",
                              "/oauth2/authorize?client_id=a", "/Login.html"})
        QVERIFY2(leadsToSignIn(place), place);
    for (const char* place : {"/orders/", "https://cdn.example/file?login=1", "/authors/1", ""})
        QVERIFY2(!leadsToSignIn(place), place);
    QCOMPARE(verdicts(row(answer(302, {}, "/login"), answer(302, {}, "/login"), answer(302, {}, "/orders/"))),
             "denied denied inconclusive");
    // Everybody is sent on: nobody is refused by that.
    QCOMPARE(verdicts(row(answer(301, {}, "/a/"), answer(301, {}, "/a/"), answer(301, {}, "/a/"))),
             "inconclusive inconclusive inconclusive");
}

void TestMatrixJudge::openRoutes()
{
    const std::string open = R"({"items":[1,2,3],"name":"shop"})";
    QCOMPARE(verdicts(row(answer(200, open), answer(200, open), answer(200, open))),
             "allowed allowed allowed");
    // Nobody gets something, in a form that no word tells: who gets the same is not let in for sure.
    QCOMPARE(verdicts(row(answer(200, open), answer(200, order), answer(200, open))),
             "inconclusive allowed inconclusive");
    RowAnswers expected = row(answer(200, open), answer(200, order), answer(200, open));
    expected.isPublic = true;
    QCOMPARE(verdicts(expected), "allowed allowed allowed");
    QCOMPARE(verdicts(row(answer(200, R"({"error":"sign in first"})"), answer(200, order),
                          answer(200, R"({"error":"sign in first"})"))),
             "denied allowed denied");
}

void TestMatrixJudge::unsteadyMembersDoNotCount()
{
    const auto at = [](const char* time) {
        return answer(200, std::string(R"({"time":")") + time + R"("})");
    };
    RowAnswers answers = row(at("12:00"), at("12:02"), at("12:03"));
    QCOMPARE(verdicts(answers), "inconclusive allowed allowed");
    answers.again = at("12:01").status == 200 ? std::optional(at("12:01")) : std::nullopt;
    QCOMPARE(verdicts(answers), "allowed allowed allowed");
}

void TestMatrixJudge::aCanaryDecides()
{
    RowAnswers answers = row(answer(200, "<p>Welcome</p>"), answer(200, "<p>Welcome, total 5</p>"),
                             answer(200, "<p>Welcome</p>"));
    answers.canary = "total";
    QCOMPARE(verdicts(answers), "denied allowed denied");
}

void TestMatrixJudge::othersObjects()
{
    RowAnswers answers = row(answer(401), answer(200, order), answer(200, bobs));
    answers.owners = {"alice", "bob"};
    const auto asBob = [&](const Answer& got) {
        RowAnswers all = answers;
        all.cells.push_back({"bob", "alice", got});
        return judgeRow(all).back();
    };
    QCOMPARE(asBob(answer(200, order)).verdict, Verdict::Allowed);
    QCOMPARE(asBob(answer(200, order)).why, std::string("200 like the answer to its owner"));
    QCOMPARE(asBob(answer(200, bobs)).verdict, Verdict::Denied);
    QCOMPARE(asBob(answer(200, bobs)).why, std::string("200 with one's own object instead"));
    QCOMPARE(asBob(answer(403)).verdict, Verdict::Denied);
    QCOMPARE(asBob(answer(404)).verdict, Verdict::Denied);
    QCOMPARE(asBob(answer(200, R"({"error":"not yours"})")).verdict, Verdict::Denied);
    QCOMPARE(asBob(answer(200, R"({"public":true})")).verdict, Verdict::Inconclusive);
    QCOMPARE(asBob(answer(500)).verdict, Verdict::Inconclusive);
}

/// Who asks and when are half of the answer: it is the owner's object all the same.
void TestMatrixJudge::smallObjectsThatSayWhoAsks()
{
    RowAnswers answers = row(
        answer(401), answer(200, R"({"id":1,"customer":"alice","total":5,"viewer":"alice","at":"10:00"})"),
        answer(200, R"({"id":2,"customer":"bob","total":7,"viewer":"bob","at":"10:01"})"));
    answers.owners = {"alice", "bob"};
    const auto asBob = [](RowAnswers all, const char* body) {
        all.cells.push_back({"bob", "alice", answer(200, body)});
        return judgeRow(all).back();
    };
    const Observed taken =
        asBob(answers, R"({"id":1,"customer":"alice","total":5,"viewer":"bob","at":"10:02"})");
    QCOMPARE(taken.verdict, Verdict::Allowed);
    QCOMPARE(taken.why, std::string("200 with what its owner gets and not with one's own"));
    // Of what is merely repeated nothing is known.
    QCOMPARE(asBob(answers, R"({"id":1,"customer":"bob","total":7,"viewer":"bob","at":"10:02"})").verdict,
             Verdict::Inconclusive);
    QCOMPARE(asBob(answers, R"({"id":1,"viewer":"bob","at":"10:02"})").verdict, Verdict::Inconclusive);

    // A profile, of which everybody may see the name.
    RowAnswers profiles = row(
        answer(401),
        answer(200, R"({"id":1,"name":"alice","text":"hi","mail":"a","phone":"1","street":"x","born":"y"})"),
        answer(200, R"({"id":2,"name":"bob","text":"ho","mail":"b","phone":"2","street":"z","born":"w"})"));
    profiles.owners = {"alice", "bob"};
    QCOMPARE(asBob(profiles, R"({"id":1,"name":"alice","text":"hi"})").verdict, Verdict::Inconclusive);
}

void TestMatrixJudge::objectsOfNobodyWhoGetsThem()
{
    RowAnswers answers = row(answer(401), answer(404), answer(200, bobs));
    answers.owners = {"alice", "bob"};
    answers.cells.push_back({"bob", "alice", answer(404)});
    const Observed observed = judgeRow(answers).back();
    QCOMPARE(observed.verdict, Verdict::Inconclusive);
    QVERIFY2(observed.why.find("the owner does not get the object") != std::string::npos,
             observed.why.c_str());
}

void TestMatrixJudge::refusalsThatNeedProof()
{
    const auto needs = [](const Answer& nobody, const Answer& bob) {
        return judgeRow(row(nobody, answer(200, order), bob)).back().needsProof;
    };
    QVERIFY(needs(answer(401), answer(401)));
    QVERIFY(needs(answer(401), answer(404)));
    QVERIFY(needs(answer(403), answer(403)));  // what nobody gets as well
    QVERIFY(!needs(answer(401), answer(403))); // who this is was understood
    QVERIFY(!needs(answer(401), answer(200, order)));
    QVERIFY(!judgeRow(row(answer(401), answer(401), answer(401))).front().needsProof);
}

void TestMatrixJudge::fits_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("fit");
    const auto add = [](const char* expected, Verdict verdict, int status, const char* fit) {
        QTest::addRow("%s, %s %d", expected, std::string(toText(verdict)).c_str(), status)
            << QString::fromUtf8(expected) << static_cast<int>(verdict) << status << QString::fromUtf8(fit);
    };
    add("allow", Verdict::Allowed, 200, "as-expected");
    add("allow", Verdict::Denied, 403, "too-little");
    add("allow 200", Verdict::Allowed, 204, "other-status");
    add("allow 200", Verdict::Denied, 200, "too-little");
    add("deny", Verdict::Denied, 404, "as-expected");
    add("deny", Verdict::Allowed, 200, "too-much");
    add("deny 403", Verdict::Denied, 401, "other-status");
    add("deny 403", Verdict::Allowed, 200, "too-much");
    add("deny", Verdict::Inconclusive, 500, "inconclusive");
    add("deny 401", Verdict::Inconclusive, 401, "inconclusive");
    add("any", Verdict::Allowed, 200, "unset");
    add("any 404", Verdict::Inconclusive, 404, "as-expected");
    add("any 404", Verdict::Allowed, 200, "other-status");
    add("", Verdict::Allowed, 200, "unset");
    add("deny", Verdict::NotRun, 0, "not-run");
}

void TestMatrixJudge::fits()
{
    QFETCH(QString, expected);
    QFETCH(int, verdict);
    QFETCH(int, status);
    QFETCH(QString, fit);
    const auto cell = collection::readExpectedAccess(expected.toStdString());
    QCOMPARE(std::string(toText(fitOf(cell, {static_cast<Verdict>(verdict), {}}, status))),
             fit.toStdString());
}

/// 404 for all tells nothing, unless the file says what it is.
void TestMatrixJudge::aStatusThatIsNamedIsWhatItIsNamed()
{
    const auto seen = judgeRow(row(answer(401), answer(404), answer(302, {}, "/file")));
    QCOMPARE(fitOf(ExpectedAccess{Access::Deny, 404}, seen[1], 404), Fit::AsExpected);
    QCOMPARE(fitOf(ExpectedAccess{Access::Deny, 0}, seen[1], 404), Fit::Inconclusive);
    QCOMPARE(fitOf(ExpectedAccess{Access::Allow, 302}, seen[2], 302), Fit::AsExpected);
    QCOMPARE(fitOf(ExpectedAccess{Access::Allow, 301}, seen[2], 302), Fit::Inconclusive);
}

QTEST_GUILESS_MAIN(TestMatrixJudge)
#include "tst_matrixjudge.moc"
