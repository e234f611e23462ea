// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of secrets in an environment's file, for what is saved with them. Their values are elsewhere.

#pragma once

#include <string>
#include <vector>

#include <collection/collection.h>
#include <store/treechange.h>

namespace claimcheck::workbench {

/// Writes those that neither the environment nor one that it extends has into its file, and gives that as a
/// change that was made; `what` opens the errors of taking it back. Refused where there is no such
/// environment, and where one of them is no secret there: its value would stand in a file.
Result<store::Change> declareSecrets(const collection::Collection& collection, const std::string& environment,
                                     const std::vector<std::string>& secrets, const std::string& what);

} // namespace claimcheck::workbench
