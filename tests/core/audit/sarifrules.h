// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rules of SARIF 2.1.0 (OASIS standard of 27 March 2020) for the objects that our reports have, as a
// table written from the text of the standard. Closed as its schema is: a property that is none of an
// object's is a fault. One that we begin to write is looked up there and added here.

#pragma once

#include <json/document.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace claimcheck::test {

/// What may stand there: a name of an object below, one of those in brackets for an array of them, or
/// "text", "uri", "relative" (of a place in a repository), "level", "index", "bool", "[text]" (each once),
/// "texts" (an object of texts), "bag" (§3.8).
struct SarifProperty
{
    std::string_view object;
    std::string_view name;
    std::string_view type;
    bool isRequired = false;
};

inline constexpr std::array sarifProperties{
    SarifProperty{"sarifLog", "version", "text", true}, // §3.13
    SarifProperty{"sarifLog", "$schema", "uri"},
    SarifProperty{"sarifLog", "runs", "[run]", true},
    SarifProperty{"run", "tool", "tool", true}, // §3.14
    SarifProperty{"run", "results", "[result]"},
    SarifProperty{"run", "invocations", "[invocation]"},
    SarifProperty{"run", "properties", "bag"},
    SarifProperty{"invocation", "executionSuccessful", "bool", true}, // §3.20
    SarifProperty{"invocation", "toolExecutionNotifications", "[notification]"},
    SarifProperty{"notification", "message", "message", true}, // §3.58
    SarifProperty{"notification", "level", "level"},
    SarifProperty{"tool", "driver", "toolComponent", true}, // §3.18
    SarifProperty{"toolComponent", "name", "text", true},   // §3.19
    SarifProperty{"toolComponent", "version", "text"},
    SarifProperty{"toolComponent", "informationUri", "uri"},
    SarifProperty{"toolComponent", "rules", "[reportingDescriptor]"},
    SarifProperty{"reportingDescriptor", "id", "text", true}, // §3.49
    SarifProperty{"reportingDescriptor", "shortDescription", "multiformatMessageString"},
    SarifProperty{"reportingDescriptor", "fullDescription", "multiformatMessageString"},
    SarifProperty{"reportingDescriptor", "help", "multiformatMessageString"},
    SarifProperty{"reportingDescriptor", "helpUri", "uri"},
    SarifProperty{"reportingDescriptor", "defaultConfiguration", "reportingConfiguration"},
    SarifProperty{"reportingDescriptor", "properties", "bag"},
    SarifProperty{"multiformatMessageString", "text", "text", true}, // §3.12
    SarifProperty{"reportingConfiguration", "level", "level"},       // §3.50
    SarifProperty{"result", "message", "message", true},             // §3.27
    SarifProperty{"result", "ruleId", "text"},
    SarifProperty{"result", "ruleIndex", "index"},
    SarifProperty{"result", "level", "level"},
    SarifProperty{"result", "locations", "[location]"},
    SarifProperty{"result", "partialFingerprints", "texts"},
    SarifProperty{"result", "properties", "bag"},
    SarifProperty{"message", "text", "text", true},                    // §3.11: of an id we write none
    SarifProperty{"location", "physicalLocation", "physicalLocation"}, // §3.28
    SarifProperty{"location", "logicalLocations", "[logicalLocation]"},
    SarifProperty{"physicalLocation", "artifactLocation", "artifactLocation", true}, // §3.29: no address
    SarifProperty{"physicalLocation", "region", "region"},
    SarifProperty{"region", "startLine", "index", true},            // §3.30.5: of a text
    SarifProperty{"artifactLocation", "uri", "relative", true},     // §3.4: no index, no uriBaseId
    SarifProperty{"logicalLocation", "fullyQualifiedName", "text"}, // §3.33
};

class SarifCheck
{
public:
    /// Empty: nothing is wrong with it.
    static std::vector<std::string> faultsOf(const std::string& report)
    {
        SarifCheck check;
        const auto document = json::parse(report);
        if (!document)
            return {"no JSON: " + document.error().why};
        check.object(document->root(), "sarifLog", "");
        if (const auto version = document->root().find("version"); version && version->string() != "2.1.0")
            check.add("version", "is not 2.1.0"); // §3.13.2
        if (check.m_faults.empty())
            for (const json::Value& run : document->root().find("runs")->items())
                check.rulesOf(run);
        return check.m_faults;
    }

private:
    void add(const std::string& path, const std::string& what) { m_faults.push_back(path + " " + what); }

