// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JavaScript as far as test scripts of collections use it, as a tree. Nothing is run: what is not understood
// is one statement of the kind Unknown, and reading goes on behind it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace claimcheck::interop {

enum class ScriptTokenKind
{
    Name,
    Number,
    String,
    Regex,
    Sign,  ///< an operator or bracket
    Other, ///< a template with ${…}, a stray character
    End
};

struct ScriptToken
{
    ScriptTokenKind kind = ScriptTokenKind::End;
    std::string text; ///< of a string its value, of a regular expression all of it
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t line = 1;
    bool startsLine = false; ///< a line end stands before it

    bool is(std::string_view sign) const { return kind == ScriptTokenKind::Sign && text == sign; }
    bool isName(std::string_view name) const { return kind == ScriptTokenKind::Name && text == name; }
};

/// Comments are gone; ended by a token of the kind End.
std::vector<ScriptToken> scriptTokens(std::string_view text);

struct ScriptStatement;

struct ScriptExpression
{
    enum class Kind
    {
        Name,
        Number,
        String,
        Regex,
        Member,   ///< parts: object; text: name
        Index,    ///< parts: object, index
        Call,     ///< parts: callee, arguments …
        Function, ///< body
        List,     ///< parts: items
        Unary,    ///< text: operator; parts: operand
        Binary,   ///< text: operator; parts: two
        Object,   ///< {…}, not looked into
        Other
    };
    Kind kind = Kind::Other;
    std::string text;
    bool isOptional = false; ///< of Member and Index: behind ?.
    std::vector<ScriptExpression> parts;
    std::vector<ScriptStatement> body;

    bool is(Kind wanted) const { return kind == wanted; }
};

struct ScriptStatement
{
    enum class Kind
    {
        Expression,
        Declaration, ///< one name (or several out of one object) and its value
        If,          ///< expression, body; hasElse
        Try,         ///< body
        Unknown
    };
    struct Name
    {
        std::string name;
        std::string member; ///< of the value, where it was taken out of an object
    };
    Kind kind = Kind::Unknown;
    std::size_t line = 0;
    std::string source; ///< its text, cut short
    ScriptExpression expression;
    std::vector<Name> names;
    std::vector<ScriptStatement> body;
    bool hasElse = false;
    bool hasValue = false; ///< of a declaration
};

/// At most 1 MiB is read, nested at most 50 levels; the rest is Unknown.
std::vector<ScriptStatement> parseScript(std::string_view text);

} // namespace claimcheck::interop
