// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text box that says when something was pasted or dropped into it, or Return was pressed: no button is
// needed to look at a token.

#pragma once

#include <QtWidgets/qplaintextedit.h>

namespace claimcheck::ui {

class PasteBox : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit PasteBox(QWidget* parent = nullptr);

Q_SIGNALS:
    void entered();

protected:
    void insertFromMimeData(const QMimeData* source) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace claimcheck::ui
