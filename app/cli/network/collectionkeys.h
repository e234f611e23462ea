// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens judged by the keys that a collection names for their issuers (`.claimcheck/keys.yaml`), as `run` and
// the window judge them.

#pragma once

#include <string>
#include <vector>

#include <cli/console.h>
#include <run/issuerkeys.h>
#include <run/secrets.h>
#include <workbench/workbench.h>

namespace claimcheck::cli {

/// What a collection's keys are found with.
struct CollectionKeys
{
    std::string directory; ///< empty: there is no collection
    collection::Checks checks;
    run::Values values;
    std::vector<run::SecretName> guarded; ///< that no address of a key gets
    http::Request connection;             ///< the user's own
};

/// Judges those whose issuer has a key there; the others stay as they are. Why a key cannot be had is a note
/// and FoundInspection::issuerProblem. Cancelled after Ctrl+C. Needs the event loop's application around it.
Result<void> judgeByIssuers(std::vector<workbench::FoundInspection>& tokens, const CollectionKeys& keys,
                            Console& console);

} // namespace claimcheck::cli
