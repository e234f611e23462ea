// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/expression.h>

#include <cmath>
#include <map>
#include <vector>

#include <QtCore/qstringconverter.h>

#include <base/text.h>
#include <json/write.h>
#include <run/inherited.h>

namespace claimcheck::run {
namespace {

struct Step
{
    std::string name;
    std::optional<std::size_t> index;
    bool isOptional = false; ///< behind `?.`
};

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Reads `.name`, `?.name`, `[0]`, `['a b']` one after the other.
class StepReader
{
public:
    explicit StepReader(std::string_view rest) : m_rest(rest) {}

    bool atEnd() const { return m_rest.empty(); }

    std::optional<Step> next()
    {
        Step step;
        step.isOptional = take("?.");
        if (take("["))
            return bracket(std::move(step));
        if (!step.isOptional && !take("."))
            return std::nullopt;
        std::size_t size = 0;
        while (size < m_rest.size() && (isNameStart(m_rest[size]) || (size > 0 && isDigit(m_rest[size]))))
            ++size;
        step.name = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return size > 0 ? std::optional(step) : std::nullopt;
    }

private:
    bool take(std::string_view word)
    {
        const bool isThere = m_rest.starts_with(word);
        m_rest.remove_prefix(isThere ? word.size() : 0);
        return isThere;
    }

    std::optional<Step> bracket(Step step)
    {
        const std::size_t end = m_rest.find(']');
        if (end == std::string_view::npos || end == 0)
            return std::nullopt;
        const char first = m_rest.front();
        if (first == '"' || first == '\'')
            return quoted(std::move(step), first);
        const std::string_view digits = trimmed(m_rest.substr(0, end));
        if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != digits.npos)
            return std::nullopt;
        step.index = static_cast<std::size_t>(std::stoul(std::string(digits)));
        m_rest.remove_prefix(end + 1);
        return step;
    }

    std::optional<Step> quoted(Step step, char quote)
    {
        const std::size_t end = m_rest.find(quote, 1);
        if (end == std::string_view::npos || m_rest.substr(end + 1, 1) != "]")
            return std::nullopt;
        step.name = m_rest.substr(1, end - 1);
        m_rest.remove_prefix(end + 2);
        return step.name.find('\\') == std::string::npos ? std::optional(step) : std::nullopt;
    }

    std::string_view m_rest;
};

std::optional<Value> first(const Step& step, const Answer& answer)
{
    if (step.index)
        return std::nullopt;
    if (step.name == "status")
        return valueOf(static_cast<double>(answer.status));
    if (step.name == "statusText")
        return valueOf(answer.statusText);
    if (step.name == "responseTime")
        return valueOf(std::floor(answer.milliseconds));
    if (step.name == "url")
        return valueOf(answer.url);
    if (step.name == "headers" && answer.headers)
        return valueOf(answer.headers->root());
    if (step.name == "body")
        return answer.body ? valueOf(answer.body->root()) : valueOf(answer.bodyText);
    return std::nullopt;
}

/// One of the names that facts begin with.
std::optional<Value> fact(const Step& step, const Answer& answer)
{
    const auto found = answer.facts->root().find(step.name);
    return found && !step.isOptional ? std::optional(valueOf(*found)) : std::nullopt;
}

std::string nameOf(const Step& step)
{
    return step.index ? std::to_string(*step.index) : step.name;
}

Value element(const Value& value, std::size_t index)
{
    const std::vector<json::Value> items = value.json ? value.json->items() : std::vector<json::Value>();
    return index < items.size() ? valueOf(items[index]) : undefinedValue();
}

/// What the value holds itself; undefined where that is nothing.
Value memberOf(const Value& value, const Step& step)
{
    if (step.index && value.is(ValueKind::Array))
        return element(value, *step.index);
    const std::string name = nameOf(step);
    if (value.is(ValueKind::Object)) {
        const auto found = value.json ? value.json->find(name) : std::nullopt;
        return found ? valueOf(*found) : undefinedValue();
    }
    if (name == "length" && value.is(ValueKind::Array))
        return valueOf(static_cast<double>(value.json ? value.json->size() : 0));
    if (name == "length" && value.is(ValueKind::String))
        return valueOf(static_cast<double>(lengthOf(value.text)));
    if (step.index && value.is(ValueKind::String) && *step.index < value.text.size())
        return valueOf(value.text.substr(*step.index, 1));
    return undefinedValue();
}

std::string headersJson(const http::Headers& headers)
{
    std::map<std::string, std::vector<std::string>> values;
    for (const http::Header& header : headers)
        values[toLowerAscii(header.name)].push_back(header.value);
    json::Writer writer;
    writer.beginObject();
    for (const auto& [name, all] : values) {
        writer.member(name);
        if (name == "set-cookie") {
            writer.beginArray();
            for (const std::string& value : all)
                writer.value(value);
            writer.endArray();
            continue;
        }
        std::string joined = all.front();
        for (std::size_t i = 1; i < all.size(); ++i)
            joined += ", " + all[i];
        writer.value(joined);
    }
    writer.endObject();
    return writer.take();
}

/// The value of the parameter of that name (RFC 9110 §5.6.6), in small letters; empty: none.
std::string charsetOf(const http::Headers& headers)
{
    constexpr std::string_view name = "charset=";
    const std::string type = toLowerAscii(http::headerValue(headers, "Content-Type").value_or(""));
    const std::size_t at = type.find(name);
    if (at == std::string::npos)
        return {};
    const std::string_view rest = std::string_view(type).substr(at + name.size());
    const std::string_view value = trimmed(rest.substr(0, rest.find(';')));
    return withReplaced(std::string(value), "\"", "");
}

/// As the charset says. Many a server calls UTF-8 ISO-8859-1: what can be read as UTF-8 is.
std::string inUtf8(std::string body, const http::Headers& headers)
{
    const std::string charset = charsetOf(headers);
    if (charset.empty())
        return body;
    const auto encoding = QStringConverter::encodingForName(charset.c_str());
    if (!encoding || *encoding == QStringConverter::Utf8 ||
        (*encoding == QStringConverter::Latin1 && !firstInvalidUtf8(body)))
        return body;
    QStringDecoder decoder(*encoding);
    const QString text = decoder.decode(QByteArrayView(body.data(), static_cast<qsizetype>(body.size())));
    return decoder.hasError() ? body : toUtf8(text);
}

} // namespace

