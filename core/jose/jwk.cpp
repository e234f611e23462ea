// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// JWK (RFC 7517, RFC 7518 §6, RFC 8037 §2). What cannot be understood is an error; what is understood and
// breaks a rule becomes a key with a refusal, so that a token of its kid is rejected and not "without key".

#include "curve.h"
#include "keydetail.h"

#include <jose/base64.h>
#include <jose/base64url.h>

#include <array>

#include <base/text.h>

namespace claimcheck::jose {

using namespace openssl;

namespace {

/// One JWK while it is read. The first thing that goes wrong stands in error or in key.refusal.
class JwkReader
{
public:
    explicit JwkReader(const json::Value& jwk) : m_jwk(jwk) {}

    Result<Key> read()
    {
        m_key.source = KeySource::Jwk;
        m_key.format = "JWK";
        readCommon();
        if (!m_error)
            readType();
        if (isGood())
            readCertificate();
        if (m_error)
            return tl::unexpected(std::move(*m_error));
        if (m_key.refusal.empty())
            judge(m_key);
        return std::move(m_key);
    }

private:
    void fail(std::string why, std::string fix = "correct the JWK, or copy it anew")
    {
        if (!m_error)
            m_error = unreadableKey(std::move(why), std::move(fix)).value();
    }

    void refuse(std::string why)
    {
        if (m_key.refusal.empty())
            m_key.refusal = std::move(why);
    }

    bool isGood() const { return !m_error && m_key.refusal.empty(); }

    std::optional<std::string> text(std::string_view name)
    {
        const auto value = m_jwk.find(name);
        if (!value)
            return std::nullopt;
        if (!value->isString())
            fail("its member '" + std::string(name) + "' is no string");
        return value->string();
    }

    /// RFC 7517 §4.
    void readCommon()
    {
        const std::vector<std::string> twice = m_jwk.duplicates();
        if (!twice.empty())
            fail("its member '" + visible(twice.front()) + "' occurs more than once");
        m_key.kid = text("kid");
        m_key.alg = text("alg");
        m_key.use = text("use");
        const auto operations = m_jwk.find("key_ops");
        if (!operations)
            return;
        m_key.keyOps.emplace();
        if (!operations->isArray())
            fail("its member 'key_ops' is no list");
        for (const json::Value& operation : operations->items())
            m_key.keyOps->push_back(operation.string());
    }

    /// RFC 7517 §4.7 and §4.9. What is no certificate is no reason to refuse the key beside it.
    void readCertificate()
    {
        const auto thumbprint = m_jwk.find("x5t#S256");
        if (thumbprint && thumbprint->isString())
            m_key.certificateThumbprint = thumbprint->string();
        const auto chain = m_jwk.find("x5c");
        const auto certificates = chain ? chain->items() : std::vector<json::Value>();
        if (certificates.empty() || !m_key.handle)
            return;
        const auto der = decodeBase64(certificates.front().string());
        const Result<Key> certified = der ? readDer(*der, {}) : unreadableKey("");
        if (!certified || certified->source != KeySource::Certificate)
            return;
        if (EVP_PKEY_eq(m_key.handle.get(), certified->handle.get()) != 1)
            return refuse("its certificate ('x5c') is for another key (RFC 7517 §4.7)");
        if (!m_key.certificateThumbprint)
            m_key.certificateThumbprint = certified->certificateThumbprint;
    }

    void readType()
    {
        const std::string type = text("kty").value_or("");
        if (!m_jwk.find("kty"))
            fail("it is JSON, but no JWK: the member 'kty' is missing");
        else if (type == "oct")
            readOct();
        else if (type == "RSA")
            readRsa();
        else if (type == "EC" || type == "OKP")
            readCurve(type == "EC" ? KeyType::Ec : KeyType::Okp);
        else
            fail("its key type '" + visible(type) + "' is unknown here; oct, RSA, EC and OKP are used",
                 whatIsUsed);
    }

    /// The bytes of a member that has to be there.
    Secret required(std::string_view name)
    {
        if (!m_jwk.find(name)) {
            refuse("its 'kty' does not fit its members: '" + std::string(name) + "' is missing");
            return {};
        }
        return optional(name);
    }

    Secret optional(std::string_view name)
    {
        std::string encoded = text(name).value_or("");
        Result<std::string> decoded = decodeBase64Url(encoded);
        wipe(encoded);
        if (!decoded) {
            fail("its member '" + std::string(name) + "' is no base64url: " + decoded.error().why,
                 "write it as base64url: '-' for '+', '_' for '/', and no '=' (RFC 7518 §2)");
            return {};
        }
        Secret bytes(*decoded);
        wipe(*decoded);
        return bytes;
    }

    Secret ofLength(std::string_view name, const Curve& curve)
    {
        Secret bytes = required(name);
        if (isGood() && bytes.size() != curve.bytes)
            refuse("its member '" + std::string(name) + "' has " + std::to_string(bytes.size()) +
                   " bytes; on " + std::string(curve.name) + " it has " + std::to_string(curve.bytes));
        return bytes;
    }

    /// RFC 7518 §6.4.
    void readOct()
    {
        m_key.type = KeyType::Oct;
        m_key.isPrivate = true;
        m_key.secret = required("k");
        m_key.bits = m_key.secret.size() * 8;
    }

