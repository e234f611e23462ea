// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every colour, gap and font of the window. Colours are roles whose values stand in
// resources/theme.json, once for light, dark and high contrast; nobody writes a literal colour.
//
//   painter.setPen(colour(Role::Line));               // while painting: always the current theme
//   button->setIcon(icon(u"copy"_qs, Role::Muted));   // recolours itself when the theme changes
//
// A widget that keeps a colour (a text format, say) renews it in changeEvent(QEvent::PaletteChange).

#pragma once

#include <array>
#include <string_view>

#include <QtCore/qstring.h>
#include <QtGui/qcolor.h>
#include <QtGui/qfont.h>
#include <QtGui/qicon.h>
#include <QtGui/qpalette.h>

class QApplication;

namespace claimcheck::ui {

enum class Role
{
    Surface,
    Raised,
    Line,
    Text,
    Muted,
    Selection,
    Accent,
    OnAccent,
    Ok,
    Warn,
    Bad,
    Info,
    OkFill,
    WarnFill,
    BadFill,
    InfoFill,
    TokenHeader,
    TokenPayload,
    TokenSignature,
    Get,
    Post,
    Put,
    Patch,
    Delete,
    OtherMethod
};
inline constexpr int roleCount = static_cast<int>(Role::OtherMethod) + 1;
/// The role's key in theme.json: "okFill".
std::string_view toText(Role role);

enum class ThemeName
{
    System, ///< as the desktop has it
    Light,
    Dark,
    HighContrast
};
/// The words of the settings: "system", "light", "dark", "contrast"; anything else is System.
std::string_view toText(ThemeName name);
ThemeName themeNamed(std::string_view text);

/// One set of colours.
struct Theme
{
    ThemeName name = ThemeName::Light; ///< never System
    std::array<QColor, roleCount> colours;

    const QColor& colour(Role role) const { return colours[static_cast<std::size_t>(role)]; }
    bool isDark() const { return colour(Role::Surface).lightness() < 128; }
};

/// Reads one theme of resources/theme.json. System gives the one that the desktop asks for.
Theme loadTheme(ThemeName name);
QPalette paletteOf(const Theme& theme);

/// Sets style, palette, fonts and style sheet of the whole program; may be called again at any time.
void applyTheme(QApplication& application, ThemeName name);
/// The theme that is shown now (light before the first applyTheme).
const Theme& currentTheme();
/// A colour of the theme that is shown now.
inline const QColor& colour(Role role)
{
    return currentTheme().colour(role);
}

/// The colour of a method's name: GET green, POST amber …
Role methodRole(QStringView method);
/// As trees and tabs write it: at most four letters and a short form ("DEL", "OPT").
QString methodLabel(QStringView method);

/// A line icon of resources/icons, drawn in a role's colour at any size; follows the theme by itself.
/// Names: see resources/ui.qrc ("folder", "key", "person", "plus", "close", "copy", "chevron-down" …).
QIcon icon(const QString& name, Role role = Role::Muted);

/// The desktop's font; a caption is smaller, a title larger and bold.
QFont uiFont();
QFont boldFont();
QFont captionFont();
QFont titleFont();
/// JetBrains Mono where it is installed, else the desktop's fixed font; never with ligatures.
QFont monoFont();

/// The 4 px grid.
namespace space {
inline constexpr int tiny = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int inset = 14; ///< from a pane's edge to its text
inline constexpr int field = 10; ///< from a field's frame to its text, as the style sheet has it
inline constexpr int row = 28;   ///< a row of a list or table, a field, a button
inline constexpr int bar = 44;   ///< toolbar
inline constexpr int tabs = 36;  ///< a bar of tabs
inline constexpr int radius = 4; ///< controls
inline constexpr int panel = 6;  ///< cards and banners
} // namespace space

} // namespace claimcheck::ui
