// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line at the bottom: where the collection lies; how the last exchange travelled; which engine sends.

#pragma once

#include <QtWidgets/qwidget.h>

#include <http/exchange.h>

class QLabel;

namespace claimcheck::ui {

class BottomLine : public QWidget
{
    Q_OBJECT
public:
    explicit BottomLine(const std::string& engine, QWidget* parent = nullptr);

    /// Empty: no collection is open.
    void setPlace(const QString& directory);
    void setTemporaryPlace();
    void setExchange(const http::Exchange& exchange);

private:
    QLabel* m_place;
    QLabel* m_connection;
};

/// "HTTP/1.1 · TLSv1.3 · 127.0.0.1:51234"; empty without an answer.
QString connectionText(const http::Exchange& exchange);

} // namespace claimcheck::ui
