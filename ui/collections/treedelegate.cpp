// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collections/treedelegate.h>

#include <QtGui/qpainter.h>
#include <QtWidgets/qlineedit.h>

#include <state/collectionmodel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int methodWidth = 38; ///< "POST" in its font fits

QFont methodFont()
{
    QFont font = captionFont();
    font.setWeight(QFont::Bold);
    return font;
}

} // namespace

QRect TreeDelegate::nameOf(const QRect& row, const QModelIndex& index)
{
    const bool isFolder = CollectionModel::kindOf(index) == CollectionModel::Kind::Folder;
    return row.adjusted(isFolder ? 2 : methodWidth + space::small, 0, 0, 0);
}

void TreeDelegate::paintLead(QPainter* painter, const QRect& row, const QModelIndex& index) const
{
    const CollectionModel::Kind kind = CollectionModel::kindOf(index);
    if (kind == CollectionModel::Kind::Folder)
        return;
    const QRect lead(row.left(), row.top(), methodWidth, row.height());
    if (kind == CollectionModel::Kind::BrokenFile) {
        QRect mark(0, 0, 16, 16);
        mark.moveCenter(QPoint(lead.right() - 8, lead.center().y()));
        icon(QStringLiteral("warning"), Role::Warn).paint(painter, mark);
    } else {
        const QString method = index.data(CollectionModel::MethodRole).toString();
        painter->setFont(methodFont());
        painter->setPen(colour(methodRole(method)));
        painter->drawText(lead, Qt::AlignRight | Qt::AlignVCenter, methodLabel(method));
    }
}

void TreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    painter->save();
    paintLead(painter, option.rect, index);
    QRect text = nameOf(option.rect, index).adjusted(0, 0, -space::tiny, 0);
    if (index.data(CollectionModel::UnsavedRole).toBool()) {
        text.setRight(text.right() - space::tiny);
        drawUnsavedMark(painter, text);
        text.setRight(text.right() - unsavedMark - space::tiny);
    }
    const bool broken = CollectionModel::kindOf(index) == CollectionModel::Kind::BrokenFile;
    painter->setFont(uiFont());
    painter->setPen(colour(broken ? Role::Muted : Role::Text));
    const QString name = index.data().toString();
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(uiFont()).elidedText(name, Qt::ElideMiddle, text.width()));
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(colour(Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), space::row};
}

QWidget* TreeDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& /*option*/,
                                    const QModelIndex& index) const
{
    auto* line = new QLineEdit(parent);
    setKind(line, "cell");
    setNames(line, QStringLiteral("renameLine"), tr("New name of %1").arg(index.data().toString()));
    return line;
}

void TreeDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                        const QModelIndex& index) const
{
    constexpr int inset = space::small + 2; // its text stands where the name stood
    editor->setGeometry(nameOf(option.rect, index).adjusted(-inset, 1, 0, -1));
}

} // namespace claimcheck::ui
