// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token chip: a filled label that can be clicked or reached by keyboard.

#pragma once

#include <QtWidgets/qabstractbutton.h>

#include <state/responseview.h>

namespace claimcheck::ui {

class ChipButton : public QAbstractButton
{
    Q_OBJECT
public:
    ChipButton(const QString& text, Mood mood, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Mood m_mood;
};

} // namespace claimcheck::ui
