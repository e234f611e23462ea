// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys that the token brings along (RFC 7515 §4.1.3, §4.1.6 to §4.1.8): a server that takes one lets
// everybody sign (RFC 8725 §3.10).

#include "families.h"
#include "making.h"
#include "publicforms.h"
#include "selfsigned.h"

#include <openssl/evp.h>

#include <jose/base64url.h>
#include <json/write.h>

namespace claimcheck::audit {

namespace {

/// The own public key as JWK, under the kid that the header says.
std::string embedded(jose::Key key, Kid kid, const Material& material)
{
    key.kid.reset();
    if (kid == Kid::Own)
        key.kid = ownKid(material);
    else if (kid == Kid::Kept)
        key.kid = material.good.kid();
    return jose::publicJwk(key).value_or("");
}

struct OwnKey
{
    std::string_view name;
    std::string_view algorithm;
    const jose::Key* key;
};

std::vector<OwnKey> ownKeysOf(const Material& material)
{
    return {{"RSA", "RS256", &material.own.rsa},
            {"EC", "ES256", &material.own.ec},
            {"OKP", "EdDSA", &material.own.okp}};
}

} // namespace

std::vector<Forgery> forgeEmbeddedJwk(const Material& material)
{
    Basket basket;
    const std::string payload = ownPayload(material);
    for (const OwnKey& own : ownKeysOf(material))
        for (const Kid kid : kidsOfOwnKeys(material)) {
            ObjectText header = goodHeader(material).setText("alg", own.algorithm);
            apply(kid, header, material);
            header.set("jwk", embedded(*own.key, kid, material));
            const std::string variant = std::string(own.name) + ", " + std::string(toText(kid));
            basket.addMade(
                variant, "a key pair of our own, its public half in the header's jwk: " + variant,
                [algorithm = own.algorithm, key = *own.key, text = header.json()](const std::string& claims) {
                    return signedToken(algorithm, key, text, claims);
                },
                payload, ownChanges);
        }
    return basket.take();
}

std::vector<Forgery> forgeEmbeddedSecret(const Material& material)
{
    Basket basket;
    const std::string secret = macBytes("SHA256", material.nonce, "embedded");
    const std::string jwk = json::Writer()
                                .beginObject()
                                .member("kty")
                                .value("oct")
                                .member("k")
                                .value(jose::encodeBase64Url(secret))
                                .endObject()
                                .take();
    const std::string header = goodHeader(material).setText("alg", "HS256").set("jwk", jwk).json();
    basket.add("oct", "a secret of our own in the header's jwk, HMAC under it",
               macToken("HS256", secret, header, ownPayload(material)), ownChanges);
    return basket.take();
}

/// What the issuer publishes beside its key, as DER: a chain that ends there looks like one of its own.
static std::string genuineCertificate(const Material& material)
{
    for (const jose::Key& key : material.publicKeys)
        if (std::string found = certificateInSet(key, material.keyBytes); !found.empty())
            return found;
    return {};
}

std::vector<Forgery> forgeX5c(const Material& material)
{
    Basket basket;
    const std::string certificate = plainBase64(selfSigned(material.own.rsa, material.now));
    if (certificate.empty())
        return {};
    for (const Kid kid : kidsOfOwnKeys(material)) {
        ObjectText header = goodHeader(material).setText("alg", "RS256");
        apply(kid, header, material);
        header.set("x5c", "[" + json::quoted(certificate) + "]");
        const std::string variant = "x5c, " + std::string(toText(kid));
        basket.add(variant, "a self-signed certificate in the header's x5c: " + variant,
                   signedToken("RS256", material.own.rsa, header.json(), ownPayload(material)), ownChanges);
    }
    const std::string genuine = genuineCertificate(material);
    if (genuine.empty())
        return basket.take();
    const ObjectText header =
        goodHeader(material)
            .setText("alg", "RS256")
            .set("x5c", "[" + json::quoted(certificate) + "," + json::quoted(plainBase64(genuine)) + "]");
    basket.add("x5c, the issuer's certificate behind it",
               "a self-signed certificate in the header's x5c, and the issuer's own behind it",
               signedToken("RS256", material.own.rsa, header.json(), ownPayload(material)), ownChanges);
    return basket.take();
}

static std::string sha1(std::string_view bytes)
{
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size, EVP_sha1(),
               nullptr);
    out.resize(size);
    return out;
}

std::vector<Forgery> forgeX5t(const Material& material)
{
    Basket basket;
    const std::string der = selfSigned(material.own.rsa, material.now);
    ObjectText header = goodHeader(material).setText("alg", "RS256");
    header.setText("x5t", jose::encodeBase64Url(sha1(der)));
    header.setText("x5t#S256", jose::sha256Base64Url(der));
    basket.add("x5t and x5t#S256", "thumbprints of a certificate of our own, signed with its key",
               signedToken("RS256", material.own.rsa, header.json(), ownPayload(material)), ownChanges);
    return basket.take();
}

} // namespace claimcheck::audit
