// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/auditfamilies.h>

#include <QtCore/qcoreapplication.h>

#include <string_view>
#include <utility>

namespace claimcheck::ui {
namespace {

QString familyWords(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::AuditFamily", text);
}

/// By what the id of an attack begins with; the first that fits counts.
constexpr std::pair<std::string_view, const char*> beginnings[] = {{"payload-changed", "signature"},
                                                                   {"broken-signature", "signature"},
                                                                   {"other-signature", "signature"},
                                                                   {"header-changed", "signature"},
                                                                   {"signature-stripped", "unsigned"},
                                                                   {"alg-", "unsigned"},
                                                                   {"header-names", "unsigned"},
                                                                   {"hs-key-confusion", "keys"},
                                                                   {"empty-hmac-key", "keys"},
                                                                   {"weak-hmac-secret", "keys"},
                                                                   {"leftover-secret", "keys"},
                                                                   {"psychic-signature", "keys"},
                                                                   {"jwe-confusion", "keys"},
                                                                   {"embedded-", "brought"},
                                                                   {"x5", "brought"},
                                                                   {"jku-", "brought"},
                                                                   {"iss-array-listener", "brought"},
                                                                   {"iss-listener", "brought"},
                                                                   {"kid-", "kid"},
                                                                   {"expired-", "claims"},
                                                                   {"malformed-exp", "claims"},
                                                                   {"nbf-", "claims"},
                                                                   {"wrong-", "claims"},
                                                                   {"missing-", "claims"},
                                                                   {"iss-array", "claims"},
                                                                   {"crit-", "claims"},
                                                                   {"other-typ", "claims"},
                                                                   {"token-type-", "claims"},
                                                                   {"other-user", "claims"},
                                                                   {"method-bypass", "ways"},
                                                                   {"token-in-", "ways"},
                                                                   {"other-schemes", "ways"},
                                                                   {"two-tokens", "ways"}};

} // namespace

std::vector<AuditFamily> auditFamilies()
{
    return {{"signature", familyWords("Changed tokens"),
             familyWords("Changes the token and keeps its signature, or breaks the signature.")},
            {"unsigned", familyWords("Tokens without a signature"),
             familyWords("Says that the token is not signed, in every spelling.")},
            {"keys", familyWords("Keys that anybody has"),
             familyWords("Signs with the public key, an empty key or a published secret.")},
            {"brought", familyWords("Keys that the token brings along"),
             familyWords("Names a key of its own, inside of the token or at a listener on this machine.")},
            {"kid", familyWords("The name of the key"),
             familyWords("Makes the look-up of the key find a file, a query or nothing.")},
            {"claims", familyWords("Claims that do not hold"),
             familyWords("Rightly signed tokens that are over, for others or from others.")},
            {"ways", familyWords("Other ways in"),
             familyWords("Other methods, and the good token in other places.")},
            {"parsers", familyWords("Tokens that parsers disagree on"),
             familyWords("Other encodings, forms and headers that are none.")}};
}

std::string familyOf(const audit::Attack& attack)
{
    if (attack.stage == audit::Stage::Control)
        return {};
    for (const auto& [beginning, family] : beginnings)
        if (attack.id.starts_with(beginning))
            return family;
    return "parsers";
}

std::vector<const audit::Attack*> attacksIn(const std::set<std::string>& families)
{
    std::vector<const audit::Attack*> chosen;
    for (const audit::Attack& attack : audit::attacks())
        if (families.contains(familyOf(attack)))
            chosen.push_back(&attack);
    return chosen;
}

} // namespace claimcheck::ui
