// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads one signature of a token and its payload, in the compact form or out of one of the JSON forms
// (RFC 7515 §5.2 steps 1 to 7). Private to the module.

#pragma once

#include "jsonform.h"

namespace claimcheck::jose {

class JwsDecoder
{
public:
    /// Fills `jws`, which is new. `detached`: the payload that stands beside the token.
    JwsDecoder(Jws& jws, std::string_view token, const DecodeLimits& limits,
               std::optional<std::string_view> detached)
        : m_limits(limits), m_detached(detached), m_jws(jws), m_reader(jws.defects, limits.depth)
    {
        m_jws.text = token;
    }

    /// False, with nothing read, for the five parts of an encrypted token (RFC 7516 §7.1).
    bool runCompact();
    /// One signature of the object (RFC 7515 §7.2): the payload is `object`'s, the rest `entry`'s.
    void runJson(JsonForm& form, const json::Value& object, const json::Value& entry);

private:
    std::string_view part(const Segment& segment) const;
    void sortDefects();
    /// RFC 7515 §5.2 step 1.
    void split();
    void readHeader();
    /// RFC 7515 §7.2.1: the JOSE header is the union of both.
    void readJoinedHeader(const JsonPart& encoded, const std::optional<json::Value>& unprotected);
    void join(const std::optional<json::Document>& covered, const json::Value& unprotected);
    void readPayloadForm();
    void judgeParts();
    void readPayload(std::string_view encoded);
    void takeDetachedPayload(std::string_view bytes);
    /// RFC 7519 §7.2 step 10, where `typ` promises claims; else any bytes will do.
    void readClaims();

    DecodeLimits m_limits;
    std::optional<std::string_view> m_detached;
    Jws& m_jws;
    PartReader m_reader;
};

} // namespace claimcheck::jose
