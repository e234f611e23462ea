// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jwsdecoder.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::jose {

/// RFC 7515 §4.1.9: lower case, without "application/".
static std::string mediaTypeOf(const Jws& jws, std::string_view member)
{
    static constexpr std::string_view prefix = "application/";
    const auto value = jws.headerJson ? jws.headerJson->root().find(member) : std::nullopt;
    std::string type = value && value->isString() ? toLowerAscii(value->string()) : std::string();
    if (type.starts_with(prefix))
        type.erase(0, prefix.size());
    return type;
}

/// `typ` JWT or …+jwt; but RFC 7519 §5.2: with `cty` JWT the payload is a token, and the claims are its own.
static bool promisesClaims(const Jws& jws)
{
    const json::Value header = jws.headerJson->root();
    const auto typ = header.find("typ");
    if (!typ)
        return false;
    const std::string type = typ->text() == "\"JWT\"" ? "jwt" : mediaTypeOf(jws, "typ");
    return (type == "jwt" || type.ends_with("+jwt")) &&
           (!header.find("cty") || mediaTypeOf(jws, "cty") != "jwt");
}

bool JwsDecoder::runCompact()
{
    split();
    if (m_jws.segments == 5)
        return false;
    readHeader();
    judgeParts();
    readPayload(part(m_jws.payload));
    m_reader.decode(m_jws.signature, SegmentName::Signature, part(m_jws.signature));
    sortDefects();
    return true;
}

void JwsDecoder::runJson(JsonForm& form, const json::Value& object, const json::Value& entry)
{
    m_jws.segments = 3;
    const JsonPart header = form.part(entry, "protected", SegmentName::Header);
    const JsonPart payload = form.part(object, "payload", SegmentName::Payload);
    const JsonPart signature = form.part(entry, "signature", SegmentName::Signature);
    if (!signature.isPresent)
        m_reader.add(SegmentName::Signature, entry.offset(), "the member 'signature' is missing");
    m_jws.header = header.place;
    m_jws.payload = payload.place;
    m_jws.signature = signature.place;
    readJoinedHeader(header, form.header(entry, "header"));
    m_jws.detachedInput = header.text + '.' + payload.text;
    readPayload(payload.text);
    m_reader.decode(m_jws.signature, SegmentName::Signature, signature.text);
    sortDefects();
}

std::string_view JwsDecoder::part(const Segment& segment) const
{
    return std::string_view(m_jws.text).substr(segment.offset, segment.length);
}

void JwsDecoder::sortDefects()
{
    std::stable_sort(m_jws.defects.begin(), m_jws.defects.end(),
                     [](const Defect& a, const Defect& b) { return a.offset < b.offset; });
}

void JwsDecoder::split()
{
    const std::string_view text = m_jws.text;
    std::size_t start = 0;
    std::ptrdiff_t dots = 0;
    for (Segment* part : {&m_jws.header, &m_jws.payload, &m_jws.signature}) {
        const std::size_t dot = std::min(text.find('.', start), text.size());
        part->offset = start;
        part->length = dot - start;
        dots += dot < text.size() ? 1 : 0;
        start = std::min(dot + 1, text.size());
    }
    const std::string_view rest = text.substr(start);
    m_jws.segments = static_cast<int>(dots + std::count(rest.begin(), rest.end(), '.')) + 1;
}

void JwsDecoder::readHeader()
{
    m_reader.decode(m_jws.header, SegmentName::Header, part(m_jws.header));
    m_jws.headerJson = m_reader.header(m_jws.header, SegmentName::Header);
    if (m_jws.headerJson) {
        readPayloadForm();
    } else if (m_jws.segments == 1) { // one word that is no header either: nothing of a token
        m_jws.segments = 0;
        m_jws.defects.clear();
        m_jws.header.breaksAt.reset();
        m_jws.header.cutAt.reset();
    }
}

