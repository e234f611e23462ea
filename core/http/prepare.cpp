// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/prepare.h>

#include <algorithm>

#include <QtCore/qfile.h>

#include <base/text.h>
#include <http/errors.h>
#include <http/url.h>

namespace claimcheck::http {

namespace {

/// RFC 7617. The URL itself goes on without them, so that no password lands in a report.
void moveUserInfo(Request& request, const Url& url)
{
    if (url.userInfo.empty() || headerValue(request.headers, "Authorization") ||
        request.authentication.scheme != AuthScheme::None)
        return;
    const auto colon = std::min(url.userInfo.find(':'), url.userInfo.size());
    const std::string user = percentDecoded(url.userInfo.substr(0, colon));
    std::string password = percentDecoded(url.userInfo.substr(std::min(colon + 1, url.userInfo.size())));
    request.headers.push_back({"Authorization", basicField(user, password)});
    wipe(password);
}

void addMissing(Headers& headers, const char* name, const char* value)
{
    if (!headerValue(headers, name))
        headers.push_back({name, value});
}

Result<void> checkFile(const std::string& role, const std::string& path)
{
    if (path.empty())
        return {};
    QFile file(toQString(path));
    if (file.open(QIODevice::ReadOnly))
        return {};
    return tl::unexpected(unreadableTlsFile(role, path, toUtf8(file.errorString())));
}

} // namespace

Result<Request> prepare(Request request)
{
    if (auto checked = validate(request); !checked)
        return tl::unexpected(checked.error());
    const auto url = parseUrl(request.url);
    moveUserInfo(request, *url);
    request.url = toText(*url);
    addMissing(request.headers, "User-Agent", "claimcheck/" CLAIMCHECK_VERSION);
    addMissing(request.headers, "Accept", "*/*");
    for (const auto& [role, path] :
         {std::pair("CA", &request.tls.caFile), std::pair("client certificate", &request.tls.certificateFile),
          std::pair("client key", &request.tls.keyFile)}) {
        if (auto checked = checkFile(role, *path); !checked)
            return tl::unexpected(checked.error());
    }
    return request;
}

} // namespace claimcheck::http
