// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// icon() of theme.h: an icon engine that paints an SVG of ours with currentColor replaced by the role's
// colour of the theme shown at that moment, at the size and pixel ratio that is asked for.

#include <theme/theme.h>

#include <QtCore/qfile.h>
#include <QtGui/qiconengine.h>
#include <QtGui/qpainter.h>
#include <QtSvg/qsvgrenderer.h>

#include <resources/resources.h>

namespace claimcheck::ui {
namespace {

QByteArray readIcon(const QString& name)
{
    initResources();
    QFile file(QStringLiteral(":/claimcheck/icons/") + name + QLatin1String(".svg"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no icon of that name: %s", qPrintable(name));
    return file.readAll();
}

class RoleIconEngine : public QIconEngine
{
public:
    RoleIconEngine(const QString& name, Role role) : m_svg(readIcon(name)), m_role(role) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = m_svg;
        svg.replace("currentColor", colour(m_role).name().toLatin1());
        QSvgRenderer renderer(svg);
        painter->save();
        if (mode == QIcon::Disabled)
            painter->setOpacity(0.45);
        const int side = qMin(rect.width(), rect.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(rect).center());
        renderer.render(painter, square);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new RoleIconEngine(*this); }

private:
    QByteArray m_svg;
    Role m_role;
};

} // namespace

QIcon icon(const QString& name, Role role)
{
    return QIcon(new RoleIconEngine(name, role));
}

} // namespace claimcheck::ui
