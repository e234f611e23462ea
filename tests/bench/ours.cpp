// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_peers_ours FOLDER: our rates on the tokens of FOLDER, in the lines that the peers print. Verifying
// takes the text apart, header and claims and all; the key is read once.

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <string>

#include <jose/key.h>
#include <jose/verify.h>

#include "raw.h"

using namespace claimcheck;

namespace {

std::string contentOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// As timing.h counts for the peers: the median of nine slices, and nobody is fast by failing.
template <typename Work>
void printRate(const std::string& algorithm, const char* what, Work work)
{
    constexpr double sliceSeconds = 0.05;
    std::array<double, 9> rates{};
    for (double& rate : rates) {
        const double start = bench::cpuSeconds();
        double now = start;
        int count = 0;
        for (; now - start < sliceSeconds; now = bench::cpuSeconds())
            for (int index = 0; index < 8; ++index, ++count)
                if (!work()) {
                    std::printf("%s\t%s\tfailed\n", algorithm.c_str(), what);
                    return;
                }
        rate = count / (now - start);
    }
    std::ranges::sort(rates);
    std::printf("%s\t%s\t%.0f\n", algorithm.c_str(), what, rates[rates.size() / 2]);
}

Result<std::vector<jose::Key>> keysFor(const std::string& algorithm, const std::string& bytes)
{
    if (algorithm == "HS256")
        return jose::secretKeys(Secret(bytes));
    return jose::readKeys(bytes);
}

bool print(const std::string& folder, const std::string& algorithm)
{
    const std::string token = contentOf(folder + "/" + algorithm + ".token");
    const auto keys = keysFor(algorithm, contentOf(folder + "/" + algorithm + ".key"));
    if (!keys)
        return false;
    jose::Verifier verifier(*keys, {});
    printRate(algorithm, "verify",
              [&] { return verifier.verify(jose::decode(token)).verdict == jose::SignatureVerdict::Valid; });
    if (algorithm == "HS256")
        printRate(algorithm, "decode", [&] { return jose::decode(token).isWellFormed(); });
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const std::array<std::string, 4> algorithms{"HS256", "RS256", "ES256", "EdDSA"};
    const bool isDone = argc == 2 && std::ranges::all_of(algorithms, [&](const std::string& algorithm) {
                            return print(arguments[1], algorithm);
                        });
    return isDone ? 0 : 1;
}
