// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of rules in the files of `.claimcheck`, each rule for a path: a request's file, a folder, or "" for
// the whole collection. Here is how such a list is written, whatever its rules say: only the keys that say
// something else are changed, and the file as a whole is a change that can be taken back.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <store/treechange.h>
#include <store/yamltree.h>
#include <store/yamlwrite.h>

namespace claimcheck::store {

struct RuleList
{
    const char* file; ///< relative to the collection's folder
    const char* key;  ///< of the list in it
};

/// A key of a rule beside `path`, with its scalar value; without one the key is not there.
struct RuleSetting
{
    const char* key;
    std::optional<YamlOut> value = {};
    bool isAnyway = false; ///< written, or taken out, even where it was read as the same
};
using RuleSettings = std::vector<RuleSetting>;

template <typename Rule>
struct ReadRules
{
    std::unique_ptr<const YamlTree> tree;
    std::vector<Rule> rules; ///< one for each item of the list
};

/// The file's text as `read` understands it; Malformed, with its place, where it does not.
template <typename Rule>
Result<ReadRules<Rule>> parseRules(const std::string& source, const RuleList& list,
                                   Result<std::vector<Rule>> (*read)(const YamlTree&))
{
    auto tree = parseYaml(source, list.file, {});
    if (!tree)
        return tl::unexpected(tree.error());
    auto rules = read(**tree);
    if (!rules)
        return tl::unexpected(rules.error());
    return ReadRules<Rule>{*std::move(tree), *std::move(rules)};
}

/// The text of a file with one more rule, behind all others. Comments of a file that holds
/// nothing else stay in front.
Result<std::string> withNewRule(const YamlTree& tree, const RuleList& list, const std::string& path,
                                const RuleSettings& settings);

/// With the keys of one rule, the item `index`, that are other in `wanted` than in `present`; both have the
/// same keys in the same order. Refused where a place cannot be changed by itself.
Result<std::string> withChangedRule(const std::string& source, const RuleList& list, std::size_t index,
                                    const RuleSettings& present, const RuleSettings& wanted);

/// Without the item `index`; the list goes with the last one.
Result<std::string> withoutRule(const YamlTree& tree, const RuleList& list, std::size_t index);

/// For errors: the path, or that it is the collection.
std::string nameOfRulePath(const std::string& path);

/// Refused, by an error that begins with `what`, where the rule at `place` is not `before`, as it was read;
/// nothing: there is, or was, none.
template <typename Rule>
Result<void> checkRuleAsRead(const std::vector<Rule>& now, std::optional<std::size_t> place,
                             const std::optional<Rule>& before, const std::string& what)
{
    if (place ? before == now[*place] : !before)
        return {};
    return failure(ErrorKind::Refused, what, "another program has changed it since it was read",
                   "look at it as it is now, and change it again");
}

/// What `edit` makes of the text of the list's file ("": there is none yet) as a change of that file. `what`
/// opens its errors. Makes the folder `.claimcheck` where it is missing; a file that would be left empty is
/// deleted.
Result<Change> changeRules(const std::string& directory, const RuleList& list, const std::string& what,
                           const std::function<Result<std::string>(const std::string&)>& edit);

} // namespace claimcheck::store
