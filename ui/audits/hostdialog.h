// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Forged tokens, or requests of several people, go to another machine: who sends them says that he may by
// typing its name.

#pragma once

#include <QtWidgets/qdialog.h>

class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class HostDialog : public QDialog
{
    Q_OBJECT
public:
    /// `what` goes there, in a sentence.
    HostDialog(const QString& host, const QString& what, QWidget* parent);

private:
    QString m_host;
    QLineEdit* m_typed;
    QPushButton* m_confirm;
};

} // namespace claimcheck::ui
