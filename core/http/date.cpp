// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "date.h"

#include <QtCore/qdatetime.h>

#include <base/text.h>

namespace claimcheck::http {

std::optional<Instant> readDate(std::string_view text)
{
    static constexpr std::string_view zone = "GMT";
    if (!text.ends_with(" GMT"))
        return std::nullopt;
    // RFC 2822 but for the zone's name.
    const std::string numeric = std::string(text.substr(0, text.size() - zone.size())) + "+0000";
    const QDateTime time = QDateTime::fromString(toQString(numeric), Qt::RFC2822Date);
    return time.isValid() ? std::optional(fromUnixSeconds(static_cast<double>(time.toSecsSinceEpoch())))
                          : std::nullopt;
}

std::optional<Instant> serverDate(const Headers& headers)
{
    const auto value = headerValue(headers, "Date");
    return value ? readDate(*value) : std::nullopt;
}

} // namespace claimcheck::http
