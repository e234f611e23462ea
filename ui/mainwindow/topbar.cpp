// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/topbar.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qmenu.h>

#include <base/text.h>
#include <sessions/sessionchip.h>
#include <state/plaintip.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int longestName = 40;
constexpr int mostEnvironmentWidth = 220; ///< a longer name is elided, not the session pushed out

QString nameOf(const collection::Collection& collection)
{
    const QString name = toQString(visible(collection.name));
    return name.size() > longestName ? QString(name.left(longestName) + u'…') : name;
}

} // namespace

TopBar::TopBar(QMenu* mainMenu, QMenu* collectionMenu, QWidget* parent)
    : QWidget(parent),
      m_name(sectionTitle(tr("Claimcheck"))),
      m_collection(new ChevronButton),
      m_environment(new ChevronBox),
      m_chip(new SessionChip)
{
    setKind(this, "raised");
    setFixedHeight(space::bar);
    QToolButton* menu = flatButton(QStringLiteral("menu"), tr("Menu"), QStringLiteral("mainMenu"));
    menu->setMenu(mainMenu);
    menu->setPopupMode(QToolButton::InstantPopup);
    m_collection->setMenu(collectionMenu);
    setNames(m_collection, QStringLiteral("collectionMenu"), tr("Collection"));
    setNames(m_environment, QStringLiteral("environment"), tr("Environment"));
    m_environment->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_environment->setMaximumWidth(mostEnvironmentWidth);
    connect(m_environment, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        m_environment->setToolTip(plainTip(name));
        m_environment->setAccessibleDescription(name); // else the tip's markup would be read aloud
    });
    m_chip->setObjectName(QStringLiteral("sessionChip"));
    QToolButton* theme = flatButton(QStringLiteral("contrast"), tr("Light or dark"), QStringLiteral("theme"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::small, 0, space::medium, 0);
    row->setSpacing(space::small);
    row->addWidget(menu);
    row->addWidget(m_name);
    row->addWidget(m_collection);
    row->addWidget(m_environment);
    row->addStretch(1);
    row->addWidget(m_chip);
    row->addWidget(theme);
    connect(m_environment, &QComboBox::activated, this, &TopBar::choose);
    connect(theme, &QToolButton::clicked, this, &TopBar::themeToggled);
    setCollection({}, {});
}

void TopBar::setCollection(const std::optional<collection::Collection>& collection,
                           const std::string& environment)
{
    m_name->setVisible(!collection);
    m_collection->setVisible(collection.has_value());
    m_environment->setVisible(collection.has_value());
    if (!collection)
        return;
    m_collection->setText(asLabel(nameOf(*collection)));
    m_environment->clear();
    m_environment->addItem(tr("No environment"), QString());
    for (const collection::Environment& known : collection->environments)
        m_environment->addItem(toQString(visible(known.name)), toQString(known.name));
    m_environment->insertSeparator(m_environment->count());
    m_environment->addItem(tr("Edit environments…"), true);
    m_chosen = environment.empty() ? 0 : std::max(0, m_environment->findData(toQString(environment)));
    m_environment->setCurrentIndex(m_chosen);
}

/// The last line is a command, not an environment.
void TopBar::choose(int index)
{
    if (m_environment->itemData(index).typeId() == QMetaType::Bool) {
        m_environment->setCurrentIndex(m_chosen);
        Q_EMIT environmentsRequested();
        return;
    }
    m_chosen = index;
    Q_EMIT environmentChosen(m_environment->itemData(index).toString());
}

} // namespace claimcheck::ui
