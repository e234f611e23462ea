// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The steps are those of AWS, "Create a signed AWS API request" (IAM User Guide).

#include <http/sigv4.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <base/percent.h>
#include <base/text.h>
#include <http/upload.h>
#include <http/url.h>

namespace claimcheck::http {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr const char* dateField = "X-Amz-Date";
constexpr const char* tokenField = "X-Amz-Security-Token";

const unsigned char* bytesOf(std::string_view text)
{
    return static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
}

unsigned char* bytesOf(std::string& text)
{
    return static_cast<unsigned char*>(static_cast<void*>(text.data()));
}

/// Of a body that is read from files: piece by piece.
std::string sha256(const Upload& upload)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::string digest(32, '\0');
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    // What cannot be read is not sent either.
    static_cast<void>(upload.forEachPiece([&](std::string_view piece) {
        return EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
    }));
    EVP_DigestFinal_ex(context.get(), bytesOf(digest), nullptr);
    return toHex(digest);
}

std::string sha256(std::string_view text)
{
    std::string digest(32, '\0');
    EVP_Digest(text.data(), text.size(), bytesOf(digest), nullptr, EVP_sha256(), nullptr);
    return toHex(digest);
}

std::string bodyHashOf(const Request& request, UploadHash* known)
{
    // "UNSIGNED-PAYLOAD", or a hash that was made elsewhere.
    if (auto own = headerValue(request.headers, awsContentField))
        return *std::move(own);
    if (!request.upload)
        return sha256(std::string_view(request.body));
    if (known == nullptr)
        return sha256(*request.upload);
    if (known->upload != request.upload)
        *known = {request.upload, sha256(*request.upload)};
    return known->hash;
}

Secret hmac(const Secret& key, std::string_view text)
{
    std::string digest(32, '\0');
    HMAC(EVP_sha256(), key.reveal().data(), static_cast<int>(key.size()), bytesOf(text), text.size(),
         bytesOf(digest), nullptr);
    return Secret::adopting(std::move(digest));
}

/// RFC 3986 §5.2.4, and of several slashes one: what every service but S3 does with a path.
std::string normalized(std::string_view path)
{
    std::vector<std::string_view> segments;
    bool endsInSlash = true;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        endsInSlash = end < path.size() || segment == "." || segment == "..";
        path.remove_prefix(std::min(end + 1, path.size()));
        if (segment == ".." && !segments.empty())
            segments.pop_back();
        else if (!segment.empty() && segment != "." && segment != "..")
            segments.push_back(segment);
    }
    std::string out;
    for (const std::string_view segment : segments)
        out.append("/").append(segment);
    return endsInSlash || out.empty() ? out + "/" : out;
}

/// S3 takes the path as it is, in its one encoding; the others encode once more what stands on the wire.
std::string canonicalPath(std::string_view path, bool isS3)
{
    return percentEncoded(isS3 ? percentDecoded(path) : normalized(path), "/");
}

std::string canonicalQuery(std::string_view query)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        if (!pair.empty())
            pairs.emplace_back(percentEncoded(percentDecoded(pair.substr(0, equals))),
                               percentEncoded(percentDecoded(value)));
    }
    std::ranges::sort(pairs);
    std::string out;
    for (const auto& [name, value] : pairs)
        out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
    return out;
}

/// What proxies and libraries on the way add to or change is not signed.
bool isSigned(std::string_view lowerName)
{
    static constexpr std::array<std::string_view, 12> unsignedNames{
        "authorization",     "connection", "content-length",      "expect",          "keep-alive",
        "proxy-connection",  "te",         "proxy-authorization", "accept-encoding", "user-agent",
        "transfer-encoding", "upgrade"};
    return std::ranges::find(unsignedNames, lowerName) == unsignedNames.end();
}

/// Trimmed, and of several spaces one.
std::string canonicalValue(std::string_view value)
{
    std::string out;
    for (const char c : trimmed(value))
        if (c != ' ' || !out.ends_with(' '))
            out += c;
    return out;
}

