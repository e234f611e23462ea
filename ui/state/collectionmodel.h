// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection as a tree of folders and requests, for a view. Rows come in the collection's own order:
// sub-folders first, then requests.

#pragma once

#include <memory>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <collection/collection.h>

namespace claimcheck::ui {

class CollectionModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Kind
    {
        Folder,
        Request,
        BrokenFile
    };
    enum Role
    {
        PathRole = Qt::UserRole + 1, ///< relative to the collection
        KindRole,                    ///< Kind as int
        MethodRole                   ///< "GET"; empty unless a request
    };

    explicit CollectionModel(QObject* parent = nullptr);
    ~CollectionModel() override;

    void setCollection(const collection::Collection& collection);
    void clear();
    /// The row of a request or folder; invalid when there is none of that path.
    QModelIndex indexOf(const QString& path) const;
    static Kind kindOf(const QModelIndex& index);
    /// The folder that a new request beside `index` belongs in; "" is the collection itself.
    static QString folderOf(const QModelIndex& index);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Node;
    static std::unique_ptr<Node> folderNode(const collection::Folder& folder);
    static QString toolTipOf(const Node& node);
    const Node* nodeAt(const QModelIndex& index) const;
    QModelIndex find(const Node& in, const QModelIndex& parent, const QString& path) const;

    std::unique_ptr<Node> m_root;
};

} // namespace claimcheck::ui
