// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/savecheck.h>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/secretlike.h>

namespace claimcheck::store {
namespace {

/// Gathers the first secret among the values of something that is to be saved.
class SecretCheck
{
public:
    SecretCheck(std::string subject, std::string_view source)
        : m_subject(std::move(subject)), m_source(source)
    {}

    void value(const std::string& place, std::string_view text)
    {
        for (const SecretRange& secret : findSecrets(text))
            note(place, text.substr(secret.offset, secret.length), "what looks like " + secret.kind);
        if (text.find(redactedMark) != std::string_view::npos)
            note(place, redactedMark, "the mark of a secret that was left out of a draft");
    }

    /// `Authorization: Basic …` and the like hold a secret of any form.
    void header(const collection::Field& field)
    {
        const std::string place = "the header " + visible(field.name);
        value(place, field.value);
        const std::string_view text = trimmed(field.value);
        if (equalsIgnoringCase(trimmed(field.name), "Authorization") && text.size() >= 8 &&
            !isHarmlessValue(text))
            note(place, text, "what looks like credentials");
    }

    Result<void> result() const
    {
        if (m_place.empty())
            return {};
        return failure(ErrorKind::Refused, "cannot save " + visible(m_subject), m_place + " holds " + m_kind,
                       m_fix);
    }

private:
    void note(const std::string& place, std::string_view secret, const std::string& kind)
    {
        if (!m_place.empty() || m_source.find(secret) != std::string_view::npos)
            return;
        m_place = place;
        m_kind = kind;
    }

    std::string m_subject;
    std::string_view m_source;
    std::string m_place;
    std::string m_kind;
    std::string m_fix =
        "sign in and let the session authorise the request, or use a variable such as {{token}}";
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
    SecretCheck check(entry.name, source);
    check.value("the name", entry.name);
    check.value("the URL", entry.url);
    for (const collection::Field& field : entry.headers)
        check.header(field);
    check.value("the body", entry.body);
    for (const collection::Field& field : entry.formFields)
        check.value("the form field " + visible(field.name), field.value);
    for (const variables::Variable& variable : entry.variables)
        check.value("the variable " + visible(variable.name), variable.value);
    check.value("the documentation", entry.docs);
    return check.result();
}

Result<void> checkSecrets(const collection::Environment& environment, std::string_view source)
{
    SecretCheck check("the environment " + environment.name, source);
    for (const variables::Variable& variable : environment.variables)
        if (!variable.secret)
            check.value("the variable " + visible(variable.name), variable.value);
    return check.result();
}

} // namespace claimcheck::store
