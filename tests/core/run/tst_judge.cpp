// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Assertions with Bruno's results. Each row was tried with @usebruno/cli 4.1.0 on the same answer.

#include <base/text.h>
#include <run/judge.h>
#include <support/result.h>
#include <variables/resolve.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

namespace {

Answer sample()
{
    Answer answer;
    answer.status = 200;
    answer.statusText = "OK";
    answer.milliseconds = 12.7;
    answer.url = "http://127.0.0.1:1/x";
    answer.bodyText = R"({"n":5,"z":0,"s":"abc","e":"","t":true,"f":false,"nul":null,"a":[1,2,"x"],"ea":[],)"
                      R"("o":{"k":1},"eo":{},"big":12345678901234567890,"fl":1.5,"num":"123","u":"ä€😀"})";
    answer.body = *json::parse(answer.bodyText);
    answer.headers = *json::parse(R"({"x-one":"Two","set-cookie":["a=1","b=2"]})");
    return answer;
}

Check judged(const char* expression, const char* operation, const char* value)
{
    const auto asItIs = [](const std::string& text) { return Result<std::string>(text); };
    return judge({expression, operation, std::string(value), true}, sample(), asItIs);
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judgesAsBruno_data();
    void judgesAsBruno();
    void evaluatesWaysOnly_data();
    void evaluatesWaysOnly();
    void saysWhatItIs();
    void namesAnUndefinedVariable();
    void aVariableIsOneValue_data();
    void aVariableIsOneValue();
    void aTextBodyIsText();
    void whatJavaScriptInheritsIsNotEvaluated_data();
    void whatJavaScriptInheritsIsNotEvaluated();
    void whatTheAnswerHoldsGoesBeforeIt();
    void readsTheCharset_data();
    void readsTheCharset();
};

void TestJudge::judgesAsBruno_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("holds");
    const auto add = [](const char* expression, const char* operation, const char* value, bool holds) {
        const std::string name = std::string(expression) + " " + operation + " " + value;
        QTest::newRow(name.c_str()) << QString::fromUtf8(expression) << QString::fromUtf8(operation)
                                    << QString::fromUtf8(value) << holds;
    };
    add("res.status", "eq", "200", true);
    add("res.status", "eq", "'200'", false);
    add("res.status", "neq", "404", true);
    add("res.body.num", "eq", "123", false);
    add("res.body.num", "eq", "\"123\"", true);
    add("res.body.s", "eq", "abc", true);
    add("res.body.s", "gt", "1", false);
    add("res.body.n", "gt", "4", true);
    add("res.body.n", "gte", "5", true);
    add("res.body.n", "lt", "5", false);
    add("res.body.n", "lte", "5.0", true);
    add("res.body.n", "in", "[1, 5]", true);
    add("res.body.s", "in", "abc,def", true);
    add("res.body.s", "notIn", "abc,def", false);
    add("res.body.n", "eq", "0x5", false); // parseInt stops at the x
    add("res.body.z", "eq", "0x5", true);
    add("res.body.big", "eq", "12345678901234567890", false); // that one stays a text
    add("res.body.s", "contains", "b", true);
    add("res.body.num", "contains", "2", true);
    add("res.body.a", "contains", "x", true);
    add("res.body.a", "contains", "1", true);
    add("res.body.o", "contains", "k", false);
    add("res.body.o", "notContains", "z", false);
    add("res.body.a", "length", "3", true);
    add("res.body.s", "length", "3", true);
    add("res.body.u", "length", "4", true);
    add("res.body.n", "length", "1", false);
    add("res.body.s", "matches", "^a", true);
    add("res.body.s", "matches", "/c$/", true);
    add("res.body.n", "matches", "^5$", true);
    add("res.body.n", "matches", " 5 ", false); // the space in front belongs to the pattern
    add("res.body.nul", "matches", "null", true);
    add("res.body.nope", "matches", "undefined", false);
    add("res.body.nope", "notMatches", "x", true);
    add("res.body.s", "startsWith", "ab", true);
    add("res.body.num", "startsWith", "1", false); // a number is no text
    add("res.body.s", "endsWith", "bc", true);
    add("res.body.n", "between", "1, 5", true);
    add("res.body.n", "between", "6,9", false);
    add("res.body.n", "between", "[1,9]", false); // brackets are for in and notIn
    add("res.body.n", "in", "[1, 5]", true);
    add("res.body.e", "isEmpty", "", true);
    add("res.body.ea", "isEmpty", "", true);
    add("res.body.eo", "isEmpty", "", true);
    add("res.body.nul", "isEmpty", "", false);
    add("res.body.nul", "isNotEmpty", "", false);
    add("res.body.n", "isNotEmpty", "", false);
    add("res.body.nul", "isNull", "", true);
    add("res.body.nope", "isNull", "", false);
    add("res.body.nope", "isUndefined", "", true);
    add("res.body.nope.deeper", "isUndefined", "", false);
    add("res.body.nope.deeper", "isDefined", "", true);
    add("res.body.nope?.deeper", "isUndefined", "", true);
    add("res.body.t", "isTruthy", "", true);
    add("res.body.n", "isTruthy", "", false);
    add("res.body.f", "isFalsy", "", true);
    add("res.body.z", "isFalsy", "", false);
    add("res.body", "isJson", "", true);
    add("res.body.a", "isJson", "", true);
    add("res.body.s", "isJson", "", false);
    add("res.body.n", "isNumber", "", true);
    add("res.body.num", "isNumber", "", false);
    add("res.body.s", "isString", "", true);
    add("res.body.t", "isBoolean", "", true);
    add("res.body.a", "isArray", "", true);
    add("res.body.o", "isArray", "", false);
    add("res.headers['x-one']", "eq", "Two", true);
    add("res.headers.nope", "isUndefined", "", true);
    add("res.responseTime", "lt", "1000", true);
    add("res.body.t", "eq", "true", true);
    add("res.body.nul", "eq", "null", true);
    add("res.body.nope", "eq", "undefined", true);
    add("res.body.e", "eq", "", true);
    add("res.body.e", "eq", "\"\"", true);
    add("res.body.a[2]", "eq", "x", true);
    add("res.body.a.length", "eq", "3", true);
    add("res.body['o'][\"k\"]", "eq", "1", true);
}

