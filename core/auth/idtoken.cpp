// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "idtoken.h"

#include <base/text.h>
#include <jose/base64url.h>
#include <jose/jws.h>
#include <jose/verify.h>

#include <QtCore/qcryptographichash.h>

#include <algorithm>

namespace claimcheck::auth {
namespace {

using inspect::Check;
using enum inspect::CheckResult;

std::string shown(const std::string& text)
{
    return "'" + visible(shortened(text, 200)) + "'";
}

std::optional<QCryptographicHash::Algorithm> hashOf(std::string_view alg)
{
    if (alg == "EdDSA" || alg == "Ed25519" || alg.ends_with("512"))
        return QCryptographicHash::Sha512;
    if (alg.ends_with("384"))
        return QCryptographicHash::Sha384;
    return alg.ends_with("256") || alg == "ES256K" ? std::optional(QCryptographicHash::Sha256) : std::nullopt;
}

class IdTokenChecks
{
public:
    IdTokenChecks(const Secret& idToken, const IdTokenExpectations& expected, Instant now)
        : m_token(jose::decode(idToken.reveal())), m_expected(expected), m_now(now)
    {}

    std::vector<Check> run()
    {
        if (m_token.segments == 5) {
            add("signature", Skipped, "the ID token is encrypted, and is not looked into");
            return std::move(m_checks);
        }
        if (!m_token.isWellFormed() || !m_token.payloadJson) {
            add("signature", Failed, "the ID token is no signed token with claims");
            return std::move(m_checks);
        }
        signature();
        issuer();
        audience();
        party();
        times();
        nonce();
        accessTokenHash();
        subject();
        return std::move(m_checks);
    }

private:
    void add(const char* name, inspect::CheckResult result, std::string why)
    {
        m_checks.push_back({name, result, std::move(why)});
    }

    std::optional<json::Value> claim(std::string_view name) const
    {
        return m_token.payloadJson->root().find(name);
    }

    std::string text(std::string_view name) const
    {
        const auto value = claim(name);
        return value ? value->string() : std::string();
    }

    void signature()
    {
        if (m_token.alg().value_or("none") == "none")
            return add("signature", Failed, "the ID token is not signed");
        if (m_expected.keys.empty())
            return add("signature", Skipped, "no key of the issuer is known; TLS alone speaks for it");
        const jose::SignatureCheck check = jose::verifySignature(m_token, m_expected.keys);
        add("signature", check.verdict == jose::SignatureVerdict::Valid ? Passed : Failed, check.why);
    }

    void issuer()
    {
        const std::string named = text("iss");
        if (m_expected.issuer.empty())
            return add("iss", Skipped, "the issuer is not known");
        if (named == m_expected.issuer)
            return add("iss", Passed, "it is " + shown(named));
        add("iss", Failed, "it is " + shown(named) + ", the sign-in was at " + shown(m_expected.issuer));
    }

    std::vector<std::string> audiences() const
    {
        std::vector<std::string> names;
        const auto value = claim("aud");
        if (value && value->isString())
            names.push_back(value->string());
        if (value && value->isArray())
            for (const json::Value& item : value->items())
                names.push_back(item.string());
        return names;
    }

    void audience()
    {
        const auto names = audiences();
        if (std::ranges::find(names, m_expected.clientId) != names.end())
            return add("aud", Passed, "the client is in it");
        add("aud", Failed,
            names.empty() ? "it is missing" : "it is " + shown(names.front()) + ", not this client's id");
    }

    /// §3.1.3.7 steps 4 and 5.
    void party()
    {
        const auto value = claim("azp");
        if (!value)
            return add("azp", audiences().size() > 1 ? Failed : Skipped,
                       audiences().size() > 1 ? "it is missing, and there are several audiences"
                                              : "there is one audience, and it is not needed");
        if (value->string() == m_expected.clientId)
            return add("azp", Passed, "it is the client");
        add("azp", Failed, "it is " + shown(value->string()) + ", not this client's id");
    }

    void times()
    {
        const auto expiry = claim("exp");
        const auto seconds = expiry ? expiry->number() : std::nullopt;
        if (!seconds)
            add("exp", Failed, "it is missing, or no number");
        else if (m_now < fromUnixSeconds(*seconds) + m_expected.leeway)
            add("exp", Passed, "it is not over");
        else
            add("exp", Failed, "the ID token was over when it came; look at the clocks");
        const auto issued = claim("iat");
        const auto from = issued ? issued->number() : std::nullopt;
        if (!from)
            add("iat", Failed, "it is missing, or no number");
        else if (fromUnixSeconds(*from) <= m_now + m_expected.leeway)
            add("iat", Passed, "it is not in the future");
        else
            add("iat", Failed, "the ID token is from the future; look at the clocks");
    }

    void nonce()
    {
        const auto value = claim("nonce");
        if (m_expected.nonce.isEmpty())
            return add("nonce", Skipped, "none was sent");
        if (!value)
            return add("nonce", Failed, "it is missing, and one was sent");
        const bool isIt = Secret(value->string()) == m_expected.nonce;
        add("nonce", isIt ? Passed : Failed,
            isIt ? "it is the one that was sent"
                 : "it is another than was sent: the ID token belongs to another sign-in");
    }

    /// §3.1.3.8: the left half of the hash that alg uses.
    void accessTokenHash()
    {
        const auto value = claim("at_hash");
        if (!value || m_expected.accessToken.isEmpty())
            return add("at_hash", Skipped, "it is not there");
        const auto algorithm = hashOf(m_token.alg().value_or(""));
        if (!algorithm)
            return add("at_hash", Skipped, "no hash is known for this algorithm");
        QCryptographicHash hash(*algorithm);
        const std::string_view bytes = m_expected.accessToken.reveal();
        hash.addData({bytes.data(), static_cast<qsizetype>(bytes.size())});
        const std::string whole = hash.result().toStdString();
        const bool isIt = value->string() == jose::encodeBase64Url(whole.substr(0, whole.size() / 2));
        add("at_hash", isIt ? Passed : Failed,
            isIt ? "it is the hash of the access token" : "it is the hash of another access token");
    }

    void subject()
    {
        const std::string named = text("sub");
        if (named.empty())
            return add("sub", Failed, "it is missing");
        if (m_expected.subject && *m_expected.subject != named)
            return add("sub", Failed, "it is another person than before");
        add("sub", Passed, "it says who signed in");
    }

    jose::Jws m_token;
    const IdTokenExpectations& m_expected;
    Instant m_now;
    std::vector<Check> m_checks;
};

} // namespace

std::vector<Check> checkIdToken(const Secret& idToken, const IdTokenExpectations& expected, Instant now)
{
    return IdTokenChecks(idToken, expected, now).run();
}

Result<void> resultOf(const std::vector<Check>& checks)
{
    const auto failed = std::ranges::find(checks, Failed, &Check::result);
    if (failed == checks.end())
        return {};
    return failure(ErrorKind::Refused, "the ID token is not to be trusted",
                   failed->name + " fails: " + failed->why + " (OpenID Connect Core §3.1.3.7)",
                   "sign in anew; if it stays so, tell the people who run the server");
}

} // namespace claimcheck::auth
