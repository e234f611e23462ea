// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/runform.h>

#include <algorithm>

#include <base/text.h>
#include <store/checks.h>
#include <store/files.h>
#include <workbench/identities.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t largestDataFile = 64u * 1024u * 1024u;

Result<std::vector<run::DataRow>> rowsOf(const std::string& file)
{
    const auto text = store::readFile(file, largestDataFile);
    auto rows = text ? run::readData(*text, file) : tl::unexpected(text.error());
    if (rows && rows->empty())
        return failure(ErrorKind::Usage, "cannot use the data file " + visible(file), "it has no rows",
                       "choose another one, or none");
    return rows;
}

} // namespace

std::vector<std::string> tagsIn(const std::string& text)
{
    std::vector<std::string> tags;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        const std::string_view tag = trimmed(std::string_view(text).substr(at, comma - at));
        if (!tag.empty())
            tags.emplace_back(tag);
        at = comma + 1;
    }
    return tags;
}

std::vector<run::SecretName> missingInRun(const collection::Collection& collection,
                                          const std::vector<const collection::Item*>& items,
                                          const run::Options& options, const run::Outside& found)
{
    variables::Scope inTheRun{"this run", {}};
    if (!options.data.empty())
        inTheRun.variables = options.data.front();
    for (const collection::Item* item : items)
        for (const collection::Capture& capture : item->details.captures)
            inTheRun.variables.push_back({capture.variable, "", capture.enabled});
    std::vector<run::SecretName> missing;
    for (const collection::Item* item : items) {
        auto scopes = run::scopesFor(collection, *item, options.environment, found);
        scopes.insert(scopes.begin(), inTheRun);
        for (run::SecretName& secret :
             run::missingSecrets(collection, *item, options.environment, found.secrets, scopes))
            if (std::ranges::find(missing, secret) == missing.end())
                missing.push_back(std::move(secret));
    }
    return missing;
}

Result<run::Options> runOptions(const RunForm& form, const collection::Collection& collection)
{
    run::Options options;
    options.selection = {form.folder, tagsIn(form.tags), tagsIn(form.excludedTags)};
    options.environment = form.environment;
    options.iterations = std::max(1, form.iterations);
    options.jobs = std::max(1, form.jobs);
    options.delay = Milliseconds(std::max(0, form.delay));
    options.bail = form.bail;
    options.isNobody = form.sentAs == workbench::Identities::nobody;
    auto dotEnv = run::dotEnvOf(collection, form.environment);
    if (!dotEnv)
        return tl::unexpected(dotEnv.error());
    options.outermost = *std::move(dotEnv);
    options.checks = store::readChecks(collection.directory);
    if (form.dataFile.empty())
        return options;
    auto rows = rowsOf(form.dataFile);
    if (!rows)
        return tl::unexpected(rows.error());
    options.data = *std::move(rows);
    return options;
}

} // namespace claimcheck::ui
