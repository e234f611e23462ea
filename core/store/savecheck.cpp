// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/savecheck.h>

#include <algorithm>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/entryfile.h>
#include <store/files.h>
#include <store/identitykeys.h>
#include <store/opencollection.h>
#include <store/secretlike.h>

namespace claimcheck::store {
namespace {

/// An example says with the mark that something was cut out of it for good.
std::string withoutMarks(std::string text)
{
    for (std::size_t at = text.find(redactedMark); at != std::string::npos; at = text.find(redactedMark, at))
        text.erase(at, redactedMark.size());
    return text;
}

template <typename Visit>
void forMessage(const std::string& place, const http::Headers& headers, const std::string& body, Visit visit)
{
    for (const http::Header& header : headers)
        visit(place + " (header " + visible(header.name) + ")", withoutMarks(header.value),
              isSecretHeader(header.name) || equalsIgnoringCase(header.name, "Set-Cookie"));
    visit(place, withoutMarks(body), false);
}

template <typename Visit>
void forDetails(const collection::Details& details, Visit visit)
{
    for (const collection::Parameter& parameter : details.parameters)
        visit("the parameter " + visible(parameter.name), parameter.value, isSecretName(parameter.name));
    for (const collection::Part& part : details.parts)
        for (const std::string& value : part.values)
            visit("the part " + visible(part.name), value, !part.isFile && isSecretName(part.name));
    const collection::Credentials& credentials = details.credentials;
    for (const auto& [name, value] : credentials.fields)
        visit("the authorisation (" + visible(name) + ")", value, isSecretField(credentials.type, name));
    for (const collection::Assertion& assertion : details.assertions)
        visit("the check of " + visible(assertion.expression), assertion.value.value_or(std::string()),
              false);
    for (const collection::Script& script : details.scripts)
        visit("the script", script.code, false);
    for (const collection::Example& example : details.examples) {
        const std::string place = "the example " + visible(example.name);
        visit(place, withoutMarks(example.url), false);
        forMessage(place, example.requestHeaders, example.requestBody, visit);
        forMessage(place, example.headers, example.body, visit);
    }
}

/// Calls visit(place, text, isSecretByName) for every value of a request that is written down.
template <typename Visit>
void forValues(const collection::Content& content, Visit visit)
{
    const collection::Entry& entry = content.entry;
    visit("the name", entry.name, false);
    visit("the URL", entry.url, false);
    for (const collection::Field& field : entry.headers)
        visit("the header " + visible(field.name), field.value, isSecretHeader(field.name));
    visit("the body", entry.body, false);
    for (const collection::Field& field : entry.formFields)
        visit("the form field " + visible(field.name), field.value, isSecretName(field.name));
    for (const variables::Variable& variable : entry.variables)
        visit("the variable " + visible(variable.name), variable.value, isSecretName(variable.name));
    visit("the documentation", entry.docs, false);
    forDetails(content.details, visit);
}

template <typename Visit>
void forPlace(std::string_view key, const std::string& text, bool isSecret, Visit visit)
{
    visit(std::string(key), text, isSecret);
}

template <typename Visit>
void forPlace(std::string_view, bool, bool, Visit)
{
    // Nothing can be typed there.
}

/// What was typed as a name goes into the file, too; a secret in it is not said again.
template <typename Visit>
void forPlace(std::string_view key, const collection::NamedTexts& texts, bool isSecret, Visit visit)
{
    const std::string what(key.substr(0, key.size() - 1)); // one of the "fields", "headers", "parameters"
    for (const auto& [name, value] : texts) {
        visit("the name of a " + what, name, false);
        visit("the " + what + " " + visible(name), value,
              isSecret || isSecretName(name) || isSecretHeader(name));
    }
}

template <typename Login, std::size_t count, typename Visit>
void forLogin(const Login& login, const std::array<LoginKey<Login>, count>& keys, Visit visit)
{
    for (const LoginKey<Login>& key : keys)
        std::visit([&](auto place) { forPlace(key.name, login.*place, key.isSecret, visit); }, key.place);
}

template <typename Visit>
void forValues(const collection::Identity& identity, Visit visit)
{
    visit("the name", identity.name, false);
    if (identity.credentials)
        forLogin(*identity.credentials, credentialKeys, visit);
    if (identity.request)
        forLogin(*identity.request, requestKeys, visit);
    if (identity.grant)
        forLogin(*identity.grant, grantKeys, visit);
    for (const std::string& origin : identity.origins)
        visit("an origin", origin, false);
}

struct FoundSecret
{
    std::string text;
    std::string kind;
};

std::vector<FoundSecret> secretsIn(std::string_view text, bool isSecretByName)
{
    std::vector<FoundSecret> found;
    for (const SecretRange& range : findSecrets(text))
        found.push_back(
            {std::string(text.substr(range.offset, range.length)), "what looks like " + range.kind});
    for (const SecretRange& range : findNamedSecrets(text))
        found.push_back({std::string(text.substr(range.offset, range.length)), range.kind});
    if (isSecretByName && !isHarmlessValue(text))
        found.push_back({std::string(trimmed(text)), "what looks like credentials"});
    return found;
}

/// The first secret among the values of something that is to be saved and was not saved with it before.
class SecretCheck
{
public:
    explicit SecretCheck(std::string subject,
                         std::string fix = "sign in and let the session authorise the request, or use a "
                                           "variable such as {{token}} or {{password}}")
        : m_subject(std::move(subject)), m_fix(std::move(fix))
    {}

