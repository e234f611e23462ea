// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A combo box with the house's chevron, and a button with a menu that looks as if it were one. With a border
// from a style sheet Qt draws the arrow as a button of its own, frame and all; here that is taken away and
// the icon drawn in its place.

#pragma once

#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qpushbutton.h>

namespace claimcheck::ui {

class ChevronBox : public QComboBox
{
    Q_OBJECT
public:
    explicit ChevronBox(QWidget* parent = nullptr);

    /// Of the text in the box; a palette would lose against the program's style sheet.
    void setTextColour(const QColor& colour);

protected:
    void initStyleOption(QStyleOptionComboBox* option) const override;
    void paintEvent(QPaintEvent* event) override;
};

/// As wide as its longest choice where there is room, and cut off where there is none: its line is never
/// pushed out of the pane.
void letShrink(QComboBox* box);

class ChevronButton : public QPushButton
{
    Q_OBJECT
public:
    explicit ChevronButton(QWidget* parent = nullptr);

protected:
    void initStyleOption(QStyleOptionButton* option) const override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace claimcheck::ui
