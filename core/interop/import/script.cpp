// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Statements; what is not understood is skipped as one.

#include <interop/import/script.h>

#include <base/text.h>
#include <interop/import/scriptparser.h>

namespace claimcheck::interop {

std::vector<ScriptStatement> ScriptParser::all()
{
    std::vector<Statement> statements;
    while (now().kind != ScriptTokenKind::End) {
        const std::size_t start = m_at;
        list(statements);
        if (m_at == start || now().is("}")) // a bracket without its other half
            advance();
    }
    return statements;
}

void ScriptParser::list(std::vector<Statement>& out)
{
    while (now().kind != ScriptTokenKind::End && !now().is("}")) {
        if (take(";"))
            continue;
        const std::size_t start = m_at;
        const std::size_t count = out.size();
        m_failed = m_depth > deepest;
        ++m_depth;
        statement(out);
        --m_depth;
        if (m_failed || m_at == start) {
            out.resize(count);
            m_at = start;
            m_failed = false;
            skipStatement();
            out.push_back(begun(Statement::Kind::Unknown, start));
        }
    }
}

std::vector<ScriptStatement> ScriptParser::block()
{
    std::vector<Statement> statements;
    if (!take("{")) {
        ++m_depth;
        statement(statements);
        --m_depth;
        return statements;
    }
    const bool hadFailed = m_failed;
    list(statements);
    m_failed = hadFailed;
    need("}");
    return statements;
}

ScriptStatement ScriptParser::begun(Statement::Kind kind, std::size_t start) const
{
    constexpr std::size_t longest = 80;
    const ScriptToken& first = m_tokens[start];
    const std::size_t end = m_at > start ? m_tokens[m_at - 1].end : first.end;
    std::string_view source = trimmed(m_text.substr(first.begin, end - first.begin));
    Statement statement;
    statement.kind = kind;
    statement.line = first.line;
    const std::string_view line = source.substr(0, std::min(source.find('\n'), longest));
    statement.source = std::string(trimmed(line)) + (line.size() < source.size() ? " …" : "");
    return statement;
}

void ScriptParser::statement(std::vector<Statement>& out)
{
    const std::size_t start = m_at;
    if (m_depth > deepest)
        m_failed = true;
    else if (now().is("{"))
        for (Statement& inner : block())
            out.push_back(std::move(inner));
    else if (now().isName("var") || now().isName("let") || now().isName("const"))
        declaration(out, start);
    else if (now().isName("if"))
        condition(out, start);
    else if (now().isName("try"))
        attempt(out, start);
    else if (isForeignWord())
        m_failed = true;
    else
        expressionStatement(out, start);
}

bool ScriptParser::isForeignWord() const
{
    constexpr std::array<std::string_view, 14> words{"for",   "while", "do",     "switch", "return",
                                                     "throw", "class", "import", "export", "function",
                                                     "async", "break", "else",   "case"};
    return now().kind == ScriptTokenKind::Name &&
           std::find(words.begin(), words.end(), now().text) != words.end();
}

void ScriptParser::declaration(std::vector<Statement>& out, std::size_t start)
{
    advance();
    do {
        Statement one = begun(Statement::Kind::Declaration, start);
        if (now().is("{"))
            takenOut(one);
        else if (now().kind == ScriptTokenKind::Name)
            one.names.push_back({now().text, {}});
        else
            m_failed = true;
        advance();
        one.hasValue = take("=");
        if (one.hasValue)
            one.expression = expression();
        Statement whole = begun(Statement::Kind::Declaration, start);
        one.source = whole.source;
        out.push_back(std::move(one));
    } while (!m_failed && take(","));
    endStatement();
}

void ScriptParser::takenOut(Statement& one)
{
    advance();
    while (now().kind == ScriptTokenKind::Name) {
        const std::string member = now().text;
        advance();
        std::string name = member;
        if (take(":")) {
            name = now().text;
            m_failed = m_failed || now().kind != ScriptTokenKind::Name;
            advance();
        }
        one.names.push_back({name, member});
        if (!take(","))
            break;
    }
    m_failed = m_failed || !now().is("}");
}

void ScriptParser::condition(std::vector<Statement>& out, std::size_t start)
{
    advance();
    Statement one;
    need("(");
    one.expression = expression();
    need(")");
    one.body = m_failed ? std::vector<Statement>() : block();
    if (now().isName("else")) {
        advance();
        one.hasElse = true;
        block();
    }
    const Statement whole = begun(Statement::Kind::If, start);
    one.kind = whole.kind;
    one.line = whole.line;
    one.source = whole.source;
    out.push_back(std::move(one));
}

void ScriptParser::attempt(std::vector<Statement>& out, std::size_t start)
{
    advance();
    std::vector<Statement> body = block();
    bool isCaught = false;
    if (now().isName("catch")) {
        advance();
        isCaught = true;
        if (take("(")) {
            advance();
            need(")");
        }
        block();
    }
    if (now().isName("finally") || !isCaught)
        m_failed = true;
    Statement one = begun(Statement::Kind::Try, start);
    one.body = std::move(body);
    out.push_back(std::move(one));
}

void ScriptParser::expressionStatement(std::vector<Statement>& out, std::size_t start)
{
    Expression value = expression();
    endStatement();
    Statement one = begun(Statement::Kind::Expression, start);
    one.expression = std::move(value);
    out.push_back(std::move(one));
}

void ScriptParser::endStatement()
{
    const bool isEnd = take(";") || now().is("}") || now().kind == ScriptTokenKind::End || now().startsLine;
    m_failed = m_failed || !isEnd;
}

void ScriptParser::skipStatement()
{
    int depth = 0;
    const std::size_t start = m_at;
    if (start < m_unclosedAt) { // around a bracket that is never closed: it goes to the end as well
        m_at = m_tokens.size() - 1;
        return;
    }
    while (now().kind != ScriptTokenKind::End) {
        if (depth == 0 && (now().is("}") || (m_at > start && now().startsLine && mayEndBefore())))
            return;
        depth += isOpening(now()) ? 1 : 0;
        depth -= isClosing(now()) ? 1 : 0;
        const bool isEnd = depth <= 0 && now().is(";");
        advance();
        if (isEnd || depth < 0)
            return;
    }
    if (depth > 0)
        m_unclosedAt = start;
}

bool ScriptParser::mayEndBefore() const
{
    const ScriptToken& last = m_tokens[m_at - 1];
    const bool goesOn = now().is(".") || now().is("?.") || now().is("{") || now().isName("else") ||
                        now().isName("catch") || now().isName("finally") || bindingOf(now()) > 0;
    const bool isOpen = last.is(",") || last.is("=") || last.is("=>") || last.is(".") || bindingOf(last) > 0;
    return !goesOn && !isOpen;
}

std::vector<ScriptStatement> parseScript(std::string_view text)
{
    constexpr std::size_t mostBytes = 1024u * 1024u;
    return ScriptParser(text.substr(0, mostBytes)).all();
}

} // namespace claimcheck::interop
