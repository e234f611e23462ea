// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// pm.expect(…), pm.response.to … and bare comparisons as assertions. Only what means the same is taken.

#include <algorithm>
#include <array>

#include <base/text.h>
#include <interop/import/scriptchecks.h>

namespace claimcheck::interop {
namespace {

using collection::Assertion;
using Expression = ScriptExpression;
using Kind = ScriptExpression::Kind;
using Assertions = std::optional<std::vector<Assertion>>;

Assertions one(std::string path, std::string operation, std::optional<std::string> value = std::nullopt)
{
    return std::vector<Assertion>{{std::move(path), std::move(operation), std::move(value), true}};
}

Assertions compared(const std::string& path, const char* operation, const Expression& operand)
{
    const auto value = operandText(operand);
    return value ? one(path, operation, value) : std::nullopt;
}

/// A word of chai with one constant behind it, and the operators for it and for its contrary.
struct Comparison
{
    std::string_view word;
    const char* operation;
    const char* contrary; ///< empty: none
};

constexpr std::array<Comparison, 20> comparisons{{{"eql", "eq", "neq"},
                                                  {"eqls", "eq", "neq"},
                                                  {"equal", "eq", "neq"},
                                                  {"equals", "eq", "neq"},
                                                  {"eq", "eq", "neq"},
                                                  {"above", "gt", "lte"},
                                                  {"gt", "gt", "lte"},
                                                  {"greaterThan", "gt", "lte"},
                                                  {"below", "lt", "gte"},
                                                  {"lt", "lt", "gte"},
                                                  {"lessThan", "lt", "gte"},
                                                  {"least", "gte", "lt"},
                                                  {"gte", "gte", "lt"},
                                                  {"most", "lte", "gt"},
                                                  {"lte", "lte", "gt"},
                                                  {"include", "contains", "notContains"},
                                                  {"includes", "contains", "notContains"},
                                                  {"contain", "contains", "notContains"},
                                                  {"contains", "contains", "notContains"},
                                                  {"lengthOf", "length", ""}}};

Assertions typeOf(const std::string& path, const std::string& type, bool isNot)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 6> types{{{"string", "isString"},
                                                                             {"number", "isNumber"},
                                                                             {"boolean", "isBoolean"},
                                                                             {"array", "isArray"},
                                                                             {"null", "isNull"},
                                                                             {"undefined", "isUndefined"}}};
    for (const auto& each : types)
        if (!isNot && type == each.first)
            return one(path, each.second);
    return std::nullopt;
}

Assertions propertyOf(const std::string& path, const ScriptLink& link, bool isNot)
{
    const Expression& name = link.argument(0);
    if (!name.is(Kind::String) || name.text.find_first_of("'\"\\]\n") != std::string::npos ||
        name.text.empty())
        return std::nullopt;
    const bool isPlain = std::all_of(name.text.begin(), name.text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    });
    const std::string inner = isPlain ? path + "." + name.text : path + "['" + name.text + "']";
    if (link.count() == 2)
        return isNot ? std::nullopt : compared(inner, "eq", link.argument(1));
    return one(inner, isNot ? "isUndefined" : "isDefined");
}

Assertions matched(const std::string& path, const Expression& pattern, bool isNot)
{
    if (!pattern.is(Kind::Regex) || !pattern.text.ends_with('/') ||
        pattern.text.find("{{") != std::string::npos)
        return std::nullopt;
    return one(path, isNot ? "notMatches" : "matches", pattern.text);
}

Assertions listed(const std::string& path, const Expression& list, bool isNot)
{
    std::string values;
    if (!list.is(Kind::List) || list.parts.empty())
        return std::nullopt;
    for (const Expression& each : list.parts) {
        const auto value = operandText(each);
        if (!value || value->find_first_of(",[]") != std::string::npos)
            return std::nullopt;
        values += (values.empty() ? "" : ", ") + *value;
    }
    return one(path, isNot ? "notIn" : "in", "[" + values + "]");
}

/// The words without arguments: .to.be.true
Assertions state(const std::string& path, std::string_view word, bool isNot)
{
    if (word == "true" || word == "false")
        return one(path, isNot ? "neq" : "eq", std::string(word));
    if (word == "null")
        return isNot ? one(path, "neq", "null") : one(path, "isNull");
    if (word == "undefined")
        return one(path, isNot ? "isDefined" : "isUndefined");
    if (word == "empty")
        return one(path, isNot ? "isNotEmpty" : "isEmpty");
    if (word == "exist" && !isNot)
        return std::vector<Assertion>{{path, "isDefined", std::nullopt, true}, {path, "neq", "null", true}};
    return std::nullopt;
}

