// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tree of the open collection: folders, requests with their method, files that do not parse (marked,
// with the reason), and a line that searches in them. What a person does to the tree is told, and shows when
// the collection is set anew. Without a collection it says how to get one.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QtWidgets/qwidget.h>

#include <collection/collection.h>
#include <store/treechange.h>

class QAction;

namespace claimcheck::ui {

class CollectionPane : public QWidget
{
    Q_OBJECT
public:
    explicit CollectionPane(QWidget* parent = nullptr);
    ~CollectionPane() override;

    void setCollection(const std::optional<collection::Collection>& collection);
    /// The files go when the program ends: said under the tree, with a way to keep them.
    void setTemporary(bool temporary);
    /// Selects an item without activating it; an empty path selects none.
    void setCurrent(const QString& path);
    /// The requests of which something is typed that is not saved: they carry the mark that their tabs have.
    void setUnsaved(const QStringList& paths);

    /// What finds the paths of requests by a text: it is asked whenever that, or the collection, changes.
    void setSearch(std::function<std::vector<std::string>(const std::string&)> search);
    /// Goes to the line that is searched with.
    void search();
    /// Requests and folders have these paths from the next setCollection on.
    void follow(const store::Moves& moves);
    /// Makes them the choice without opening any.
    void choose(const QStringList& paths);
    /// Lets a person type another name.
    void editName(const QString& path);
    /// An action whose key works while the tree has the focus.
    void addTreeAction(QAction* action);

Q_SIGNALS:
    /// The relative path of a request that is to be shown.
    void itemActivated(const QString& path);
    /// A new request in that folder (relative, "" for the collection itself).
    void newRequestRequested(const QString& folder);
    /// A cURL command line was pasted over that folder (relative, "" for the collection itself).
    void commandPasted(const QString& text, const QString& folder);
    /// A new folder in that one.
    void newFolderRequested(const QString& folder);
    /// The settings of that folder (relative, "" for the collection itself).
    void settingsRequested(const QString& folder);
    void renameRequested(const QString& path, const QString& name);
    void duplicateRequested(const QStringList& paths);
    void deleteRequested(const QStringList& paths);
    /// Into that folder, in front of `before`; where that is empty behind all.
    void moveRequested(const QStringList& paths, const QString& folder, const QString& before);
    /// "Copy as cURL" of that request.
    void copyRequested(const QString& path);
    /// Forged tokens for these requests, and for those in these folders.
    void auditRequested(const QStringList& paths);
    /// "Keep it…", under a temporary collection.
    void keepRequested();
    /// "Open a collection", on the empty page.
    void openRequested();
    void importRequested();
    void createRequested();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
