// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The variables in a URL line: where they stand, and what may be shown of them.

#pragma once

#include <optional>
#include <vector>

#include <QtCore/qstring.h>

#include <variables/resolve.h>

namespace claimcheck::ui {

/// A part of the URL that stands for a variable; positions count UTF-16 units.
struct UrlVariable
{
    QString name;
    int position = 0;
    int length = 0;
    std::optional<QString> value; ///< nothing: no scope knows that name; empty where it is hidden
    bool isHidden = false;        ///< a secret, or a value of outside that may be one
    bool isFromOutside = false;   ///< of a .env file or of the process, and no secret variable of a file
    bool isMadeAnew = false;      ///< {{$guid}} and the like, which no scope defines; its value is empty

    bool operator==(const UrlVariable&) const = default;
};
std::vector<UrlVariable> variablesOf(const QString& url, const std::vector<variables::Scope>& nearestFirst);
/// What it stands for, as a tool tip; where that is hidden, why.
QString tipOf(const UrlVariable& variable);

} // namespace claimcheck::ui