Answer answerOf(const http::Exchange& exchange)
{
    constexpr std::uint64_t mostBytes = 64u * 1024u * 1024u;
    Answer answer;
    const http::Response& response = *exchange.response;
    answer.status = response.status;
    answer.statusText = response.reason;
    answer.milliseconds = exchange.timings.total;
    answer.url = exchange.hops.empty() ? exchange.request.url : exchange.hops.back().url;
    answer.bodyText = inUtf8(response.body.read(mostBytes), response.headers);
    if (answer.bodyText.starts_with("\xef\xbb\xbf"))
        answer.bodyText.erase(0, 3);
    json::Limits limits;
    limits.depth = 1000;
    if (auto parsed = json::parse(answer.bodyText, limits))
        answer.body = *std::move(parsed);
    if (auto parsed = json::parse(headersJson(response.headers)))
        answer.headers = *std::move(parsed);
    return answer;
}

std::optional<Value> evaluate(std::string_view expression, const Answer& answer)
{
    const std::string_view text = trimmed(expression);
    const bool isOfAnswer = text.starts_with("res.") || text.starts_with("res[") || text.starts_with("res?");
    if (!isOfAnswer && !answer.facts)
        return std::nullopt;
    const std::string path = isOfAnswer ? std::string(text.substr(3)) : "." + std::string(text);
    StepReader reader(path);
    const std::optional<Step> start = reader.next();
    std::optional<Value> value = !start       ? std::nullopt
                                 : isOfAnswer ? first(*start, answer)
                                              : fact(*start, answer);
    bool isSkipped = false; // behind ?. of what is not there
    while (value && !reader.atEnd()) {
        const std::optional<Step> step = reader.next();
        if (!step)
            return std::nullopt;
        if (isSkipped || value->isException)
            continue;
        const bool isNothing = value->is(ValueKind::Undefined) || value->is(ValueKind::Null);
        if (isNothing && step->isOptional) {
            isSkipped = true;
            value = undefinedValue();
        } else if (isNothing) {
            value = exceptionValue("cannot read '" + nameOf(*step) + "' of " + toText(*value));
        } else {
            Value member = memberOf(*value, *step);
            // A function or a prototype: there for Bruno, and nothing that an answer can hold.
            if (isOfAnswer && member.is(ValueKind::Undefined) && isInherited(value->kind, nameOf(*step)))
                return std::nullopt;
            value = std::move(member);
        }
    }
    return value;
}

} // namespace claimcheck::run
