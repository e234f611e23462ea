// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The forms are told by their structure alone, so that a key of a type that OpenSSL does not know, or one
// that it fails at, is refused too, and so that ordinary secrets cost next to nothing.

#include "publicsecret.h"

#include "curve.h"
#include "deflate.h"
#include "keydetail.h"
#include "publicnumbers.h"
#include "textencodings.h"

#include <algorithm>
#include <array>
#include <utility>

#include <base/text.h>
#include <jose/base64.h>

namespace claimcheck::jose {

// The shortest public keys: Ed25519 as SPKI has 44 bytes, the smallest RSA key that signs a token 70.
static constexpr std::size_t leastPublicBytes = 40;
// As many as readKeys() reads.
static constexpr std::size_t mostPublicBytes = 4u * 1024u * 1024u;
// Base64 of a PEM text, whose body is Base64 again.
static constexpr int mostEncodings = 2;

namespace {

/// A public key that stands in a secret's bytes.
struct PublicPart
{
    std::string name; ///< "RSA 2048-bit public key (SPKI)"
    bool isPair = false;
};

/// One value in DER (X.690 §8.1).
struct DerMember
{
    char tag = 0;
    std::string_view content;
};

using Found = std::optional<PublicPart>;

} // namespace

/// Takes the value at the front of `rest`; nothing where it is cut off or its length is not definite.
static std::optional<DerMember> takeDerMember(std::string_view& rest)
{
    if (rest.size() < 2)
        return std::nullopt;
    const char tag = rest.front();
    std::size_t length = static_cast<unsigned char>(rest[1]);
    rest.remove_prefix(2);
    if (length >= 0x80) {
        const std::size_t count = length - 0x80;
        if (count == 0 || count > 4 || count > rest.size())
            return std::nullopt;
        length = 0;
        for (const char byte : rest.substr(0, count))
            length = length << 8u | static_cast<unsigned char>(byte);
        rest.remove_prefix(count);
    }
    if (length > rest.size())
        return std::nullopt;
    const DerMember member{tag, rest.substr(0, length)};
    rest.remove_prefix(length);
    return member;
}

/// What a SEQUENCE of these members is, or nullptr.
static const char* publicStructure(const std::vector<DerMember>& members)
{
    std::string tags;
    for (const DerMember& member : members)
        tags += member.tag;
    if (tags == "\x30\x03" &&
        members.front().content.starts_with('\x06')) // an algorithm's OID (RFC 5280 §4.1)
        return "public key (SPKI)";
    if (tags == "\x30\x30\x03") // RFC 5280 §4.1, RFC 2986 §4.2
        return "X.509 certificate or certificate request";
    // RFC 8017 A.1.1. A signature of ECDSA has two numbers as well, but of one size.
    if (tags == "\x02\x02" && members.back().content.size() <= members.front().content.size() / 2)
        return "RSA public key (PKCS#1)";
    return nullptr;
}

static Found publicInDer(std::string_view bytes)
{
    static constexpr std::string_view filling(" \t\r\n\v\f\0", 7); // what copying leaves behind
    std::string_view rest = bytes;
    const auto sequence = takeDerMember(rest);
    if (!sequence || sequence->tag != '\x30' || rest.find_first_not_of(filling) != std::string_view::npos)
        return std::nullopt;
    std::vector<DerMember> members;
    for (std::string_view inside = sequence->content; !inside.empty() && members.size() < 4;) {
        const auto member = takeDerMember(inside);
        if (!member)
            return std::nullopt;
        members.push_back(*member);
    }
    const char* structure = publicStructure(members);
    if (structure == nullptr)
        return std::nullopt;
    const Result<Key> key = readDer(bytes.substr(0, bytes.size() - rest.size()), {});
    return PublicPart{key ? describe(*key) : structure};
}

/// Without what stands between the digits of an encoding where it was pasted or comes from a settings file:
/// white space, quotes, colons, a byte order mark, line ends written as \n.
static Secret digitsAlone(std::string_view text)
{
    static constexpr std::string_view between = " \t\r\n\v\f\"'`,;:\xEF\xBB\xBF";
    std::string digits;
    digits.reserve(text.size());
    bool isEscape = false;
    for (const char character : text) {
        const bool isEscaped = std::exchange(isEscape, character == '\\');
        const bool isLineEnd = isEscaped && (character == 'n' || character == 'r' || character == 't');
        if (!isEscape && !isLineEnd && between.find(character) == std::string_view::npos)
            digits += character;
    }
    return Secret::adopting(std::move(digits));
}

static std::optional<Secret> decodedDigits(const Secret& digits)
{
    std::optional<std::string> bytes = decodeBase64(digits.reveal());
    return bytes ? std::optional(Secret::adopting(std::move(*bytes))) : std::nullopt;
}

/// One block of PEM (RFC 7468): by what is in it, or, where that is of no known structure, by its label.
static Found publicInBlock(std::string_view label, std::string_view body)
{
    const auto der = decodedDigits(digitsAlone(body));
    if (!der || !der->reveal().starts_with('\x30'))
        return std::nullopt;
    if (Found found = publicInDer(der->reveal()))
        return PublicPart{found->name + " in PEM"};
    const Secret name = digitsAlone(label); // without its blanks, which are lost where all white space is
    const bool isPublic = name.reveal().find("PUBLICKEY") != std::string_view::npos ||
                          name.reveal().find("CERTIFICATE") != std::string_view::npos;
    return isPublic ? Found(PublicPart{"PEM block '" + visible(trimmed(label).substr(0, 64)) + "'"})
                    : std::nullopt;
}

/// What lacks its BEGIN line, as a selection does that was a line too short.
static Found publicBeforeEnd(std::string_view text)
{
    static constexpr std::string_view mark = "-----END";
    const std::size_t end = text.find(mark);
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view label = text.substr(end + mark.size());
    return publicInBlock(label.substr(0, label.find("-----")), text.substr(0, end));
}

static Found publicInPem(std::string_view text)
{
    static constexpr std::string_view begin = "-----BEGIN";
    static constexpr std::string_view dashes = "-----";
    if (text.find(begin) == std::string_view::npos)
        return publicBeforeEnd(text);
    for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at)) {
        at += begin.size();
        const std::size_t labelEnd = text.find(dashes, at);
        if (labelEnd == std::string_view::npos)
            return std::nullopt;
        const std::string_view label = text.substr(at, labelEnd - at);
        const std::string_view behind = text.substr(labelEnd + dashes.size());
        if (Found found = publicInBlock(label, behind.substr(0, behind.find(dashes))))
            return found;
    }
    return std::nullopt;
}

