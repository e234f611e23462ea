// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix of `.claimcheck/matrix.yaml`: who may do what. A row is a request, a column an identity;
// beside it, whose objects a request reaches, so that the objects of others can be asked for.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimcheck::collection {

/// Nobody: a request without a token.
inline constexpr std::string_view anonymous = "anonymous";

enum class Access
{
    Allow,
    Deny,
    Any ///< nothing is expected
};

/// A cell: "allow", "deny 403", "any".
struct ExpectedAccess
{
    Access access = Access::Any;
    int status = 0; ///< 0: any that says so

    bool operator==(const ExpectedAccess&) const = default;
};
std::string toText(const ExpectedAccess& expected);
/// Nothing for a text that is no cell.
std::optional<ExpectedAccess> readExpectedAccess(std::string_view text);

using AccessByName = std::vector<std::pair<std::string, ExpectedAccess>>;

/// Whose objects a request reaches: the variable that it names them by, and what it is for each owner.
struct OwnedObjects
{
    std::string variable;
    std::vector<std::pair<std::string, std::string>> ids; ///< identity and the id of its object
    AccessByName others; ///< what an identity may do with the objects of others; without a word: nothing

    bool operator==(const OwnedObjects&) const = default;
};

struct MatrixRow
{
    std::string request;     ///< its file: "orders/list.yml"
    AccessByName expected;   ///< identity and cell
    std::string canary = {}; ///< a text that every answer holds to who is let in, and no other
    std::optional<OwnedObjects> objects = {};

    bool operator==(const MatrixRow&) const = default;
};

struct Matrix
{
    std::vector<MatrixRow> rows; ///< in the order of the file

    bool operator==(const Matrix&) const = default;
};

const MatrixRow* findRow(const Matrix& matrix, std::string_view request);
/// Nothing where that name is not in the list.
std::optional<ExpectedAccess> accessOf(const AccessByName& list, std::string_view name);
/// Everybody that the matrix names, in its order, nobody in front.
std::vector<std::string> identitiesIn(const Matrix& matrix);
/// Letters, digits and what else a name is written with; not empty and not too long.
bool isIdentityName(std::string_view name);

} // namespace claimcheck::collection
