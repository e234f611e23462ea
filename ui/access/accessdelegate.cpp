// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <access/accessdelegate.h>

#include <state/accessmatrix.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

Role roleOf(audit::Fit fit)
{
    switch (fit) {
    case audit::Fit::TooMuch:
    case audit::Fit::TooLittle:
        return Role::Bad;
    case audit::Fit::AsExpected:
        return Role::Ok;
    case audit::Fit::OtherStatus:
    case audit::Fit::Inconclusive:
        return Role::Warn;
    case audit::Fit::NotRun:
    case audit::Fit::Unset:
        break;
    }
    return Role::Muted;
}

} // namespace

void AccessDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    LinedDelegate::initStyleOption(option, index);
    const QVariant known = index.data(AccessMatrix::fitRole);
    if (!known.isValid())
        return;
    const auto fit = static_cast<audit::Fit>(known.toInt());
    option->palette.setColor(QPalette::Text, colour(roleOf(fit)));
    if (fit == audit::Fit::TooMuch)
        option->backgroundBrush = colour(Role::BadFill);
}

} // namespace claimcheck::ui
