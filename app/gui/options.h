// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window is started with. What it does not understand is refused with a sentence instead of being
// passed over.

#pragma once

#include <optional>

#include <QtCore/qsize.h>
#include <QtCore/qstring.h>
#include <QtCore/qstringlist.h>

#include <base/result.h>

namespace claimcheck {

struct Options
{
    QString screenshot; ///< empty: a person sits in front of the window
    QString scene = QStringLiteral("work");
    QString theme; ///< empty: as it was chosen last
    std::optional<QSize> size;
    QString collection; ///< absolute; empty: what was open last
};

/// `arguments` with the program's name, without what Qt takes for itself. Usage.
Result<Options> readOptions(const QStringList& arguments);

/// Help and version need no window, and so no display: printed, and the status to leave with. Nothing: the
/// program is to start.
std::optional<int> answerWithoutWindow(int argc, char** argv);

/// One of these is among the arguments, alone or with "=value" behind it.
bool hasOption(int argc, char** argv, std::initializer_list<std::string_view> names);

} // namespace claimcheck