std::string hostField(const Url& url)
{
    return url.port == (url.isSecure() ? 443 : 80) ? url.host : authority(url);
}

/// By name; several of one name in one line.
std::map<std::string, std::string> canonicalFields(const Request& request, const Url& url)
{
    std::map<std::string, std::string> fields;
    if (!headerValue(request.headers, "Host"))
        fields["host"] = toLowerAscii(hostField(url));
    for (const Header& header : request.headers) {
        const std::string name = toLowerAscii(header.name);
        if (!isSigned(name))
            continue;
        const auto [place, isNew] = fields.try_emplace(name, canonicalValue(header.value));
        if (!isNew)
            place->second += "," + canonicalValue(header.value);
    }
    return fields;
}

/// "20150830T123600Z"
std::string stamp(Instant now)
{
    std::string out = formatUtc(std::chrono::floor<Seconds>(now)).substr(0, 19);
    std::erase_if(out, [](char c) { return c == '-' || c == ':'; });
    out[8] = 'T';
    return out + "Z";
}

void replaceField(Headers& headers, const char* name, std::string value)
{
    std::erase_if(headers, [name](const Header& header) { return equalsIgnoringCase(header.name, name); });
    headers.push_back({name, std::move(value)});
}

std::string addIfMissing(Headers& headers, const char* name, std::string value)
{
    if (auto own = headerValue(headers, name))
        return *std::move(own);
    headers.push_back({name, value});
    return value;
}

struct Canonical
{
    std::string request;
    std::string names; ///< of the signed fields: "host;x-amz-date"
};

Canonical canonicalRequest(const Request& request, const Url& url, const std::string& bodyHash)
{
    const std::size_t mark = std::min(url.target.find('?'), url.target.size());
    const std::string_view target = url.target;
    Canonical out;
    out.request = request.method + "\n" +
                  canonicalPath(target.substr(0, mark), request.authentication.service == "s3") + "\n" +
                  canonicalQuery(target.substr(std::min(mark + 1, target.size()))) + "\n";
    for (const auto& [name, value] : canonicalFields(request, url)) {
        out.request.append(name).append(":").append(value).append("\n");
        out.names.append(out.names.empty() ? "" : ";").append(name);
    }
    out.request.append("\n").append(out.names).append("\n").append(bodyHash);
    return out;
}

Secret signingKey(const Authentication& who, std::string_view day)
{
    std::string first = "AWS4";
    first.append(who.password.reveal());
    Secret key = hmac(Secret::adopting(std::move(first)), day);
    for (const std::string_view part :
         {std::string_view(who.region), std::string_view(who.service), std::string_view("aws4_request")})
        key = hmac(key, part);
    return key;
}

} // namespace

Request signedForAws(Request request, Instant now, UploadHash* known)
{
    const Authentication& who = request.authentication;
    const auto url = parseUrl(request.url);
    if (who.scheme != AuthScheme::AwsSigV4 || !url)
        return request;
    const std::string date = addIfMissing(request.headers, dateField, stamp(now));
    if (!who.sessionToken.isEmpty())
        replaceField(request.headers, tokenField, std::string(who.sessionToken.reveal()));
    const std::string bodyHash = bodyHashOf(request, known);
    if (who.service == "s3")
        addIfMissing(request.headers, awsContentField, bodyHash);
    const Canonical canonical = canonicalRequest(request, *url, bodyHash);
    const std::string day = date.substr(0, 8);
    const std::string scope = day + "/" + who.region + "/" + who.service + "/aws4_request";
    const std::string toSign =
        std::string(algorithm) + "\n" + date + "\n" + scope + "\n" + sha256(canonical.request);
    const std::string signature = toHex(hmac(signingKey(who, day), toSign).reveal());
    replaceField(request.headers, "Authorization",
                 std::string(algorithm) + " Credential=" + who.user + "/" + scope +
                     ", SignedHeaders=" + canonical.names + ", Signature=" + signature);
    return request;
}

} // namespace claimcheck::http
