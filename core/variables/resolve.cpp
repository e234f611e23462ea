// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each name is resolved once per call and remembered, so that values which repeat each other cannot make
// the work grow without end; the result is bounded too.

#include <variables/resolve.h>

#include <algorithm>
#include <map>
#include <set>

#include <base/text.h>

namespace claimcheck::variables {
namespace {

constexpr std::string_view processPrefix = "process.env.";
constexpr std::size_t maximumLevels = 16;
constexpr std::size_t maximumBytes = 64u * 1024u * 1024u;

bool isName(std::string_view name)
{
    return !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
        return c == '{' || c == '}' || static_cast<unsigned char>(c) < 0x20;
    });
}

std::string braced(std::string_view name)
{
    return "{{" + std::string(name) + "}}";
}

std::string searchedIn(const std::vector<Scope>& scopes)
{
    std::string names;
    for (const Scope& scope : scopes)
        names += (names.empty() ? "" : ", ") + scope.name;
    return names.empty() ? "no variables are defined at all" : "it is not defined in " + names;
}

/// The option of the call that gives values: the name of a scope. Null: there is none.
const std::string* optionOf(const std::vector<Scope>& scopes)
{
    const auto option =
        std::ranges::find_if(scopes, [](const Scope& scope) { return scope.name.starts_with("--"); });
    return option == scopes.end() ? nullptr : &option->name;
}

/// "give it with --env-var host=VALUE, "
std::string givenWith(const std::vector<Scope>& scopes, const std::string& name)
{
    const std::string* option = optionOf(scopes);
    return option == nullptr ? "" : "give it with " + *option + " " + visible(name) + "=VALUE, ";
}

/// What to do about "process.env.HOME".
std::string ofProcess(const std::vector<Scope>& scopes, std::string_view name)
{
    if (optionOf(scopes) == nullptr)
        return "variables of the process are used in runs only, and only those that are allowed";
    const std::string bare = visible(name.substr(processPrefix.size()));
    return "write it into a .env file, or let the collection read it with --allow-process-env " + bare +
           " where the process has it";
}

class Resolver
{
public:
    Resolver(const std::vector<Scope>& scopes, std::string_view place, const Dynamic& dynamic)
        : m_scopes(scopes), m_place(place), m_dynamic(dynamic)
    {}

    Result<std::string> fill(std::string_view text)
    {
        std::string out;
        std::size_t done = 0;
        for (const Reference& reference : references(text)) {
            out.append(text, done, reference.offset - done);
            Result<std::string> inserted = value(reference.name);
            if (!inserted)
                return inserted;
            if (out.size() + inserted->size() > maximumBytes)
                return failure(ErrorKind::TooLarge, cannot(reference.name),
                               "the result is larger than 64 MiB",
                               "make the values of the variables smaller");
            out += *inserted;
            done = reference.offset + reference.length;
        }
        return out.append(text, done);
    }

private:
    Result<std::string> value(const std::string& name)
    {
        if (const auto known = m_known.find(name); known != m_known.end())
            return known->second;
        const Variable* variable = nearestOf(m_scopes, name);
        if (!variable && m_dynamic && name.front() == '$')
            if (std::optional<std::string> made = m_dynamic(name))
                return *std::move(made);
        if (!variable)
            return undefined(name);
        if (variable->secret && variable->value.empty())
            return failure(ErrorKind::Usage, cannot(name), "it is a secret variable without a value here",
                           "give it a value; it is never read from the collection's files");
        if (variable->isLiteral)
            return variable->value;
        if (std::find(m_open.begin(), m_open.end(), name) != m_open.end())
            return circle(name);
        if (m_open.size() == maximumLevels)
            return failure(ErrorKind::Usage, cannot(name),
                           "variables refer to each other over more than 16 levels",
                           "use the value directly in one of them");
        m_open.push_back(name);
        Result<std::string> resolved = fill(variable->value);
        m_open.pop_back();
        if (resolved)
            m_known.emplace(name, *resolved);
        return resolved;
    }

    std::string cannot(std::string_view name) const
    {
        return "cannot fill in " + visible(braced(name)) + " in the " + visible(m_place);
    }

    Result<std::string> undefined(const std::string& name) const
    {
        if (name.front() == '$')
            return failure(ErrorKind::Usage, cannot(name), searchedIn(m_scopes),
                           m_dynamic ? "no dynamic value has this name: define a variable of this name"
                                     : "no value is made anew here: define a variable and use its name");
        if (name.starts_with(processPrefix))
            return failure(ErrorKind::Usage, cannot(name), searchedIn(m_scopes), ofProcess(m_scopes, name));
        return failure(ErrorKind::Usage, cannot(name), searchedIn(m_scopes),
                       givenWith(m_scopes, name) +
                           "define it in the environment or the request, or take it out of the " +
                           visible(m_place));
    }

    Result<std::string> circle(const std::string& name) const
    {
        std::string chain;
        for (auto link = std::find(m_open.begin(), m_open.end(), name); link != m_open.end(); ++link)
            chain += *link + " → ";
        return failure(ErrorKind::Usage, cannot(name),
                       "its value leads back to itself: " + visible(chain + name),
                       "give one of them a plain value");
    }

    const std::vector<Scope>& m_scopes;
    std::string_view m_place;
    const Dynamic& m_dynamic;
    std::map<std::string, std::string> m_known;
    std::vector<std::string> m_open;
};

} // namespace

std::vector<Variable> lastOfEachName(std::vector<Variable> variables)
{
    std::set<std::string> names;
    std::vector<Variable> kept;
    for (auto variable = variables.rbegin(); variable != variables.rend(); ++variable)
        if (!variable->enabled || names.insert(variable->name).second)
            kept.push_back(std::move(*variable));
    std::reverse(kept.begin(), kept.end());
    return kept;
}

const Variable* nearestOf(const std::vector<Scope>& nearestFirst, std::string_view name)
{
    for (const Scope& scope : nearestFirst)
        for (const Variable& variable : scope.variables)
            if (variable.enabled && variable.name == name)
                return &variable;
    return nullptr;
}

std::optional<std::string> lookUp(const std::vector<Scope>& nearestFirst, std::string_view name)
{
    const Variable* variable = nearestOf(nearestFirst, name);
    return variable ? std::optional(variable->value) : std::nullopt;
}

Result<std::string> resolve(std::string_view text, const std::vector<Scope>& nearestFirst,
                            std::string_view place, const Dynamic& dynamic)
{
    return Resolver(nearestFirst, place, dynamic).fill(text);
}

bool hasVariable(std::string_view text)
{
    return !references(text).empty();
}

std::vector<Reference> references(std::string_view text)
{
    std::vector<Reference> found;
    std::size_t open = text.find("{{");
    while (open != std::string_view::npos) {
        // The first brace behind decides: "}}" closes a name, anything else makes this "{{" plain text.
        const std::size_t brace = text.find_first_of("{}\n", open + 2);
        const bool closes = brace != std::string_view::npos && text.substr(brace, 2) == "}}";
        const std::string_view name = closes ? trimmed(text.substr(open + 2, brace - open - 2)) : "";
        if (isName(name)) {
            found.push_back({std::string(name), open, brace + 2 - open});
            open = text.find("{{", brace + 2);
        } else {
            open = text.find("{{", open + 1);
        }
    }
    return found;
}

} // namespace claimcheck::variables
