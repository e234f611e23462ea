// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two tokens of the token history side by side: only what differs. Their signatures were never kept; whether
// they are the same token is told by their keyed hashes.

#pragma once

#include <QtWidgets/qdialog.h>

#include <archive/tokenhistory.h>

namespace claimcheck::ui {

class TokenCompareDialog : public QDialog
{
    Q_OBJECT
public:
    TokenCompareDialog(const archive::TokenRecord& left, const archive::TokenRecord& right, Instant now,
                       QWidget* parent = nullptr);
};

} // namespace claimcheck::ui
