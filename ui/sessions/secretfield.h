// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A secret of a login: the variable that stands for it in the file, and beside it, masked, the value, which
// no file gets.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/secret.h>

class QLineEdit;

namespace claimcheck::ui {

class SecretField : public QWidget
{
    Q_OBJECT
public:
    /// `objectName` with "Variable" and "Value" behind it; `title` names it for screen readers.
    SecretField(const QString& objectName, const QString& title, QWidget* parent = nullptr);

    QString variable() const;
    void setVariable(const QString& text);
    Secret value() const;
    void setValue(const Secret& value);
    /// The variable that a value gets where nobody names one.
    void setProposal(const QString& variable);

Q_SIGNALS:
    void edited();

private:
    QLineEdit* m_variable;
    QLineEdit* m_value;
};

} // namespace claimcheck::ui
