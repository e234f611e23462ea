// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/url.h>

#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include <QtCore/qurl.h>

#include <base/loopback.h>
#include <base/text.h>
#include <http/message.h>

namespace claimcheck::http {

namespace {

tl::unexpected<Error> notAUrl(std::string why, std::string fix, std::optional<std::size_t> offset = {})
{
    std::optional<Position> position;
    if (offset)
        position = Position{"url", *offset, 0, 0};
    return failure(ErrorKind::Usage, "the URL is not valid", std::move(why), std::move(fix),
                   std::move(position));
}

bool isControlOrSpace(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f;
}

std::string nonAsciiEncoded(std::string_view text)
{
    static constexpr std::array<char, 17> digits{"0123456789ABCDEF"};
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// An IPv6 literal in its brackets, a zone allowed ("[fe80::1%25eth0]").
bool isBracketed(std::string_view host)
{
    if (host.size() < 4 || host.front() != '[' || host.back() != ']')
        return false;
    return host.find_first_not_of("0123456789abcdefABCDEF:.[]%-_ghijklmnopqrstuvwxyz") ==
               std::string_view::npos &&
           host.find(':') != std::string_view::npos;
}

Result<std::string> readHost(std::string_view host)
{
    if (host.empty())
        return notAUrl("it names no host", "write it as https://host/path");
    if (host.front() == '[') {
        if (isBracketed(host))
            return std::string(host);
        return notAUrl("the IPv6 address in brackets is not one", "write it as http://[::1]:8080/");
    }
    std::string ace(host);
    if (nonAsciiEncoded(host) != host) {
        const QByteArray converted = QUrl::toAce(toQString(host));
        ace = converted.toStdString();
    }
    for (const char c : ace) {
        if (!isHostCharacter(c))
            return notAUrl("the host holds a character that no host name has", "check what stands after ://");
    }
    if (ace.empty())
        return notAUrl("the host name cannot be written in ASCII (IDNA)", "check the spelling of the host");
    return ace;
}

Result<int> readPort(std::string_view text)
{
    int port = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || status != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535)
        return notAUrl("the port is no number from 1 to 65535", "write it as http://host:8080/");
    return port;
}

/// [userinfo "@"] host [":" port], RFC 3986 §3.2.
Result<void> readAuthority(std::string_view text, Url& url)
{
    // Browsers take a backslash for a slash: "a\\@b" would be one host to them and another to us.
    if (text.find('\\') != std::string_view::npos)
        return notAUrl("the host holds a backslash", "check what stands after ://");
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        url.userInfo = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    const auto closing = text.rfind(']');
    const auto colon = text.rfind(':');
    const bool hasPort =
        colon != std::string_view::npos && (closing == std::string_view::npos || colon > closing);
    auto host = readHost(hasPort ? text.substr(0, colon) : text);
    if (!host)
        return tl::unexpected(host.error());
    url.host = *host;
    url.port = url.isSecure() ? 443 : 80;
    if (!hasPort || colon + 1 == text.size())
        return {};
    const auto port = readPort(text.substr(colon + 1));
    if (!port)
        return tl::unexpected(port.error());
    url.port = *port;
    url.hasPort = true;
    return {};
}

/// RFC 3986 §5.2.4, for merged relative references only.
std::string withoutDotSegments(std::string_view path)
{
    std::vector<std::string_view> kept;
    bool endsInSlash = false;
    path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        const bool isDots = segment == "." || segment == "..";
        if (segment == ".." && !kept.empty())
            kept.pop_back();
        if (!isDots)
            kept.push_back(segment);
        endsInSlash = isDots;
        if (slash == std::string_view::npos)
            break;
        path.remove_prefix(slash + 1);
    }
    std::string out;
    for (const auto segment : kept)
        out.append("/").append(segment);
    return endsInSlash || out.empty() ? out + '/' : out;
}

std::string mergedTarget(std::string_view baseTarget, std::string_view reference)
{
    const auto basePath = baseTarget.substr(0, baseTarget.find('?'));
    if (reference.empty())
        return std::string(baseTarget);
    if (reference.front() == '?')
        return std::string(basePath) + std::string(reference);
    const auto query = reference.find('?');
    std::string path(basePath.substr(0, basePath.rfind('/') + 1));
    path.append(reference.substr(0, query));
    path = withoutDotSegments(path);
    return query == std::string_view::npos ? path : path.append(reference.substr(query));
}

bool hasScheme(std::string_view reference)
{
    const auto colon = reference.find(':');
    return colon != std::string_view::npos && colon < reference.find_first_of("/?#");
}

} // namespace

Result<Url> parseUrl(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isControlOrSpace(text[i]))
            return notAUrl("it holds a space or control character", "write a space as %20", i);
    }
    const auto colon = text.find("://");
    if (colon == std::string_view::npos)
        return notAUrl("it has no scheme", "begin it with http:// or https://");
    Url url;
    url.scheme = toLowerAscii(text.substr(0, colon));
    if (url.scheme != "http" && url.scheme != "https")
        return notAUrl("its scheme is neither http nor https", "begin it with http:// or https://");
    text.remove_prefix(colon + 3);
    text = text.substr(0, text.find('#'));
    const auto end = std::min(text.find_first_of("/?"), text.size());
    if (const auto read = readAuthority(text.substr(0, end), url); !read)
        return tl::unexpected(read.error());
    url.target = nonAsciiEncoded(text.substr(end));
    if (url.target.empty() || url.target.front() != '/')
        url.target.insert(0, 1, '/');
    return url;
}

std::string toText(const Url& url)
{
    return url.scheme + "://" + url.host + (url.hasPort ? ":" + std::to_string(url.port) : "") + url.target;
}

std::string origin(const Url& url)
{
    return url.scheme + "://" + toLowerAscii(url.host) + ":" + std::to_string(url.port);
}

std::string authority(const Url& url)
{
    return url.host + ":" + std::to_string(url.port);
}

std::string originOf(std::string_view url)
{
    const auto parsed = parseUrl(url);
    return parsed ? origin(*parsed) : std::string();
}

Result<Url> resolve(const Url& base, std::string_view reference)
{
    reference = reference.substr(0, reference.find('#'));
    // Servers send Location with raw spaces; browsers and curl mend them, and so the person sees what they
    // would see.
    std::string mended;
    for (const char c : reference)
        mended += c == ' ' ? std::string("%20") : std::string(1, c);
    if (hasScheme(mended))
        return parseUrl(mended);
    if (mended.starts_with("//"))
        return parseUrl(base.scheme + ":" + mended);
    Url url = base;
    url.userInfo.clear();
    url.target.clear();
    const std::string target = mended.starts_with('/') ? mended : mergedTarget(base.target, mended);
    return parseUrl(toText(url) + target);
}

std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '%' ? fromHex(text.substr(i + 1, 2)) : std::nullopt;
        if (byte && byte->size() == 1) {
            out += *byte;
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool isLoopbackUrl(std::string_view url)
{
    const auto parsed = parseUrl(url);
    return parsed && isLoopbackHost(parsed->host);
}

} // namespace claimcheck::http
