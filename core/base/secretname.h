// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names that secrets go under: the one list by which an unknown one is judged. (What protocols call their own
// stands with each of them.)

#pragma once

#include <string_view>

namespace claimcheck {

/// A name under which a secret usually goes: password, client_secret, x-api-key …
bool isSecretName(std::string_view name);
/// One under which it goes more often than not: these, and a token or cookie is a part of the name. For
/// values that are cut out of all else that is said of a run.
bool oftenNamesSecret(std::string_view name);
/// One under which a secret goes at times: these, and a part of the name is auth, code, key, sig and the
/// like. For what leaves the machine (a report, a line to be passed on), where a word too many that is masked
/// costs less than one too few; never for a file of the user's.
bool mayNameSecret(std::string_view name);

} // namespace claimcheck
