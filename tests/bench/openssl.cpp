// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_openssl ALG FOLDER: verifies the tokens of bench_tokens with nothing but OpenSSL, one thread: no
// JSON, no policy, no output. The input is split and decoded before the clock starts, so this is the ceiling
// that a verifier on this machine can come near to. Prints verifications a second of CPU time.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <openssl/pem.h>

#include <jose/base64url.h>

#include "raw.h"

using namespace claimcheck;
using namespace claimcheck::bench;

namespace {

struct Input
{
    std::string signedText;
    std::string signature;
};

using Verify = bool (*)(const std::string& key, EVP_PKEY* parsed, const Input& input);

bool verifyHmac(const std::string& key, EVP_PKEY*, const Input& input)
{
    return fitsHmac(key, input.signedText, input.signature);
}

bool verifySha256(const std::string&, EVP_PKEY* key, const Input& input)
{
    return fitsOneShot(key, EVP_sha256(), input.signedText, input.signature);
}

bool verifyPure(const std::string&, EVP_PKEY* key, const Input& input)
{
    return fitsOneShot(key, nullptr, input.signedText, input.signature);
}

std::vector<Input> readInputs(const std::string& path, bool ecdsa)
{
    std::vector<Input> inputs;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::size_t dot = line.rfind('.');
        std::string signature = jose::decodeBase64Url(std::string_view(line).substr(dot + 1)).value_or("");
        inputs.push_back({line.substr(0, dot), ecdsa ? toDer(signature) : signature});
    }
    return inputs;
}

EVP_PKEY* parseKey(const std::string& pem)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    return PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr);
}

} // namespace

int main(int argc, char** argv)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const std::string algorithm = argc == 3 ? arguments[1] : "";
    const Verify verify = algorithm == "HS256"                           ? verifyHmac
                          : algorithm == "RS256" || algorithm == "ES256" ? verifySha256
                          : algorithm == "Ed25519"                       ? verifyPure
                                                                         : nullptr;
    if (!verify) {
        std::fputs("usage: bench_openssl HS256|RS256|ES256|Ed25519 FOLDER\n", stderr);
        return 2;
    }
    const std::string stem = std::string(arguments[2]) + "/" + algorithm;
    std::ifstream keyFile(stem + ".key");
    const std::string key{std::istreambuf_iterator<char>(keyFile), {}};
    const std::vector<Input> inputs = readInputs(stem + ".tokens", algorithm == "ES256");
    EVP_PKEY* parsed = algorithm == "HS256" ? nullptr : parseKey(key);

    std::size_t good = 0;
    const double start = cpuSeconds();
    for (const Input& input : inputs)
        good += verify(key, parsed, input) ? 1u : 0u;
    const double took = cpuSeconds() - start;
    EVP_PKEY_free(parsed);
    if (inputs.empty() || good != inputs.size()) {
        std::fprintf(stderr, "bench_openssl: %zu of %zu verified\n", good, inputs.size());
        return 1;
    }
    std::printf("%.0f\n", static_cast<double>(good) / took);
    return 0;
}
