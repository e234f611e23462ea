// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a token stands, and whether one is there at all (RFC 6750 §2, RFC 9110 §11.6.2).

#include "families.h"
#include "making.h"

#include <QtCore/qbytearray.h>

namespace claimcheck::audit {

static Forgery delivered(std::string variant, std::string recipe, std::string_view token, Delivery delivery)
{
    Forgery forgery;
    forgery.variant = std::move(variant);
    forgery.recipe = std::move(recipe);
    forgery.token = Secret(token);
    forgery.delivery = std::move(delivery);
    return forgery;
}

std::vector<Forgery> forgeNoToken(const Material&)
{
    return {delivered("no token", "the request without its token", "", {.place = Place::Nowhere})};
}

std::vector<Forgery> forgeEmptyToken(const Material&)
{
    return {
        delivered("empty header", "Authorization without a value", "", {.place = Place::Header}),
        delivered("Bearer alone", "Authorization: Bearer", "", {.place = Place::Header, .prefix = "Bearer"})};
}

std::vector<Forgery> forgeGarbage(const Material&)
{
    Basket basket;
    for (const char* text : {"x", "a.b.c", ".."})
        basket.add(text, std::string("the text ") + text + " as token", Secret(text));
    return basket.take();
}

static Forgery goodBehind(const Material& material, const char* variant, const char* prefix)
{
    return delivered(variant, std::string("the good token behind '") + prefix + "'", material.good.text,
                     {.place = Place::Header, .prefix = prefix});
}

std::vector<Forgery> forgeSchemeCase(const Material& material)
{
    return {goodBehind(material, "Bearer", "Bearer "), goodBehind(material, "bearer", "bearer "),
            goodBehind(material, "BEARER", "BEARER ")};
}

std::vector<Forgery> forgeOtherSchemes(const Material& material)
{
    std::vector<Forgery> made{goodBehind(material, "raw", ""), goodBehind(material, "Token", "Token "),
                              goodBehind(material, "JWT", "JWT "),
                              goodBehind(material, "two spaces", "Bearer  "),
                              goodBehind(material, "tab", "Bearer\t")};
    const std::string basic = QByteArray::fromStdString(material.good.text).toBase64().toStdString();
    made.push_back(delivered("Basic", "the good token in base64 behind 'Basic '", basic,
                             {.place = Place::Header, .prefix = "Basic "}));
    return made;
}

std::vector<Forgery> forgeInQuery(const Material& material)
{
    std::vector<Forgery> made;
    for (const std::string name : {"access_token", "token", "auth_token", "jwt", "id_token"})
        made.push_back(delivered("?" + name + "=", "the good token in the query, no header",
                                 material.good.text, {.place = Place::Query, .name = name}));
    return made;
}

std::vector<Forgery> forgeInCookie(const Material& material)
{
    std::vector<Forgery> made;
    for (const std::string name : {"token", "jwt", "access_token", "session"})
        made.push_back(delivered("cookie " + name, "the good token in a cookie, no header",
                                 material.good.text, {.place = Place::Cookie, .name = name}));
    return made;
}

/// A forged one in a cookie beside the good one is not tried: to overlook it is right where no cookie counts.
std::vector<Forgery> forgeTwoTokens(const Material& material)
{
    static constexpr const char* recipe = "a second Authorization field with the text a.b.c";
    const Delivery before{.place = Place::InFront, .prefix = "Bearer "};
    const Delivery behind{.place = Place::Behind, .prefix = "Bearer "};
    std::vector<Forgery> made{delivered("forged before good", recipe, garbageToken, before),
                              delivered("good before forged", recipe, garbageToken, behind)};
    for (const char* name : {"token", "access_token"})
        made.push_back(delivered(std::string("forged, and good in the cookie ") + name,
                                 "the text a.b.c in the good token's place, and that one in a cookie",
                                 material.good.text, {.place = Place::Swapped, .name = name}));
    return made;
}

std::vector<Forgery> forgeOtherMethod(const Material& material)
{
    static constexpr const char* recipe = "the same URL with another method and no token";
    static constexpr const char* forged = "the same URL with another method and the text a.b.c as token";
    std::vector<Forgery> made;
    for (const char* method : {"HEAD", "OPTIONS"}) {
        made.push_back(delivered(method, recipe, "", {.place = Place::Nowhere, .method = method}));
        made.push_back(delivered(std::string(method) + ", forged", forged, "a.b.c", {.method = method}));
    }
    for (const std::string& method : material.methods) // these may change something: once each
        made.push_back(delivered(method, recipe, "", {.place = Place::Nowhere, .method = method}));
    return made;
}

} // namespace claimcheck::audit
