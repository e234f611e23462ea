// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a report was saved, in a line, with a link to its folder.

#pragma once

#include <QtWidgets/qwidget.h>

class QLabel;

namespace claimcheck::ui {

class SavedLine : public QWidget
{
    Q_OBJECT
public:
    /// Its words are "<name>Words", its link "<name>Folder".
    explicit SavedLine(const QString& objectName, QWidget* parent = nullptr);

    void say(const QString& file);
    /// Nothing is said any more: what was saved is of another report.
    void clear();

private:
    void openFolder();

    QString m_folder;
    QLabel* m_words;
};

} // namespace claimcheck::ui
