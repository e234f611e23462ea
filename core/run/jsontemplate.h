// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text with variables in it that is, or may be, JSON.

#pragma once

#include <run/prepare.h>

namespace claimcheck::run {

enum class TextKind
{
    Plain,
    Json ///< the value of a variable inside of a string is escaped, so that it stays one value
};

/// As typed but for the variables; `place` names it in errors. With Values::allowUndefined, an unknown
/// {{name}} stays as typed.
Result<std::string> resolveText(const std::string& text, TextKind kind, const Values& values,
                                const std::string& place);

} // namespace claimcheck::run