void JwsDecoder::readJoinedHeader(const JsonPart& encoded, const std::optional<json::Value>& unprotected)
{
    std::optional<json::Document> covered;
    if (encoded.isPresent) {
        m_reader.decode(m_jws.header, SegmentName::Header, encoded.text);
        covered = m_reader.header(m_jws.header, SegmentName::Header);
    }
    if (!unprotected) {
        m_jws.headerJson = std::move(covered);
        if (!encoded.isPresent)
            m_reader.add(SegmentName::Header, 0, "there is no header, neither 'protected' nor 'header'");
    } else {
        join(covered, *unprotected);
    }
    if (m_jws.headerJson)
        readPayloadForm();
}

void JwsDecoder::join(const std::optional<json::Document>& covered, const json::Value& unprotected)
{
    bool isDisjoint = true;
    m_jws.unprotectedJson = joinedHeader({unprotected}, isDisjoint);
    std::vector<json::Value> headers{unprotected};
    if (covered)
        headers.insert(headers.begin(), covered->root());
    isDisjoint = true;
    m_jws.headerJson = joinedHeader(headers, isDisjoint);
    if (!isDisjoint)
        m_reader.add(SegmentName::Header, unprotected.offset(),
                     "a name stands in the protected and in the unprotected header (RFC 7515 §7.2.1)");
}

void JwsDecoder::readPayloadForm()
{
    const auto b64 = m_jws.headerJson->root().find("b64");
    m_jws.isPayloadEncoded = !b64 || !b64->isBool() || b64->boolean();
}

void JwsDecoder::judgeParts()
{
    const std::string_view text = m_jws.text;
    const int parts = m_jws.segments;
    if (text.empty())
        m_reader.add(SegmentName::Token, 0, "there is no text");
    else if (parts == 0)
        m_reader.add(SegmentName::Token, 0, "no token: not three parts joined by dots (RFC 7515 §7.1)");
    else if (parts < 3)
        m_reader.add(SegmentName::Token, text.size(),
                     "the text ends after " + std::to_string(parts) +
                         " of the three parts header.payload.signature");
    else if (parts > 3)
        m_reader.add(SegmentName::Token, m_jws.signature.offset + m_jws.signature.length,
                     std::to_string(parts) + " parts joined by dots; a signed token has three");
}

void JwsDecoder::readPayload(std::string_view encoded)
{
    Segment& payload = m_jws.payload;
    if (m_detached)
        takeDetachedPayload(*m_detached);
    else if (m_jws.isPayloadEncoded)
        m_reader.decode(payload, SegmentName::Payload, encoded);
    else
        payload.bytes = encoded; // RFC 7797 §5.2: it stands in the token as it is
    readClaims();
}

void JwsDecoder::takeDetachedPayload(std::string_view bytes)
{
    if (m_jws.payload.length > 0)
        m_reader.add(SegmentName::Payload, m_jws.payload.offset,
                     "the token has a payload of its own, and another one was given beside it");
    m_jws.payload.bytes = bytes;
    // In JSON the protected header stands in front of the dot already.
    if (m_jws.detachedInput.empty())
        m_jws.detachedInput = m_jws.text.substr(0, m_jws.header.length) + '.';
    m_jws.detachedInput += m_jws.isPayloadEncoded ? encodeBase64Url(bytes) : std::string(bytes);
}

void JwsDecoder::readClaims()
{
    const bool mustBeObject = m_jws.headerJson && m_jws.segments > 1 && promisesClaims(m_jws);
    const bool mayBeObject = trimmed(m_jws.payload.bytes).starts_with('{');
    if (!mustBeObject && !mayBeObject)
        return;
    Result<json::Document> document = json::parse(m_jws.payload.bytes, {.depth = m_limits.depth});
    if (document && document->root().isObject())
        m_jws.payloadJson = std::move(*document);
    else if (m_jws.payload.cutAt) // that is the defect; half an object is what follows from it
        return;
    else if (mustBeObject || (!document && document.error().kind == ErrorKind::TooLarge))
        m_reader.addNoObject(m_jws.payload, SegmentName::Payload, document, m_jws.isPayloadEncoded);
}

} // namespace claimcheck::jose