    /// RFC 7518 §6.3.
    void readRsa()
    {
        m_key.type = KeyType::Rsa;
        const Secret modulus = required("n");
        const Secret exponent = required("e");
        if (m_jwk.find("oth"))
            fail("it is an RSA key of more than two primes ('oth'), which is not read here");
        m_key.isPrivate = m_jwk.find("d").has_value();
        if (!isGood())
            return;
        const Number n = number(modulus.reveal());
        if (!n)
            return refuse(noRoom);
        m_key.bits = static_cast<std::size_t>(BN_num_bits(n.get()));
        // Larger ones would not even be built; judge() has the words for all the other rules.
        if (m_key.bits > 16384)
            return refuse("its RSA modulus has " + std::to_string(m_key.bits) +
                          " bits; more than 16384 are "
                          "not computed with");
        buildRsa(modulus, exponent);
    }

    void buildRsa(const Secret& modulus, const Secret& exponent)
    {
        static constexpr std::array<std::pair<std::string_view, const char*>, 6> names{{
            {"d", OSSL_PKEY_PARAM_RSA_D},
            {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
            {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},
            {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
            {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2},
            {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1},
        }};
        std::vector<Number> numbers;
        const ParameterBuilder builder(OSSL_PARAM_BLD_new());
        bool isComplete = builder != nullptr;
        const auto push = [&](const char* name, const Secret& value) {
            numbers.push_back(number(value.reveal()));
            isComplete = isComplete && numbers.back() &&
                         OSSL_PARAM_BLD_push_BN(builder.get(), name, numbers.back().get()) == 1;
        };
        push(OSSL_PKEY_PARAM_RSA_N, modulus);
        push(OSSL_PKEY_PARAM_RSA_E, exponent);
        const bool hasPrimes = std::all_of(names.begin() + 1, names.end(), [this](const auto& name) {
            return m_jwk.find(name.first).has_value();
        });
        for (const auto& [name, parameter] : names) {
            if (m_key.isPrivate && (name == "d" || hasPrimes))
                push(parameter, required(name));
        }
        if (isGood() && !isComplete)
            refuse(noRoom);
        if (isGood())
            build("RSA", *builder);
    }

    /// RFC 7518 §6.2, RFC 8037 §2.
    void readCurve(KeyType type)
    {
        m_key.type = type;
        m_key.curve = text("crv").value_or("");
        m_key.isPrivate = m_jwk.find("d").has_value();
        const Curve* curve = findCurve(m_key.curve);
        if (m_error)
            return;
        if (!m_jwk.find("crv"))
            return refuse("its 'kty' does not fit its members: 'crv' is missing");
        if (curve == nullptr)
            return fail("its curve '" + visible(m_key.curve) + "' is unknown here",
                        "give a key on P-256, P-384, P-521, secp256k1, Ed25519, Ed448, X25519 or X448");
        m_key.bits = curve->bits;
        if (curve->keyType != type)
            return refuse("its 'kty' does not go with the curve " + m_key.curve);
        if (type == KeyType::Ec)
            buildEc(*curve);
        else
            buildOkp(*curve);
    }

    void buildEc(const Curve& curve)
    {
        const Secret x = ofLength("x", curve);
        const Secret y = ofLength("y", curve);
        const Secret d = m_key.isPrivate ? ofLength("d", curve) : Secret();
        if (!isGood())
            return;
        // SEC1 §2.3.3: 04, then both coordinates.
        std::string point = "\x04";
        point.append(x.reveal()).append(y.reveal());
        const Number secret = m_key.isPrivate ? number(d.reveal()) : Number();
        const ParameterBuilder builder(OSSL_PARAM_BLD_new());
        const bool isComplete =
            builder &&
            OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                            curve.opensslName.data(), 0) == 1 &&
            OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                             point.size()) == 1 &&
            (!m_key.isPrivate ||
             (secret && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get()) == 1));
        if (!isComplete)
            return refuse(noRoom);
        build("EC", *builder);
        if (!m_key.handle)
            refuse("its point does not lie on the curve " + m_key.curve +
                   ", or its private half is out of "
                   "range");
    }

    void buildOkp(const Curve& curve)
    {
        const Secret x = ofLength("x", curve);
        const Secret d = m_key.isPrivate ? ofLength("d", curve) : Secret();
        if (!isGood())
            return;
        const char* name = curve.opensslName.data();
        const std::string_view half = m_key.isPrivate ? d.reveal() : x.reveal();
        Pkey key(m_key.isPrivate
                     ? EVP_PKEY_new_raw_private_key_ex(nullptr, name, nullptr, bytes(half), half.size())
                     : EVP_PKEY_new_raw_public_key_ex(nullptr, name, nullptr, bytes(half), half.size()));
        std::string computed(curve.bytes, '\0');
        std::size_t length = computed.size();
        if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytes(computed), &length) != 1)
            return refuse("it is no key on the curve " + m_key.curve);
        if (computed != x.reveal())
            return refuse("its private half does not belong to its public half");
        m_key.handle = std::shared_ptr<EVP_PKEY>(std::move(key));
    }

    void build(const char* type, OSSL_PARAM_BLD& builder)
    {
        const Parameters parameters(OSSL_PARAM_BLD_to_param(&builder));
        const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
        EVP_PKEY* key = nullptr;
        const bool isBuilt = parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                             EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) == 1;
        if (isBuilt)
            m_key.handle = std::shared_ptr<EVP_PKEY>(Pkey(key));
        else if (m_key.type == KeyType::Rsa)
            refuse("its RSA numbers make no key");
    }

    // Where OpenSSL could not even take the numbers.
    static constexpr const char* noRoom = "its numbers could not be handed to OpenSSL";

    json::Value m_jwk;
    Key m_key;
    std::optional<Error> m_error;
};

} // namespace

Result<Key> readJwk(const json::Value& jwk)
{
    const ErrorQueue queue;
    if (!jwk.isObject())
        return unreadableKey("a JWK is a JSON object", whatIsRead);
    return JwkReader(jwk).read();
}

} // namespace claimcheck::jose
