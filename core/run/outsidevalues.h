// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values of `.env` files and of the process: a collection keeps out of its own files there what is nobody
// else's business, under whatever name.

#pragma once

#include <string_view>
#include <vector>

#include <run/redactor.h>
#include <variables/resolve.h>

namespace claimcheck::run {

/// A place, a number or plain words: `https://api.example:8443`, `localhost:3000`, `/srv/api`, `2026-01-31`,
/// `production`, `eu-west-1`. Cut out, a report could not be read.
bool isPlainValue(std::string_view value);

/// Every value that is not plain is a secret, and so is a plain one whose name says so.
bool isSecretValue(const variables::Variable& variable);

/// The secret ones among them.
void addOutsideValues(Redactor& redactor, const std::vector<variables::Variable>& values);

} // namespace claimcheck::run
