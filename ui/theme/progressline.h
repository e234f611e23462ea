// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A thin line that fills up: how much of a known whole is done.

#pragma once

#include <QtWidgets/qwidget.h>

namespace claimcheck::ui {

class ProgressLine : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressLine(QWidget* parent = nullptr);

    /// From 0 to 1.
    void setDone(double done);
    double done() const { return m_done; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_done = 0;
};

} // namespace claimcheck::ui
