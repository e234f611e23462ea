// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/secrets.h>

#include <algorithm>
#include <set>

#include <base/text.h>
#include <store/onevariable.h>
#include <store/secretlike.h>

namespace claimcheck::interop {
namespace {

using collection::Folder;
using collection::Item;
using variables::Variable;

/// "Bearer" of "Bearer abc": what is no secret of an authorisation.
std::size_t schemeLength(std::string_view value)
{
    const std::size_t space = value.find(' ');
    const bool isScheme = space != std::string_view::npos && space <= 12 && space + 1 < value.size();
    return isScheme ? space + 1 : 0;
}

class SecretMover
{
public:
    explicit SecretMover(Imported& imported) : m_imported(imported)
    {
        takeNames(imported.collection.variables);
        for (const collection::Environment& environment : imported.collection.environments)
            takeNames(environment.variables);
    }

    void run()
    {
        moveVariables(m_imported.collection.variables, m_imported.collection.name);
        for (collection::Environment& environment : m_imported.collection.environments)
            for (Variable& variable : environment.variables)
                variable.secret = variable.secret || isSecret(variable);
        walk(m_imported.collection.root);
        for (MintedAt& minted : m_imported.minted)
            inMinted(minted);
        addToEnvironments();
    }

private:
    static bool isSecret(const Variable& variable)
    {
        return (store::isSecretName(variable.name) && !store::isHarmlessValue(variable.value)) ||
               !store::findSecrets(variable.value).empty() ||
               !store::findNamedSecrets(variable.value).empty();
    }

    void takeNames(const std::vector<Variable>& variables)
    {
        for (const Variable& variable : variables)
            m_names.insert(variable.name);
    }

    /// "{{name}}" for the value; the same one gets the same name.
    std::string reference(std::string_view hint, std::string_view value, const std::string& where)
    {
        for (const Variable& each : m_secrets)
            if (each.value == value)
                return "{{" + each.name + "}}";
        std::string base;
        for (const char c : hint)
            base += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                        ? c
                        : '-';
        if (base.empty() || base.size() > 60)
            base = "secret";
        std::string name = base;
        for (int number = 2; !m_names.insert(name).second; ++number)
            name = base + "-" + std::to_string(number);
        m_secrets.push_back({name, std::string(value), true, true});
        note(where, name);
        return "{{" + name + "}}";
    }

    void note(const std::string& where, const std::string& name)
    {
        m_imported.leftOut.push_back({where, "the value of {{" + name + "}}",
                                      "it looks like a secret, which no file holds: give it when you run "
                                      "(--env-var " +
                                          name + "=…)"});
    }

    /// A secret variable can stand in an environment only.
    void moveVariables(std::vector<Variable>& variables, const std::string& where)
    {
        for (const Variable& variable : variables)
            if ((variable.secret || isSecret(variable)) && variable.enabled) {
                m_secrets.push_back({variable.name, variable.value, true, true});
                note(where, variable.name);
            }
        std::erase_if(variables,
                      [](const Variable& variable) { return variable.secret || isSecret(variable); });
    }

    /// Tokens and keys by their form, values by the names in front of them.
    void inText(std::string& text, const std::string& where)
    {
        for (const bool byName : {false, true}) {
            const auto found = byName ? store::findNamedSecrets(text) : store::findSecrets(text);
            for (auto range = found.rbegin(); range != found.rend(); ++range) {
                const std::string value = text.substr(range->offset, range->length);
                const std::string hint = byName ? nameBefore(text, range->offset) : "token";
                text.replace(range->offset, range->length, reference(hint, value, where));
            }
        }
    }

    /// The word in front of a value: "password" of `"password": "x"`.
    static std::string nameBefore(std::string_view text, std::size_t offset)
    {
        const auto isWord = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                   c == '-';
        };
        std::size_t end = offset;
        while (end > 0 && !isWord(text[end - 1]))
            --end;
        std::size_t begin = end;
        while (begin > 0 && isWord(text[begin - 1]))
            --begin;
        const bool isName = store::isSecretName(text.substr(begin, end - begin));
        return isName ? std::string(text.substr(begin, end - begin)) : "password";
    }

