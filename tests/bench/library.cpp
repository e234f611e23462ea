// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_library: what the modules do on one thread, without a process around them. Each verification takes
// turns with a one-shot EVP verification of the same token in slices of some milliseconds, so that both meet
// the same machine; what is printed is the median of the slices, in CPU time of this thread.

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <inspect/find.h>
#include <inspect/guess.h>
#include <inspect/inspection.h>
#include <jose/algorithm.h>
#include <jose/base64url.h>
#include <jose/sign.h>
#include <jose/verify.h>

#include "raw.h"

using namespace claimcheck;
using namespace claimcheck::bench;

namespace {

constexpr int slices = 41;
constexpr double sliceSeconds = 0.03;

using Work = std::function<bool()>;

/// Times a second in one slice; negative when the work failed once.
double rateOf(const Work& work)
{
    const double start = cpuSeconds();
    double now = start;
    std::size_t count = 0;
    for (; now - start < sliceSeconds; now = cpuSeconds())
        for (int index = 0; index < 8; ++index, ++count)
            if (!work())
                return -1;
    return static_cast<double>(count) / (now - start);
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + slices / 2, values.end());
    return values[slices / 2];
}

struct Rates
{
    double ours = 0;
    double raw = 0;
    double ratio = 0; ///< median of the ratios of neighbouring slices
};

Rates compare(const Work& ours, const Work& raw)
{
    std::vector<double> mine;
    std::vector<double> theirs;
    std::vector<double> ratios;
    for (int slice = 0; slice < slices; ++slice) {
        theirs.push_back(rateOf(raw));
        mine.push_back(rateOf(ours));
        ratios.push_back(mine.back() / theirs.back());
    }
    return {median(mine), median(theirs), median(ratios)};
}

double alone(const Work& work)
{
    std::vector<double> rates;
    for (int slice = 0; slice < slices; ++slice)
        rates.push_back(rateOf(work));
    return median(rates);
}

/// The verification of a program that was written for this one token: no header read, no policy.
Work oneShot(const jose::Algorithm& algorithm, const jose::Key& key, const jose::Jws& token)
{
    const std::string input = token.text.substr(0, token.text.rfind('.'));
    const std::string signature =
        algorithm.family == jose::Family::Ecdsa ? toDer(token.signature.bytes) : token.signature.bytes;
    if (algorithm.family == jose::Family::Hmac)
        return [input, signature, secret = std::string(key.secret.reveal())] {
            return fitsHmac(secret, input, signature);
        };
    const EVP_MD* digest = algorithm.digest.empty() ? nullptr : EVP_sha256();
    return [input, signature, digest, handle = key.handle] {
        return fitsOneShot(handle.get(), digest, input, signature);
    };
}

constexpr std::string_view tenClaims =
    R"({"iss":"https://issuer.example","sub":"demo","aud":"bench","iat":1700000000,"exp":1700003600,)"
    R"("nbf":1700000000,"jti":"3b1f","scope":"read write","name":"Claimcheck","email_verified":true})";

std::string tokenOf(const jose::Algorithm& algorithm, const jose::Key& key, std::string_view claims)
{
    const auto token = jose::sign(algorithm, key, std::string(claims));
    return token ? std::string(token->reveal()) : std::string();
}

/// A token of about that many bytes: the ten claims and one that fills it.
std::string tokenOfSize(const jose::Algorithm& algorithm, const jose::Key& key, std::size_t size)
{
    std::string claims(tenClaims.substr(0, tenClaims.size() - 1));
    const std::size_t wanted = (size - 80) * 3 / 4;
    claims += R"(,"about":")" + std::string(wanted - std::min(wanted, claims.size() + 12), 'x') + "\"}";
    return tokenOf(algorithm, key, claims);
}

bool printVerification(std::string_view name)
{
    const jose::Algorithm* algorithm = jose::findAlgorithm(name);
    const auto key = jose::generateKey(*algorithm);
    if (!key)
        return false;
    const std::string text = tokenOf(*algorithm, *key, tenClaims);
    jose::Verifier verifier({*key}, {});
    const Work ours = [&] {
        return verifier.verify(jose::decode(text)).verdict == jose::SignatureVerdict::Valid;
    };
    const Rates rates = compare(ours, oneShot(*algorithm, *key, jose::decode(text)));
    std::printf("| %.*s | %.0f | %.0f | %.2f |\n", static_cast<int>(name.size()), name.data(), rates.ours,
                rates.raw, rates.ratio);
    return rates.ours > 0 && rates.raw > 0;
}

