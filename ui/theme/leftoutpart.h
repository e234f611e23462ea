// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many requests are left out, in a line; which, and why, is shown by a click on it. They may be as many
// as a collection has, and would fill the pane.

#pragma once

#include <string>
#include <vector>

#include <QtWidgets/qwidget.h>

class QPlainTextEdit;
class QPushButton;

namespace claimcheck::ui {

class LeftOutPart : public QWidget
{
    Q_OBJECT
public:
    /// Its line is "<name>Count", its list "<name>List".
    explicit LeftOutPart(const QString& objectName, QWidget* parent = nullptr);

    /// A line each request, in UTF-8. Without any, it is hidden. What is open stays so while there are
    /// others.
    void say(const std::vector<std::string>& requests);

private:
    void open(bool isOpen);

    QPushButton* m_count;
    QPlainTextEdit* m_list;
};

} // namespace claimcheck::ui
