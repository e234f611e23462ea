// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks of `.claimcheck/checks.yaml` judged: assertions over token, certificate and TLS with the
// operators of Bruno's, and the JSON Schema of the body.

#pragma once

#include <run/facts.h>
#include <run/judge.h>
#include <schema/schema.h>

namespace claimcheck::run {

/// Like judge(); `expiresIn` takes durations too ("14d", "2h 30min"). What is said of a token, a certificate
/// or TLS that is not there does not hold, isUndefined neither; nor does what leads nowhere or to a name that
/// there cannot be, and an operator without the value that it needs.
Check judgeOwn(const collection::Assertion& assertion, const Answer& answer, const Facts& facts,
               const Resolve& resolve);

/// One check, however many places are wrong; it names the first of them.
Check judgeSchema(const std::string& name, const Result<schema::Schema>& schema, const Answer& answer);

/// The schema of a check: of a file inside of the collection's folder (at most 4 MiB), or as it stands.
Result<schema::Schema> readSchema(const collection::SchemaCheck& check, const std::string& directory);

} // namespace claimcheck::run
