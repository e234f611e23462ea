// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/requestproblems.h>

#include <algorithm>
#include <utility>

#include <QtCore/qobject.h>

#include <base/text.h>
#include <http/message.h>
#include <json/document.h>
#include <store/secretlike.h>

namespace claimcheck::ui {
namespace {

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

std::vector<variables::Scope> withStandIns(std::vector<variables::Scope> scopes)
{
    return filled(std::move(scopes), standIn);
}

std::optional<QString> methodProblem(const std::string& method)
{
    if (method.empty())
        return QObject::tr("A request needs a method, for example GET");
    http::Request request = soundRequest();
    request.method = method;
    return refusal(request);
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

QString headerProblem(const collection::Field& field, const std::vector<variables::Scope>& filledScopes)
{
    if (field.name.empty())
        return QObject::tr("A header needs a name");
    const Result<std::string> value = variables::resolve(field.value, filledScopes, "header " + field.name);
    if (!value)
        return problemText(value.error());
    if (store::holdsRedactedMark(*value))
        return leftOut(QObject::tr("header ") + toQString(visible(field.name)));
    http::Request request = soundRequest();
    request.headers = {{field.name, *value}};
    return refusal(request).value_or(QString());
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

std::optional<FormProblem> leftOutOfDetails(const collection::Entry& entry,
                                            const collection::Details& details)
{
    const bool isOwn = entry.auth == collection::AuthMode::None && !entry.kept.auth.empty();
    for (const auto& [name, value] : details.credentials.fields)
        if (isOwn && store::holdsRedactedMark(value))
            return FormProblem{FormField::Auth, leftOut(QObject::tr("the authorisation"))};
    const bool hasParts = entry.bodyKind == collection::BodyKind::None && entry.kept.body == "multipart-form";
    for (const collection::Part& part : details.parts)
        for (const std::string& value : part.values)
            if (hasParts && part.enabled && store::holdsRedactedMark(value))
                return FormProblem{FormField::Body,
                                   leftOut(QObject::tr("part ") + toQString(visible(part.name)))};
    for (const collection::Parameter& parameter : details.parameters)
        if (parameter.inPath && store::holdsRedactedMark(parameter.value))
            return FormProblem{FormField::Params,
                               leftOut(QObject::tr("path parameter ") + toQString(visible(parameter.name)))};
    return std::nullopt;
}

std::optional<QString> bodyProblem(const collection::Entry& entry)
{
    if (entry.bodyKind != collection::BodyKind::Json || trimmed(entry.body).empty() ||
        variables::hasVariable(entry.body))
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

} // namespace claimcheck::ui
