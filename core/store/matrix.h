// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `.claimcheck/matrix.yaml` (docs/collections.md). Read strictly: a cell that is misspelt would be a right
// that nobody tests. Recorded cell by cell: what else stands in the file stays as it is.
//
//   auto file = readMatrix(directory);
//   record(*file, {{"orders/list.yml", {{"alice", {Access::Allow, 200}}}}});

#pragma once

#include <string>

#include <collection/matrix.h>
#include <store/opencollection.h>

namespace claimcheck::store {

inline constexpr const char* matrixFile = ".claimcheck/matrix.yaml";

struct MatrixLimits
{
    std::size_t identities = 64;
    std::size_t cells = 10'000; ///< with those of objects
};

struct MatrixFile
{
    std::string path;   ///< absolute
    std::string source; ///< as it was read; empty: there is none yet
    bool isThere = false;
    collection::Matrix matrix;
};

/// Of a collection's folder; where there is no file an empty matrix. Refused where it leads out of the
/// folder.
Result<MatrixFile> readMatrix(const std::string& directory, const StoreLimits& limits = {});
/// Any other file. Where it is not there an empty matrix.
Result<MatrixFile> readMatrixFile(const std::string& path, const StoreLimits& limits = {});
/// Malformed with line and column; TooLarge above the limits.
Result<collection::Matrix> parseMatrix(std::string yaml, const std::string& fileName = matrixFile,
                                       const StoreLimits& limits = {}, const MatrixLimits& most = {});

/// The source with these cells in it, the rest untouched; a new file in canonical form. Refused where a place
/// cannot be changed by itself.
Result<std::string> withCells(const MatrixFile& file, const collection::Matrix& cells);
/// The source with these objects of a request in it; without ids the request has none, and no row where
/// nothing else is expected of it. What it says of the objects of others stays.
Result<std::string> withObjects(const MatrixFile& file, const std::string& request,
                                const collection::OwnedObjects& objects);
/// Writes cells, atomically; nothing where it is the same. Refused when the file changed since it was read.
Result<void> record(const MatrixFile& file, const collection::Matrix& cells);
/// The same of the objects of a request.
Result<void> recordObjects(const MatrixFile& file, const std::string& request,
                           const collection::OwnedObjects& objects);

} // namespace claimcheck::store
