// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading the parts of a token, whichever serialisation they stand in: base64url, header objects, and what is
// wrong with them. Private to the module.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <jose/jws.h>

namespace claimcheck::jose {

class PartReader
{
public:
    PartReader(std::vector<Defect>& defects, std::size_t depth) : m_defects(defects), m_depth(depth) {}

    /// Decodes `encoded`, which stands where `segment` says.
    void decode(Segment& segment, SegmentName name, std::string_view encoded);
    /// The decoded bytes as one JSON object without a name that occurs twice (RFC 7515 §5.2 steps 2 to 4).
    std::optional<json::Document> header(const Segment& segment, SegmentName name);
    void findDuplicates(const json::Value& object, const Segment& segment, SegmentName name);
    /// `isEncoded`: offsets in `bytes` are counted in base64url in the token.
    void addNoObject(const Segment& segment, SegmentName name, const Result<json::Document>& document,
                     bool isEncoded = true);
    void add(SegmentName name, std::size_t offset, std::string what, bool isTolerable = false)
    {
        m_defects.push_back({name, offset, std::move(what), isTolerable});
    }

private:
    void addInside(const Segment& segment, SegmentName name, std::size_t decodedOffset,
                   const std::string& what, bool isEncoded = true);

    std::vector<Defect>& m_defects;
    std::size_t m_depth;
};

} // namespace claimcheck::jose