void TestJudge::judgesAsBruno()
{
    QFETCH(QString, expression);
    QFETCH(QString, operation);
    QFETCH(QString, value);
    QFETCH(bool, holds);
    const Check check = judged(qPrintable(expression), qPrintable(operation), value.toUtf8().constData());
    QVERIFY2(check.outcome == (holds ? Outcome::Passed : Outcome::Failed), check.why.c_str());
}

void TestJudge::evaluatesWaysOnly_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("value");
    QTest::newRow("a call") << "res.getStatus()"
                            << "200";
    QTest::newRow("arithmetic") << "res.status + 1"
                                << "201";
    QTest::newRow("a minus in a name") << "res.headers.x-one"
                                       << "Two";
    QTest::newRow("another root") << "bru.getVar"
                                  << "1";
    QTest::newRow("a name that only begins so") << "response.status"
                                                << "200";
    QTest::newRow("an unknown member") << "res.token"
                                       << "1";
    QTest::newRow("a template") << "res.body.s"
                                << "${1 + 1}";
    QTest::newRow("an escape") << "res.body.s"
                               << "a\\n";
    QTest::newRow("nothing") << ""
                             << "1";
    QTest::newRow("an open bracket") << "res.body[0"
                                     << "1";
}

void TestJudge::evaluatesWaysOnly()
{
    QFETCH(QString, expression);
    QFETCH(QString, value);
    QCOMPARE(judged(qPrintable(expression), "neq", qPrintable(value)).outcome, Outcome::NotEvaluated);
}

void TestJudge::saysWhatItIs()
{
    const Check check = judged("res.body.a", "eq", "1");
    QCOMPARE(check.name, std::string("res.body.a eq 1"));
    QCOMPARE(check.why, std::string("it is [1,2,\"x\"]"));
    QCOMPARE(judged("res.body.s", "gt", "1").why, std::string("only numbers can be compared; it is \"abc\""));
    QCOMPARE(judged("res.body.s", "resembles", "1").why,
             std::string("not evaluated: there is no operator resembles"));
    QCOMPARE(judged("res.body.s", "", "abc").why, std::string("not evaluated: it has no operator"));
}

/// As `bru run` judges: what stands in a variable is no list and no pattern between slashes.
void TestJudge::aVariableIsOneValue_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("holds");
    QTest::newRow("list") << "res.body.n"
                          << "in"
                          << "{{list}}" << false;
    QTest::newRow("list in brackets") << "res.body.n"
                                      << "in"
                                      << "{{brackets}}" << false;
    QTest::newRow("not in a list") << "res.body.n"
                                   << "notIn"
                                   << "{{list}}" << true;
    QTest::newRow("one of a list") << "res.body.n"
                                   << "in"
                                   << "[{{five}}, 7]" << true;
    QTest::newRow("limits") << "res.body.n"
                            << "between"
                            << "{{list}}" << false;
    QTest::newRow("a limit") << "res.body.n"
                             << "between"
                             << "1, {{five}}" << true;
    QTest::newRow("slashes") << "res.body.s"
                             << "matches"
                             << "{{slashes}}" << false;
    QTest::newRow("between slashes") << "res.body.s"
                                     << "matches"
                                     << "/^{{start}}/" << true;
    QTest::newRow("a text with a comma") << "res.body.s"
                                         << "neq"
                                         << "{{list}}" << true;
}

