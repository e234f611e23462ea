// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fusion with our own small marks: arrows, tick boxes, branches and focus frames drawn in the theme's
// roles at any scale. What a style sheet can say stands in stylesheet.cpp.

#pragma once

#include <QtWidgets/qproxystyle.h>

namespace claimcheck::ui {

class HouseStyle : public QProxyStyle
{
    Q_OBJECT
public:
    HouseStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
};

} // namespace claimcheck::ui
