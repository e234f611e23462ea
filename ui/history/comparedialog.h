// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two exchanges of the history side by side: only what differs.

#pragma once

#include <QtWidgets/qdialog.h>

#include <archive/record.h>

namespace claimcheck::ui {

class CompareDialog : public QDialog
{
    Q_OBJECT
public:
    CompareDialog(const archive::Record& left, const archive::Record& right, Instant now,
                  QWidget* parent = nullptr);
};

} // namespace claimcheck::ui
