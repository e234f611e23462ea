// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may stand in a file in the place of a secret.

#pragma once

#include <string_view>

namespace claimcheck::store {

/// `{{name}}`, and nothing beside it.
inline bool isOneVariable(std::string_view text)
{
    constexpr std::size_t braces = 4;
    return text.size() > braces && text.starts_with("{{") && text.ends_with("}}") &&
           text.substr(2, text.size() - braces).find_first_of("{}") == std::string_view::npos;
}

} // namespace claimcheck::store
