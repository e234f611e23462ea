// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/cookiemodel.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {
namespace {

/// As many for each value: their number tells nothing.
QString dots()
{
    return QString(8, QChar(0x2022));
}

} // namespace

bool isSameCookie(const http::Cookie& left, const http::Cookie& right)
{
    return left.name == right.name && left.domain == right.domain && left.path == right.path;
}

CookieModel::CookieModel(QObject* parent) : QAbstractTableModel(parent) {}

void CookieModel::setCookies(std::vector<http::Cookie> cookies)
{
    beginResetModel();
    m_cookies = std::move(cookies);
    endResetModel();
}

void CookieModel::setReveal(bool on)
{
    m_reveal = on;
    if (!m_cookies.empty())
        Q_EMIT dataChanged(index(0, Value), index(rowCount() - 1, Value));
}

void CookieModel::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
}

int CookieModel::rowOf(const http::Cookie& cookie) const
{
    const auto found = std::ranges::find_if(
        m_cookies, [&cookie](const http::Cookie& known) { return isSameCookie(known, cookie); });
    return found == m_cookies.end() ? -1 : static_cast<int>(found - m_cookies.begin());
}

int CookieModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cookies.size());
}

int CookieModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CookieModel::text(const http::Cookie& cookie, int column) const
{
    switch (column) {
    case Name:
        return toQString(visible(cookie.name));
    case Value:
        return m_reveal ? toQString(visible(cookie.value)) : dots();
    case Domain:
        return toQString(visible(cookie.domain));
    case Path:
        return toQString(visible(cookie.path));
    case Expires:
        return cookie.expires ? toQString(formatClock(*cookie.expires, m_clock())) : tr("With the program");
    case Attributes: {
        QStringList attributes;
        if (cookie.secure)
            attributes.append(QStringLiteral("Secure"));
        if (cookie.httpOnly)
            attributes.append(QStringLiteral("HttpOnly"));
        return attributes.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

QVariant CookieModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const http::Cookie& cookie = cookieAt(index.row());
    if (role == Qt::DisplayRole)
        return text(cookie, index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(index.column() == Expires && cookie.expires
                            ? toQString(formatFull(*cookie.expires, m_clock()))
                            : text(cookie, index.column()));
    return {};
}

QVariant CookieModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles{tr("Name"), tr("Value"),   tr("Domain"),
                                                  tr("Path"), tr("Expires"), tr("Attributes")};
    return titles.at(static_cast<std::size_t>(section));
}

} // namespace claimcheck::ui
