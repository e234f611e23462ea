// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "requestbody.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <QtCore/qrandom.h>
#include <QtCore/qstring.h>

#include <cli/input.h>
#include <collection/collection.h>
#include <collection/partname.h>
#include <json/document.h>

#include "connectionoptions.h"

namespace claimcheck::cli {

static constexpr std::size_t bodyLimit = 256u * 1024u * 1024u;

void BodyOptions::addTo(CLI::App& app)
{
    auto* data = app.add_option("--data", m_data,
                                "The body as it is; - for standard input, @FILE for a file. JSON gets "
                                "its Content-Type, other bodies have the one that -H gives")
                     ->type_name("BODY");
    app.add_option("--form", m_fields, "A form field K=V, or a file K=@FILE; may be repeated")
        ->type_name("FIELD")
        ->allow_extra_args(false)
        ->excludes(data);
}

static bool isJson(const std::string& bytes)
{
    const auto document = json::parse(bytes, {512, bodyLimit});
    return document && (document->root().isObject() || document->root().isArray());
}

static bool isFile(const Pair& field)
{
    return field.value.starts_with('@');
}

static RequestBody urlEncoded(const std::vector<Pair>& fields)
{
    std::vector<collection::Field> pairs;
    pairs.reserve(fields.size());
    for (const Pair& field : fields)
        pairs.push_back({field.name, field.value});
    return {collection::encodeForm(pairs), "application/x-www-form-urlencoded", {}};
}

/// The head of one part (RFC 7578 §4.2); a file's type is not guessed (§4.4 allows that).
static std::string partHead(const Pair& field)
{
    std::string head = "Content-Disposition: form-data; name=\"" + collection::partName(field.name) + "\"";
    if (isFile(field)) {
        const std::string path = field.value.substr(1);
        const std::string name = path == "-" ? path : path.substr(path.rfind('/') + 1);
        head += "; filename=\"" + collection::partName(name) + "\"\r\nContent-Type: application/octet-stream";
    }
    return head + "\r\n\r\n";
}

/// 128 random bits: that such a line stands in a part by chance is out of the question (RFC 2046 §5.1.1).
static std::string makeBoundary()
{
    const auto part = [] {
        return QString::number(QRandomGenerator::system()->generate64(), 16).toStdString();
    };
    return "claimcheck-" + part() + "-" + part();
}

/// Of a file that does not stand in memory; standard input always does.
static bool isLargeFile(const std::string& path)
{
    return path != "-" && http::fileSize(path).value_or(0) > http::largestInMemory;
}

static bool isLarge(const std::vector<Pair>& fields)
{
    std::uint64_t size = 0;
    for (const Pair& field : fields)
        size += isFile(field) && field.value != "@-" ? http::fileSize(field.value.substr(1)).value_or(0) : 0;
    return size > http::largestInMemory;
}

static Result<RequestBody> streamedMultipart(const std::vector<Pair>& fields)
{
    const std::string boundary = makeBoundary();
    const auto upload = std::make_shared<http::Upload>();
    for (const Pair& field : fields) {
        upload->append("--" + boundary + "\r\n" + partHead(field));
        const bool isOnDisk = isFile(field) && field.value != "@-";
        const auto text = isOnDisk        ? Result<std::string>(std::string())
                          : isFile(field) ? readFile("-", "form file", bodyLimit)
                                          : Result<std::string>(field.value);
        if (!text)
            return tl::unexpected(text.error());
        upload->append(*text);
        if (isOnDisk)
            if (const auto added = upload->appendFile(field.value.substr(1)); !added)
                return tl::unexpected(added.error());
        upload->append("\r\n");
    }
    upload->append("--" + boundary + "--\r\n");
    return RequestBody{{}, "multipart/form-data; boundary=" + boundary, upload};
}

static Result<RequestBody> multipart(const std::vector<Pair>& fields)
{
    if (isLarge(fields))
        return streamedMultipart(fields);
    const std::string boundary = makeBoundary();
    std::string bytes;
    for (const Pair& field : fields) {
        const auto content = isFile(field) ? readFile(field.value.substr(1), "form file", bodyLimit)
                                           : Result<std::string>(field.value);
        if (!content)
            return tl::unexpected(content.error());
        bytes.append("--")
            .append(boundary)
            .append("\r\n")
            .append(partHead(field))
            .append(*content)
            .append("\r\n");
    }
    bytes.append("--").append(boundary).append("--\r\n");
    return RequestBody{std::move(bytes), "multipart/form-data; boundary=" + boundary, {}};
}

static Result<RequestBody> formBody(const std::vector<std::string>& texts)
{
    std::vector<Pair> fields;
    for (const std::string& text : texts) {
        auto field = splitPair(text, "--form");
        if (!field)
            return tl::unexpected(field.error());
        fields.push_back(*std::move(field));
    }
    if (std::any_of(fields.begin(), fields.end(), isFile))
        return multipart(fields);
    return urlEncoded(fields);
}

Result<std::optional<RequestBody>> BodyOptions::read() const
{
    if (!m_fields.empty()) {
        auto form = formBody(m_fields);
        if (!form)
            return tl::unexpected(form.error());
        return std::optional(*std::move(form));
    }
    if (!m_data)
        return std::optional<RequestBody>();
    if (m_data->starts_with('@') && isLargeFile(m_data->substr(1))) {
        const auto upload = std::make_shared<http::Upload>();
        if (const auto added = upload->appendFile(m_data->substr(1)); !added)
            return tl::unexpected(added.error());
        return std::optional(RequestBody{{}, {}, upload});
    }
    auto bytes = readArgument(*m_data, "request body", bodyLimit);
    if (!bytes)
        return tl::unexpected(bytes.error());
    std::string type = isJson(*bytes) ? "application/json" : "";
    return std::optional(RequestBody{*std::move(bytes), std::move(type), {}});
}

} // namespace claimcheck::cli
