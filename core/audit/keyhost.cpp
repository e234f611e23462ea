// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keyhost.h"

#include "selfsigned.h"

#include <algorithm>

#include <json/write.h>

namespace claimcheck::audit {

KeyHost::KeyHost(OwnKeys own, std::string ownKid, std::string random, Instant now)
    : m_own(std::move(own)),
      m_ownKid(std::move(ownKid)),
      m_base("/" + std::move(random)),
      m_now(now),
      m_listener([this](const listen::ListenerRequest& request) { return answer(request); })
{}

Result<void> KeyHost::start()
{
    const auto port = m_listener.listen();
    return port ? Result<void>() : tl::unexpected(port.error());
}

std::string KeyHost::url() const
{
    return m_listener.url() + m_base;
}

void KeyHost::startRoute(std::optional<std::string> goodKid)
{
    m_goodKid = std::move(goodKid);
    m_asked.clear();
}

/// A JWK set that is the metadata of an issuer as well (RFC 8414 §3.2).
std::string KeyHost::keySet(bool isKept, const std::string& place) const
{
    jose::Key key = m_own.rsa;
    key.kid = isKept ? m_goodKid : std::optional(m_ownKid);
    key.alg = "RS256";
    key.use = "sig";
    json::Writer writer;
    writer.beginObject().member("keys").beginArray().raw(jose::publicJwk(key).value_or("{}")).endArray();
    writer.member("issuer").value(place).member("jwks_uri").value(place + "/jwks.json").endObject();
    return writer.take();
}

listen::ListenerResponse KeyHost::answer(const listen::ListenerRequest& request)
{
    listen::ListenerResponse response;
    if (!request.path.starts_with(m_base + "/")) {
        response.status = 404;
        return response;
    }
    const std::string path = request.path.substr(m_base.size());
    m_asked.push_back(path);
    if (path.starts_with("/x5u")) {
        response.contentType = "application/x-pem-file";
        response.body = certificatePem(selfSigned(m_own.rsa, m_now));
        return response;
    }
    const std::string folder = path.substr(0, std::min(path.find('/', 1), path.size()));
    response.body = keySet(folder.ends_with("-kept"), url() + folder);
    return response;
}

bool KeyHost::wasAsked(const std::string& callback) const
{
    return !callback.empty() &&
           std::ranges::any_of(m_asked, [&](const std::string& path) { return path.starts_with(callback); });
}

} // namespace claimcheck::audit
