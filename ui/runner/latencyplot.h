// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long each answer took, from left to right: a bar a request, or the slowest of several where there are
// more requests than pixels. What failed stands in the colour of failures.

#pragma once

#include <vector>

#include <QtWidgets/qwidget.h>

namespace claimcheck::ui {

class LatencyPlot : public QWidget
{
    Q_OBJECT
public:
    explicit LatencyPlot(QWidget* parent = nullptr);

    /// Milliseconds; below zero for a request that failed. `expected`: how many there will be.
    void setLatencies(const std::vector<double>& latencies, std::size_t expected);
    /// "median 12 ms, 95 % below 40 ms, slowest 1.2 s"; empty without any.
    const QString& figures() const { return m_figures; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<double> m_latencies;
    std::size_t m_expected = 0;
    double m_top = 1; ///< ms at the upper end
    QString m_figures;
};

} // namespace claimcheck::ui
