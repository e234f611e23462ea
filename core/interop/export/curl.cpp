// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/export/curl.h>

#include <algorithm>
#include <set>

#include <base/text.h>
#include <interop/import/shellwords.h>

namespace claimcheck::interop {
namespace {

using collection::AuthMode;
using collection::BodyKind;

bool isSet(const std::vector<collection::Field>& headers, std::string_view name)
{
    return std::any_of(headers.begin(), headers.end(), [name](const collection::Field& field) {
        return field.enabled && equalsIgnoringCase(field.name, name);
    });
}

/// Values of variables, with marks in the place of secrets and of what has none; the marks survive every
/// encoding and are taken out at the end.
class Marks
{
public:
    Marks(std::vector<variables::Scope> scopes, const collection::Item& item) : m_scopes(std::move(scopes))
    {
        for (variables::Scope& scope : m_scopes)
            for (variables::Variable& variable : scope.variables)
                if (variable.secret)
                    variable.value = markFor("$" + shellName(variable.name));
        m_scopes.insert(m_scopes.begin(), {"the session", {{"token", markFor("$TOKEN")}}});
        addUnknown(item);
    }

    std::string fill(const std::string& text) const
    {
        return variables::resolve(text, m_scopes, "copy").value_or(text);
    }
    const std::vector<variables::Scope>& scopes() const { return m_scopes; }
    std::string token() { return markFor("$TOKEN"); }

    /// In single quotes, or in double ones where the shell has something to fill in.
    std::string quoted(std::string text) const
    {
        bool isExpanded = false;
        for (std::size_t i = 0; i < m_texts.size(); ++i)
            isExpanded =
                isExpanded || (m_texts[i].starts_with('$') && text.find(mark(i)) != std::string::npos);
        if (!isExpanded)
            return shellQuoted(unmarked(std::move(text)));
        std::string out;
        for (const char c : text)
            out += std::string(std::string_view("\"\\$`").find(c) == std::string_view::npos ? "" : "\\") + c;
        return "\"" + unmarked(std::move(out)) + "\"";
    }

private:
    static std::string mark(std::size_t index) { return "claimcheckMark" + std::to_string(index) + "x"; }

    std::string markFor(const std::string& text)
    {
        const auto found = std::find(m_texts.begin(), m_texts.end(), text);
        const auto index = static_cast<std::size_t>(found - m_texts.begin());
        if (found == m_texts.end())
            m_texts.push_back(text);
        return mark(index);
    }

