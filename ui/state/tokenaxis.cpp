// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/tokenaxis.h>

#include <algorithm>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>

namespace claimcheck::ui {
namespace {

constexpr Milliseconds leastSpan{60'000};

QString axisText(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::TokenAxis", text);
}

QString labelOf(const std::string& name, const std::string& what)
{
    return axisText("%1, %2").arg(toQString(visible(name)), axisText(what.c_str()));
}

} // namespace

std::vector<AxisRow> axisRows(const workbench::SessionState& form,
                              const std::vector<workbench::IdentityState>& identities)
{
    std::vector<AxisRow> rows;
    if (!form.name.empty())
        rows.push_back({labelOf(form.name, "token"), form.issuedAt, form.expiresAt});
    for (const workbench::IdentityState& identity : identities)
        for (const workbench::TokenSpan& token : identity.tokens)
            rows.push_back({labelOf(identity.name, token.what), token.from, token.to});
    return rows;
}

TokenAxis::TokenAxis(const std::vector<AxisRow>& rows, Instant now) : m_begin(now), m_end(now)
{
    for (const AxisRow& row : rows)
        for (const std::optional<Instant>& time : {row.from, row.to})
            if (time) {
                m_begin = std::min(m_begin, *time);
                m_end = std::max(m_end, *time);
            }
    m_end = std::max(m_end, m_begin + leastSpan);
}

double TokenAxis::place(Instant time) const
{
    // As doubles: two times that a token names may lie further apart than an integer counts.
    const double whole = toUnixSeconds(m_end) - toUnixSeconds(m_begin);
    return std::clamp((toUnixSeconds(time) - toUnixSeconds(m_begin)) / whole, 0.0, 1.0);
}

QString axisWords(const AxisRow& row, Instant now)
{
    const QString from = row.from ? toQString(formatClock(*row.from, now)) : axisText("unknown");
    if (!row.to)
        return axisText("%1: from %2, no end is known").arg(row.label, from);
    const QString to = toQString(formatClock(*row.to, now));
    const QString rest = *row.to <= now ? axisText("expired")
                                        : axisText("%1 left").arg(toQString(formatCountdown(*row.to - now)));
    return axisText("%1: %2 to %3, %4").arg(row.label, from, to, rest);
}

} // namespace claimcheck::ui
