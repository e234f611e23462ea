// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the time of an exchange went: one bar a phase, then the facts of the connection.

#pragma once

#include <vector>

#include <QtWidgets/qwidget.h>

#include <state/responseview.h>
#include <theme/theme.h>

namespace claimcheck::ui {

/// The bars alone.
class Waterfall : public QWidget
{
    Q_OBJECT
public:
    explicit Waterfall(QWidget* parent = nullptr);

    void setPhases(std::vector<Phase> phases, double total);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintRow(QPainter& painter, const QRect& row, const Phase& phase, Role role) const;

    std::vector<Phase> m_phases;
    double m_total = 0;
};

class TimelinePage : public QWidget
{
    Q_OBJECT
public:
    explicit TimelinePage(QWidget* parent = nullptr);

    void setExchange(const http::Exchange& exchange);

private:
    Waterfall* m_waterfall;
    QWidget* m_facts = nullptr;
};

} // namespace claimcheck::ui
