// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks for the name of a collection and the folder that its own folder is made in: for a new one, or for a
// copy of the one that is open.

#pragma once

#include <QtWidgets/qdialog.h>

class QLabel;
class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class NewCollectionDialog : public QDialog
{
    Q_OBJECT
public:
    explicit NewCollectionDialog(QWidget* parent = nullptr);
    /// "Save collection as", with that name to begin with.
    NewCollectionDialog(const QString& copiedName, QWidget* parent);

    QString name() const;
    /// The folder of the collection itself: below the chosen one, named after the collection.
    QString directory() const;

private:
    void browse();
    QWidget* makeFields();
    QWidget* makeButtons();
    void judge();

    QLineEdit* m_name;
    QLineEdit* m_parent;
    QLabel* m_place;
    QPushButton* m_create;
};

} // namespace claimcheck::ui
