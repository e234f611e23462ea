// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a test waits for what must come: Qt's own 5 s are too short for a debug build on a machine that
// compiles, signs and tests at the same time. Nothing waits longer than what it waits for takes. Every test
// has this where headers are precompiled (all that ./test builds but --quick).

#pragma once

#include <QtTest/qtest.h>

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE

#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, 60'000)
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT(expr, message, 60'000)
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT(expr, expected, 60'000)
