// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jwepolicy.h"

#include "policy.h"

#include <algorithm>
#include <array>

#include <base/text.h>

namespace claimcheck::jose {

std::optional<std::string> bytesOf(const Recipient& recipient, std::string_view name)
{
    const std::optional<std::string> text = recipient.text(name);
    Result<std::string> bytes = text ? decodeBase64Url(*text) : std::string();
    return text && bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

static std::string objectionToAlgorithm(const Recipient& recipient)
{
    const auto alg = recipient.text("alg");
    if (!alg)
        return "the header names no algorithm ('alg', RFC 7516 §4.1.1)";
    if (findKeyManagement(*alg) != nullptr)
        return {};
    const std::string shown = "alg '" + visible(*alg) + "'";
    for (const KeyManagement& management : keyManagements()) {
        if (equalsIgnoringCase(management.name, trimmed(*alg)))
            return shown + " is unknown; names of algorithms are case-sensitive, it is written " +
                   std::string(management.name);
    }
    if (findAlgorithm(*alg) != nullptr)
        return shown + " makes signatures: it does not encrypt";
    return shown + " is unknown";
}

static std::string objectionToContent(const Recipient& recipient)
{
    const std::string enc = recipient.text("enc").value_or(""); // a token without is malformed
    if (findContentEncryption(enc) == nullptr)
        return "enc '" + visible(enc) + "' is unknown";
    return {};
}

/// RFC 7516 §4.1.3: within the protected header alone.
static std::string objectionToZip(const Jwe& jwe, const Recipient& recipient)
{
    if (!recipient.header->root().find("zip"))
        return {};
    if (!jwe.protectedJson || !jwe.protectedJson->root().find("zip"))
        return "zip stands in an unprotected header (RFC 7516 §4.1.3)";
    if (recipient.text("zip") != "DEF")
        return "zip is not DEF, the only compression of tokens (RFC 7516 §4.1.3)";
    return {};
}

std::string objectionToHeader(const Jwe& jwe, const Recipient& recipient)
{
    if (!recipient.header)
        return "the header cannot be read";
    std::string objection = objectionToAlgorithm(recipient);
    if (objection.empty())
        objection = objectionToContent(recipient);
    if (objection.empty())
        objection = objectionToZip(jwe, recipient);
    if (objection.empty() && recipient.header->root().find("kid") && !recipient.text("kid"))
        objection = "the header's 'kid' is no string (RFC 7515 §4.1.4)";
    return objection.empty() ? objectionToCritical(jwe, recipient) : objection;
}

static std::string wrongLength(std::string_view part, std::size_t has, std::string_view algorithm,
                               std::size_t needs)
{
    if (has == needs)
        return {};
    return "the " + std::string(part) + " has " + std::to_string(has) + (has == 1 ? " byte; " : " bytes; ") +
           std::string(algorithm) + " demands " + std::to_string(needs);
}

static std::string objectionToContentParts(const Jwe& jwe, const ContentEncryption& content)
{
    std::string objection = wrongLength("initialization vector", jwe.initializationVector.bytes.size(),
                                        content.name, content.ivBytes);
    if (objection.empty())
        objection = wrongLength("tag", jwe.tag.bytes.size(), content.name, content.tagBytes);
    return objection;
}

/// RFC 7518 §4.7.1: 96 and 128 bits.
static std::string objectionToGcmParts(const Recipient& recipient, const KeyManagement& management)
{
    const auto iv = bytesOf(recipient, "iv");
    const auto tag = bytesOf(recipient, "tag");
    if (!iv || !tag)
        return "the header lacks 'iv' or 'tag' in base64url (RFC 7518 §4.7.1)";
    std::string objection = wrongLength("header's iv", iv->size(), management.name, 12);
    return objection.empty() ? wrongLength("header's tag", tag->size(), management.name, 16) : objection;
}

/// RFC 7518 §4.6.1: the other side's key, and what else goes into the derivation.
static std::string objectionToAgreement(const Recipient& recipient)
{
    const auto epk = recipient.header->root().find("epk");
    if (!epk || !epk->isObject())
        return "the header lacks the ephemeral public key 'epk' (RFC 7518 §4.6.1.1)";
    for (const std::string_view name : {"apu", "apv"}) {
        if (recipient.header->root().find(name) && !bytesOf(recipient, name))
            return "the header's '" + std::string(name) + "' is no base64url (RFC 7518 §4.6.1)";
    }
    return {};
}

static std::string objectionToEncryptedKey(const Recipient& recipient, const KeyManagement& management)
{
    const bool isEmpty = recipient.encryptedKey.bytes.empty();
    const bool mustBeEmpty = management.way == KeyWay::Direct || management.way == KeyWay::Agreement;
    if (mustBeEmpty && !isEmpty)
        return std::string(management.name) + " has no encrypted key, the token brings one (RFC 7516 §5.2)";
    if (!mustBeEmpty && isEmpty)
        return "the token has no encrypted key; " + std::string(management.name) + " demands one";
    return {};
}

std::string objectionToParts(const Jwe& jwe, const Recipient& recipient)
{
    const KeyManagement& management = *findKeyManagement(*recipient.text("alg"));
    const ContentEncryption& content = *findContentEncryption(*recipient.text("enc"));
    std::string objection = objectionToContentParts(jwe, content);
    if (objection.empty())
        objection = objectionToEncryptedKey(recipient, management);
    if (!objection.empty())
        return objection;
    switch (management.way) {
    case KeyWay::GcmWrap:
        return objectionToGcmParts(recipient, management);
    case KeyWay::Agreement:
    case KeyWay::AgreementWrap:
        return objectionToAgreement(recipient);
    case KeyWay::Password:
        return bytesOf(recipient, "p2s") ? objectionToCount(recipient)
                                         : "the header lacks the salt 'p2s' in base64url (RFC 7518 §4.8.1.1)";
    default:
        return {};
    }
}

/// Also where it is beyond what an integer or even a double can hold.
static bool isAboveCap(const json::Value& count)
{
    const std::optional<double> number = count.number();
    return number ? *number > static_cast<double>(mostIterations) : !count.text().starts_with('-');
}

std::string objectionToCount(const Recipient& recipient)
{
    const auto count = recipient.header->root().find("p2c");
    if (!count)
        return "the header lacks the iteration count 'p2c' (RFC 7518 §4.8.1.2)";
    const std::string is = "the iteration count p2c is " + visible(count->text().substr(0, 40));
    if (count->isNumber() && isAboveCap(*count))
        return is + "; more than " + std::to_string(mostIterations) + " are refused, for they only cost time";
    const std::optional<std::int64_t> value = count->integer();
    return !value || *value < 1 ? is + ": no whole number above zero" : std::string();
}

/// jose-policy rule 2: for "dir" the key may also be for the token's `enc`.
static bool isNamed(const std::string& name, const KeyManagement& management,
                    const ContentEncryption& content)
{
    return name == management.name || (management.way == KeyWay::Direct && name == content.name);
}

static bool listsOneOf(const std::vector<std::string>& operations, std::span<const std::string_view> names)
{
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        return std::find(operations.begin(), operations.end(), name) != operations.end();
    });
}

