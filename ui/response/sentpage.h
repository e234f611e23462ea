// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The request as it went out, every hop of it. Credentials are dots until they are asked for.

#pragma once

#include <QtWidgets/qwidget.h>

#include <http/exchange.h>

class QPushButton;

namespace claimcheck::ui {

class TextView;

class SentPage : public QWidget
{
    Q_OBJECT
public:
    explicit SentPage(QWidget* parent = nullptr);

    void setExchange(const http::Exchange& exchange);

private:
    void showText();

    TextView* m_view;
    QPushButton* m_reveal;
    http::Exchange m_exchange;
};

} // namespace claimcheck::ui
