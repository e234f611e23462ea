// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What answers mean: servers that refuse in their own manner are not called open, open ones not closed.

#include <audit/judge.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::audit;

Q_DECLARE_METATYPE(claimcheck::audit::Answer)

namespace {

Answer json(int status, const std::string& body)
{
    return {.status = status, .body = body};
}

const std::string goodBody = R"({"ok":true,"user":{"name":"demo","exp":1},"at":"10:00","id":7})";
const std::string againBody = R"({"ok":true,"user":{"name":"demo","exp":1},"at":"10:01","id":8})";
const std::string softBody = R"({"error":"unauthorized"})";

Judge judgeOf(const Answer& refusal = json(401, softBody))
{
    Judge judge(json(200, goodBody), json(200, againBody));
    judge.addRefusal(refusal);
    return judge;
}

std::string page(const std::string& middle)
{
    std::string text = "<html><title>Shop</title>";
    for (int i = 0; i < 40; ++i)
        text += "<li>entry number " + std::to_string(i) + "</li>";
    return text + middle + "</html>";
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsOpenFromClosed_data();
    void tellsOpenFromClosed();
    void leavesOutWhatChanges();
    void whatChangesWhollyIsStillGood();
    void leavesOutChangedClaims();
    void softRefusals();
    void refusalsInWordsAreRefusals_data();
    void refusalsInWordsAreRefusals();
    void controlsThatHardlyDifferAreNoOpenDoor();
    void aPageThatHardlyDiffersIsInconclusive();
    void theCanaryDecides();
    void theCanaryPointsAtAValue();
    void saysWhenARouteCannotBeTested();
    void headIsComparedByLength();
    void likenessIsOfLeaves();
};

void TestJudge::tellsOpenFromClosed_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, const Answer& answer, const char* outcome) {
        QTest::newRow(name) << answer << QString::fromUtf8(outcome);
    };
    row("the same", json(200, goodBody), "accepted");
    row("another success", json(201, goodBody), "accepted");
    row("401", json(401, softBody), "refused");
    row("403", json(403, goodBody), "refused");
    row("400", json(400, ""), "refused");
    row("404", json(404, ""), "refused");
    row("login page", {.status = 302, .location = "/login"}, "refused");
    row("500", json(500, ""), "refused");
    row("429", json(429, ""), "inconclusive");
    row("nothing", {.status = 0, .error = "broke off"}, "inconclusive");
    row("something else", json(200, R"({"hello":"you"})"), "inconclusive");
    row("a page", {.status = 200, .body = page("please sign in")}, "inconclusive");
}

void TestJudge::tellsOpenFromClosed()
{
    QFETCH(Answer, answer);
    QFETCH(QString, outcome);
    const Judgement judgement = judgeOf().judge(answer);
    QCOMPARE(std::string(toText(judgement.outcome)), outcome.toStdString());
    QVERIFY(!judgement.why.empty());
}

void TestJudge::leavesOutWhatChanges()
{
    const Judge judge = judgeOf();
    QVERIFY(
        judge.isLikeGood(json(200, R"({"ok":true,"user":{"name":"demo","exp":1},"at":"23:59","id":99})")));
    QVERIFY(!judge.isLikeGood(json(200, R"({"ok":false,"user":null,"at":"23:59","id":99})")));
    QVERIFY(!judge.isLikeGood(json(401, goodBody)));
}

/// A list that grows, a text of the day: it is let in as long as nothing says that it is not.
void TestJudge::whatChangesWhollyIsStillGood()
{
    Judge judge(json(200, "one two three"), json(200, "four five six"));
    judge.addRefusal(json(200, "no entry here"));
    QVERIFY(!judge.isLikeGood(json(200, "seven eight nine")));
    QVERIFY(judge.isStillGood(json(200, "seven eight nine")));
    QVERIFY(!judge.isStillGood(json(200, "no entry here")));
    QVERIFY(!judge.isStillGood(json(200, softBody)));
    QVERIFY(!judge.isStillGood(json(401, "seven eight nine")));
    QCOMPARE(judge.judge(json(200, "seven eight nine")).outcome, Outcome::Inconclusive);
    // One that was the same twice is not another for the token alone.
    const Judge steady(json(200, "one two three"), json(200, "one two three"));
    QVERIFY(!steady.isStillGood(json(200, "seven eight nine")));
    // What the user names is what counts.
    const Judge named(json(200, "one two three"), json(200, "one five six"), "one");
    QVERIFY(named.isStillGood(json(200, "one seven")));
    QVERIFY(!named.isStillGood(json(200, "seven eight nine")));
}

void TestJudge::leavesOutChangedClaims()
{
    Judge judge(json(200, R"({"user":{"sub":"demo","exp":1}})"),
                json(200, R"({"user":{"sub":"demo","exp":1}})"));
    const Answer answer = json(200, R"({"user":{"sub":"demo","exp":2,"jti":"audit-1"}})");
    QCOMPARE(judge.judge(answer).outcome, Outcome::Inconclusive);
    QCOMPARE(judge.judge(answer, {"exp", "jti"}).outcome, Outcome::Accepted);
}

