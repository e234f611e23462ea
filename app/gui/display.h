// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Without a display Qt ends a program with an abort and words of its own. While a QApplication is made, this
// waits for that and leaves with one sentence that says what to do.

#pragma once

#include <QtCore/qlogging.h>

namespace claimcheck {

/// What was started cannot be done, as in claimcheck-cli.
constexpr int usageStatus = 2;

class DisplayWatch
{
public:
    DisplayWatch();
    /// A display was found: whatever else Qt had to say is said now.
    ~DisplayWatch();
    Q_DISABLE_COPY_MOVE(DisplayWatch)

private:
    QtMessageHandler m_before;
};

} // namespace claimcheck
