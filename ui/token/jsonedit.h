// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of a token in the making: JSON that is typed, in colours. What is put in by a helper can be undone
// like what is typed.

#pragma once

#include <QtWidgets/qplaintextedit.h>

#include <token/jsoncolours.h>

namespace claimcheck::ui {

class JsonEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    JsonEdit(const QString& objectName, const QString& accessibleName, Role names, int lines);

    void setJson(const std::string& text);
    std::string json() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    JsonColours* m_colours;
};

} // namespace claimcheck::ui
