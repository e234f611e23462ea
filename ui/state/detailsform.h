// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a request says beside its headers and text: parameters, parts, credentials, checks, captures,
// settings, examples, as they are typed. Untouched, all of it is what it was.

#pragma once

#include <QtCore/qobject.h>

#include <collection/details.h>
#include <state/fieldtablemodel.h>

namespace claimcheck::ui {

/// The operators of assertions, as Bruno has them.
QStringList checkOperators();
/// `isNumber`, `isEmpty` …: no value stands behind them.
bool isUnary(const std::string& operation);

class DetailsForm : public QObject
{
    Q_OBJECT
public:
    explicit DetailsForm(QObject* parent = nullptr);

    /// Columns of the table of parts.
    enum PartColumn
    {
        PartName = FieldTableModel::Name,
        PartKind,
        PartValue, ///< a text, or paths with ", " between
        PartType
    };
    /// Columns of the table of checks.
    enum CheckColumn
    {
        CheckExpression = FieldTableModel::Name,
        CheckOperator,
        CheckValue
    };

    void setDetails(const collection::Details& details, const std::string& url);
    const collection::Details& details() const { return m_details; }

    FieldTableModel* query() { return &m_query; }
    FieldTableModel* path() { return &m_path; }
    FieldTableModel* parts() { return &m_parts; }
    FieldTableModel* checks() { return &m_checks; }
    FieldTableModel* captures() { return &m_captures; }

    /// The URL was typed: the tables of parameters follow.
    void setUrl(const std::string& url);

    void setCredentials(const collection::Credentials& credentials);
    /// An empty text takes no field into the file that it does not hold.
    void setCredential(const std::string& name, const std::string& value);
    void setBodyFile(const std::optional<collection::BodyFile>& file);
    void setSettings(const collection::Settings& settings);
    void setTags(const std::vector<std::string>& tags);
    void setExamples(std::vector<collection::Example> examples);
    /// A file for a multipart body, below the parts that are there.
    void addFile(const std::string& path);

Q_SIGNALS:
    void changed();
    /// A parameter was typed: the URL follows.
    void urlChanged(const std::string& url);

private:
    void showParameters(const std::vector<collection::Parameter>& parameters);
    void takeQuery();
    void takePath();
    void takeParts();
    void takeChecks();
    void takeCaptures();
    void setParameters(std::vector<collection::Parameter> query, std::vector<collection::Parameter> path);

    collection::Details m_details;
    std::string m_url;
    FieldTableModel m_query;
    FieldTableModel m_path;
    FieldTableModel m_parts;
    FieldTableModel m_checks;
    FieldTableModel m_captures;
};

} // namespace claimcheck::ui
