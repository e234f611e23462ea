// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <history/historylist.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

SearchLine makeSearchLine(const SearchLineWords& words)
{
    auto* search = new QLineEdit;
    search->setPlaceholderText(words.placeholder);
    search->setClearButtonEnabled(true);
    search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    setNames(search, words.fieldName, words.field);
    QToolButton* more = flatButton(QStringLiteral("sliders"), words.menu, words.menuName);
    auto* menu = new QMenu(more);
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    auto* head = new QWidget;
    QHBoxLayout* row = lineIn(head);
    row->setContentsMargins(space::large, space::small, space::small, space::small);
    row->addWidget(search, 1);
    row->addWidget(more);
    return {head, search, menu};
}

} // namespace claimcheck::ui
