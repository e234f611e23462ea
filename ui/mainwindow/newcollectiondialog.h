// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks for the name of a new collection and the folder that it is made in.

#pragma once

#include <QtWidgets/qdialog.h>

class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class NewCollectionDialog : public QDialog
{
    Q_OBJECT
public:
    explicit NewCollectionDialog(QWidget* parent = nullptr);

    QString name() const;
    /// The folder of the collection itself: below the chosen one, named after the collection.
    QString directory() const;

private:
    void browse();
    void judge();

    QLineEdit* m_name;
    QLineEdit* m_parent;
    QPushButton* m_create;
};

} // namespace claimcheck::ui
