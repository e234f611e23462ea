// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person does to the tree, and which signal tells it.

#include <collections/collectionpaneprivate.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qmenu.h>

#include <base/text.h>
#include <interop/import.h>

namespace claimcheck::ui {

void CollectionPane::Private::connectTree()
{
    QObject::connect(tree, &QTreeView::clicked, pane, [this](const QModelIndex& index) {
        if (QGuiApplication::keyboardModifiers() & (Qt::ControlModifier | Qt::ShiftModifier))
            return; // more than one is being chosen
        if (CollectionModel::kindOf(index) == CollectionModel::Kind::Folder)
            tree->setExpanded(index, !tree->isExpanded(index));
        else
            activate(index);
    });
    QObject::connect(tree, &QTreeView::activated, pane,
                     [this](const QModelIndex& index) { activate(index); });
    QObject::connect(tree, &CollectionTree::menuRequested, pane,
                     [this](const QPoint& point) { showMenu(point); });
    QObject::connect(tree->selectionModel(), &QItemSelectionModel::selectionChanged, pane,
                     [this] { actions->renew(*tree); });
    // The view is still busy with its editor, or with the drop.
    QObject::connect(&model, &CollectionModel::renamed, pane, &CollectionPane::renameRequested,
                     Qt::QueuedConnection);
    QObject::connect(&model, &CollectionModel::dropped, pane, &CollectionPane::moveRequested,
                     Qt::QueuedConnection);
    actions->renew(*tree);
}

void CollectionPane::Private::connectActions()
{
    const auto on = [this](QAction* action, auto&& slot) {
        QObject::connect(action, &QAction::triggered, pane, slot);
    };
    on(actions->open, [this] { activate(tree->currentIndex()); });
    on(actions->copyAsCurl, [this] {
        Q_EMIT pane->copyRequested(tree->currentIndex().data(CollectionModel::PathRole).toString());
    });
    on(actions->audit, [this] { Q_EMIT pane->auditRequested(tree->chosenPaths()); });
    on(actions->newRequest,
       [this] { Q_EMIT pane->newRequestRequested(CollectionModel::folderOf(tree->currentIndex())); });
    on(actions->newFolder,
       [this] { Q_EMIT pane->newFolderRequested(CollectionModel::folderOf(tree->currentIndex())); });
    on(actions->paste, [this] { takeCommand(); });
    on(actions->rename, [this] { tree->edit(tree->currentIndex()); });
    on(actions->settings, [this] {
        Q_EMIT pane->settingsRequested(
            tree->chosenPaths().isEmpty() ? QString() : CollectionModel::folderOf(tree->currentIndex()));
    });
    on(actions->duplicate, [this] { Q_EMIT pane->duplicateRequested(tree->chosenPaths()); });
    on(actions->remove, [this] { Q_EMIT pane->deleteRequested(tree->chosenPaths()); });
    on(actions->moveUp, [this] { step(-1); });
    on(actions->moveDown, [this] { step(1); });
}

void CollectionPane::Private::activate(const QModelIndex& index)
{
    if (CollectionModel::kindOf(index) == CollectionModel::Kind::Request)
        Q_EMIT pane->itemActivated(index.data(CollectionModel::PathRole).toString());
    else if (CollectionModel::kindOf(index) == CollectionModel::Kind::Folder)
        tree->setExpanded(index, true);
}

void CollectionPane::Private::takeCommand()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (interop::looksLikeCurl(toUtf8(text)))
        Q_EMIT pane->commandPasted(text, CollectionModel::folderOf(tree->currentIndex()));
}

void CollectionPane::Private::showMenu(const QPoint& point)
{
    actions->renew(*tree);
    actions->paste->setEnabled(interop::looksLikeCurl(toUtf8(QGuiApplication::clipboard()->text())));
    QMenu menu(tree);
    menu.setObjectName(QStringLiteral("treeMenu"));
    actions->fill(menu);
    menu.exec(point);
    actions->paste->setEnabled(true); // its key looks for itself
}

void CollectionPane::Private::step(int by)
{
    const QModelIndex index = tree->currentIndex();
    if (const auto place = model.stepped(index, by))
        Q_EMIT pane->moveRequested({index.data(CollectionModel::PathRole).toString()}, place->folder,
                                   place->before);
}

void CollectionPane::follow(const store::Moves& moves)
{
    d->tree->follow(moves);
}

void CollectionPane::choose(const QStringList& paths)
{
    d->tree->choose(paths);
}

void CollectionPane::editName(const QString& path)
{
    d->tree->choose({path});
    d->actions->rename->trigger();
}

void CollectionPane::addTreeAction(QAction* action)
{
    d->tree->addAction(action);
}

} // namespace claimcheck::ui
