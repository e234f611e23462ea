// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A body as a file of its own.

#pragma once

#include <QtCore/qstring.h>

#include <http/exchange.h>

namespace claimcheck::ui {

/// A name for the file: what Content-Disposition or the URL says, never more than a name, with an ending that
/// fits the media type.
QString suggestedFileName(const http::Response& response, const std::string& url);

/// Writes the body as received, a piece at a time; the file is there whole or not at all.
Result<void> saveBody(const http::Body& body, const QString& path);

} // namespace claimcheck::ui
