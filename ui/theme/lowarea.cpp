// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/lowarea.h>

#include <algorithm>

#include <QtCore/qcoreevent.h>
#include <QtWidgets/qlayout.h>

namespace claimcheck::ui {

/// It is not left to Qt to resize the page: that gives it the height that it would like to have, and a page
/// whose table could show more rows would scroll where there is room enough.
LowArea::LowArea(QWidget* page, QWidget* parent) : QScrollArea(parent)
{
    setWidget(page);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QSize LowArea::sizeHint() const
{
    return widget()->sizeHint();
}

QSize LowArea::minimumSizeHint() const
{
    return {widget()->minimumSizeHint().width(), QScrollArea::minimumSizeHint().height()};
}

bool LowArea::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        fit();
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

void LowArea::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

void LowArea::fit()
{
    const QLayout* layout = widget()->layout();
    const int width = viewport()->width();
    const int least = layout->hasHeightForWidth() ? layout->totalMinimumHeightForWidth(width)
                                                  : layout->totalMinimumSize().height();
    widget()->resize(width, std::max(least, viewport()->height()));
}

} // namespace claimcheck::ui
