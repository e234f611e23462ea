// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/guardform.h>

#include <algorithm>

#include <base/text.h>
#include <jose/verify.h>
#include <keys/source.h>

namespace claimcheck::ui {
namespace {

std::string claimText(const jose::Jws& token, std::string_view name)
{
    const auto claim = token.payloadJson ? token.payloadJson->root().find(name) : std::nullopt;
    return claim && claim->isString() ? claim->string() : std::string();
}

/// Of a PEM file the guard reads the public half; a typed secret is one of several readings of its text.
std::vector<jose::Key> fittingKeys(const jose::Jws& token, const inspect::KeyRing& ring)
{
    std::vector<jose::Key> fitting;
    for (const jose::Key& key : ring.keys) {
        const auto check = jose::verifySignature(token, std::span(&key, 1),
                                                 {.allowedAlgorithms = {}, .allowWeakKeys = true});
        if (check.verdict != jose::SignatureVerdict::Valid)
            continue;
        fitting.push_back(key);
        if (key.type != jose::KeyType::Oct)
            fitting.back().isPrivate = false;
    }
    return fitting;
}

Result<void> checkPlace(const GuardForm& form)
{
    const bool isAddress = form.kind == audit::GuardKey::JwksUrl || form.kind == audit::GuardKey::Issuer;
    if (isAddress)
        return keys::checkAddress(form.place, form.kind == audit::GuardKey::Issuer
                                                  ? "the address of the issuer"
                                                  : "the address of the keys");
    if (!form.place.empty())
        return {};
    const bool isFile = form.kind == audit::GuardKey::PemFile;
    return failure(ErrorKind::Usage, "the guard cannot be written",
                   isFile ? "it is not said which file the public key is in"
                          : "it is not said which environment variable holds the secret",
                   isFile ? "name the file, for example public.pem"
                          : "name the variable, for example JWT_SECRET");
}

/// What the form can mend is said in its words.
Result<void> checkFit(const GuardForm& form, const jose::Jws& token)
{
    const jose::Algorithm* const algorithm = jose::findAlgorithm(token.alg().value_or(""));
    const bool isSecret = form.kind == audit::GuardKey::SecretVariable;
    if (algorithm != nullptr && isSecret != (algorithm->family == jose::Family::Hmac))
        return failure(ErrorKind::Refused, "the guard cannot be written",
                       "the token is signed with " + std::string(algorithm->name) +
                           (isSecret ? ", which no secret is for" : ", which is for secrets"),
                       isSecret ? "choose a file, the address of a key set, or an issuer"
                                : "choose the environment variable with the secret");
    if (form.audience.empty() && audiencesOf(token).size() > 1)
        return failure(ErrorKind::Usage, "the guard cannot be written", "the token is for several audiences",
                       "choose the one that this server is");
    if (form.kind == audit::GuardKey::Issuer && claimText(token, "iss") != form.place)
        return failure(ErrorKind::Refused, "the guard cannot be written",
                       "the token's iss is not this issuer",
                       "write the issuer exactly as the token's iss has it");
    return {};
}

} // namespace

GuardForm guardFormFor(const jose::Jws& token, const std::string& jwksUrl)
{
    GuardForm form;
    const jose::Algorithm* const algorithm = jose::findAlgorithm(token.alg().value_or(""));
    const bool isMac = algorithm == nullptr || algorithm->family == jose::Family::Hmac;
    if (isMac) {
        form.place = "JWT_SECRET";
        return form;
    }
    if (!keys::faultOf(jwksUrl)) {
        form.kind = audit::GuardKey::JwksUrl;
        form.place = jwksUrl;
        return form;
    }
    const std::string issuer = claimText(token, "iss");
    const bool isAddress = !keys::faultOf(issuer);
    form.kind = isAddress ? audit::GuardKey::Issuer : audit::GuardKey::PemFile;
    form.place = isAddress ? issuer : "public.pem";
    return form;
}

std::vector<std::string> audiencesOf(const jose::Jws& token)
{
    std::vector<std::string> all;
    const auto claim = token.payloadJson ? token.payloadJson->root().find("aud") : std::nullopt;
    if (!claim || !claim->isArray())
        return all;
    for (const json::Value& each : claim->items())
        if (each.isString())
            all.push_back(each.string());
    return all;
}

Result<GuardText> guardText(const GuardForm& form, const std::string& token, const inspect::KeyRing& ring)
{
    const audit::GuardTarget* const target = audit::findGuardTarget(form.target);
    if (target == nullptr)
        return failure(ErrorKind::Usage, "the guard cannot be written",
                       "no server is called " + visible(form.target), "choose one of the list");
    if (const auto checked = checkPlace(form); !checked)
        return tl::unexpected(checked.error());
    const jose::Jws decoded = jose::decode(token);
    if (const auto fits = checkFit(form, decoded); !fits)
        return tl::unexpected(fits.error());
    audit::GuardRequest request;
    request.kind = form.kind;
    request.place = form.place;
    request.keys = fittingKeys(decoded, ring);
    if (!form.audience.empty())
        request.audience = form.audience;
    request.leeway = Seconds(form.leeway);
    const auto guard = audit::guardFor(decoded, request);
    if (!guard)
        return tl::unexpected(guard.error());
    const auto code = audit::guardCode(*target, *guard);
    if (!code) // its library does not have the algorithm
        return failure(code.error().kind, code.error().what, code.error().why, "choose another server");
    GuardText text{std::string(target->file), *code, guard->notes};
    if (!request.keys.empty())
        return text;
    if (guard->uncheckedKey) // in the words of the command line
        text.notes.erase(text.notes.begin() + static_cast<std::ptrdiff_t>(*guard->uncheckedKey));
    text.notes.emplace_back("none of the known keys verifies this token: whether the key that is named "
                            "here is the one that it was signed with is not known");
    return text;
}

} // namespace claimcheck::ui
