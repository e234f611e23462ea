// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/detailsform.h>

#include <algorithm>

#include <base/text.h>
#include <collection/parameters.h>

namespace claimcheck::ui {
namespace {

constexpr const char* betweenPaths = ", ";

std::string joinedPaths(const std::vector<std::string>& values)
{
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : betweenPaths) + value;
    return out;
}

std::vector<std::string> splitPaths(const std::string& text)
{
    std::vector<std::string> values;
    for (const QString& path : toQString(text).split(QLatin1String(betweenPaths), Qt::SkipEmptyParts))
        values.push_back(toUtf8(path));
    return values;
}

FieldRow rowOf(const collection::Part& part)
{
    return {{part.name, part.isFile ? "file" : "text", joinedPaths(part.values), part.contentType},
            part.enabled};
}

/// A part whose row still shows what it said keeps its values as they are.
collection::Part partOf(const FieldRow& row, const std::vector<collection::Part>& before)
{
    for (const collection::Part& part : before)
        if (rowOf(part).cells == row.cells)
            return {part.name, part.isFile, part.values, part.contentType, row.enabled};
    const bool isFile = row.cells[1] == "file";
    return {row.cells[0], isFile, isFile ? splitPaths(row.cells[2]) : std::vector{row.cells[2]}, row.cells[3],
            row.enabled};
}

std::vector<FieldRow> rowsOf(const std::vector<collection::Parameter>& parameters, bool inPath)
{
    std::vector<FieldRow> rows;
    for (const collection::Parameter& parameter : parameters)
        if (parameter.inPath == inPath)
            rows.push_back({{parameter.name, parameter.value}, parameter.enabled});
    return rows;
}

std::vector<collection::Parameter> parametersIn(const FieldTableModel& table, bool inPath)
{
    std::vector<collection::Parameter> parameters;
    for (const FieldRow& row : table.rows())
        parameters.push_back({row.cells[0], row.cells[1], inPath, row.enabled});
    return parameters;
}

/// Query parameters of the file that the URL does not hold are not sent: shown switched off.
std::vector<collection::Parameter> shown(const std::string& url,
                                         const std::vector<collection::Parameter>& known)
{
    std::vector<collection::Parameter> all = collection::parametersOf(url, known);
    for (collection::Parameter parameter : known) {
        const auto same = [&parameter](const collection::Parameter& other) {
            return !other.inPath && other.name == parameter.name;
        };
        if (parameter.inPath || !parameter.enabled || std::any_of(all.begin(), all.end(), same))
            continue;
        parameter.enabled = false;
        all.push_back(parameter);
    }
    return all;
}

} // namespace

QStringList checkOperators()
{
    static const QStringList all =
        QStringLiteral("eq neq gt gte lt lte in notIn contains notContains length matches notMatches "
                       "startsWith endsWith between isEmpty isNotEmpty isNull isUndefined isDefined isTruthy "
                       "isFalsy isJson isNumber isString isBoolean isArray")
            .split(u' ');
    return all;
}

bool isUnary(const std::string& operation)
{
    return operation.starts_with("is") && checkOperators().contains(toQString(operation));
}

DetailsForm::DetailsForm(QObject* parent)
    : QObject(parent),
      m_parts({{tr("Name")},
               {tr("Kind"), {QStringLiteral("text"), QStringLiteral("file")}},
               {tr("Value")},
               {tr("Content type")}}),
      m_checks({{tr("Expression")}, {tr("Operator"), checkOperators()}, {tr("Value")}}),
      m_captures({{tr("Expression")}, {tr("Variable")}})
{
    m_path.setFixed(true);
    connect(&m_query, &FieldTableModel::fieldsChanged, this, &DetailsForm::takeQuery);
    connect(&m_path, &FieldTableModel::fieldsChanged, this, &DetailsForm::takePath);
    connect(&m_parts, &FieldTableModel::fieldsChanged, this, &DetailsForm::takeParts);
    connect(&m_checks, &FieldTableModel::fieldsChanged, this, &DetailsForm::takeChecks);
    connect(&m_captures, &FieldTableModel::fieldsChanged, this, &DetailsForm::takeCaptures);
}

