// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection as a tree of folders and requests, for a view. Rows come in the collection's own order:
// sub-folders first, then requests. The model changes nothing by itself: what a view edits or drops is told,
// and shows when the collection is set anew.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QtCore/qabstractitemmodel.h>
#include <QtCore/qset.h>

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
        MethodRole,                  ///< "GET"; empty unless a request
        UnsavedRole                  ///< what is typed of it in a tab is not saved
    };

    explicit CollectionModel(QObject* parent = nullptr);
    ~CollectionModel() override;

    void setCollection(const collection::Collection& collection);
    void clear();
    /// Only these requests, with the folders around them; nothing: all.
    void setShown(const std::optional<std::vector<std::string>>& paths);
    /// The requests of which something is typed that is not saved; kept when the collection is set anew.
    void setUnsaved(const QSet<QString>& paths);
    /// The row of a request or folder; invalid when there is none of that path.
    QModelIndex indexOf(const QString& path) const;
    static Kind kindOf(const QModelIndex& index);
    /// The folder that a new request beside `index` belongs in; "" is the collection itself.
    static QString folderOf(const QModelIndex& index);

    /// Where `index` stands one step up (-1) or down (1) among its like: the folder, and what it is then in
    /// front of ("": at the end). Nothing where there is no such step.
    struct Place
    {
        QString folder;
        QString before;
        bool operator==(const Place&) const = default;
    };
    std::optional<Place> stepped(const QModelIndex& index, int by) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// Qt::EditRole: the name as it is, of a broken file that of the file without its ending.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

    // Dragging: paths within this collection.
    Qt::DropActions supportedDropActions() const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

Q_SIGNALS:
    /// Another name was typed.
    void renamed(const QString& path, const QString& name);
    /// Requests and folders, in tree order, were dropped into a folder in front of `before`, which may be
    /// empty: at the end.
    void dropped(const QStringList& paths, const QString& folder, const QString& before);

private:
    struct Node;
    static std::unique_ptr<Node> folderNode(const collection::Folder& folder);
    static std::unique_ptr<Node> itemNode(const collection::Item& item);
    QString accessibleNameOf(const Node& node) const;
    QStringList draggedPaths(const QMimeData* data) const;
    QString toolTipOf(const Node& node) const;
    const Node* nodeAt(const QModelIndex& index) const;
    QModelIndex find(const Node& in, const QModelIndex& parent, const QString& path) const;

    std::unique_ptr<Node> m_root;
    QString m_directory;
    QSet<QString> m_unsaved;
};

/// Puts rows of one tree into the order in which they stand there.
void sortFromTop(QModelIndexList& indexes);

} // namespace claimcheck::ui
