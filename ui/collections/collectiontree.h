// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The view of a CollectionModel: several rows can be chosen, dragged and dropped; which folders are folded is
// known by their path, so that it outlasts a renewal of the model.

#pragma once

#include <functional>
#include <optional>

#include <QtCore/qset.h>
#include <QtWidgets/qtreeview.h>

#include <state/collectionmodel.h>
#include <store/treechange.h>

namespace claimcheck::ui {

class CollectionTree : public QTreeView
{
    Q_OBJECT
public:
    explicit CollectionTree(CollectionModel& model, QWidget* parent = nullptr);

    /// Runs `renew`, which resets the model, and shows folding, choice, current row and place as before. A
    /// name that is being typed meanwhile is typed on.
    void keepState(const std::function<void()>& renew);
    /// While requests are searched for, every folder is open, and folding is not remembered.
    void setSearching(bool searching);
    void forgetFolding();
    /// Folders and requests have other paths from the next renewal on.
    void follow(const store::Moves& moves);

    /// The chosen rows in tree order; without any the current one.
    QStringList chosenPaths() const;
    /// Makes them the choice, the first one current, and opens the folders around them.
    void choose(const QStringList& paths);

Q_SIGNALS:
    /// At that place of the screen, for what is chosen now.
    void menuRequested(const QPoint& point);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;

private:
    /// A name that is being typed.
    struct Typing
    {
        QString path;
        QString text;
        int from = 0;
        int length = 0; ///< of what is marked
    };
    std::optional<Typing> typing() const;
    void typeOn(const Typing& typing);
    void showFolding();
    void showChoice(const QStringList& current, const QStringList& chosen);
    QStringList standIns() const;

    CollectionModel& m_model;
    QSet<QString> m_folded;
    store::Moves m_moves; ///< until the model shows them
    bool m_searching = false;
    bool m_renewing = false;
};

} // namespace claimcheck::ui
