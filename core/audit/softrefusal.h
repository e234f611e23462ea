// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Refusals that do not say so by their status: 200 with an error in its body, a redirect to where one signs
// in. By themselves: nothing has to be known of other answers.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::audit {

enum class SoftRefusal
{
    No,
    Yes,
    Unclear ///< an error, and content beside it
};

/// Of the body of a success.
SoftRefusal softRefusalIn(std::string_view body);
/// A page with a field for a password: where one signs in, or a form of somebody who is.
bool asksForPassword(std::string_view body);
/// Whether a Location is one where people sign in, by the words of its host and path.
bool leadsToSignIn(std::string_view location);

} // namespace claimcheck::audit
