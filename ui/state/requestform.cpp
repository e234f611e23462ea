// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/requestform.h>

#include <algorithm>

#include <base/text.h>
#include <http/message.h>
#include <json/document.h>
#include <state/credentialkinds.h>
#include <store/secretlike.h>

namespace claimcheck::ui {
namespace {

constexpr const char* sessionToken = "{{token}}";
/// In the place of a secret that is still awaited; they differ from their first byte on.
constexpr const char* standIn = "secret";
constexpr const char* otherStandIn = "awaits";

/// A request that has nothing wrong with it, to try one field at a time in.
http::Request soundRequest()
{
    http::Request request;
    request.url = "http://localhost/";
    return request;
}

std::optional<QString> refusal(const http::Request& request)
{
    const Result<void> valid = http::validate(request);
    return valid ? std::nullopt : std::optional<QString>(problemText(valid.error()));
}

/// A draft on disk has this mark where a secret was typed; what it stands for is gone.
QString leftOut(const QString& place)
{
    const QString mark =
        QLatin1String(store::redactedMark.data(), static_cast<qsizetype>(store::redactedMark.size()));
    return QObject::tr(
               "In %1, “%2” stands for a secret that was left out of what is kept on disk: type it anew")
        .arg(place, mark);
}

/// Nobody can type into them what is missing.
std::optional<FormProblem> leftOutOfBytes(const collection::Entry& entry, const std::string& bytes)
{
    if (entry.kept.body != collection::bytesBody)
        return std::nullopt;
    if (bytes.empty())
        return FormProblem{FormField::Body,
                           QObject::tr("The body was no text, and is not kept in drafts: send it again from "
                                       "the history, or choose another kind of body")};
    if (store::holdsRedactedMark(bytes))
        return FormProblem{FormField::Body,
                           QObject::tr("A secret was cut out of the body before it was kept, and it is no "
                                       "text to type it into: send it from the request that it came from")};
    return std::nullopt;
}

std::optional<FormProblem> leftOutOfBody(const collection::Entry& entry,
                                         const std::vector<collection::Field>& formFields,
                                         const std::string& bytes)
{
    if (entry.bodyKind == collection::BodyKind::None)
        return leftOutOfBytes(entry, bytes);
    if (entry.bodyKind != collection::BodyKind::Form)
        return store::holdsRedactedMark(entry.body)
                   ? std::optional<FormProblem>({FormField::Body, leftOut(QObject::tr("the body"))})
                   : std::nullopt;
    for (std::size_t row = 0; row < formFields.size(); ++row)
        if (formFields[row].enabled && store::holdsRedactedMark(formFields[row].value))
            return FormProblem{FormField::Body,
                               leftOut(QObject::tr("form field ") + toQString(visible(formFields[row].name))),
                               true, static_cast<int>(row)};
    return std::nullopt;
}

std::optional<QString> methodProblem(const std::string& method)
{
    if (method.empty())
        return QObject::tr("A request needs a method, for example GET");
    http::Request request = soundRequest();
    request.method = method;
    return refusal(request);
}

/// A secret without a value is one that is still awaited.
std::vector<variables::Scope> filled(std::vector<variables::Scope> scopes, const char* value)
{
    for (variables::Scope& scope : scopes)
        for (variables::Variable& variable : scope.variables)
            if (variable.secret && variable.value.empty())
                variable.value = value;
    return scopes;
}

std::optional<QString> urlRefusal(const std::string& url)
{
    http::Request request = soundRequest();
    request.url = url;
    return refusal(request);
}

/// The URL with what a person typed of it, where the first awaited secret stands `at` its scheme, host or
/// port: nobody can tell yet whether those are sound. Nothing where it stands behind them.
std::optional<std::string> withSoundOrigin(const std::string& url, std::size_t at)
{
    const std::size_t scheme = url.find("://");
    const bool hasScheme = scheme < url.find_first_of("/?#");
    const std::size_t end = std::min(url.find_first_of("/?#", hasScheme ? scheme + 3 : 0), url.size());
    const bool isSchemeTyped = url.find(':') < at;
    if (at >= end || (isSchemeTyped && !hasScheme))
        return std::nullopt;
    return (isSchemeTyped ? url.substr(0, scheme + 3) : "http://") + "localhost" + url.substr(end);
}

std::optional<QString> urlProblem(const std::string& url, const std::vector<variables::Scope>& scopes)
{
    if (trimmed(url).empty())
        return QObject::tr("Type a URL, for example https://api.example.com/orders");
    const Result<std::string> resolved = variables::resolve(url, filled(scopes, standIn), "URL");
    if (!resolved)
        return problemText(resolved.error());
    if (store::holdsRedactedMark(*resolved))
        return leftOut(QObject::tr("the URL"));
    const std::optional<QString> refused = urlRefusal(*resolved);
    if (!refused)
        return std::nullopt;
    const std::string other =
        variables::resolve(url, filled(scopes, otherStandIn), "URL").value_or(*resolved);
    const auto differs = std::ranges::mismatch(*resolved, other).in1;
    const auto sound =
        withSoundOrigin(*resolved, static_cast<std::size_t>(std::distance(resolved->begin(), differs)));
    return sound ? urlRefusal(*sound) : refused;
}

/// Only said: a body goes out as typed, and a template need not be JSON before its variables are in.
std::optional<QString> bodyProblem(const collection::Entry& entry)
{
    if (entry.bodyKind != collection::BodyKind::Json || trimmed(entry.body).empty() ||
        !variables::references(entry.body).empty())
        return std::nullopt;
    json::Limits limits;
    limits.depth = 1000;
    const Result<json::Document> document = json::parse(entry.body, limits);
    if (document)
        return std::nullopt;
    const auto where = document.error().where;
    return QObject::tr("Not valid JSON%1: %2. It is sent as typed.")
        .arg(where ? QObject::tr(" at line %1, column %2").arg(where->line).arg(where->column) : QString(),
             toQString(visible(document.error().why)));
}

} // namespace

QString problemText(const Error& error)
{
    const auto sentence = [](const std::string& part) {
        QString words = toQString(visible(part));
        if (!words.isEmpty())
            words[0] = words[0].toUpper();
        return words;
    };
    QString text = sentence(error.what);
    if (!error.why.empty())
        text += QStringLiteral(": ") + toQString(visible(error.why));
    if (!error.fix.empty())
        text += QStringLiteral(". ") + sentence(error.fix);
    return text;
}

RequestForm::RequestForm(QObject* parent) : QObject(parent)
{
    m_headers.setCheck([this](const collection::Field& field) { return headerProblem(field); });
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
    m_filled = filled(m_scopes, standIn);
    Q_EMIT scopesChanged();
}

QString RequestForm::headerProblem(const collection::Field& field) const
{
    if (field.name.empty())
        return tr("A header needs a name");
    const Result<std::string> value = variables::resolve(field.value, m_filled, "header " + field.name);
    if (!value)
        return problemText(value.error());
    if (store::holdsRedactedMark(*value))
        return leftOut(tr("header ") + toQString(visible(field.name)));
    http::Request request = soundRequest();
    request.headers = {{field.name, *value}};
    return refusal(request).value_or(QString());
}

void RequestForm::addHeaderProblems(std::vector<FormProblem>& found) const
{
    const std::vector<collection::Field> fields = m_headers.fields();
    for (std::size_t row = 0; row < fields.size(); ++row) {
        const QString text = fields[row].enabled ? headerProblem(fields[row]) : QString();
        if (!text.isEmpty())
            found.push_back({FormField::Headers, text, true, static_cast<int>(row)});
    }
}

/// Of what is sent: the credentials and parts of the kind that is chosen, and path parameters.
std::optional<FormProblem> RequestForm::leftOutOfDetails() const
{
    const collection::Details& details = m_details.details();
    const bool isOwn = m_entry.auth == collection::AuthMode::None && !m_entry.kept.auth.empty();
    for (const auto& [name, value] : details.credentials.fields)
        if (isOwn && store::holdsRedactedMark(value))
            return FormProblem{FormField::Auth, leftOut(tr("the authorisation"))};
    const bool hasParts =
        m_entry.bodyKind == collection::BodyKind::None && m_entry.kept.body == "multipart-form";
    for (const collection::Part& part : details.parts)
        for (const std::string& value : part.values)
            if (hasParts && part.enabled && store::holdsRedactedMark(value))
                return FormProblem{FormField::Body, leftOut(tr("part ") + toQString(visible(part.name)))};
    for (const collection::Parameter& parameter : details.parameters)
        if (parameter.inPath && store::holdsRedactedMark(parameter.value))
            return FormProblem{FormField::Params,
                               leftOut(tr("path parameter ") + toQString(visible(parameter.name)))};
    return std::nullopt;
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
    if (const auto problem = leftOutOfDetails())
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
