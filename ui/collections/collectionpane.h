// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tree of the open collection: folders, requests with their method, files that do not parse (marked,
// with the reason). Without a collection it says how to get one.

#pragma once

#include <memory>
#include <optional>

#include <QtWidgets/qwidget.h>

#include <collection/collection.h>

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

Q_SIGNALS:
    /// The relative path of a request that is to be shown.
    void itemActivated(const QString& path);
    /// A new request in that folder (relative, "" for the collection itself).
    void newRequestRequested(const QString& folder);
    /// A cURL command line was pasted over that folder (relative, "" for the collection itself).
    void commandPasted(const QString& text, const QString& folder);
    /// "Copy as cURL" of that request.
    void copyRequested(const QString& path);
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
