// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decrypt.h"

#include "choose.h"
#include "contentcipher.h"
#include "deflate.h"
#include "jwepolicy.h"
#include "keydetail.h"
#include "keywrap.h"

namespace claimcheck::jose {

// A private operation costs a millisecond and more: recipients times keys are bounded.
static constexpr std::size_t mostAttempts = 64;

// RFC 7516 §11.5: one text, whatever failed behind the key.
static constexpr const char* doesNotOpen =
    "it does not open with this key: another key made it, or it was changed";

namespace {

/// One recipient's way to the content key with one key.
struct Attempt
{
    const Jwe& jwe;
    const Recipient& recipient;
    const KeyManagement& management;
    const ContentEncryption& content;
    const Key& key;
};

} // namespace

/// The other side's key of the header; it must be on the curve of ours (RFC 7518 §4.6.1.1).
static Result<Key> ephemeralKey(const Attempt& attempt)
{
    Result<Key> epk = readJwk(*attempt.recipient.header->root().find("epk"));
    if (epk && epk->refusal.empty() && epk->curve == attempt.key.curve)
        return epk;
    std::string why = "the header's 'epk' is no key: ";
    if (!epk)
        why += epk.error().why;
    else if (!epk->refusal.empty())
        why += epk->refusal;
    else
        why = "the header's 'epk' is not on the curve " + attempt.key.curve + " of the key";
    return failure(ErrorKind::Refused, "cannot decrypt", std::move(why));
}

/// RFC 7518 §4.6.2.
static std::optional<Secret> agreedKey(const Attempt& attempt, const Key& ephemeral)
{
    const bool isDirect = attempt.management.way == KeyWay::Agreement;
    const std::optional<Secret> agreed = agree(attempt.key, ephemeral);
    if (!agreed)
        return std::nullopt;
    const std::string apu = bytesOf(attempt.recipient, "apu").value_or("");
    const std::string apv = bytesOf(attempt.recipient, "apv").value_or("");
    return concatKey(*agreed, {.algorithm = isDirect ? attempt.content.name : attempt.management.name,
                               .apu = apu,
                               .apv = apv,
                               .bytes = isDirect ? attempt.content.keyBytes : attempt.management.wrapBytes});
}

static std::optional<Secret> unwrapWith(const std::optional<Secret>& wrappingKey, const Attempt& attempt)
{
    return wrappingKey ? unwrapKey(*wrappingKey, attempt.recipient.encryptedKey.bytes) : std::nullopt;
}

/// RFC 7518 §4.7: AES-GCM over the content key, its IV and tag in the header.
static std::optional<Secret> unwrapGcm(const Attempt& attempt)
{
    return open(gcmOf(attempt.management), attempt.key.secret.reveal(),
                bytesOf(attempt.recipient, "iv").value_or(""), {},
                {attempt.recipient.encryptedKey.bytes, bytesOf(attempt.recipient, "tag").value_or("")});
}

static std::optional<Secret> passwordUnwrap(const Attempt& attempt)
{
    const auto count = attempt.recipient.header->root().find("p2c")->integer().value_or(0);
    return unwrapWith(passwordKey(attempt.management, attempt.key.secret,
                                  bytesOf(attempt.recipient, "p2s").value_or(""), static_cast<int>(count)),
                      attempt);
}

/// RFC 7516 §5.2 steps 6 to 13. An error only for what anybody can see in the header; where the key does not
/// unwrap, a random content key stands in, and the tag will not fit.
static Result<Secret> contentKey(const Attempt& attempt, const Secret& substitute)
{
    const std::string& encrypted = attempt.recipient.encryptedKey.bytes;
    std::optional<Secret> key;
    switch (attempt.management.way) {
    case KeyWay::Direct:
        return attempt.key.secret;
    case KeyWay::RsaPkcs1:
        return decryptRsaPkcs1(attempt.key, encrypted, substitute);
    case KeyWay::RsaOaep:
        key = decryptRsaOaep(attempt.management, attempt.key, encrypted);
        break;
    case KeyWay::AesWrap:
        key = unwrapKey(attempt.key.secret, encrypted);
        break;
    case KeyWay::GcmWrap:
        key = unwrapGcm(attempt);
        break;
    case KeyWay::Agreement:
    case KeyWay::AgreementWrap: {
        const Result<Key> ephemeral = ephemeralKey(attempt);
        if (!ephemeral)
            return tl::unexpected(ephemeral.error());
        key = agreedKey(attempt, *ephemeral);
        if (attempt.management.way == KeyWay::AgreementWrap)
            key = unwrapWith(key, attempt);
        break;
    }
    case KeyWay::Password:
        key = passwordUnwrap(attempt);
        break;
    }
    return key && key->size() == substitute.size() ? std::move(*key) : substitute;
}

namespace {

class DecryptRun
{
public:
    DecryptRun(const Jwe& jwe, std::span<const Key> keys, const DecryptOptions& options)
        : m_jwe(jwe), m_keys(keys), m_options(options)
    {}

