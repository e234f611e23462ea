// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import/encoding.h>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::interop {
namespace {

/// UTF-16 without a mark still shows: Postman's files begin with an ASCII character.
bool isUtf16(std::string_view bytes, bool& isBigEndian)
{
    if (bytes.size() < 2)
        return false;
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    isBigEndian = (first == 0xfe && second == 0xff) || (first == 0 && second != 0);
    return isBigEndian || (first == 0xff && second == 0xfe) || (first != 0 && second == 0);
}

} // namespace

Result<std::string> toUtf8Text(std::string_view bytes)
{
    bool isBigEndian = false;
    if (isUtf16(bytes, isBigEndian)) {
        std::u16string units;
        units.reserve(bytes.size() / 2);
        for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
            const auto one = static_cast<unsigned char>(bytes[i]);
            const auto two = static_cast<unsigned char>(bytes[i + 1]);
            const unsigned unit = isBigEndian ? one * 256u + two : two * 256u + one;
            if (i > 0 || unit != 0xfeff)
                units += static_cast<char16_t>(unit);
        }
        return toUtf8(QString::fromUtf16(units.data(), static_cast<qsizetype>(units.size())));
    }
    if (bytes.starts_with("\xef\xbb\xbf"))
        bytes.remove_prefix(3);
    if (const auto wrong = firstInvalidUtf8(bytes))
        return failure(ErrorKind::Malformed, "cannot import this text", "it is not UTF-8",
                       "save it as UTF-8 and try again", json::positionOf(bytes, *wrong));
    return std::string(bytes);
}

} // namespace claimcheck::interop
