// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/environmentmodel.h>

#include <algorithm>
#include <array>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {
namespace {

constexpr std::array<const char*, 6> kindWords{
    QT_TRANSLATE_NOOP("claimcheck::ui::EnvironmentModel", "Text"),
    QT_TRANSLATE_NOOP("claimcheck::ui::EnvironmentModel", "Number"),
    QT_TRANSLATE_NOOP("claimcheck::ui::EnvironmentModel", "Boolean"),
    QT_TRANSLATE_NOOP("claimcheck::ui::EnvironmentModel", "Object"),
    QT_TRANSLATE_NOOP("claimcheck::ui::EnvironmentModel", "Null"),
    QT_TRANSLATE_NOOP("claimcheck::ui::EnvironmentModel", "Secret")};
/// As the schema has them; a secret has none.
constexpr std::array<const char*, 5> typeWords{"string", "number", "boolean", "object", "null"};

} // namespace

EnvironmentModel::EnvironmentModel(QObject* parent) : QAbstractTableModel(parent) {}

QStringList EnvironmentModel::kinds()
{
    QStringList words;
    for (const char* word : kindWords)
        words.append(tr(word));
    return words;
}

void EnvironmentModel::setEdit(EnvironmentEdit edit)
{
    beginResetModel();
    m_edit = std::move(edit);
    m_edit.types.resize(m_edit.environment.variables.size());
    m_typed = TypedValues(m_edit.environment.variables.size());
    for (Row row = 0; row < m_typed.size(); ++row)
        if (variable(row).secret)
            if (auto typed = m_edit.values.extract(variable(row).name); !typed.empty())
                m_typed[row] = std::move(typed.mapped());
    m_edit.values.clear();
    endResetModel();
}

EnvironmentEdit EnvironmentModel::edit() const
{
    EnvironmentEdit edit = m_edit;
    edit.environment.variables.clear();
    edit.types.clear();
    for (Row row = 0; row < m_edit.environment.variables.size(); ++row) {
        if (m_typed[row])
            edit.values.emplace(variable(row).name, *m_typed[row]);
        if (variable(row).name.empty() && variable(row).value.empty())
            continue;
        edit.environment.variables.push_back(variable(row));
        edit.types.push_back(m_edit.types[row]);
    }
    return edit;
}

void EnvironmentModel::setSecrets(std::vector<run::SecretValue> secrets)
{
    m_secrets = std::move(secrets);
    if (typedRows() > 0)
        Q_EMIT dataChanged(index(0, 0), index(typedRows() - 1, ColumnCount - 1));
}

void EnvironmentModel::setReveal(bool reveal)
{
    m_reveal = reveal;
    if (typedRows() > 0)
        Q_EMIT dataChanged(index(0, Value), index(typedRows() - 1, Value));
}

const run::SecretValue* EnvironmentModel::found(const std::string& name) const
{
    for (const run::SecretValue& secret : m_secrets)
        if (secret.name == name && secret.environment == m_edit.environment.name)
            return &secret;
    return nullptr;
}

const Secret* EnvironmentModel::secretOf(Row row) const
{
    if (m_typed[row])
        return &*m_typed[row];
    const run::SecretValue* known = found(variable(row).name);
    return known != nullptr && known->source != run::SecretSource::Missing ? &known->value : nullptr;
}

QString EnvironmentModel::valueText(Row row) const
{
    if (!variable(row).secret)
        return toQString(visible(variable(row).value));
    const Secret* secret = secretOf(row);
    if (secret == nullptr)
        return tr("Type the value");
    return m_reveal ? toQString(visible(secret->reveal())) : QString(8, QChar(0x2022));
}

QString EnvironmentModel::kindOf(Row row) const
{
    if (variable(row).secret)
        return kinds().constLast();
    const auto known = std::find(typeWords.begin(), typeWords.end(), m_edit.types[row]);
    return kinds().value(known == typeWords.end() ? 0 : static_cast<int>(known - typeWords.begin()));
}

QString EnvironmentModel::sourceOf(Row row) const
{
    if (!variable(row).secret)
        return tr("File");
    if (m_typed[row])
        return tr("Typed, not saved");
    const run::SecretValue* known = found(variable(row).name);
    switch (known == nullptr ? run::SecretSource::Missing : known->source) {
    case run::SecretSource::Given:
        return tr("Typed, in memory");
    case run::SecretSource::Keychain:
        return tr("Keychain");
    case run::SecretSource::Process:
        return tr("Process");
    case run::SecretSource::DotEnv:
        return tr(".env file");
    case run::SecretSource::Missing:
        break;
    }
    return tr("No value yet");
}

QString EnvironmentModel::problemOf(Row row) const
{
    if (!variable(row).enabled)
        return {};
    if (variable(row).name.empty())
        return tr("It needs a name");
    const bool fits = variable(row).secret || store::fitsType(m_edit.types[row], variable(row).value);
    return fits ? QString() : tr("This is no %1").arg(kindOf(row).toLower());
}

