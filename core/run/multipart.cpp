// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/multipart.h>

#include <algorithm>
#include <memory>

#include <base/random.h>
#include <base/text.h>
#include <collection/partname.h>
#include <http/upload.h>
#include <store/collectionread.h>
#include <store/files.h>

namespace claimcheck::run {
namespace {

/// A piece of a body: a text, or a file that is read where it is needed.
struct Piece
{
    std::string text;
    std::string file = {}; ///< its path; empty: the text alone
    std::string name = {}; ///< of the file, without its folder
};

/// Where it lies, and that it lies inside; nothing of it is read.
Result<Piece> fileInside(const collection::Collection& collection, const std::string& path,
                         const Values& values, const std::string& place)
{
    const Result<std::string> resolved = values.resolve(path, place);
    if (!resolved)
        return tl::unexpected(resolved.error());
    const auto inside = store::pathInside(collection.directory, std::string(trimmed(*resolved)));
    if (!inside)
        return tl::unexpected(inside.error());
    return Piece{{}, inside->string(), inside->filename().string()};
}

/// In memory up to a size; above it, the files are read while they are sent. A file that is not there is
/// found out where it is read.
bool isLarge(const std::vector<Piece>& pieces)
{
    std::uint64_t size = 0;
    for (const Piece& piece : pieces)
        size += piece.text.size() + (piece.file.empty() ? 0 : http::fileSize(piece.file).value_or(0));
    return size > http::largestInMemory;
}

Result<void> readIntoMemory(std::vector<Piece>& pieces)
{
    for (Piece& piece : pieces) {
        if (piece.file.empty())
            continue;
        const Result<std::string> bytes = store::readFile(piece.file, http::largestInMemory);
        if (!bytes)
            return tl::unexpected(bytes.error());
        piece.text += *bytes;
        piece.file.clear();
    }
    return {};
}

/// A text goes before its file.
Result<void> setBody(http::Request& request, std::vector<Piece> pieces)
{
    request.hasBody = true;
    if (!isLarge(pieces)) {
        const auto read = readIntoMemory(pieces);
        for (const Piece& piece : pieces)
            request.body += piece.text;
        return read;
    }
    const auto upload = std::make_shared<http::Upload>();
    for (Piece& piece : pieces) {
        upload->append(std::move(piece.text));
        if (!piece.file.empty())
            if (auto added = upload->appendFile(piece.file); !added)
                return added;
    }
    request.upload = upload;
    return {};
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

Result<void> appendPart(std::vector<Piece>& out, const collection::Collection& collection,
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
            out.push_back({partHead(*name, nullptr, *type) + *text});
            continue;
        }
        Result<Piece> file = fileInside(collection, each, values, place);
        if (!file)
            return tl::unexpected(file.error());
        const std::string fileType = type->empty() ? "application/octet-stream" : *type;
        file->text = partHead(*name, &file->name, fileType);
        out.push_back(*std::move(file));
    }
    return {};
}

/// Of parts that stand in memory: one that is in none of them, and always the same.
std::string boundaryFor(const std::vector<Piece>& parts)
{
    std::string boundary = "claimcheck-boundary";
    const auto isInside = [&boundary](const Piece& part) {
        return part.text.find(boundary) != std::string::npos;
    };
    for (int number = 1; std::any_of(parts.begin(), parts.end(), isInside); ++number)
        boundary = "claimcheck-boundary-" + std::to_string(number);
    return boundary;
}

/// 128 random bits: that they stand in a file by chance is out of the question (RFC 2046 §5.1.1).
std::string randomBoundary()
{
    return "claimcheck-" + toHex(randomBytes(16));
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
    std::vector<Piece> pieces;
    for (const collection::Part& part : parts)
        if (part.enabled)
            if (auto added = appendPart(pieces, collection, part, values); !added)
                return added;
    const bool isStreamed = isLarge(pieces);
    if (!isStreamed)
        if (auto read = readIntoMemory(pieces); !read)
            return read;
    const std::string boundary = isStreamed ? randomBoundary() : boundaryFor(pieces);
    std::string before;
    for (Piece& piece : pieces) {
        piece.text.insert(0, before + "--" + boundary + "\r\n");
        before = "\r\n";
    }
    pieces.push_back({before + "--" + boundary + "--\r\n"});
    setContentType(request, "multipart/form-data; boundary=" + boundary);
    return setBody(request, std::move(pieces));
}

Result<void> addFile(http::Request& request, const collection::Collection& collection,
                     const collection::BodyFile& file, const Values& values)
{
    Result<Piece> piece = fileInside(collection, file.path, values, "body file");
    if (!piece)
        return tl::unexpected(piece.error());
    if (!file.contentType.empty())
        setContentType(request, file.contentType);
    else if (!http::headerValue(request.headers, "Content-Type"))
        setContentType(request, "application/octet-stream");
    return setBody(request, {*std::move(piece)});
}

} // namespace claimcheck::run
