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

std::string SdJwt::presented() const
{
    if (issuer.form == Serialization::Compact)
        return text.substr(0, text.rfind('~') + 1);
    std::string all(issuer.signingInput());
    all += '.' + encodeBase64Url(issuer.signature.bytes) + '~';
    for (const Disclosure& disclosure : disclosures)
        all += disclosure.text + '~';
    return all;
}

std::string SdJwt::presentedHash() const
{
    return digestOf(findHash(hash), presented());
}

/// The unprotected header of the only signature or of the first.
static std::optional<json::Value> headerOfFirst(const json::Value& token)
{
    const auto signatures = token.find("signatures");
    const std::vector<json::Value> entries =
        signatures ? signatures->items() : std::vector<json::Value>{token};
    return entries.empty() ? std::nullopt : entries.front().find("header");
}

namespace {

class SdReader
{
public:
    SdReader(std::string_view token, const DecodeLimits& limits) : m_limits(limits) { m_sd.text = token; }

    SdJwt read()
    {
        if (m_sd.text.starts_with('{'))
            readSerialised();
        else
            readCompact(m_sd.text);
        if (m_sd.issuer.payloadJson)
            disclose();
        return std::move(m_sd);
    }

private:
    void fail(SdFaultKind kind, std::string what, std::optional<std::size_t> offset = {})
    {
        m_sd.faults.push_back({kind, std::move(what), offset});
    }

    void failOfHash(SdFaultKind kind, std::string what)
    {
        fail(kind, std::move(what));
        m_sd.faults.back().isOfHash = true;
    }

    void readCompact(std::string_view text)
    {
        const std::size_t first = std::min(text.find('~'), text.size());
        m_sd.issuer = decode(text.substr(0, first), m_limits);
        readHash();
        readDisclosures(text, first);
    }

    /// RFC 9901 §8.1: as the compact form, its parts behind the '~' in the header of the first signature.
    void readSerialised()
    {
        m_sd.issuer = decode(m_sd.text, m_limits);
        readHash();
        const auto document = json::parse(m_sd.text, {.depth = m_limits.depth});
        const auto header = document ? headerOfFirst(document->root()) : std::nullopt;
        if (!header)
            return;
        if (const auto list = header->find("disclosures"))
            readList(*list);
        const auto binding = header->find("kb_jwt");
        if (!binding)
            return;
        if (!binding->isString())
            return fail(SdFaultKind::Malformed, "kb_jwt is no string", binding->offset());
        readKeyBinding(binding->string(), binding->offset() + 1);
    }

    void readList(const json::Value& list)
    {
        if (!list.isArray())
            return fail(SdFaultKind::Malformed, "the member 'disclosures' is no list", list.offset());
        for (const json::Value& item : list.items()) {
            if (!item.isString())
                fail(SdFaultKind::Malformed, "something in 'disclosures' is no string", item.offset());
            else if (!takeDisclosure(item.string(), item.offset() + 1))
                return;
        }
    }

    void readHash()
    {
        const auto& payload = m_sd.issuer.payloadJson;
        const auto name = payload ? payload->root().find("_sd_alg") : std::nullopt;
        m_sd.hash = name ? name->string() : "sha-256";
        if (name && !name->isString())
            failOfHash(SdFaultKind::Malformed, "_sd_alg is no string");
        else if (findHash(m_sd.hash) == nullptr)
            failOfHash(SdFaultKind::Refused, "the digests are made with '" + visible(m_sd.hash) +
                                                 "' (_sd_alg), which is not computed here");
    }

    void readDisclosures(std::string_view text, std::size_t at)
    {
        while (at < text.size()) {
            const std::size_t start = at + 1;
            at = std::min(text.find('~', start), text.size());
            const std::string_view part = text.substr(start, at - start);
            if (at == text.size())
                return readKeyBinding(part, start);
            if (!takeDisclosure(part, start))
                return;
        }
    }

    void readKeyBinding(std::string_view part, std::size_t offset)
    {
        m_sd.keyBindingOffset = offset;
        if (!part.empty())
            m_sd.keyBinding = decode(part, m_limits);
    }

    bool takeDisclosure(std::string_view part, std::size_t offset)
    {
        if (m_sd.disclosures.size() < mostDisclosures) {
            readDisclosure(part, offset);
            return true;
        }
        fail(SdFaultKind::Malformed,
             "it has more than " + std::to_string(mostDisclosures) + " disclosures; the others are not read");
        return false;
    }

    /// RFC 9901 §4.2.1: [salt, name, value]; §4.2.2: [salt, value].
    void readDisclosure(std::string_view part, std::size_t offset)
    {
        Disclosure disclosure;
        disclosure.offset = offset;
        disclosure.text = part;
        const NamedHash* hash = findHash(m_sd.hash);
        disclosure.digest = digestOf(hash, part);
        const std::string place = "disclosure " + std::to_string(m_sd.disclosures.size() + 1) + ", byte " +
                                  std::to_string(offset) + ": ";
        if (hash != nullptr && disclosure.digest.empty()) // else nobody would ask where it belongs
            fail(SdFaultKind::Refused, place + "OpenSSL failed at its digest", offset);
        Result<std::string> bytes = decodeBase64Url(part);
        const auto document =
            bytes ? json::parse(*bytes, {.depth = m_limits.depth}) : tl::unexpected(bytes.error());
        if (!document)
            fail(SdFaultKind::Malformed, place + document.error().why, offset);
        else if (!isTuple(document->root()))
            fail(SdFaultKind::Malformed, place + "it is neither [salt, name, value] nor [salt, value]",
                 offset);
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
        for (SdFault& fault : payload.takeFaults())
            m_sd.faults.push_back(std::move(fault));
        m_sd.undisclosed = payload.undisclosed();
        if (disclosed)
            m_sd.disclosed = std::move(*disclosed);
    }

    DecodeLimits m_limits;
    SdJwt m_sd;
};

} // namespace

/// The names are looked for before anything is parsed: nearly no token in JSON has them.
static bool hasDisclosuresBeside(std::string_view token)
{
    const bool isNamed = token.find("\"disclosures\"") != std::string_view::npos ||
                         token.find("\"kb_jwt\"") != std::string_view::npos;
    const auto document = isNamed && token.size() <= DecodeLimits{}.bytes
                              ? json::parse(token, {.depth = DecodeLimits{}.depth})
                              : tl::unexpected(Error{});
    const auto header = document ? headerOfFirst(document->root()) : std::nullopt;
    return header && (header->find("disclosures") || header->find("kb_jwt"));
}

bool looksLikeSdJwt(std::string_view token)
{
    if (token.starts_with('{'))
        return hasDisclosuresBeside(token);
    const std::string_view issuer = token.substr(0, token.find('~'));
    return issuer.size() < token.size() && std::count(issuer.begin(), issuer.end(), '.') == 2;
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