    void object(const json::Value& value, std::string_view type, const std::string& path)
    {
        if (!value.isObject())
            return add(path, "is no object");
        for (const json::Member& member : value.members()) {
            const auto found = std::ranges::find_if(sarifProperties, [&](const SarifProperty& each) {
                return each.object == type && each.name == member.name;
            });
            if (found == sarifProperties.end())
                add(path + "/" + member.name, "is no property of " + std::string(type));
            else
                any(member.value, found->type, path + "/" + member.name);
        }
        for (const SarifProperty& each : sarifProperties)
            if (each.object == type && each.isRequired && !value.find(each.name))
                add(path + "/" + std::string(each.name), "is missing");
    }

    void any(const json::Value& value, std::string_view type, const std::string& path)
    {
        if (type.starts_with('['))
            return array(value, type.substr(1, type.size() - 2), path);
        if (type == "texts" || type == "bag")
            return members(value, type, path);
        if (type == "bool") {
            if (!value.isBool())
                add(path, "is no boolean");
        } else if (type == "index") {
            if (value.integer().value_or(-2) < -1) // §3.7.4: -1 is none
                add(path, "is no index");
        } else if (type == "text" || type == "uri" || type == "relative" || type == "level") {
            text(value, type, path);
        } else {
            object(value, type, path);
        }
    }

    void text(const json::Value& value, std::string_view type, const std::string& path)
    {
        static constexpr std::array<std::string_view, 4> levels{"none", "note", "warning", "error"};
        if (!value.isString())
            return add(path, "is no text");
        const std::string content = value.string();
        if (type == "level" && std::ranges::find(levels, content) == levels.end())
            add(path, "is no level"); // §3.27.10
        if ((type == "uri" || type == "relative") && !isUri(content))
            add(path, "is no URI");
        if (type == "relative" && !isRelative(content))
            add(path, "is no relative URI");
        if (type == "text" && content.empty())
            add(path, "is empty");
    }

    void array(const json::Value& value, std::string_view type, const std::string& path)
    {
        if (!value.isArray())
            return add(path, "is no array");
        std::vector<std::string> seen;
        for (const json::Value& item : value.items()) {
            const std::string place = path + "/" + std::to_string(seen.size());
            any(item, type, place);
            if (std::ranges::find(seen, item.text()) != seen.end() && type != "result") // §3.7.3
                add(place, "is there twice");
            seen.emplace_back(item.text());
        }
    }

    /// A property bag may hold anything; its tags are texts, each once (§3.8.2).
    void members(const json::Value& value, std::string_view type, const std::string& path)
    {
        if (!value.isObject())
            return add(path, "is no object");
        for (const json::Member& member : value.members())
            if (type == "texts")
                text(member.value, "text", path + "/" + member.name);
            else if (member.name == "tags")
                array(member.value, "text", path + "/tags");
    }

    /// The rule that a result names by place is the one that it names by id (§3.27.6).
    void rulesOf(const json::Value& run)
    {
        const auto rules = run.find("tool")->find("driver")->find("rules");
        const auto results = run.find("results");
        if (!results)
            return;
        for (const json::Value& result : results->items()) {
            const auto index = result.find("ruleIndex");
            const std::int64_t at = index ? index->integer().value_or(-1) : -1;
            if (at < 0)
                continue;
            const std::size_t count = rules ? rules->size() : 0;
            if (static_cast<std::size_t>(at) >= count)
                add("ruleIndex", "names no rule");
            else if (rules->items()[static_cast<std::size_t>(at)].find("id")->string() !=
                     result.find("ruleId")->string())
                add("ruleIndex", "names another rule than ruleId");
        }
    }

    /// RFC 3986 §4.2, without an authority and without a path from the root.
    static bool isRelative(std::string_view uri)
    {
        return !uri.starts_with('/') && uri.substr(0, uri.find('/')).find(':') == std::string_view::npos;
    }

    /// Of the characters of RFC 3986 §2, each % with two digits behind it.
    static bool isUri(std::string_view uri)
    {
        static constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;=%";
        const auto isDigit = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        };
        for (std::size_t i = 0; i < uri.size(); ++i) {
            const char c = uri[i];
            const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isLetter && marks.find(c) == std::string_view::npos)
                return false;
            if (c == '%' && (i + 2 >= uri.size() || !isDigit(uri[i + 1]) || !isDigit(uri[i + 2])))
                return false;
        }
        return !uri.empty();
    }

    std::vector<std::string> m_faults;
};

} // namespace claimcheck::test
