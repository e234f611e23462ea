// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_collectionopen FOLDER: opens a collection as the window does when it starts, and searches in it. CPU
// time of the opening is that of all threads; a search is the median of 41.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>

#include <sys/resource.h>

#include <base/result.h>
#include <collection/search.h>
#include <store/opencollection.h>

#include "raw.h"

using namespace claimcheck;
using namespace claimcheck::bench;

namespace {

constexpr std::size_t rounds = 41;

double secondsOf(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

void printSearch(const collection::Collection& collection, const char* text)
{
    std::array<double, rounds> all{};
    std::size_t found = 0;
    for (double& each : all) {
        const double start = cpuSeconds();
        found = collection::search(collection, text).size();
        each = (cpuSeconds() - start) * 1e3;
    }
    std::nth_element(all.begin(), all.begin() + rounds / 2, all.end());
    std::printf("| %s | %zu | %.1f |\n", text, found, all[rounds / 2]);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    const auto start = std::chrono::steady_clock::now();
    const Result<collection::Collection> opened = store::openCollection(argv[1]);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    if (!opened) {
        std::fprintf(stderr, "%s\n", describe(opened.error()).c_str());
        return 1;
    }
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    std::printf("| opening it | %.2f | %.2f | %.0f |\n", secondsOf(used.ru_utime) + secondsOf(used.ru_stime),
                wall.count(), static_cast<double>(used.ru_maxrss) * 1024 / 1e6);
    std::puts("\n| search in it | requests found | ms |\n| --- | ---: | ---: |");
    for (const char* text : {"Request 9999", "customers/77/", "A-69993", "orders article", "nowhere"})
        printSearch(*opened, text);
    return 0;
}
