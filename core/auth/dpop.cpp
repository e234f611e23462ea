// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "dpop.h"

#include "challenge.h"
#include "oautherror.h"

#include <base/text.h>
#include <http/url.h>
#include <jose/base64url.h>
#include <jose/sign.h>
#include <json/write.h>

#include <algorithm>

namespace claimcheck::auth {
namespace {

/// §4.2: without query and fragment.
std::string htuOf(const std::string& url)
{
    return url.substr(0, url.find_first_of("?#"));
}

/// Visible ASCII without quotes and backslash (§8.1); what is none is not repeated.
bool isNonce(std::string_view text)
{
    const auto fits = [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; };
    return !text.empty() && text.size() <= 4096 && std::all_of(text.begin(), text.end(), fits);
}

/// §9: a resource server says it so.
bool asksForNonce(const Challenge& challenge)
{
    return challenge.is("DPoP") && challenge.parameter("error") == "use_dpop_nonce";
}

} // namespace

Result<std::string> dpopProof(const jose::Key& key, const std::string& method, const std::string& url,
                              const Secret& accessToken, const Moment& moment)
{
    const jose::Algorithm* algorithm = usualAlgorithm(key);
    if (algorithm == nullptr || !key.isPrivate || key.type == jose::KeyType::Oct)
        return failure(ErrorKind::Usage, "no DPoP proof can be made",
                       "its key is no private key for signatures",
                       "give an EC, RSA or Ed25519 key; key generate --alg ES256 makes one");
    const Result<std::string> jwk = jose::publicJwk(key);
    if (!jwk)
        return tl::unexpected(jwk.error());
    json::Writer header;
    header.beginObject().member("typ").value("dpop+jwt").member("alg").value(std::string(algorithm->name));
    header.member("jwk").raw(*jwk).endObject();
    json::Writer claims;
    claims.beginObject().member("jti").value(moment.id).member("htm").value(method);
    claims.member("htu").value(htuOf(url));
    claims.member("iat").value(
        std::int64_t{std::chrono::floor<Seconds>(moment.now).time_since_epoch().count()});
    if (!moment.dpopNonce.empty())
        claims.member("nonce").value(moment.dpopNonce);
    if (!accessToken.isEmpty())
        claims.member("ath").value(jose::sha256Base64Url(accessToken.reveal()));
    const auto proof = jose::sign(*algorithm, key, claims.endObject().take(), {.header = header.take()});
    if (!proof)
        return tl::unexpected(proof.error());
    return std::string(proof->reveal());
}

std::string nextNonce(const http::Response& response)
{
    const auto nonce = http::headerValue(response.headers, "DPoP-Nonce");
    return nonce && isNonce(*nonce) ? *nonce : std::string();
}

std::optional<std::string> wantedNonce(const http::Response& response)
{
    const std::string nonce = nextNonce(response);
    if (nonce.empty() || (response.status != 400 && response.status != 401))
        return std::nullopt;
    const auto problem = oauthErrorOf(response);
    const bool isWanted = (problem && problem->code == "use_dpop_nonce") ||
                          std::ranges::any_of(challengesIn(response.headers), asksForNonce);
    return isWanted ? std::optional(nonce) : std::nullopt;
}

Result<void> addToken(http::Request& request, const Secret& token, const jose::Key* proofKey,
                      const Moment& moment)
{
    std::erase_if(request.headers, [](const http::Header& header) {
        return equalsIgnoringCase(header.name, "Authorization") || equalsIgnoringCase(header.name, "DPoP");
    });
    const char* const scheme = proofKey != nullptr ? "DPoP " : "Bearer ";
    request.headers.push_back({"Authorization", scheme + std::string(token.reveal())});
    if (proofKey == nullptr)
        return {};
    auto proof = dpopProof(*proofKey, request.method, request.url, token, moment);
    if (!proof)
        return tl::unexpected(proof.error());
    request.headers.push_back({"DPoP", *std::move(proof)});
    return {};
}

} // namespace claimcheck::auth
