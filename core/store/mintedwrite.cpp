// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/mintedwrite.h>

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
#include <store/pathrules.h>
#include <store/secretlike.h>
#include <variables/resolve.h>

namespace claimcheck::store {
namespace {

using collection::MintedToken;

constexpr RuleList mintedList{sessionsFile, "minted"};

std::optional<YamlOut> mintedText(const std::string& text, const std::string& usual)
{
    if (text == usual)
        return std::nullopt;
    const bool hasLines = text.find('\n') != std::string::npos;
    return hasLines ? YamlOut::ofBlock(text) : YamlOut::ofText(text);
}

/// In the order of a new rule.
RuleSettings mintedSettings(const MintedToken& rule)
{
    RuleSettings settings;
    const auto add = [&settings](const char* key, const std::string& text, const std::string& usual) {
        settings.push_back({key, mintedText(text, usual)});
    };
    const auto addWord = [&settings](const char* key, bool isSaid, const std::string& word) {
        settings.push_back({key, isSaid ? std::optional(YamlOut::ofWord(word)) : std::nullopt});
    };
    add("algorithm", rule.algorithm, {});
    add("keyFile", rule.keyFile, {});
    add("key", rule.key, {});
    add("passphrase", rule.passphrase, {});
    addWord("allowWeakKey", rule.allowWeakKey, "true");
    add("header", rule.header, {});
    add("claims", rule.claims, {});
    addWord("expiresIn", rule.lifetime.has_value(), durationText(rule.lifetime.value_or(Seconds(0))));
    add("in", rule.inQuery ? "query" : "header", "header");
    add("name", rule.name, usualMintedName(rule.inQuery));
    add("prefix", rule.prefix, usualMintedPrefix(rule.inQuery, rule.name));
    return settings;
}

Result<ReadRules<MintedToken>> parseMinted(const std::string& source)
{
    return parseRules(source, mintedList, readMinted);
}

/// Of several the last one counts, as in collection::mintedFor().
std::optional<std::size_t> placeOfMinted(const std::vector<MintedToken>& rules, const std::string& path)
{
    for (std::size_t i = rules.size(); i > 0; --i)
        if (rules[i - 1].path == path)
            return i - 1;
    return std::nullopt;
}

/// Where the token goes.
bool isPlaceKey(std::string_view key)
{
    return key == "in" || key == "name" || key == "prefix";
}

bool isSamePlace(const MintedToken& a, const MintedToken& b)
{
    return a.inQuery == b.inQuery && a.name == b.name && a.prefix == b.prefix;
}

/// What these keys say depends on each other: a place that was written out, and is now said by saying
/// nothing, would go on counting. It goes.
Result<std::string> withChangedMinted(const std::string& source, std::size_t index, const MintedToken& now,
                                      const MintedToken& wanted)
{
    RuleSettings after = mintedSettings(wanted);
    if (!isSamePlace(now, wanted))
        for (RuleSetting& setting : after)
            setting.isAnyway = !setting.value && isPlaceKey(setting.key);
    return withChangedRule(source, mintedList, index, mintedSettings(now), after);
}

std::string cannotSaveMinted(const std::string& path)
{
    return "cannot save how the token for " + nameOfRulePath(path) + " is made";
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
    auto text = !after  ? withoutRule(*read->tree, mintedList, *place)
                : place ? withChangedMinted(source, *place, read->rules[*place], *after)
                        : withNewRule(*read->tree, mintedList, after->path, mintedSettings(*after));
    if (!text)
        return text;
    if (const auto same = checkReadAgain(*text, after); !same)
        return tl::unexpected(same.error());
    return text;
}

Result<Change> changeMinted(const std::string& directory, const MaybeMinted& before, const MaybeMinted& after)
{
    if (!before && !after)
        return Change();
    if (after)
        if (const auto fits = checkMinted(directory, *after, before); !fits)
            return tl::unexpected(fits.error());
    const std::string& path = after ? after->path : before->path;
    const std::string what = cannotSaveMinted(path);
    return changeRules(directory, mintedList, what, [&](const std::string& source) -> Result<std::string> {
        const auto now = parseMinted(source);
        if (!now)
            return tl::unexpected(now.error());
        const auto place = placeOfMinted(now->rules, path);
        if (const auto same = checkRuleAsRead(now->rules, place, before, what); !same)
            return tl::unexpected(same.error());
        return withMinted(source, before, after);
    });
}

} // namespace claimcheck::store
