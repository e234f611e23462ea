// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jws.h"

#include <base/text.h>

#include <algorithm>
#include <array>

namespace claimcheck::jose {

std::string_view toText(SegmentName segment)
{
    switch (segment) {
    case SegmentName::Token:
        return "token";
    case SegmentName::Header:
        return "header";
    case SegmentName::Payload:
        return "payload";
    case SegmentName::Signature:
        return "signature";
    }
    return "";
}

std::string_view Jws::signingInput() const
{
    if (!detachedInput.empty())
        return detachedInput;
    return std::string_view(text).substr(0, payload.offset + payload.length);
}

static std::optional<std::string> headerString(const Jws& jws, std::string_view name)
{
    const auto value = jws.headerJson ? jws.headerJson->root().find(name) : std::nullopt;
    return value && value->isString() ? std::optional(value->string()) : std::nullopt;
}

std::optional<std::string> Jws::alg() const
{
    return headerString(*this, "alg");
}

std::optional<std::string> Jws::kid() const
{
    return headerString(*this, "kid");
}

/// RFC 7515 §4.1.9: `typ` JWT or …+jwt, in any case, with or without "application/".
static bool promisesClaims(const Jws& jws)
{
    const std::string type = toLowerAscii(headerString(jws, "typ").value_or(""));
    std::string_view name = type;
    if (name.starts_with("application/"))
        name.remove_prefix(std::string_view("application/").size());
    return name == "jwt" || name.ends_with("+jwt");
}

namespace {

class Decoder
{
public:
    Decoder(std::string_view token, const DecodeLimits& limits, std::optional<std::string_view> detached)
        : m_limits(limits), m_detached(detached)
    {
        m_jws.text = token;
    }

    Jws run()
    {
        if (m_jws.text.size() > m_limits.bytes)
            add(SegmentName::Token, m_limits.bytes,
                "the token has " + std::to_string(m_jws.text.size()) + " bytes; more than " +
                    std::to_string(m_limits.bytes) + " are not read");
        else
            takeApart();
        std::stable_sort(m_jws.defects.begin(), m_jws.defects.end(),
                         [](const Defect& a, const Defect& b) { return a.offset < b.offset; });
        return std::move(m_jws);
    }

private:
    void takeApart()
    {
        split();
        readHeader();
        judgeParts();
        if (m_jws.segments == 5) // the other parts of a JWE are no payload and no signature
            return;
        readPayload();
        decodeBytes(m_jws.signature, SegmentName::Signature);
    }

    /// RFC 7515 §5.2 step 1.
    void split()
    {
        const std::string_view text = m_jws.text;
        std::size_t start = 0;
        for (Segment* part : {&m_jws.header, &m_jws.payload, &m_jws.signature}) {
            const std::size_t dot = std::min(text.find('.', start), text.size());
            part->offset = start;
            part->length = dot - start;
            start = std::min(dot + 1, text.size());
        }
        m_jws.segments = static_cast<int>(std::count(text.begin(), text.end(), '.')) + 1;
    }

    /// RFC 7515 §5.2 steps 2 to 4: one JSON object without a name that occurs twice.
    void readHeader()
    {
        decodeBytes(m_jws.header, SegmentName::Header);
        Result<json::Document> document = json::parse(m_jws.header.bytes, {.depth = m_limits.depth});
        if (document && document->root().isObject()) {
            m_jws.headerJson = std::move(*document);
            findDuplicates(m_jws.headerJson->root());
            const auto b64 = m_jws.headerJson->root().find("b64");
            m_jws.isPayloadEncoded = !b64 || !b64->isBool() || b64->boolean();
        } else if (m_jws.segments == 1) { // one word that is no header either: nothing of a token
            m_jws.segments = 0;
            m_jws.defects.clear();
        } else {
            addNoObject(SegmentName::Header, document);
        }
    }

    void findDuplicates(const json::Value& header)
    {
        // Enough to see what is wrong; a header of fifty thousand pairs must not keep the program busy.
        static constexpr std::size_t most = 32;
        std::vector<std::string> names = header.duplicates();
        if (names.empty())
            return;
        names.resize(std::min(names.size(), most));
        const std::vector<json::Member> members = header.members();
        for (const std::string& name : names) {
            const auto last = std::find_if(members.rbegin(), members.rend(),
                                           [&name](const json::Member& m) { return m.name == name; });
            addInside(SegmentName::Header, last->nameOffset,
                      "the member '" + visible(name) + "' occurs more than once (RFC 7515 §4)");
        }
    }

