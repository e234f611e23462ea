// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was imported, on disk.

#pragma once

#include <interop/imported.h>

namespace claimcheck::interop {

struct Written
{
    std::string directory; ///< of the collection, absolute
    std::string name;
    std::size_t requests = 0;
    std::size_t folders = 0;
    std::size_t environments = 0;
    std::vector<Omission> leftOut;
};

/// Takes the secrets out and writes: a collection into a folder that is not there yet or is empty; requests
/// and environments into the collection that is there, requests into a new one else. Refused where something
/// else stands there.
Result<Written> writeImported(Imported imported, const std::string& directory);

} // namespace claimcheck::interop
