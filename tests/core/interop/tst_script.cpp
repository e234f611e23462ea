// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The common forms of Postman's scripts become captures and assertions; nothing else does, and it is named.

#include <interop/import/scriptchecks.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;

namespace {

/// "token = res.body.token; res.status eq 200; ! line 3"
QString summaryOf(const ScriptReading& reading)
{
    QStringList all;
    for (const collection::Capture& each : reading.captures)
        all += QString::fromStdString(each.variable + " = " + each.expression);
    for (const collection::Assertion& each : reading.assertions)
        all += QString::fromStdString(each.expression + " " + each.operation +
                                      (each.value ? " " + *each.value : std::string()));
    for (const ScriptReading::Left& each : reading.notes)
        all += QStringLiteral("? %1").arg(each.line);
    for (const ScriptReading::Left& each : reading.left)
        all += QStringLiteral("! %1").arg(each.line);
    return all.join(QStringLiteral("; "));
}

void row(const char* text, const char* summary)
{
    QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(summary);
}

} // namespace

class TestScript : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void captures_data();
    void captures() { check(); }
    void tests_data();
    void tests() { check(); }
    void older_data();
    void older() { check(); }
    void leavesTheRest_data();
    void leavesTheRest() { check(); }
    void requestScriptsAreLeft();
    void saysWhereAndWhat();
    void hostileScriptsEnd();

private:
    static void check()
    {
        QFETCH(QString, text);
        QFETCH(QString, summary);
        QCOMPARE(summaryOf(readTestScript(text.toStdString())), summary);
    }
    static void columns()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("summary");
    }
};

void TestScript::captures_data()
{
    columns();
    row("pm.environment.set(\"token\", pm.response.json().token);", "token = res.body.token");
    row("pm.globals.set('t', pm.response.json().a[0]['b c'].d)", "t = res.body.a[0]['b c'].d");
    row("var jsonData = JSON.parse(responseBody); postman.setEnvironmentVariable(\"t\", "
        "jsonData.access_token);",
        "t = res.body.access_token");
    row("const {token, user: {id}} = pm.response.json();", "! 1");
    row("const { token, user: who } = pm.response.json();\npm.collectionVariables.set('t', token)\n"
        "pm.variables.set('u', who.id)",
        "t = res.body.token; u = res.body.user.id");
    row("let d = pm.response.json()\nlet t = d?.data?.token\npm.environment.set('t', t)",
        "t = res.body?.data?.token");
    row("pm.environment.set('h', pm.response.headers.get('X-Token'))", "h = res.headers['x-token']");
    row("postman.setGlobalVariable('h', postman.getResponseHeader('ETag'))", "h = res.headers['etag']");
    row("if (pm.response.code === 200) {\n  pm.environment.set('t', pm.response.json().t);\n}",
        "t = res.body.t; ? 1");
    row("try { var j = JSON.parse(responseBody); pm.environment.set('t', j.t) } catch (e) { console.log(e) }",
        "t = res.body.t");
    row("pm.test('login', () => { pm.environment.set('t', pm.response.json().t) })", "t = res.body.t");
    row("console.log('x'); // pm.environment.set('no', 1)\n/* pm.x() */ \"use strict\";", "");
}

void TestScript::tests_data()
{
    columns();
    row("pm.test('ok', function () { pm.response.to.have.status(200); });", "res.status eq 200");
    row("pm.test('ok', () => pm.response.to.have.status('Created'))", "res.statusText eq Created");
    row("pm.test(\"a\", function () {\n  var j = pm.response.json();\n  pm.expect(j.value).to.eql(100);\n"
        "  pm.expect(j.name).to.equal('Bob Smith');\n  pm.expect(j.id).to.not.eq('12');\n});",
        "res.body.value eq 100; res.body.name eq Bob Smith; res.body.id neq \"12\"");
    row("pm.expect(pm.response.code).to.be.oneOf([200, 201])", "res.status in [200, 201]");
    row("pm.expect(pm.response.responseTime).to.be.below(200)", "res.responseTime lt 200");
    row("pm.expect(pm.response.json().a).to.be.an('array').that.is.not.empty",
        "res.body.a isArray; res.body.a isNotEmpty");
    row("pm.expect(pm.response.json()).to.have.property('id')", "res.body.id isDefined");
    row("pm.expect(pm.response.json()).to.have.property('id').and.equal(-5)",
        "res.body.id isDefined; res.body.id eq -5");
    row("pm.expect(pm.response.json()).to.have.property('id', 'a \"b\"')", "res.body.id eq 'a \"b\"'");
    row("pm.expect(pm.response.json().a).to.be.true; pm.expect(pm.response.json().b).to.be.null",
        "res.body.a eq true; res.body.b isNull");
    row("pm.expect(pm.response.json().a).to.include('x y')", "res.body.a contains x y");
    row("pm.expect(pm.response.json().a).to.match(/^[a-z]+$/)", "res.body.a matches /^[a-z]+$/");
    row("pm.expect(pm.response.json().a).to.have.lengthOf(3)", "res.body.a length 3");
    row("pm.expect(pm.response.headers.get('Content-Type')).to.include('json')",
        "res.headers['content-type'] contains json");
    row("pm.response.to.have.header('X-A')", "res.headers['x-a'] isDefined");
    row("pm.response.to.be.success", "res.status between 200, 299");
    row("pm.response.to.not.have.status(500)", "res.status neq 500");
    row("pm.expect(pm.response.code === 200).to.be.true", "res.status eq 200");
    row("pm.expect(pm.response.json().a).to.be.above(1).and.below(5)", "res.body.a gt 1; res.body.a lt 5");
}

