// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/matrix.h>

#include <algorithm>
#include <filesystem>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/strictyaml.h>

namespace claimcheck::store {
namespace {

using collection::AccessByName;
using collection::Matrix;
using collection::MatrixRow;
using collection::OwnedObjects;

std::string identityName(StrictYaml& yaml, const YamlValue& key)
{
    const std::string name = key.text();
    if (!collection::isIdentityName(name))
        yaml.reject(key, "an identity cannot be called \"" + visible(name) + "\"");
    return name;
}

AccessByName readCells(StrictYaml& yaml, const YamlValue& value, std::string_view name)
{
    AccessByName cells;
    for (const YamlPair& pair : yaml.pairs(value, name)) {
        const std::string who = identityName(yaml, pair.key);
        const auto expected = pair.value.isScalar() ? collection::readExpectedAccess(pair.value.text())
                                                    : std::optional<collection::ExpectedAccess>();
        if (!expected)
            yaml.reject(pair.value, "the cell of " + visible(who) +
                                        " must be allow, deny or any, and a status behind it if one is "
                                        "expected (deny 403)");
        cells.emplace_back(who, expected.value_or(collection::ExpectedAccess()));
    }
    return cells;
}

OwnedObjects readObjects(StrictYaml& yaml, const YamlValue& value)
{
    OwnedObjects objects;
    for (const YamlPair& pair : yaml.pairs(value, "objects", {"variable", "ids", "others"})) {
        if (pair.key.text() == "variable") {
            objects.variable = yaml.text(pair.value, "variable");
        } else if (pair.key.text() == "others") {
            objects.others = readCells(yaml, pair.value, "others");
        } else {
            for (const YamlPair& id : yaml.pairs(pair.value, "ids")) {
                const std::string owner = identityName(yaml, id.key);
                if (owner == collection::anonymous)
                    yaml.reject(id.key, "anonymous is nobody and owns nothing");
                objects.ids.emplace_back(owner, yaml.text(id.value, "the id of " + visible(owner)));
            }
        }
    }
    if (value.isMapping() && (objects.variable.empty() || objects.ids.empty()))
        yaml.reject(value, "objects needs variable and ids");
    return objects;
}

MatrixRow readRow(StrictYaml& yaml, const YamlPair& request)
{
    MatrixRow row;
    row.request = request.key.text();
    const std::string name = "the request " + visible(row.request);
    for (const YamlPair& pair : yaml.pairs(request.value, name, {"expect", "canary", "objects"})) {
        if (pair.key.text() == "expect")
            row.expected = readCells(yaml, pair.value, "expect");
        else if (pair.key.text() == "canary")
            row.canary = yaml.text(pair.value, "canary");
        else
            row.objects = readObjects(yaml, pair.value);
    }
    if (request.value.isMapping() && row.expected.empty() && !row.objects)
        yaml.reject(request.value, name + " has neither expect nor objects");
    return row;
}

/// What a run of all of it would send, the controls left out.
std::size_t cellsOf(const Matrix& matrix)
{
    const std::size_t everybody = collection::identitiesIn(matrix).size();
    std::size_t cells = 0;
    for (const MatrixRow& row : matrix.rows)
        cells += row.expected.size() + (row.objects ? row.objects->ids.size() * everybody : 0);
    return cells;
}

Result<Matrix> bounded(Matrix matrix, const std::string& what, const MatrixLimits& most)
{
    const std::size_t identities = collection::identitiesIn(matrix).size();
    if (identities > most.identities)
        return failure(ErrorKind::TooLarge, what,
                       "it names " + std::to_string(identities) + " identities; " +
                           std::to_string(most.identities) + " are the most",
                       "keep one for each kind of right");
    if (const std::size_t cells = cellsOf(matrix); cells > most.cells)
        return failure(ErrorKind::TooLarge, what,
                       "it has " + std::to_string(cells) + " cells; " + std::to_string(most.cells) +
                           " are the most",
                       "divide it into several files");
    return matrix;
}

Result<MatrixFile> matrixFileOf(const std::string& path, std::string source, const StoreLimits& limits)
{
    auto matrix = parseMatrix(source, path, limits);
    if (!matrix)
        return tl::unexpected(matrix.error());
    return MatrixFile{path, std::move(source), true, *std::move(matrix)};
}

} // namespace

Result<Matrix> parseMatrix(std::string yaml, const std::string& fileName, const StoreLimits& limits,
                           const MatrixLimits& most)
{
    const auto tree = parseYaml(std::move(yaml), fileName, limits);
    if (!tree)
        return tl::unexpected(tree.error());
    const YamlValue root = (*tree)->root();
    const std::string what = "cannot use " + visible(fileName);
    StrictYaml strict(what);
    Matrix matrix;
    const auto parts = root.isNull() ? std::vector<YamlPair>() : strict.pairs(root, "the file", {"requests"});
    for (const YamlPair& part : parts)
        for (const YamlPair& request :
             part.value.isNull() ? std::vector<YamlPair>() : strict.pairs(part.value, "requests"))
            matrix.rows.push_back(readRow(strict, request));
    if (strict.problem())
        return tl::unexpected(*strict.problem());
    return bounded(std::move(matrix), what, most);
}

Result<MatrixFile> readMatrixFile(const std::string& path, const StoreLimits& limits)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
        return MatrixFile{path, {}, false, {}};
    if (!fs::is_regular_file(status))
        return failure(ErrorKind::Unreadable, "cannot use " + visible(path), "it is no regular file",
                       "name a file");
    auto text = readFile(path, limits.bytes);
    return text ? matrixFileOf(path, *std::move(text), limits) : tl::unexpected(text.error());
}

Result<MatrixFile> readMatrix(const std::string& directory, const StoreLimits& limits)
{
    const auto path = pathInside(directory, matrixFile);
    if (!path)
        return tl::unexpected(path.error());
    auto text = readIfThere(directory, matrixFile, limits.bytes);
    if (!text)
        return tl::unexpected(text.error());
    return *text ? matrixFileOf(path->string(), **std::move(text), limits)
                 : MatrixFile{path->string(), {}, false, {}};
}

} // namespace claimcheck::store
