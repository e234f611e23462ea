// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/reportmenu.h>

#include <utility>

#include <QtCore/qcoreapplication.h>
#include <QtGui/qaction.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qmenu.h>

namespace claimcheck::ui {
namespace {

constexpr ReportFormat ofAudits[] = {{"html", "HTML…", "html"},
                                     {"sarif", "SARIF…", "sarif"},
                                     {"junit", "JUnit…", "xml"},
                                     {"json", "JSON…", "json"},
                                     {"table", "Text…", "txt"}};
constexpr ReportFormat ofRuns[] = {
    {"junit", "JUnit…", "xml"}, {"json", "JSON…", "json"}, {"html", "HTML…", "html"}, {"tap", "TAP…", "tap"}};

} // namespace

std::span<const ReportFormat> auditFormats()
{
    return ofAudits;
}

std::span<const ReportFormat> runFormats()
{
    return ofRuns;
}

QMenu* makeReportMenu(QWidget* owner, std::span<const ReportFormat> formats, ReportMenu menu)
{
    auto* made = new QMenu(owner);
    for (const ReportFormat& format : formats) {
        QAction* action = made->addAction(QString::fromUtf8(format.title));
        action->setObjectName(menu.prefix + QLatin1String(format.name));
        QObject::connect(action, &QAction::triggered, owner, [owner, format, menu] {
            const QString ending = u'.' + QLatin1String(format.suffix);
            const QString file = QFileDialog::getSaveFileName(
                owner->window(), QCoreApplication::translate("claimcheck::ui::ReportMenu", "Save report"),
                menu.stem + ending, u'*' + ending);
            if (!file.isEmpty())
                menu.save(format.name, file);
        });
    }
    return made;
}

} // namespace claimcheck::ui
