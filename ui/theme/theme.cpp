// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/theme.h>

#include <algorithm>
#include <utility>

#include <QtCore/qfile.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtWidgets/qapplication.h>

#include <resources/resources.h>
#include <theme/desktop.h>
#include <theme/housestyle.h>
#include <theme/stylesheet.h>

namespace claimcheck::ui {
namespace {

constexpr std::array<std::string_view, roleCount> roleNames{
    "surface",  "raised",   "line",        "text",         "muted",          "selection", "accent",
    "onAccent", "ok",       "warn",        "bad",          "info",           "okFill",    "warnFill",
    "badFill",  "infoFill", "tokenHeader", "tokenPayload", "tokenSignature", "get",       "post",
    "put",      "patch",    "delete",      "otherMethod"};

constexpr std::array<std::pair<ThemeName, std::string_view>, 4> themeNames{
    {{ThemeName::System, "system"},
     {ThemeName::Light, "light"},
     {ThemeName::Dark, "dark"},
     {ThemeName::HighContrast, "contrast"}}};

QString keyInFile(ThemeName name)
{
    switch (name) {
    case ThemeName::Dark:
        return QStringLiteral("dark");
    case ThemeName::HighContrast:
        return QStringLiteral("highContrast");
    case ThemeName::System:
    case ThemeName::Light:
        break;
    }
    return QStringLiteral("light");
}

QLatin1String latin1(std::string_view text)
{
    return QLatin1String(text.data(), static_cast<qsizetype>(text.size()));
}

Theme& shownTheme()
{
    static Theme theme = loadTheme(ThemeName::Light);
    return theme;
}

} // namespace

std::string_view toText(Role role)
{
    return roleNames[static_cast<std::size_t>(role)];
}

std::string_view toText(ThemeName name)
{
    return themeNames[static_cast<std::size_t>(name)].second;
}

ThemeName themeNamed(std::string_view text)
{
    const auto found = std::ranges::find(themeNames, text, &std::pair<ThemeName, std::string_view>::second);
    return found == themeNames.end() ? ThemeName::System : found->first;
}

Theme loadTheme(ThemeName name)
{
    initResources();
    if (name == ThemeName::System)
        name = desktopPrefersDark() ? ThemeName::Dark : ThemeName::Light;
    QFile file(QStringLiteral(":/claimcheck/theme.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("theme.json is missing from the program");
    const QJsonObject colours =
        QJsonDocument::fromJson(file.readAll()).object().value(keyInFile(name)).toObject();
    Theme theme;
    theme.name = name;
    for (std::size_t role = 0; role < theme.colours.size(); ++role)
        theme.colours[role] = QColor(colours.value(latin1(roleNames[role])).toString());
    return theme;
}

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    const std::array<std::pair<QPalette::ColorRole, Role>, 16> colours{
        {{QPalette::Window, Role::Surface},
         {QPalette::WindowText, Role::Text},
         {QPalette::Base, Role::Surface},
         {QPalette::AlternateBase, Role::Raised},
         {QPalette::Text, Role::Text},
         {QPalette::Button, Role::Raised},
         {QPalette::ButtonText, Role::Text},
         {QPalette::BrightText, Role::Bad},
         {QPalette::ToolTipBase, Role::Raised},
         {QPalette::ToolTipText, Role::Text},
         {QPalette::Highlight, Role::Selection},
         {QPalette::HighlightedText, Role::Text},
         {QPalette::Link, Role::Accent},
         {QPalette::LinkVisited, Role::TokenPayload},
         {QPalette::PlaceholderText, Role::Muted},
         {QPalette::Mid, Role::Line}}};
    for (const auto& [place, role] : colours)
        palette.setColor(place, theme.colour(role));
    for (const QPalette::ColorRole place : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, place, theme.colour(Role::Muted));
    return palette;
}

void applyTheme(QApplication& application, ThemeName name)
{
    const bool first =
        qobject_cast<HouseStyle*>(application.style()) == nullptr && application.styleSheet().isEmpty();
    const Theme before = std::exchange(shownTheme(), loadTheme(name));
    if (!first && before.colours == currentTheme().colours)
        return; // restyling every widget takes longer than opening a window
    if (first) {
        application.setStyle(new HouseStyle);
        application.setFont(uiFont());
    }
    application.setPalette(paletteOf(currentTheme()));
    application.setStyleSheet(styleSheetOf(currentTheme()));
}

const Theme& currentTheme()
{
    return shownTheme();
}

Role methodRole(QStringView method)
{
    constexpr std::array<std::pair<QLatin1String, Role>, 5> roles{{{QLatin1String("GET"), Role::Get},
                                                                   {QLatin1String("POST"), Role::Post},
                                                                   {QLatin1String("PUT"), Role::Put},
                                                                   {QLatin1String("PATCH"), Role::Patch},
                                                                   {QLatin1String("DELETE"), Role::Delete}}};
    for (const auto& [name, role] : roles)
        if (method.compare(name, Qt::CaseInsensitive) == 0)
            return role;
    return Role::OtherMethod;
}

QString methodLabel(QStringView method)
{
    const QString upper = method.toString().toUpper();
    if (upper == QLatin1String("DELETE"))
        return QStringLiteral("DEL");
    if (upper == QLatin1String("PATCH"))
        return QStringLiteral("PTCH");
    return upper.size() <= 4 ? upper : upper.left(3);
}

} // namespace claimcheck::ui
