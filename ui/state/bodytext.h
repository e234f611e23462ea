// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A response's body as text to show: what kind it is, its text as received, and a pretty form where there
// is one. Pure and slow for large bodies: run it in a LatestJob.

#pragma once

#include <memory>
#include <optional>
#include <string>

#include <QtCore/qstring.h>

#include <http/message.h>
#include <state/lineindex.h>

namespace claimcheck::ui {

enum class BodyFormat
{
    Empty,
    Json,
    Html,
    Text,
    Picture,
    Binary
};

/// A text with its rows; cheap to copy, never changed.
struct IndexedText
{
    std::shared_ptr<const std::string> text;
    std::shared_ptr<const LineIndex> index;
};
IndexedText indexed(std::string text);

struct BodyText
{
    BodyFormat format = BodyFormat::Empty;
    IndexedText raw;
    std::optional<IndexedText> pretty;
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
