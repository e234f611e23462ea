// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/captionline.h>

#include <QtGui/qpainter.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int side = space::large;
constexpr int top = space::medium;

} // namespace

CaptionLine::CaptionLine(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("authCaption"));
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CaptionLine::setCaption(const AuthCaption& caption)
{
    const QString name = toQString(visible(toUtf8(caption.name)));
    m_text = caption.before + name + caption.after;
    m_nameAt = static_cast<int>(caption.before.size());
    m_nameLength = static_cast<int>(name.size());
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

void CaptionLine::lay(QTextLayout& layout, int width) const
{
    QTextLayout::FormatRange name;
    name.start = m_nameAt;
    name.length = m_nameLength;
    name.format.setFont(boldFont());
    name.format.setForeground(colour(Role::Text));
    layout.setFormats({name});
    layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(qMax(1, width - 2 * side));
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
}

QSize CaptionLine::sizeHint() const
{
    return {0, heightForWidth(width())};
}

int CaptionLine::heightForWidth(int width) const
{
    QTextLayout layout(m_text, uiFont());
    lay(layout, width);
    return top + qCeil(layout.boundingRect().height());
}

void CaptionLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(colour(Role::Muted));
    QTextLayout layout(m_text, uiFont());
    lay(layout, width());
    layout.draw(&painter, QPointF(side, top));
}

} // namespace claimcheck::ui