QVariant EnvironmentModel::textData(Row row, int column, int role) const
{
    const bool isSecret = variable(row).secret;
    if (role == Qt::EditRole && column == Value && isSecret) {
        const Secret* secret = m_reveal ? secretOf(row) : nullptr;
        return secret == nullptr ? QString() : toQString(secret->reveal());
    }
    switch (column) {
    case Name:
        return toQString(role == Qt::EditRole ? variable(row).name : visible(variable(row).name));
    case Value:
        return role == Qt::EditRole ? toQString(variable(row).value) : valueText(row);
    case Kind:
        return kindOf(row);
    case Source:
        return sourceOf(row);
    default:
        return {};
    }
}

QVariant EnvironmentModel::lastRowData(int column, int role) const
{
    if (role == PlaceholderRole)
        return true;
    if (role != Qt::DisplayRole)
        return {};
    return column == Name ? tr("Name") : column == Value ? tr("Value") : QVariant();
}

QVariant EnvironmentModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto row = static_cast<Row>(index.row());
    if (index.row() >= typedRows())
        return lastRowData(index.column(), role);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return textData(row, index.column(), role);
    case Qt::CheckStateRole:
        if (index.column() == Enabled)
            return variable(row).enabled ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::ToolTipRole:
        return index.column() == Value ? plainTip(problemOf(row)) : QString();
    case Qt::AccessibleTextRole:
        return index.column() == Enabled ? QVariant(tr("Enabled")) : QVariant();
    case PlaceholderRole:
        return index.column() == Value && variable(row).secret && secretOf(row) == nullptr;
    case ProblemRole:
        return problemOf(row);
    case SecretRole:
        return variable(row).secret;
    default:
        return {};
    }
}

void EnvironmentModel::addRow()
{
    beginInsertRows({}, typedRows(), typedRows());
    m_edit.environment.variables.emplace_back();
    m_edit.types.emplace_back();
    m_typed.emplace_back();
    endInsertRows();
}

/// What was typed in clear is a secret from now on, and leaves the file; never the other way round.
void EnvironmentModel::setKind(Row row, const QString& kind)
{
    variables::Variable& changed = variable(row);
    const auto number = static_cast<std::size_t>(std::max<qsizetype>(0, kinds().indexOf(kind)));
    const bool isSecret = number >= typeWords.size();
    if (isSecret && !changed.secret && !changed.value.empty())
        m_typed[row] = Secret(changed.value);
    if (isSecret)
        wipe(changed.value);
    else
        m_typed[row].reset();
    changed.secret = isSecret;
    m_edit.types[row] = isSecret ? "" : typeWords[number];
}

bool EnvironmentModel::setText(Row row, int column, const QString& text)
{
    variables::Variable& changed = variable(row);
    const std::string typed = toUtf8(text);
    if (column == Name)
        changed.name = typed;
    else if (column == Kind)
        setKind(row, text);
    else if (column != Value)
        return false;
    else if (changed.secret && typed.empty())
        m_typed[row].reset();
    else if (changed.secret)
        m_typed[row] = Secret(typed);
    else
        changed.value = typed;
    return true;
}

bool EnvironmentModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const bool isTick = index.column() == Enabled && role == Qt::CheckStateRole;
    if (!index.isValid() || (role != Qt::EditRole && !isTick))
        return false;
    if (role == Qt::EditRole && value.toString() == data(index, Qt::EditRole).toString())
        return true;
    if (index.row() >= typedRows()) {
        if (isTick || value.toString().isEmpty())
            return false;
        addRow();
    }
    const auto row = static_cast<Row>(index.row());
    if (isTick)
        variable(row).enabled = value.toInt() == Qt::Checked;
    else if (!setText(row, index.column(), value.toString()))
        return false;
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

int EnvironmentModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : typedRows() + 1;
}

int EnvironmentModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EnvironmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles{QString(), tr("Name"), tr("Value"), tr("Kind"), tr("From")};
    return titles[static_cast<std::size_t>(section)];
}

Qt::ItemFlags EnvironmentModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool isLast = index.row() >= typedRows();
    if (index.column() == Enabled && !isLast)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == Name || index.column() == Value || (index.column() == Kind && !isLast))
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool EnvironmentModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || row + count > typedRows())
        return false;
    beginRemoveRows(parent, row, row + count - 1);
    auto& variables = m_edit.environment.variables;
    variables.erase(variables.begin() + row, variables.begin() + row + count);
    m_edit.types.erase(m_edit.types.begin() + row, m_edit.types.begin() + row + count);
    m_typed.erase(m_typed.begin() + row, m_typed.begin() + row + count);
    endRemoveRows();
    Q_EMIT edited();
    return true;
}

} // namespace claimcheck::ui