/// jose-policy rule 3, RFC 7517 §4.3.
static bool mayBeUsed(const Key& key, Operation operation)
{
    static constexpr std::array<std::string_view, 4> opening{"decrypt", "unwrapKey", "deriveKey",
                                                             "deriveBits"};
    static constexpr std::array<std::string_view, 4> sealing{"encrypt", "wrapKey", "deriveKey", "deriveBits"};
    if (!key.keyOps || listsOneOf(*key.keyOps, operation == Operation::Decrypt ? opening : sealing))
        return true;
    // The private key's list speaks of decrypting; who has it has the public half too.
    return operation == Operation::Encrypt && key.isPrivate && listsOneOf(*key.keyOps, opening);
}

static std::string objectionToUse(const Key& key, const KeyManagement& management,
                                  const ContentEncryption& content, Operation operation)
{
    if (key.alg && !isNamed(*key.alg, management, content))
        return "the key is for alg '" + visible(*key.alg) + "', the token says " +
               std::string(management.name);
    if (key.use && *key.use != "enc")
        return "the key is for use '" + visible(*key.use) + "', not for encryption";
    if (!mayBeUsed(key, operation))
        return operation == Operation::Decrypt
                   ? "the key's key_ops lists none of 'decrypt', 'unwrapKey', 'deriveKey', 'deriveBits'"
                   : "the key's key_ops lists none of 'encrypt', 'wrapKey', 'deriveKey', 'deriveBits'";
    return {};
}

static std::string misfit(const Key& key, const KeyManagement& management, const ContentEncryption& content)
{
    const std::string start =
        std::string(management.name) + " is no algorithm for this key: " + describe(key);
    if (key.type != KeyType::Oct || management.way == KeyWay::Password)
        return start;
    const std::size_t needs = management.way == KeyWay::Direct ? content.keyBytes : management.wrapBytes;
    return needs == 0 ? start
                      : start + "; " +
                            std::string(management.way == KeyWay::Direct ? content.name : management.name) +
                            " takes one of " + std::to_string(needs) + " bytes";
}

std::string objectionToFit(const Key& key, const KeyManagement& management, const ContentEncryption& content,
                           const DecryptOptions& options)
{
    const std::vector<std::string>& allowed = options.allowedAlgorithms;
    if (!isFor(management, content, key))
        return misfit(key, management, content);
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), management.name) == allowed.end())
        return std::string(management.name) + " is not among the allowed algorithms";
    return {};
}

std::string objectionOfKey(const Key& key, const KeyManagement& management, const ContentEncryption& content,
                           const DecryptOptions& options, Operation operation)
{
    if (!key.refusal.empty())
        return "the key is refused: " + key.refusal;
    if (operation == Operation::Decrypt && !key.isPrivate)
        return "the key has no private half, which decrypting needs: " + describe(key);
    // The length of a secret is the algorithm's affair (isFor); what is weak about others holds here too.
    if (key.type != KeyType::Oct && !options.allowWeakKeys && !key.weakness.empty())
        return "the key is too weak: " + key.weakness;
    return objectionToUse(key, management, content, operation);
}

std::string objectionToKey(const Key& key, const KeyManagement& management, const ContentEncryption& content,
                           const DecryptOptions& options, Operation operation)
{
    std::string objection = objectionToFit(key, management, content, options);
    return objection.empty() ? objectionOfKey(key, management, content, options, operation) : objection;
}

} // namespace claimcheck::jose
