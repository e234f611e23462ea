// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What to do about an error, in the words of the command line: the option that would change it.

#pragma once

#include <base/result.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

/// `error` with the hint that names the option, where `command` has that.
Error withOption(Error error, const CLI::App& command);

} // namespace claimcheck::cli
