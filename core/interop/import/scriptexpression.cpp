// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Expressions.

#include <array>

#include <interop/import/scriptparser.h>

namespace claimcheck::interop {

int bindingOf(const ScriptToken& token)
{
    constexpr std::array<std::pair<std::string_view, int>, 16> table{{{"||", 1},
                                                                      {"??", 1},
                                                                      {"&&", 2},
                                                                      {"===", 3},
                                                                      {"!==", 3},
                                                                      {"==", 3},
                                                                      {"!=", 3},
                                                                      {"<", 4},
                                                                      {">", 4},
                                                                      {"<=", 4},
                                                                      {">=", 4},
                                                                      {"+", 5},
                                                                      {"-", 5},
                                                                      {"*", 6},
                                                                      {"/", 6},
                                                                      {"%", 6}}};
    if (token.kind != ScriptTokenKind::Sign)
        return token.isName("in") ? 4 : 0;
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&token](const auto& each) { return each.first == token.text; });
    return found == table.end() ? 0 : found->second;
}

bool isOpening(const ScriptToken& token)
{
    return token.is("(") || token.is("[") || token.is("{");
}

bool isClosing(const ScriptToken& token)
{
    return token.is(")") || token.is("]") || token.is("}");
}

ScriptExpression ScriptParser::expression()
{
    if (++m_depth > deepest)
        m_failed = true;
    Expression value = m_failed ? Expression() : binary(1);
    if (take("=")) {
        Expression assigned{Expression::Kind::Binary, "=", false, {}, {}};
        assigned.parts.push_back(std::move(value));
        assigned.parts.push_back(expression());
        value = std::move(assigned);
    } else if (take("?")) {
        expression();
        need(":");
        expression();
        value = Expression();
    }
    --m_depth;
    return value;
}

ScriptExpression ScriptParser::binary(int lowest)
{
    Expression left = unary();
    while (!m_failed && bindingOf(now()) >= lowest) {
        const ScriptToken sign = now();
        advance();
        Expression both{Expression::Kind::Binary, sign.text, false, {}, {}};
        both.parts.push_back(std::move(left));
        both.parts.push_back(binary(bindingOf(sign) + 1));
        left = std::move(both);
    }
    return left;
}

ScriptExpression ScriptParser::unary()
{
    constexpr std::array<std::string_view, 5> words{"typeof", "void", "await", "delete", "new"};
    const bool isWord = now().kind == ScriptTokenKind::Name &&
                        std::find(words.begin(), words.end(), now().text) != words.end();
    if (!isWord && !now().is("!") && !now().is("-") && !now().is("+"))
        return postfix();
    if (++m_depth > deepest) {
        m_failed = true;
        --m_depth;
        return {};
    }
    Expression value{Expression::Kind::Unary, now().text, false, {}, {}};
    advance();
    value.parts.push_back(unary());
    --m_depth;
    return value;
}

ScriptExpression ScriptParser::postfix()
{
    Expression value = primary();
    for (int links = 0; !m_failed; ++links) {
        const bool isOptional = now().is("?.");
        if (links > 200)
            m_failed = true;
        else if (now().is("++") || now().is("--"))
            m_failed = true;
        else if (now().is("(") || (isOptional && ahead(1).is("(")))
            value = call(std::move(value));
        else if (now().is("[") || (isOptional && ahead(1).is("[")))
            value = index(std::move(value), isOptional);
        else if (now().is(".") || isOptional)
            value = member(std::move(value), isOptional);
        else
            break;
    }
    return value;
}

ScriptExpression ScriptParser::member(Expression object, bool isOptional)
{
    advance();
    m_failed = m_failed || now().kind != ScriptTokenKind::Name;
    Expression value{Expression::Kind::Member, now().text, isOptional, {}, {}};
    advance();
    value.parts.push_back(std::move(object));
    return value;
}

ScriptExpression ScriptParser::index(Expression object, bool isOptional)
{
    if (isOptional)
        advance();
    advance();
    Expression value{Expression::Kind::Index, {}, isOptional, {}, {}};
    value.parts.push_back(std::move(object));
    value.parts.push_back(expression());
    need("]");
    return value;
}

ScriptExpression ScriptParser::call(Expression callee)
{
    take("?.");
    Expression value{Expression::Kind::Call, {}, false, {}, {}};
    value.parts.push_back(std::move(callee));
    items(")", value);
    return value;
}

void ScriptParser::items(std::string_view closing, Expression& out)
{
    advance();
    while (!m_failed && !take(closing)) {
        out.parts.push_back(expression());
        if (!now().is(closing))
            need(",");
    }
}

ScriptExpression ScriptParser::primary()
{
    if (isArrow())
        return arrow();
    const ScriptToken token = now();
    if (token.isName("function"))
        return function();
    if (token.is("{")) {
        skipBrackets();
        return {Expression::Kind::Object, {}, false, {}, {}};
    }
    if (token.is("[")) {
        Expression list{Expression::Kind::List, {}, false, {}, {}};
        items("]", list);
        return list;
    }
    if (take("(")) {
        Expression inner = expression();
        need(")");
        return inner;
    }
    return word(token);
}

ScriptExpression ScriptParser::word(const ScriptToken& token)
{
    constexpr std::array<std::pair<ScriptTokenKind, Expression::Kind>, 5> kinds{
        {{ScriptTokenKind::Name, Expression::Kind::Name},
         {ScriptTokenKind::Number, Expression::Kind::Number},
         {ScriptTokenKind::String, Expression::Kind::String},
         {ScriptTokenKind::Regex, Expression::Kind::Regex},
         {ScriptTokenKind::Other, Expression::Kind::Other}}};
    for (const auto& each : kinds)
        if (each.first == token.kind) {
            advance();
            return {each.second, token.text, false, {}, {}};
        }
    m_failed = true;
    return {};
}

void ScriptParser::skipBrackets()
{
    int depth = 0;
    do {
        depth += isOpening(now()) ? 1 : 0;
        depth -= isClosing(now()) ? 1 : 0;
        if (now().kind == ScriptTokenKind::End) {
            m_failed = true;
            return;
        }
        advance();
    } while (depth > 0);
}

bool ScriptParser::isArrow() const
{
    if (now().kind == ScriptTokenKind::Name)
        return ahead(1).is("=>");
    if (!now().is("("))
        return false;
    // Parameters are few: a far bracket belongs to something else.
    constexpr std::size_t farthest = 200;
    int depth = 0;
    for (std::size_t i = 0; i < farthest; ++i) {
        depth += isOpening(ahead(i)) ? 1 : 0;
        depth -= isClosing(ahead(i)) ? 1 : 0;
        if (depth == 0)
            return ahead(i + 1).is("=>");
    }
    return false;
}

ScriptExpression ScriptParser::arrow()
{
    Expression value{Expression::Kind::Function, {}, false, {}, {}};
    if (now().is("("))
        skipBrackets();
    else
        advance();
    need("=>");
    if (now().is("{")) {
        value.body = block();
        return value;
    }
    const std::size_t start = m_at;
    Expression result = expression();
    Statement one = begun(Statement::Kind::Expression, start);
    one.expression = std::move(result);
    value.body.push_back(std::move(one));
    return value;
}

ScriptExpression ScriptParser::function()
{
    Expression value{Expression::Kind::Function, {}, false, {}, {}};
    advance();
    if (now().kind == ScriptTokenKind::Name)
        advance();
    if (!now().is("("))
        m_failed = true;
    else
        skipBrackets();
    m_failed = m_failed || !now().is("{");
    if (!m_failed)
        value.body = block();
    return value;
}

} // namespace claimcheck::interop
