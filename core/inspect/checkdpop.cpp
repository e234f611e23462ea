// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a DPoP proof says beside its signature (RFC 9449 §4.3): its own key, the request that it is for, the
// access token that it belongs to.

#include "checks.h"

#include <array>

#include <base/text.h>

#include <openssl/evp.h>

namespace claimcheck::inspect {

// §11.1: "relatively brief"; as long as a login takes.
static constexpr Seconds longestLife{300};

/// %2f and %2F are the same (RFC 3986 §6.2.2.1).
static std::string withUpperEscapes(std::string_view path)
{
    std::string text(path);
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        if (text[i] != '%')
            continue;
        for (std::size_t k = i + 1; k <= i + 2; ++k)
            text[k] = text[k] >= 'a' && text[k] <= 'f' ? static_cast<char>(text[k] - 'a' + 'A') : text[k];
    }
    return text;
}

/// An address without query and fragment, in one spelling (RFC 9449 §4.3 step 9, RFC 3986 §6.2.2 and §6.2.3).
static std::string targetOf(std::string_view url)
{
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos)
        return std::string(url);
    const std::string scheme = toLowerAscii(url.substr(0, colon));
    const std::string_view rest = url.substr(colon + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string authority = toLowerAscii(rest.substr(0, slash));
    const std::string_view usualPort = scheme == "https" ? ":443" : ":80";
    if (authority.ends_with(usualPort))
        authority.resize(authority.size() - usualPort.size());
    return scheme + "://" + authority + (slash == rest.size() ? "/" : withUpperEscapes(rest.substr(slash)));
}

