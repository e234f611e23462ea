// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/timelinepage.h>

#include <algorithm>

#include <QtGui/qpainter.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qgridlayout.h>

#include <base/text.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int nameWidth = 132;
constexpr int figureWidth = 72;
constexpr int barHeight = 8;

} // namespace

Waterfall::Waterfall(QWidget* parent) : QWidget(parent)
{
    setNames(this, QStringLiteral("waterfall"), tr("Phases of the exchange"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Waterfall::setPhases(std::vector<Phase> phases, double total)
{
    m_phases = std::move(phases);
    m_total = total;
    QString spoken;
    for (const Phase& phase : m_phases)
        spoken += phase.name + u' ' + toQString(formatDuration(phase.duration)) + QStringLiteral(", ");
    setAccessibleDescription(spoken + tr("in all %1").arg(toQString(formatDuration(total))));
    updateGeometry();
    update();
}

QSize Waterfall::sizeHint() const
{
    return {nameWidth + figureWidth + 160, (static_cast<int>(m_phases.size()) + 1) * space::row};
}

void Waterfall::paintRow(QPainter& painter, const QRect& row, const Phase& phase, Role role) const
{
    painter.setPen(colour(Role::Text));
    painter.setFont(uiFont());
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, phase.name);
    painter.setFont(monoFont());
    painter.setPen(colour(Role::Muted));
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, toQString(formatDuration(phase.duration)));
    const double whole = std::max(m_total, 0.001);
    const QRect track = row.adjusted(nameWidth, 0, -figureWidth, 0);
    const double left = track.left() + track.width() * std::min(1.0, phase.start / whole);
    const double width = std::max(2.0, track.width() * std::min(1.0, phase.duration / whole));
    const QRectF bar(std::min(left, track.right() - 2.0), track.center().y() - barHeight / 2.0, width,
                     barHeight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(role));
    painter.drawRoundedRect(bar, 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void Waterfall::paintEvent(QPaintEvent*)
{
    // Neighbours differ, and the order is always the same, so that a colour is known again.
    constexpr Role roles[] = {Role::Info,   Role::Warn, Role::TokenPayload,
                              Role::Accent, Role::Ok,   Role::TokenHeader};
    QPainter painter(this);
    QRect row(0, 0, width(), space::row);
    std::size_t index = 0;
    for (const Phase& phase : m_phases) {
        paintRow(painter, row, phase, roles[index++ % std::size(roles)]);
        row.translate(0, space::row);
    }
    drawHairline(&painter, QRect(0, row.top() - 1, width(), 1));
    painter.setPen(colour(Role::Text));
    painter.setFont(boldFont());
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, tr("In all"));
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, toQString(formatDuration(m_total)));
}

TimelinePage::TimelinePage(QWidget* parent) : QWidget(parent), m_waterfall(new Waterfall)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::medium, space::medium, space::medium, space::medium);
    column->setSpacing(space::large);
    column->addWidget(m_waterfall);
    column->addStretch(1);
}

void TimelinePage::setExchange(const http::Exchange& exchange)
{
    m_waterfall->setPhases(phasesOf(exchange.timings), exchange.timings.total);
    delete m_facts;
    m_facts = new QWidget;
    auto* grid = new QGridLayout(m_facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::medium);
    grid->setVerticalSpacing(space::small);
    grid->setColumnMinimumWidth(0, nameWidth - space::medium);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [name, value] : factsOf(exchange)) {
        QLabel* text = plainLabel(value);
        text->setFont(monoFont());
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(mutedLabel(name), row, 0, Qt::AlignTop);
        grid->addWidget(text, row++, 1);
    }
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, m_facts);
}

} // namespace claimcheck::ui
