// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_openssl ALG FOLDER: verifies the tokens of bench_tokens with nothing but OpenSSL, one thread: no
// JSON, no policy, no output. The input is split and decoded before the clock starts, so this is the ceiling
// that a verifier on this machine can come near to. Prints verifications a second.

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <jose/base64url.h>

using namespace claimcheck;

namespace {

using Seconds = std::chrono::duration<double>;

struct Input
{
    std::string signedText;
    std::string signature;
};

using Verify = bool (*)(const std::string& key, EVP_PKEY* parsed, const Input& input);

const unsigned char* bytes(const std::string& text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool verifyHmac(const std::string& key, EVP_PKEY*, const Input& input)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(input.signedText),
         input.signedText.size(), mac, &length);
    return length == input.signature.size() && CRYPTO_memcmp(mac, input.signature.data(), length) == 0;
}

bool verifyDigest(EVP_PKEY* key, const EVP_MD* digest, const Input& input)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), bytes(input.signature), input.signature.size(),
                            bytes(input.signedText), input.signedText.size()) == 1;
}

bool verifySha256(const std::string&, EVP_PKEY* key, const Input& input)
{
    return verifyDigest(key, EVP_sha256(), input);
}

bool verifyPure(const std::string&, EVP_PKEY* key, const Input& input)
{
    return verifyDigest(key, nullptr, input);
}

/// r‖s as OpenSSL wants it: DER.
std::string toDer(const std::string& raw)
{
    const auto half = static_cast<int>(raw.size() / 2);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(ECDSA_SIG_new(), ECDSA_SIG_free);
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(bytes(raw), half, nullptr),
                   BN_bin2bn(bytes(raw) + half, half, nullptr));
    std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
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
    const auto start = std::chrono::steady_clock::now();
    for (const Input& input : inputs)
        good += verify(key, parsed, input) ? 1u : 0u;
    const Seconds took = std::chrono::steady_clock::now() - start;
    EVP_PKEY_free(parsed);
    if (inputs.empty() || good != inputs.size()) {
        std::fprintf(stderr, "bench_openssl: %zu of %zu verified\n", good, inputs.size());
        return 1;
    }
    std::printf("%.0f\n", static_cast<double>(good) / took.count());
    return 0;
}
