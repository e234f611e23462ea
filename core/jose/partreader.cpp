// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "partreader.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::jose {

void PartReader::decode(Segment& segment, SegmentName name, std::string_view encoded)
{
    LenientBytes decoded = decodeBase64UrlLeniently(encoded);
    segment.bytes = std::move(decoded.bytes);
    const auto inToken = [&segment](std::size_t offset) {
        return segment.offset + std::min(offset, segment.length);
    };
    if (decoded.cutAt)
        segment.cutAt = inToken(*decoded.cutAt);
    for (const Base64UrlDefect& defect : decoded.defects) {
        const bool isTolerable = defect.kind == EncodingDefect::TrailingBits;
        if (!isTolerable && !segment.breaksAt)
            segment.breaksAt = inToken(defect.offset);
        add(name, inToken(defect.offset), std::string(describe(defect.kind)), isTolerable);
    }
}

std::optional<json::Document> PartReader::header(const Segment& segment, SegmentName name)
{
    Result<json::Document> document = json::parse(segment.bytes, {.depth = m_depth});
    if (!document || !document->root().isObject()) {
        if (segment.cutAt) // that is the defect; half an object is what follows from it
            return std::nullopt;
        addNoObject(segment, name, document);
        return std::nullopt;
    }
    findDuplicates(document->root(), segment, name);
    return std::move(*document);
}

void PartReader::findDuplicates(const json::Value& object, const Segment& segment, SegmentName name)
{
    // Enough to see what is wrong; a header of fifty thousand pairs must not keep the program busy.
    static constexpr std::size_t most = 32;
    std::vector<std::string> names = object.duplicates();
    if (names.empty())
        return;
    names.resize(std::min(names.size(), most));
    const std::vector<json::Member> members = object.members();
    for (const std::string& twice : names) {
        const auto last = std::find_if(members.rbegin(), members.rend(),
                                       [&twice](const json::Member& m) { return m.name == twice; });
        addInside(segment, name, last->nameOffset,
                  "the member '" + visible(twice) + "' occurs more than once (RFC 7515 §4)");
    }
}

void PartReader::addNoObject(const Segment& segment, SegmentName name, const Result<json::Document>& document,
                             bool isEncoded)
{
    const std::string start = "the " + std::string(toText(name)) + " is no JSON object";
    if (document)
        return addInside(segment, name, 0, start, isEncoded);
    const Error& error = document.error();
    const std::string hint = error.fix.empty() ? std::string() : " (" + error.fix + ")";
    addInside(segment, name, error.where.value_or(Position{}).offset, start + ": " + error.why + hint,
              isEncoded);
}

/// `decodedOffset` counts the decoded bytes; three of them are four characters of the token.
void PartReader::addInside(const Segment& segment, SegmentName name, std::size_t decodedOffset,
                           const std::string& what, bool isEncoded)
{
    const std::size_t inText = isEncoded ? decodedOffset * 4 / 3 : decodedOffset;
    add(name, segment.offset + std::min(inText, segment.length),
        what + "; byte " + std::to_string(decodedOffset) + " of the decoded " + std::string(toText(name)));
}

} // namespace claimcheck::jose
