// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Templates of guard code, one function each, and how they are filled in. Private to the module.
//
//   {{name}}                a value; it is never read as a template again
//   {{#name}} … {{/name}}   only where the value is there; {{^name}} where it is not
// A line that is one such mark and nothing else leaves no empty line behind.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include <audit/guard.h>

namespace claimcheck::audit {

using GuardWords = std::map<std::string, std::string, std::less<>>;

std::string filledIn(std::string_view code, const GuardWords& words);

/// A literal of the language for this text, which is valid UTF-8: ASCII alone, on one line.
std::string literalOf(std::string_view text, const GuardLanguage& language);

std::string expressTemplate();
std::string expressJoseTemplate();
std::string fastifyTemplate();
std::string fastApiTemplate();
std::string goTemplate();

/// What the three for node have in common: constants, where keys come from, and the checks that the libraries
/// leave out.
std::string_view nodeSettings();
std::string_view nodeKeyUrl();
std::string_view nodeKeys();
std::string_view nodeChecks();

} // namespace claimcheck::audit
