// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cells of an audit: their words in the colour of their state, on its ground where something was let in.

#pragma once

#include <theme/lineddelegate.h>

namespace claimcheck::ui {

class AuditDelegate : public LinedDelegate
{
    Q_OBJECT
public:
    using LinedDelegate::LinedDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace claimcheck::ui
