// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line for a secret: dots until it is revealed. A template such as {{password}} is none and stays legible.

#pragma once

#include <QtWidgets/qlineedit.h>

namespace claimcheck::ui {

class SecretEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit SecretEdit(QWidget* parent = nullptr);

private:
    void mask();

    QAction* m_reveal;
};

} // namespace claimcheck::ui
