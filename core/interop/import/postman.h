// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's files: collections 2.0 and 2.1 (https://schema.getpostman.com), the form of its API with a
// wrapper around, environments, globals and data dumps.

#pragma once

#include <string_view>

#include <interop/import.h>

namespace claimcheck::interop {

Result<Imported> importPostman(std::string_view json, const ImportLimits& limits);

} // namespace claimcheck::interop
