// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The variables of one environment as a table: switch, name, value, kind, and where the value comes from. An
// empty row at the end becomes a new variable. Values of secrets are dots until they are to be revealed.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <collection/collection.h>
#include <run/secrets.h>
#include <store/environmentfile.h>

namespace claimcheck::ui {

/// An environment as it is being edited.
struct EnvironmentEdit
{
    collection::Environment environment;
    store::ValueTypes types;              ///< one for each variable; "secret" never stands here
    std::map<std::string, Secret> values; ///< of secrets, as typed and not kept yet; by name

    bool operator==(const EnvironmentEdit&) const = default;
};

class EnvironmentModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Enabled,
        Name,
        Value,
        Kind,
        Source,
        ColumnCount
    };
    enum Role
    {
        PlaceholderRole = Qt::UserRole + 1, ///< the text is a hint
        ProblemRole,                        ///< what is wrong with the value, or empty
        SecretRole                          ///< the row is a secret
    };

    explicit EnvironmentModel(QObject* parent = nullptr);

    void setEdit(EnvironmentEdit edit);
    /// Without rows that hold nothing. Of two rows of one name the value typed in the first counts.
    EnvironmentEdit edit() const;
    /// Where the values of secrets are found now, and which.
    void setSecrets(std::vector<run::SecretValue> secrets);
    void setReveal(bool reveal);
    int typedRows() const { return static_cast<int>(m_edit.environment.variables.size()); }
    /// The words of the Kind column, in order: text, number, boolean, object, null, secret.
    static QStringList kinds();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;

Q_SIGNALS:
    void edited();

private:
    using Row = std::size_t;
    using TypedValues = std::vector<std::optional<Secret>>;

    variables::Variable& variable(Row row) { return m_edit.environment.variables[row]; }
    const variables::Variable& variable(Row row) const { return m_edit.environment.variables[row]; }
    const run::SecretValue* found(const std::string& name) const;
    const Secret* secretOf(Row row) const;
    QString valueText(Row row) const;
    QString kindOf(Row row) const;
    QString sourceOf(Row row) const;
    QString problemOf(Row row) const;
    QVariant textData(Row row, int column, int role) const;
    QVariant lastRowData(int column, int role) const;
    void addRow();
    bool setText(Row row, int column, const QString& text);
    void setKind(Row row, const QString& kind);

    EnvironmentEdit m_edit; ///< without values: those are in m_typed
    TypedValues m_typed;    ///< one for each variable: a name, while it is typed, may be that of another row
    std::vector<run::SecretValue> m_secrets;
    bool m_reveal = false;
};

} // namespace claimcheck::ui
