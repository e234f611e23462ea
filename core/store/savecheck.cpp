// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/savecheck.h>

#include <algorithm>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/opencollection.h>
#include <store/secretlike.h>

namespace claimcheck::store {
namespace {

/// Calls visit(place, text, isSecretByName) for every value of an entry that is written down.
template <typename Visit>
void forValues(const collection::Entry& entry, Visit visit)
{
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
    explicit SecretCheck(std::string subject) : m_subject(std::move(subject)) {}

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
                       "sign in and let the session authorise the request, or use a variable such as "
                       "{{token}} or {{password}}");
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

Result<void> checkSecrets(const collection::Entry& entry, std::string_view source)
{
    SecretCheck check(entry.name);
    if (const auto before = readEntry(source, {}); before)
        forValues(*before, [&](const std::string&, const std::string& text, bool isSecretByName) {
            check.know(text, isSecretByName);
        });
    forValues(entry, [&](const std::string& place, const std::string& text, bool isSecretByName) {
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

} // namespace claimcheck::store
