// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/timeaxis.h>

#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
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

} // namespace

TimeAxis::TimeAxis(QWidget* parent) : QWidget(parent)
{
    setNames(this, QStringLiteral("timeAxis"), tr("Tokens over time"));
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
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
    tick();
}

void TimeAxis::tick()
{
    QStringList words;
    for (const AxisRow& row : m_rows)
        words.append(axisWords(row, m_clock()));
    setAccessibleDescription(words.join(u'\n'));
    update();
}

QSize TimeAxis::sizeHint() const
{
    return {2 * axisLabels, static_cast<int>(m_rows.size()) * axisRow + axisFoot + 2 * space::small};
}

QSize TimeAxis::minimumSizeHint() const
{
    return sizeHint();
}

QRect TimeAxis::track() const
{
    return rect().adjusted(space::large + axisLabels, space::small, -space::large, -space::small);
}

bool TimeAxis::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const int row = (help->pos().y() - space::small) / axisRow;
    if (row >= 0 && row < static_cast<int>(m_rows.size()))
        QToolTip::showText(help->globalPos(),
                           plainTip(axisWords(m_rows[static_cast<std::size_t>(row)], m_clock())), this);
    else
        QToolTip::hideText();
    return true;
}

void TimeAxis::paintEvent(QPaintEvent*)
{
    if (m_rows.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Instant now = m_clock();
    const TokenAxis axis(m_rows, now);
    const QRectF whole(track());
    const auto at = [&](Instant time) { return whole.left() + axis.place(time) * whole.width(); };
    double y = whole.top();
    for (const AxisRow& row : m_rows) {
        const QRectF label(space::large, y, axisLabels - space::small, axisRow);
        painter.setFont(captionFont());
        painter.setPen(colour(Role::Muted));
        painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(captionFont())
                             .elidedText(row.label, Qt::ElideMiddle, static_cast<int>(label.width())));
        const double from = row.from ? at(*row.from) : whole.left();
        const double to = row.to ? at(*row.to) : whole.right();
        painter.setPen(Qt::NoPen);
        // A token without an end is told from one that lasts by its colour, and in its words.
        painter.setBrush(colour(!row.to ? Role::Line : *row.to <= now ? Role::Bad : Role::Ok));
        painter.drawRoundedRect(
            QRectF(from, y + (axisRow - axisBar) / 2.0, std::max(to - from, 2.0), axisBar), axisBar / 2.0,
            axisBar / 2.0);
        y += axisRow;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(colour(Role::Accent));
    painter.drawLine(QPointF(at(now), whole.top()), QPointF(at(now), y));
    painter.setPen(colour(Role::Muted));
    const QRectF foot(whole.left(), y, whole.width(), axisFoot);
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, toQString(formatClock(axis.begin(), now)));
    painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, toQString(formatClock(axis.end(), now)));
    if (!hasFocus())
        return;
    painter.setPen(colour(Role::Accent));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(1, 1, -2, -2));
}

} // namespace claimcheck::ui
