// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of what an import left out can be read whole: its texts are broken, not cut.

#include <mainwindow/importreport.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qdialog.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qtreewidget.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

constexpr int where = 0;
constexpr int why = 2;
constexpr int aroundText = 6; ///< px that a style leaves beside a text

interop::Written withReasons()
{
    interop::Written written;
    written.directory = "/somewhere/api";
    written.requests = 2;
    written.leftOut = {{"Orders", "a script", "short"},
                       {"Orders", "the data beside the file",
                        "the header Authorization is sent in its place, and a request file of a collection "
                        "has no field that could hold both: take one of them out of the command, or write "
                        "the other as a variable of an environment"}};
    return written;
}

struct Report
{
    QWidget window;
    QDialog* dialog = nullptr;
    QTreeWidget* list = nullptr;

    Report()
    {
        window.show();
        showImportReport(withReasons(), &window);
        dialog = window.findChild<QDialog*>(QStringLiteral("importReport"));
        list = dialog->findChild<QTreeWidget*>(QStringLiteral("importLeftOut"));
        if (!QTest::qWaitForWindowExposed(dialog))
            qFatal("the report is not shown");
    }
    int height(int row) const { return list->visualItemRect(list->topLevelItem(row)).height(); }
    /// px that the reason of the row takes in its column.
    int needed(int row) const
    {
        const QRect column(0, 0, list->columnWidth(why) - aroundText, 10000);
        return QFontMetrics(list->font())
            .boundingRect(column, Qt::TextWordWrap, list->topLevelItem(row)->text(why))
            .height();
    }
};

} // namespace

class TestImportReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aReasonIsReadWhole();
    void aNarrowColumnBreaksItMoreOften();
};

void TestImportReport::aReasonIsReadWhole()
{
    const Report report;
    const int line = QFontMetrics(report.list->font()).height();
    QVERIFY(report.needed(1) >= 2 * line);
    QTRY_VERIFY(report.height(1) >= report.needed(1));
    QVERIFY(report.height(0) < 2 * line + space::row / 2); // what is short takes no more than a row
    QVERIFY(report.list->columnWidth(why) <= report.list->viewport()->width());
}

void TestImportReport::aNarrowColumnBreaksItMoreOften()
{
    const Report report;
    QTRY_VERIFY(report.height(1) >= report.needed(1));
    const int before = report.height(1);
    report.list->header()->resizeSection(where, report.list->columnWidth(where) + 150);
    QTRY_VERIFY(report.height(1) > before);
    QTRY_VERIFY(report.height(1) >= report.needed(1));
}

QTEST_MAIN(TestImportReport)
#include "tst_importreport.moc"