void TestScript::older_data()
{
    columns();
    row("tests[\"Status code is 200\"] = responseCode.code === 200;", "res.status eq 200");
    row("var d = JSON.parse(responseBody); tests['a'] = d.a.b == 'x' && d.c > 1",
        "res.body.a.b eq x; res.body.c gt 1");
    row("tests['t'] = responseTime < 300", "res.responseTime lt 300");
    row("tests['u'] = JSON.parse(responseBody).u !== undefined", "res.body.u isDefined");
    row("var j = JSON.parse(responseBody);\ntests['in'] = 'a' in j;\ntests['out'] = !('b' in j)",
        "res.body['a'] isDefined; res.body['b'] isUndefined");
}

void TestScript::leavesTheRest_data()
{
    columns();
    row("pm.environment.set('a', 'constant')", "! 1");
    row("pm.environment.set('a', 'Bearer ' + pm.response.json().t)", "! 1");
    row("pm.environment.set(name, pm.response.json().t)", "! 1");
    row("pm.sendRequest('http://a', function (e, r) { pm.environment.set('t', r.json().t) })", "! 1");
    row("\npostman.setNextRequest('x');\npm.environment.unset('y')", "! 2; ! 3");
    row("for (const i of pm.response.json().items) {\n  "
        "pm.expect(i.a).to.eql(1)\n}\npm.response.to.have.status(200)",
        "res.status eq 200; ! 1");
    row("pm.expect(pm.response.text()).to.include('x')", "! 1");
    row("pm.expect(pm.response.json().a).to.be.ok", "! 1");
    row("pm.expect(pm.response.json().a).to.eql({b: 1})", "! 1");
    row("pm.expect(pm.response.json().a).to.eql('{{b}}')", "! 1");
    row("pm.expect(pm.response.json().a).to.match(/x/i)", "! 1");
    row("if (x) { pm.environment.set('t', pm.response.json().t) }", "! 1");
    row("if (pm.response.code === 200) { pm.environment.set('t', pm.response.json().t) } else { y() }",
        "! 1");
    row("var j = xml2Json(responseBody);\npm.expect(j.a).to.eql(1)", "! 1; ! 2");
    row("jsonData = foo(); pm.environment.set('t', jsonData.t)", "! 1; ! 1");
    row("pm.test('x', async () => { await y() })", "! 1");
    row("pm.response.to.have.status(200", "! 1");
    row("}} pm.response.to.have.status(200)", "res.status eq 200");
}

void TestScript::requestScriptsAreLeft()
{
    QCOMPARE(summaryOf(readRequestScript("console.log(1)\npm.environment.set('a', Date.now())")),
             QStringLiteral("! 2"));
    QCOMPARE(summaryOf(readRequestScript("// nothing\nvar a = 1;")), QString());
}

void TestScript::saysWhereAndWhat()
{
    const ScriptReading reading = readTestScript("\n  doSomething(1,\n    2);\n");
    QCOMPARE(reading.left.size(), std::size_t{1});
    QCOMPARE(reading.left[0].line, std::size_t{2});
    QCOMPARE(reading.left[0].code, std::string("doSomething(1, …"));
    QVERIFY(!reading.left[0].why.empty());
}

void TestScript::hostileScriptsEnd()
{
    for (const char* piece :
         {"(", "[", "{", "a.", "!", "a(", "if(", "function(){", "()=>{", "(;", "x?", "`${", "/", "'"}) {
        std::string text;
        while (text.size() < 60'000)
            text += piece;
        const ScriptReading reading = readTestScript(text);
        QVERIFY(reading.assertions.empty() && reading.captures.empty());
    }
}

QTEST_GUILESS_MAIN(TestScript)
#include "tst_script.moc"