void TestJudge::aVariableIsOneValue()
{
    QFETCH(QString, expression);
    QFETCH(QString, operation);
    QFETCH(QString, value);
    QFETCH(bool, holds);
    const std::vector<variables::Scope> scopes{
        {"the request",
         {{"list", "5, 7"}, {"brackets", "[5, 7]"}, {"five", "5"}, {"slashes", "/^a/"}, {"start", "a"}}}};
    const auto fill = [&scopes](const std::string& text) {
        return variables::resolve(text, scopes, "value");
    };
    const Check check = judge({toUtf8(expression), toUtf8(operation), toUtf8(value), true}, sample(), fill);
    QVERIFY2(check.outcome == (holds ? Outcome::Passed : Outcome::Failed), check.why.c_str());
}

void TestJudge::namesAnUndefinedVariable()
{
    const auto undefined = [](const std::string& text) {
        return variables::resolve(text, {{"the request", {}}}, "assertion");
    };
    const Check check = judge({"res.status", "eq", "{{wanted}}", true}, sample(), undefined);
    QCOMPARE(check.outcome, Outcome::Failed);
    QVERIFY(check.why.find("{{wanted}}") != std::string::npos);
}

void TestJudge::aTextBodyIsText()
{
    Answer answer = sample();
    answer.body.reset();
    answer.bodyText = "hello";
    const auto value = evaluate("res.body", answer);
    QVERIFY(value && value->is(ValueKind::String));
    QVERIFY(evaluate("res.body.a", answer)->is(ValueKind::Undefined));
    QCOMPARE(toText(*evaluate("res.body.length", answer)), std::string("5"));
}

void TestJudge::whatJavaScriptInheritsIsNotEvaluated_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<bool>("isEvaluated");
    const auto add = [](const char* expression, bool isEvaluated) {
        QTest::newRow(expression) << QByteArray(expression) << isEvaluated;
    };
    for (const char* name :
         {"res.body.o.constructor", "res.body.o['constructor']", "res.body.o.__proto__",
          "res.body.o.toString", "res.body.o?.valueOf", "res.body.o.constructor.name", "res.body.a.map",
          "res.body.a.__proto__", "res.body.s.trim", "res.body.n.toFixed", "res.body.t.constructor",
          "res.headers.constructor", "res.body.__proto__", "res.status.toString", "res.statusText.trim"})
        add(name, false);
    for (const char* name : {"res.body.nope", "res.body.o.map", "res.body.o.trim", "res.body.a.trim",
                             "res.body.s.map", "res.body.n.map", "res.body.nope?.constructor"})
        add(name, true);
}

/// For Bruno they are there, and are a function or a prototype: isUndefined does not hold.
void TestJudge::whatJavaScriptInheritsIsNotEvaluated()
{
    QFETCH(QByteArray, expression);
    QFETCH(bool, isEvaluated);
    const Check check = judge({expression.toStdString(), "isUndefined", "", true}, sample(),
                              [](const std::string& text) { return Result<std::string>(text); });
    QCOMPARE(check.outcome, isEvaluated ? Outcome::Passed : Outcome::NotEvaluated);
}

void TestJudge::whatTheAnswerHoldsGoesBeforeIt()
{
    Answer answer = sample();
    answer.body = *json::parse(R"({"constructor":7,"o":{"__proto__":{"toString":"t"}}})");
    QCOMPARE(toText(*evaluate("res.body.constructor", answer)), std::string("7"));
    QCOMPARE(toText(*evaluate("res.body.o.__proto__.toString", answer)), std::string("t"));
}

void TestJudge::readsTheCharset_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("Latin-1") << QByteArray("application/json; charset=ISO-8859-1")
                             << QByteArray("{\"a\":\"caf\xe9\"}");
    QTest::newRow("quoted, another parameter")
        << QByteArray("application/json; Charset=\"latin1\" ; q=1") << QByteArray("{\"a\":\"caf\xe9\"}");
    QTest::newRow("UTF-8 under the name of Latin-1")
        << QByteArray("application/json;charset=iso-8859-1") << QByteArray("{\"a\":\"caf\xc3\xa9\"}");
    QTest::newRow("UTF-8") << QByteArray("application/json;charset=utf-8")
                           << QByteArray("{\"a\":\"caf\xc3\xa9\"}");
    QTest::newRow("unknown") << QByteArray("application/json;charset=nope")
                             << QByteArray("{\"a\":\"caf\xc3\xa9\"}");
    QTest::newRow("UTF-16") << QByteArray("application/json;charset=utf-16le")
                            << QByteArray::fromHex("7b00220061002200"
                                                   "3a00220063006100"
                                                   "66 00e900 2200 7d00");
}

/// Bruno decodes by it, too: without, an answer in Latin-1 is no JSON at all.
void TestJudge::readsTheCharset()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    http::Exchange exchange;
    exchange.response = http::Response();
    exchange.response->headers = {{"content-type", type.toStdString()}};
    QVERIFY(exchange.response->body.append(body.toStdString()));
    const Answer answer = answerOf(exchange);
    const std::optional<Value> value = evaluate("res.body.a", answer);
    QVERIFY(value);
    QCOMPARE(value->text, std::string("caf\xc3\xa9"));
}

QTEST_GUILESS_MAIN(TestJudge)
#include "tst_judge.moc"
