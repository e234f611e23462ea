// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the desktop asks of a program's looks. Qt 6.4 has no QStyleHints::colorScheme, so the first answer,
// which must come at once, is put together from GTK's settings and the palette that the platform theme
// brought; desktopwatch.h asks the desktop portal afterwards.

#pragma once

#include <QtCore/qstring.h>

namespace claimcheck::ui {

enum class Preference
{
    None,
    Light,
    Dark
};

/// True where the desktop is dark. Asked before our own palette is set, remembered afterwards.
bool desktopPrefersDark();
/// The desktop said so itself; None changes nothing. True when the answer above is another one now.
bool setDesktopPreference(Preference preference);

/// "prefer dark" in a GTK settings.ini, or a theme name that ends in -dark; None when it says neither.
Preference gtkPreference(const QString& settingsIni, const QString& gtkThemeVariable);

} // namespace claimcheck::ui
