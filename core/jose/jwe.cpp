// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jwe.h"

#include "jsonform.h"

#include <algorithm>
#include <array>

namespace claimcheck::jose {

std::optional<std::string> Recipient::text(std::string_view name) const
{
    const auto value = header ? header->root().find(name) : std::nullopt;
    return value && value->isString() ? std::optional(value->string()) : std::nullopt;
}

static bool hasFourDots(std::string_view token)
{
    std::size_t dots = 0;
    for (std::size_t at = token.find('.'); at != std::string_view::npos; at = token.find('.', at + 1))
        if (++dots > 4)
            return false;
    return dots == 4;
}

bool isEncrypted(std::string_view token)
{
    if (!token.starts_with('{'))
        return hasFourDots(token);
    const Result<json::Document> document = json::parse(token, {.depth = DecodeLimits{}.depth});
    return document && document->root().find("ciphertext");
}

namespace {

class JweDecoder
{
public:
    JweDecoder(std::string_view token, const DecodeLimits& limits)
        : m_limits(limits), m_reader(m_jwe.defects, limits.depth)
    {
        m_jwe.text = token;
    }

    Jwe run()
    {
        if (m_jwe.text.size() > m_limits.bytes)
            m_reader.add(SegmentName::Token, m_limits.bytes,
                         "the token has " + std::to_string(m_jwe.text.size()) + " bytes; more than " +
                             std::to_string(m_limits.bytes) + " are not read");
        else if (m_jwe.text.starts_with('{'))
            takeApartJson();
        else
            takeApart();
        std::stable_sort(m_jwe.defects.begin(), m_jwe.defects.end(),
                         [](const Defect& a, const Defect& b) { return a.offset < b.offset; });
        return std::move(m_jwe);
    }

private:
    /// RFC 7516 §7.1.
    void takeApart()
    {
        const std::string_view text = m_jwe.text;
        Recipient& recipient = m_jwe.recipients.emplace_back();
        const std::array<std::pair<Segment*, SegmentName>, 5> parts{
            {{&m_jwe.header, SegmentName::Header},
             {&recipient.encryptedKey, SegmentName::EncryptedKey},
             {&m_jwe.initializationVector, SegmentName::InitializationVector},
             {&m_jwe.ciphertext, SegmentName::Ciphertext},
             {&m_jwe.tag, SegmentName::Tag}}};
        std::size_t start = 0;
        for (const auto& [segment, name] : parts) {
            const std::size_t dot = std::min(text.find('.', start), text.size());
            segment->offset = start;
            segment->length = dot - start;
            m_reader.decode(*segment, name, text.substr(start, dot - start));
            start = std::min(dot + 1, text.size());
        }
        if (std::count(text.begin(), text.end(), '.') != 4)
            m_reader.add(SegmentName::Token, text.size(), "not the five parts of an encrypted token");
        m_jwe.protectedJson = m_reader.header(m_jwe.header, SegmentName::Header);
        recipient.header = m_jwe.protectedJson;
        m_jwe.additionalData = text.substr(0, m_jwe.header.length);
        demandEncryption(recipient, m_jwe.header.offset);
    }

    /// RFC 7516 §4.1.2: without it nothing says how the content is encrypted, so this is no JWE.
    void demandEncryption(const Recipient& recipient, std::size_t offset)
    {
        if (recipient.header && !recipient.text("enc"))
            m_reader.add(SegmentName::Header, offset,
                         "the header of an encrypted token (five parts, or a 'ciphertext') names no content "
                         "encryption ('enc', RFC 7516 §4.1.2)");
    }

    /// RFC 7516 §7.2.
    void takeApartJson()
    {
        JsonForm form(m_jwe.text, m_jwe.defects, m_limits.depth);
        const auto object = form.object();
        if (!object)
            return;
        const bool isGeneral = form.has("recipients");
        m_jwe.form = isGeneral ? Serialization::General : Serialization::Flattened;
        const JsonPart header = form.part(*object, "protected", SegmentName::Header);
        if (header.isPresent) {
            m_jwe.header = header.place;
            m_reader.decode(m_jwe.header, SegmentName::Header, header.text);
            m_jwe.protectedJson = m_reader.header(m_jwe.header, SegmentName::Header);
        }
        take(form, *object, "iv", SegmentName::InitializationVector, m_jwe.initializationVector);
        take(form, *object, "ciphertext", SegmentName::Ciphertext, m_jwe.ciphertext);
        take(form, *object, "tag", SegmentName::Tag, m_jwe.tag);
        readAdditionalData(form, *object, header.text);
        const auto shared = form.header(*object, "unprotected");
        for (const json::Value& entry : form.entries("recipients", "encrypted_key"))
            readRecipient(form, entry, shared);
    }

    void take(JsonForm& form, const json::Value& object, std::string_view member, SegmentName name,
              Segment& segment)
    {
        const JsonPart part = form.part(object, member, name);
        segment = part.place;
        m_reader.decode(segment, name, part.text);
    }

    /// RFC 7516 §5.1 step 14: over the text as it was received.
    void readAdditionalData(JsonForm& form, const json::Value& object, const std::string& header)
    {
        m_jwe.additionalData = header;
        const JsonPart extra = form.part(object, "aad", SegmentName::Token);
        if (!extra.isPresent)
            return;
        Segment decoded = extra.place;
        m_reader.decode(decoded, SegmentName::Token, extra.text);
        m_jwe.additionalData += '.' + extra.text;
    }

    void readRecipient(JsonForm& form, const json::Value& entry, const std::optional<json::Value>& shared)
    {
        Recipient& recipient = m_jwe.recipients.emplace_back();
        take(form, entry, "encrypted_key", SegmentName::EncryptedKey, recipient.encryptedKey);
        std::vector<json::Value> headers;
        if (m_jwe.protectedJson)
            headers.push_back(m_jwe.protectedJson->root());
        if (shared)
            headers.push_back(*shared);
        if (const auto own = form.header(entry, "header"))
            headers.push_back(*own);
        bool isDisjoint = true;
        recipient.header = joinedHeader(headers, isDisjoint);
        if (!isDisjoint)
            m_reader.add(SegmentName::Header, entry.offset(),
                         "a name stands in two of the headers that make one (RFC 7516 §7.2.1)");
        demandEncryption(recipient, entry.offset());
    }

    DecodeLimits m_limits;
    Jwe m_jwe;
    PartReader m_reader;
};

} // namespace

Jwe decodeJwe(std::string_view token, const DecodeLimits& limits)
{
    return JweDecoder(token, limits).run();
}

} // namespace claimcheck::jose
