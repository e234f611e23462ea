// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/requestform.h>

#include <algorithm>

#include <base/text.h>
#include <state/credentialkinds.h>

namespace claimcheck::ui {
namespace {

constexpr const char* sessionToken = "{{token}}";

} // namespace

RequestForm::RequestForm(QObject* parent) : QObject(parent)
{
    m_headers.setCheck([this](const collection::Field& field) { return headerProblem(field, m_filled); });
    connect(&m_headers, &FieldTableModel::fieldsChanged, this, &RequestForm::changed);
    connect(&m_formFields, &FieldTableModel::fieldsChanged, this, &RequestForm::changed);
    connect(&m_variables, &FieldTableModel::fieldsChanged, this, [this] {
        m_entry.variables.clear();
        for (const collection::Field& field : m_variables.fields())
            m_entry.variables.push_back({field.name, field.value, field.enabled});
        Q_EMIT changed();
    });
    connect(&m_details, &DetailsForm::urlChanged, this, [this](const std::string& url) {
        m_entry.url = url;
        Q_EMIT urlChanged(toQString(url));
    });
    connect(&m_details, &DetailsForm::changed, this, &RequestForm::changed);
}

void RequestForm::setContent(const collection::Content& content)
{
    m_entry = content.entry;
    m_headers.setFields(content.entry.headers);
    m_formFields.setFields(content.entry.formFields);
    std::vector<collection::Field> variables;
    for (const variables::Variable& variable : content.entry.variables)
        variables.push_back({variable.name, variable.value, variable.enabled});
    m_variables.setFields(variables);
    m_details.setDetails(content.details, content.entry.url);
    Q_EMIT changed();
}

collection::Entry RequestForm::entry() const
{
    collection::Entry entry = m_entry;
    entry.headers = m_headers.fields();
    entry.formFields = m_formFields.fields();
    return entry;
}

collection::Content RequestForm::content() const
{
    return {entry(), m_details.details()};
}

void RequestForm::adopt(const collection::Entry& saved)
{
    m_entry = saved;
}

void RequestForm::setMethod(const QString& method)
{
    m_entry.method = toUtf8(method.trimmed());
    Q_EMIT changed();
}

void RequestForm::setUrl(const QString& url)
{
    m_entry.url = toUtf8(url);
    m_details.setUrl(m_entry.url);
    Q_EMIT changed();
}

void RequestForm::setBodyKind(collection::BodyKind kind, const std::string& kept)
{
    m_entry.bodyKind = kind;
    m_entry.kept.body = kept;
    Q_EMIT changed();
}

void RequestForm::setBody(const QString& body)
{
    m_entry.body = toUtf8(body);
    Q_EMIT changed();
}

void RequestForm::setAuth(collection::AuthMode mode)
{
    m_entry.auth = mode;
    m_entry.kept.auth.clear();
    // As the file will say it: a run goes by that.
    if (mode == collection::AuthMode::SessionBearer &&
        m_details.details().credentials.field("token") != sessionToken)
        return m_details.setCredentials({"bearer", {{"type", "bearer"}, {"token", sessionToken}}});
    Q_EMIT changed();
}

void RequestForm::setOwnAuth(const std::string& type)
{
    m_entry.auth = collection::AuthMode::None;
    m_entry.kept.auth = type;
    collection::Credentials credentials{type, {{"type", type}}};
    // What both kinds have, name and password for the most part, need not be typed again.
    if (m_details.details().credentials.field("token") != sessionToken)
        for (const CredentialField& field : credentialFields(credentials))
            if (const std::string text = m_details.details().credentials.field(field.name); !text.empty())
                credentials.fields[field.name] = text;
    m_details.setCredentials(m_details.details().credentials.type == type ? m_details.details().credentials
                                                                          : credentials);
}

void RequestForm::setDocs(const QString& docs)
{
    m_entry.docs = toUtf8(docs);
    Q_EMIT changed();
}

void RequestForm::setScopes(std::vector<variables::Scope> nearestFirst)
{
    m_scopes = std::move(nearestFirst);
    m_filled = withStandIns(m_scopes);
    Q_EMIT scopesChanged();
}

void RequestForm::addHeaderProblems(std::vector<FormProblem>& found) const
{
    const std::vector<collection::Field> fields = m_headers.fields();
    for (std::size_t row = 0; row < fields.size(); ++row) {
        const QString text = fields[row].enabled ? headerProblem(fields[row], m_filled) : QString();
        if (!text.isEmpty())
            found.push_back({FormField::Headers, text, true, static_cast<int>(row)});
    }
}

std::vector<FormProblem> RequestForm::problems() const
{
    std::vector<FormProblem> found;
    if (auto text = methodProblem(m_entry.method))
        found.push_back({FormField::Method, *text});
    if (auto text = urlProblem(m_entry.url, m_scopes))
        found.push_back({FormField::Url, *text});
    addHeaderProblems(found);
    if (const auto problem = leftOutOfBody(m_entry, m_formFields.fields(), m_details.details().bytes))
        found.push_back(*problem);
    if (const auto problem = leftOutOfDetails(m_entry, m_details.details()))
        found.push_back(*problem);
    if (auto text = bodyProblem(m_entry))
        found.push_back({FormField::Body, *text, false});
    return found;
}

std::optional<FormProblem> RequestForm::problemOf(FormField field) const
{
    const std::vector<FormProblem> all = problems();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [field](const FormProblem& problem) { return problem.field == field; });
    return found == all.end() ? std::nullopt : std::optional<FormProblem>(*found);
}

