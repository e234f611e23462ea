// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/collectionmodel.h>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {

struct CollectionModel::Node
{
    Kind kind = Kind::Folder;
    QString path;
    QString name;
    QString editName; ///< as it is, without marks for what cannot be shown
    QString method;
    QString problem;
    Node* parent = nullptr;
    int row = -1; ///< among those of its folder that are shown
    std::vector<std::unique_ptr<Node>> all;
    std::vector<Node*> children; ///< those that are shown

    void add(std::unique_ptr<Node> child)
    {
        child->parent = this;
        all.push_back(std::move(child));
    }
    void show(Node& child)
    {
        child.row = static_cast<int>(children.size());
        children.push_back(&child);
    }
    /// Gives whether anything is.
    bool showOnly(const QSet<QString>* paths)
    {
        children.clear();
        for (const auto& child : all) {
            const bool isFolder = child->kind == Kind::Folder;
            const bool holds = isFolder && child->showOnly(paths);
            if (paths == nullptr || (isFolder ? holds : paths->contains(child->path)))
                show(*child);
        }
        return !children.empty();
    }
};

namespace {

QString shown(const std::string& text)
{
    return toQString(visible(text));
}

QString fileName(const std::string& path)
{
    return shown(path.substr(path.rfind('/') + 1));
}

QString stemOf(const std::string& path)
{
    const std::string name = path.substr(path.rfind('/') + 1);
    return toQString(name.substr(0, name.size() - (name.ends_with(".yml") ? 4 : 0)));
}

} // namespace

/// The whole name and the file.
QString CollectionModel::toolTipOf(const Node& node) const
{
    if (!node.problem.isEmpty())
        return plainTip(node.problem);
    QStringList lines{node.name, shown(toUtf8(node.path))};
    if (m_unsaved.contains(node.path))
        lines.append(tr("Not saved"));
    return plainTip(lines.join(u'\n'));
}

CollectionModel::CollectionModel(QObject* parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Node>())
{}

CollectionModel::~CollectionModel() = default;

std::unique_ptr<CollectionModel::Node> CollectionModel::itemNode(const collection::Item& item)
{
    auto leaf = std::make_unique<Node>();
    leaf->kind = item.problem ? Kind::BrokenFile : Kind::Request;
    leaf->path = toQString(item.path);
    leaf->name = item.problem ? fileName(item.path) : shown(item.entry.name);
    leaf->editName = item.problem ? stemOf(item.path) : toQString(item.entry.name);
    leaf->method = item.problem ? QString() : shown(item.entry.method);
    leaf->problem = item.problem ? shown(describe(*item.problem)) : QString();
    return leaf;
}

std::unique_ptr<CollectionModel::Node> CollectionModel::folderNode(const collection::Folder& folder)
{
    auto node = std::make_unique<Node>();
    node->path = toQString(folder.path);
    node->name = shown(folder.name);
    node->editName = toQString(folder.name);
    for (const collection::Folder& child : folder.folders)
        node->add(folderNode(child));
    for (const collection::Item& item : folder.items)
        node->add(itemNode(item));
    return node;
}

void CollectionModel::setCollection(const collection::Collection& collection)
{
    beginResetModel();
    m_directory = toQString(collection.directory);
    m_root = folderNode(collection.root);
    m_root->showOnly(nullptr);
    endResetModel();
}

void CollectionModel::clear()
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    endResetModel();
}

void CollectionModel::setShown(const std::optional<std::vector<std::string>>& paths)
{
    QSet<QString> wanted;
    for (const std::string& path : paths ? *paths : std::vector<std::string>())
        wanted.insert(toQString(path));
    beginResetModel();
    m_root->showOnly(paths ? &wanted : nullptr);
    endResetModel();
}

void CollectionModel::setUnsaved(const QSet<QString>& paths)
{
    const QSet<QString> others = (m_unsaved - paths) + (paths - m_unsaved);
    m_unsaved = paths;
    for (const QString& path : others)
        if (const QModelIndex row = indexOf(path); row.isValid())
            Q_EMIT dataChanged(row, row, {UnsavedRole, Qt::AccessibleTextRole, Qt::ToolTipRole});
}

const CollectionModel::Node* CollectionModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<const Node*>(index.constInternalPointer()) : m_root.get();
}

QModelIndex CollectionModel::find(const Node& in, const QModelIndex& parent, const QString& path) const
{
    for (const Node* child : in.children) {
        const QModelIndex here = index(child->row, 0, parent);
        if (child->path == path)
            return here;
        // A folder's path is the beginning of the path of all that lies in it.
        if (child->kind == Kind::Folder && path.startsWith(child->path + u'/'))
            return find(*child, here, path);
    }
    return {};
}

QModelIndex CollectionModel::indexOf(const QString& path) const
{
    return path.isEmpty() ? QModelIndex() : find(*m_root, {}, path);
}

CollectionModel::Kind CollectionModel::kindOf(const QModelIndex& index)
{
    return static_cast<Kind>(index.data(KindRole).toInt());
}

QString CollectionModel::folderOf(const QModelIndex& index)
{
    if (!index.isValid())
        return {};
    const QModelIndex folder = kindOf(index) == Kind::Folder ? index : index.parent();
    return folder.data(PathRole).toString();
}

QModelIndex CollectionModel::index(int row, int column, const QModelIndex& parent) const
{
    const Node* node = nodeAt(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(node->children.size()))
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)]);
}

QModelIndex CollectionModel::parent(const QModelIndex& index) const
{
    const Node* above = index.isValid() ? nodeAt(index)->parent : nullptr;
    return above == nullptr || above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int CollectionModel::rowCount(const QModelIndex& parent) const
{
    return static_cast<int>(nodeAt(parent)->children.size());
}

int CollectionModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QString CollectionModel::accessibleNameOf(const Node& node) const
{
    if (node.kind == Kind::BrokenFile)
        return tr("%1, cannot be read").arg(node.name);
    const QString name = node.method.isEmpty() ? node.name : node.method + u' ' + node.name;
    return m_unsaved.contains(node.path) ? tr("%1, not saved").arg(name) : name;
}

QVariant CollectionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Node* node = nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return node->name;
    case Qt::ToolTipRole:
        return toolTipOf(*node);
    case Qt::EditRole:
        return node->editName;
    case Qt::AccessibleTextRole:
        return accessibleNameOf(*node);
    case PathRole:
        return node->path;
    case KindRole:
        return static_cast<int>(node->kind);
    case MethodRole:
        return node->method;
    case UnsavedRole:
        return node->kind == Kind::Request && m_unsaved.contains(node->path);
    default:
        return {};
    }
}

} // namespace claimcheck::ui