void TestJudge::softRefusals()
{
    const Judge judge = judgeOf(json(200, softBody));
    QCOMPARE(judge.judge(json(200, softBody)).outcome, Outcome::Refused);
    QCOMPARE(judge.judge(json(200, goodBody)).outcome, Outcome::Accepted);
    QCOMPARE(judge.judge(json(200, R"({"hint":"bad token"})")).outcome, Outcome::Inconclusive);
}

/// Another sentence for each token that is refused: none of them is like the answer without one.
void TestJudge::refusalsInWordsAreRefusals_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("an error") << R"({"error":"invalid signature"})"
                              << "refused";
    QTest::newRow("no success") << R"({"success":false,"message":"jwt malformed"})"
                                << "refused";
    QTest::newRow("a code") << R"({"code":401,"reason":"no"})"
                            << "refused";
    QTest::newRow("a sentence") << "Invalid token"
                                << "refused";
    QTest::newRow("a form") << R"(<form><input type="password"></form>)"
                            << "refused";
    QTest::newRow("an error beside content") << R"({"error":"late","data":[1]})"
                                             << "inconclusive";
    QTest::newRow("no error") << R"({"error":null,"hello":"you"})"
                              << "inconclusive";
}

void TestJudge::refusalsInWordsAreRefusals()
{
    QFETCH(QString, body);
    QFETCH(QString, outcome);
    const Answer answer{.status = 200, .body = body.toStdString()};
    const Judge judge = judgeOf(json(200, R"({"error":"no token"})"));
    QCOMPARE(std::string(toText(judge.judge(answer).outcome)), outcome.toStdString());
    QCOMPARE(judge.judgeControl(answer).outcome, Outcome::Refused); // it is not the good answer anyhow
    const Judge odd(answer, answer);                                // one whose good answers look so
    QCOMPARE(odd.judge(answer).outcome, Outcome::Accepted);
}

/// Of a page, one sentence tells who is let in; where nothing else changes, a critical finding needs more.
void TestJudge::controlsThatHardlyDifferAreNoOpenDoor()
{
    const auto text = [](const std::string& middle) { return Answer{.status = 200, .body = page(middle)}; };
    const Judge steady(text("Hello demo"), text("Hello demo"));
    QCOMPARE(steady.judgeControl(text("Hello demo")).outcome, Outcome::Accepted);
    QCOMPARE(steady.judgeControl(text("Welcome, stranger")).outcome, Outcome::Inconclusive);
    QCOMPARE(steady.judgeControl(text("<input type='password'>")).outcome, Outcome::Refused);
    QCOMPARE(steady.judgeControl({.status = 401, .body = page("Hello demo")}).outcome, Outcome::Refused);
    const Judge moving(text("Hello demo, nonce a1"), text("Hello demo, nonce b2"));
    QCOMPARE(moving.judgeControl(text("Hello demo, nonce c3")).outcome, Outcome::Accepted);
    const Judge told(text("Hello demo"), text("Hello demo"), "Hello demo");
    QCOMPARE(told.judgeControl(text("Hello demo, again")).outcome, Outcome::Accepted);
    QCOMPARE(told.judgeControl(text("Hello you")).outcome, Outcome::Refused);
    const Judge judge(json(200, goodBody), json(200, againBody));
    QCOMPARE(judge.judgeControl(json(200, againBody)).outcome, Outcome::Accepted);
    QCOMPARE(judge.judgeControl(json(500, "")).outcome, Outcome::Refused);
    QCOMPARE(judge.judgeControl(json(429, "")).outcome, Outcome::Inconclusive);
    QCOMPARE(judge.judgeControl({.status = 0, .error = "broke off"}).outcome, Outcome::Inconclusive);
}

void TestJudge::aPageThatHardlyDiffersIsInconclusive()
{
    const Answer good{.status = 200, .body = page("Hello demo")};
    const Answer refused{.status = 200, .body = page("Please sign in")};
    Judge judge(good, good);
    judge.addRefusal(refused);
    QCOMPARE(judge.judge(good).outcome, Outcome::Accepted);
    QCOMPARE(judge.judge(refused).outcome, Outcome::Refused);
    QCOMPARE(judge.judge({.status = 200, .body = page("")}).outcome, Outcome::Inconclusive);
}

void TestJudge::theCanaryDecides()
{
    const Answer good{.status = 200, .body = page("Hello demo")};
    Judge judge(good, good, "Hello demo");
    judge.addRefusal({.status = 200, .body = page("Please sign in")});
    QCOMPARE(judge.objection(), "");
    QCOMPARE(judge.judge(good).outcome, Outcome::Accepted);
    QCOMPARE(judge.judge({.status = 200, .body = page("Hello stranger")}).outcome, Outcome::Refused);
    QCOMPARE(Judge(good, good, "elsewhere").objection(),
             "the answer to the good token does not hold the canary text");
}

