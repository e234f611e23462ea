// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// {{name}} in texts: nearest scope first, errors that name the variable and the place.

#include <support/result.h>
#include <variables/resolve.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::variables;

namespace {

std::vector<Scope> scopes()
{
    return {{"request", {{"id", "7"}, {"off", "hidden", false}, {"url", "{{host}}/users/{{id}}"}}},
            {"environment local", {{"host", "http://near"}, {"off", "shown"}, {"token", "", true, true}}},
            {"collection", {{"host", "http://far"}, {"empty", ""}}}};
}

Error errorOf(std::string_view text, const std::vector<Scope>& from = scopes())
{
    const auto result = resolve(text, from, "URL");
    return result ? Error{} : result.error();
}

} // namespace

class TestResolve : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replaces_data();
    void replaces();
    void leavesWhatIsNoReference_data();
    void leavesWhatIsNoReference();
    void undefinedNamesVariableAndPlace();
    void refusesCircles();
    void takesALiteralValueAsItIs();
    void refusesTooManyLevels();
    void refusesSecretsWithoutValue();
    void staysBounded();
    void looksUpNearestEnabled();
    void theLastOfOneNameCounts();
    void findsReferencesWithRanges();
    void tellsWhetherThereIsAVariable();
};

void TestResolve::replaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("nothing") << QByteArray("plain") << QByteArray("plain");
    QTest::newRow("nearest scope") << QByteArray("{{host}}/x") << QByteArray("http://near/x");
    QTest::newRow("value of a value") << QByteArray("{{url}}") << QByteArray("http://near/users/7");
    QTest::newRow("twice") << QByteArray("{{id}}{{id}}") << QByteArray("77");
    QTest::newRow("white space") << QByteArray("{{ id\t}}") << QByteArray("7");
    QTest::newRow("disabled is not there") << QByteArray("{{off}}") << QByteArray("shown");
    QTest::newRow("empty value") << QByteArray("a{{empty}}b") << QByteArray("ab");
    QTest::newRow("in JSON") << QByteArray(R"({"a":{"b":{{id}}}})") << QByteArray(R"({"a":{"b":7}})");
    QTest::newRow("three braces") << QByteArray("{{{id}}}") << QByteArray("{7}");
}

void TestResolve::replaces()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto result = resolve(text.toStdString(), scopes(), "URL");
    QVERIFY_RESULT(result);
    QCOMPARE(*result, expected.toStdString());
}

void TestResolve::leavesWhatIsNoReference_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("never closed") << QByteArray("{{id");
    QTest::newRow("one brace") << QByteArray("{id}");
    QTest::newRow("nothing inside") << QByteArray("{{}} {{ }}");
    QTest::newRow("over two lines") << QByteArray("{{id\n}}");
    QTest::newRow("brace inside") << QByteArray("{{i}d}}");
    QTest::newRow("closed only") << QByteArray("id}}");
}

void TestResolve::leavesWhatIsNoReference()
{
    QFETCH(QByteArray, text);
    const auto result = resolve(text.toStdString(), scopes(), "body");
    QVERIFY_RESULT(result);
    QCOMPARE(*result, text.toStdString());
}

void TestResolve::undefinedNamesVariableAndPlace()
{
    const auto result = resolve("{{host}}/{{nobody}}", scopes(), "header Accept");
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Usage);
    QCOMPARE(result.error().what, std::string("cannot fill in {{nobody}} in the header Accept"));
    QVERIFY(result.error().why.find("environment local") != std::string::npos);
    QCOMPARE(result.error().fix, std::string("define it in the environment or the request, or take it out of "
                                             "the header Accept"));
    QVERIFY(!resolve("{{x}}", {}, "URL"));
    QVERIFY(!resolve("{{$guid}}", scopes(), "URL"));
    // Where values can be given with the call, how.
    std::vector<Scope> ofACall = scopes();
    ofACall.insert(ofACall.begin(), {"--env-var", {}});
    QCOMPARE(
        errorOf("{{nobody}}", ofACall).fix,
        std::string("give it with --env-var nobody=VALUE, define it in the environment or the request, or "
                    "take it out of the URL"));
    QCOMPARE(errorOf("{{process.env.HOME}}", ofACall).fix,
             std::string("write it into a .env file, or let the collection read it with --allow-process-env "
                         "HOME where the process has it"));
    QVERIFY(errorOf("{{process.env.HOME}}").fix.find("--allow") == std::string::npos);
}

