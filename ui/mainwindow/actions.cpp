// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/actions.h>

#include <array>

#include <QtCore/qcoreapplication.h>
#include <QtGui/qactiongroup.h>
#include <QtWidgets/qmenu.h>

namespace claimcheck::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::Actions", text);
}

QAction* add(QWidget* window, const QString& text, const char* objectName, const QKeySequence& shortcut = {})
{
    auto* action = new QAction(text, window);
    action->setObjectName(QLatin1String(objectName));
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WindowShortcut);
    window->addAction(action);
    return action;
}

} // namespace

Actions::Actions(QWidget* window)
    : newRequest(add(window, tr("New request"), "actionNewRequest", QKeySequence::New)),
      openCollection(add(window, tr("Open collection…"), "actionOpenCollection", QKeySequence::Open)),
      newCollection(add(window, tr("New collection…"), "actionNewCollection",
                        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N))),
      saveCollectionAs(add(window, tr("Save collection as…"), "actionSaveCollectionAs",
                           QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S))),
      importFiles(add(window, tr("Import from Postman…"), "actionImport",
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I))),
      copyAsCurl(add(window, tr("Copy as cURL"), "actionCopyAsCurl",
                     QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C))),
      tryDemo(add(window, tr("Try the demo API"), "actionDemo")),
      save(add(window, tr("Save request"), "actionSave", QKeySequence::Save)),
      keepExample(add(window, tr("Save answer as example"), "actionKeepExample",
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E))),
      undo(add(window, tr("Undo"), "actionUndo", QKeySequence::Undo)),
      redo(add(window, tr("Redo"), "actionRedo", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z))),
      searchRequests(add(window, tr("Search requests"), "actionSearchRequests",
                         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F))),
      closeTab(add(window, tr("Close tab"), "actionCloseTab", QKeySequence(Qt::CTRL | Qt::Key_W))),
      nextTab(add(window, tr("Next request"), "actionNextTab", QKeySequence(Qt::CTRL | Qt::Key_Tab))),
      previousTab(add(window, tr("Previous request"), "actionPreviousTab",
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab))),
      goToUrl(add(window, tr("URL"), "actionUrl", QKeySequence(Qt::CTRL | Qt::Key_L))),
      find(add(window, tr("Find in body"), "actionFind", QKeySequence::Find)),
      quit(add(window, tr("Quit"), "actionQuit", QKeySequence(Qt::CTRL | Qt::Key_Q))),
      send(add(window, tr("Send"), "actionSend", QKeySequence(Qt::CTRL | Qt::Key_Return))),
      sendAsAll(add(window, tr("Send as every identity"), "actionSendAsAll",
                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return))),
      audit(add(window, tr("Audit…"), "actionAudit", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A))),
      writeGuard(add(window, tr("Write guard code…"), "actionGuard",
                     QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G))),
      cancel(add(window, tr("Cancel"), "actionCancel", QKeySequence(Qt::Key_Escape))),
      pasteToken(
          add(window, tr("Paste token"), "actionPasteToken", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V))),
      signOut(add(window, tr("Sign out"), "actionSignOut")),
      about(add(window, tr("About Claimcheck"), "actionAbout"))
{
    send->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    const QStringList titles{tr("Start"),  tr("Collections"),  tr("Tokens"),       tr("Session"),
                             tr("Runner"), tr("History"),      tr("Environments"), tr("Cookies"),
                             tr("Audit"),  tr("Access matrix")};
    for (int page = 0; page < titles.size(); ++page) {
        const Qt::Key key = page == 9 ? Qt::Key_0 : Qt::Key(Qt::Key_1 + page); // as the keyboard has them
        pages.push_back(add(window, titles[page], "actionPage", QKeySequence(Qt::CTRL | key)));
    }
    auto* group = new QActionGroup(window);
    for (const QString& title : {tr("As the desktop"), tr("Light"), tr("Dark"), tr("High contrast")}) {
        QAction* action = add(window, title, "actionTheme");
        action->setCheckable(true);
        group->addAction(action);
        themes.push_back(action);
    }
    for (QAction* action : {undo, redo})
        action->setShortcutContext(Qt::WidgetShortcut);
    cancel->setEnabled(false);
    signOut->setEnabled(false);
    sendAsAll->setEnabled(false);
    saveCollectionAs->setEnabled(false);
}

QMenu* Actions::makeMainMenu(QWidget* parent) const
{
    auto* menu = new QMenu(parent);
    menu->addActions({newRequest, save, keepExample, copyAsCurl, closeTab});
    menu->addSeparator();
    menu->addActions({undo, redo});
    menu->addSeparator();
    menu->addActions({openCollection, newCollection, importFiles, saveCollectionAs, tryDemo});
    menu->addSeparator();
    menu->addActions({send, sendAsAll, audit, cancel, pasteToken, writeGuard, signOut});
    menu->addSeparator();
    QMenu* view = menu->addMenu(tr("Go to"));
    for (QAction* page : pages)
        view->addAction(page);
    view->addSeparator();
    view->addActions({searchRequests, goToUrl, find, nextTab, previousTab});
    QMenu* theme = menu->addMenu(tr("Theme"));
    for (QAction* action : themes)
        theme->addAction(action);
    menu->addSeparator();
    menu->addActions({about, quit});
    return menu;
}

} // namespace claimcheck::ui
