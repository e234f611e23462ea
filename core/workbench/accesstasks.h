// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a test of the access matrix sends: the requests of a collection as each identity makes them, built
// before the first one goes out. Pure but for randomness; the command line and the window share it.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <audit/matrix.h>
#include <collection/collection.h>
#include <run/prepare.h>
#include <run/release.h>

namespace claimcheck::workbench {

/// Somebody, by what its requests are made with.
struct AccessIdentity
{
    std::string name;
    Secret token;
    std::vector<Secret> others = {};   ///< what else no report may hold
    std::optional<Error> problem = {}; ///< why it cannot make any request
    /// Whether its token may go along with that request. Null: it goes with every one.
    std::function<Result<void>(const collection::Item&, const http::Request&)> allowed = {};
};

struct AccessWish
{
    const collection::Collection& collection;
    std::vector<const collection::Item*> items; ///< that can be read
    const collection::Matrix& matrix;
    std::vector<std::string> columns; ///< identities, nobody among them where that is one
    const std::vector<AccessIdentity>& identities;
    std::function<run::Values(const collection::Item&)> valuesFor;
    std::function<void(http::Request&)> addOwn = {}; ///< what the user says of each request
    http::Request connection = {};                   ///< the user's own way, as run::releaseFor() has it
    run::Guard guard = {};
    /// Told of each request that it holds back, so that somebody may be asked. May be null.
    std::function<void(const collection::Item&, const run::Release&)> heldBack = {};
    std::string howToRelease = {}; ///< with what it holds back; empty: as run::notReleased()
    bool isRecording = false;      ///< every cell, whatever the file says of it
    bool mayWrite = false;
    std::string howToWrite = {}; ///< behind the note on a method that is left out
};

/// A request of the collection that no identity makes.
struct LeftOut
{
    std::string request; ///< its path
    bool isHarmless = false;
    Error error = {};
    std::string note = {}; ///< "orders.yml is left out: …"
};

struct AccessTasks
{
    std::vector<audit::MatrixTask> tasks;
    std::vector<LeftOut> leftOut;
    std::vector<std::string> notes; ///< what else is not tested
};

/// Usage for a request of the matrix that the collection does not have or that cannot be built; Refused for
/// one that would take a session's token, or a secret, to where it may not go.
Result<AccessTasks> accessTasks(const AccessWish& wish);

} // namespace claimcheck::workbench
