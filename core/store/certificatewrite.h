// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Client certificates written where OpenCollection has them: the `clientCertificates` of an environment, or
// of the collection's `config`. Only the lines that say something else are changed, and it can be taken back.

#pragma once

#include <optional>
#include <string>

#include <collection/connection.h>
#include <store/treechange.h>

namespace claimcheck::store {

/// The file's text with `after` in the place of `before`; nothing before: behind all others; nothing after:
/// it goes. `file`: an environment's, or opencollection.yml, as in the errors. Refused where no item says
/// what `before` does, Malformed for a file that cannot be read.
Result<std::string> withCertificate(const std::string& source, const std::string& file,
                                    const std::optional<collection::ClientCertificate>& before,
                                    const std::optional<collection::ClientCertificate>& after);

/// The same as a change of the collection's files. Refused, too, where `after` has no domain or no file,
/// where a file of it lies outside of the collection (unless a variable stands in its name, which is looked
/// at when it is used), and where its passphrase is anything but one variable, `{{name}}`, and was not there
/// before.
Result<Change> changeCertificate(const std::string& directory, const std::string& file,
                                 const std::optional<collection::ClientCertificate>& before,
                                 const std::optional<collection::ClientCertificate>& after);

} // namespace claimcheck::store
