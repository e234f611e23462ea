// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/secretvariable.h>

#include <string_view>

#include <base/text.h>
#include <variables/resolve.h>

namespace claimcheck::ui {

std::string variableIn(const std::string& text)
{
    const std::string_view whole = trimmed(text);
    const auto references = variables::references(whole);
    const bool isOne = references.size() == 1 && references.front().length == whole.size();
    return isOne ? references.front().name : std::string();
}

std::string variableTyped(const std::string& typed, bool hasValue, const std::string& usual)
{
    const std::string bare = variableIn(typed);
    if (!bare.empty() || !typed.empty())
        return bare.empty() ? typed : bare;
    return hasValue ? usual : std::string();
}

} // namespace claimcheck::ui
