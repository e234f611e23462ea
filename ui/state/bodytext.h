// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A response's body as text to show: what kind it is, its text as received, and a pretty form where there
// is one. Pure and slow for large bodies: run it in a LatestJob.

#pragma once

#include <memory>
#include <string>

#include <QtCore/qstring.h>

#include <http/message.h>

namespace claimcheck::ui {

enum class BodyFormat
{
    Empty,
    Json,
    Html,
    Text,
    Binary
};

struct BodyText
{
    BodyFormat format = BodyFormat::Empty;
    std::shared_ptr<const std::string> raw = std::make_shared<const std::string>();
    std::shared_ptr<const std::string> pretty; ///< null: there is none
    QString note; ///< why there is no pretty form, or why this is not the whole body; empty: nothing to say
};

struct BodyLimits
{
    std::uint64_t shown = 256u * 1024u * 1024u; ///< bytes; what is beyond is not read
    std::size_t pretty = 32u * 1024u * 1024u;   ///< bytes; larger JSON is shown as received
    std::size_t depth = 2000;
};

BodyText readBody(const http::Response& response, const BodyLimits& limits = {});

/// The media type decides ("application/json", "…+json", "text/html"); without one the first bytes do.
BodyFormat formatOf(const std::string& mediaType, std::string_view body);

} // namespace claimcheck::ui
