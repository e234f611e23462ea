// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How large a window begins.

#pragma once

#include <QtCore/qsize.h>

namespace claimcheck::ui {

/// `wanted` as far as it fits on a screen of which `available` is free (both in device-independent pixels: at
/// 200 % many a screen has 960 x 540), never below `least`. What a window manager puts around a window is not
/// known before it is shown: room is left for a title bar.
inline QSize firstSize(QSize wanted, QSize available, QSize least)
{
    constexpr QSize frame(4, 40);
    return wanted.boundedTo(available - frame).expandedTo(least);
}

} // namespace claimcheck::ui
