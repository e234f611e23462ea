// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/fieldtable.h>

#include <QtGui/qevent.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>

#include <state/fieldtablemodel.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/typedcell.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int tickColumn = 36;
constexpr int nameColumn = 168;
constexpr int choiceColumn = 116;
constexpr int typeColumn = 120;

bool isPlaceholder(const QModelIndex& index)
{
    return index.data(FieldTableModel::PlaceholderRole).toBool();
}

QString titleOf(const QModelIndex& index)
{
    return index.model()->headerData(index.column(), Qt::Horizontal).toString();
}

} // namespace

bool FieldDelegate::canRemove(const QModelIndex& index) const
{
    const auto* model = static_cast<const FieldTableModel*>(index.model());
    return index.column() == model->lastColumn() && !isPlaceholder(index) && !model->isFixed();
}

void FieldDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = monoFont();
    option->showDecorationSelected = true;
    const QVariant tick = index.siblingAtColumn(FieldTableModel::Enabled).data(Qt::CheckStateRole);
    const bool off = tick.isValid() && tick.toInt() == Qt::Unchecked; // rows without a tick are never off
    const bool wrong = !index.data(FieldTableModel::ProblemRole).toString().isEmpty();
    const Role role = isPlaceholder(index) || off ? Role::Muted : wrong ? Role::Bad : Role::Text;
    option->palette.setColor(QPalette::Text, colour(role));
    option->palette.setColor(QPalette::HighlightedText, colour(role));
    if (wrong && index.column() == FieldTableModel::Name) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = icon(QStringLiteral("warning"), Role::Bad);
        option->decorationSize = {14, 14};
    }
    // One cell at a time is edited here: no row turns blue as a whole.
    option->state.setFlag(QStyle::State_Selected, false);
}

void FieldDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyleOptionViewItem inner = option;
    inner.rect = typedCellWords(option.rect, canRemove(index));
    QStyledItemDelegate::paint(painter, inner, index);
    drawTypedCell(painter, option, canRemove(index));
}

QWidget* FieldDelegate::createChoice(QWidget* parent, const QModelIndex& index) const
{
    auto* box = new ChevronBox(parent);
    box->setObjectName(QStringLiteral("fieldChoice"));
    box->setAccessibleName(titleOf(index));
    box->addItems(index.data(FieldTableModel::ChoicesRole).toStringList());
    auto* self = const_cast<FieldDelegate*>(this);
    connect(box, &QComboBox::activated, self, [self, box] { Q_EMIT self->commitData(box); });
    return box;
}

QWidget* FieldDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                     const QModelIndex& index) const
{
    if (!index.data(FieldTableModel::ChoicesRole).toStringList().isEmpty())
        return createChoice(parent, index);
    auto* edit = new QLineEdit(parent);
    edit->setFont(monoFont());
    setKind(edit, "cell"); // what is drawn below must not show through
    edit->setObjectName(QStringLiteral("fieldEditor"));
    edit->setAccessibleName(titleOf(index));
    edit->setPlaceholderText(titleOf(index));
    auto* self = const_cast<FieldDelegate*>(this);
    connect(edit, &QLineEdit::textEdited, self, [self, edit] { Q_EMIT self->commitData(edit); });
    return edit;
}

void FieldDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    const QString text = index.data(Qt::EditRole).toString();
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        // A word of another program is shown, and kept unless another one is chosen.
        if (box->findText(text) < 0 && !text.isEmpty())
            box->addItem(text);
        return box->setCurrentIndex(box->findText(text));
    }
    // The model's echo of a keystroke must not move the cursor.
    auto* edit = static_cast<QLineEdit*>(editor);
    if (edit->text() != text)
        edit->setText(text);
}

void FieldDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    const auto* box = qobject_cast<QComboBox*>(editor);
    if (box == nullptr)
        return QStyledItemDelegate::setModelData(editor, model, index);
    if (box->currentIndex() >= 0 && box->currentText() != index.data(Qt::EditRole).toString())
        model->setData(index, box->currentText());
}

void FieldDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex& index) const
{
    QRect rect = option.rect.adjusted(space::tiny - 1, 1, 0, -2);
    if (canRemove(index))
        rect.setRight(removeMarkRect(option.rect).left());
    editor->setGeometry(rect);
}

bool FieldDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index)
{
    if (canRemove(index) && isRemoval(*event, option.rect))
        return model->removeRow(index.row());
    QStyleOptionViewItem inner = option;
    inner.rect =
        typedCellWords(option.rect, canRemove(index)); // the tick takes clicks where paint() draws it
    return QStyledItemDelegate::editorEvent(event, model, inner, index);
}

FieldTable::FieldTable(FieldTableModel* model, const QString& objectName, const QString& accessibleName)
    : m_model(model)
{
    setNames(this, objectName, accessibleName);
    setModel(model);
    setUpTable(this);
    setItemDelegate(new FieldDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(true);
    setEditTriggers(QAbstractItemView::SelectedClicked | QAbstractItemView::EditKeyPressed |
                    QAbstractItemView::AnyKeyPressed | QAbstractItemView::DoubleClicked |
                    QAbstractItemView::CurrentChanged);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    horizontalHeader()->setMinimumSectionSize(tickColumn);
    horizontalHeader()->resizeSection(FieldTableModel::Enabled, tickColumn);
    horizontalHeader()->resizeSection(FieldTableModel::Name, nameColumn);
    for (int column = FieldTableModel::Value; column <= model->lastColumn(); ++column)
        if (!model->index(model->rowCount() - 1, column)
                 .data(FieldTableModel::ChoicesRole)
                 .toStringList()
                 .isEmpty())
            horizontalHeader()->resizeSection(column, choiceColumn);
    if (model->lastColumn() > FieldTableModel::Value + 1) {
        // The column before the last one is what is typed most.
        horizontalHeader()->setStretchLastSection(false);
        horizontalHeader()->resizeSection(model->lastColumn(), typeColumn);
        horizontalHeader()->setSectionResizeMode(model->lastColumn() - 1, QHeaderView::Stretch);
        horizontalHeader()->resizeSection(FieldTableModel::Name, choiceColumn);
    }
    setColumnHidden(FieldTableModel::Enabled, model->isFixed());
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, [this] { updateGeometry(); });
    connect(model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
}

QSize FieldTable::sizeHint() const
{
    return {QTableView::sizeHint().width(), (model()->rowCount() + 1) * space::row + 1};
}

QSize FieldTable::minimumSizeHint() const
{
    return {QTableView::minimumSizeHint().width(), 2 * space::row};
}

bool FieldTable::isAtEnd(bool next) const
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return false;
    if (!next)
        return current.row() == 0 && current.column() <= FieldTableModel::Name;
    if (m_model->isFixed())
        return current.row() + 1 >= m_model->rowCount() && current.column() >= m_model->lastColumn();
    return current.row() >= m_model->typedRows(); // the empty row at the end
}

bool FieldTable::leave(bool next)
{
    clearSelection();
    setCurrentIndex({});
    return QAbstractScrollArea::focusNextPrevChild(next);
}

bool FieldTable::focusNextPrevChild(bool next)
{
    return isAtEnd(next) ? leave(next) : QTableView::focusNextPrevChild(next);
}

void FieldTable::closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint)
{
    const bool next = hint == QAbstractItemDelegate::EditNextItem;
    const bool moves = next || hint == QAbstractItemDelegate::EditPreviousItem;
    if (!moves || !isAtEnd(next))
        return QTableView::closeEditor(editor, hint);
    QTableView::closeEditor(editor, QAbstractItemDelegate::NoHint);
    leave(next);
}

void FieldTable::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid() || index.row() >= m_model->typedRows() || m_model->isFixed())
        return;
    QMenu menu(this);
    menu.addAction(icon(QStringLiteral("trash")), tr("Remove row"),
                   [this, row = index.row()] { m_model->removeRow(row); });
    menu.exec(event->globalPos());
}

} // namespace claimcheck::ui