void DetailsForm::setDetails(const collection::Details& details, const std::string& url)
{
    m_details = details;
    m_url = url;
    showParameters(shown(url, details.parameters));
    std::vector<FieldRow> parts;
    for (const collection::Part& part : details.parts)
        parts.push_back(rowOf(part));
    m_parts.setRows(std::move(parts));
    std::vector<FieldRow> checks;
    for (const collection::Assertion& check : details.assertions)
        checks.push_back(
            {{check.expression, check.operation, check.value.value_or(std::string())}, check.enabled});
    m_checks.setRows(std::move(checks));
    std::vector<FieldRow> captures;
    for (const collection::Capture& capture : details.captures)
        captures.push_back({{capture.expression, capture.variable}, capture.enabled});
    m_captures.setRows(std::move(captures));
}

void DetailsForm::showParameters(const std::vector<collection::Parameter>& parameters)
{
    m_query.setRows(rowsOf(parameters, false));
    m_path.setRows(rowsOf(parameters, true));
}

void DetailsForm::setUrl(const std::string& url)
{
    m_url = url;
    m_details.parameters = collection::parametersOf(url, m_details.parameters);
    showParameters(m_details.parameters);
}

/// In the order of the list so far, as far as that goes.
void DetailsForm::setParameters(std::vector<collection::Parameter> query,
                                std::vector<collection::Parameter> path)
{
    std::vector<collection::Parameter> all;
    auto nextQuery = query.begin();
    auto nextPath = path.begin();
    for (const collection::Parameter& known : m_details.parameters) {
        if (known.inPath && nextPath != path.end())
            all.push_back(*nextPath++);
        else if (!known.inPath && nextQuery != query.end())
            all.push_back(*nextQuery++);
    }
    all.insert(all.end(), nextQuery, query.end());
    all.insert(all.end(), nextPath, path.end());
    m_details.parameters = std::move(all);
}

void DetailsForm::takeQuery()
{
    setParameters(parametersIn(m_query, false), parametersIn(m_path, true));
    m_url = collection::withQuery(m_url, m_details.parameters);
    // As the URL spells them: "&" inside of a value is "%26" in both.
    m_details.parameters = collection::parametersOf(m_url, m_details.parameters);
    Q_EMIT urlChanged(m_url);
    Q_EMIT changed();
}

void DetailsForm::takePath()
{
    setParameters(parametersIn(m_query, false), parametersIn(m_path, true));
    Q_EMIT changed();
}

void DetailsForm::takeParts()
{
    std::vector<collection::Part> parts;
    for (const FieldRow& row : m_parts.rows())
        parts.push_back(partOf(row, m_details.parts));
    m_details.parts = std::move(parts);
    Q_EMIT changed();
}

void DetailsForm::takeChecks()
{
    std::vector<collection::Assertion> checks;
    for (const FieldRow& row : m_checks.rows()) {
        const bool hasValue = !row.cells[2].empty() || !isUnary(row.cells[1]);
        checks.push_back(
            {row.cells[0], row.cells[1], hasValue ? std::optional(row.cells[2]) : std::nullopt, row.enabled});
    }
    m_details.assertions = std::move(checks);
    Q_EMIT changed();
}

void DetailsForm::takeCaptures()
{
    std::vector<collection::Capture> captures;
    for (const FieldRow& row : m_captures.rows())
        captures.push_back({row.cells[0], row.cells[1], row.enabled});
    m_details.captures = std::move(captures);
    Q_EMIT changed();
}

void DetailsForm::setCredentials(const collection::Credentials& credentials)
{
    m_details.credentials = credentials;
    Q_EMIT changed();
}

void DetailsForm::setCredential(const std::string& name, const std::string& value)
{
    auto& fields = m_details.credentials.fields;
    if (value.empty() && !fields.contains(name))
        return;
    fields.insert_or_assign(name, value);
    Q_EMIT changed();
}

void DetailsForm::setBodyFile(const std::optional<collection::BodyFile>& file)
{
    m_details.bodyFile = file;
    Q_EMIT changed();
}

void DetailsForm::setSettings(const collection::Settings& settings)
{
    m_details.settings = settings;
    Q_EMIT changed();
}

void DetailsForm::setTags(const std::vector<std::string>& tags)
{
    m_details.tags = tags;
    Q_EMIT changed();
}

void DetailsForm::setExamples(std::vector<collection::Example> examples)
{
    m_details.examples = std::move(examples);
    Q_EMIT changed();
}

void DetailsForm::addFile(const std::string& path)
{
    m_parts.append({{"file", "file", path, {}}, true});
}

} // namespace claimcheck::ui
