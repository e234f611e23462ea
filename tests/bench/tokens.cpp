// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_tokens ALG COUNT DISTINCT FOLDER: writes ALG.tokens (COUNT lines, DISTINCT different tokens over and
// over: signing RS256 takes forty times as long as verifying it) and ALG.key (the verification key).

#include <charconv>
#include <cstdio>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include <jose/key.h>
#include <jose/sign.h>

using namespace claimcheck;

namespace {

std::size_t numberIn(std::string_view text)
{
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string claims(std::size_t serial)
{
    return R"({"iss":"https://issuer.example","sub":"demo","aud":"bench","iat":1700000000,"exp":4102444800,)"
           R"("jti":")" +
           std::to_string(serial) + R"(","roles":["reader","writer"],"name":"Claimcheck benchmark"})";
}

Result<std::vector<std::string>> signedTokens(const jose::Algorithm& algorithm, const jose::Key& key,
                                              std::size_t count)
{
    std::vector<std::string> tokens;
    for (std::size_t serial = 0; serial < count; ++serial) {
        const auto token = jose::sign(algorithm, key, claims(serial));
        if (!token)
            return tl::unexpected(token.error());
        tokens.emplace_back(token->reveal());
    }
    return tokens;
}

Result<void> write(const jose::Algorithm& algorithm, std::size_t count, std::size_t distinct,
                   const std::string& folder)
{
    const std::string stem = folder + "/" + std::string(algorithm.name);
    const auto key = jose::generateKey(algorithm);
    if (!key)
        return tl::unexpected(key.error());
    const auto tokens = signedTokens(algorithm, *key, distinct);
    if (!tokens)
        return tl::unexpected(tokens.error());
    std::ofstream lines(stem + ".tokens");
    for (std::size_t line = 0; line < count; ++line)
        lines << (*tokens)[line % tokens->size()] << '\n';
    std::ofstream keyFile(stem + ".key");
    if (key->type == jose::KeyType::Oct) {
        keyFile << key->secret.reveal();
        return {};
    }
    const auto pem = jose::publicPem(*key);
    keyFile << pem.value_or(std::string());
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const jose::Algorithm* algorithm = argc == 5 ? jose::findAlgorithm(arguments[1]) : nullptr;
    if (!algorithm || numberIn(arguments[3]) == 0) {
        std::fputs("usage: bench_tokens ALG COUNT DISTINCT FOLDER\n", stderr);
        return 2;
    }
    const auto done = write(*algorithm, numberIn(arguments[2]), numberIn(arguments[3]), arguments[4]);
    if (!done)
        std::fprintf(stderr, "bench_tokens: %s\n", describe(done.error()).c_str());
    return done ? 0 : 1;
}
