// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rightly signed, wrong inside (RFC 7519 §4.1, RFC 8725 §3.8 to §3.11): made with the signing key, or with a
// secret that was guessed; or genuine ones that were made for something else.

#include "families.h"
#include "making.h"

#include <cmath>
#include <utility>

#include <json/write.h>

namespace claimcheck::audit {

namespace {

std::string secondsFrom(const Material& material, double offset)
{
    return std::to_string(static_cast<std::int64_t>(std::floor(toUnixSeconds(material.now)) + offset));
}

void addSigned(Basket& basket, const Material& material, const std::string& variant, const ObjectText& claims,
               const std::string& changed)
{
    basket.add(variant, howSigned(material) + ": " + variant,
               rightlySigned(material, goodHeader(material), claims.json()), {"exp", "jti", changed});
}

constexpr double hour = 3600;
constexpr double year = 365 * 24 * hour;

} // namespace

/// No privilege is asked for: a claim that nobody reads shows that any other can be there.
std::vector<Forgery> forgeOtherClaims(const Material& material)
{
    Basket basket;
    basket.add("a claim added",
               "made as the accepted " + material.taken->attack + " (" + material.taken->variant +
                   "): a claim x_audit added",
               material.taken->remake(ownClaims(material).set("x_audit", "1").json()),
               {"exp", "jti", "x_audit"});
    return basket.take();
}

std::vector<Forgery> forgeExpired(const Material& material)
{
    Basket basket;
    addSigned(basket, material, "exp 1 h ago", ownClaims(material).set("exp", secondsFrom(material, -hour)),
              "exp");
    addSigned(basket, material, "exp 1 y ago", ownClaims(material).set("exp", secondsFrom(material, -year)),
              "exp");
    return basket.take();
}

namespace {

/// A claim twice, the good one in front. RFC 7519 §4: refused, or the last one counts. Where the token that
/// has the other one alone gets through as well, this one says nothing.
void addTwice(Basket& basket, const Material& material, const std::string& variant, const std::string& name,
              const std::string& other, std::vector<std::string> changed)
{
    const ObjectText good = ownClaims(material);
    std::string claims = good.json();
    claims.pop_back();
    claims += "," + json::quoted(name) + ":" + other + "}";
    Forgery* made = basket.add(variant, howSigned(material) + ": " + name + " twice, " + variant,
                               rightlySigned(material, goodHeader(material), claims), std::move(changed));
    if (made != nullptr)
        made->counterproof =
            rightlySigned(material, goodHeader(material), ObjectText(good).set(name, other).json());
}

} // namespace

std::vector<Forgery> forgeTwoExp(const Material& material)
{
    Basket basket;
    addTwice(basket, material, "good, then over", "exp", secondsFrom(material, -hour), ownChanges);
    return basket.take();
}

/// Not admin: this asks which of the two counts, and for no rights.
std::vector<Forgery> forgeTwoSubjects(const Material& material)
{
    Basket basket;
    addTwice(basket, material, "good, then another", "sub", json::quoted("audit-" + material.nonce),
             ownChanges);
    return basket.take();
}

/// A time in an hour and in a year, under that claim.
static std::vector<Forgery> forgeToCome(const Material& material, const std::string& claim)
{
    Basket basket;
    for (const auto& [name, ahead] : {std::pair{" in 1 h", hour}, std::pair{" in 1 y", year}})
        addSigned(basket, material, claim + name,
                  ownClaims(material).set(claim, secondsFrom(material, ahead)), claim);
    return basket.take();
}

std::vector<Forgery> forgeNotYet(const Material& material)
{
    return forgeToCome(material, "nbf");
}

/// RFC 7519 §4.1.6 has iat say how old a token is and asks nobody to refuse: some libraries do, most do not.
std::vector<Forgery> forgeFutureIssue(const Material& material)
{
    return forgeToCome(material, "iat");
}

/// NumericDate is any JSON number (RFC 7519 §2), so 1e99 is a time and a server that waits for it is right. A
/// text of digits is none, but who reads it as the number that it spells looks at the end all the same; the
/// proof that nobody looks is a text whose number is over (malformed-exp).
std::vector<Forgery> forgeFarExp(const Material& material)
{
    Basket basket;
    const std::string milliseconds = secondsFrom(material, hour) + "000";
    for (const std::string& value : {std::string("1e99"), milliseconds, std::string("\"9999999999\"")})
        addSigned(basket, material, "exp " + value, ownClaims(material).set("exp", value), "exp");
    return basket.take();
}

std::vector<Forgery> forgeMalformedExp(const Material& material)
{
    Basket basket;
    for (const char* value : {"\"never\"", "\"1\"", "[]", "{}", "null", "false", "true", "0", "-1"})
        addSigned(basket, material, std::string("exp ") + value, ownClaims(material).set("exp", value),
                  "exp");
    return basket.take();
}

std::vector<Forgery> forgeMissingExp(const Material& material)
{
    Basket basket;
    addSigned(basket, material, "no exp", ownClaims(material).drop("exp"), "exp");
    return basket.take();
}

std::vector<Forgery> forgeWrongAudience(const Material& material)
{
    Basket basket;
    addSigned(basket, material, "other aud", ownClaims(material).setText("aud", "https://other.example"),
              "aud");
    addSigned(basket, material, "other aud in an array",
              ownClaims(material).set("aud", "[\"https://other.example\"]"), "aud");
    return basket.take();
}

std::vector<Forgery> forgeMissingAudience(const Material& material)
{
    Basket basket;
    addSigned(basket, material, "no aud", ownClaims(material).drop("aud"), "aud");
    return basket.take();
}

std::vector<Forgery> forgeWrongIssuer(const Material& material)
{
    Basket basket;
    addSigned(basket, material, "other iss", ownClaims(material).setText("iss", "https://other.example"),
              "iss");
    return basket.take();
}

std::vector<Forgery> forgeMissingIssuer(const Material& material)
{
    Basket basket;
    addSigned(basket, material, "no iss", ownClaims(material).drop("iss"), "iss");
    return basket.take();
}

std::vector<Forgery> forgeIssuerArray(const Material& material)
{
    Basket basket;
    const std::string good(material.claim("iss"));
    addSigned(basket, material, "[evil, good]",
              ownClaims(material).set("iss", "[\"https://evil.example\"," + good + "]"), "iss");
    addSigned(basket, material, "[good, evil]",
              ownClaims(material).set("iss", "[" + good + ",\"https://evil.example\"]"), "iss");
    return basket.take();
}

std::vector<Forgery> forgeOtherType(const Material& material)
{
    Basket basket;
    const std::string payload = ownPayload(material);
    for (const char* typ : {"dpop+jwt", "secevent+jwt", "logout+jwt"})
        basket.add(std::string("typ ") + typ, std::string("signed with the issuer's key: typ ") + typ,
                   rightlySigned(material, goodHeader(material).setText("typ", typ), payload), ownChanges);
    const std::string own = material.good.headerJson && material.good.headerJson->root().find("typ")
                                ? material.good.headerJson->root().find("typ")->string()
                                : std::string();
    if (!own.empty())
        basket.add("no typ", "signed with the issuer's key: no typ",
                   rightlySigned(material, goodHeader(material).drop("typ"), payload), ownChanges);
    for (const std::string plain : {"JWT", "at+jwt"}) // the kind that many take for the same
        if (own != plain)
            basket.add("typ " + plain, "signed with the issuer's key: typ " + plain,
                       rightlySigned(material, goodHeader(material).setText("typ", plain), payload),
                       ownChanges);
    return basket.take();
}

std::vector<Forgery> forgeCrit(const Material& material)
{
    Basket basket;
    const std::string payload = ownPayload(material);
    basket.add("unknown extension", "signed with the issuer's key: crit names x-audit, which nobody knows",
               rightlySigned(material, goodHeader(material).set("crit", "[\"x-audit\"]").set("x-audit", "1"),
                             payload),
               ownChanges);
    basket.add(
        "b64", "signed with the issuer's key: crit names b64, which is false",
        rightlySigned(material, goodHeader(material).set("crit", "[\"b64\"]").set("b64", "false"), payload),
        ownChanges);
    return basket.take();
}

std::vector<Forgery> forgeIdToken(const Material& material)
{
    Basket basket;
    basket.add("ID token", "the given ID token in place of the access token", Secret(material.idToken),
               {"aud", "exp", "iat", "jti", "nonce"});
    return basket.take();
}

/// No claim may differ in the answer: what names the other user is another answer.
std::vector<Forgery> forgeOtherUser(const Material& material)
{
    Basket basket;
    basket.add("second token", "the second token, as it is, in place of the good one",
               Secret(material.secondToken));
    return basket.take();
}

namespace {

/// Of what is sent once more; when that was says the reason of its judgement.
constexpr const char* sameToken = "same token";

} // namespace

std::vector<Forgery> keepGoodAfterLogout(const Material& material)
{
    Basket basket;
    basket.add(sameToken, "the good token, once it has been logged out", Secret(material.good.text));
    return basket.take();
}

std::vector<Forgery> keepGoodPastItsTime(const Material& material)
{
    Basket basket;
    basket.add(sameToken, "the good token, once its exp is over", Secret(material.good.text));
    return basket.take();
}

} // namespace claimcheck::audit
