// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text from afar in a tool tip. Qt guesses there whether a text is markup, and a cookie that begins with <b>
// would be.

#pragma once

#include <QtCore/qstring.h>

namespace claimcheck::ui {

/// The tip that reads as the text, its line ends kept; empty where the text is.
QString plainTip(const QString& text);

} // namespace claimcheck::ui
