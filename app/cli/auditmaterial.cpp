// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditmaterial.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include <audit/plan.h>
#include <base/random.h>
#include <base/text.h>
#include <jose/jwe.h>
#include <jose/verify.h>

#include "input.h"
#include "tokenargument.h"

namespace claimcheck::cli {

void AuditMaterialOptions::addTo(CLI::App& app)
{
    m_keys.addTo(app);
    const auto add = [&app](const char* name, std::string& value, const char* type, const char* meaning) {
        app.add_option(name, value, meaning)->type_name(type)->group("What else is known");
    };
    add("--signing-key", m_signingKey, "FILE",
        "Your own key or secret (JWK, PEM or text), for attacks that need a rightly signed token");
    add("--second-token", m_secondToken, "TOKEN", "Another genuine token of the same issuer");
    add("--id-token", m_idToken, "TOKEN", "An ID token of the same user, to be tried as access token");
    add("--open-redirect", m_openRedirect, "URL",
        "A URL of the issuer that leads to what is appended to it, for jku");
    app.add_option(
           "--public-file", m_publicFiles,
           "A file of the server that everybody can read, by its path there, and its bytes in FILE, for kid; "
           "may be repeated")
        ->type_name("PATH=FILE")
        ->allow_extra_args(false)
        ->group("What else is known");
    app.add_option("--common-secrets", m_secrets,
                   "So many common secrets are tried in place of a key pair (25, at most 100)")
        ->type_name("N")
        ->check(CLI::Range(std::size_t(0), audit::mostSecrets))
        ->group("What else is known");
    app.add_flag("--ask-privileges", m_mayRaise,
                 "Change sub and role to admin too: a server that takes it may do as it is asked")
        ->group("What else is known");
}

static Result<jose::Jws> goodToken(const std::string& text)
{
    jose::Jws token = jose::decode(text);
    const bool isCompact = token.form == jose::Serialization::Compact && token.segments == 3;
    if (jose::isEncrypted(text) || !isCompact || !token.headerJson)
        return failure(ErrorKind::Refused, "cannot forge from this token",
                       jose::isEncrypted(text) ? "it is encrypted" : "it is no signed token in compact form",
                       "give a JWT: three parts with dots between");
    return token;
}

Result<audit::Material> AuditMaterialOptions::read(const std::string& text,
                                                   const std::vector<std::string>& words,
                                                   Console& console) const
{
    Result<jose::Jws> good = goodToken(text);
    if (!good)
        return tl::unexpected(good.error());
    Result<audit::OwnKeys> own = audit::makeOwnKeys();
    if (!own)
        return tl::unexpected(own.error());
    audit::Material material{.good = *std::move(good),
                             .now = currentTime(),
                             .nonce = toHex(randomBytes(4)),
                             .own = *std::move(own)};
    Result<void> read = readPublicKeys(material, console);
    read = read ? readSigningKey(material) : read;
    read = read ? readTokens(material, console) : read;
    read = read ? readPublicFiles(material) : read;
    if (!read)
        return tl::unexpected(read.error());
    if (material.algorithm() != nullptr && material.algorithm()->family == jose::Family::Hmac)
        material.guessedSecret = audit::guessSecretOf(material.good, words);
    return material;
}

static bool isSignedWith(const jose::Jws& token, const std::vector<jose::Key>& keys)
{
    const jose::VerifyOptions options{.allowedAlgorithms = {}, .allowWeakKeys = true};
    return jose::verifySignature(token, keys, options).verdict == jose::SignatureVerdict::Valid;
}

/// Of a key pair the public half alone: KEY is what an attacker may know.
Result<void> AuditMaterialOptions::readPublicKeys(audit::Material& material, Console& console) const
{
    if (m_isPlan && m_keys.isRemote()) {
        console.note(
            "note: no server is asked for keys in a dry run: what is made of them is not in the plan");
        return {};
    }
    Error keyError;
    const Result<inspect::KeyRing> ring = m_keys.ringToLint(console, keyError);
    if (!ring)
        return tl::unexpected(ring.error());
    if (!keyError.what.empty())
        return tl::unexpected(keyError);
    if (m_isTokenKnown && !ring->keys.empty() && !isSignedWith(material.good, ring->keys))
        console.note("note: the token is not signed with the key that is given: what is forged with it says "
                     "little");
    bool hasSecrets = false;
    for (const jose::Key& key : ring->keys) {
        hasSecrets = hasSecrets || key.isPrivate;
        if (key.type == jose::KeyType::Oct) {
            if (!material.signingKey)
                material.signingKey = key;
        } else {
            jose::Key half = key;
            half.isPrivate = false;
            material.publicKeys.push_back(std::move(half));
        }
    }
    if (!hasSecrets)
        material.keyBytes = std::string(ring->source.reveal());
    return {};
}

Result<void> AuditMaterialOptions::readSigningKey(audit::Material& material) const
{
    if (m_signingKey.empty())
        return {};
    Result<std::vector<jose::Key>> keys = readKeyFile(m_signingKey, {});
    if (!keys) { // no key: then its text is a secret, unless it is JSON (jose-policy rule 23)
        Result<std::string> bytes = readFile(m_signingKey, "signing key");
        if (!bytes || trimmed(*bytes).starts_with('{') || bytes->find("-----BEGIN") != std::string::npos)
            return tl::unexpected(bytes ? keys.error() : bytes.error());
        if (bytes->ends_with('\n'))
            bytes->pop_back();
        keys = std::vector{jose::secretKey(Secret(*bytes))};
        wipe(*bytes);
    }
    const auto found = std::ranges::find_if(*keys, [](const jose::Key& key) { return key.isPrivate; });
    if (found == keys->end())
        return failure(ErrorKind::Usage, "--signing-key cannot be used",
                       "it has no private half and is no secret", "give a public key with --key");
    material.signingKey = *found;
    if (found->type != jose::KeyType::Oct && material.publicKeys.empty()) {
        jose::Key half = *found;
        half.isPrivate = false;
        material.publicKeys.push_back(std::move(half));
    }
    return {};
}

Result<void> AuditMaterialOptions::readTokens(audit::Material& material, Console& console) const
{
    const auto read = [&console](const std::string& argument, std::string& token) -> Result<void> {
        if (argument.empty())
            return {};
        Result<std::string> text = readToken(argument, console);
        if (!text)
            return tl::unexpected(text.error());
        token = *std::move(text);
        return {};
    };
    if (auto second = read(m_secondToken, material.secondToken); !second)
        return second;
    return read(m_idToken, material.idToken);
}

Result<void> AuditMaterialOptions::readPublicFiles(audit::Material& material) const
{
    material.openRedirect = m_openRedirect;
    material.commonSecrets = m_secrets;
    material.mayRaise = m_mayRaise;
    for (const std::string& given : m_publicFiles) {
        const std::size_t equals = given.find('=');
        if (equals == 0 || equals == std::string::npos)
            return failure(ErrorKind::Usage, "--public-file " + visible(given) + " cannot be used",
                           "it is no PATH=FILE", "write css/app.css=app.css");
        Result<std::string> bytes = readFile(given.substr(equals + 1), "public file");
        if (!bytes)
            return tl::unexpected(bytes.error());
        material.publicFiles.push_back({given.substr(0, equals), *std::move(bytes)});
    }
    return {};
}

Result<std::vector<const audit::Attack*>> attacksOf(const std::vector<std::string>& words,
                                                    std::string_view option)
{
    std::vector<const audit::Attack*> chosen;
    for (const std::string& word : words) {
        const std::vector<const audit::Attack*> named = audit::attacksNamed(word);
        if (named.empty())
            return failure(ErrorKind::Usage, std::string(option) + " cannot be used",
                           "no attack is called " + visible(word), "see claimcheck-cli token forge --list");
        chosen.insert(chosen.end(), named.begin(), named.end());
    }
    return chosen;
}

} // namespace claimcheck::cli
