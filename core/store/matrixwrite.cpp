// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/matrix.h>

#include <filesystem>

#include <base/text.h>
#include <store/files.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

using collection::AccessByName;
using collection::Matrix;
using collection::MatrixRow;

constexpr const char* requestsKey = "requests";
constexpr const char* expectKey = "expect";

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
    if (trimmed(file.source).empty())
        return writeFile({{requestsKey, rowsOut(rows)}});
    const auto tree = parseYaml(file.source, file.path, {});
    if (!tree)
        return tl::unexpected(tree.error());
    if ((*tree)->root().isNull()) // nothing but comments
        return file.source + (file.source.ends_with('\n') ? "" : "\n") +
               writeFile({{requestsKey, rowsOut(rows)}});
    YamlEdit edit(**tree);
    if (file.matrix.rows.empty()) {
        edit.put({requestsKey}, rowsOut(rows));
        return edit.apply();
    }
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

Result<void> record(const MatrixFile& file, const Matrix& cells)
{
    namespace fs = std::filesystem;
    const auto text = withCells(file, cells);
    if (!text)
        return tl::unexpected(text.error());
    if (file.isThere && *text == file.source)
        return {};
    const auto now = readMatrixFile(file.path);
    if (!now || now->isThere != file.isThere || now->source != file.source)
        return failure(ErrorKind::Refused, "cannot write " + visible(file.path),
                       "it was changed by another program meanwhile", "record again");
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

} // namespace claimcheck::store
