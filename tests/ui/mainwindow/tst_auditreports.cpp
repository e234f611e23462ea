// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report of an audit is saved from the window: it says where, or why not, where it can be seen.

#include <QtCore/qfile.h>
#include <QtCore/qtimer.h>
#include <QtCore/qurl.h>
#include <QtGui/qaction.h>
#include <QtGui/qdesktopservices.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qtableview.h>

#include <theme/theme.h>

#include "auditwindow.h"

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using State = workbench::Auditing::State;

class TestAuditReports : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void takeUrl(const QUrl& url) { m_opened.push_back(url); }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aReportThatIsNotSavedIsSaidWhenNarrow();
    void saysWhereAReportWasSaved();

private:
    void saveReport(AuditWindow& window, const QString& file);

    QList<QUrl> m_opened;
};

/// The question runs an event loop of its own.
void TestAuditReports::saveReport(AuditWindow& window, const QString& file)
{
    QTimer answering;
    connect(&answering, &QTimer::timeout, this, [&] {
        auto* question = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (question == nullptr)
            return;
        answering.stop();
        question->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
        static_cast<QDialog*>(question)->accept();
    });
    answering.start(0);
    window.find<QAction>("exportAudit_html")->trigger();
}

void TestAuditReports::aReportThatIsNotSavedIsSaidWhenNarrow()
{
    AuditWindow w;
    w.window.resize(800, 600);
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    QTRY_VERIFY(w.find<QTableView>("auditMatrix")->isVisible());
    const auto* problem = w.find<QLabel>("auditProblem");
    QVERIFY(!problem->isVisible());
    saveReport(w, w.config.filePath(QStringLiteral("nowhere/audit.html")));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(QLatin1String("nowhere/audit.html")), qPrintable(problem->text()));
    QVERIFY(w.find<QWidget>("auditSaved")->isHidden());
}

void TestAuditReports::saysWhereAReportWasSaved()
{
    AuditWindow w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    const auto* saved = w.find<QWidget>("auditSaved");
    QVERIFY(!saved->isVisible());
    const QString file = w.config.filePath(QStringLiteral("audit.html"));
    saveReport(w, file);
    QVERIFY(QFile::exists(file));
    QTRY_VERIFY(saved->isVisible());
    QVERIFY(!w.find<QLabel>("auditProblem")->isVisible());
    const QString words = w.find<QLabel>("auditSavedWords")->text();
    QVERIFY2(words.contains(QLatin1String("audit.html")) && words.contains(w.config.path()),
             qPrintable(words));
    QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "takeUrl");
    w.click("auditSavedFolder");
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    QCOMPARE(m_opened, QList<QUrl>{QUrl::fromLocalFile(w.config.path())});
    // It is of that audit.
    w.click("planAudit");
    QVERIFY(!saved->isVisible());
}

QTEST_MAIN(TestAuditReports)
#include "tst_auditreports.moc"
