// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bodies that are made of files: multipart/form-data (RFC 7578) and a file as it is. Files lie inside of the
// collection's folder, or they are not read; large ones are read while they are sent (http/upload.h).

#pragma once

#include <run/prepare.h>

namespace claimcheck::run {

/// Sets body and Content-Type; the boundary is derived from what is in the parts, so that it is in none.
Result<void> addMultipart(http::Request& request, const collection::Collection& collection,
                          const std::vector<collection::Part>& parts, const Values& values);
Result<void> addFile(http::Request& request, const collection::Collection& collection,
                     const collection::BodyFile& file, const Values& values);

} // namespace claimcheck::run
