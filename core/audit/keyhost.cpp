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
    return m_listener.url() + (m_places.empty() ? m_base : m_places.back().path);
}

void KeyHost::startRoute(std::optional<std::string> goodKid)
{
    const std::string number = m_places.empty() ? std::string() : "-" + std::to_string(m_places.size());
    m_places.push_back({m_base + number, std::move(goodKid)});
}

/// Null for a path of nobody's.
KeyHost::Place* KeyHost::placeOf(const std::string& path)
{
    const auto found = std::ranges::find_if(
        m_places, [&](const Place& place) { return path.starts_with(place.path + "/"); });
    return found != m_places.end() ? &*found : nullptr;
}

/// A JWK set that is the metadata of an issuer as well (RFC 8414 §3.2).
std::string KeyHost::keySet(bool isKept, const Place& place, const std::string& folder) const
{
    jose::Key key = m_own.rsa;
    key.kid = isKept ? place.goodKid : std::optional(m_ownKid);
    key.alg = "RS256";
    key.use = "sig";
    const std::string issuer = m_listener.url() + place.path + folder;
    json::Writer writer;
    writer.beginObject().member("keys").beginArray().raw(jose::publicJwk(key).value_or("{}")).endArray();
    writer.member("issuer").value(issuer).member("jwks_uri").value(issuer + "/jwks.json").endObject();
    return writer.take();
}

listen::ListenerResponse KeyHost::answer(const listen::ListenerRequest& request)
{
    listen::ListenerResponse response;
    Place* const place = placeOf(request.path);
    if (place == nullptr) {
        response.status = 404;
        return response;
    }
    const std::string path = request.path.substr(place->path.size());
    place->asked.push_back(path);
    if (path.starts_with("/x5u")) {
        response.contentType = "application/x-pem-file";
        response.body = certificatePem(selfSigned(m_own.rsa, m_now));
        return response;
    }
    const std::string folder = path.substr(0, std::min(path.find('/', 1), path.size()));
    response.body = keySet(folder.ends_with("-kept"), *place, folder);
    return response;
}

bool KeyHost::wasAsked(const std::string& callback) const
{
    return !m_places.empty() && wasAsked(m_places.size() - 1, callback);
}

bool KeyHost::wasAsked(std::size_t route, const std::string& callback) const
{
    return !callback.empty() && route < m_places.size() &&
           std::ranges::any_of(m_places[route].asked,
                               [&](const std::string& path) { return path.starts_with(callback); });
}

} // namespace claimcheck::audit