/// The blob of an SSH public key begins with its type (RFC 4253 §6.6), whose length has four bytes before it.
static Found publicInSshBlob(std::string_view bytes)
{
    if (bytes.size() < 5 || !bytes.starts_with(std::string_view("\0\0\0", 3)))
        return std::nullopt;
    const std::string_view type = bytes.substr(4, static_cast<unsigned char>(bytes[3]));
    const bool isKnown = type.starts_with("ssh-") || type.starts_with("ecdsa-sha2-") ||
                         type.starts_with("sk-ssh-") || type.starts_with("sk-ecdsa-");
    return isKnown ? Found(PublicPart{"SSH public key of type '" + visible(type) + "'"}) : std::nullopt;
}

/// Behind the four bytes of the length stand two letters, of which the eighth digit is the last: "ss", "ec"
/// or "sk", as every type of SSH begins.
static bool mayBeginSshBlob(std::string_view digits)
{
    const std::string_view letters = digits.substr(0, 8).substr(std::min<std::size_t>(digits.size(), 6));
    return letters == "Nz" || letters == "Vj" || letters == "Nr";
}

/// A line of authorized_keys, the block of RFC 4716, or the blob alone: in Base64 it begins with AAAA.
static Found publicInSsh(std::string_view text)
{
    static constexpr std::string_view mark = "AAAA";
    static constexpr std::size_t leastDigits = 64; // Ed25519's has 68
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
        if (!mayBeginSshBlob(text.substr(at)))
            continue;
        // Twice as many characters as digits: line ends may stand between them.
        const Secret digits = digitsAlone(text.substr(at, 2 * leastDigits));
        if (digits.size() < leastDigits)
            continue;
        const auto bytes = decodedDigits(Secret(digits.reveal().substr(0, leastDigits)));
        if (Found found = bytes ? publicInSshBlob(bytes->reveal()) : std::nullopt)
            return found;
    }
    return std::nullopt;
}

/// Both coordinates, uncompressed (SEC1 §2.3.3), as Web Crypto exports a "raw" key, or without the byte in
/// front, as smart cards and web3 have them: chance makes no point of two numbers. A compressed point is not
/// told from an ordinary secret: see resemblanceToPublic().
static Found publicInPoint(std::string_view bytes)
{
    for (const Curve& curve : curves) {
        if (curve.keyType != KeyType::Ec)
            continue;
        const bool isMarked = bytes.size() == 1 + 2 * curve.bytes && bytes.starts_with('\x04');
        const bool isBare = bytes.size() == 2 * curve.bytes;
        if ((isMarked && mayBePointOf(curve, bytes)) || (isBare && mayBeCoordinatesOf(curve, bytes)))
            return PublicPart{"point on the curve " + std::string(curve.name)};
    }
    return std::nullopt;
}

static Found publicInDecimal(std::string_view text)
{
    std::string modulus = modulusInDecimal(text);
    return modulus.empty() ? std::nullopt : Found(PublicPart{std::move(modulus)});
}

