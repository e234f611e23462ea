// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window with a collection of given files open, for tests of what is set for its requests and folders.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include <collections/collectiontree.h>
#include <core/store/folder.h>
#include <mainwindow/mainwindow.h>
#include <request/folderdialog.h>
#include <request/requesttabs.h>

#include <QtGui/qaction.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qpushbutton.h>

namespace claimcheck::test {

/// Paths in the collection, with their text.
using FileTexts = std::vector<std::pair<std::string, std::string>>;

struct SettingsWindow
{
    QTemporaryDir config;
    CollectionFolder folder;
    workbench::Workbench workbench;
    ui::MainWindow window{workbench, toUtf8(config.path())};
    ui::RequestTabs* tabs = window.findChild<ui::RequestTabs*>();

    explicit SettingsWindow(const FileTexts& files)
    {
        for (const auto& [path, text] : files)
            folder.write(path, text);
        if (!window.begin(toQString(folder.root)))
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
    }
    void openRequest(const char* path)
    {
        tabs->openItem(*collection::findItem(*workbench.collection(), path));
    }
    /// The settings of a folder; "": of the collection.
    ui::FolderDialog* openFolder(const char* path)
    {
        auto* tree = window.findChild<ui::CollectionTree*>();
        tree->setCurrentIndex({}); // as a click beside the rows does
        tree->clearSelection();
        tree->choose({QLatin1String(path)});
        window.findChild<QAction*>(QStringLiteral("treeSettings"))->trigger();
        if (auto* dialog = shown<ui::FolderDialog>())
            return dialog;
        qFatal("no dialog");
    }
    /// Null: there is none.
    template <typename Dialog>
    Dialog* shown()
    {
        for (Dialog* dialog : window.findChildren<Dialog*>())
            if (dialog->isVisible())
                return dialog;
        return nullptr;
    }
    static void click(QWidget* dialog, const char* button)
    {
        dialog->findChild<QPushButton*>(QLatin1String(button))->click();
    }
    QAction* undo() { return window.findChild<QAction*>(QStringLiteral("actionUndo")); }
    QAction* redo() { return window.findChild<QAction*>(QStringLiteral("actionRedo")); }
    std::string text(const char* path)
    {
        return store::readFile(folder.path(path), 10'000).value_or("not there");
    }
};

} // namespace claimcheck::test
