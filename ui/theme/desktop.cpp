// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/desktop.h>

#include <utility>

#include <QtCore/qfile.h>
#include <QtCore/qstandardpaths.h>
#include <QtGui/qguiapplication.h>
#include <QtGui/qpalette.h>

namespace claimcheck::ui {
namespace {

bool namesDarkTheme(const QString& name)
{
    return name.endsWith(QLatin1String("dark"), Qt::CaseInsensitive);
}

QString gtkSettings()
{
    for (const QLatin1String version : {QLatin1String("gtk-4.0"), QLatin1String("gtk-3.0")}) {
        QFile file(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u'/' + version +
                   QLatin1String("/settings.ini"));
        if (file.open(QIODevice::ReadOnly))
            return QString::fromUtf8(file.read(64 * 1024));
    }
    return {};
}

bool askDesktop()
{
    const Preference preference = gtkPreference(gtkSettings(), qEnvironmentVariable("GTK_THEME"));
    if (preference != Preference::None)
        return preference == Preference::Dark;
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

bool& knownAnswer()
{
    static bool dark = askDesktop();
    return dark;
}

} // namespace

Preference gtkPreference(const QString& settingsIni, const QString& gtkThemeVariable)
{
    if (!gtkThemeVariable.isEmpty())
        return namesDarkTheme(gtkThemeVariable) ? Preference::Dark : Preference::Light;
    Preference preference = Preference::None;
    for (const QString& line : settingsIni.split(u'\n')) {
        const QString key = line.section(u'=', 0, 0).trimmed();
        const QString value = line.section(u'=', 1).trimmed();
        if (key == QLatin1String("gtk-application-prefer-dark-theme"))
            return value == QLatin1String("1") || value == QLatin1String("true") ? Preference::Dark
                                                                                 : Preference::Light;
        if (key == QLatin1String("gtk-theme-name") && namesDarkTheme(value))
            preference = Preference::Dark;
    }
    return preference;
}

bool desktopPrefersDark()
{
    return knownAnswer();
}

bool setDesktopPreference(Preference preference)
{
    const bool dark = preference == Preference::None ? knownAnswer() : preference == Preference::Dark;
    return std::exchange(knownAnswer(), dark) != dark;
}

} // namespace claimcheck::ui