void printOne(const char* what, double rate)
{
    std::printf("| %s | %.0f | %.1f |\n", what, rate, 1e6 / rate);
}

bool printReading()
{
    const jose::Algorithm* algorithm = jose::findAlgorithm("HS256");
    const auto key = jose::generateKey(*algorithm);
    if (!key)
        return false;
    const std::string ten = tokenOf(*algorithm, *key, tenClaims);
    const std::string kilobyte = tokenOfSize(*algorithm, *key, 1024);
    const std::string large = tokenOfSize(*algorithm, *key, 8192);
    const Instant now{Seconds(1'700'000'100)};
    inspect::KeyRing ring;
    ring.keys = {*key};
    inspect::Inspector inspector(ring, {});
    printOne("decode, ten claims", alone([&] { return jose::decode(ten).isWellFormed(); }));
    printOne("decode, inspect and lint, 1 KB",
             alone([&] { return !inspect::inspect(kilobyte, now).findings.empty(); }));
    printOne("the same with a key, 1 KB, keys known",
             alone([&] { return inspector.inspect(kilobyte, now).verdict == inspect::Verdict::Verified; }));
    printOne("a keystroke: 8 KB, key looked at anew", alone([&] {
                 return inspect::inspect(large, ring, {}, now).verdict == inspect::Verdict::Verified;
             }));
    return true;
}

/// `piece` and numbers, over and over.
std::string megabyteOf(std::string_view before, std::string_view piece, std::string_view behind)
{
    std::string text;
    for (std::size_t count = 0; text.size() < 1'000'000; ++count) {
        text += before;
        text += std::to_string(count);
        text += piece;
        text += behind;
    }
    return text;
}

void printFinding(const char* what, const std::string& text)
{
    const auto find = [&] { return inspect::findTokens(text).size() < text.size(); };
    std::printf("| %s | %.2f |\n", what, 1e3 / alone(find));
}

void printFindings(const std::string& token)
{
    const std::string header = token.substr(0, token.find('.') + 1);
    std::puts("\n| finding the tokens in 1 MB of text | ms |\n| --- | ---: |");
    printFinding("prose without a token",
                 megabyteOf("It is no. ", ". There is nothing in here,", " e.g. e1.\n"));
    printFinding("a log, a token a line",
                 megabyteOf("GET /v1/items?page=", " HTTP/1.1 Bearer ", token + "\n"));
    printFinding("one run of base64url", megabyteOf("eyJ", "hbGciOiJIUzI1NiJ9", ""));
    printFinding("nothing but dots", std::string(1'000'000, '.'));
    printFinding("'eyJ.' over and over", megabyteOf("", "eyJ.", "eyJ.eyJ.eyJ."));
    printFinding("one header, without a token", megabyteOf(" ", " ", header));
    std::string headers;
    for (int kid = 0; headers.size() < 1'000'000; ++kid)
        headers += jose::encodeBase64Url(R"({"alg":"HS256","kid":")" + std::to_string(kid) + "\"}") + ". ";
    printFinding("headers that differ, without a token", headers);
}

/// The whole shipped list, for a secret that is not in it.
bool printSearch(const std::string& token)
{
    const jose::Jws jws = jose::decode(token);
    const double start = cpuSeconds();
    const auto outcome = inspect::guessSecret(jws, inspect::publishedWords(), {.jobs = 1});
    if (!outcome)
        return false;
    std::printf("\nThe search for a weak secret, %llu words, one thread: %.0f ms\n",
                static_cast<unsigned long long>(outcome->tried), (cpuSeconds() - start) * 1e3);
    return !outcome->secret;
}

bool printSearches()
{
    const jose::Algorithm* algorithm = jose::findAlgorithm("HS256");
    const auto key = jose::generateKey(*algorithm);
    const std::string token = key ? tokenOf(*algorithm, *key, tenClaims) : std::string();
    printFindings(token);
    return printSearch(token);
}

} // namespace

int main()
{
    std::puts("| algorithm | ours/s | one-shot EVP/s | ours : EVP |\n| --- | ---: | ---: | ---: |");
    for (const std::string_view name : {"HS256", "RS256", "ES256", "Ed25519"})
        if (!printVerification(name))
            return 1;
    std::puts("\n| what | a second | µs each |\n| --- | ---: | ---: |");
    return printReading() && printSearches() ? 0 : 1;
}