Assertions demanded(const std::string& path, const ScriptLink& link, bool isNot)
{
    if (!link.call)
        return state(path, link.name, isNot);
    const std::string& word = link.name;
    if (word == "property" && (link.count() == 1 || link.count() == 2))
        return propertyOf(path, link, isNot);
    if (word == "within" && link.count() == 2 && !isNot) {
        const auto low = operandText(link.argument(0));
        const auto high = operandText(link.argument(1));
        return low && high ? one(path, "between", *low + ", " + *high) : std::nullopt;
    }
    if (link.count() != 1)
        return link.count() == 0 ? state(path, word, isNot) : std::nullopt;
    const Expression& argument = link.argument(0);
    if ((word == "a" || word == "an") && argument.is(Kind::String))
        return typeOf(path, toLowerAscii(argument.text), isNot);
    if (word == "match" || word == "matches")
        return matched(path, argument, isNot);
    if (word == "oneOf")
        return listed(path, argument, isNot);
    for (const Comparison& each : comparisons) {
        const bool isWord = word == each.word || (word == "length" && each.word == "lengthOf");
        const char* const operation = isNot ? each.contrary : each.operation;
        if (isWord && *operation != '\0')
            return compared(path, operation, argument);
    }
    return std::nullopt;
}

bool isFiller(const ScriptLink& link)
{
    constexpr std::array<std::string_view, 15> words{"to",    "be",  "been", "is",   "that",
                                                     "which", "and", "has",  "have", "with",
                                                     "at",    "of",  "same", "but",  "deep"};
    return !link.call && std::find(words.begin(), words.end(), link.name) != words.end();
}

/// What is behind the subject: fillers, `not`, and one demand.
struct Demand
{
    bool isNot = false;
    const ScriptLink* link = nullptr;
};

/// The demands from a link on; none where one of them has nothing to say.
std::vector<Demand> demandsIn(const std::vector<ScriptLink>& links, std::size_t from)
{
    std::vector<Demand> demands;
    Demand next;
    for (std::size_t i = from; i < links.size(); ++i) {
        const bool isNegation = !links[i].call && links[i].name == "not";
        if (isNegation) {
            next.isNot = !next.isNot;
        } else if (!isFiller(links[i])) {
            next.link = &links[i];
            demands.push_back(next);
            next.link = nullptr; // a negation holds for the rest of the chain
        }
    }
    return demands;
}

Assertions statusDemand(const ScriptLink& link, bool isNot)
{
    const Expression& argument = link.argument(0);
    const bool isNumber = argument.is(Kind::Number);
    if (!isNumber && !argument.is(Kind::String))
        return std::nullopt;
    return compared(isNumber ? "res.status" : "res.statusText", isNot ? "neq" : "eq", argument);
}

Assertions headerDemand(const ScriptLink& link, bool isNot)
{
    const Expression& name = link.argument(0);
    const std::string lower = toLowerAscii(trimmed(name.text));
    if (!name.is(Kind::String) || lower.empty() || lower.find_first_of("'\"\\]") != std::string::npos)
        return std::nullopt;
    const std::string path = "res.headers['" + lower + "']";
    if (link.count() == 2)
        return isNot ? std::nullopt : compared(path, "eq", link.argument(1));
    return one(path, isNot ? "isUndefined" : "isDefined");
}

/// A way like "data.items[0].id" into the body.
Assertions bodyDemand(const ScriptLink& link, bool isNot)
{
    const Expression& way = link.argument(0);
    const bool isPlain = way.is(Kind::String) && !way.text.empty() &&
                         std::all_of(way.text.begin(), way.text.end(), [](char c) {
                             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
                         });
    if (!isPlain)
        return std::nullopt;
    const std::string path = "res.body." + way.text;
    if (link.count() == 2)
        return isNot ? std::nullopt : compared(path, "eq", link.argument(1));
    return one(path, isNot ? "isUndefined" : "isDefined");
}

/// The words for ranges and single codes: pm.response.to.be.success.
Assertions codeDemand(std::string_view word, bool isNot)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 5> ranges{{{"info", "100, 199"},
                                                                              {"success", "200, 299"},
                                                                              {"redirection", "300, 399"},
                                                                              {"clientError", "400, 499"},
                                                                              {"serverError", "500, 599"}}};
    constexpr std::array<std::pair<std::string_view, const char*>, 7> codes{{{"ok", "200"},
                                                                             {"accepted", "202"},
                                                                             {"badRequest", "400"},
                                                                             {"unauthorized", "401"},
                                                                             {"forbidden", "403"},
                                                                             {"notFound", "404"},
                                                                             {"rateLimited", "429"}}};
    for (const auto& each : ranges)
        if (word == each.first && !isNot)
            return one("res.status", "between", each.second);
    for (const auto& each : codes)
        if (word == each.first)
            return one("res.status", isNot ? "neq" : "eq", each.second);
    if (word == "error" && !isNot)
        return one("res.status", "between", "400, 599");
    if (word == "json" && !isNot)
        return one("res.headers['content-type']", "contains", "json");
    return std::nullopt;
}

