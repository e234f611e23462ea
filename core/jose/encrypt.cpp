// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "encrypt.h"

#include "contentcipher.h"
#include "deflate.h"
#include "jwepolicy.h"
#include "keywrap.h"
#include "openssl.h"
#include "wrap.h"

#include <array>
#include <vector>

#include <json/write.h>

namespace claimcheck::jose {

static tl::unexpected<Error> cannot(ErrorKind kind, std::string why, std::string fix = {})
{
    return failure(kind, "cannot encrypt", std::move(why), std::move(fix));
}

static tl::unexpected<Error> badJweHeader(std::string why)
{
    return failure(ErrorKind::Usage, "cannot encrypt with this header", std::move(why),
                   "give a JSON object like {\"cty\":\"JWT\"}");
}

std::string objectionToRecipient(const KeyManagement& management, const ContentEncryption& content,
                                 const Key& key, bool allowWeakKeys)
{
    return objectionToKey(key, management, content, {.allowWeakKeys = allowWeakKeys}, Operation::Encrypt);
}

namespace {

class Maker
{
public:
    Maker(std::span<const Addressee> addressees, const ContentEncryption& content,
          const EncryptOptions& options)
        : m_addressees(addressees), m_content(content), m_options(options)
    {}

    Result<Secret> make(std::string_view plaintext)
    {
        Result<void> step = checkRequest();
        if (step)
            step = readHeader();
        if (step)
            step = wrapAll();
        if (!step)
            return tl::unexpected(step.error());
        // OpenSSL counts with int; a token of this size is none.
        static constexpr std::size_t largest = 64u * 1024u * 1024u;
        if (plaintext.size() > largest)
            return cannot(ErrorKind::TooLarge, "the content has more than 64 MiB");
        return sealAll(plaintext);
    }

private:
    bool isShared() const { return m_addressees.size() > 1; }

    Result<void> checkRequest() const
    {
        if (m_addressees.empty())
            return cannot(ErrorKind::Usage, "no key was given");
        if (isShared() && m_options.form != Serialization::General)
            return cannot(ErrorKind::Usage, "only the general form holds several recipients");
        if (m_options.iterations < 1 || m_options.iterations > mostIterations)
            return cannot(ErrorKind::Usage,
                          "the iteration count is between 1 and " + std::to_string(mostIterations));
        for (const Addressee& addressee : m_addressees)
            if (Result<void> checked = checkAddressee(addressee); !checked)
                return checked;
        return {};
    }

    Result<void> checkAddressee(const Addressee& addressee) const
    {
        const KeyManagement& management = *addressee.management;
        if (!management.isForWriting)
            return cannot(ErrorKind::Refused,
                          std::string(management.name) + " is read, but no longer made (RFC 8725 §3.2)",
                          "take RSA-OAEP-256");
        if (isShared() && (management.way == KeyWay::Direct || management.way == KeyWay::Agreement))
            return cannot(ErrorKind::Usage, std::string(management.name) + " has one recipient alone");
        std::string objection =
            objectionToRecipient(management, m_content, *addressee.key, m_options.allowWeakKeys);
        if (!objection.empty())
            return cannot(ErrorKind::Refused, std::move(objection));
        return {};
    }

    Result<void> readHeader()
    {
        static constexpr std::array<std::string_view, 6> ours{"epk", "iv", "tag", "p2s", "p2c", "crit"};
        Result<json::Document> document = json::parse(m_options.header.empty() ? "{}" : m_options.header);
        if (!document)
            return badJweHeader(document.error().why);
        if (!document->root().isObject() || !document->root().duplicates().empty())
            return badJweHeader(document->root().isObject() ? "a member name occurs twice"
                                                            : "it is no JSON object");
        m_header.header = std::move(*document);
        for (const std::string_view name : ours) {
            if (m_header.header->root().find(name))
                return badJweHeader("'" + std::string(name) + "' is set by the program, not by hand");
        }
        for (const Addressee& addressee : m_addressees)
            if (Result<void> agrees = checkAgrees("alg", addressee.management->name); !agrees)
                return agrees;
        if (Result<void> agrees = checkAgrees("enc", m_content.name); !agrees)
            return agrees;
        if (m_header.header->root().find("zip") && m_header.text("zip") != "DEF")
            return badJweHeader("its zip is not DEF");
        for (const std::string_view name : {"apu", "apv"}) {
            if (m_header.header->root().find(name) && !bytesOf(m_header, name))
                return badJweHeader("its " + std::string(name) + " is no base64url (RFC 7518 §4.6.1)");
        }
        return {};
    }

    /// A member that was given is what it is made with.
    Result<void> checkAgrees(std::string_view name, std::string_view value) const
    {
        if (m_header.header->root().find(name) && m_header.text(name) != value)
            return badJweHeader("its " + std::string(name) + " is not " + std::string(value));
        return {};
    }

    Result<void> wrapAll()
    {
        const std::optional<Secret> contentKey = randomBytes(m_content.keyBytes);
        for (const Addressee& addressee : m_addressees) {
            const Key& key = *addressee.key;
            std::optional<Wrapped> wrapped =
                contentKey
                    ? wrapFor({*addressee.management, m_content, key, bytesOf(m_header, "apu").value_or(""),
                               bytesOf(m_header, "apv").value_or(""), m_options.iterations},
                              *contentKey)
                    : std::nullopt;
            if (!wrapped)
                return cannot(ErrorKind::Refused,
                              "OpenSSL cannot wrap a key of " + std::to_string(m_content.keyBytes) +
                                  " bytes with " + describe(key),
                              "take a larger key");
            m_wrapped.push_back(std::move(*wrapped));
        }
        return {};
    }

