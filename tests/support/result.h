// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// QVERIFY_RESULT(r): fails a test with the error's own words when a Result holds an error.

#pragma once

#include <base/result.h>

#include <QtTest/qtest.h>

#define QVERIFY_RESULT(result)                                                                               \
    QVERIFY2((result).has_value(),                                                                           \
             (result).has_value() ? "" : ::claimcheck::describe((result).error()).c_str())
