// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <history/historydelegate.h>

#include <state/historymodel.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

Role statusRole(const QString& status)
{
    const int number = status.toInt();
    return number == 0 || number >= 500 ? Role::Bad : number >= 400 ? Role::Warn : Role::Ok;
}

} // namespace

void HistoryDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    LinedDelegate::initStyleOption(option, index);
    Role role = Role::Text;
    switch (index.column()) {
    case HistoryModel::Method:
        role = methodRole(option->text);
        option->text = methodLabel(option->text);
        option->font = boldFont();
        break;
    case HistoryModel::Url:
        option->font = monoFont();
        option->textElideMode = Qt::ElideMiddle;
        break;
    case HistoryModel::Status:
        role = statusRole(option->text);
        break;
    default:
        role = Role::Muted;
    }
    option->palette.setColor(QPalette::Text, colour(role));
    option->palette.setColor(QPalette::HighlightedText, colour(role));
    option->state.setFlag(QStyle::State_HasFocus, false); // the whole row is chosen
}

} // namespace claimcheck::ui
