// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Forged tokens, or requests of several people, go to another machine: who sends them says that he may by
// typing its name.

#pragma once

#include <string>

#include <QtWidgets/qdialog.h>

class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class HostDialog : public QDialog
{
    Q_OBJECT
public:
    /// `what` goes there, in a sentence with one place left: the host stands in it, made visible.
    HostDialog(const std::string& host, const QString& what, QWidget* parent);

private:
    QString m_host; ///< as it is shown, and typed
    QLineEdit* m_typed;
    QPushButton* m_confirm;
};

} // namespace claimcheck::ui
