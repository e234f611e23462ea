// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <environments/variabletable.h>

#include <algorithm>

#include <QtGui/qevent.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>

#include <state/environmentmodel.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/typedcell.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int tickColumn = 36;
constexpr int nameColumn = 190;
constexpr int valueColumn = 360;
constexpr int leastValueColumn = 120;
constexpr int kindColumn = 112;
constexpr int sourceColumn = 170; ///< with what removes the row

bool isPlaceholder(const QModelIndex& index)
{
    return index.data(EnvironmentModel::PlaceholderRole).toBool();
}

bool canRemove(const QModelIndex& index)
{
    return index.column() == EnvironmentModel::Source && index.row() + 1 < index.model()->rowCount();
}

} // namespace

void VariableDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isText = index.column() == EnvironmentModel::Name || index.column() == EnvironmentModel::Value;
    option->font = isText ? monoFont() : uiFont();
    const bool isOff =
        index.siblingAtColumn(EnvironmentModel::Enabled).data(Qt::CheckStateRole).toInt() == Qt::Unchecked;
    const bool isWrong = !index.data(EnvironmentModel::ProblemRole).toString().isEmpty();
    const bool isQuiet = isPlaceholder(index) || isOff || index.column() == EnvironmentModel::Source;
    const Role role = isWrong && isText ? Role::Bad : isQuiet ? Role::Muted : Role::Text;
    option->palette.setColor(QPalette::Text, colour(role));
    option->palette.setColor(QPalette::HighlightedText, colour(role));
    if (isWrong && index.column() == EnvironmentModel::Value) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = icon(QStringLiteral("warning"), Role::Bad);
        option->decorationSize = {14, 14};
    }
    if (index.column() == EnvironmentModel::Kind && index.data(EnvironmentModel::SecretRole).toBool()) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = icon(QStringLiteral("lock"), Role::Muted);
        option->decorationSize = {14, 14};
    }
    option->state.setFlag(QStyle::State_Selected, false); // one cell at a time is edited here
}

void VariableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    QStyleOptionViewItem inner = option;
    inner.rect = typedCellWords(option.rect, canRemove(index));
    QStyledItemDelegate::paint(painter, inner, index);
    drawTypedCell(painter, option, canRemove(index));
}

QWidget* VariableDelegate::kindEditor(QWidget* parent) const
{
    auto* box = new ChevronBox(parent);
    box->addItems(EnvironmentModel::kinds());
    setNames(box, QStringLiteral("kindEditor"), tr("Kind"));
    auto* self = const_cast<VariableDelegate*>(this);
    connect(box, &QComboBox::activated, self, [self, box] {
        Q_EMIT self->commitData(box);
        Q_EMIT self->closeEditor(box);
    });
    return box;
}

QWidget* VariableDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                        const QModelIndex& index) const
{
    if (index.column() == EnvironmentModel::Kind)
        return kindEditor(parent);
    auto* edit = new QLineEdit(parent);
    edit->setFont(monoFont());
    ui::setKind(edit, "cell"); // what is drawn below must not show through
    const bool isName = index.column() == EnvironmentModel::Name;
    setNames(edit, QStringLiteral("variableEditor"), isName ? tr("Name") : tr("Value"));
    edit->setPlaceholderText(isName ? tr("Name") : tr("Value"));
    if (!isName && index.data(EnvironmentModel::SecretRole).toBool())
        edit->setEchoMode(QLineEdit::Password);
    auto* self = const_cast<VariableDelegate*>(this);
    connect(edit, &QLineEdit::textEdited, self, [self, edit] { Q_EMIT self->commitData(edit); });
    return edit;
}

void VariableDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    const QString text = index.data(Qt::EditRole).toString();
    if (auto* box = qobject_cast<QComboBox*>(editor))
        return box->setCurrentText(text);
    // The model's echo of a keystroke must not move the cursor; of a secret it gives none.
    auto* edit = static_cast<QLineEdit*>(editor);
    if (edit->text() != text && edit->echoMode() == QLineEdit::Normal)
        edit->setText(text);
}

void VariableDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                    const QModelIndex& index) const
{
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        model->setData(index, box->currentText());
        return;
    }
    auto* edit = static_cast<QLineEdit*>(editor);
    if (edit->echoMode() == QLineEdit::Normal || edit->isModified()) // left untouched, a secret stays
        model->setData(index, edit->text());
}

void VariableDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                            const QModelIndex& index) const
{
    const bool isKind = index.column() == EnvironmentModel::Kind;
    editor->setGeometry(option.rect.adjusted(space::tiny - 1, isKind ? 0 : 1, 0, isKind ? -1 : -2));
}

bool VariableDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                   const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (canRemove(index) && isRemoval(*event, option.rect))
        return model->removeRow(index.row());
    QStyleOptionViewItem inner = option;
    inner.rect =
        typedCellWords(option.rect, canRemove(index)); // the tick takes clicks where paint() draws it
    return QStyledItemDelegate::editorEvent(event, model, inner, index);
}

VariableTable::VariableTable(EnvironmentModel* model, QWidget* parent) : QTableView(parent), m_model(model)
{
    setNames(this, QStringLiteral("environmentVariables"), tr("Variables"));
    setModel(model);
    setUpTable(this);
    setItemDelegate(new VariableDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(true);
    setEditTriggers(QAbstractItemView::SelectedClicked | QAbstractItemView::EditKeyPressed |
                    QAbstractItemView::AnyKeyPressed | QAbstractItemView::DoubleClicked);
    horizontalHeader()->setMinimumSectionSize(tickColumn);
    horizontalHeader()->resizeSection(EnvironmentModel::Enabled, tickColumn);
    horizontalHeader()->resizeSection(EnvironmentModel::Name, nameColumn);
    horizontalHeader()->resizeSection(EnvironmentModel::Value, valueColumn);
    horizontalHeader()->resizeSection(EnvironmentModel::Kind, kindColumn);
}

void VariableTable::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid() || index.row() >= m_model->typedRows())
        return;
    QMenu menu(this);
    if (index.data(EnvironmentModel::SecretRole).toBool()) {
        const QString name = index.siblingAtColumn(EnvironmentModel::Name).data(Qt::EditRole).toString();
        QAction* allow = menu.addAction(tr("May come from the environment variable of this name"));
        allow->setCheckable(true);
        allow->setChecked(m_allowed.contains(name));
        connect(allow, &QAction::toggled, this, [this, name](bool on) { Q_EMIT processAllowed(name, on); });
    }
    menu.addAction(icon(QStringLiteral("trash")), tr("Remove row"),
                   [this, row = index.row()] { m_model->removeRow(row); });
    menu.exec(event->globalPos());
}

/// In a narrow window values give way before the columns behind them are out of sight.
void VariableTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    QHeaderView* const header = horizontalHeader();
    int others = sourceColumn;
    for (const int column : {EnvironmentModel::Enabled, EnvironmentModel::Name, EnvironmentModel::Kind})
        others += header->sectionSize(column);
    const int room = std::max(leastValueColumn, viewport()->width() - others);
    const int now = header->sectionSize(EnvironmentModel::Value);
    if (now > room || now < valueColumn)
        header->resizeSection(EnvironmentModel::Value, std::min(room, std::max(now, valueColumn)));
}

void VariableTable::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && currentIndex().isValid() && state() != EditingState) {
        m_model->removeRow(currentIndex().row());
        return;
    }
    if (event->key() == Qt::Key_Space && currentIndex().column() == EnvironmentModel::Enabled) {
        const bool isOn = currentIndex().data(Qt::CheckStateRole).toInt() == Qt::Checked;
        m_model->setData(currentIndex(), isOn ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace claimcheck::ui
