// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong with a request as it is typed, field by field, in words for the user. A secret that is still
// awaited is no fault: something stands in its place.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QtCore/qstring.h>

#include <base/result.h>
#include <collection/content.h>
#include <variables/resolve.h>

namespace claimcheck::ui {

enum class FormField
{
    Method,
    Url,
    Headers,
    Body,
    Params,
    Auth
};

struct FormProblem
{
    FormField field = FormField::Url;
    QString text;       ///< what is wrong and what to do, safe to show
    bool blocks = true; ///< false: worth saying, sent all the same
    int row = -1;       ///< of the table of headers or form fields, where it is in one

    bool operator==(const FormProblem&) const = default;
};

/// What an Error says, in one line for a field: what is wrong, why, and what to do.
QString problemText(const Error& error);

/// With something in the place of every secret that is still awaited.
std::vector<variables::Scope> withStandIns(std::vector<variables::Scope> scopes);

std::optional<QString> methodProblem(const std::string& method);
std::optional<QString> urlProblem(const std::string& url, const std::vector<variables::Scope>& scopes);
/// Empty: nothing is. `filledScopes` are withStandIns().
QString headerProblem(const collection::Field& field, const std::vector<variables::Scope>& filledScopes);
/// A secret was left out of what is kept on disk: of the body of the kind that is chosen.
std::optional<FormProblem> leftOutOfBody(const collection::Entry& entry,
                                         const std::vector<collection::Field>& formFields,
                                         const std::string& bytes);
/// The same of what is sent: the credentials and parts of the kind that is chosen, and path parameters.
std::optional<FormProblem> leftOutOfDetails(const collection::Entry& entry,
                                            const collection::Details& details);
/// Only said: a body goes out as typed, and a template need not be JSON before its variables are in.
std::optional<QString> bodyProblem(const collection::Entry& entry);

} // namespace claimcheck::ui
