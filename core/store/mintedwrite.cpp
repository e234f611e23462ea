// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/mintedwrite.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <base/text.h>
#include <json/document.h>
#include <store/collectionread.h>
#include <store/durationtext.h>
#include <store/identities.h>
#include <store/onevariable.h>
#include <store/ownfiles.h>
#include <store/secretlike.h>
#include <store/yamledit.h>
#include <variables/resolve.h>

namespace claimcheck::store {
namespace {

using collection::MintedToken;

constexpr const char* mintedKey = "minted";

/// A key of a rule, with its value; without one the key is not there.
struct MintedSetting
{
    const char* key;
    std::optional<std::string> text;
    bool isWord = false;  ///< true, 5m: never in quotation marks
    bool isPlace = false; ///< where the token goes: what these say depends on each other
};

std::optional<std::string> unless(const std::string& text, const std::string& usual)
{
    return text == usual ? std::nullopt : std::optional(text);
}

/// In the order of a new rule.
std::vector<MintedSetting> mintedSettings(const MintedToken& rule)
{
    const auto word = [](bool isSaid, const char* text) {
        return isSaid ? std::optional<std::string>(text) : std::nullopt;
    };
    return {{"algorithm", rule.algorithm},
            {"keyFile", unless(rule.keyFile, {})},
            {"key", unless(rule.key, {})},
            {"passphrase", unless(rule.passphrase, {})},
            {"allowWeakKey", word(rule.allowWeakKey, "true"), true},
            {"header", unless(rule.header, {})},
            {"claims", unless(rule.claims, {})},
            {"expiresIn", rule.lifetime ? std::optional(durationText(*rule.lifetime)) : std::nullopt, true},
            {"in", word(rule.inQuery, "query"), false, true},
            {"name", unless(rule.name, usualMintedName(rule.inQuery)), false, true},
            {"prefix", unless(rule.prefix, usualMintedPrefix(rule.inQuery, rule.name)), false, true}};
}

YamlOut mintedValueOut(const MintedSetting& setting)
{
    if (setting.isWord)
        return YamlOut::ofWord(*setting.text);
    const bool hasLines = setting.text->find('\n') != std::string::npos;
    return hasLines ? YamlOut::ofBlock(*setting.text) : YamlOut::ofText(*setting.text);
}

YamlOut mintedOut(const MintedToken& rule)
{
    std::vector<YamlOutPair> pairs{{"path", YamlOut::ofText(rule.path)}};
    for (const MintedSetting& setting : mintedSettings(rule))
        if (setting.text)
            pairs.push_back({setting.key, mintedValueOut(setting)});
    return YamlOut::ofMapping(std::move(pairs));
}

struct ReadMinted
{
    std::unique_ptr<const YamlTree> tree;
    std::vector<MintedToken> rules;
};

Result<ReadMinted> parseMinted(const std::string& source)
{
    auto tree = parseYaml(source, sessionsFile, {});
    if (!tree)
        return tl::unexpected(tree.error());
    auto rules = readMinted(**tree);
    if (!rules)
        return tl::unexpected(rules.error());
    return ReadMinted{*std::move(tree), *std::move(rules)};
}

/// Of several the last one counts, as in collection::mintedFor().
std::optional<std::size_t> placeOfMinted(const std::vector<MintedToken>& rules, const std::string& path)
{
    for (std::size_t i = rules.size(); i > 0; --i)
        if (rules[i - 1].path == path)
            return i - 1;
    return std::nullopt;
}

/// One key of one rule, the rest untouched. A rule that has two keys, or none, in between is no matter here.
Result<std::string> withMintedSetting(const std::string& source, std::size_t index,
                                      const MintedSetting& setting)
{
    const auto tree = parseYaml(source, sessionsFile, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    const YamlValue rule = (*tree)->root().find(mintedKey)->items()[index];
    if (setting.text)
        edit.putLast(rule, {setting.key, mintedValueOut(setting)});
    else
        edit.eraseFrom(rule, setting.key);
    return edit.apply();
}

bool isSamePlace(const MintedToken& a, const MintedToken& b)
{
    return a.inQuery == b.inQuery && a.name == b.name && a.prefix == b.prefix;
}

/// A place that was written out, and is now said by saying nothing, would go on counting: it goes.
Result<std::string> withChangedMinted(const std::string& source, std::size_t index, const MintedToken& now,
                                      const MintedToken& wanted)
{
    Result<std::string> text = source;
    const std::vector<MintedSetting> present = mintedSettings(now);
    const std::vector<MintedSetting> after = mintedSettings(wanted);
    for (std::size_t i = 0; i < after.size(); ++i) {
        const bool isOther = present[i].text != after[i].text;
        const bool mayCount = after[i].isPlace && !after[i].text && !isSamePlace(now, wanted);
        if (text && (isOther || mayCount))
            text = withMintedSetting(*text, index, after[i]);
    }
    return text;
}

Result<std::string> withNewMinted(const std::string& source, const ReadMinted& read, const MintedToken& rule)
{
    const YamlOut list = YamlOut::ofSequence({mintedOut(rule)});
    if (trimmed(source).empty())
        return writeFile({{mintedKey, list}});
    if (read.tree->root().isNull()) // nothing but comments, which stay in front
        return source + (source.ends_with('\n') ? "" : "\n") + writeFile({{mintedKey, list}});
    YamlEdit edit(*read.tree);
    if (read.rules.empty())
        edit.put({mintedKey}, list);
    else
        edit.insertItems(*read.tree->root().find(mintedKey), read.rules.size() - 1, {mintedOut(rule)});
    return edit.apply();
}

Result<std::string> withoutMinted(const ReadMinted& read, std::size_t index)
{
    YamlEdit edit(*read.tree);
    if (read.rules.size() == 1)
        edit.erase({mintedKey});
    else
        edit.eraseItem(*read.tree->root().find(mintedKey), index);
    return edit.apply();
}

std::string cannotSaveMinted(const std::string& path)
{
    return "cannot save how the token for " + (path.empty() ? std::string("the collection") : visible(path)) +
           " is made";
}

tl::unexpected<Error> mintedNotSaved(const MintedToken& rule, std::string why, std::string fix)
{
    return failure(ErrorKind::Refused, cannotSaveMinted(rule.path), std::move(why), std::move(fix));
}

Result<void> checkMintedKey(const std::string& directory, const MintedToken& rule, const MaybeMinted& before)
{
    if (rule.key.empty() == rule.keyFile.empty())
        return mintedNotSaved(rule, rule.key.empty() ? "it has no key to sign with" : "it has two keys",
                              "name one: a variable that holds it, as {{name}}, or a file of the collection");
    const bool isKeyAsBefore = before && before->key == rule.key;
    if (!rule.key.empty() && !isKeyAsBefore && !isOneVariable(rule.key))
        return mintedNotSaved(rule, "its key would stand in the file",
                              "write it as {{name}}, and give the variable its value as a secret");
    const bool isPhraseAsBefore = before && before->passphrase == rule.passphrase;
    if (!rule.passphrase.empty() && !isPhraseAsBefore && !isOneVariable(rule.passphrase))
        return mintedNotSaved(rule, "the passphrase of its key would stand in the file",
                              "write it as {{name}}, and give the variable its value as a secret");
    if (rule.keyFile.empty() || variables::hasVariable(rule.keyFile) || pathInside(directory, rule.keyFile))
        return {};
    return mintedNotSaved(rule, visible(rule.keyFile) + " lies outside of the collection's folder",
                          "copy the key into it, and name it from there");
}

Result<void> checkMintedTexts(const MintedToken& rule, const MaybeMinted& before)
{
    struct Part
    {
        const char* name;
        const std::string& text;
        const std::string* before;
    };
    const std::array parts{Part{"claims", rule.claims, before ? &before->claims : nullptr},
                           Part{"header", rule.header, before ? &before->header : nullptr}};
    for (const Part& part : parts) {
        if (part.before && *part.before == part.text)
            continue;
        const std::string subject = part.name;
        if (!isObjectTemplate(part.text))
            return mintedNotSaved(rule, "its " + subject + " would be no JSON object",
                                  "write for example {\"sub\": \"{{user}}\"}, with the variables inside");
        if (const auto found = findSecrets(part.text); !found.empty())
            return mintedNotSaved(rule, "its " + subject + " would hold " + found.front().kind,
                                  "write it as {{name}}, and give the variable its value as a secret");
    }
    return {};
}

Result<void> checkMintedAsRead(const std::vector<MintedToken>& now, const MaybeMinted& before,
                               const MintedToken& named)
{
    const auto place = placeOfMinted(now, named.path);
    const auto present = place ? std::optional(now[*place]) : std::nullopt;
    if (present == before)
        return {};
    return mintedNotSaved(named, "another program has changed it since it was read",
                          "look at it as it is now, and change it again");
}

/// Nothing is written that would be read as something else.
Result<void> checkReadAgain(const std::string& text, const std::optional<MintedToken>& after)
{
    const auto again = parseMinted(text);
    if (!again)
        return tl::unexpected(again.error());
    if (!after)
        return {};
    const auto place = placeOfMinted(again->rules, after->path);
    if (place && again->rules[*place] == *after)
        return {};
    return mintedNotSaved(*after, "it would not be read again as it was typed",
                          "leave out control characters");
}

} // namespace

bool isObjectTemplate(std::string_view text)
{
    const std::string_view whole = trimmed(text);
    const auto references = variables::references(whole);
    if (whole.empty() || (references.size() == 1 && references.front().length == whole.size()))
        return true;
    std::string filled; // with numbers, which may stand inside of a string and outside, no two the same
    std::size_t done = 0;
    for (std::size_t i = 0; i < references.size(); ++i) {
        filled.append(whole, done, references[i].offset - done).append(std::to_string(i + 1));
        done = references[i].offset + references[i].length;
    }
    filled.append(whole, done);
    const auto document = json::parse(filled);
    return document && document->root().isObject();
}

Result<void> checkMinted(const std::string& directory, const MintedToken& rule, const MaybeMinted& before)
{
    if (rule.algorithm.empty())
        return mintedNotSaved(rule, "it has no algorithm", "choose one, for example HS256");
    if (const auto key = checkMintedKey(directory, rule, before); !key)
        return key;
    if (const auto texts = checkMintedTexts(rule, before); !texts)
        return texts;
    if (rule.name.empty())
        return mintedNotSaved(rule, "it does not say where the token goes",
                              "name the header or the query parameter, for example Authorization");
    return {};
}

Result<std::string> withMinted(const std::string& source, const MaybeMinted& before, const MaybeMinted& after)
{
    if (!before && !after)
        return source;
    const auto read = parseMinted(source);
    if (!read)
        return tl::unexpected(read.error());
    const auto place = placeOfMinted(read->rules, after ? after->path : before->path);
    if (!after && !place)
        return source;
    auto text = !after  ? withoutMinted(*read, *place)
                : place ? withChangedMinted(source, *place, read->rules[*place], *after)
                        : withNewMinted(source, *read, *after);
    if (!text)
        return text;
    if (const auto same = checkReadAgain(*text, after); !same)
        return tl::unexpected(same.error());
    return text;
}

Result<Change> changeMinted(const std::string& directory, const MaybeMinted& before, const MaybeMinted& after)
{
    Change change;
    if (!before && !after)
        return change;
    const MintedToken& named = after ? *after : *before;
    change.what = cannotSaveMinted(named.path);
    if (after)
        if (const auto fits = checkMinted(directory, *after, before); !fits)
            return tl::unexpected(fits.error());
    const auto path = pathInside(directory, sessionsFile);
    if (!path)
        return tl::unexpected(path.error());
    const auto file = readIfThere(directory, sessionsFile, StoreLimits().bytes);
    if (!file)
        return tl::unexpected(file.error());
    const std::string source = file->value_or(std::string());
    const auto now = parseMinted(source);
    if (!now)
        return tl::unexpected(now.error());
    if (const auto same = checkMintedAsRead(now->rules, before, named); !same)
        return tl::unexpected(same.error());
    auto text = withMinted(source, before, after);
    if (!text)
        return tl::unexpected(text.error());
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
