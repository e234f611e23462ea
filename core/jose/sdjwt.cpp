// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sdjwt.h"

#include "openssl.h"
#include "sdpayload.h"

#include <algorithm>
#include <array>

#include <base/text.h>

namespace claimcheck::jose {

namespace {

/// Names of the IANA registry "Named Information Hash Algorithm" (RFC 9901 §4.1.1) and of OpenSSL.
struct NamedHash
{
    std::string_view name;
    const char* opensslName;
    std::size_t bytes;
};

} // namespace

static constexpr std::array hashes{
    NamedHash{"sha-256", "SHA256", 32},    NamedHash{"sha-384", "SHA384", 48},
    NamedHash{"sha-512", "SHA512", 64},    NamedHash{"sha3-256", "SHA3-256", 32},
    NamedHash{"sha3-384", "SHA3-384", 48}, NamedHash{"sha3-512", "SHA3-512", 64},
};

// More would be no credential; each costs a hash and a JSON document.
static constexpr std::size_t mostDisclosures = 4096;

static const NamedHash* findHash(std::string_view name)
{
    for (const NamedHash& hash : hashes) {
        if (hash.name == name)
            return &hash;
    }
    return nullptr;
}

/// base64url of the hash over the ASCII text itself, not over what it encodes (RFC 9901 §4.2.3).
static std::string digestOf(const NamedHash* hash, std::string_view text)
{
    const openssl::ErrorQueue queue;
    if (hash == nullptr)
        return {};
    std::string value(hash->bytes, '\0');
    if (EVP_Q_digest(nullptr, hash->opensslName, nullptr, text.data(), text.size(), openssl::bytes(value),
                     nullptr) != 1)
        return {};
    return encodeBase64Url(value);
}

std::string_view SdJwt::presented() const
{
    return std::string_view(text).substr(0, text.rfind('~') + 1);
}

std::string SdJwt::presentedHash() const
{
    return digestOf(findHash(hash), presented());
}

namespace {

class SdReader
{
public:
    SdReader(std::string_view token, const DecodeLimits& limits) : m_limits(limits) { m_sd.text = token; }

    SdJwt read()
    {
        const std::string_view text = m_sd.text;
        const std::size_t first = std::min(text.find('~'), text.size());
        m_sd.issuer = decode(text.substr(0, first), m_limits);
        readHash();
        readDisclosures(text, first);
        if (m_sd.issuer.payloadJson)
            disclose();
        return std::move(m_sd);
    }

private:
    void fail(SdFaultKind kind, std::string what) { m_sd.faults.push_back({kind, std::move(what)}); }

    void readHash()
    {
        const auto& payload = m_sd.issuer.payloadJson;
        const auto name = payload ? payload->root().find("_sd_alg") : std::nullopt;
        m_sd.hash = name ? name->string() : "sha-256";
        if (name && !name->isString())
            fail(SdFaultKind::Malformed, "_sd_alg is no string");
        else if (findHash(m_sd.hash) == nullptr)
            fail(SdFaultKind::Refused, "the digests are made with '" + visible(m_sd.hash) +
                                           "' (_sd_alg), which is not computed here");
    }

    void readDisclosures(std::string_view text, std::size_t at)
    {
        while (at < text.size()) {
            const std::size_t start = at + 1;
            at = std::min(text.find('~', start), text.size());
            const std::string_view part = text.substr(start, at - start);
            if (at == text.size())
                return readKeyBinding(part);
            if (m_sd.disclosures.size() == mostDisclosures)
                return fail(SdFaultKind::Malformed, "it has more than " + std::to_string(mostDisclosures) +
                                                        " disclosures; the others are not read");
            readDisclosure(part, start);
        }
    }

    void readKeyBinding(std::string_view part)
    {
        if (!part.empty())
            m_sd.keyBinding = decode(part, m_limits);
    }

    /// RFC 9901 §4.2.1: [salt, name, value]; §4.2.2: [salt, value].
    void readDisclosure(std::string_view part, std::size_t offset)
    {
        Disclosure disclosure;
        disclosure.offset = offset;
        disclosure.text = part;
        disclosure.digest = digestOf(findHash(m_sd.hash), part);
        const std::string place = "disclosure " + std::to_string(m_sd.disclosures.size() + 1) + ", byte " +
                                  std::to_string(offset) + ": ";
        Result<std::string> bytes = decodeBase64Url(part);
        const auto document =
            bytes ? json::parse(std::move(*bytes), {.depth = m_limits.depth}) : tl::unexpected(bytes.error());
        if (!document)
            fail(SdFaultKind::Malformed, place + document.error().why);
        else if (!isTuple(document->root()))
            fail(SdFaultKind::Malformed, place + "it is neither [salt, name, value] nor [salt, value]");
        else
            fill(disclosure, document->root());
        m_sd.disclosures.push_back(std::move(disclosure));
    }

    static bool isTuple(const json::Value& value)
    {
        const std::vector<json::Value> items = value.items();
        return (items.size() == 2 || items.size() == 3) && items[0].isString() &&
               (items.size() == 2 || items[1].isString());
    }

    static void fill(Disclosure& disclosure, const json::Value& tuple)
    {
        const std::vector<json::Value> items = tuple.items();
        disclosure.salt = items[0].string();
        if (items.size() == 3)
            disclosure.name = items[1].string();
        disclosure.value = items.back().text();
    }

    void disclose()
    {
        SdPayload payload(m_sd.disclosures, m_limits.depth);
        Result<json::Document> disclosed = payload.disclose(m_sd.issuer.payloadJson->root());
        for (std::string& fault : payload.takeFaults())
            fail(SdFaultKind::Refused, std::move(fault));
        m_sd.undisclosed = payload.undisclosed();
        if (disclosed)
            m_sd.disclosed = std::move(*disclosed);
    }

    DecodeLimits m_limits;
    SdJwt m_sd;
};

} // namespace

bool looksLikeSdJwt(std::string_view token)
{
    const std::string_view issuer = token.substr(0, token.find('~'));
    return issuer.size() < token.size() && std::count(issuer.begin(), issuer.end(), '.') == 2 &&
           issuer.front() != '{';
}

SdJwt decodeSdJwt(std::string_view token, const DecodeLimits& limits)
{
    if (token.size() <= limits.bytes)
        return SdReader(token, limits).read();
    SdJwt tooLong;
    tooLong.text = token;
    tooLong.issuer = decode(token, limits); // which says so
    return tooLong;
}

std::string pasetoName(std::string_view token)
{
    // version "." purpose "." payload, and perhaps "." footer
    if (token.size() < 4 || token[0] != 'v' || token[1] < '1' || token[1] > '9' || token[2] != '.')
        return {};
    for (const std::string_view purpose : {"local", "public"}) {
        if (token.substr(3).starts_with(std::string(purpose) + "."))
            return "PASETO version " + std::string(1, token[1]) + ", " + std::string(purpose);
    }
    return {};
}

} // namespace claimcheck::jose
