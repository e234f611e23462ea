// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An authorization server whose tokens a trial gets, and what it was told to revoke.

#pragma once

#include <collection/identity.h>
#include <core/http/rawserver.h>
#include <http/url.h>

namespace claimcheck::test {

/// An authorization server that gives "access-1" and "refresh-1", and so on.
struct TrialIssuer
{
    bool canRevoke = true;
    bool refreshes = true; ///< refresh tokens come with the others
    bool isAlwaysTheSame = false;
    std::string refusal; ///< status of what /revoke answers; empty: it takes it
    std::string introspection = "{\"active\":true,\"username\":\"ada\"}";
    std::string keys; ///< its JWK set; empty: it names none
    int tokens = 0;
    RawServer server{[this](const Seen& seen) { return answer(seen); }};

    collection::Identity identity() const
    {
        collection::Identity identity;
        identity.name = "service";
        identity.grant.emplace();
        identity.grant->grant = "client-credentials";
        identity.grant->issuer = http::originOf(server.url());
        identity.grant->clientId = "app";
        identity.grant->clientSecret = "not-guarded-secret-of-the-client";
        return identity;
    }
    /// The same without an issuer, with `more` endpoints.
    std::string fileWithoutIssuer(const std::string& more) const
    {
        return "sessions:\n  service:\n    oauth2:\n      grant: client-credentials\n      tokenUrl: \"" +
               server.url("/token") + "\"\n      clientId: app\n      clientSecret: \"{{password}}\"\n" +
               more;
    }
    /// The identity as a file has it, with the secret {{password}}.
    std::string file() const
    {
        return "sessions:\n  service:\n    oauth2:\n      grant: client-credentials\n      issuer: \"" +
               http::originOf(server.url()) +
               "\"\n      clientId: app\n      clientSecret: \"{{password}}\"\n";
    }
    std::vector<std::string> revoked() const
    {
        std::vector<std::string> bodies;
        for (const Seen& seen : server.seen)
            if (seen.target() == "/revoke")
                bodies.push_back(seen.body);
        return bodies;
    }

private:
    Answer answer(const Seen& seen)
    {
        const char* const json = "Content-Type: application/json\r\n";
        const std::string url = http::originOf(server.url());
        if (seen.target() == "/token") {
            ++tokens;
            const std::string number = std::to_string(isAlwaysTheSame ? 1 : tokens);
            return ok("{\"access_token\":\"access-" + number +
                          "\",\"token_type\":\"Bearer\",\"expires_in\":3600" +
                          (refreshes ? ",\"refresh_token\":\"refresh-" + number + "\"}" : std::string("}")),
                      json);
        }
        if (seen.target() == "/introspect")
            return ok(introspection, json);
        if (seen.target() == "/keys")
            return ok(keys, json);
        if (seen.target() == "/me")
            return ok("{\"sub\":\"ada\"}", json);
        if (seen.target() == "/revoke")
            return refusal.empty() ? ok("") : ok("{}", json, refusal);
        return ok("{\"issuer\":\"" + url + "\",\"token_endpoint\":\"" + url +
                      "/token\",\"introspection_endpoint\":\"" + url +
                      "/introspect\",\"userinfo_endpoint\":\"" + url + "/me\"" +
                      (keys.empty() ? std::string() : ",\"jwks_uri\":\"" + url + "/keys\"") +
                      (canRevoke ? ",\"revocation_endpoint\":\"" + url + "/revoke\"}" : std::string("}")),
                  json);
    }
};

} // namespace claimcheck::test