    void inValue(std::string& value, std::string_view name, bool isSecretByName, const std::string& where)
    {
        if (isSecretByName && !store::isHarmlessValue(value)) {
            const std::size_t scheme = store::isSecretName(name) ? 0 : schemeLength(value);
            value = value.substr(0, scheme) + reference(toLowerAscii(name), value.substr(scheme), where);
        } else {
            inText(value, where);
        }
    }

    void inCredentials(collection::Credentials& credentials, const std::string& where)
    {
        for (auto& [name, value] : credentials.fields) {
            const std::string last = name.substr(name.rfind('.') + 1);
            const bool isOwn = store::isSecretField(credentials.type, name);
            inValue(value, isOwn && last == "value" ? "api-key" : last, isOwn, where);
        }
    }

    void inItem(Item& item)
    {
        collection::Entry& entry = item.entry;
        const std::string where = entry.name;
        inText(entry.url, where);
        for (collection::Field& field : entry.headers)
            inValue(field.value, field.name, store::isSecretHeader(field.name), where);
        inText(entry.body, where);
        for (collection::Field& field : entry.formFields)
            inValue(field.value, field.name, store::isSecretName(field.name), where);
        moveVariables(entry.variables, where);
        inDetails(item.details, where);
        store::redact(entry.docs);
        store::redact(entry.name);
    }

    void inDetails(collection::Details& details, const std::string& where)
    {
        for (collection::Parameter& parameter : details.parameters)
            inValue(parameter.value, parameter.name, store::isSecretName(parameter.name), where);
        for (collection::Part& part : details.parts)
            for (std::string& value : part.values)
                if (!part.isFile)
                    inValue(value, part.name, store::isSecretName(part.name), where);
        inCredentials(details.credentials, where);
        for (collection::Assertion& assertion : details.assertions)
            if (assertion.value)
                inText(*assertion.value, where);
        for (collection::Script& script : details.scripts)
            store::redact(script.code);
        for (collection::Example& example : details.examples)
            inExample(example);
    }

    static void inExample(collection::Example& example)
    {
        for (std::string* text : {&example.url, &example.requestBody, &example.body, &example.description})
            store::redact(*text);
        for (http::Headers* headers : {&example.requestHeaders, &example.headers})
            for (http::Header& header : *headers) {
                const bool isWhole =
                    (store::isSecretHeader(header.name) || equalsIgnoringCase(header.name, "Set-Cookie")) &&
                    !store::isHarmlessValue(header.value);
                if (isWhole)
                    header.value = store::redactedMark;
                else
                    store::redact(header.value);
            }
    }

    void walk(Folder& folder)
    {
        const std::string where = folder.name.empty() ? "the collection" : folder.name;
        moveVariables(folder.variables, where);
        for (collection::Field& field : folder.headers)
            inValue(field.value, field.name, store::isSecretHeader(field.name), where);
        inCredentials(folder.details.credentials, where);
        for (collection::Script& script : folder.details.scripts)
            store::redact(script.code);
        store::redact(folder.docs);
        for (Folder& inner : folder.folders)
            walk(inner);
        for (Item& item : folder.items)
            inItem(item);
    }

    /// No key stands in a file, whatever it looks like.
    void inMinted(MintedAt& minted)
    {
        collection::MintedToken& rule = minted.rule;
        if (!store::isOneVariable(rule.key))
            rule.key = reference("signingKey", rule.key, minted.where);
        inText(rule.claims, minted.where);
        inText(rule.header, minted.where);
    }

    void addToEnvironments()
    {
        auto& environments = m_imported.collection.environments;
        if (m_secrets.empty())
            return;
        if (environments.empty())
            environments.push_back({{}, "default", {}, {}, {}});
        for (collection::Environment& environment : environments)
            for (const Variable& secret : m_secrets) {
                const bool isThere = std::any_of(
                    environment.variables.begin(), environment.variables.end(),
                    [&secret](const Variable& each) { return each.name == secret.name && each.enabled; });
                if (!isThere)
                    environment.variables.push_back(secret);
            }
    }

    Imported& m_imported;
    std::set<std::string> m_names;
    std::vector<Variable> m_secrets;
};

} // namespace

void takeSecretsOut(Imported& imported)
{
    SecretMover(imported).run();
}

} // namespace claimcheck::interop