static std::string hashOf(std::string_view text)
{
    std::array<unsigned char, 32> hash{};
    if (EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), hash.data(), nullptr) != 1)
        return {};
    return jose::encodeBase64Url({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

Result<jose::Key> keyOfProof(const jose::Jws& proof)
{
    const auto refused = [](std::string why) {
        return failure(ErrorKind::Refused, "the proof's key (jwk)", std::move(why));
    };
    const auto jwk = proof.headerJson ? proof.headerJson->root().find("jwk") : std::nullopt;
    if (!jwk || !jwk->isObject())
        return refused("the header brings no key (jwk, RFC 9449 §4.2)");
    auto keys = jose::readKeys(jwk->text());
    if (!keys)
        return refused("the key in the header (jwk) cannot be read: " + keys.error().why);
    jose::Key key = std::move(keys->front());
    if (key.type == jose::KeyType::Oct)
        return refused("the key in the header (jwk) is a secret (RFC 9449 §4.3)");
    if (key.isPrivate)
        return refused("the key in the header (jwk) is a private one: whoever saw the proof has it");
    key.format = "the proof's own jwk";
    return key;
}

namespace {

class ProofChecks
{
public:
    ProofChecks(const Subject& subject, Judgement& judgement)
        : m_subject(subject), m_expected(*subject.expectations), m_judgement(judgement)
    {}

    void run()
    {
        checkKey();
        checkText("htm", m_expected.method, "method",
                  [](std::string_view text) { return std::string(text); });
        checkText("htu", m_expected.url, "address", targetOf);
        checkPresent("jti");
        checkAge();
        checkNonce();
        checkAccessToken();
    }

private:
    std::optional<std::string> claim(std::string_view name) const
    {
        const json::Value* value = m_subject.inClaims(name);
        return value != nullptr && value->isString() ? std::optional(value->string()) : std::nullopt;
    }

    void reject(const char* name, std::string why) { m_judgement.fail(name, why, Fault::ClaimPolicy); }

    /// Steps 6 and 7; a key that was given must be the proof's own.
    void checkKey()
    {
        const Result<jose::Key> own = keyOfProof(m_subject.token);
        if (!own)
            return m_judgement.fail("jwk", own.error().why, Fault::KeyPolicy);
        m_thumbprint = jose::thumbprint(*own).value_or("");
        const jose::Key* used = m_subject.key();
        if (used != nullptr && jose::thumbprint(*used).value_or("") != m_thumbprint)
            return m_judgement.fail("jwk", "the key in the header is not the one given", Fault::KeyPolicy);
        m_judgement.pass("jwk", "its thumbprint is " + m_thumbprint);
    }

    template <typename Normalise>
    void checkText(const char* name, const std::optional<std::string>& expected, const char* what,
                   Normalise normalise)
    {
        const std::optional<std::string> value = claim(name);
        if (!value)
            return reject(name,
                          "the proof does not name the request's " + std::string(what) + " (" + name + ")");
        if (!expected)
            return m_judgement.skip(name, "not checked, no " + std::string(what) + " is expected");
        if (normalise(*value) == normalise(*expected))
            return m_judgement.pass(name, "is '" + shortened(*value) + "'");
        reject(name, "the proof is for '" + shortened(*value) + "'; the request goes to '" +
                         shortened(*expected) + "'");
    }

    void checkPresent(const char* name)
    {
        if (claim(name).value_or("").empty())
            reject(name, "the proof has no " + std::string(name) + ", so that it could be used twice");
        else
            m_judgement.pass(name, "is there; whether it was used before is for the server to know");
    }

    /// Step 11.
    void checkAge()
    {
        const DateClaim& iat = m_subject.iat;
        if (!iat.isPresent())
            return reject("age", "the proof does not say when it was made (iat)");
        const std::string when = formatRelative(iat.time, m_subject.now) + ", at " + formatUtc(iat.time);
        if (iat.time > m_subject.now && iat.time - m_subject.now > m_expected.leeway)
            m_judgement.fail("age", "the proof was made in the future: " + when, Fault::NotYetValid);
        else if (m_subject.now <= iat.time || m_subject.now - iat.time <= longestLife + m_expected.leeway)
            m_judgement.pass("age", "made " + when);
        else if (m_expected.allowExpired)
            m_judgement.warn("age", "made " + when + ", which is allowed");
        else
            m_judgement.fail("age", "made " + when + "; a proof is good for five minutes", Fault::Expired);
    }

    /// Step 10.
    void checkNonce()
    {
        const std::optional<std::string> nonce = claim("nonce");
        if (!m_expected.nonce)
            return m_judgement.skip("nonce", "not checked, none expected");
        if (nonce == m_expected.nonce)
            return m_judgement.pass("nonce", "is '" + shortened(*nonce) + "'");
        reject("nonce", nonce ? "the proof has the nonce '" + shortened(*nonce) + "'; another one is expected"
                              : "the proof has no nonce; one is expected");
    }

    /// Step 12.
    void checkAccessToken()
    {
        if (m_expected.accessToken.isEmpty()) {
            m_judgement.skip("ath", "not checked, no access token is given");
            return m_judgement.skip("cnf", "not checked, no access token is given");
        }
        const std::string_view token = m_expected.accessToken.reveal();
        const std::optional<std::string> hash = claim("ath");
        if (hash && !hash->empty() && *hash == hashOf(token))
            m_judgement.pass("ath", "is the hash of the access token");
        else
            reject("ath",
                   hash ? "the proof is for another access token" : "the proof names no access token (ath)");
        checkBinding(token);
    }

    /// RFC 9449 §6.1.
    void checkBinding(std::string_view token)
    {
        const jose::Jws access = jose::decode(token);
        if (!access.payloadJson)
            return m_judgement.skip("cnf", "not checked, only the server can read the access token");
        const auto cnf = access.payloadJson->root().find("cnf");
        const auto bound = cnf ? cnf->find("jkt") : std::nullopt;
        if (!bound)
            reject("cnf", "the access token is bound to no key (cnf.jkt): anybody who has it can use it");
        else if (!m_thumbprint.empty() && bound->string() == m_thumbprint)
            m_judgement.pass("cnf", "the access token is bound to the proof's key");
        else
            reject("cnf", "the access token is bound to another key: '" + shortened(bound->string()) + "'");
    }

    const Subject& m_subject;
    const Expectations& m_expected;
    Judgement& m_judgement;
    std::string m_thumbprint;
};

} // namespace

/// OpenID Connect Core §3.1.3.7 step 11: of an ID token.
static void checkIdNonce(const Subject& subject, Judgement& judgement)
{
    const std::string& expected = *subject.expectations->nonce;
    const json::Value* nonce = subject.inClaims("nonce");
    if (nonce == nullptr || !nonce->isString())
        judgement.fail("nonce", "the token has no nonce; '" + shortened(expected) + "' is expected",
                       Fault::ClaimPolicy);
    else if (nonce->string() == expected)
        judgement.pass("nonce", "is '" + shortened(expected) + "'");
    else
        judgement.fail("nonce",
                       "the token has the nonce '" + shortened(nonce->string()) + "'; '" +
                           shortened(expected) + "' is expected",
                       Fault::ClaimPolicy);
}

bool isProofWithRequest(const Subject& subject)
{
    return subject.profile == Profile::DpopProof && subject.expectations->method && subject.expectations->url;
}

void checkProof(const Subject& subject, Judgement& judgement)
{
    const Expectations& expected = *subject.expectations;
    if (subject.profile == Profile::DpopProof)
        ProofChecks(subject, judgement).run();
    else if (expected.method || expected.url || !expected.accessToken.isEmpty())
        judgement.fail("htm", "a request is expected, and the token is no DPoP proof (typ 'dpop+jwt')",
                       Fault::ClaimPolicy);
    else if (expected.nonce && subject.sd == nullptr)
        checkIdNonce(subject, judgement);
}

} // namespace claimcheck::inspect
