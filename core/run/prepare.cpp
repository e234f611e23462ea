// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/prepare.h>

#include <algorithm>

#include <QtCore/qbytearray.h>

#include <base/text.h>
#include <json/write.h>
#include <run/multipart.h>

namespace claimcheck::run {
namespace {

using collection::AuthMode;
using collection::BodyKind;

/// Whether the place behind `text` is inside of a JSON string.
bool endsInString(std::string_view text)
{
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (inside && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            inside = !inside;
    }
    return inside;
}

std::string escapedInString(const std::string& text)
{
    const std::string quoted = json::quoted(text);
    return quoted.substr(1, quoted.size() - 2);
}

/// As typed but for the variables. Inside of a JSON string, a value is escaped, so that it stays one value.
Result<std::string> resolveBody(const collection::Entry& entry, const Values& values)
{
    std::string out;
    std::size_t done = 0;
    for (const variables::Reference& reference : variables::references(entry.body)) {
        const std::string typed = entry.body.substr(reference.offset, reference.length);
        out.append(entry.body, done, reference.offset - done);
        done = reference.offset + reference.length;
        const Result<std::string> value = values.resolve(typed, "body");
        if (!value && !values.allowUndefined)
            return value;
        if (!value)
            out += typed;
        else if (entry.bodyKind == BodyKind::Json && endsInString(out))
            out += escapedInString(*value);
        else
            out += *value;
    }
    return out.append(entry.body, done);
}

std::string percentEncoded(std::string_view text, std::string_view alsoKept = "")
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isKept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            std::string_view("-._~").find(c) != std::string_view::npos ||
                            alsoKept.find(c) != std::string_view::npos;
        if (isKept)
            out += c;
        else
            out.append({'%', digits[byte >> 4u], digits[byte & 15u]});
    }
    return out;
}

/// Where the path begins: behind scheme and host.
std::size_t pathStart(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    return std::min(url.find_first_of("/?#", scheme == std::string_view::npos ? 0 : scheme + 3), url.size());
}

Result<std::string> fillSegment(std::string_view segment, const collection::Details& details,
                                const Values& values)
{
    const auto found =
        std::find_if(details.parameters.begin(), details.parameters.end(),
                     [segment](const collection::Parameter& parameter) {
                         return parameter.inPath && parameter.enabled && segment == ":" + parameter.name;
                     });
    if (found == details.parameters.end())
        return std::string(segment);
    const Result<std::string> value = values.resolve(found->value, "path parameter " + found->name);
    if (!value || trimmed(*value).empty())
        return value ? std::string(segment) : value;
    return percentEncoded(*value, "!$&'()*+,;=:@/%");
}

/// Each `:name` between slashes for which there is a path parameter with a value.
Result<std::string> withPathParameters(const std::string& url, const collection::Details& details,
                                       const Values& values)
{
    const std::size_t start = pathStart(url);
    const std::size_t end = std::min(url.find_first_of("?#", start), url.size());
    std::string out = url.substr(0, start);
    for (std::size_t at = start; at < end;) {
        const std::size_t next = std::min(url.find('/', at + 1), end);
        const bool hasSlash = url[at] == '/';
        const std::size_t from = at + (hasSlash ? 1 : 0);
        const auto segment = fillSegment(std::string_view(url).substr(from, next - from), details, values);
        if (!segment)
            return segment;
        out += (hasSlash ? "/" : "") + *segment;
        at = next;
    }
    return out + url.substr(end);
}

/// With `encodeUrl`, names and values of the query are encoded as a whole, "%" and "#" too, as Bruno has it.
std::string encodedQuery(std::string_view query)
{
    constexpr std::string_view kept = "!*'()";
    std::string out;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (trimmed(pair.substr(0, equals)).empty())
            continue;
        out += (out.empty() ? "" : "&") + percentEncoded(pair.substr(0, equals), kept);
        if (equals < pair.size())
            out += "=" + percentEncoded(pair.substr(equals + 1), kept);
    }
    return out;
}

/// A space, which no request target may hold, becomes %20; the rest goes out as typed.
std::string encodedUrl(const std::string& url, bool encodeQuery)
{
    const std::size_t query = encodeQuery ? url.find('?') : std::string::npos;
    std::string out;
    for (const char c : url.substr(0, query))
        out += c == ' ' ? std::string("%20") : std::string(1, c);
    return query == std::string::npos ? out : out + "?" + encodedQuery(url.substr(query + 1));
}

void setHeader(http::Request& request, const std::string& name, const std::string& value)
{
    std::erase_if(request.headers,
                  [&name](const http::Header& header) { return equalsIgnoringCase(header.name, name); });
    request.headers.push_back({name, value});
}

Result<void> addApiKey(http::Request& request, const std::string& key, const std::string& value,
                       const std::string& placement)
{
    if (placement != "query") {
        setHeader(request, key, value);
        return {};
    }
    const std::size_t end = std::min(request.url.find('#'), request.url.size());
    const char* const joint = request.url.find('?') == std::string::npos ? "?" : "&";
    request.url.insert(end, joint + percentEncoded(key) + "=" + percentEncoded(value));
    return {};
}

