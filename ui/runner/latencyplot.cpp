// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <runner/latencyplot.h>

#include <algorithm>
#include <cmath>

#include <QtGui/qpainter.h>

#include <base/text.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

constexpr int plotHeight = 72;
constexpr double widestBar = 8;

/// Sorted, of at least one.
double quantile(const std::vector<double>& sorted, double part)
{
    const double place = part * static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::lround(place))];
}

QString figuresOf(std::vector<double> latencies)
{
    if (latencies.empty())
        return {};
    for (double& each : latencies)
        each = std::fabs(each);
    std::sort(latencies.begin(), latencies.end());
    const auto text = [&](double part) { return toQString(formatDuration(quantile(latencies, part))); };
    return LatencyPlot::tr("median %1 · 95 % within %2 · slowest %3").arg(text(0.5), text(0.95), text(1));
}

} // namespace

LatencyPlot::LatencyPlot(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(plotHeight);
}

QSize LatencyPlot::sizeHint() const
{
    return {320, plotHeight};
}

void LatencyPlot::setLatencies(const std::vector<double>& latencies, std::size_t expected)
{
    m_latencies = latencies;
    m_expected = std::max(expected, latencies.size());
    m_figures = figuresOf(latencies);
    setToolTip(m_figures);
    setAccessibleDescription(m_figures);
    update();
}

void LatencyPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const double floor = height() - 1.0;
    painter.fillRect(QRectF(0, floor, width(), 1), colour(Role::Line));
    if (m_latencies.empty())
        return;
    double slowest = 1;
    for (const double latency : m_latencies)
        slowest = std::max(slowest, std::fabs(latency));
    const std::size_t columns = std::min<std::size_t>(m_expected, static_cast<std::size_t>(width()));
    const double step = std::min(widestBar, width() / static_cast<double>(columns));
    const double bar = step > 3 ? step - 1 : step;
    for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t first = column * m_expected / columns;
        const std::size_t last = std::min((column + 1) * m_expected / columns, m_latencies.size());
        double highest = 0;
        bool hasFailed = false;
        for (std::size_t i = first; i < last; ++i) {
            highest = std::max(highest, std::fabs(m_latencies[i]));
            hasFailed = hasFailed || std::signbit(m_latencies[i]);
        }
        if (first >= last)
            break;
        const double tall = std::max(1.0, highest / slowest * (floor - space::tiny));
        painter.fillRect(QRectF(static_cast<double>(column) * step, floor - tall, bar, tall),
                         colour(hasFailed ? Role::Bad : Role::Accent));
    }
}

} // namespace claimcheck::ui
