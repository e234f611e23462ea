// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the desktop asks of a program's looks. Qt 6.4 has no QStyleHints::colorScheme, so the answer is
// put together from the palette that the platform theme brought, GTK's settings and KDE's.

#pragma once

#include <QtCore/qstring.h>

namespace claimcheck::ui {

/// True where the desktop is dark. Asked before our own palette is set, remembered afterwards.
bool desktopPrefersDark();

/// "prefer dark" in a GTK settings.ini, or a theme name that ends in -dark; nothing when it says neither.
enum class Preference
{
    None,
    Light,
    Dark
};
Preference gtkPreference(const QString& settingsIni, const QString& gtkThemeVariable);

} // namespace claimcheck::ui
