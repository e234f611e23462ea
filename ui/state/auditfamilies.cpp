// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/auditfamilies.h>

#include <QtCore/qcoreapplication.h>

namespace claimcheck::ui {

using audit::Family;

namespace {

QString familyWords(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::AuditFamily", text);
}

} // namespace

std::vector<AuditFamily> auditFamilies()
{
    return {{Family::Signature, familyWords("Changed tokens"),
             familyWords("Changes the token and keeps its signature, or breaks the signature.")},
            {Family::Unsigned, familyWords("Tokens without a signature"),
             familyWords("Says that the token is not signed, in every spelling.")},
            {Family::KnownKeys, familyWords("Keys that anybody has"),
             familyWords("Signs with the public key, an empty key or a published secret.")},
            {Family::BroughtKeys, familyWords("Keys that the token brings along"),
             familyWords("Names a key of its own, inside of the token or at a listener on this machine.")},
            {Family::KeyName, familyWords("The name of the key"),
             familyWords("Makes the look-up of the key find a file, a query or nothing.")},
            {Family::Claims, familyWords("Claims that do not hold"),
             familyWords("Rightly signed tokens that are over, for others or from others.")},
            {Family::Ways, familyWords("Other ways in"),
             familyWords("Other methods, and the good token in other places.")},
            {Family::Parsers, familyWords("Tokens that parsers disagree on"),
             familyWords("Other encodings, forms and headers that are none.")}};
}

std::vector<const audit::Attack*> attacksIn(const std::set<audit::Family>& families)
{
    std::vector<const audit::Attack*> chosen;
    for (const audit::Attack& attack : audit::attacks())
        if (families.contains(attack.family))
            chosen.push_back(&attack);
    return chosen;
}

} // namespace claimcheck::ui