Assertions responseDemand(const std::vector<ScriptLink>& links)
{
    const std::vector<Demand> demands = demandsIn(links, 2);
    if (demands.size() != 1)
        return std::nullopt;
    const Demand* const demand = &demands.front();
    const ScriptLink& link = *demand->link;
    if (!link.call)
        return codeDemand(link.name, demand->isNot);
    if (link.name == "status" && link.count() == 1)
        return statusDemand(link, demand->isNot);
    if (link.name == "header" && (link.count() == 1 || link.count() == 2))
        return headerDemand(link, demand->isNot);
    if (link.name == "jsonBody" && (link.count() == 1 || link.count() == 2))
        return bodyDemand(link, demand->isNot);
    return std::nullopt;
}

bool demandsTrue(const Demand& demand)
{
    const ScriptLink& link = *demand.link;
    const bool isArgument =
        link.count() == 1 && link.argument(0).is(Kind::Name) && link.argument(0).text == "true";
    return !demand.isNot && ((link.name == "true" && !link.call) || isArgument);
}

/// One demand after the other; `property("a")` makes what follows speak of that property.
Assertions allOf(std::string path, const std::vector<Demand>& demands)
{
    std::vector<Assertion> all;
    for (const Demand& demand : demands) {
        const Assertions some = demanded(path, *demand.link, demand.isNot);
        if (!some)
            return std::nullopt;
        all.insert(all.end(), some->begin(), some->end());
        if (demand.link->name == "property" && demand.link->call)
            path = some->front().expression;
    }
    return all;
}

} // namespace

Assertions assertionsOf(const Expression& expression, const ScriptNames& names)
{
    const std::vector<ScriptLink> links = linksOf(expression);
    if (links.size() < 3 || links[0].name != "pm" || links[0].call)
        return std::nullopt;
    if (links[1].name == "response" && !links[1].call && links[2].name == "to")
        return responseDemand(links);
    if (links[1].name != "expect" || links[1].count() < 1)
        return std::nullopt;
    const std::vector<Demand> demands = demandsIn(links, 2);
    const Expression& subject = links[1].argument(0);
    if (subject.is(Kind::Binary) && demands.size() == 1 && demandsTrue(demands.front()))
        return comparisonOf(subject, names);
    const auto path = pathOf(subject, names);
    return path && *path != "text" && !demands.empty() ? allOf(*path, demands) : std::nullopt;
}

/// `"name" in object`
static Assertions membership(const Expression& expression, const ScriptNames& names, bool isNot)
{
    const Expression& name = expression.parts[0];
    const auto path = pathOf(expression.parts[1], names);
    if (!path || *path == "text" || !name.is(Kind::String) || name.text.empty() ||
        name.text.find_first_of("'\"\\]\n") != std::string::npos)
        return std::nullopt;
    return one(*path + "['" + name.text + "']", isNot ? "isUndefined" : "isDefined");
}

Assertions comparisonOf(const Expression& expression, const ScriptNames& names)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 8> operators{{{"===", "eq"},
                                                                                 {"==", "eq"},
                                                                                 {"!==", "neq"},
                                                                                 {"!=", "neq"},
                                                                                 {">", "gt"},
                                                                                 {">=", "gte"},
                                                                                 {"<", "lt"},
                                                                                 {"<=", "lte"}}};
    if (expression.is(Kind::Unary) && expression.text == "!" && expression.parts[0].is(Kind::Binary) &&
        expression.parts[0].text == "in")
        return membership(expression.parts[0], names, true);
    if (!expression.is(Kind::Binary) || expression.parts.size() != 2)
        return std::nullopt;
    if (expression.text == "in")
        return membership(expression, names, false);
    if (expression.text == "&&") {
        Assertions left = comparisonOf(expression.parts[0], names);
        const Assertions right = comparisonOf(expression.parts[1], names);
        if (!left || !right)
            return std::nullopt;
        left->insert(left->end(), right->begin(), right->end());
        return left;
    }
    const auto path = pathOf(expression.parts[0], names);
    if (!path || *path == "text")
        return std::nullopt;
    const bool isUndefined = expression.parts[1].is(Kind::Name) && expression.parts[1].text == "undefined";
    for (const auto& each : operators)
        if (expression.text == each.first)
            return isUndefined && each.first == "!=="   ? one(*path, "isDefined")
                   : isUndefined && each.first == "===" ? one(*path, "isUndefined")
                   : isUndefined                        ? std::nullopt
                                                        : compared(*path, each.second, expression.parts[1]);
    return std::nullopt;
}

} // namespace claimcheck::interop
