// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the text of another tool to a collection. Formats are told apart by content.
//
//   const auto imported = interop::importText(text, Format::Automatic);
//   if (imported) interop::writeImported(*std::move(imported), "my-api");
//
// Everything is bounded, and every error says where in the text it is.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <interop/imported.h>

namespace claimcheck::interop {

enum class Format
{
    Automatic,
    Postman, ///< collections 2.0 and 2.1, environments, globals, data dumps
    Curl     ///< command lines for a POSIX shell
};

/// "auto", "postman", "curl"; nothing for another word.
std::optional<Format> formatOf(std::string_view word);

struct ImportLimits
{
    std::size_t bytes = 64u * 1024u * 1024u;
    std::size_t requests = 100'000;
    std::size_t folders = 60; ///< inside of each other
    std::size_t notes = 10'000;
};

/// UTF-8 or UTF-16, with a byte order mark or without. Malformed with the place; Refused for what is known
/// and not read (Postman's format 1); TooLarge.
Result<Imported> importText(std::string_view text, Format format, const ImportLimits& limits = {});

/// Whether a pasted text is to be read as a cURL command line.
bool looksLikeCurl(std::string_view text);

/// The environments of `other` (a Postman environment or globals file) beside those that are there, under
/// names that are free.
void addEnvironments(Imported& imported, Imported other);

/// store::nameFiles(), and the rules by which tokens are made go to where they are for.
void nameFiles(Imported& imported);

} // namespace claimcheck::interop
