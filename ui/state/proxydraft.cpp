// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/proxydraft.h>

#include <algorithm>
#include <array>
#include <string_view>

#include <QtCore/qobject.h>

#include <base/percent.h>
#include <base/text.h>
#include <http/message.h>
#include <http/url.h>
#include <state/requestproblems.h>
#include <variables/resolve.h>

namespace claimcheck::ui {
namespace {

constexpr const char* noProxy = "none"; // the word of connections.yaml

struct ProxyScheme
{
    ProxyKind kind;
    std::string_view text;
};

constexpr std::array<ProxyScheme, 5> proxySchemes{{{ProxyKind::Http, "http://"},
                                                   {ProxyKind::Socks5h, "socks5h://"},
                                                   {ProxyKind::Socks5, "socks5://"},
                                                   {ProxyKind::Socks4a, "socks4a://"},
                                                   {ProxyKind::Socks4, "socks4://"}}};

std::string_view schemeOf(ProxyKind kind)
{
    const auto found = std::ranges::find(proxySchemes, kind, &ProxyScheme::kind);
    return found == proxySchemes.end() ? std::string_view() : found->text;
}

/// Percent-encoded, but for variables.
std::string encodedLogin(std::string_view text)
{
    std::string out;
    std::size_t done = 0;
    for (const variables::Reference& reference : variables::references(text)) {
        out.append(percentEncoded(text.substr(done, reference.offset - done)));
        out.append(text.substr(reference.offset, reference.length));
        done = reference.offset + reference.length;
    }
    return out.append(percentEncoded(text.substr(done)));
}

bool namesVariable(std::string_view text)
{
    return !variables::references(text).empty();
}

/// Behind the scheme: [user [":" password] "@"] address.
ProxyDraft proxyBehind(ProxyKind kind, std::string_view rest)
{
    ProxyDraft draft{kind, {}, {}, {}};
    if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
        const std::string_view login = rest.substr(0, at);
        const std::size_t colon = std::min(login.find(':'), login.size());
        draft.user = http::percentDecoded(login.substr(0, colon));
        draft.password = login.substr(std::min(colon + 1, login.size()));
        rest.remove_prefix(at + 1);
    }
    draft.address = rest;
    return draft;
}

QString refusedProxy(const std::string& url)
{
    http::Request request;
    request.url = "http://localhost/";
    request.proxy = url;
    const Result<void> valid = http::validate(request);
    return valid ? QString() : problemText(valid.error());
}

QString addressProblem(const ProxyDraft& draft)
{
    if (draft.address.empty())
        return draft.kind == ProxyKind::Other
                   ? QObject::tr("Type the URL of the proxy, for example {{proxy}}.")
                   : QObject::tr("Type the address of the proxy, for example proxy.example:3128.");
    if (hasLogin(draft.kind) && draft.address.find_first_of("/@?#") != std::string::npos)
        return QObject::tr("“%1” is no address of a proxy: it is host and port alone, for example "
                           "proxy.example:3128. Kind, name and password have fields of their own.")
            .arg(shownProxy(draft.address));
    if (namesVariable(draft.address))
        return {};
    return refusedProxy(std::string(schemeOf(draft.kind)) + draft.address);
}

} // namespace

ProxyDraft proxyDraftOf(const std::optional<std::string>& written)
{
    if (!written)
        return {};
    if (*written == noProxy)
        return {ProxyKind::None, {}, {}, {}};
    for (const auto& [kind, scheme] : proxySchemes)
        if (startsWithIgnoringCase(*written, scheme))
            return proxyBehind(kind, std::string_view(*written).substr(scheme.size()));
    return {ProxyKind::Other, *written, {}, {}};
}

std::optional<std::string> writtenProxy(const ProxyDraft& draft)
{
    if (draft.kind == ProxyKind::AsAround)
        return std::nullopt;
    if (draft.kind == ProxyKind::None)
        return noProxy;
    if (draft.kind == ProxyKind::Other)
        return draft.address;
    std::string url(schemeOf(draft.kind));
    if (!draft.user.empty() || !draft.password.empty()) {
        url += encodedLogin(draft.user);
        url += draft.password.empty() ? std::string() : ":" + draft.password;
        url += '@';
    }
    return url + draft.address;
}

bool hasAddress(ProxyKind kind)
{
    return kind != ProxyKind::AsAround && kind != ProxyKind::None;
}

bool hasLogin(ProxyKind kind)
{
    return !schemeOf(kind).empty();
}

QString proxyProblem(const ProxyDraft& draft)
{
    if (!hasAddress(draft.kind))
        return {};
    if (const QString problem = addressProblem(draft); !problem.isEmpty())
        return problem;
    if (hasLogin(draft.kind) && draft.user.empty() && !draft.password.empty())
        return QObject::tr("The password of the proxy has no user name beside it. Type one, or take the "
                           "password away.");
    return {};
}

QString proxyWords(ProxyKind kind)
{
    switch (kind) {
    case ProxyKind::AsAround:
        return {};
    case ProxyKind::None:
        return QObject::tr("None");
    case ProxyKind::Http:
        return QObject::tr("HTTP");
    case ProxyKind::Socks5h:
        return QObject::tr("SOCKS 5, names looked up by the proxy");
    case ProxyKind::Socks5:
        return QObject::tr("SOCKS 5, names looked up here");
    case ProxyKind::Socks4a:
        return QObject::tr("SOCKS 4a, names looked up by the proxy");
    case ProxyKind::Socks4:
        return QObject::tr("SOCKS 4, names looked up here");
    case ProxyKind::Other:
        break;
    }
    return QObject::tr("URL with variables");
}

QString shownProxy(const std::string& written)
{
    if (written.empty() || written == noProxy)
        return QObject::tr("No proxy");
    std::string_view shown = written;
    std::string scheme;
    if (const std::size_t end = shown.find("://"); end != std::string_view::npos) {
        scheme = shown.substr(0, end + 3);
        shown.remove_prefix(end + 3);
    }
    if (const std::size_t at = shown.rfind('@'); at != std::string_view::npos)
        shown.remove_prefix(at + 1);
    return toQString(visible(scheme + std::string(shown)));
}

} // namespace claimcheck::ui
