// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every token as a bar on one time axis, with a line where now is. What it shows is said in words, too, to
// whoever cannot see it and in each row's tip. Many of them scroll above the times. Hidden while there is no
// token.

#pragma once

#include <functional>

#include <QtCore/qtimer.h>
#include <QtWidgets/qabstractscrollarea.h>

#include <state/tokenaxis.h>

class QPainter;

namespace claimcheck::ui {

class TimeAxis : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TimeAxis(QWidget* parent = nullptr);

    void setRows(const std::vector<AxisRow>& rows);
    /// The machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    /// Anew; its own timer does this once a second.
    void tick();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    /// Of the rows that are in view.
    QRect track() const;
    int heightFor(std::size_t rows) const;
    void renewRange();
    void paintRow(QPainter& painter, const TokenAxis& axis, const AxisRow& row, double y) const;

    std::vector<AxisRow> m_rows;
    std::function<Instant()> m_clock = currentTime;
    QTimer m_timer;
};

} // namespace claimcheck::ui
