// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the runner is to do, as it stands in its form, and as the options that a run takes.

#pragma once

#include <string>

#include <run/runner.h>

namespace claimcheck::ui {

struct RunForm
{
    std::string folder{}; ///< relative path of a folder or request; empty: the whole collection
    std::string tags{};   ///< "smoke, orders"; empty: all
    std::string excludedTags{};
    std::string environment{};
    int iterations = 1;
    std::string dataFile{}; ///< CSV or JSON; one iteration a row, whatever `iterations` says
    int jobs = 1;
    int delay = 0; ///< milliseconds
    bool bail = false;
    std::string sentAs{}; ///< an identity, or Identities::nobody; empty: as each request says

    bool operator==(const RunForm&) const = default;
};

/// With the collection's `.env` files, its checks, and the rows of the data file; without the session of an
/// identity, which whoever has that lends. The error of what cannot be read, or Usage for a data file without
/// rows.
Result<run::Options> runOptions(const RunForm& form, const collection::Collection& collection);

/// Secret variables that requests of the run use and that nothing gives a value: neither what was found, nor
/// anything nearer, nor a row of the data file or a capture of the run.
std::vector<run::SecretName> missingInRun(const collection::Collection& collection,
                                          const std::vector<const collection::Item*>& items,
                                          const run::Options& options, const run::Outside& found);

/// "smoke, orders" in its words.
std::vector<std::string> tagsIn(const std::string& text);

} // namespace claimcheck::ui
