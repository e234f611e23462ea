// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between the tree and the workbench's edits of it: what was asked for is done, tabs and rows follow it, and
// it can be undone by key, menu and notice.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <workbench/edits.h>

namespace claimcheck::ui {

struct Actions;
class CollectionPane;
struct ConnectionEdit;
class FolderDialog;
class NoticeBar;
class RequestTabs;

class TreeEdits : public QObject
{
    Q_OBJECT
public:
    TreeEdits(workbench::Workbench& workbench, workbench::Edits& edits, const Actions& actions,
              CollectionPane* pane, RequestTabs* tabs, NoticeBar* notice);

private:
    void connectPane();
    void connectActions();
    void renewActions();
    void show(const workbench::Edits::Done& done);
    void withdrawOffer();
    void makeFolder(const QString& folder);
    void remove(const QStringList& paths);
    void editSettings(const QString& folder);
    void connectTabs();
    workbench::Edits::Done saveConnection(const ConnectionEdit& edit);
    void save(FolderDialog* dialog, const std::string& folder, const store::Defaults& typed);

    workbench::Workbench& m_workbench;
    workbench::Edits& m_edits;
    const Actions& m_actions;
    CollectionPane* m_pane;
    RequestTabs* m_tabs;
    NoticeBar* m_notice;
    std::optional<store::Change> m_offered; ///< to be undone, in the notice of these words
    QString m_offer;
};

/// "delete of “Log in”", "move of 3 items": what a command did, behind "Undo" or "Redo".
QString describe(const workbench::Command& command);

} // namespace claimcheck::ui
