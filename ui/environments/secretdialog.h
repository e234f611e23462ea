// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks for the values of secrets that a request needs and that no place has, before it is sent.

#pragma once

#include <utility>
#include <vector>

#include <QtWidgets/qdialog.h>

#include <workbench/workbench.h>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class SecretDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SecretDialog(const workbench::SecretQuestion& question, QWidget* parent = nullptr);

    /// In the order of the question.
    std::vector<Secret> values() const;
    /// The user wants them kept in the keychain.
    bool inKeychain() const;

private:
    QWidget* makeFields(const workbench::SecretQuestion& question);
    QWidget* makeButtons();
    void judge();

    bool m_isOfRun; ///< which goes on without what is left empty
    std::vector<QLineEdit*> m_fields;
    QCheckBox* m_keep;
    QPushButton* m_send;
};

} // namespace claimcheck::ui
