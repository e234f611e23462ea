// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A cell of the access matrix: its words in the colour of how they fit; who got too much stands on its
// ground, too.

#pragma once

#include <theme/lineddelegate.h>

namespace claimcheck::ui {

class AccessDelegate : public LinedDelegate
{
    Q_OBJECT
public:
    using LinedDelegate::LinedDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace claimcheck::ui