    static std::string shellName(const std::string& name)
    {
        std::string out;
        for (const char c : name)
            out += c >= 'a' && c <= 'z'                               ? static_cast<char>(c - 'a' + 'A')
                   : (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c
                                                                      : '_';
        return out.empty() || (out[0] >= '0' && out[0] <= '9') ? "_" + out : out;
    }

    std::string unmarked(std::string text) const
    {
        for (std::size_t i = 0; i < m_texts.size(); ++i)
            for (std::size_t at = text.find(mark(i)); at != std::string::npos; at = text.find(mark(i), at))
                text.replace(at, mark(i).size(), m_texts[i]);
        return text;
    }

    void addUnknown(const collection::Item& item)
    {
        const collection::Entry& entry = item.entry;
        std::set<std::string> names;
        const auto note = [&names](const std::string& text) {
            for (const variables::Reference& reference : variables::references(text))
                names.insert(reference.name);
        };
        note(entry.url + entry.body);
        for (const auto* list : {&entry.headers, &entry.formFields})
            for (const collection::Field& field : *list)
                note(field.name + field.value);
        for (const variables::Scope& scope : m_scopes)
            for (const variables::Variable& variable : scope.variables)
                note(variable.value);
        for (const collection::Part& part : item.details.parts)
            for (const std::string& value : part.values)
                note(part.name + value);
        for (const auto& field : item.details.credentials.fields)
            note(field.second);
        for (const collection::Parameter& parameter : item.details.parameters)
            note(parameter.value);
        variables::Scope unknown{"unknown", {}};
        for (const std::string& name : names)
            if (!variables::lookUp(m_scopes, name))
                unknown.variables.push_back({name, markFor("{{" + name + "}}")});
        m_scopes.push_back(std::move(unknown));
    }

    std::vector<variables::Scope> m_scopes;
    std::vector<std::string> m_texts;
};

std::string withPathParameters(std::string url, const collection::Details& details, const Marks& marks)
{
    for (const collection::Parameter& parameter : details.parameters) {
        const std::string name = "/:" + parameter.name;
        const std::size_t at = parameter.inPath && parameter.enabled ? url.find(name) : std::string::npos;
        const std::size_t end = at == std::string::npos ? at : at + name.size();
        if (at != std::string::npos &&
            (end == url.size() || std::string_view("/?#").find(url[end]) != std::string_view::npos))
            url.replace(at + 1, name.size() - 1, marks.fill(parameter.value));
    }
    return url;
}

/// --data-raw sends the text as it is; curl would say POST then, and a form by its type.
void addBody(std::vector<std::string>& options, const collection::Item& item, const http::Request& request,
             const Marks& marks)
{
    if (item.entry.kept.body == "multipart-form") {
        for (const collection::Part& part : item.details.parts)
            for (const std::string& value : part.values) {
                if (!part.enabled)
                    continue;
                const std::string type = part.contentType.empty() ? "" : ";type=" + part.contentType;
                const std::string text = part.isFile ? "@" + marks.fill(value) + type : marks.fill(value);
                options.push_back((part.isFile || !type.empty() ? "-F " : "--form-string ") +
                                  marks.quoted(marks.fill(part.name) + "=" + text));
            }
    } else if (item.entry.kept.body == "file" && item.details.bodyFile) {
        options.push_back("--data-binary " + marks.quoted("@" + marks.fill(item.details.bodyFile->path)));
    } else if (request.hasBody) {
        options.push_back("--data-raw " + marks.quoted(request.body));
    }
}

std::string impliedMethod(const collection::Item& item, const http::Request& request)
{
    const bool hasBody = request.hasBody || !item.entry.kept.body.empty();
    return hasBody ? "POST" : "GET";
}

/// Kinds that curl has an option for.
bool takesUser(std::string_view type)
{
    return type == "basic" || type == "digest" || type == "ntlm" || type == "awsv4";
}

void addUser(std::vector<std::string>& options, const collection::Credentials& credentials,
             const Marks& marks)
{
    const auto add = [&](const std::string& name, const std::string& password) {
        options.push_back("-u " + marks.quoted(name + ":" + password));
    };
    if (credentials.type == "awsv4") {
        options.push_back("--aws-sigv4 " + marks.quoted("aws:amz:" + credentials.field("region") + ":" +
                                                        credentials.field("service")));
        if (const std::string token = credentials.field("sessionToken"); !token.empty())
            options.push_back("-H " + marks.quoted("X-Amz-Security-Token: " + token));
        return add(credentials.field("accessKeyId"), credentials.field("secretAccessKey"));
    }
    if (credentials.type != "basic")
        options.push_back("--" + credentials.type);
    const std::string domain = credentials.type == "ntlm" ? credentials.field("domain") : std::string();
    add((domain.empty() ? "" : domain + "\\") + credentials.field("username"), credentials.field("password"));
}

/// All that stands behind the URL.
std::vector<std::string> optionsOf(const collection::Item& whole, const http::Request& request, bool hasUser,
                                   Marks& marks)
{
    std::vector<std::string> options;
    if (request.method != impliedMethod(whole, request))
        options.push_back(request.method == "HEAD" ? "-I" : "-X " + shellQuoted(request.method));
    for (const http::Header& header : request.headers)
        options.push_back("-H " +
                          marks.quoted(header.name + (header.value.empty() ? ";" : ": " + header.value)));
    const bool isSession =
        whole.entry.auth == AuthMode::SessionRaw || whole.entry.auth == AuthMode::SessionBearer;
    if (isSession && !isSet(whole.entry.headers, "Authorization"))
        options.push_back("-H " +
                          marks.quoted(std::string("Authorization: ") +
                                       (whole.entry.auth == AuthMode::SessionBearer ? "Bearer " : "") +
                                       marks.token()));
    if (hasUser)
        addUser(options, whole.details.credentials, marks);
    addBody(options, whole, request, marks);
    return options;
}

} // namespace

collection::Entry plainEntry(const collection::Item& item)
{
    collection::Entry entry = item.entry;
    const collection::Credentials& credentials = item.details.credentials;
    const bool isKnown = credentials.type == entry.kept.auth && entry.auth == AuthMode::None;
    std::optional<collection::Field> header;
    if (isKnown && credentials.type == "basic") {
        header = collection::Field{
            "Authorization", http::basicField(credentials.field("username"), credentials.field("password")),
            true};
    }
    if (isKnown && credentials.type == "bearer")
        header = collection::Field{"Authorization", "Bearer " + credentials.field("token"), true};
    if (isKnown && credentials.type == "apikey" && credentials.field("placement") != "query")
        header = collection::Field{credentials.field("key"), credentials.field("value"), true};
    if (header) {
        entry.kept.auth.clear();
        if (!isSet(entry.headers, header->name))
            entry.headers.push_back(*header);
    }
    return entry;
}

std::string curlOf(const collection::Collection& collection, const collection::Item& item,
                   const std::string& environment)
{
    collection::Item whole = item;
    whole.entry = collection::withInherited(collection, item);
    whole.details.credentials = collection::effectiveCredentials(collection, item);
    Marks marks(collection::scopesOf(collection, item, environment), whole);
    collection::Credentials& credentials = whole.details.credentials;
    for (auto& field : credentials.fields)
        field.second = marks.fill(field.second);
    const bool hasOption = takesUser(credentials.type) && whole.entry.kept.auth == credentials.type;
    if (!hasOption)
        whole.entry = plainEntry(whole);
    collection::Entry entry = whole.entry;
    if (entry.bodyKind == collection::BodyKind::None && entry.kept.body == collection::bytesBody)
        return "# cannot be a command line: its body is no text\n";
    entry.kept = {};
    const auto request = collection::buildRequest(entry, marks.scopes());
    if (!request)
        return "# " + describe(request.error()) + "\n";
    const std::vector<std::string> options = optionsOf(whole, *request, hasOption, marks);
    std::string line = "curl " + marks.quoted(withPathParameters(request->url, whole.details, marks));
    for (const std::string& option : options)
        line += " \\\n  " + option;
    return line;
}

} // namespace claimcheck::interop
