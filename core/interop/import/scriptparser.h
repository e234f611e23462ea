// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads scripts by recursive descent; private to script.cpp and scriptexpression.cpp.

#pragma once

#include <algorithm>

#include <interop/import/script.h>

namespace claimcheck::interop {

class ScriptParser
{
public:
    explicit ScriptParser(std::string_view text) : m_text(text), m_tokens(scriptTokens(text)) {}

    std::vector<ScriptStatement> all();

private:
    using Expression = ScriptExpression;
    using Statement = ScriptStatement;

    static constexpr int deepest = 50;

    const ScriptToken& now() const { return m_tokens[m_at]; }
    const ScriptToken& ahead(std::size_t count) const
    {
        return m_tokens[std::min(m_at + count, m_tokens.size() - 1)];
    }
    void advance()
    {
        if (m_at + 1 < m_tokens.size())
            ++m_at;
    }
    bool take(std::string_view sign)
    {
        const bool isThere = now().is(sign);
        if (isThere)
            advance();
        return isThere;
    }
    bool need(std::string_view sign)
    {
        const bool isThere = take(sign);
        m_failed = m_failed || !isThere;
        return isThere;
    }
    /// Statements to the end of the block, which stays where it is.
    void list(std::vector<Statement>& out);
    std::vector<Statement> block();
    Statement begun(Statement::Kind kind, std::size_t start) const;
    void statement(std::vector<Statement>& out);
    bool isForeignWord() const;
    void declaration(std::vector<Statement>& out, std::size_t start);
    /// {token, id: number}; ends on the closing bracket.
    void takenOut(Statement& one);
    void condition(std::vector<Statement>& out, std::size_t start);
    void attempt(std::vector<Statement>& out, std::size_t start);
    void expressionStatement(std::vector<Statement>& out, std::size_t start);
    void endStatement();
    /// To the end of a statement that is not understood, however it ends.
    void skipStatement();
    bool mayEndBefore() const;
    Expression expression();
    Expression binary(int lowest);
    Expression unary();
    Expression postfix();
    Expression member(Expression object, bool isOptional);
    Expression index(Expression object, bool isOptional);
    Expression call(Expression callee);
    /// Behind the opening bracket, which is skipped here.
    void items(std::string_view closing, Expression& out);
    Expression primary();
    Expression word(const ScriptToken& token);
    void skipBrackets();
    bool isArrow() const;
    Expression arrow();
    Expression function();

    std::string_view m_text;
    std::vector<ScriptToken> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
    std::size_t m_unclosedAt = 0; ///< where a statement began that has a bracket without its other half
};

/// Binary operators, the higher the closer they bind; 0 for anything else.
int bindingOf(const ScriptToken& token);
bool isOpening(const ScriptToken& token);
bool isClosing(const ScriptToken& token);

} // namespace claimcheck::interop
