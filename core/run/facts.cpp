// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/facts.h>

#include <auth/login.h>
#include <base/text.h>
#include <json/write.h>

namespace claimcheck::run {
namespace {

std::int64_t secondsFrom(Instant now, Instant time)
{
    return std::chrono::floor<Seconds>(time - now).count();
}

void writeToken(json::Writer& writer, const inspect::Inspection& token, Instant now)
{
    writer.beginObject();
    writer.member("verdict").value(inspect::toText(token.verdict));
    writer.member("reason").value(token.reason);
    if (token.expiresAt)
        writer.member("expiresIn").value(secondsFrom(now, *token.expiresAt));
    if (token.token.headerJson)
        writer.member("header").raw(token.token.headerJson->root().text());
    if (token.claimsJson())
        writer.member("claims").raw(token.claimsJson()->root().text());
    writer.member("findings").beginArray();
    for (const inspect::Finding& finding : token.findings)
        writer.value(finding.id);
    writer.endArray().endObject();
}

/// "DNS:api.example" is api.example: the kind says nothing to a check.
std::string bareName(const std::string& name)
{
    const std::size_t colon = name.find(':');
    const std::string_view kind = std::string_view(name).substr(0, colon);
    const bool hasKind =
        colon != std::string::npos && (kind == "DNS" || kind == "IP" || kind == "IP Address");
    return hasKind ? name.substr(colon + 1) : name;
}

void writeCertificate(json::Writer& writer, const http::Certificate& certificate, Instant now)
{
    writer.beginObject();
    writer.member("expiresIn").value(secondsFrom(now, certificate.notAfter));
    writer.member("notBefore").value(formatUtc(certificate.notBefore));
    writer.member("notAfter").value(formatUtc(certificate.notAfter));
    writer.member("subject").value(certificate.subject);
    writer.member("issuer").value(certificate.issuer);
    writer.member("sha256").value(certificate.sha256);
    writer.member("names").beginArray();
    for (const std::string& name : certificate.alternativeNames)
        writer.value(bareName(name));
    writer.endArray().endObject();
}

void writeTls(json::Writer& writer, const http::TlsFacts& tls)
{
    writer.beginObject().member("version").value(tls.version).member("cipher").value(tls.cipher);
    writer.member("alpn").value(tls.alpn).member("verified").value(tls.verified).endObject();
}

} // namespace

Result<inspect::FoundToken> tokenFor(const collection::TokenCheck& check, const http::Response& response)
{
    if (!check.place.empty())
        return auth::tokenAt(check.place, response);
    const std::vector<inspect::FoundToken> tokens = auth::tokensIn(response);
    if (!tokens.empty())
        return tokens.front();
    return failure(ErrorKind::Malformed, "there is no token in the answer",
                   "neither in its body nor in a header or cookie", "give its place: at, below token");
}

inspect::Inspection inspectFor(const collection::TokenCheck& check, const std::string& token,
                               const std::optional<inspect::KeyRing>& keys, Instant now)
{
    if (!keys)
        return inspect::inspect(token, now);
    inspect::Expectations expectations;
    if (!check.issuer.empty())
        expectations.issuer = check.issuer;
    if (!check.audience.empty())
        expectations.audience = check.audience;
    if (!check.type.empty())
        expectations.type = check.type;
    return inspect::inspect(token, *keys, expectations, now);
}

std::vector<std::string_view> factNames(std::string_view root)
{
    if (root == "token")
        return {"verdict", "reason", "expiresIn", "header", "claims", "findings"};
    if (root == "certificate")
        return {"expiresIn", "notBefore", "notAfter", "subject", "issuer", "sha256", "names"};
    if (root == "tls")
        return {"version", "cipher", "alpn", "verified"};
    return {};
}

Facts factsOf(const http::Exchange& exchange, const Result<inspect::Inspection>& token, Instant now)
{
    Facts facts;
    json::Writer writer;
    writer.beginObject();
    if (token)
        writeToken(writer.member("token"), *token, now);
    else
        facts.missing["token"] = describe(token.error());
    const bool hasCertificate = exchange.tls && !exchange.tls->chain.empty();
    if (hasCertificate)
        writeCertificate(writer.member("certificate"), exchange.tls->chain.front(), now);
    else
        facts.missing["certificate"] =
            exchange.tls ? "the server showed no certificate" : "the answer did not come over TLS";
    if (exchange.tls)
        writeTls(writer.member("tls"), *exchange.tls);
    else
        facts.missing["tls"] = "the answer did not come over TLS";
    writer.endObject();
    json::Limits limits;
    limits.depth = 1000;
    if (auto document = json::parse(writer.take(), limits))
        facts.document = *std::move(document);
    return facts;
}

} // namespace claimcheck::run
