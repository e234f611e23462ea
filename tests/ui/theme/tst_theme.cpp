// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The theme keeps its promises: every role is there in every theme, text roles are legible where they are
// used (WCAG 2.1 contrast of 4.5:1), nothing in the style sheet is left unfilled.

#include <cmath>

#include <QtCore/qregularexpression.h>
#include <QtDBus/qdbusextratypes.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qmenu.h>

#include <theme/chevronbox.h>
#include <theme/desktop.h>
#include <theme/desktopwatch.h>
#include <theme/stylesheet.h>
#include <theme/theme.h>

using namespace claimcheck::ui;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// WCAG 2.1, "contrast ratio".
double contrast(const QColor& first, const QColor& second)
{
    const double left = luminance(first);
    const double right = luminance(second);
    return (std::max(left, right) + 0.05) / (std::min(left, right) + 0.05);
}

constexpr std::array textRoles{
    Role::Text,        Role::Muted,       Role::Accent,       Role::Ok,
    Role::Warn,        Role::Bad,         Role::Info,         Role::Get,
    Role::Post,        Role::Put,         Role::Patch,        Role::Delete,
    Role::OtherMethod, Role::TokenHeader, Role::TokenPayload, Role::TokenSignature};

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRoleHasAColour_data();
    void everyRoleHasAColour();
    void textIsLegible_data() { everyRoleHasAColour_data(); }
    void textIsLegible();
    void fillsCarryTheirText_data() { everyRoleHasAColour_data(); }
    void fillsCarryTheirText();
    void styleSheetIsFilledIn_data() { everyRoleHasAColour_data(); }
    void styleSheetIsFilledIn();
    void themesAreNamedAsInTheSettings();
    void methodsHaveRolesAndLabels();
    void iconsFollowTheTheme();
    void desktopSettingsAreRead();
    void portalIsUnderstood();
    void aMenusButtonLooksLikeABoxWithAList();
};

void ThemeTest::everyRoleHasAColour_data()
{
    QTest::addColumn<ThemeName>("name");
    QTest::newRow("light") << ThemeName::Light;
    QTest::newRow("dark") << ThemeName::Dark;
    QTest::newRow("high contrast") << ThemeName::HighContrast;
}

void ThemeTest::everyRoleHasAColour()
{
    QFETCH(ThemeName, name);
    const Theme theme = loadTheme(name);
    for (int role = 0; role < roleCount; ++role)
        QVERIFY2(theme.colours[static_cast<std::size_t>(role)].isValid(),
                 toText(static_cast<Role>(role)).data());
    QCOMPARE(theme.isDark(), name != ThemeName::Light);
}

void ThemeTest::textIsLegible()
{
    QFETCH(ThemeName, name);
    const Theme theme = loadTheme(name);
    for (const Role ground : {Role::Surface, Role::Raised, Role::Selection})
        for (const Role text : textRoles) {
            const double ratio = contrast(theme.colour(text), theme.colour(ground));
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 on %2: %3")
                                                  .arg(QLatin1String(toText(text).data()),
                                                       QLatin1String(toText(ground).data()))
                                                  .arg(ratio)));
        }
}

void ThemeTest::fillsCarryTheirText()
{
    QFETCH(ThemeName, name);
    const Theme theme = loadTheme(name);
    QVERIFY(contrast(theme.colour(Role::Ok), theme.colour(Role::OkFill)) >= 4.5);
    QVERIFY(contrast(theme.colour(Role::Warn), theme.colour(Role::WarnFill)) >= 4.5);
    QVERIFY(contrast(theme.colour(Role::Bad), theme.colour(Role::BadFill)) >= 4.5);
    QVERIFY(contrast(theme.colour(Role::Info), theme.colour(Role::InfoFill)) >= 4.5);
    QVERIFY(contrast(theme.colour(Role::OnAccent), theme.colour(Role::Accent)) >= 4.5);
}

void ThemeTest::styleSheetIsFilledIn()
{
    QFETCH(ThemeName, name);
    const QString sheet = styleSheetOf(loadTheme(name));
    QVERIFY(!sheet.contains(u'@'));
    // A colour comes from theme.json or from @mix, which is made of two of them.
    static const QRegularExpression badColour(QStringLiteral("#(?![0-9a-f]{6}[; ])"));
    QVERIFY2(!sheet.contains(badColour), qPrintable(badColour.match(sheet).captured()));
}

