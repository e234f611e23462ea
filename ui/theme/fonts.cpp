// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fonts of theme.h. On a bare desktop, where no platform theme names one, Inter is taken if it is there.

#include <theme/theme.h>

#include <QtGui/qfontdatabase.h>

namespace claimcheck::ui {
namespace {

constexpr qreal captionScale = 0.92;
constexpr qreal titleScale = 1.15;

QFont scaled(QFont font, qreal factor)
{
    font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

QFont chooseUiFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP") &&
        QFontDatabase::hasFamily(QStringLiteral("Inter"))) {
        font.setFamily(QStringLiteral("Inter"));
        font.setPointSizeF(9.75);
    }
    if (font.pointSizeF() <= 0)
        font.setPointSizeF(font.pixelSize() * 0.75);
    return font;
}

QFont chooseMonoFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (QFontDatabase::hasFamily(QStringLiteral("JetBrains Mono")))
        font.setFamily(QStringLiteral("JetBrains Mono"));
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    font.setPointSizeF(uiFont().pointSizeF() * 0.95);
    // "!=" must stay two characters: without shaping there is no ligature.
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

} // namespace

QFont uiFont()
{
    static const QFont font = chooseUiFont();
    return font;
}

QFont boldFont()
{
    QFont font = uiFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont captionFont()
{
    return scaled(uiFont(), captionScale);
}

QFont titleFont()
{
    return scaled(boldFont(), titleScale);
}

QFont monoFont()
{
    static const QFont font = chooseMonoFont();
    return font;
}

} // namespace claimcheck::ui
