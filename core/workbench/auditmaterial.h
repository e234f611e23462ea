// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an audit in the window works with: a request as a route that can be tested, and the keys and tokens
// at hand as what forged tokens are made of. Pure but for randomness.

#pragma once

#include <string>
#include <vector>

#include <audit/auditor.h>
#include <inspect/inspection.h>

#include "readyrequest.h"

namespace claimcheck::workbench {

/// The request with its good token: that of its session, else the one that it carries by itself. Usage where
/// there is none; Refused for one that is bound to a key, which no forged one is.
Result<audit::Target> auditTarget(const ReadyRequest& ready, const std::string& name);

struct AuditKnowledge
{
    inspect::KeyRing ring;
    std::vector<jose::Key> fetched = {}; ///< of the issuer's address
    Secret secondToken = {};             ///< another user's
    Secret idToken = {};
};

/// Of the keys those count that the good token was signed with, or whose set it was: forged tokens that are
/// made of somebody else's key are refused by a server that is wide open. Refused for a good token that is no
/// signed one in compact form. Takes its time: key pairs are made, and published secrets tried.
Result<audit::Material> auditMaterial(const audit::Target& target, const AuditKnowledge& known, Instant now);

} // namespace claimcheck::workbench
