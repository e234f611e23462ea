// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The build step of the published secrets: pack LIST WORDS INDEX reads the list as it was published and
// writes WORDS (each secret once, a line each, which rcc compresses) and INDEX (their hashes, sorted, eight
// bytes each, little-endian: searched in place).

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <string>
#include <unordered_set>
#include <vector>

#include "secrethash.h"

static std::vector<std::string> readSecrets(const char* path)
{
    std::vector<std::string> secrets;
    std::unordered_set<std::string> seen;
    std::ifstream list(path, std::ios::binary);
    for (std::string line; std::getline(list, line);) {
        if (line.ends_with('\r'))
            line.pop_back();
        if (!line.empty() && seen.insert(line).second)
            secrets.push_back(line);
    }
    return secrets;
}

static bool writeWords(const char* path, const std::vector<std::string>& secrets)
{
    std::ofstream words(path, std::ios::binary);
    for (const std::string& secret : secrets)
        words << secret << '\n';
    return words.flush().good();
}

static bool writeIndex(const char* path, const std::vector<std::string>& secrets)
{
    std::vector<std::uint64_t> hashes;
    for (const std::string& secret : secrets)
        hashes.push_back(claimcheck::hashOfSecret(secret));
    std::sort(hashes.begin(), hashes.end());
    std::ofstream index(path, std::ios::binary);
    for (const std::uint64_t hash : hashes) {
        std::array<char, 8> bytes{};
        for (unsigned i = 0; i < 8; ++i)
            bytes[i] = static_cast<char>((hash >> (8 * i)) & 0xFFu);
        index.write(bytes.data(), bytes.size());
    }
    return index.flush().good();
}

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::cerr << "usage: pack LIST WORDS INDEX\n";
        return 2;
    }
    const std::vector<std::string> secrets = readSecrets(argv[1]);
    if (secrets.empty() || !writeWords(argv[2], secrets) || !writeIndex(argv[3], secrets)) {
        std::cerr << "pack: cannot turn " << argv[1] << " into " << argv[2] << " and " << argv[3] << '\n';
        return 1;
    }
    return 0;
}
