// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/auditdelegate.h>

#include <state/auditmatrix.h>
#include <theme/theme.h>

namespace claimcheck::ui {

static Role textRoleOf(CellState state)
{
    switch (state) {
    case CellState::Refused:
        return Role::Ok;
    case CellState::Accepted:
        return Role::Bad;
    case CellState::Inconclusive:
        return Role::Warn;
    case CellState::Noted:
        return Role::Text;
    case CellState::Planned:
    case CellState::NotRun:
    case CellState::Absent:
        break;
    }
    return Role::Muted;
}

void AuditDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    LinedDelegate::initStyleOption(option, index);
    const QVariant state = index.data(AuditMatrix::StateRole);
    const auto is = static_cast<CellState>(state.toInt());
    if (!state.isValid() || is == CellState::Absent) {
        if (index.column() > 0)
            option->palette.setColor(QPalette::Text, colour(Role::Muted));
        return;
    }
    option->palette.setColor(QPalette::Text, colour(textRoleOf(is)));
    if (is == CellState::Accepted) {
        option->backgroundBrush = colour(Role::BadFill);
        option->font.setWeight(QFont::DemiBold);
    }
}

} // namespace claimcheck::ui
