// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collections/treeactions.h>

#include <QtCore/qcoreapplication.h>
#include <QtWidgets/qmenu.h>

#include <collections/collectiontree.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::TreeActions", text);
}

QAction* add(QWidget* tree, const QString& text, const char* objectName, const QKeySequence& shortcut = {})
{
    auto* action = new QAction(text, tree);
    action->setObjectName(QLatin1String(objectName));
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetShortcut);
    tree->addAction(action);
    return action;
}

} // namespace

TreeActions::TreeActions(CollectionTree* tree)
    : open(add(tree, tr("Open"), "treeOpen")),
      copyAsCurl(add(tree, tr("Copy as cURL"), "treeCopyAsCurl")),
      audit(add(tree, tr("Audit…"), "treeAudit")),
      newRequest(add(tree, tr("New request here"), "treeNewRequest")),
      newFolder(add(tree, tr("New folder"), "treeNewFolder")),
      paste(add(tree, tr("Paste cURL command"), "treePaste", QKeySequence::Paste)),
      rename(add(tree, tr("Rename"), "treeRename", QKeySequence(Qt::Key_F2))),
      settings(add(tree, tr("Folder settings…"), "treeSettings")),
      duplicate(add(tree, tr("Duplicate"), "treeDuplicate", QKeySequence(Qt::CTRL | Qt::Key_D))),
      remove(add(tree, tr("Delete"), "treeDelete", QKeySequence(Qt::Key_Delete))),
      moveUp(add(tree, tr("Move up"), "treeMoveUp", QKeySequence(Qt::ALT | Qt::Key_Up))),
      moveDown(add(tree, tr("Move down"), "treeMoveDown", QKeySequence(Qt::ALT | Qt::Key_Down)))
{
    newRequest->setIcon(icon(QStringLiteral("plus")));
    newFolder->setIcon(icon(QStringLiteral("folder")));
    remove->setIcon(icon(QStringLiteral("trash")));
}

void TreeActions::renew(const CollectionTree& tree) const
{
    const QStringList chosen = tree.chosenPaths();
    const QModelIndex current = tree.currentIndex();
    const auto* model = qobject_cast<const CollectionModel*>(tree.model());
    const bool isOne = chosen.size() == 1 && current.isValid();
    const bool isRequest = isOne && CollectionModel::kindOf(current) == CollectionModel::Kind::Request;
    open->setEnabled(isRequest);
    copyAsCurl->setEnabled(isRequest);
    audit->setEnabled(!chosen.isEmpty());
    rename->setEnabled(isOne);
    settings->setEnabled(chosen.isEmpty() || (isOne && !isRequest));
    settings->setText(chosen.isEmpty() ? tr("Collection settings…") : tr("Folder settings…"));
    duplicate->setEnabled(!chosen.isEmpty());
    remove->setEnabled(!chosen.isEmpty());
    moveUp->setEnabled(isOne && model->stepped(current, -1));
    moveDown->setEnabled(isOne && model->stepped(current, 1));
}

void TreeActions::fill(QMenu& menu) const
{
    if (open->isEnabled())
        menu.addActions({open, copyAsCurl});
    if (audit->isEnabled())
        menu.addAction(audit);
    menu.addSeparator();
    menu.addActions({newRequest, newFolder, paste});
    if (settings->isEnabled()) {
        menu.addSeparator();
        menu.addAction(settings);
    }
    if (!remove->isEnabled())
        return;
    menu.addSeparator();
    menu.addActions({rename, duplicate, moveUp, moveDown});
    menu.addSeparator();
    menu.addAction(remove);
}

} // namespace claimcheck::ui
