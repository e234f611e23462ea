// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/identitywrite.h>

#include <algorithm>

#include <base/text.h>
#include <store/identities.h>
#include <store/identityout.h>
#include <store/valueedit.h>

namespace claimcheck::store {
namespace {

using collection::Identity;

constexpr const char* sessionsKey = "sessions";

tl::unexpected<Error> notWritten(const std::string& name, std::string why, std::string fix)
{
    return failure(ErrorKind::Refused, "cannot save the identity " + visible(name), std::move(why),
                   std::move(fix));
}

const Identity* findIn(const std::vector<Identity>& identities, const std::string& name)
{
    const auto found = std::ranges::find(identities, name, &Identity::name);
    return found == identities.end() ? nullptr : &*found;
}

bool isSameWay(const Identity& a, const Identity& b)
{
    return a.credentials.has_value() == b.credentials.has_value() &&
           a.request.has_value() == b.request.has_value() && a.grant.has_value() == b.grant.has_value();
}

Result<std::string> sourceWith(const std::string& source, const YamlOutPair& pair)
{
    const auto tree = parseYaml(source, sessionsFile, {});
    return tree ? withValueAt(**tree, {sessionsKey, pair.key}, pair.value) : tl::unexpected(tree.error());
}

/// `isWhole`: all of its lines are written anew.
Result<std::string> sourceReplacing(const std::string& source, const Identity& before,
                                    const Identity& identity, bool isWhole)
{
    const auto tree = parseYaml(source, sessionsFile, {});
    if (!tree)
        return tl::unexpected(tree.error());
    const auto sessions = (*tree)->root().find(sessionsKey);
    const auto pair = sessions ? sessions->pair(before.name) : std::nullopt;
    if (!pair)
        return notWritten(before.name, "it is not in " + std::string(sessionsFile) + " any more",
                          "save it as a new one");
    YamlEdit edit(**tree);
    if (isWhole) {
        edit.replacePair(*sessions, *pair, {identity.name, identityOut(identity)});
        return edit.apply();
    }
    if (before.name != identity.name)
        edit.renameKey(*pair, identity.name);
    editMapping(edit, pair->value, identityOut(before), identityOut(identity));
    return edit.isEmpty() ? Result<std::string>(source) : edit.apply();
}

/// Nothing is written that would be read as something else.
Result<std::string> readAgain(Result<std::string> text, const Identity& identity)
{
    if (!text)
        return text;
    const auto again = parseIdentities(*text);
    if (!again)
        return tl::unexpected(again.error());
    const Identity* const found = findIn(*again, identity.name);
    if (found == nullptr || *found != identity)
        return notWritten(identity.name, "it would not be read again as it was typed",
                          "leave out lines without a value and control characters");
    return text;
}

} // namespace

Result<std::string> withIdentity(const std::string& source, const std::optional<Identity>& before,
                                 const Identity& identity)
{
    if (!before)
        return readAgain(sourceWith(source, {identity.name, identityOut(identity)}), identity);
    // Of another way to sign in nothing of the lines of before is left; and some changes cannot be made line
    // by line: another order, say.
    if (isSameWay(*before, identity))
        if (auto text = readAgain(sourceReplacing(source, *before, identity, false), identity))
            return text;
    return readAgain(sourceReplacing(source, *before, identity, true), identity);
}

Result<std::string> withoutIdentity(const std::string& source, const std::string& name)
{
    const auto tree = parseYaml(source, sessionsFile, {});
    if (!tree)
        return tl::unexpected(tree.error());
    const auto sessions = (*tree)->root().find(sessionsKey);
    if (!sessions || !sessions->find(name))
        return notWritten(name, "it is not in " + std::string(sessionsFile) + " any more",
                          "look at the identities as they are now");
    YamlEdit edit(**tree);
    edit.erase({sessionsKey, name});
    auto text = edit.apply();
    if (!text)
        return text;
    if (const auto again = parseIdentities(*text); !again)
        return tl::unexpected(again.error());
    return text;
}

std::string freeIdentityName(const std::vector<Identity>& identities, const std::string& wanted)
{
    std::string name = wanted;
    for (int number = 2; findIn(identities, name) != nullptr; ++number)
        name = wanted + " " + std::to_string(number);
    return name;
}

} // namespace claimcheck::store
