// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Forged tokens go to another machine: who sends them says that he may by typing its name.

#pragma once

#include <QtWidgets/qdialog.h>

class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class HostDialog : public QDialog
{
    Q_OBJECT
public:
    HostDialog(const QString& host, std::size_t requests, QWidget* parent);

private:
    QString m_host;
    QLineEdit* m_typed;
    QPushButton* m_confirm;
};

} // namespace claimcheck::ui
