// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A page in a place that may be too low for it: it has the height that its texts need at the width there is,
// and is scrolled to where that is more than the place has. Nothing in it is squeezed.

#pragma once

#include <QtWidgets/qscrollarea.h>

namespace claimcheck::ui {

class LowArea : public QScrollArea
{
    Q_OBJECT
public:
    /// The page has its layout already.
    explicit LowArea(QWidget* page, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
};

} // namespace claimcheck::ui
