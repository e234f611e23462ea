// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files and whole folders put somewhere else, or copied. Nothing is ever overwritten, a link is a thing of
// its own and never followed, and a folder is at its new place whole or not at all.

#pragma once

#include <string>

#include <base/result.h>

namespace claimcheck::store {

/// `what` opens the error: "cannot rename List". Refused when `from` is gone or something stands at `to`.
/// One rename where both lie on one file system; else a copy beside `to`, flushed and renamed, before the
/// original goes.
Result<void> moveTo(const std::string& from, const std::string& to, const std::string& what);

/// A file, link, or folder with all that is in it (without .git), flushed; `to` must not be there yet.
Result<void> copyTo(const std::string& from, const std::string& to, const std::string& what);

/// What tells one state of a file or folder from another: contents and names of request files, targets of
/// links, size and time of everything else. Refused when it is gone.
Result<std::string> sealOf(const std::string& path, const std::string& what);

/// Unreadable, for the reason that a system call gave (errno), with what to do about a full disk, a read-only
/// folder, or the rest.
tl::unexpected<Error> systemError(int number, const std::string& what);

} // namespace claimcheck::store
