// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the fuzzers share: the entry point's shape and a check that ends the program loudly.

#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Must hold for every input; libFuzzer keeps the input for which it does not.
#define FUZZ_CHECK(condition)                                                                                \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); /* NOLINT */ \
            std::abort();                                                                                    \
        }                                                                                                    \
    } while (false)

/// Puts libFuzzer's entry point in front of `void run(std::string_view)`.
#define FUZZ_MAIN(run)                                                                                       \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);                       \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)                        \
    {                                                                                                        \
        run(std::string_view(reinterpret_cast<const char*>(data), size));                                    \
        return 0;                                                                                            \
    }                                                                                                        \
    static_assert(true)