void TestResolve::refusesCircles()
{
    const std::vector<Scope> circle{{"request", {{"a", "{{b}}"}, {"b", "x{{c}}"}, {"c", "{{b}}"}}}};
    const Error error = errorOf("{{a}}", circle);
    QVERIFY(error.why.find("b → c → b") != std::string::npos);
    QVERIFY(!errorOf("{{self}}", {{"request", {{"self", "{{self}}"}}}}).what.empty());
}

/// What a server gave would else ask for the values of others.
void TestResolve::takesALiteralValueAsItIs()
{
    const std::vector<Scope> scopes{
        {"this run", {{"got", "{{password}}-{{nope}}-{{got}}", true, false, true}}},
        {"environment local", {{"password", "s3cret"}, {"url", "/x/{{got}}"}}}};
    const auto filled = resolve("{{url}}?{{password}}", scopes, "URL");
    QVERIFY_RESULT(filled);
    QCOMPARE(*filled, std::string("/x/{{password}}-{{nope}}-{{got}}?s3cret"));
}

void TestResolve::refusesTooManyLevels()
{
    Scope chain{"request", {}};
    for (int i = 0; i < 40; ++i)
        chain.variables.push_back({"v" + std::to_string(i), "{{v" + std::to_string(i + 1) + "}}"});
    chain.variables[15].value = "end";
    QCOMPARE(resolve("{{v0}}", {chain}, "URL").value_or("error"), std::string("end"));
    chain.variables[15].value = "{{v16}}";
    chain.variables[16].value = "end";
    QVERIFY(errorOf("{{v0}}", {chain}).why.find("16 levels") != std::string::npos);
}

void TestResolve::refusesSecretsWithoutValue()
{
    QVERIFY(errorOf("{{token}}").why.find("secret variable") != std::string::npos);
}

void TestResolve::staysBounded()
{
    Scope bomb{"request", {{"v0", std::string(1024, 'x')}}};
    for (int i = 1; i < 15; ++i) {
        std::string value;
        for (int j = 0; j < 10; ++j)
            value += "{{v" + std::to_string(i - 1) + "}}";
        bomb.variables.push_back({"v" + std::to_string(i), value});
    }
    QCOMPARE(errorOf("{{v14}}", {bomb}).kind, ErrorKind::TooLarge);
    bomb.variables[0].value.clear();
    QCOMPARE(resolve("{{v14}}", {bomb}, "URL").value_or("error"), std::string());
}

void TestResolve::looksUpNearestEnabled()
{
    QCOMPARE(lookUp(scopes(), "host"), std::optional<std::string>("http://near"));
    QCOMPARE(lookUp(scopes(), "off"), std::optional<std::string>("shown"));
    QCOMPARE(lookUp(scopes(), "nobody"), std::optional<std::string>());
    const std::vector<Scope> found = scopes();
    QVERIFY(nearestOf(found, "host") == &found[1].variables[0]);
    QVERIFY(nearestOf(found, "nobody") == nullptr);
}

void TestResolve::theLastOfOneNameCounts()
{
    const std::vector<Variable> given{{"a", "1"}, {"b", "2"}, {"a", "3"}, {"a", "4", false}, {"A", "5"}};
    const std::vector<Variable> kept{{"b", "2"}, {"a", "3"}, {"a", "4", false}, {"A", "5"}};
    QCOMPARE(lastOfEachName(given), kept);
    QCOMPARE(lastOfEachName({}), std::vector<Variable>());
}

void TestResolve::findsReferencesWithRanges()
{
    const std::vector<Reference> found = references("{{a}}/é/{{ b c }}?{{");
    QCOMPARE(found, (std::vector<Reference>{{"a", 0, 5}, {"b c", 9, 9}}));
}

void TestResolve::tellsWhetherThereIsAVariable()
{
    for (const char* text : {"{{a}}", "../{{ca}}.pem", "{{{{a}}", "{{$guid}}"})
        QVERIFY2(hasVariable(text), text);
    for (const char* text : {"", "a", "{{", "../{{ca.pem", "{{}}", "{{a}", "}}a{{"})
        QVERIFY2(!hasVariable(text), text);
}

QTEST_GUILESS_MAIN(TestResolve)
#include "tst_resolve.moc"
