// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws a row of the history: the method in its colour, the end of a long URL, the status with a word's
// colour.

#pragma once

#include <theme/lineddelegate.h>

namespace claimcheck::ui {

class HistoryDelegate : public LinedDelegate
{
    Q_OBJECT
public:
    using LinedDelegate::LinedDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace claimcheck::ui
