// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/ownchecks.h>

#include <algorithm>
#include <iterator>

#include <base/text.h>
#include <store/checks.h>
#include <store/collectionread.h>
#include <store/files.h>

namespace claimcheck::run {
namespace {

/// "14d" and "2h, 3h" in seconds; what is no duration stays as it is.
std::string inSeconds(const std::string& text)
{
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        const std::string_view part = std::string_view(text).substr(at, comma - at);
        const std::optional<Seconds> duration = parseDuration(part);
        out += (at > 0 ? "," : "") + (duration ? std::to_string(duration->count()) : std::string(part));
        at = comma + 1;
    }
    return out;
}

/// Of the expected value after inSeconds(); seconds are numbers, and may be fewer than none.
bool isInSeconds(const std::string& text)
{
    const std::optional<Value> operand = operandOf(text);
    return operand && operand->is(ValueKind::Number);
}

/// Whether the operator, behind which its value may stand in the same text, holds for numbers alone where the
/// left side is one.
bool comparesDurations(std::string_view operation)
{
    constexpr std::string_view comparing[] = {"eq", "in", "gt", "gte", "lt", "lte", "between"};
    const std::string_view word = operation.substr(0, operation.find(' '));
    return std::find(std::begin(comparing), std::end(comparing), word) != std::end(comparing);
}

Check judgeDuration(const collection::Assertion& assertion, const Answer& answer, const Resolve& resolve)
{
    bool areDurations = true;
    Check check = judge(assertion, answer, [&](const std::string& text) {
        Result<std::string> value = resolve(text);
        if (value)
            value = inSeconds(*value);
        areDurations = areDurations && value && isInSeconds(*value);
        return value;
    });
    const bool isCompared = check.outcome == Outcome::Failed && !check.actual.empty();
    if (isCompared && !areDurations && comparesDurations(trimmed(assertion.operation)))
        check.why =
            "the expected value is no duration (write 90s, 5min, 2h 30min or 14d, in whole numbers, or "
            "seconds, as -60); it is " +
            check.actual;
    return check;
}

constexpr std::size_t shownProblems = 5;

/// No colon behind the place: what stands behind one that ends in the name of a secret, `/access_token: it`,
/// would be cut out as its value.
std::string listed(const std::vector<schema::Problem>& problems)
{
    std::string text;
    for (std::size_t i = 0; i < problems.size() && i < shownProblems; ++i)
        text += (i == 0 ? "" : "; ") +
                ("at " + (problems[i].pointer.empty() ? "the top" : visible(problems[i].pointer))) + " " +
                problems[i].message;
    if (problems.size() > shownProblems)
        text += "; and " + std::to_string(problems.size() - shownProblems) + " more";
    return text;
}

/// The first name of ".verdict", "?.claims.sub" or "['header'].alg"; empty: there is none.
std::string_view firstName(std::string_view path)
{
    const std::size_t start = path.find_first_not_of(".?['\"");
    if (start == std::string_view::npos)
        return {};
    return path.substr(start, path.find_first_of(".?[]'\"", start) - start);
}

/// Why an assertion of ours is not judged. Bruno's operators would let it hold: a name that does not exist
/// is not "expired", and no exception is "admin".
std::optional<std::string> whyNotJudged(const collection::Assertion& assertion, std::string_view root,
                                        const Answer& answer)
{
    const std::string_view operation = trimmed(assertion.operation);
    if (!assertion.value && needsValue(operation))
        return "the operator " + std::string(operation) + " needs a value";
    const std::vector<std::string_view> names = factNames(root);
    const std::optional<Value> value = names.empty() ? std::nullopt : evaluate(assertion.expression, answer);
    if (!value)
        return std::nullopt;
    if (value->isException)
        return value->text;
    const std::string_view name = firstName(trimmed(assertion.expression).substr(root.size()));
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end())
        return std::nullopt;
    std::string why = "there is no " + std::string(root) + "." + visible(name) + ", only";
    for (const std::string_view known : names)
        why += (known == names.front() ? " " : ", ") + std::string(known);
    return why;
}

Check withoutResult(const collection::Assertion& assertion, Outcome outcome, std::string why)
{
    Check check{assertion.expression + " " + assertion.operation, outcome, {}, std::move(why)};
    if (assertion.value)
        check.name += " " + *assertion.value;
    return check;
}

} // namespace

Check judgeOwn(const collection::Assertion& assertion, const Answer& answer, const Facts& facts,
               const Resolve& resolve)
{
    const std::string_view expression = trimmed(assertion.expression);
    const std::string_view root = expression.substr(0, expression.find_first_of(".[?"));
    if (const auto missing = facts.missing.find(root); missing != facts.missing.end())
        return withoutResult(assertion, Outcome::Failed, missing->second);
    if (const auto why = whyNotJudged(assertion, root, answer))
        return withoutResult(assertion, Outcome::NotEvaluated, "not evaluated: " + *why);
    if (!expression.ends_with(".expiresIn"))
        return judge(assertion, answer, resolve);
    return judgeDuration(assertion, answer, resolve);
}

Check judgeSchema(const std::string& name, const Result<schema::Schema>& schema, const Answer& answer)
{
    Check check{name, Outcome::Failed, {}, {}};
    if (!schema) {
        check.outcome = Outcome::NotEvaluated;
        check.why = "not evaluated: " + describe(schema.error());
        return check;
    }
    if (!answer.body) {
        check.why = answer.bodyText.empty() ? "the body is empty" : "the body is no JSON";
        return check;
    }
    const auto problems = schema->validate(answer.body->root());
    if (!problems) {
        check.outcome = Outcome::NotEvaluated;
        check.why = "not evaluated: " + describe(problems.error());
    } else if (problems->empty()) {
        check.outcome = Outcome::Passed;
    } else {
        check.why = listed(*problems);
    }
    return check;
}

Result<schema::Schema> readSchema(const collection::SchemaCheck& check, const std::string& directory)
{
    constexpr std::size_t largest = 4u * 1024u * 1024u;
    std::string text = check.text;
    if (!check.file.empty()) {
        const auto path = store::pathInside(directory, check.file);
        auto read = path ? store::readFile(path->string(), largest) : tl::unexpected(path.error());
        if (!read)
            return tl::unexpected(read.error());
        text = *std::move(read);
    }
    auto document = json::parse(std::move(text));
    auto schema = document ? schema::read(*std::move(document)) : tl::unexpected(document.error());
    if (schema)
        return schema;
    Error error = schema.error();
    if (check.file.empty())
        error.where = check.where; // a place in the JSON that the YAML became would mislead
    else if (error.where)
        error.where->in = check.file;
    if (!document)
        error.what = "the JSON Schema cannot be read";
    return tl::unexpected(std::move(error));
}

} // namespace claimcheck::run
