// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/tokenreading.h>

#include <algorithm>

#include <QtCore/qset.h>

#include <inspect/broken.h>
#include <token/jsonview.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {

CellRow claimRow(const inspect::Claim& claim, Instant now)
{
    const QString value = shown(claim.value);
    const QString meaning = shown(explain(claim, now));
    const Role nameRole = claim.duplicate ? Role::Bad : Role::TokenPayload;
    return {Cell{shown(claim.name, 200), nameRole, Cell::Face::Mono},
            Cell{value, Role::Text, Cell::Face::Mono, {}, value},
            Cell{meaning, Role::Muted, Cell::Face::Normal, {}, meaning}};
}

namespace {

/// Nothing was asked of the key where there is none: that check did not fail, it was not made.
std::vector<inspect::Check> withoutKey(std::vector<inspect::Check> checks)
{
    for (inspect::Check& check : checks)
        if (check.name == "key" || check.name.starts_with("layer "))
            check = {check.name, inspect::CheckResult::Skipped, "not checked, no key was given"};
    return checks;
}

/// With its payload where that stands beside it.
inspect::Inspection judge(const std::string& token, const inspect::KeyRing& ring, const Measure& measure,
                          Instant now, const inspect::Context& context)
{
    if (!measure.terms.payload)
        return inspect::inspect(token, ring, measure.expectations, now, context);
    return inspect::Inspector(ring, measure.expectations)
        .inspect(jose::decodeAll(token, measure.terms.payload), now, context);
}

/// A token without a verdict, with every check that needs no key. A proof of possession brings its key.
inspect::Inspection inspectWithoutKey(const std::string& token, const Measure& measure, Instant now)
{
    inspect::Inspection judged = judge(token, {}, measure, now, measure.context);
    if (judged.verdict != inspect::Verdict::NoKey && judged.verdict != inspect::Verdict::Malformed &&
        !judged.keyUsed.empty())
        return judged;
    inspect::Inspection decoded = inspect::inspect(token, now, measure.context);
    if (!decoded.isOpaque() && decoded.token.segments != 5)
        decoded.checks = withoutKey(std::move(judged.checks));
    return decoded;
}

/// The key that the signature fits, else the one that opened an encrypted token; one that was merely tried
/// has proved nothing, and carries no mark that says so.
std::optional<std::size_t> chosenKey(const inspect::Inspection& inspection, const inspect::KeyRing& ring)
{
    if (ring.isEmpty())
        return std::nullopt;
    const jose::Jws& token = inspection.sdJwt ? inspection.sdJwt->issuer : inspection.token;
    const jose::SignatureCheck signature = jose::verifySignature(token, ring.keys, ring.options);
    if (signature.verdict == jose::SignatureVerdict::Valid)
        return signature.key;
    const auto opened =
        std::ranges::find(inspection.layers, inspect::Verdict::Decrypted, &inspect::Layer::verdict);
    if (opened == inspection.layers.end() || opened->keyUsed.empty())
        return std::nullopt;
    const auto isUsed = [&](const jose::Key& key) { return jose::describe(key) == opened->keyUsed; };
    const auto found = std::ranges::find_if(ring.keys, isUsed);
    return found == ring.keys.end()
               ? std::nullopt
               : std::optional<std::size_t>(static_cast<std::size_t>(found - ring.keys.begin()));
}

/// What the file of an issuer's key allows is narrowed by what is allowed here, and never widened.
jose::VerifyOptions optionsOf(const Measure& measure)
{
    jose::VerifyOptions options = measure.terms.options;
    const std::vector<std::string>& named = measure.ring.options.allowedAlgorithms;
    if (measure.issuerKey.empty() || named.empty())
        return options;
    std::vector<std::string>& allowed = options.allowedAlgorithms;
    if (allowed.empty()) {
        allowed = named;
        return options;
    }
    std::erase_if(allowed,
                  [&](const std::string& each) { return std::ranges::find(named, each) == named.end(); });
    if (allowed.empty())
        allowed.emplace_back(); // nothing is left: no algorithm has this name, and an empty list allows all
    return options;
}

/// Which of the claims the holder chose to show.
void markDisclosed(const jose::SdJwt& sd, std::vector<CellRow>& rows)
{
    QSet<QString> names;
    for (const jose::Disclosure& disclosure : sd.disclosures)
        if (disclosure.name)
            names.insert(shown(disclosure.path, 200));
    for (CellRow& row : rows)
        if (names.contains(row[0].text))
            row[2].text = QString(row[2].text + QStringLiteral(" · disclosed"));
}

} // namespace

TokenReading readToken(const std::string& token, const Measure& measure, Instant now)
{
    TokenReading reading;
    if (token.empty())
        return reading;
    inspect::Context context = measure.context;
    context.nonces = measure.nonces.get();
    inspect::KeyRing ring = measure.ring;
    ring.options = optionsOf(measure);
    reading.issuerKey = measure.issuerKey;
    reading.inspection =
        ring.isEmpty() ? inspectWithoutKey(token, measure, now) : judge(token, ring, measure, now, context);
    if (measure.issuerKey.empty()) // the list of keys shows those that were given
        reading.chosenKey = chosenKey(reading.inspection, ring);
    const jose::Jws& parts = reading.inspection.token;
    reading.header = partText(parts.headerJson, std::string(inspect::readableBytes(parts.header)));
    reading.payload = partText(parts.payloadJson, std::string(inspect::readableBytes(parts.payload)));
    const std::size_t count = std::min(reading.inspection.claims.size(), mostClaims);
    for (std::size_t index = 0; index < count; ++index)
        reading.claims.push_back(claimRow(reading.inspection.claims[index], now));
    if (reading.inspection.sdJwt)
        markDisclosed(*reading.inspection.sdJwt, reading.claims);
    return reading;
}

} // namespace claimcheck::ui
