// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judge.h"

#include <algorithm>

#include <json/document.h>

namespace claimcheck::audit {

namespace {

using Parts = std::map<std::string, std::string>;

/// Between two steps of a path: no name has it unescaped.
constexpr char step = '\x1f';

/// Depth is bounded by the parser's limit.
void addLeaves(Parts& parts, const std::string& path, const json::Value& value)
{
    if (value.isObject() && value.size() > 0) {
        for (const json::Member& member : value.members())
            addLeaves(parts, path + step + member.name, member.value);
        return;
    }
    if (value.isArray() && value.size() > 0) {
        std::size_t index = 0;
        for (const json::Value& item : value.items())
            addLeaves(parts, path + step + std::to_string(index++), item);
        return;
    }
    parts[path] = value.isString() ? "\"" + value.string() : std::string(value.text());
}

void addWords(Parts& parts, std::string_view text)
{
    std::map<std::string, int> counts;
    std::string word;
    const auto end = [&] {
        if (!word.empty())
            ++counts[word];
        word.clear();
    };
    for (const char c : text) {
        const bool isPart = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
        if (isPart)
            word += c;
        else
            end();
    }
    end();
    for (const auto& [name, count] : counts)
        parts[name] = std::to_string(count);
}

bool hasStep(const std::string& path, const std::string& name)
{
    const std::string whole = path + step;
    return whole.find(step + name + step) != std::string::npos;
}

} // namespace

Content::Content(std::string_view body)
{
    const auto document = json::parse(body, {.depth = 64, .bytes = bodyLimit});
    m_isJson = document && (document->root().isObject() || document->root().isArray());
    if (m_isJson)
        addLeaves(m_parts, "", document->root());
    else
        addWords(m_parts, body);
}

void Content::leaveOut(const std::set<std::string>& paths, const std::vector<std::string>& members)
{
    std::erase_if(m_parts, [&](const auto& part) {
        return paths.contains(part.first) ||
               (m_isJson && std::ranges::any_of(
                                members, [&](const std::string& name) { return hasStep(part.first, name); }));
    });
}

std::set<std::string> Content::differing(const Content& left, const Content& right)
{
    std::set<std::string> paths;
    const auto compare = [&](const Parts& one, const Parts& other) {
        for (const auto& [path, value] : one)
            if (const auto found = other.find(path); found == other.end() || found->second != value)
                paths.insert(path);
    };
    compare(left.m_parts, right.m_parts);
    compare(right.m_parts, left.m_parts);
    return paths;
}

Content::Leaning Content::leaning(const Content& one, const Content& other) const
{
    const auto holds = [](const Content& content, const auto& part) {
        const auto found = content.m_parts.find(part.first);
        return found != content.m_parts.end() && found->second == part.second;
    };
    Leaning leaning;
    for (const auto& part : m_parts) {
        const bool isOnes = holds(one, part);
        if (isOnes != holds(other, part))
            ++(isOnes ? leaning.toOne : leaning.toOther);
        else if (!isOnes)
            ++leaning.toNeither;
    }
    return leaning;
}

double Content::likeness(const Content& left, const Content& right)
{
    if (left.m_isJson != right.m_isJson)
        return 0;
    const std::size_t total = left.m_parts.size() + right.m_parts.size();
    if (total == 0)
        return 1;
    std::size_t same = 0;
    for (const auto& [path, value] : left.m_parts)
        if (const auto found = right.m_parts.find(path); found != right.m_parts.end())
            same += found->second == value ? 2u : 0u;
    return static_cast<double>(same) / static_cast<double>(total);
}

} // namespace claimcheck::audit