    /// What stands in the file already is no reason to refuse another change.
    void know(std::string_view text, bool isSecretByName)
    {
        for (FoundSecret& secret : secretsIn(text, isSecretByName))
            m_known.push_back(std::move(secret.text));
        m_hasMark = m_hasMark || text.find(redactedMark) != std::string_view::npos;
    }

    void value(const std::string& place, std::string_view text, bool isSecretByName)
    {
        for (const FoundSecret& secret : secretsIn(text, isSecretByName))
            if (std::find(m_known.begin(), m_known.end(), secret.text) == m_known.end())
                note(place, secret.kind);
        if (!m_hasMark && text.find(redactedMark) != std::string_view::npos)
            note(place, "the mark of a secret that was left out of a draft");
    }

    Result<void> result() const
    {
        if (m_place.empty())
            return {};
        return failure(ErrorKind::Refused, "cannot save " + visible(m_subject), m_place + " holds " + m_kind,
                       m_fix);
    }

private:
    void note(const std::string& place, const std::string& kind)
    {
        if (!m_place.empty())
            return;
        m_place = place;
        m_kind = kind;
    }

    std::string m_subject;
    std::string m_fix;
    std::vector<std::string> m_known;
    bool m_hasMark = false;
    std::string m_place;
    std::string m_kind;
};

} // namespace

Result<CurrentFile> readCurrent(const std::string& directory, const std::string& path,
                                const std::string& fingerprint)
{
    const Result<std::filesystem::path> full = pathInside(directory, path);
    if (!full)
        return tl::unexpected(full.error());
    const std::string what = "cannot save " + visible(path);
    std::error_code error;
    if (!std::filesystem::exists(*full, error))
        return failure(ErrorKind::Refused, what, "the file is gone", "save it as a new one");
    Result<std::string> text = readFile(full->string(), StoreLimits().bytes);
    if (!text)
        return tl::unexpected(text.error());
    if (store::fingerprint(*text) != fingerprint)
        return failure(ErrorKind::Refused, what, "another program has changed the file since it was read",
                       "take the file as it is now, or decide for yours; what you typed stays until then");
    return CurrentFile{*full, *std::move(text)};
}

Result<void> checkSecrets(const collection::Content& content, std::string_view source)
{
    return checkSecrets(content, readContent(source, {}).value_or(collection::Content()));
}

Result<void> checkSecrets(const collection::Content& content, const collection::Content& before)
{
    SecretCheck check(content.entry.name);
    forValues(before, [&](const std::string&, const std::string& text, bool isSecretByName) {
        check.know(text, isSecretByName);
    });
    forValues(content, [&](const std::string& place, const std::string& text, bool isSecretByName) {
        check.value(place, text, isSecretByName);
    });
    return check.result();
}

Result<void> checkSecrets(const collection::Environment& environment, const collection::Environment* before)
{
    SecretCheck check("the environment " + environment.name);
    if (before != nullptr)
        for (const variables::Variable& variable : before->variables)
            check.know(variable.value, isSecretName(variable.name));
    for (const variables::Variable& variable : environment.variables)
        if (!variable.secret)
            check.value("the variable " + visible(variable.name), variable.value,
                        isSecretName(variable.name));
    return check.result();
}

Result<void> checkSecrets(const collection::Identity& identity, const collection::Identity* before)
{
    const bool isNamedBySecret = !findSecrets(identity.name).empty();
    SecretCheck check(
        isNamedBySecret ? "the identity" : "the identity " + identity.name,
        "use a secret variable such as {{password}}: its value is kept in the keychain, or given "
        "when it is needed");
    if (before != nullptr)
        forValues(*before, [&](const std::string&, const std::string& text, bool isSecretByName) {
            check.know(text, isSecretByName);
        });
    forValues(identity, [&](const std::string& place, const std::string& text, bool isSecretByName) {
        check.value(place, text, isSecretByName);
    });
    return check.result();
}

} // namespace claimcheck::store
