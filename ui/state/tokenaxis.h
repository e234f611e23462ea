// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens on a time axis: which time the axis spans, and where on it something stands. No widget.

#pragma once

#include <vector>

#include <QtCore/qstring.h>

#include <workbench/identities.h>

namespace claimcheck::ui {

struct AxisRow
{
    QString label; ///< "alice, access token"
    std::optional<Instant> from;
    std::optional<Instant> to; ///< nothing: no end is known

    bool operator==(const AxisRow&) const = default;
};

/// A row for each token of who is signed in: the sign-in form's first.
std::vector<AxisRow> axisRows(const workbench::SessionState& form,
                              const std::vector<workbench::IdentityState>& identities);

class TokenAxis
{
public:
    /// From the earliest beginning to the latest end, `now` in it.
    TokenAxis(const std::vector<AxisRow>& rows, Instant now);

    Instant begin() const { return m_begin; }
    Instant end() const { return m_end; }
    /// 0 at the beginning, 1 at the end.
    double place(Instant time) const;

private:
    Instant m_begin;
    Instant m_end;
};

/// "alice, access token: 14:00:00 to 15:00:00, 30:00 left": what the picture says.
QString axisWords(const AxisRow& row, Instant now);

} // namespace claimcheck::ui