    void judgeParts()
    {
        const std::string_view text = m_jws.text;
        const int parts = m_jws.segments;
        if (text.empty())
            add(SegmentName::Token, 0, "there is no text");
        else if (text.front() == '{')
            add(SegmentName::Token, 0,
                "JSON, not the compact form header.payload.signature; tokens in JSON form (RFC 7515 §7.2) "
                "are not read by this version");
        else if (parts == 5)
            add(SegmentName::Token, 0,
                "an encrypted token (JWE, five parts); encrypted tokens are not opened by this version, "
                "only their header is shown");
        else if (parts == 0)
            add(SegmentName::Token, 0, "no token: not three parts joined by dots (RFC 7515 §7.1)");
        else if (parts < 3)
            add(SegmentName::Token, text.size(),
                "the text ends after " + std::to_string(parts) +
                    " of the three parts header.payload.signature");
        else if (parts > 3)
            add(SegmentName::Token, m_jws.signature.offset + m_jws.signature.length,
                std::to_string(parts) + " parts joined by dots; a signed token has three");
    }

    void readPayload()
    {
        Segment& payload = m_jws.payload;
        const std::string_view part = std::string_view(m_jws.text).substr(payload.offset, payload.length);
        if (m_detached)
            takeDetachedPayload(*m_detached);
        else if (m_jws.isPayloadEncoded)
            decodeBytes(payload, SegmentName::Payload);
        else
            payload.bytes = part; // RFC 7797 §5.2: it stands in the token as it is
        readClaims();
    }

    void takeDetachedPayload(std::string_view bytes)
    {
        if (m_jws.payload.length > 0)
            add(SegmentName::Payload, m_jws.payload.offset,
                "the token has a payload of its own, and another one was given beside it");
        m_jws.payload.bytes = bytes;
        m_jws.detachedInput = m_jws.text.substr(0, m_jws.header.length) + '.';
        m_jws.detachedInput += m_jws.isPayloadEncoded ? encodeBase64Url(bytes) : std::string(bytes);
    }

    /// RFC 7519 §7.2 step 10, where `typ` promises claims; else any bytes will do.
    void readClaims()
    {
        const bool mustBeObject = m_jws.headerJson && m_jws.segments > 1 && promisesClaims(m_jws);
        const bool mayBeObject = trimmed(m_jws.payload.bytes).starts_with('{');
        if (!mustBeObject && !mayBeObject)
            return;
        Result<json::Document> document = json::parse(m_jws.payload.bytes, {.depth = m_limits.depth});
        if (document && document->root().isObject())
            m_jws.payloadJson = std::move(*document);
        else if (mustBeObject || (!document && document.error().kind == ErrorKind::TooLarge))
            addNoObject(SegmentName::Payload, document);
    }

    void decodeBytes(Segment& segment, SegmentName name)
    {
        LenientBytes decoded =
            decodeBase64UrlLeniently(std::string_view(m_jws.text).substr(segment.offset, segment.length));
        segment.bytes = std::move(decoded.bytes);
        for (const Base64UrlDefect& defect : decoded.defects)
            add(name, segment.offset + defect.offset, std::string(describe(defect.kind)),
                defect.kind == EncodingDefect::TrailingBits);
    }

    void addNoObject(SegmentName name, const Result<json::Document>& document)
    {
        const std::string start = "the " + std::string(toText(name)) + " is no JSON object";
        if (document)
            return addInside(name, 0, start);
        const Error& error = document.error();
        const std::string hint = error.fix.empty() ? std::string() : " (" + error.fix + ")";
        addInside(name, error.where.value_or(Position{}).offset, start + ": " + error.why + hint);
    }

    /// `decodedOffset` counts the decoded bytes; three of them are four characters of the token.
    void addInside(SegmentName name, std::size_t decodedOffset, const std::string& what)
    {
        const Segment& part = name == SegmentName::Header ? m_jws.header : m_jws.payload;
        const bool isEncoded = name == SegmentName::Header || m_jws.isPayloadEncoded;
        const std::size_t inText = isEncoded ? decodedOffset * 4 / 3 : decodedOffset;
        add(name, part.offset + std::min(inText, part.length),
            what + "; byte " + std::to_string(decodedOffset) + " of the decoded " +
                std::string(toText(name)));
    }

    void add(SegmentName name, std::size_t offset, std::string what, bool tolerable = false)
    {
        m_jws.defects.push_back({name, offset, std::move(what), tolerable});
    }

    DecodeLimits m_limits;
    std::optional<std::string_view> m_detached;
    Jws m_jws;
};

} // namespace

Jws decode(std::string_view token, const DecodeLimits& limits)
{
    return Decoder(token, limits, std::nullopt).run();
}

Jws decodeDetached(std::string_view token, std::string_view payload, const DecodeLimits& limits)
{
    return Decoder(token, limits, payload).run();
}

} // namespace claimcheck::jose
