// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tabs without boxes: the chosen one is underlined in the accent colour. A tab may lead with a word in a
// role's colour ("GET" before a request's name) and end in a quiet detail ("8" behind "Headers").

#pragma once

#include <QtWidgets/qtabbar.h>

#include <theme/theme.h>

namespace claimcheck::ui {

class FlatTabBar : public QTabBar
{
    Q_OBJECT
public:
    explicit FlatTabBar(QWidget* parent = nullptr);

    void setLead(int index, const QString& text, Role role);
    void setDetail(int index, const QString& text, Role role = Role::Muted);
    /// How many things the page holds; no detail where there are none.
    void setCount(int index, qsizetype count);

    QSize minimumTabSizeHint(int index) const override;

protected:
    QSize tabSizeHint(int index) const override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    struct Extra
    {
        QString lead;
        Role leadRole = Role::Muted;
        QString detail;
        Role detailRole = Role::Muted;
    };
    Extra extraOf(int index) const;
    void setExtra(int index, const Extra& extra);
    void drawTab(QPainter& painter, int index) const;

    bool m_byKey = false; ///< the focus came by a key: worth a ring
};

} // namespace claimcheck::ui
