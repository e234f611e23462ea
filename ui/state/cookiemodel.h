// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cookies of a jar as rows. Values are dots until they are shown.

#pragma once

#include <functional>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <http/exchange.h>

namespace claimcheck::ui {

class CookieModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Name,
        Value,
        Domain,
        Path,
        Expires,
        Attributes,
        ColumnCount
    };

    explicit CookieModel(QObject* parent = nullptr);

    void setCookies(std::vector<http::Cookie> cookies);
    void setReveal(bool on);
    /// The time that ends are told from; the machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    const http::Cookie& cookieAt(int row) const { return m_cookies.at(static_cast<std::size_t>(row)); }
    /// Of the cookie with this one's name, domain and path; -1: there is none.
    int rowOf(const http::Cookie& cookie) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const http::Cookie& cookie, int column) const;

    std::vector<http::Cookie> m_cookies;
    bool m_reveal = false;
    std::function<Instant()> m_clock = currentTime;
};

/// Same name, domain and path: one gives way to the other in a jar (RFC 6265 §5.3).
bool isSameCookie(const http::Cookie& left, const http::Cookie& right);

} // namespace claimcheck::ui
