// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// "More" at the end of a FlatTabBar, with its chevron right behind, in the colour and at the height of the
// tabs' words; of a text beside an icon Qt leaves a gap between.

#pragma once

#include <QtWidgets/qtoolbutton.h>

namespace claimcheck::ui {

class MoreButton : public QToolButton
{
    Q_OBJECT
public:
    explicit MoreButton(QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace claimcheck::ui
