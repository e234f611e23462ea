// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/tabwords.h>

#include <QtGui/qfontmetrics.h>

#include <theme/theme.h>

namespace claimcheck::ui::tabWords {

int widthOf(const QString& text, const QFont& font)
{
    return text.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(text);
}

int widthOf(const QWidget& button)
{
    return button.sizeHint().expandedTo(button.minimumSize()).boundedTo(button.maximumSize()).width();
}

QFont smallBold()
{
    QFont font = captionFont();
    font.setWeight(QFont::Bold);
    return font;
}

} // namespace claimcheck::ui::tabWords
