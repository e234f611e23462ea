// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Guard code for a token, as a form says where the server gets its key from. Nothing is fetched; a secret is
// named and never written out.

#pragma once

#include <string>
#include <vector>

#include <audit/guard.h>
#include <inspect/inspection.h>

namespace claimcheck::ui {

struct GuardForm
{
    std::string target = "express"; ///< audit::GuardTarget::name
    audit::GuardKey kind = audit::GuardKey::SecretVariable;
    std::string place = {};    ///< the variable's name, the file, the address, the issuer
    std::string audience = {}; ///< empty: the token's only one
    int leeway = 30;           ///< seconds

    bool operator==(const GuardForm&) const = default;
};

struct GuardText
{
    std::string file; ///< as its example imports it
    std::string code;
    std::vector<std::string> notes;
};

/// What fits the token: a secret for HMAC; else the address of the key set that it was verified with, its
/// issuer's address, a file.
GuardForm guardFormFor(const jose::Jws& token, const std::string& jwksUrl = {});
/// The audiences of the token, where it has several to choose from.
std::vector<std::string> audiencesOf(const jose::Jws& token);
/// Keys of the ring that the token is signed with go along, so that the code fits them. Usage for a form that
/// makes no sense; Refused for a token that no guard should let in.
Result<GuardText> guardText(const GuardForm& form, const std::string& token, const inspect::KeyRing& ring);

} // namespace claimcheck::ui