/// RFC 7518 §6.2, §6.3, RFC 8037 §2, RFC 9964 §4: the member that every public key of the type has.
static Found publicInJwk(const json::Value& jwk)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> types{
        {{"RSA", "n"}, {"EC", "x"}, {"OKP", "x"}, {"AKP", "pub"}}};
    const auto kty = jwk.find("kty");
    const std::string type = kty ? kty->string() : std::string();
    const auto* known =
        std::find_if(types.begin(), types.end(), [&type](const auto& entry) { return entry.first == type; });
    if (known == types.end() || !jwk.find(known->second))
        return std::nullopt;
    const bool isPair = jwk.find("d") || jwk.find("priv");
    return PublicPart{type + (isPair ? " private key (JWK)" : " public key (JWK)"), isPair};
}

/// A JWK, or a text that is a key in Base64, as Keycloak's `public_key`; or what holds one, as a set of keys
/// does and the answer that it came in. `left`: how many values are still looked at.
static Found publicInValue(const json::Value& value, int& left)
{
    if (left-- <= 0)
        return std::nullopt;
    if (value.isString()) {
        const Secret text = Secret::adopting(value.string());
        const auto bytes =
            text.size() < leastPublicBytes ? std::nullopt : decodedDigits(digitsAlone(text.reveal()));
        return bytes ? publicInDer(bytes->reveal()) : std::nullopt;
    }
    if (Found found = publicInJwk(value))
        return found;
    for (const json::Value& item : value.items())
        if (Found found = publicInValue(item, left))
            return found;
    for (const json::Member& member : value.members())
        if (Found found = publicInValue(member.value, left))
            return found;
    return std::nullopt;
}

static Found publicInJson(std::string_view text)
{
    if (!text.starts_with('{') && !text.starts_with('['))
        return std::nullopt;
    static constexpr int mostValues = 10'000;
    const auto document = json::parse(text, {.depth = 64, .wipesSource = true});
    int left = mostValues;
    return document ? publicInValue(document->root(), left) : std::nullopt;
}

/// Forms that nothing here reads, told by their words: .NET's XML (XML Signature §4.4.2.2) and what
/// `openssl pkey -pubin -text` prints.
static Found publicInWords(std::string_view text)
{
    const auto has = [text](std::string_view words) { return text.find(words) != std::string_view::npos; };
    if (has("<RSAKeyValue>") && has("<Modulus>"))
        return PublicPart{"RSA key in XML (RSAKeyValue)", has("<D>")};
    if (has("Public-Key: (") && (has("Modulus:") || has("pub:")))
        return PublicPart{"public key as openssl prints it"};
    return std::nullopt;
}

/// Without white space, a byte order mark and a pair of quotes around it.
static std::string_view unframed(std::string_view text)
{
    text = bareText(text);
    const bool isQuoted = text.size() >= 2 && text.front() == text.back() &&
                          std::string_view("\"'`").find(text.front()) != std::string_view::npos;
    return isQuoted ? trimmed(text.substr(1, text.size() - 2)) : text;
}

/// What a text with escapes says as the inside of a JSON string.
static std::optional<Secret> unescaped(std::string_view inner)
{
    if (inner.find('\\') == std::string_view::npos)
        return std::nullopt;
    std::string quoted;
    quoted.reserve(inner.size() + 2);
    quoted.append(1, '"').append(inner).append(1, '"');
    const auto document = json::parse(quoted, {.wipesSource = true});
    wipe(quoted);
    return document && document->root().isString()
               ? std::optional(Secret::adopting(document->root().string()))
               : std::nullopt;
}

static Found publicIn(std::string_view bytes, int encodings)
{
    if (bytes.size() < leastPublicBytes || bytes.size() > mostPublicBytes)
        return std::nullopt;
    const std::string_view inner = unframed(bytes);
    for (const Found& found :
         {publicInDer(bytes), publicInSshBlob(bytes), publicInPoint(bytes), publicInPem(bytes),
          publicInSsh(bytes), publicInJson(inner), publicInWords(bytes), publicInDecimal(inner)})
        if (found)
            return found;
    if (encodings == 0)
        return std::nullopt;
    const Secret digits = digitsAlone(inner);
    std::optional<std::string> ofHex = fromHex(digits.reveal());
    const std::array readings{decodedDigits(digits),
                              unescaped(inner),
                              ofHex ? std::optional(Secret::adopting(std::move(*ofHex))) : std::nullopt,
                              fromUtf16(bytes),
                              unzipped(bytes),
                              fromPercentEncoding(inner, Plus::Sign),
                              fromPercentEncoding(inner, Plus::Blank)};
    for (const std::optional<Secret>& reading : readings)
        if (Found found = reading ? publicIn(reading->reveal(), encodings - 1) : std::nullopt)
            return found;
    return std::nullopt;
}

std::string refusalOfPublicSecret(std::string_view secret)
{
    const Found found = publicIn(secret, mostEncodings);
    if (!found)
        return {};
    if (found->isPair)
        return "the secret is the text of a key pair, whose public half everybody may have: " + found->name;
    return "the secret is the text or bytes of a public key, which everybody may have: " + found->name;
}

} // namespace claimcheck::jose
