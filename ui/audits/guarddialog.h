// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Code for a server that refuses every forgery, written for one token and the place that its key comes from.

#pragma once

#include <QtWidgets/qdialog.h>

#include <base/secret.h>
#include <state/guardform.h>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace claimcheck::ui {

class GuardDialog : public QDialog
{
    Q_OBJECT
public:
    /// The token is not shown, and nothing of it but its claims stands in the code. `jwksUrl`: of the key set
    /// that it was verified with; empty: of none.
    GuardDialog(Secret token, inspect::KeyRing ring, const std::string& jwksUrl, QWidget* parent);

    QString code() const;

private:
    QWidget* makeFields();
    GuardForm form() const;
    void fill(const GuardForm& form);
    void write();

    Secret m_token;
    inspect::KeyRing m_ring;
    QComboBox* m_target;
    QComboBox* m_kind;
    QLineEdit* m_place;
    QComboBox* m_audience;
    QSpinBox* m_leeway;
    QLabel* m_notes;
    QLabel* m_problem;
    QPlainTextEdit* m_code;
    QPushButton* m_copy;
};

} // namespace claimcheck::ui