Result<void> addCredentials(http::Request& request, const collection::Credentials& credentials,
                            const Values& values)
{
    collection::Credentials filled{credentials.type, {}};
    for (const auto& [name, text] : credentials.fields) {
        const Result<std::string> value = values.resolve(text, "authorisation");
        if (!value)
            return tl::unexpected(value.error());
        filled.fields[name] = *value;
    }
    if (filled.type == "bearer")
        setHeader(request, "Authorization", "Bearer " + filled.field("token"));
    if (filled.type == "basic") {
        const std::string pair = filled.field("username") + ":" + filled.field("password");
        const QByteArray bytes(pair.data(), static_cast<qsizetype>(pair.size()));
        setHeader(request, "Authorization", "Basic " + bytes.toBase64().toStdString());
    }
    if (filled.type == "apikey" && !filled.field("key").empty())
        return addApiKey(request, filled.field("key"), filled.field("value"), filled.field("placement"));
    return {};
}

bool takesSession(AuthMode mode)
{
    return mode == AuthMode::SessionRaw || mode == AuthMode::SessionBearer;
}

/// A run has no session of its own: the token is a variable that a request before this one has set.
Result<void> addSessionToken(http::Request& request, AuthMode mode, const collection::Credentials& written,
                             const Values& values)
{
    if (mode == AuthMode::SessionBearer)
        return addCredentials(request, written, values);
    const Result<std::string> token = values.resolve("{{token}}", "header Authorization");
    if (!token)
        return tl::unexpected(token.error());
    setHeader(request, "Authorization", *token);
    return {};
}

void applySettings(http::Request& request, const collection::Settings& settings)
{
    request.followRedirects = settings.followRedirects.value_or(true);
    request.totalTimeout = Milliseconds(settings.timeout.value_or(0));
    if (settings.maximumRedirects)
        request.maximumRedirects = static_cast<int>(std::min<std::int64_t>(*settings.maximumRedirects, 1000));
    request.useCookies = true;
}

Result<void> addBody(http::Request& request, const collection::Collection& collection,
                     const collection::Item& item, const std::string& keptKind, const Values& values)
{
    const BodyKind kind = item.entry.bodyKind;
    if (kind == BodyKind::None && keptKind == "multipart-form")
        return addMultipart(request, collection, item.details.parts, values);
    if (kind == BodyKind::None && keptKind == "file" && item.details.bodyFile)
        return addFile(request, collection, *item.details.bodyFile, values);
    if (kind != BodyKind::Json && kind != BodyKind::Text && kind != BodyKind::Xml)
        return {};
    Result<std::string> body = resolveBody(item.entry, values);
    if (!body)
        return tl::unexpected(body.error());
    request.body = *std::move(body);
    return {};
}

Result<void> setUrl(http::Request& request, const collection::Collection& collection,
                    const collection::Item& item, const Values& values)
{
    if (request.url.find("://") == std::string::npos)
        request.url.insert(0, "http://"); // as Bruno has it
    const Result<std::string> url = withPathParameters(request.url, item.details, values);
    if (!url)
        return tl::unexpected(url.error());
    request.url = encodedUrl(*url, effectiveSettings(collection, item).encodeUrl.value_or(false));
    return {};
}

} // namespace

Result<http::Request> prepareWithoutSession(const collection::Collection& collection,
                                            const collection::Item& item, const Values& values)
{
    collection::Entry entry = withInherited(collection, item);
    const std::string bodyKind = entry.kept.body;
    const std::string credentials = entry.kept.auth;
    if (collection::canSendBody(bodyKind) && (bodyKind != "file" || item.details.bodyFile))
        entry.kept.body.clear();
    if (collection::canSendAuthorisation(credentials))
        entry.kept.auth.clear();
    if (entry.bodyKind != BodyKind::Form)
        entry.body.clear(); // addBody() fills it in
    Result<http::Request> request = buildRequest(entry, values.scopes, values.dynamic);
    if (!request)
        return request;
    if (const auto pointed = setUrl(*request, collection, item, values); !pointed)
        return tl::unexpected(pointed.error());
    applySettings(*request, effectiveSettings(collection, item));
    if (const auto body = addBody(*request, collection, item, bodyKind, values); !body)
        return tl::unexpected(body.error());
    if (!takesSession(entry.auth) && collection::canSendAuthorisation(credentials))
        if (const auto added = addCredentials(*request, effectiveCredentials(collection, item), values);
            !added)
            return tl::unexpected(added.error());
    return request;
}

Result<http::Request> prepare(const collection::Collection& collection, const collection::Item& item,
                              const Values& values)
{
    Result<http::Request> request = prepareWithoutSession(collection, item, values);
    const AuthMode mode = withInherited(collection, item).auth;
    if (!request || !takesSession(mode))
        return request;
    const auto added = addSessionToken(*request, mode, effectiveCredentials(collection, item), values);
    return added ? std::move(request) : tl::unexpected(added.error());
}

} // namespace claimcheck::run
