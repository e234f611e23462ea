// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an EnvironmentPane holds. For the .cpp files of this folder only.

#pragma once

#include <map>

#include <environments/environmentpane.h>
#include <environments/variabletable.h>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace claimcheck::ui {

class Banner;

/// Of a row of the list: what is typed into it is not saved.
inline constexpr int unsavedRole = Qt::UserRole + 1;

struct EnvironmentPane::Private
{
    explicit Private(EnvironmentPane* owner) : pane(owner) {}

    EnvironmentPane* pane;
    std::optional<collection::Collection> collection;
    EnvironmentModel model;
    using Edits = std::map<std::string, EnvironmentEdit>; ///< by path; the name as typed is in it
    /// Also of one whose file is away, by a checkout say: it is shown when that is back.
    Edits unsaved;
    std::map<std::string, Edits> elsewhere; ///< by the directory of a collection that is not open
    std::string path;                       ///< of the one that is shown; empty: none
    bool isFilling = false;
    bool hasKeychain = true; ///< until one was asked: where it fails, values stay in memory and that is said

    QStackedWidget* pages = nullptr;
    QListWidget* list = nullptr;
    QLabel* none = nullptr; ///< in place of a list without rows
    QWidget* form = nullptr;
    QLineEdit* name = nullptr;
    QComboBox* extended = nullptr;
    QLineEdit* dotEnv = nullptr;
    VariableTable* table = nullptr;
    Banner* banner = nullptr;
    QToolButton* reveal = nullptr;
    QCheckBox* inKeychain = nullptr;
    QLabel* note = nullptr;
    QPushButton* undo = nullptr;
    QPushButton* revert = nullptr;
    QPushButton* save = nullptr;

    void makePages();
    QWidget* makeList();
    QWidget* makeForm();
    QWidget* makeFields();
    QWidget* makeFooter();
    QWidget* makeEmptyPage();
    void connectAll();

    const collection::Environment* environment(const std::string& ofPath) const;
    /// As the file has it.
    EnvironmentEdit saved(const std::string& ofPath) const;
    EnvironmentEdit edited() const;
    void openEdits(const std::string& directory);
    void fillList();
    void markList();
    void show(const std::string& ofPath);
    void fillFields(const EnvironmentEdit& edit);
    void takeEdit();
    void renewButtons();
    void requestSave();
};

} // namespace claimcheck::ui
