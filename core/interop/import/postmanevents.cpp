// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's scripts: what they set and test becomes captures and assertions. What is left over is kept beside
// the request as comments, which harm nobody and which a run reports as "script not run".

#include <interop/import/postmanvalues.h>

#include <base/text.h>
#include <interop/import/scriptchecks.h>
#include <store/secretlike.h>

namespace claimcheck::interop {
namespace {

/// `password = "x"`, `{password: "x"}` and `set("password", "x")`: the second text is a secret.
bool isSecretText(const std::vector<ScriptToken>& tokens, std::size_t index)
{
    const auto isText = [](const ScriptToken& token) { return token.kind == ScriptTokenKind::String; };
    if (index < 2 || !isText(tokens[index]) || !store::isSecretName(tokens[index - 2].text))
        return false;
    const ScriptToken& sign = tokens[index - 1];
    return sign.is("=") || sign.is(":") || (sign.is(",") && isText(tokens[index - 2]));
}

/// Scripts are kept and named in messages: without the secrets that somebody wrote into them.
std::string cleaned(std::string code)
{
    const std::vector<ScriptToken> tokens = scriptTokens(code);
    for (std::size_t i = tokens.size(); i-- > 0;)
        if (isSecretText(tokens, i))
            code.replace(tokens[i].begin + 1, tokens[i].end - tokens[i].begin - 2, store::redactedMark);
    store::redact(code);
    return code;
}

std::string asComment(std::string_view code, const std::string& kind)
{
    std::string text = "// Postman's " + kind +
                       " script. It is not run: what means the same here stands in the\n"
                       "// checks and captures. Delete it when nothing of it is missed.\n";
    while (!code.empty()) {
        const std::size_t end = std::min(code.find('\n'), code.size());
        std::string_view line = code.substr(0, end);
        while (line.ends_with('\r'))
            line.remove_suffix(1);
        text += line.empty() ? "//\n" : "// " + std::string(line) + "\n";
        code.remove_prefix(std::min(end + 1, code.size()));
    }
    return text;
}

void report(const std::vector<ScriptReading::Left>& list, const std::string& where, const std::string& kind,
            PostmanReading& reading)
{
    for (const ScriptReading::Left& each : list)
        reading.leaveOut(
            where, kind + " script, line " + std::to_string(each.line) + ": " + cleaned(each.code), each.why);
}

std::string codeOf(const json::Value& event, const std::string& where, const std::string& kind,
                   PostmanReading& reading)
{
    const auto script = event.find("script");
    if (!script)
        return {};
    if (!script->isObject())
        return linesOf(*script);
    if (const std::string source = textAt(*script, "src"); !source.empty())
        reading.leaveOut(where, "the " + kind + " script at " + source, "scripts are not fetched");
    const auto code = script->find("exec");
    return code ? linesOf(*code) : std::string();
}

void readEvent(const json::Value& event, const std::string& where, PostmanEvents& events,
               PostmanReading& reading)
{
    const bool isTest = textAt(event, "listen") == "test";
    const std::string kind = isTest ? "test" : "pre-request";
    const std::string code = codeOf(event, where, kind, reading);
    if (trimmed(code).empty())
        return;
    const ScriptReading script = isTest ? readTestScript(code) : readRequestScript(code);
    events.assertions.insert(events.assertions.end(), script.assertions.begin(), script.assertions.end());
    events.captures.insert(events.captures.end(), script.captures.begin(), script.captures.end());
    report(script.notes, where, kind, reading);
    report(script.left, where, kind, reading);
    if (!script.left.empty())
        events.scripts.push_back({isTest ? "tests" : "before-request", asComment(cleaned(code), kind)});
}

} // namespace

PostmanEvents readPostmanEvents(const json::Value& around, const std::string& where, PostmanReading& reading)
{
    PostmanEvents events;
    for (const json::Value& event : listAt(around, "event"))
        if (event.isObject() && !flagAt(event, "disabled"))
            readEvent(event, where, events, reading);
    return events;
}

} // namespace claimcheck::interop
