// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/rail.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qbuttongroup.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int railWidth = 47;
constexpr int buttonSide = 36;
constexpr int iconSide = 20;

/// Grey, and in the accent colour while its page is shown.
class RailButton : public QToolButton
{
public:
    explicit RailButton(const QString& iconName)
    {
        setCheckable(true);
        setFixedSize(buttonSide, buttonSide);
        setIconSize(QSize(iconSide, iconSide));
        setFocusPolicy(Qt::TabFocus);
        setIcon(ui::icon(iconName, Role::Muted));
        connect(this, &QToolButton::toggled, this,
                [this, iconName](bool on) { setIcon(ui::icon(iconName, on ? Role::Accent : Role::Muted)); });
    }
};

} // namespace

Rail::Rail(QWidget* parent)
    : QWidget(parent), m_column(new QVBoxLayout(this)), m_group(new QButtonGroup(this))
{
    setKind(this, "raised");
    setFixedWidth(railWidth);
    m_column->setContentsMargins(0, space::small, 0, space::small);
    m_column->setSpacing(space::tiny);
    m_column->addStretch(1);
    connect(m_group, &QButtonGroup::idClicked, this, &Rail::chosen);
}

void Rail::addPage(const QString& iconName, const QString& title, const QString& objectName)
{
    const int page = static_cast<int>(m_group->buttons().size());
    auto* button = new RailButton(iconName);
    setNames(button, objectName, title);
    button->setToolTip(QString(title + u" (Ctrl+" + QString::number((page + 1) % 10) + u')'));
    m_group->addButton(button, page);
    m_column->insertWidget(page, button, 0, Qt::AlignHCenter);
}

void Rail::setCurrent(int page)
{
    m_group->button(page)->setChecked(true);
}

} // namespace claimcheck::ui
