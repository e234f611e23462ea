// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/multipart.h>

#include <algorithm>

#include <base/text.h>
#include <collection/partname.h>
#include <store/collectionread.h>
#include <store/files.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t mostBytes = 256u * 1024u * 1024u;

struct FilePart
{
    std::string name;
    std::string bytes;
};

Result<FilePart> readInside(const collection::Collection& collection, const std::string& path,
                            const Values& values, const std::string& place)
{
    const Result<std::string> resolved = values.resolve(path, place);
    if (!resolved)
        return tl::unexpected(resolved.error());
    const auto inside = store::pathInside(collection.directory, std::string(trimmed(*resolved)));
    if (!inside)
        return tl::unexpected(inside.error());
    Result<std::string> bytes = store::readFile(inside->string(), mostBytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return FilePart{inside->filename().string(), *std::move(bytes)};
}

std::string partHead(const std::string& name, const std::string* fileName, const std::string& type)
{
    std::string head = "Content-Disposition: form-data; name=\"" + collection::partName(name) + "\"";
    if (fileName != nullptr)
        head += "; filename=\"" + collection::partName(*fileName) + "\"";
    if (!type.empty())
        head += "\r\nContent-Type: " + collection::partName(type);
    return head + "\r\n\r\n";
}

Result<void> appendPart(std::vector<std::string>& out, const collection::Collection& collection,
                        const collection::Part& part, const Values& values)
{
    const std::string place = "form field " + part.name;
    const Result<std::string> name = values.resolve(part.name, place);
    const Result<std::string> type = values.resolve(part.contentType, place);
    if (!name || !type)
        return tl::unexpected(!name ? name.error() : type.error());
    for (const std::string& each : part.values) {
        if (!part.isFile) {
            const Result<std::string> text = values.resolve(each, place);
            if (!text)
                return tl::unexpected(text.error());
            out.push_back(partHead(*name, nullptr, *type) + *text);
            continue;
        }
        const Result<FilePart> file = readInside(collection, each, values, place);
        if (!file)
            return tl::unexpected(file.error());
        const std::string fileType = type->empty() ? "application/octet-stream" : *type;
        out.push_back(partHead(*name, &file->name, fileType) + file->bytes);
    }
    return {};
}

std::string boundaryFor(const std::vector<std::string>& parts)
{
    std::string boundary = "claimcheck-boundary";
    const auto isInside = [&boundary](const std::string& part) {
        return part.find(boundary) != std::string::npos;
    };
    for (int number = 1; std::any_of(parts.begin(), parts.end(), isInside); ++number)
        boundary = "claimcheck-boundary-" + std::to_string(number);
    return boundary;
}

void setContentType(http::Request& request, const std::string& type)
{
    std::erase_if(request.headers,
                  [](const http::Header& header) { return equalsIgnoringCase(header.name, "Content-Type"); });
    request.headers.push_back({"Content-Type", type});
}

} // namespace

Result<void> addMultipart(http::Request& request, const collection::Collection& collection,
                          const std::vector<collection::Part>& parts, const Values& values)
{
    std::vector<std::string> pieces;
    for (const collection::Part& part : parts)
        if (part.enabled)
            if (auto added = appendPart(pieces, collection, part, values); !added)
                return added;
    const std::string boundary = boundaryFor(pieces);
    for (const std::string& piece : pieces)
        request.body += "--" + boundary + "\r\n" + piece + "\r\n";
    request.body += "--" + boundary + "--\r\n";
    request.hasBody = true;
    setContentType(request, "multipart/form-data; boundary=" + boundary);
    return {};
}

Result<void> addFile(http::Request& request, const collection::Collection& collection,
                     const collection::BodyFile& file, const Values& values)
{
    Result<FilePart> read = readInside(collection, file.path, values, "body file");
    if (!read)
        return tl::unexpected(read.error());
    request.body = std::move(read->bytes);
    request.hasBody = true;
    if (!file.contentType.empty())
        setContentType(request, file.contentType);
    else if (!http::headerValue(request.headers, "Content-Type"))
        setContentType(request, "application/octet-stream");
    return {};
}

} // namespace claimcheck::run
