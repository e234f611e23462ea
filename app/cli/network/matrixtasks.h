// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `matrix` sends: the requests of a collection as each identity makes them, built before the first one
// goes out.

#pragma once

#include <audit/matrix.h>

#include "auditrequests.h"
#include "matrixidentities.h"

namespace claimcheck::cli {

struct MatrixWish
{
    const AuditCollection& audited;
    const collection::Matrix& matrix;
    std::string environment;
    const ConnectionOptions& connection;
    std::vector<std::string> columns; ///< identities, nobody among them where that is one
    const MatrixIdentities& identities;
    bool isRecording = false; ///< every cell, whatever the file says of it
    bool mayWrite = false;
};

struct MatrixTasks
{
    std::vector<audit::MatrixTask> tasks;
    std::vector<std::string> notes; ///< what is left out, and why
};

/// Usage for a request of the matrix that the collection does not have or that cannot be built; Refused for
/// one that would take a session's token, or a secret, to where it may not go.
Result<MatrixTasks> matrixTasks(const MatrixWish& wish);

} // namespace claimcheck::cli
