// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/timeaxis.h>

#include <algorithm>

#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qscrollbar.h>
#include <QtWidgets/qtooltip.h>

#include <base/text.h>
#include <state/plaintip.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int axisRow = 20;
constexpr int axisLabels = 140; ///< px for what the rows are called
constexpr int axisBar = 6;
constexpr int axisFoot = 20; ///< for the times below
/// As much as the list of identities leaves between its last row and the line that the axis stands under.
constexpr int axisTop = space::large;
// The sign-in form stands below: rows beyond these scroll.
constexpr std::size_t mostShown = 8;
constexpr std::size_t leastShown = 2;

} // namespace

TimeAxis::TimeAxis(QWidget* parent) : QAbstractScrollArea(parent)
{
    setNames(this, QStringLiteral("timeAxis"), tr("Tokens over time"));
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    connect(&m_timer, &QTimer::timeout, this, &TimeAxis::tick);
    hide();
}

void TimeAxis::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
    tick();
}

void TimeAxis::setRows(const std::vector<AxisRow>& rows)
{
    if (rows == m_rows)
        return;
    m_rows = rows;
    setVisible(!rows.empty());
    if (rows.empty())
        m_timer.stop();
    else
        m_timer.start(std::chrono::seconds(1));
    updateGeometry();
    renewRange();
    tick();
}

void TimeAxis::tick()
{
    QStringList words;
    for (const AxisRow& row : m_rows)
        words.append(axisWords(row, m_clock()));
    setAccessibleDescription(words.join(u'\n'));
    viewport()->update();
}

int TimeAxis::heightFor(std::size_t rows) const
{
    return static_cast<int>(std::min(rows, m_rows.size())) * axisRow + axisTop + axisFoot + space::small;
}

QSize TimeAxis::sizeHint() const
{
    return {2 * axisLabels, heightFor(mostShown)};
}

QSize TimeAxis::minimumSizeHint() const
{
    return {2 * axisLabels, heightFor(leastShown)};
}

QRect TimeAxis::track() const
{
    return viewport()->rect().adjusted(space::large + axisLabels, axisTop, -space::large,
                                       -space::small - axisFoot);
}

void TimeAxis::renewRange()
{
    const int all = static_cast<int>(m_rows.size()) * axisRow;
    verticalScrollBar()->setSingleStep(axisRow);
    verticalScrollBar()->setPageStep(std::max(track().height(), 0));
    verticalScrollBar()->setRange(0, std::max(all - track().height(), 0));
}

void TimeAxis::resizeEvent(QResizeEvent*)
{
    renewRange();
}

void TimeAxis::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TimeAxis::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool TimeAxis::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const int y = help->pos().y() - track().top();
    const int row = (y + verticalScrollBar()->value()) / axisRow;
    if (y >= 0 && y < track().height() && row < static_cast<int>(m_rows.size()))
        QToolTip::showText(help->globalPos(),
                           plainTip(axisWords(m_rows[static_cast<std::size_t>(row)], m_clock())), viewport());
    else
        QToolTip::hideText();
    return true;
}

void TimeAxis::paintRow(QPainter& painter, const TokenAxis& axis, const AxisRow& row, double y) const
{
    const QRectF whole(track());
    const auto at = [&](Instant time) { return whole.left() + axis.place(time) * whole.width(); };
    const QRectF label(space::large, y, axisLabels - space::small, axisRow);
    painter.setFont(captionFont());
    painter.setPen(colour(Role::Muted));
    painter.drawText(
        label, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(captionFont()).elidedText(row.label, Qt::ElideMiddle, static_cast<int>(label.width())));
    const double from = row.from ? at(*row.from) : whole.left();
    const double to = row.to ? at(*row.to) : whole.right();
    painter.setPen(Qt::NoPen);
    // A token without an end is told from one that lasts by its colour, and in its words.
    painter.setBrush(colour(!row.to ? Role::Line : *row.to <= m_clock() ? Role::Bad : Role::Ok));
    painter.drawRoundedRect(QRectF(from, y + (axisRow - axisBar) / 2.0, std::max(to - from, 2.0), axisBar),
                            axisBar / 2.0, axisBar / 2.0);
}

void TimeAxis::paintEvent(QPaintEvent*)
{
    if (m_rows.empty())
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const Instant now = m_clock();
    const TokenAxis axis(m_rows, now);
    const QRectF whole(track());
    painter.setClipRect(QRectF(0, whole.top(), viewport()->width(), whole.height()));
    double y = whole.top() - verticalScrollBar()->value();
    for (const AxisRow& row : m_rows) {
        if (y + axisRow > whole.top() && y < whole.bottom())
            paintRow(painter, axis, row, y);
        y += axisRow;
    }
    painter.setClipping(false);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double end = std::min(y, whole.bottom());
    const double here = whole.left() + axis.place(now) * whole.width();
    painter.setPen(colour(Role::Accent));
    painter.drawLine(QPointF(here, whole.top()), QPointF(here, end));
    painter.setFont(captionFont());
    painter.setPen(colour(Role::Muted));
    const QRectF foot(whole.left(), end, whole.width(), axisFoot);
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, toQString(formatClock(axis.begin(), now)));
    painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, toQString(formatClock(axis.end(), now)));
    if (!hasFocus())
        return;
    painter.setPen(colour(Role::Accent));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(viewport()->rect().adjusted(1, 1, -2, -2));
}

} // namespace claimcheck::ui
