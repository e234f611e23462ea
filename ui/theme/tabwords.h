// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How wide the words of a FlatTabBar are, for who fits them in and who paints them.

#pragma once

#include <QtGui/qfont.h>
#include <QtWidgets/qwidget.h>

namespace claimcheck::ui::tabWords {

inline constexpr int gap = 6;       ///< between lead, text and detail
inline constexpr int underline = 2; ///< of the chosen tab

int widthOf(const QString& text, const QFont& font);
/// A button in a tab, of a fixed size or not.
int widthOf(const QWidget& button);
/// Of lead and detail.
QFont smallBold();

} // namespace claimcheck::ui::tabWords
