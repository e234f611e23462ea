// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the desktop's keychain service stands (Secret Service API, draft 0.2): asked after a call failed, since
// the call's own error does not tell a service that is not there from one that is locked. Private to the
// module.

#pragma once

#include <functional>
#include <optional>
#include <string>

#include <base/result.h>

class QObject;
class QString;

namespace claimcheck::keychain {

enum class Standing
{
    Unknown,     ///< it cannot be asked on this system, or gave no answer that is of use
    NoBus,       ///< there is no session bus that a service could answer on
    NoService,   ///< nobody answers as org.freedesktop.secrets
    NoKeyring,   ///< a service that has no default collection yet
    Locked,      ///< and the desktop has what asks for the password
    LockedAlone, ///< and nothing is here that could ask for the password
    Open
};

/// `done` comes once, from the event loop, within some seconds, and not when `context` dies before.
void askStanding(QObject* context, std::function<void(Standing)> done);

/// Whether the service holds the entry `key` of `application` behind a lock: a keyring that nobody opened
/// says of what it holds, too, that it is not there. False where that cannot be asked. As askStanding().
void askForLocked(const QString& application, const QString& key, QObject* context,
                  std::function<void(bool)> done);

/// Why `what` failed, and what to do, by how the service stands. `text`: the error of the call, for
/// programmers. Nothing where the standing explains none.
std::optional<Error> errorOf(Standing standing, const std::string& what, const std::string& text);

} // namespace claimcheck::keychain
