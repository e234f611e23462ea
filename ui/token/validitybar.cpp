// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/validitybar.h>

#include <algorithm>

#include <QtGui/qpainter.h>

#include <base/text.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

constexpr double room = 0.12; ///< of the span, beside it where an end is open
constexpr int thickness = 5;
constexpr int markTop = 18;
constexpr int trackTop = 24;
constexpr int markBottom = trackTop + thickness + 2; ///< clear of the labels under it
constexpr double markWidth = 2;
constexpr std::size_t longestExpiry = 24; ///< of one that cannot be read, in bytes: the bar is no text field

std::optional<Instant> startOf(const Validity& validity)
{
    return validity.notBefore ? validity.notBefore : validity.issuedAt;
}

Role barRole(const Validity& validity, Instant now)
{
    if (validity.expiresAt && now >= *validity.expiresAt)
        return Role::Bad;
    if (validity.notBefore && now < *validity.notBefore)
        return Role::Warn;
    return Role::Ok;
}

/// A place for `text` with its left edge at `x`, kept inside of `width`.
QRectF labelAt(const QString& text, double x, double width, int top, const QFontMetrics& metrics)
{
    const double size = metrics.horizontalAdvance(text) + 1;
    return {std::clamp(x, 0.0, std::max(0.0, width - size)), double(top), size, double(metrics.height())};
}

} // namespace

ValidityPlaces placesOf(const Validity& validity, Instant now)
{
    const std::optional<Instant> start = startOf(validity);
    const Instant first = std::min(start.value_or(now), std::min(validity.expiresAt.value_or(now), now));
    const Instant last = std::max(start.value_or(now), std::max(validity.expiresAt.value_or(now), now));
    const double span = std::max(toUnixSeconds(last) - toUnixSeconds(first), 1e-3);
    const double before = start ? 0 : room;
    const double after = validity.expiresAt ? 0 : room;
    const auto place = [&](Instant time) {
        return (before + (toUnixSeconds(time) - toUnixSeconds(first)) / span) / (1 + before + after);
    };
    return {start ? place(*start) : 0, validity.expiresAt ? place(*validity.expiresAt) : 1, place(now)};
}

ValidityBar::ValidityBar(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("validityBar"));
    setFont(captionFont());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ValidityBar::setValidity(const Validity& validity, Instant now)
{
    m_validity = validity;
    m_now = now;
    setAccessibleName(tr("Validity: %1").arg(words()));
    update();
}

QString ValidityBar::startWords() const
{
    const std::optional<Instant> start = startOf(m_validity);
    if (!start)
        return {};
    const QString word = m_validity.notBefore ? tr("valid from") : tr("issued");
    return QString(word + u' ' + toQString(formatClock(*start, m_now)));
}

QString ValidityBar::endWords() const
{
    if (!m_validity.unreadableExpiry.empty())
        return tr("exp cannot be read: %1")
            .arg(toQString(visible(shortened(m_validity.unreadableExpiry, longestExpiry))));
    if (!m_validity.expiresAt)
        return tr("never expires");
    const QString word = m_now >= *m_validity.expiresAt ? tr("expired") : tr("expires");
    return QString(word + u' ' + toQString(formatClock(*m_validity.expiresAt, m_now)));
}

QString ValidityBar::words() const
{
    const QString now = tr("now %1").arg(toQString(formatClock(m_now, m_now)));
    QStringList parts{startWords(), now, endWords()};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QSize ValidityBar::sizeHint() const
{
    return {240, trackTop + thickness + space::tiny + fontMetrics().height()};
}

/// In place of the bar: what is known of the beginning and of now, and that the end is not.
void ValidityBar::paintWords(QPainter& painter) const
{
    const QRect line(0, 0, width(), height());
    const QString nowWords = tr("now %1").arg(toQString(formatClock(m_now, m_now)));
    QStringList known{startWords(), nowWords};
    known.removeAll(QString());
    const QString rest = QStringLiteral(", ") + known.join(QStringLiteral(", "));
    painter.setPen(colour(Role::Warn));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, endWords());
    painter.setPen(colour(Role::Muted));
    painter.drawText(line.adjusted(fontMetrics().horizontalAdvance(endWords()), 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, rest);
}

void ValidityBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_validity.unreadableExpiry.empty())
        return paintWords(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    const ValidityPlaces places = placesOf(m_validity, m_now);
    const double from = places.from * width();
    const double until = places.until * width();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Role::Line));
    painter.drawRoundedRect(QRectF(0, trackTop, width(), thickness), thickness / 2.0, thickness / 2.0);
    painter.setBrush(colour(barRole(m_validity, m_now)));
    if (until > from)
        painter.drawRoundedRect(QRectF(from, trackTop, until - from, thickness), thickness / 2.0,
                                thickness / 2.0);

    const double now = places.now * width();
    painter.setBrush(colour(Role::Text));
    const double mark = std::clamp(now - markWidth / 2, 0.0, std::max(0.0, width() - markWidth));
    painter.drawRect(QRectF(mark, markTop, markWidth, markBottom - markTop));
    const QString nowWords = tr("now %1").arg(toQString(formatClock(m_now, m_now)));
    painter.setPen(colour(Role::Text));
    const double half = fontMetrics().horizontalAdvance(nowWords) / 2.0;
    painter.drawText(labelAt(nowWords, now - half, width(), 0, fontMetrics()), nowWords);

    painter.setPen(colour(Role::Muted));
    const int top = trackTop + thickness + space::tiny + 1;
    const double endWidth = fontMetrics().horizontalAdvance(endWords()) + 1;
    QRectF end = labelAt(endWords(), until - endWidth, width(), top, fontMetrics());
    QRectF start = labelAt(startWords(), from, width(), top, fontMetrics());
    if (start.right() + space::small > end.left())
        start.moveRight(std::max(end.left() - space::small, start.width()));
    if (start.right() + space::small > end.left())
        end.moveLeft(start.right() + space::small);
    painter.drawText(start, startWords());
    painter.drawText(end, endWords());
}

} // namespace claimcheck::ui
