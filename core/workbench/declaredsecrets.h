// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of secrets in an environment's file, for what is saved with them. Their values are elsewhere.

#pragma once

#include <string>
#include <vector>

#include <base/secret.h>
#include <collection/collection.h>
#include <store/treechange.h>

namespace claimcheck::workbench {

class Secrets;

/// Writes those that neither the environment nor one that it extends has into its file, and gives that as a
/// change that was made; `what` opens the errors of taking it back. A collection without environments gets
/// this one. Refused where there is no such environment beside others, and where one of them is no secret
/// there: its value would stand in a file.
Result<store::Change> declareSecrets(const collection::Collection& collection, const std::string& environment,
                                     const std::vector<std::string>& secrets, const std::string& what);

/// The value of a secret that was declared, under the nearest environment that has its name: into the
/// keychain, or, without one, into memory until the program ends. An empty one is forgotten.
void keepDeclared(Secrets& secrets, const collection::Collection& collection, const std::string& environment,
                  const std::string& name, const Secret& value);

} // namespace claimcheck::workbench