void ThemeTest::themesAreNamedAsInTheSettings()
{
    for (const ThemeName name :
         {ThemeName::System, ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast})
        QCOMPARE(themeNamed(toText(name)), name);
    QCOMPARE(themeNamed("no such theme"), ThemeName::System);
}

void ThemeTest::methodsHaveRolesAndLabels()
{
    QCOMPARE(methodRole(u"get"), Role::Get);
    QCOMPARE(methodRole(u"DELETE"), Role::Delete);
    QCOMPARE(methodRole(u"PURGE"), Role::OtherMethod);
    QCOMPARE(methodLabel(u"delete"), QStringLiteral("DEL"));
    QCOMPARE(methodLabel(u"OPTIONS"), QStringLiteral("OPT"));
    QCOMPARE(methodLabel(u"POST"), QStringLiteral("POST"));
}

void ThemeTest::iconsFollowTheTheme()
{
    const QIcon tick = icon(QStringLiteral("check"), Role::Text);
    applyTheme(*qApp, ThemeName::Light);
    const QImage light = tick.pixmap(QSize(16, 16), 1.0).toImage();
    applyTheme(*qApp, ThemeName::Dark);
    const QImage dark = tick.pixmap(QSize(16, 16), 1.0).toImage();
    QVERIFY(light != dark);
    QCOMPARE(qApp->palette().color(QPalette::Window), loadTheme(ThemeName::Dark).colour(Role::Surface));
}

void ThemeTest::desktopSettingsAreRead()
{
    const QString dark = QStringLiteral("[Settings]\ngtk-application-prefer-dark-theme = 1\n");
    QCOMPARE(gtkPreference(dark, {}), Preference::Dark);
    QCOMPARE(gtkPreference(QStringLiteral("gtk-theme-name=Adwaita-dark"), {}), Preference::Dark);
    QCOMPARE(gtkPreference(QStringLiteral("gtk-application-prefer-dark-theme=0"), {}), Preference::Light);
    QCOMPARE(gtkPreference(QStringLiteral("[Settings]"), {}), Preference::None);
    QCOMPARE(gtkPreference(dark, QStringLiteral("Adwaita")), Preference::Light);
}

void ThemeTest::portalIsUnderstood()
{
    QCOMPARE(portalPreference(1u), Preference::Dark);
    QCOMPARE(portalPreference(2u), Preference::Light);
    QCOMPARE(portalPreference(0u), Preference::None);
    const QVariant wrapped = QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(1u))));
    QCOMPARE(portalPreference(wrapped), Preference::Dark);
    setDesktopPreference(Preference::Light);
    QVERIFY(!setDesktopPreference(Preference::None));
    QVERIFY(setDesktopPreference(Preference::Dark));
    QVERIFY(loadTheme(ThemeName::System).isDark());
    QVERIFY(setDesktopPreference(Preference::Light));
}

void ThemeTest::aMenusButtonLooksLikeABoxWithAList()
{
    applyTheme(*qApp, ThemeName::Light);
    QWidget window;
    auto* box = new ChevronBox(&window);
    box->addItem(QStringLiteral("demo"));
    auto* button = new ChevronButton(&window);
    button->setText(QStringLiteral("demo"));
    QMenu menu;
    button->setMenu(&menu);
    box->setGeometry(0, 0, 120, space::row);
    button->setGeometry(0, 40, 120, space::row);
    window.show();
    const QImage boxImage = box->grab().toImage();
    const QImage buttonImage = button->grab().toImage();
    const QRect chevron(120 - 20, 6, 16, 16);
    QCOMPARE(buttonImage.copy(chevron), boxImage.copy(chevron));
    const auto textBegins = [](const QImage& image) {
        for (int x = 4; x < 60; ++x)
            for (int y = 6; y < 22; ++y)
                if (image.pixelColor(x, y).lightness() < 128)
                    return x;
        return 60;
    };
    QVERIFY(textBegins(boxImage) < 20);
    QVERIFY2(qAbs(textBegins(boxImage) - textBegins(buttonImage)) <= 2,
             qPrintable(QStringLiteral("%1 and %2").arg(textBegins(boxImage)).arg(textBegins(buttonImage))));
}

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
