// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What to write so that a request takes a session's token, in one place for all that say so.

#pragma once

namespace claimcheck::cli {

/// For behind "where one should, ".
inline constexpr const char* takeSessionWords =
    "write auth: {type: bearer, token: \"{{token}}\"} under http in its file, or name {{token}} where it "
    "belongs";

} // namespace claimcheck::cli
