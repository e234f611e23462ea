// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/bodytext.h>

#include <algorithm>

#include <QtCore/qobject.h>

#include <base/text.h>
#include <json/document.h>
#include <json/write.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t sniffed = 4096;

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

bool looksBinary(std::string_view body)
{
    return body.substr(0, sniffed).find('\0') != std::string_view::npos;
}

QString whyNotJson(const Error& error)
{
    QString place;
    if (error.where && error.where->line > 0)
        place = QObject::tr(" at line %1, column %2").arg(error.where->line).arg(error.where->column);
    return QObject::tr("Not valid JSON%1: %2. Shown as received.").arg(place, toQString(visible(error.why)));
}

void addPretty(BodyText& text, const BodyLimits& limits)
{
    if (text.raw.text->size() > limits.pretty) {
        text.note = QObject::tr("Larger than %1: shown as received, not reformatted.")
                        .arg(toQString(formatSize(limits.pretty)));
        return;
    }
    json::Limits parser;
    parser.depth = limits.depth;
    parser.bytes = limits.pretty;
    const Result<json::Document> document = json::parse(*text.raw.text, parser);
    if (!document) {
        text.note = whyNotJson(document.error());
        return;
    }
    text.pretty = indexed(json::format(document->root(), json::Layout::Pretty));
}

} // namespace

IndexedText indexed(std::string text)
{
    IndexedText result;
    result.text = std::make_shared<const std::string>(std::move(text));
    result.index = std::make_shared<const LineIndex>(*result.text);
    return result;
}

BodyFormat formatOf(const std::string& mediaType, std::string_view body)
{
    if (body.empty())
        return BodyFormat::Empty;
    const std::string type = toLowerAscii(mediaType);
    const std::string_view start = trimmed(body.substr(0, sniffed));
    if (contains(type, "/json") || contains(type, "+json"))
        return BodyFormat::Json;
    if (type.starts_with("image/") && !contains(type, "svg"))
        return BodyFormat::Picture;
    if (contains(type, "text/html") || (type.empty() && startsWithIgnoringCase(start, "<!doctype html")))
        return BodyFormat::Html;
    if (looksBinary(body))
        return BodyFormat::Binary;
    const bool braces = start.starts_with('{') || start.starts_with('[');
    return braces && (type.empty() || contains(type, "text/plain")) ? BodyFormat::Json : BodyFormat::Text;
}

BodyText readBody(const http::Response& response, const BodyLimits& limits)
{
    BodyText text;
    text.raw = indexed(response.body.read(limits.shown));
    const std::string type = http::headerValue(response.headers, "content-type").value_or(std::string());
    text.format = formatOf(type, *text.raw.text);
    if (response.body.size() > limits.shown)
        text.note =
            QObject::tr("Only the first %1 of %2 are shown.")
                .arg(toQString(formatSize(limits.shown)), toQString(formatSize(response.body.size())));
    else if (text.format == BodyFormat::Json)
        addPretty(text, limits);
    else if (text.format == BodyFormat::Binary)
        text.note = QObject::tr("Not text (%1).")
                        .arg(type.empty() ? QObject::tr("no Content-Type") : toQString(visible(type)));
    return text;
}

} // namespace claimcheck::ui