    bool isCompressed() const { return m_options.isCompressed || m_header.text("zip").has_value(); }

    void writeRecipientMembers(json::Writer& writer, std::size_t index) const
    {
        const Wrapped& wrapped = m_wrapped[index];
        const std::optional<std::string>& kid = m_options.kid ? m_options.kid : m_addressees[index].key->kid;
        if (kid && !m_header.header->root().find("kid"))
            writer.member("kid").value(*kid);
        for (const auto& [name, value] : wrapped.members)
            writer.member(name).raw(value);
    }

    /// With one recipient everything is protected; what differs between several stands beside each.
    std::string protectedHeader() const
    {
        const json::Value given = m_header.header->root();
        json::Writer writer;
        writer.beginObject();
        if (!isShared() && !given.find("alg"))
            writer.member("alg").value(m_addressees.front().management->name);
        if (!given.find("enc"))
            writer.member("enc").value(m_content.name);
        if (m_options.isCompressed && !given.find("zip"))
            writer.member("zip").value("DEF");
        for (const json::Member& member : given.members()) {
            if (!isShared() || member.name != "alg") // beside each recipient then
                writer.member(member.name).raw(json::format(member.value, json::Layout::Compact));
        }
        if (!isShared())
            writeRecipientMembers(writer, 0);
        writer.endObject();
        return writer.take();
    }

    Result<Secret> sealAll(std::string_view plaintext) const
    {
        Secret compressed;
        if (isCompressed()) {
            Result<Secret> deflated = deflate(plaintext);
            if (!deflated)
                return tl::unexpected(deflated.error());
            compressed = std::move(*deflated);
            plaintext = compressed.reveal();
        }
        const std::string header = encodeBase64Url(protectedHeader());
        const std::optional<Secret> iv = randomBytes(m_content.ivBytes);
        const std::optional<Sealed> sealed =
            iv ? seal(m_content, m_wrapped.front().contentKey.reveal(), iv->reveal(), header, plaintext)
               : std::nullopt;
        if (!sealed)
            return cannot(ErrorKind::Internal, "OpenSSL refused to encrypt the content");
        return m_options.form == Serialization::Compact ? compact(header, *iv, *sealed)
                                                        : inJson(header, *iv, *sealed);
    }

    /// RFC 7516 §7.1.
    Secret compact(const std::string& header, const Secret& iv, const Sealed& sealed) const
    {
        return Secret::adopting(header + '.' + encodeBase64Url(m_wrapped.front().encryptedKey) + '.' +
                                encodeBase64Url(iv.reveal()) + '.' + encodeBase64Url(sealed.ciphertext) +
                                '.' + encodeBase64Url(sealed.tag));
    }

    void writeRecipient(json::Writer& writer, std::size_t index) const
    {
        if (isShared()) {
            writer.member("header").beginObject();
            writer.member("alg").value(m_addressees[index].management->name);
            writeRecipientMembers(writer, index);
            writer.endObject();
        }
        if (!m_wrapped[index].encryptedKey.empty())
            writer.member("encrypted_key").value(encodeBase64Url(m_wrapped[index].encryptedKey));
    }

    /// RFC 7516 §7.2.
    Secret inJson(const std::string& header, const Secret& iv, const Sealed& sealed) const
    {
        json::Writer writer;
        writer.beginObject().member("protected").value(header);
        if (m_options.form == Serialization::Flattened) {
            writeRecipient(writer, 0);
        } else {
            writer.member("recipients").beginArray();
            for (std::size_t i = 0; i < m_wrapped.size(); ++i) {
                writer.beginObject();
                writeRecipient(writer, i);
                writer.endObject();
            }
            writer.endArray();
        }
        writer.member("iv").value(encodeBase64Url(iv.reveal()));
        writer.member("ciphertext").value(encodeBase64Url(sealed.ciphertext));
        writer.member("tag").value(encodeBase64Url(sealed.tag));
        writer.endObject();
        return Secret::adopting(writer.take());
    }

    std::span<const Addressee> m_addressees;
    const ContentEncryption& m_content;
    const EncryptOptions& m_options;
    Recipient m_header; ///< as given, before the program adds its own
    std::vector<Wrapped> m_wrapped;
};

} // namespace

Result<Secret> encryptTogether(std::span<const Addressee> addressees, const ContentEncryption& content,
                               std::string_view plaintext, const EncryptOptions& options)
{
    const openssl::ErrorQueue queue;
    return Maker(addressees, content, options).make(plaintext);
}

Result<Secret> encrypt(const KeyManagement& management, const ContentEncryption& content,
                       std::span<const Key> keys, std::string_view plaintext, const EncryptOptions& options)
{
    std::vector<Addressee> addressees;
    for (const Key& key : keys)
        addressees.push_back({&management, &key});
    return encryptTogether(addressees, content, plaintext, options);
}

} // namespace claimcheck::jose
