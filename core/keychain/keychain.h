// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where secret values live between two starts: the desktop's keychain (Secret Service, KWallet, macOS
// Keychain, Windows Credential Store). Where there is none, every call ends with an Error that says so, and
// nothing is written anywhere: there is no clear file behind it.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <base/result.h>
#include <base/secret.h>

class QObject;

namespace claimcheck::keychain {

/// Whose value it is. A collection is its folder, by the absolute path with links followed: what another
/// folder asks for is never found, whatever its files say. An entry without a collection is the program's
/// own.
struct Entry
{
    std::string collection;
    std::string environment; ///< its name; empty: the collection's own variables
    std::string name;

    bool operator==(const Entry&) const = default;
};

/// The entry of a secret variable in the folder `directory`. A folder that moves leaves its entries behind.
Entry entryOf(const std::string& directory, const std::string& environment, const std::string& name);

/// One text for an entry; two entries never have the same. It stands beside the value where the desktop lists
/// what its keychain holds.
std::string keyOf(const Entry& entry);

class Keychain
{
public:
    using Found = std::function<void(Result<std::optional<Secret>>)>;
    using Done = std::function<void(Result<void>)>;

    virtual ~Keychain() = default;

    /// `found` and `done` are called once, from the event loop, never from inside the call; not at all when
    /// `context` dies before. Unreachable: there is no keychain here. Refused: it is locked, or the user said
    /// no. The desktop may ask the user for a password first, so that an answer may take minutes.
    virtual void read(const Entry& entry, QObject* context, Found found) = 0;
    virtual void write(const Entry& entry, const Secret& value, QObject* context, Done done) = 0;
    /// What is not there is removed already.
    virtual void remove(const Entry& entry, QObject* context, Done done) = 0;

    /// Whether a call would be answered without the desktop asking the user for a password; true where nobody
    /// can tell. `done` is called once, from the event loop, and not when `context` dies before.
    virtual void askIfOpen(QObject* context, std::function<void(bool)> done);
};

/// The desktop's.
std::unique_ptr<Keychain> desktopKeychain();

} // namespace claimcheck::keychain
