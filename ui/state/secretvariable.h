// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The variable that stands in a file where a secret is meant.

#pragma once

#include <string>

namespace claimcheck::ui {

/// The one variable that the text is, without its braces; empty where it is something else.
std::string variableIn(const std::string& text);
/// The name that somebody typed for a secret's variable, with or without braces; the `usual` one where there
/// is a value and no name, else empty.
std::string variableTyped(const std::string& typed, bool hasValue, const std::string& usual);

} // namespace claimcheck::ui
