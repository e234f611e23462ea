// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/qrpicture.h>

#include <QtGui/qpainter.h>

#include <base/text.h>
#include <state/plaintip.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

using qr::quietZone;

constexpr int wantedSide = 150;
constexpr int smallestModule = 2;

} // namespace

QrPicture::QrPicture(QWidget* parent) : QWidget(parent), m_theme(loadTheme(ThemeName::Light))
{
    setNames(this, QStringLiteral("qrPicture"), tr("QR code"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void QrPicture::setLink(const std::string& link)
{
    if (link == m_link)
        return;
    m_link = link;
    m_matrix = qr::matrixOf(link);
    const QString shown = toQString(visible(link));
    setAccessibleName(tr("QR code of %1").arg(shown));
    setToolTip(plainTip(shown));
    setVisible(m_matrix.has_value());
    updateGeometry();
    update();
}

int QrPicture::moduleSize() const
{
    return m_matrix ? std::max(wantedSide / (m_matrix->width + 2 * quietZone), smallestModule) : 0;
}

int QrPicture::sideOf() const
{
    return m_matrix ? moduleSize() * (m_matrix->width + 2 * quietZone) : 0;
}

QSize QrPicture::sizeHint() const
{
    return {sideOf(), sideOf()};
}

void QrPicture::paintEvent(QPaintEvent*)
{
    if (!m_matrix)
        return;
    QPainter painter(this);
    painter.setPen(Qt::NoPen);
    painter.fillRect(QRect(0, 0, sideOf(), sideOf()), m_theme.colour(Role::Surface));
    const int size = moduleSize();
    for (int row = 0; row < m_matrix->width; ++row)
        for (int column = 0; column < m_matrix->width; ++column)
            if (m_matrix->isDark(column, row))
                painter.fillRect((quietZone + column) * size, (quietZone + row) * size, size, size,
                                 m_theme.colour(Role::Text));
}

} // namespace claimcheck::ui
