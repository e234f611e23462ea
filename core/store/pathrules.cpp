// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/pathrules.h>

#include <utility>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

YamlOut pathRuleOut(const std::string& path, const RuleSettings& settings)
{
    std::vector<YamlOutPair> pairs{{"path", YamlOut::ofText(path)}};
    for (const RuleSetting& setting : settings)
        if (setting.value)
            pairs.push_back({setting.key, *setting.value});
    return YamlOut::ofMapping(std::move(pairs));
}

bool saysTheSame(const RuleSetting& a, const RuleSetting& b)
{
    return a.value && b.value ? a.value->text == b.value->text : !a.value && !b.value;
}

/// One key of one rule, the rest untouched. A rule that could not be followed in between is no matter here.
Result<std::string> withRuleSetting(const std::string& source, const RuleList& list, std::size_t index,
                                    const RuleSetting& setting)
{
    const auto tree = parseYaml(source, list.file, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    const YamlValue rule = (*tree)->root().find(list.key)->items()[index];
    if (setting.value)
        edit.putLast(rule, {setting.key, *setting.value});
    else
        edit.eraseFrom(rule, setting.key);
    return edit.apply();
}

std::size_t rulesIn(const YamlTree& tree, const RuleList& list)
{
    const auto rules = tree.root().find(list.key);
    return rules ? rules->items().size() : 0;
}

} // namespace

Result<std::string> withNewRule(const YamlTree& tree, const RuleList& list, const std::string& path,
                                const RuleSettings& settings)
{
    const YamlOut rule = pathRuleOut(path, settings);
    const std::size_t count = rulesIn(tree, list);
    if (count == 0)
        return withValueAt(tree, {list.key}, YamlOut::ofSequence({rule}));
    YamlEdit edit(tree);
    edit.insertItems(*tree.root().find(list.key), count - 1, {rule});
    return edit.apply();
}

Result<std::string> withChangedRule(const std::string& source, const RuleList& list, std::size_t index,
                                    const RuleSettings& present, const RuleSettings& wanted)
{
    Result<std::string> text = source;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (text && (wanted[i].isAnyway || !saysTheSame(present[i], wanted[i])))
            text = withRuleSetting(*text, list, index, wanted[i]);
    return text;
}

Result<std::string> withoutRule(const YamlTree& tree, const RuleList& list, std::size_t index)
{
    YamlEdit edit(tree);
    if (rulesIn(tree, list) == 1)
        edit.erase({list.key});
    else
        edit.eraseItem(*tree.root().find(list.key), index);
    return edit.apply();
}

std::string nameOfRulePath(const std::string& path)
{
    return path.empty() ? std::string("the collection") : visible(path);
}

Result<Change> changeRules(const std::string& directory, const RuleList& list, const std::string& what,
                           const std::function<Result<std::string>(const std::string&)>& edit)
{
    const auto path = pathInside(directory, list.file);
    if (!path)
        return tl::unexpected(path.error());
    const auto file = readIfThere(directory, list.file, StoreLimits().bytes);
    if (!file)
        return tl::unexpected(file.error());
    const std::string source = file->value_or(std::string());
    auto text = edit(source);
    if (!text)
        return tl::unexpected(text.error());
    Change change;
    change.what = what;
    if (*text == source)
        return change;
    if (auto made = makeDirectories(path->parent_path().string(), Privacy::Shared); !made)
        return tl::unexpected(made.error());
    const bool isEmpty = trimmed(*text).empty();
    change.steps.push_back({Step::Kind::Rewrite,
                            path->string(),
                            {},
                            *file,
                            isEmpty ? std::nullopt : std::optional<std::string>(*std::move(text)),
                            {}});
    return change;
}

} // namespace claimcheck::store
