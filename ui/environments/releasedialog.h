// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks before secrets go to a place that they were not sent to before, naming both.

#pragma once

#include <QtWidgets/qdialog.h>

#include <workbench/workbench.h>

namespace claimcheck::ui {

class ReleaseDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ReleaseDialog(const workbench::ReleaseQuestion& question, QWidget* parent = nullptr);

private:
    QWidget* makeFacts(const workbench::ReleaseQuestion& question);
    QWidget* makeButtons();
};

} // namespace claimcheck::ui
