// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The menu under "Save report": a line for each form that a report has, and the question where to.

#pragma once

#include <functional>
#include <span>

#include <QtCore/qstring.h>

class QMenu;
class QWidget;

namespace claimcheck::ui {

/// In UTF-8; they last as long as the program.
struct ReportFormat
{
    const char* name;   ///< of its writer: "junit"
    const char* title;  ///< "JUnit…"
    const char* suffix; ///< "xml"
};

/// What audits and access matrices are saved as.
std::span<const ReportFormat> auditFormats();
/// What runs are saved as.
std::span<const ReportFormat> runFormats();

struct ReportMenu
{
    QString prefix; ///< of the names of its actions, for tests: "exportAudit_"
    QString stem;   ///< of the file that is offered: "audit"
    /// The form's name, and the file that the user chose.
    std::function<void(const char* format, const QString& file)> save;
};
/// The owner's window asks for the file.
QMenu* makeReportMenu(QWidget* owner, std::span<const ReportFormat> formats, ReportMenu menu);

} // namespace claimcheck::ui
