// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metadata.h"

#include "source.h"

#include <base/text.h>
#include <http/url.h>
#include <json/document.h>

namespace claimcheck::keys {

std::vector<std::string> metadataUrls(const std::string& issuer)
{
    const Result<http::Url> url = http::parseUrl(issuer);
    if (!url || issuer.find_first_of("?#") != std::string::npos)
        return {};
    const std::string origin = issuer.substr(0, issuer.find('/', issuer.find("://") + 3));
    std::string path = issuer.substr(origin.size());
    // Both standards take a terminating '/' away before they add their own.
    if (path.ends_with('/'))
        path.pop_back();
    return {origin + path + "/.well-known/openid-configuration",
            origin + "/.well-known/oauth-authorization-server" + path};
}

static tl::unexpected<Error> unusable(std::string why, std::string fix)
{
    return failure(ErrorKind::BadAnswer, "the issuer's metadata cannot be used", std::move(why),
                   std::move(fix));
}

Result<std::string> jwksUriOf(std::string_view document, const std::string& issuer)
{
    const auto json = json::parse(document);
    if (!json || !json->root().isObject())
        return unusable("it is no JSON object", "check the address of the issuer");
    const auto named = json->root().find("issuer");
    if (!named || !named->isString())
        return unusable("it names no issuer (RFC 8414 §3.3)", "check the address of the issuer");
    if (named->string() != issuer)
        return unusable("it is that of '" + visible(named->string()) + "', not of '" + visible(issuer) +
                            "' (RFC 8414 §3.3)",
                        "give the issuer exactly as it names itself, down to the last '/'");
    const auto uri = json->root().find("jwks_uri");
    if (!uri || !uri->isString())
        return unusable("it names no JWK set ('jwks_uri')", "give the address of the set with --jwks-url");
    if (const Result<void> allowed = checkAddress(uri->string(), "the issuer's jwks_uri"); !allowed)
        return unusable(allowed.error().why, allowed.error().fix);
    // A server out there must not make us ask one on this machine.
    if (isLoopback(uri->string()) && !isLoopback(issuer))
        return unusable("its jwks_uri leads to this machine, the issuer is another one",
                        "give the address of the set with --jwks-url");
    return uri->string();
}

} // namespace claimcheck::keys