bool RequestForm::canSend() const
{
    const std::vector<FormProblem> all = problems();
    return std::none_of(all.begin(), all.end(), [](const FormProblem& problem) { return problem.blocks; });
}

bool setsAuthorization(const collection::Entry& entry)
{
    return std::any_of(entry.headers.begin(), entry.headers.end(), [](const collection::Field& field) {
        return field.enabled && equalsIgnoringCase(field.name, "authorization");
    });
}

static QString formOf(collection::AuthMode mode)
{
    return mode == collection::AuthMode::SessionRaw
               ? QObject::tr(" with the raw token in Authorization. Change under Auth.")
               : QObject::tr(" with the token as Bearer in Authorization. Change under Auth.");
}

static QString keptCaption(const std::string& kept)
{
    const QString kind = toQString(visible(kept)).left(40);
    return collection::canSendAuthorisation(kept)
               ? QObject::tr("Sent with credentials of its own: %1. Change under Auth.").arg(kind)
               : QObject::tr("Not sent: %1 cannot be done yet. Choose another under Auth.").arg(kind);
}

AuthCaption authCaption(const Authorisation& effective, const QString& session, bool ownHeader, bool expired)
{
    if (!effective.minted.empty())
        return {QObject::tr("Sent with a token that is made for it each time (%1), as "
                            ".claimcheck/sessions.yaml says.")
                    .arg(toQString(visible(effective.minted)).left(40)),
                {},
                {}};
    const bool wantsToken = effective.mode == collection::AuthMode::SessionRaw ||
                            effective.mode == collection::AuthMode::SessionBearer;
    if (!wantsToken && !effective.kept.empty())
        return {keptCaption(effective.kept), {}, {}};
    if (ownHeader)
        return {QObject::tr("The Authorization header is sent as typed; no session adds to it."), {}, {}};
    if (!wantsToken)
        return {QObject::tr("Sent without a token. Change under Auth."), {}, {}};
    if (session.isEmpty())
        return {QObject::tr("Nobody is signed in: sent without a token."), {}, {}};
    if (expired)
        return {QObject::tr("Sent as "), session, QObject::tr(" with a token that has expired.")};
    return {QObject::tr("Sent as "), session, formOf(effective.mode)};
}

} // namespace claimcheck::ui
