// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/matrix.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include <base/text.h>
#include <store/files.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

using collection::AccessByName;
using collection::Matrix;
using collection::MatrixRow;
using collection::OwnedObjects;

constexpr const char* requestsKey = "requests";
constexpr const char* expectKey = "expect";
constexpr const char* objectsKey = "objects";
constexpr const char* variableKey = "variable";
constexpr const char* idsKey = "ids";

YamlOut cellsOut(const AccessByName& cells)
{
    std::vector<YamlOutPair> pairs;
    for (const auto& [who, expected] : cells)
        pairs.push_back({who, YamlOut::ofText(toText(expected))});
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOutPair rowOut(const MatrixRow& row)
{
    return {row.request, YamlOut::ofMapping({{expectKey, cellsOut(row.expected)}})};
}

YamlOut rowsOut(const std::vector<MatrixRow>& rows)
{
    std::vector<YamlOutPair> pairs;
    for (const MatrixRow& row : rows)
        pairs.push_back(rowOut(row));
    return YamlOut::ofMapping(std::move(pairs));
}

/// One change of the file's text. They are made one after the other, since ids of one mapping that come and
/// go would be at the same place.
using KeyPath = std::vector<std::string>;
Result<std::string> withPut(const std::string& source, const std::string& file, const KeyPath& path,
                            const YamlOut& value)
{
    const auto tree = parseYaml(source, file, {});
    return tree ? withValueAt(**tree, path, value) : tl::unexpected(tree.error());
}
Result<std::string> withErased(const std::string& source, const std::string& file, const KeyPath& path)
{
    const auto tree = parseYaml(source, file, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    edit.erase(path);
    return edit.apply();
}

YamlOut objectsOut(const OwnedObjects& objects)
{
    std::vector<YamlOutPair> ids;
    for (const auto& [owner, id] : objects.ids)
        ids.push_back({owner, YamlOut::ofText(id)});
    return YamlOut::ofMapping(
        {{variableKey, YamlOut::ofText(objects.variable)}, {idsKey, YamlOut::ofMapping(std::move(ids))}});
}

const std::string* idOf(const OwnedObjects& objects, const std::string& owner)
{
    for (const auto& each : objects.ids)
        if (each.first == owner)
            return &each.second;
    return nullptr;
}

/// What differs, in the lines where it stands; new ids come behind, and before any goes, so that there is
/// always one.
Result<std::string> withChangedObjects(const MatrixFile& file, const std::string& request,
                                       const OwnedObjects& present, const OwnedObjects& wanted)
{
    const KeyPath objects{requestsKey, request, objectsKey};
    const auto in = [&objects](std::initializer_list<std::string> more) {
        KeyPath path = objects;
        path.insert(path.end(), more);
        return path;
    };
    Result<std::string> text = file.source;
    if (present.variable != wanted.variable)
        text = withPut(*text, file.path, in({variableKey}), YamlOut::ofText(wanted.variable));
    for (const auto& [owner, id] : wanted.ids)
        if (const std::string* before = idOf(present, owner); text && (before == nullptr || *before != id))
            text = withPut(*text, file.path, in({idsKey, owner}), YamlOut::ofText(id));
    for (const auto& each : present.ids)
        if (text && idOf(wanted, each.first) == nullptr)
            text = withErased(*text, file.path, in({idsKey, each.first}));
    return text;
}

/// The cells of a request that has some: those that differ are changed, those that are missing come behind.
void putCells(YamlEdit& edit, const MatrixRow& present, const MatrixRow& wanted)
{
    if (present.expected.empty())
        return edit.put({requestsKey, wanted.request, expectKey}, cellsOut(wanted.expected));
    for (const auto& [who, expected] : wanted.expected)
        if (accessOf(present.expected, who) != expected)
            edit.put({requestsKey, wanted.request, expectKey, who}, YamlOut::ofText(toText(expected)));
}

/// Rows that say something; one without a cell would be an error when it is read again.
std::vector<MatrixRow> rowsWithCells(const Matrix& matrix)
{
    std::vector<MatrixRow> rows;
    for (const MatrixRow& row : matrix.rows)
        if (!row.expected.empty())
            rows.push_back(row);
    return rows;
}

} // namespace

Result<std::string> withCells(const MatrixFile& file, const Matrix& cells)
{
    const std::vector<MatrixRow> rows = rowsWithCells(cells);
    if (rows.empty())
        return file.source;
    if (file.matrix.rows.empty())
        return withPut(file.source, file.path, {requestsKey}, rowsOut(rows));
    const auto tree = parseYaml(file.source, file.path, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    // Changes at one place are made in the order in which they were asked for: what belongs to the last
    // request goes before the requests that come behind it.
    for (const MatrixRow& row : rows)
        if (const MatrixRow* present = findRow(file.matrix, row.request))
            putCells(edit, *present, row);
    for (const MatrixRow& row : rows)
        if (findRow(file.matrix, row.request) == nullptr) {
            const YamlOutPair pair = rowOut(row);
            edit.put({requestsKey, pair.key}, pair.value);
        }
    return edit.apply();
}

Result<std::string> withObjects(const MatrixFile& file, const std::string& request,
                                const OwnedObjects& objects)
{
    const MatrixRow* const row = findRow(file.matrix, request);
    const bool isThere = row != nullptr && row->objects;
    if (objects.ids.empty()) {
        if (!isThere)
            return file.source;
        const bool isRowLeft = !row->expected.empty(); // without cells it would be an error
        return withErased(file.source, file.path,
                          isRowLeft ? KeyPath{requestsKey, request, objectsKey}
                                    : KeyPath{requestsKey, request});
    }
    if (isThere)
        return withChangedObjects(file, request, *row->objects, objects);
    return withPut(file.source, file.path, {requestsKey, request, objectsKey}, objectsOut(objects));
}

/// Refused when the file changed since it was read.
static Result<void> writeMatrix(const MatrixFile& file, const Result<std::string>& text)
{
    namespace fs = std::filesystem;
    if (!text)
        return tl::unexpected(text.error());
    if (file.isThere && *text == file.source)
        return {};
    const auto now = readMatrixFile(file.path);
    if (!now || now->isThere != file.isThere || now->source != file.source)
        return failure(ErrorKind::Refused, "cannot write " + visible(file.path),
                       "it was changed by another program meanwhile", "do it again");
    // Nothing is written that could not be read again.
    if (const auto again = parseMatrix(*text, file.path); !again)
        return tl::unexpected(again.error());
    const std::string folder = fs::path(file.path).parent_path().string();
    if (!folder.empty())
        if (auto made = makeDirectories(folder, Privacy::Shared); !made)
            return made;
    return file.isThere ? writeFileAtomically(file.path, *text, Privacy::Shared)
                        : writeNewFile(file.path, *text, Privacy::Shared);
}

Result<void> record(const MatrixFile& file, const Matrix& cells)
{
    return writeMatrix(file, withCells(file, cells));
}

Result<void> recordObjects(const MatrixFile& file, const std::string& request, const OwnedObjects& objects)
{
    return writeMatrix(file, withObjects(file, request, objects));
}

} // namespace claimcheck::store
