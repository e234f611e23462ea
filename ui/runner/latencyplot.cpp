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
constexpr double mostOfUsual = 4; ///< what is slower than so often the time of 95 % is cut off
constexpr double cutTip = 3;      ///< px above the gap of a bar that is cut off
constexpr double cutGap = 2;

/// Sorted, of at least one.
double quantile(const std::vector<double>& sorted, double part)
{
    const double place = part * static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::lround(place))];
}

std::vector<double> sortedTimes(std::vector<double> latencies)
{
    for (double& each : latencies)
        each = std::fabs(each);
    std::sort(latencies.begin(), latencies.end());
    return latencies;
}

QString figuresOf(const std::vector<double>& sorted)
{
    if (sorted.empty())
        return {};
    const auto text = [&](double part) { return toQString(formatDuration(quantile(sorted, part))); };
    return LatencyPlot::tr("median %1 · 95 % within %2 · slowest %3").arg(text(0.5), text(0.95), text(1));
}

/// One slow request would press all others to the floor.
double topOf(const std::vector<double>& sorted)
{
    return sorted.empty() ? 1 : std::max(1.0, std::min(sorted.back(), mostOfUsual * quantile(sorted, 0.95)));
}

/// Of a share of the height; what is higher has a gap near its top.
void fillBar(QPainter& painter, const QRectF& whole, double share, const QColor& fill)
{
    const double tall = std::max(1.0, std::min(share, 1.0) * whole.height());
    QRectF bar = whole;
    bar.setTop(whole.bottom() - tall);
    if (share > 1) {
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width(), cutTip), fill);
        bar.setTop(bar.top() + cutTip + cutGap);
    }
    painter.fillRect(bar, fill);
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
    const std::vector<double> sorted = sortedTimes(latencies);
    m_figures = figuresOf(sorted);
    m_top = topOf(sorted);
    const bool isCut = !sorted.empty() && sorted.back() > m_top;
    setToolTip(isCut ? tr("%1\nA bar with a gap is taller than shown.").arg(m_figures) : m_figures);
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
        fillBar(painter, QRectF(static_cast<double>(column) * step, space::tiny, bar, floor - space::tiny),
                highest / m_top, colour(hasFailed ? Role::Bad : Role::Accent));
    }
}

} // namespace claimcheck::ui
