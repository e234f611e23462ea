// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <algorithm>
#include <array>

#include <base/text.h>
#include <interop/import/scriptchecks.h>

namespace claimcheck::interop {
namespace {

using Expression = ScriptExpression;
using Kind = ScriptExpression::Kind;
using Statement = ScriptStatement;

constexpr const char* unknown = "scripts are not run, and this has no capture or check that means the same";

/// Nothing changes by it: console.log, "use strict".
bool hasNoEffect(const Expression& expression)
{
    if (expression.is(Kind::String))
        return true;
    const std::vector<ScriptLink> links = linksOf(expression);
    return links.size() == 2 && links[0].name == "console" && links[1].call;
}

/// Nothing is called in it: declaring it does nothing.
bool isInert(const Expression& expression)
{
    if (expression.is(Kind::Call) || (expression.is(Kind::Unary) && expression.text == "new") ||
        expression.is(Kind::Other))
        return false;
    return expression.is(Kind::Function) || expression.is(Kind::Object) ||
           std::all_of(expression.parts.begin(), expression.parts.end(), isInert);
}

class Reader
{
public:
    explicit Reader(ScriptReading& reading) : m_reading(reading) {}

    void read(const std::vector<Statement>& statements, ScriptNames& names)
    {
        for (const Statement& statement : statements)
            readOne(statement, names);
    }

private:
    void leave(const Statement& statement, const char* why = unknown)
    {
        const ScriptReading::Left left{statement.line, statement.source, why};
        if (m_reading.left.empty() || m_reading.left.back() != left)
            m_reading.left.push_back(left);
    }

    void readOne(const Statement& statement, ScriptNames& names)
    {
        switch (statement.kind) {
        case Statement::Kind::Declaration:
            return declare(statement, names);
        case Statement::Kind::Expression:
            return evaluate(statement, names);
        case Statement::Kind::If:
            return condition(statement, names);
        case Statement::Kind::Try: {
            ScriptNames inner = names;
            return read(statement.body, inner);
        }
        case Statement::Kind::Unknown:
            return leave(statement);
        }
    }

    void declare(const Statement& statement, ScriptNames& names)
    {
        const auto path = statement.hasValue ? pathOf(statement.expression, names) : std::nullopt;
        for (const Statement::Name& each : statement.names)
            names[each.name] = !path || each.member.empty() ? path.value_or("") : *path + "." + each.member;
        if (!path && statement.hasValue && !isInert(statement.expression))
            leave(statement);
    }

    void evaluate(const Statement& statement, ScriptNames& names)
    {
        const Expression& expression = statement.expression;
        if (hasNoEffect(expression) || capture(expression, names))
            return;
        if (expression.is(Kind::Binary) && expression.text == "=")
            return assign(statement, names);
        if (const Expression* body = testBody(expression)) {
            ScriptNames inner = names;
            return read(body->body, inner);
        }
        if (const auto assertions = assertionsOf(expression, names))
            m_reading.assertions.insert(m_reading.assertions.end(), assertions->begin(), assertions->end());
        else
            leave(statement);
    }

    /// `jsonData = …` and `tests["name"] = …`
    void assign(const Statement& statement, ScriptNames& names)
    {
        const Expression& target = statement.expression.parts[0];
        const Expression& value = statement.expression.parts[1];
        const bool isTest =
            target.is(Kind::Index) && target.parts[0].is(Kind::Name) && target.parts[0].text == "tests";
        if (const auto checks = isTest ? comparisonOf(value, names) : std::nullopt) {
            m_reading.assertions.insert(m_reading.assertions.end(), checks->begin(), checks->end());
            return;
        }
        const auto path = pathOf(value, names);
        if (!isTest && target.is(Kind::Name)) {
            names[target.text] = path.value_or("");
            if (path || isInert(value))
                return;
        }
        leave(statement);
    }

    /// pm.environment.set("name", way) and its older forms.
    bool capture(const Expression& expression, const ScriptNames& names)
    {
        constexpr std::array<std::string_view, 4> scopes{"environment", "globals", "collectionVariables",
                                                         "variables"};
        const std::vector<ScriptLink> links = linksOf(expression);
        if (links.empty() || !links.back().call || links.back().count() != 2)
            return false;
        const ScriptLink& last = links.back();
        const bool isNew = links.size() == 3 && links[0].name == "pm" && last.name == "set" &&
                           std::find(scopes.begin(), scopes.end(), links[1].name) != scopes.end();
        const bool isOld = links.size() == 2 && links[0].name == "postman" &&
                           (last.name == "setEnvironmentVariable" || last.name == "setGlobalVariable");
        const auto path = pathOf(last.argument(1), names);
        if ((!isNew && !isOld) || !last.argument(0).is(Kind::String) || last.argument(0).text.empty() ||
            !path || *path == "text")
            return false;
        m_reading.captures.push_back({*path, last.argument(0).text, true});
        return true;
    }

    /// The function of pm.test("name", function () {…}).
    static const Expression* testBody(const Expression& expression)
    {
        const std::vector<ScriptLink> links = linksOf(expression);
        const bool isTest = links.size() == 2 && links[0].name == "pm" && links[1].name == "test" &&
                            links[1].count() == 2 && links[1].argument(1).is(Kind::Function);
        return isTest ? &links[1].argument(1) : nullptr;
    }

    /// `if (pm.response.code === 200) pm.environment.set(…)`: a capture finds nothing where the way leads
    /// nowhere.
    void condition(const Statement& statement, const ScriptNames& names)
    {
        const bool isAboutAnswer =
            pathOf(statement.expression, names) || comparisonOf(statement.expression, names);
        ScriptReading inner;
        ScriptNames inside = names;
        Reader(inner).read(statement.body, inside);
        if (!isAboutAnswer || statement.hasElse || !inner.left.empty() || !inner.assertions.empty())
            return leave(statement);
        for (collection::Capture& each : inner.captures)
            m_reading.captures.push_back(std::move(each));
        if (!inner.captures.empty())
            m_reading.notes.push_back(
                {statement.line, statement.source,
                 "the value is captured from every answer that has it, whatever the condition says"});
    }

    ScriptReading& m_reading;
};

} // namespace

ScriptReading readTestScript(std::string_view text)
{
    ScriptReading reading;
    ScriptNames names;
    Reader(reading).read(parseScript(text), names);
    return reading;
}

ScriptReading readRequestScript(std::string_view text)
{
    ScriptReading reading;
    for (const Statement& statement : parseScript(text)) {
        const bool isInertOne =
            (statement.kind == Statement::Kind::Expression && hasNoEffect(statement.expression)) ||
            (statement.kind == Statement::Kind::Declaration &&
             (!statement.hasValue || isInert(statement.expression)));
        if (!isInertOne)
            reading.left.push_back(
                {statement.line, statement.source,
                 "scripts are not run; a variable of the request or environment can hold a value"});
    }
    return reading;
}

} // namespace claimcheck::interop
