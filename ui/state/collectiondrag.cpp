// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The half of CollectionModel that takes what a person does to the tree: typing a name, dragging rows.

#include <state/collectionmodel.h>

#include <algorithm>

#include <QtCore/qmimedata.h>

#include <base/text.h>

namespace claimcheck::ui {
namespace {

const QString dragType = QStringLiteral("application/x-claimcheck-paths");

bool isInside(const QString& path, const QString& folder)
{
    return path == folder || path.startsWith(folder + u'/');
}

bool isFolder(const QModelIndex& index)
{
    return CollectionModel::kindOf(index) == CollectionModel::Kind::Folder;
}

/// Row numbers from the top down.
std::vector<int> rowsFromTop(QModelIndex index)
{
    std::vector<int> rows;
    for (; index.isValid(); index = index.parent())
        rows.insert(rows.begin(), index.row());
    return rows;
}

} // namespace

void sortFromTop(QModelIndexList& indexes)
{
    std::sort(indexes.begin(), indexes.end(),
              [](const QModelIndex& a, const QModelIndex& b) { return rowsFromTop(a) < rowsFromTop(b); });
}

Qt::ItemFlags CollectionModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // behind all that is there
    const Qt::ItemFlags flags =
        Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled;
    return isFolder(index) ? flags | Qt::ItemIsDropEnabled : flags | Qt::ItemNeverHasChildren;
}

bool CollectionModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const QString name = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || name.isEmpty() ||
        name == index.data(Qt::EditRole).toString())
        return false;
    Q_EMIT renamed(index.data(PathRole).toString(), name);
    return true;
}

std::optional<CollectionModel::Place> CollectionModel::stepped(const QModelIndex& index, int by) const
{
    const QModelIndex around = index.parent();
    const auto isLike = [this, &around, &index](int row) {
        const QModelIndex other = this->index(row, 0, around);
        return other.isValid() && isFolder(other) == isFolder(index);
    };
    if (!index.isValid() || !isLike(index.row() + by))
        return std::nullopt;
    // One step down is in front of the one behind the next.
    const int before = by < 0 ? index.row() - 1 : index.row() + 2;
    return Place{around.data(PathRole).toString(),
                 isLike(before) ? this->index(before, 0, around).data(PathRole).toString() : QString()};
}

Qt::DropActions CollectionModel::supportedDropActions() const
{
    return Qt::MoveAction;
}

QStringList CollectionModel::mimeTypes() const
{
    return {dragType};
}

QMimeData* CollectionModel::mimeData(const QModelIndexList& indexes) const
{
    QModelIndexList inOrder = indexes;
    sortFromTop(inOrder);
    QStringList lines{m_directory};
    for (const QModelIndex& index : inOrder)
        lines.append(index.data(PathRole).toString());
    auto* data = new QMimeData;
    data->setData(dragType, lines.join(QChar(u'\0')).toUtf8());
    return data;
}

/// None where they come from another collection.
QStringList CollectionModel::draggedPaths(const QMimeData* data) const
{
    QStringList lines = QString::fromUtf8(data->data(dragType)).split(QChar(u'\0'));
    return lines.takeFirst() == m_directory ? lines : QStringList();
}

bool CollectionModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int /*row*/,
                                      int /*column*/, const QModelIndex& parent) const
{
    const QStringList paths = data->hasFormat(dragType) ? draggedPaths(data) : QStringList();
    const QString folder = parent.data(PathRole).toString();
    const auto holds = [&folder](const QString& path) { return isInside(folder, path); };
    return action == Qt::MoveAction && !paths.isEmpty() && (!parent.isValid() || isFolder(parent)) &&
           std::none_of(paths.begin(), paths.end(), holds);
}

/// False: the view is not to take the rows away itself.
bool CollectionModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                   const QModelIndex& parent)
{
    if (canDropMimeData(data, action, row, column, parent))
        Q_EMIT dropped(draggedPaths(data), parent.data(PathRole).toString(),
                       row < 0 ? QString() : index(row, 0, parent).data(PathRole).toString());
    return false;
}

} // namespace claimcheck::ui
