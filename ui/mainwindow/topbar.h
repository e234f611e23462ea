// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bar over everything: menu, collection, environment, and at the right the session and the theme.

#pragma once

#include <optional>

#include <QtWidgets/qwidget.h>

#include <collection/collection.h>

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;

namespace claimcheck::ui {

class SessionChip;

class TopBar : public QWidget
{
    Q_OBJECT
public:
    TopBar(QMenu* mainMenu, QMenu* collectionMenu, QWidget* parent = nullptr);

    void setCollection(const std::optional<collection::Collection>& collection,
                       const std::string& environment);
    SessionChip* chip() const { return m_chip; }

Q_SIGNALS:
    /// Empty: none.
    void environmentChosen(const QString& name);
    void themeToggled();
    /// "Edit environments…", the last line of the list.
    void environmentsRequested();

private:
    void choose(int index);

    QLabel* m_name;
    QPushButton* m_collection;
    QComboBox* m_environment;
    SessionChip* m_chip;
    int m_chosen = 0; ///< the line of the environment that counts
};

} // namespace claimcheck::ui