    Decryption run()
    {
        if (!m_jwe.isWellFormed()) {
            const Defect& defect = m_jwe.defects.front();
            return end(DecryptionVerdict::Malformed, std::string(toText(defect.segment)) + ", byte " +
                                                         std::to_string(defect.offset) + ": " + defect.what);
        }
        if (m_keys.empty())
            return end(DecryptionVerdict::NoKey, "no key was given");
        m_result.recipients.resize(m_jwe.recipients.size());
        for (std::size_t i = 0; i < m_jwe.recipients.size() && !isDecrypted(); ++i)
            tryRecipient(i);
        return std::move(m_result);
    }

private:
    bool isDecrypted() const { return m_result.verdict == DecryptionVerdict::Decrypted; }

    Decryption end(DecryptionVerdict verdict, std::string why)
    {
        m_result.verdict = verdict;
        m_result.why = std::move(why);
        return std::move(m_result);
    }

    void tryRecipient(std::size_t index)
    {
        const Recipient& recipient = m_jwe.recipients[index];
        std::string objection = objectionToHeader(m_jwe, recipient);
        if (objection.empty())
            objection = objectionToParts(m_jwe, recipient);
        if (!objection.empty())
            return decide(DecryptionVerdict::Refused, index, {}, std::move(objection));
        Choice choice = chooseKeys(recipient.header->root(), m_keys);
        if (choice.keys.empty())
            return decide(DecryptionVerdict::NoKey, index, {}, std::move(choice.objection));
        for (const std::size_t key : choice.keys) {
            tryKey(index, key);
            if (isDecrypted())
                return;
        }
    }

    void tryKey(std::size_t index, std::size_t keyIndex)
    {
        const Recipient& recipient = m_jwe.recipients[index];
        const Attempt attempt{m_jwe, recipient, *findKeyManagement(*recipient.text("alg")),
                              *findContentEncryption(*recipient.text("enc")), m_keys[keyIndex]};
        std::string objection = objectionToFit(attempt.key, attempt.management, attempt.content, m_options);
        if (objection.empty()) {
            objection = objectionOfKey(attempt.key, attempt.management, attempt.content, m_options,
                                       Operation::Decrypt);
            if (!objection.empty())
                return decide(DecryptionVerdict::Refused, index, keyIndex, std::move(objection), true);
            objection = objectionToWork(attempt);
        }
        if (!objection.empty())
            return decide(DecryptionVerdict::Refused, index, keyIndex, std::move(objection));
        const std::optional<Secret> substitute = randomBytes(attempt.content.keyBytes);
        if (!substitute)
            return decide(DecryptionVerdict::CannotDecrypt, index, keyIndex, doesNotOpen);
        const Result<Secret> key = contentKey(attempt, *substitute);
        if (!key)
            return decide(DecryptionVerdict::Refused, index, keyIndex, key.error().why);
        openWith(attempt, *key, index, keyIndex);
    }

    /// A token must not keep the program busy (jose-policy rule 16 and its introduction).
    std::string objectionToWork(const Attempt& attempt)
    {
        if (++m_attempts > mostAttempts)
            return "more than " + std::to_string(mostAttempts) +
                   " pairs of recipient and key fit; the others were not tried";
        if (attempt.management.way != KeyWay::Password)
            return {};
        m_iterations += attempt.recipient.header->root().find("p2c")->integer().value_or(0);
        return m_iterations > mostIterations
                   ? "the passwords tried take more than " + std::to_string(mostIterations) +
                         " iterations together (p2c)"
                   : std::string();
    }

    void openWith(const Attempt& attempt, const Secret& key, std::size_t index, std::size_t keyIndex)
    {
        std::optional<Secret> plaintext =
            open(attempt.content, key.reveal(), m_jwe.initializationVector.bytes, m_jwe.additionalData,
                 {m_jwe.ciphertext.bytes, m_jwe.tag.bytes});
        if (!plaintext)
            return decide(DecryptionVerdict::CannotDecrypt, index, keyIndex, doesNotOpen);
        const bool isCompressed = attempt.recipient.header->root().find("zip").has_value();
        if (isCompressed) {
            Result<Secret> inflated = inflate(plaintext->reveal());
            if (!inflated)
                return decide(DecryptionVerdict::Refused, index, keyIndex, inflated.error().why);
            plaintext = std::move(*inflated);
        }
        decide(DecryptionVerdict::Decrypted, index, keyIndex, {});
        m_result.plaintext = std::move(*plaintext);
        m_result.alg = attempt.management.name;
        m_result.enc = attempt.content.name;
        m_result.isCompressed = isCompressed;
    }

    /// What came furthest is told: opened before not opened, that before refused, that before no key.
    void decide(DecryptionVerdict verdict, std::size_t index, std::optional<std::size_t> key, std::string why,
                bool isKeysFault = false)
    {
        RecipientDecision& own = m_result.recipients[index];
        if (!own.isTried || verdict < own.verdict)
            own = {verdict, why, key, true};
        if (!m_result.why.empty() && verdict >= m_result.verdict)
            return;
        m_result.verdict = verdict;
        m_result.recipient = index;
        m_result.key = key;
        m_result.why = std::move(why);
        m_result.isKeysFault = isKeysFault;
    }

    const Jwe& m_jwe;
    std::span<const Key> m_keys;
    const DecryptOptions& m_options;
    Decryption m_result;
    std::size_t m_attempts = 0;
    std::int64_t m_iterations = 0;
};

} // namespace

Decryption decrypt(const Jwe& jwe, std::span<const Key> keys, const DecryptOptions& options)
{
    const openssl::ErrorQueue queue;
    return DecryptRun(jwe, keys, options).run();
}

} // namespace claimcheck::jose
