// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// QVERIFY_RESULT(r): fails a test with the error's own words when a Result holds an error.

#pragma once

#include <base/result.h>

#include <QtTest/qtest.h>

/// The expression is evaluated once.
#define QVERIFY_RESULT(result)                                                                               \
    do {                                                                                                     \
        const auto& verifiedResult = (result);                                                               \
        const std::string verifiedWhy =                                                                      \
            verifiedResult.has_value() ? std::string() : ::claimcheck::describe(verifiedResult.error());     \
        QVERIFY2(verifiedResult.has_value(), verifiedWhy.c_str());                                           \
    } while (false)
