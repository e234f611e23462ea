// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one style sheet, built from a theme's roles. A widget asks for a variant by its "kind" property;
// the functions of widgets.h set it.

#pragma once

#include <QtCore/qstring.h>

namespace claimcheck::ui {

struct Theme;

QString styleSheetOf(const Theme& theme);

} // namespace claimcheck::ui
