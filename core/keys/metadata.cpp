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

static Result<json::Document> metadataOf(std::string_view document, const std::string& issuer)
{
    auto json = json::parse(document);
    if (!json || !json->root().isObject())
        return unusable("it is no JSON object", "check the address of the issuer");
    const auto named = json->root().find("issuer");
    if (!named || !named->isString())
        return unusable("it names no issuer (RFC 8414 §3.3)", "check the address of the issuer");
    if (named->string() != issuer)
        return unusable("it is that of '" + visible(named->string()) + "', not of '" + visible(issuer) +
                            "' (RFC 8414 §3.3)",
                        "give the issuer exactly as it names itself, down to the last '/'");
    return json;
}

/// A server out there must not make us ask one on this machine.
static bool leadsInside(const std::string& url, const std::string& issuer)
{
    return http::isLoopbackUrl(url) && !http::isLoopbackUrl(issuer);
}

Result<std::string> jwksUriOf(std::string_view document, const std::string& issuer)
{
    const Result<json::Document> json = metadataOf(document, issuer);
    if (!json)
        return tl::unexpected(json.error());
    const auto uri = json->root().find("jwks_uri");
    if (!uri || !uri->isString())
        return unusable("it names no JWK set ('jwks_uri')", "give the address of the set with --jwks-url");
    if (const Result<void> allowed = checkAddress(uri->string(), "the issuer's jwks_uri"); !allowed)
        return unusable(allowed.error().why, allowed.error().fix);
    if (leadsInside(uri->string(), issuer))
        return unusable("its jwks_uri leads to this machine, the issuer is another one",
                        "give the address of the set with --jwks-url");
    return uri->string();
}

namespace {

/// A code, a password or a client's secret goes there.
Result<void> checkEndpoint(const std::string& url, const std::string& name, const std::string& issuer)
{
    if (const auto fault = faultOf(url)) {
        switch (*fault) {
        case AddressFault::NoAddress:
            return unusable("its " + name + " is no address", "tell the people who run it");
        case AddressFault::UserName:
            return unusable("there is a user name in its " + name, "tell the people who run it");
        case AddressFault::PlainHttp:
            return unusable("its " + name + " is http, where anybody on the way reads what is sent",
                            "tell the people who run it; http is for this machine alone");
        }
    }
    if (name.ends_with("_endpoint") && url.find('#') != std::string::npos)
        return unusable("there is a fragment in its " + name + " (RFC 6749 §3.1, §3.2)",
                        "tell the people who run it");
    if (leadsInside(url, issuer))
        return unusable("its " + name + " leads to this machine, the issuer is another one",
                        "name the endpoint yourself if that is meant");
    return {};
}

struct EndpointName
{
    const char* name;
    std::string ServerMetadata::*place;
};
constexpr EndpointName endpointNames[] = {
    {"authorization_endpoint", &ServerMetadata::authorizationEndpoint},
    {"token_endpoint", &ServerMetadata::tokenEndpoint},
    {"device_authorization_endpoint", &ServerMetadata::deviceAuthorizationEndpoint},
    {"introspection_endpoint", &ServerMetadata::introspectionEndpoint},
    {"revocation_endpoint", &ServerMetadata::revocationEndpoint},
    {"userinfo_endpoint", &ServerMetadata::userinfoEndpoint},
    {"jwks_uri", &ServerMetadata::jwksUri},
};

} // namespace

Result<ServerMetadata> readMetadata(const MetadataDocument& document, const std::string& issuer)
{
    const Result<json::Document> json = metadataOf(document.text, issuer);
    if (!json)
        return tl::unexpected(json.error());
    ServerMetadata out;
    out.issuer = issuer;
    out.foundAt = document.url;
    for (const EndpointName& endpoint : endpointNames) {
        const auto value = json->root().find(endpoint.name);
        if (!value || value->isNull())
            continue;
        out.*endpoint.place = value->string();
        if (const auto usable = checkEndpoint(out.*endpoint.place, endpoint.name, issuer); !usable)
            return tl::unexpected(usable.error());
    }
    if (const auto says = json->root().find("authorization_response_iss_parameter_supported"))
        out.namesIssuerInRedirect = says->boolean();
    if (const auto methods = json->root().find("code_challenge_methods_supported"))
        for (const json::Value& method : methods->items())
            out.codeChallengeMethods.push_back(method.string());
    return out;
}

} // namespace claimcheck::keys