/// RFC 6901: of all else in the answers nothing counts.
void TestJudge::theCanaryPointsAtAValue()
{
    const std::string good = R"({"user":{"names":["demo","x"],"a/b":{"m~n":7}},"at":1})";
    const std::string again = R"({"user":{"names":["demo","y"],"a/b":{"m~n":7}},"at":2})";
    const auto outcome = [&](const char* canary, const char* body) {
        const Judge judge(json(200, good), json(200, again), canary);
        return judge.objection().empty() ? judge.judge(json(200, body)).outcome : Outcome::NotRun;
    };
    QCOMPARE(outcome("/user/names/0", R"({"user":{"names":["demo"]}})"), Outcome::Accepted);
    QCOMPARE(outcome("/user/names/0", R"({"user":{"names":["guest","x"],"a/b":{"m~n":7}},"at":1})"),
             Outcome::Refused);
    QCOMPARE(outcome("/user/names/0", R"({"user":null})"), Outcome::Refused);
    QCOMPARE(outcome("/user/names/0", "demo"), Outcome::Refused);
    QCOMPARE(outcome("/user/a~1b/m~0n", R"({"user":{"a/b":{"m~n":7}}})"), Outcome::Accepted);
    QCOMPARE(outcome("/user/a~1b/m~0n", R"({"user":{"a/b":{"m~n":"7"}}})"), Outcome::Refused);
    QCOMPARE(outcome("/user/names/1", good.c_str()), Outcome::NotRun); // not the same in both good answers
    for (const char* nowhere : {"/user/names/2", "/user/names/-1", "/user/names/x", "/no", "/user/", "user"})
        QCOMPARE(outcome(nowhere, good.c_str()),
                 std::string(nowhere) == "user" ? Outcome::Accepted : Outcome::NotRun);
    const Judge text({.status = 200, .body = "see /orders/1"}, {.status = 200, .body = "see /orders/1"},
                     "/orders/1");
    QCOMPARE(text.judge({.status = 200, .body = "go to /orders/1"}).outcome, Outcome::Accepted);
}

void TestJudge::saysWhenARouteCannotBeTested()
{
    const auto objection = [](const Answer& first, const Answer& second) {
        return Judge(first, second).objection();
    };
    const Answer good = json(200, goodBody);
    QCOMPARE(objection(good, good), "");
    QCOMPARE(objection(json(401, ""), good), "the good token is answered with 401: it must open the route");
    QCOMPARE(objection(good, json(503, "")), "the good token is answered with 503: it must open the route");
    QCOMPARE(objection({.status = 302}, good), "the good token is redirected (302)");
    QCOMPARE(objection({.status = 0, .error = "refused"}, good), "the good token got no answer: refused");
}

void TestJudge::headIsComparedByLength()
{
    const Answer good{.status = 200, .contentLength = "120"};
    QCOMPARE(judgeHead(good, good).outcome, Outcome::Accepted);
    QCOMPARE(judgeHead(good, {.status = 200, .contentLength = "24"}).outcome, Outcome::Refused);
    QCOMPARE(judgeHead(good, {.status = 401, .contentLength = "120"}).outcome, Outcome::Refused);
    QCOMPARE(judgeHead(good, {.status = 200}).outcome, Outcome::Inconclusive);
    QCOMPARE(judgeHead({.status = 405}, good).outcome, Outcome::NotRun);
    QCOMPARE(judgeHeadRefusal({.status = 405}).outcome, Outcome::NotRun);
    QCOMPARE(judgeHeadRefusal({.status = 401}).outcome, Outcome::Refused);
    QCOMPARE(judgeHeadRefusal({.status = 500}).outcome, Outcome::Refused);
    QCOMPARE(judgeHeadRefusal({.status = 429}).outcome, Outcome::Inconclusive);
    QCOMPARE(judgeHeadRefusal({.status = 0, .error = "broke off"}).outcome, Outcome::Inconclusive);
}

void TestJudge::likenessIsOfLeaves()
{
    const auto likeness = [](const char* left, const char* right) {
        return Content::likeness(Content(left), Content(right));
    };
    QCOMPARE(likeness(R"({"a":1,"b":[2,3]})", R"({ "b" : [2, 3], "a" : 1 })"), 1.0);
    QCOMPARE(likeness(R"({"a":1})", R"({"a":2})"), 0.0);
    QCOMPARE(likeness(R"({"a":"x"})", "a x"), 0.0);
    QCOMPARE(likeness("", ""), 1.0);
    QCOMPARE(likeness("one two", "two one"), 1.0);
    QVERIFY(likeness("one two three four", "one two three five") < 0.8);
}

QTEST_GUILESS_MAIN(TestJudge)
#include "tst_judge.moc"
