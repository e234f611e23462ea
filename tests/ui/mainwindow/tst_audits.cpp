// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The audit in the window: three clicks from the start page to a filled matrix, evidence without tokens, and
// nothing that goes to another machine unasked.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qaction.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qdialog.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollbar.h>
#include <QtWidgets/qtableview.h>

#include <audits/auditpane.h>
#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <mainwindow/auditdesk.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <state/auditevidence.h>
#include <state/auditmatrix.h>
#include <store/confirmedhosts.h>
#include <store/files.h>
#include <theme/banner.h>
#include <theme/foldingcolumns.h>
#include <theme/theme.h>
#include <workbench/identities.h>

#include "auditwindow.h"

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using State = workbench::Auditing::State;

namespace {

struct Window : AuditWindow
{
    AuditMatrix* matrix() { return qobject_cast<AuditMatrix*>(find<QTableView>("auditMatrix")->model()); }
    QString evidence() { return find<QPlainTextEdit>("auditEvidence")->toPlainText(); }
    /// Everything that the page shows.
    QString shown()
    {
        QString text = evidence();
        const auto* pane = window.findChild<AuditPane*>();
        for (const QTableView* table : pane->findChildren<QTableView*>())
            for (int row = 0; table->model() != nullptr && row < table->model()->rowCount(); ++row)
                for (int column = 0; column < table->model()->columnCount(); ++column) {
                    const QModelIndex at = table->model()->index(row, column);
                    text += at.data().toString() + at.data(Qt::ToolTipRole).toString() + u'\n';
                }
        for (const QLabel* label : pane->findChildren<QLabel*>())
            text += label->text() + u'\n';
        return text;
    }
};

} // namespace

class TestAudits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void threeClicksToAFilledMatrix();
    void aForgeryIsCopiedOnlyByWhoSaysSo();
    void theEvidenceIsAWorkingForgery();
    void theRequestInFrontIsAudited();
    void anotherMachineIsConfirmedByItsName();
    void guardCodeIsWrittenForTheToken();
    void anotherCollectionForgetsTheAudit();
    void whatEndedIsAuditedAgain();
    void columnsFoldWhenNarrow();
    void textsHaveTheRoomThatThereIs();
    void aNarrowWindowKeepsResultStatusAndReason_data();
    void aNarrowWindowKeepsResultStatusAndReason();
};

void TestAudits::threeClicksToAFilledMatrix()
{
    Window w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    QVERIFY(w.matrix()->rowCount() > 40); // the plan, with a sentence each
    QVERIFY(w.find<QPushButton>("startAudit")->isEnabled());
    QVERIFY(w.find<QPushButton>("startAudit")->isVisible());
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));

    const auto* banner = w.find<Banner>("auditBanner");
    QCOMPARE(banner->tone(), Tone::Bad);
    // How many there are stands above it already.
    QVERIFY(w.find<QLabel>("auditSummary")->text().contains(QLatin1String(" findings (")));
    QCOMPARE(banner->word(), QStringLiteral("Critical · GET /careless/protected"));
    QVERIFY(!banner->sentence().isEmpty());
    const QModelIndex accepted = w.matrix()->firstWith(CellState::Accepted);
    QVERIFY(accepted.isValid());
    QVERIFY2(accepted.data().toString().startsWith(u"✗ accepted"), qPrintable(accepted.data().toString()));
    QVERIFY(w.matrix()->firstWith(CellState::Refused).isValid());
    QVERIFY(!w.matrix()->firstWith(CellState::Planned).isValid());
    // The first that was accepted is chosen, and says what it means.
    QCOMPARE(w.find<QTableView>("auditMatrix")->currentIndex(), accepted);
    for (const char* word : {"This means", "CWE-", "API2:2023", "RFC", "Fix", "$TOKEN"})
        QVERIFY2(w.evidence().contains(QLatin1String(word)), word);
    QVERIFY(!w.shown().contains(toQString(w.auditing().goodToken().reveal())));
    QVERIFY(!w.shown().contains(QLatin1String("eyJ")));
    QVERIFY(w.find<QPushButton>("saveAudit")->isEnabled());
    QVERIFY(!w.find<QPushButton>("stopAudit")->isEnabled());
}

void TestAudits::aForgeryIsCopiedOnlyByWhoSaysSo()
{
    Window w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    w.click("copyAuditCurl");
    const QString curl = QGuiApplication::clipboard()->text();
    QVERIFY2(curl.startsWith(QLatin1String("curl ")) && curl.contains(QLatin1String("$TOKEN")),
             qPrintable(curl));
    const auto question = [&]() -> QMessageBox* {
        w.click("copyForgery");
        return w.window.findChild<QMessageBox*>(QStringLiteral("forgeryQuestion"));
    };
    QMessageBox* box = question();
    QVERIFY(box != nullptr);
    box->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), curl);
    QTRY_VERIFY(w.window.findChild<QMessageBox*>(QStringLiteral("forgeryQuestion")) == nullptr);
    QVERIFY(question() != nullptr);
    w.click("copyForgeryNow");
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("eyJ")));
    // What was refused is no working forgery.
    w.find<QTableView>("auditMatrix")->setCurrentIndex(w.matrix()->firstWith(CellState::Refused));
    QVERIFY(!w.find<QPushButton>("copyForgery")->isEnabled());
    QGuiApplication::clipboard()->clear();
}

/// The request as it went out, its token masked until it is asked for, and what tells that it was let in.
void TestAudits::theEvidenceIsAWorkingForgery()
{
    Window w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    auto* const reveal = w.find<QPushButton>("showForgery");
    QVERIFY(!reveal->isEnabled() && !w.find<QPushButton>("copyEvidence")->isEnabled());
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    for (const char* word :
         {"Sent:\n    GET http://127.0.0.1:", "\n    Authorization: Bearer $TOKEN",
          "\n    X-Audit: ", "Answer: 200", "To compare: Good token 200 · ", " 401", "Fix: "})
        QVERIFY2(w.evidence().contains(QString::fromUtf8(word)), qPrintable(w.evidence()));
    // By the keys alone.
    for (const char* name : {"showForgery", "copyEvidence", "copyAuditCurl", "copyForgery"})
        QVERIFY2(w.find<QPushButton>(name)->focusPolicy() & Qt::TabFocus, name);
    QVERIFY(w.find<QPlainTextEdit>("auditEvidence")->textInteractionFlags() & Qt::TextSelectableByKeyboard);

    const QString masked = w.evidence();
    reveal->setFocus();
    QTest::keyClick(reveal, Qt::Key_Space);
    QVERIFY(w.evidence().contains(QLatin1String("\n    Authorization: Bearer eyJ")));
    w.click("copyEvidence"); // is masked all the same
    QCOMPARE(QGuiApplication::clipboard()->text(), masked);
    // Of another one it is asked for anew.
    auto* const matrix = w.find<QTableView>("auditMatrix");
    const QModelIndex accepted = matrix->currentIndex();
    matrix->setCurrentIndex(w.matrix()->firstWith(CellState::Refused));
    QVERIFY(!reveal->isChecked() && !w.evidence().contains(QLatin1String("eyJ")));
    matrix->setCurrentIndex(accepted);
    QCOMPARE(w.evidence(), masked);
    QGuiApplication::clipboard()->clear();
}

void TestAudits::theRequestInFrontIsAudited()
{
    Window w;
    QVERIFY(!w.find<QAction>("actionAudit")->isEnabled()); // none is open
    w.window.startDemo();
    QSignalSpy signedIn(&w.workbench, &workbench::Workbench::loginFinished);
    w.click("signIn");
    QTRY_COMPARE(signedIn.size(), 1);
    w.window.openItem(QStringLiteral("protected-route-without-a-token.yml"));
    w.find<QAction>("actionAudit")->trigger();
    QTRY_VERIFY(w.auditing().problem());
    QVERIFY(w.find<QLabel>("auditProblem")->isVisible());
    QVERIFY(!w.find<QPushButton>("startAudit")->isEnabled());
    w.window.openItem(QStringLiteral("protected-route.yml"));
    w.find<QAction>("actionAudit")->trigger();
    QVERIFY(w.reaches(State::Planned));
    QCOMPARE(w.auditing().routes().front().algorithm, std::string("HS256"));
    QVERIFY(!w.find<QLabel>("auditProblem")->isVisible());
    // By the name that it has beside Send.
    const QString what = w.find<QLabel>("auditWhat")->text();
    QVERIFY2(what.contains(QStringLiteral("Sent as: demo")), qPrintable(what));
    // How long the listener waits is known before, and only where a token names it.
    const auto* plan = w.find<QLabel>("auditSummary");
    QVERIFY2(plan->text().endsWith(QStringLiteral(", then up to 1.50 s for who asks our listener late")),
             qPrintable(plan->text()));
    w.find<QCheckBox>("auditFamily_brought")->setChecked(false);
    QTRY_VERIFY(plan->text().endsWith(QStringLiteral(" requests to one route")));
    w.find<QCheckBox>("auditFamily_brought")->setChecked(true);
    QTRY_VERIFY(plan->text().contains(QStringLiteral("late")));
    // A group that is not wanted is not in the plan.
    const std::size_t all = w.auditing().requests();
    w.find<QCheckBox>("auditFamily_unsigned")->setChecked(false);
    QTRY_VERIFY(w.auditing().requests() < all);
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    for (const audit::Row& row : w.auditing().report()->routes.front().rows)
        QVERIFY(row.attack != "alg-none");
}

/// Nobody looks its name up: what goes there goes through a proxy here.
void TestAudits::anotherMachineIsConfirmedByItsName()
{
    RawServer proxy([](const Seen&) { return ok("{}"); });
    const CollectionFolder folder;
    folder.write("opencollection.yml",
                 "opencollection: \"1.0.0\"\ninfo: {name: Away}\nconfig: {proxy: {config: {protocol: http, "
                 "hostname: 127.0.0.1, port: " +
                     std::to_string(proxy.port()) + "}}}\n");
    Window w;
    QVERIFY(w.window.openCollection(toQString(folder.root)));
    collection::Entry entry;
    entry.url = "http://api.invalid/orders";
    entry.headers.push_back(
        {"Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ"});
    w.window.showPage(Page::Work);
    w.window.findChild<RequestTabs*>()->newEntry(entry, {});
    w.find<QAction>("actionAudit")->trigger();
    QVERIFY(w.reaches(State::Planned));
    w.click("startAudit");
    QVERIFY(w.auditing().state() == State::Planned);
    auto* dialog = w.find<QDialog>("hostDialog");
    auto* confirm = dialog->findChild<QPushButton*>(QStringLiteral("confirmHost"));
    auto* typed = dialog->findChild<QLineEdit*>(QStringLiteral("typedHost"));
    QVERIFY(!confirm->isEnabled());
    typed->setText(QStringLiteral("api"));
    QVERIFY(!confirm->isEnabled());
    typed->setText(QStringLiteral("API.invalid"));
    QVERIFY(confirm->isEnabled());
    confirm->click();
    QVERIFY(w.auditing().state() == State::Running);
    const auto kept = store::loadConfirmedHosts(toUtf8(w.config.path()));
    QVERIFY(kept && kept->has("api.invalid"));
    QTRY_VERIFY(!proxy.seen.empty());
    for (const Seen& seen : proxy.seen)
        QVERIFY2(seen.target().starts_with("http://api.invalid/"), seen.target().c_str());
    w.find<QAction>("actionCancel")->trigger();
    QVERIFY(w.reaches(State::Ended));
}

void TestAudits::guardCodeIsWrittenForTheToken()
{
    Window w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    w.click("writeGuard");
    auto* dialog = w.find<QDialog>("guardDialog");
    const QString code = dialog->findChild<QPlainTextEdit*>(QStringLiteral("guardCode"))->toPlainText();
    QVERIFY2(code.contains(QLatin1String("RS256")), qPrintable(code));
    // From where the key was really read, and not from where its issuer's name would lead.
    const QString keySet = w.find<QLineEdit>("auditJwks")->text();
    QVERIFY(keySet.startsWith(QLatin1String("http://127.0.0.1:")));
    QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("guardPlace"))->text(), keySet);
    QVERIFY2(code.contains(u'\'' + keySet + u'\''), qPrintable(code));
    QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("guardNotes"))
                 ->text()
                 .contains(QLatin1String("none of the known keys")));
    QVERIFY(!code.contains(toQString(w.auditing().goodToken().reveal())));
    dialog->findChild<QPushButton*>(QStringLiteral("copyGuard"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), code);
    QGuiApplication::clipboard()->clear();
    dialog->findChild<QLineEdit*>(QStringLiteral("guardPlace"))->clear();
    QVERIFY(!dialog->findChild<QPushButton*>(QStringLiteral("copyGuard"))->isEnabled());
    QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("guardProblem"))->isVisible());
}

void TestAudits::anotherCollectionForgetsTheAudit()
{
    Window w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    const std::string another = toUtf8(w.config.path()) + "/another";
    QVERIFY(w.workbench.createCollection(another, "Another"));
    QVERIFY(w.window.openCollection(toQString(another)));
    QVERIFY(w.auditing().state() == State::Idle);
    QVERIFY(w.auditing().goodToken().isEmpty());
    QCOMPARE(w.matrix()->rowCount(), 0);
}

void TestAudits::whatEndedIsAuditedAgain()
{
    Window w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    const auto* start = w.find<QPushButton>("startAudit");
    QCOMPARE(start->text(), QStringLiteral("Start audit"));
    QSignalSpy finished(&w.auditing(), &workbench::Auditing::finished);
    w.click("startAudit");
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, auditPatience);
    QVERIFY(start->isEnabled());
    QCOMPARE(start->text(), QStringLiteral("Audit again"));
    w.click("startAudit");
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, auditPatience);
    // A plan that is only wanted is not sent.
    w.click("planAudit");
    QVERIFY(w.reaches(State::Planned));
    QCoreApplication::processEvents();
    QVERIFY(w.auditing().state() == State::Planned);
    QCOMPARE(start->text(), QStringLiteral("Start audit"));
    QCOMPARE(finished.size(), 2);
}

void TestAudits::columnsFoldWhenNarrow()
{
    Window w;
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    w.window.resize(800, 600);
    auto* columns = w.window.findChild<AuditPane*>()->findChild<FoldingColumns*>();
    QVERIFY(columns != nullptr);
    QTRY_VERIFY(columns->isFolded());
    const auto* table = w.find<QTableView>("auditMatrix");
    QVERIFY(w.find<QPushButton>("startAudit")->isVisible() && !table->isVisible());
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    QTRY_VERIFY(table->isVisible()); // what comes is seen
    QTRY_COMPARE(table->horizontalScrollBar()->value(), 0);
    const QRect attack = table->visualRect(table->currentIndex().siblingAtColumn(AuditMatrix::AttackColumn));
    QVERIFY(attack.left() >= 0 && attack.right() < table->viewport()->width());
    for (const char* name : {"copyAuditCurl", "copyForgery", "saveAudit"}) {
        const auto* button = w.find<QPushButton>(name);
        QVERIFY2(button->isVisible() && button->width() >= button->sizeHint().width(), name);
    }
    w.window.resize(1280, 800);
    QTRY_VERIFY(!columns->isFolded());
    QVERIFY(w.find<QPushButton>("startAudit")->isVisible() && table->isVisible());
}

void TestAudits::textsHaveTheRoomThatThereIs()
{
    Window w;
    w.window.resize(1440, 900);
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    const auto* table = w.find<QTableView>("auditMatrix");
    const int does = table->columnWidth(AuditMatrix::DoesColumn);
    QVERIFY2(does > 330, qPrintable(QString::number(does)));
    QCOMPARE(w.find<QLineEdit>("auditJwks")->cursorPosition(), 0);
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    const auto* variants = w.find<QTableView>("auditVariants");
    QTRY_VERIFY(variants->horizontalHeader()->length() <= variants->viewport()->width());
    QVERIFY(variants->columnWidth(AuditVariants::WhyColumn) >
            variants->columnWidth(AuditVariants::ResultColumn));
}

void TestAudits::aNarrowWindowKeepsResultStatusAndReason_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("a small screen") << 1024;
    QTest::newRow("a pane of 900 px") << 947;
    QTest::newRow("folded") << 860;
}

/// "12 to 200 of 400" where a column does not lie within what is seen of its table; empty: it does.
static QString outOfSight(const QTableView* table, int column)
{
    const int left = table->columnViewportPosition(column);
    const int right = left + table->columnWidth(column);
    const int width = table->viewport()->width();
    const bool isSeen = !table->isColumnHidden(column) && left >= 0 && right <= width;
    return isSeen ? QString()
                  : QStringLiteral("%1: %2 to %3 of %4").arg(column).arg(left).arg(right).arg(width);
}

void TestAudits::aNarrowWindowKeepsResultStatusAndReason()
{
    QFETCH(int, width);
    Window w;
    w.window.resize(width, 720);
    w.click("startDemo");
    w.click("noticeAction");
    QVERIFY(w.reaches(State::Planned));
    w.click("startAudit");
    QVERIFY(w.reaches(State::Ended));
    const auto* matrix = w.find<QTableView>("auditMatrix");
    QTRY_VERIFY(matrix->isVisible());
    for (const int column : {int(AuditMatrix::AttackColumn), int(AuditMatrix::FirstRoute)})
        QTRY_COMPARE(outOfSight(matrix, column), QString());
    QVERIFY(matrix->columnWidth(AuditMatrix::FirstRoute) >= 240);
    const auto* variants = w.find<QTableView>("auditVariants");
    QTRY_VERIFY(variants->isVisible());
    for (const int column :
         {int(AuditVariants::ResultColumn), int(AuditVariants::StatusColumn), int(AuditVariants::WhyColumn)})
        QTRY_COMPARE(outOfSight(variants, column), QString());
    QVERIFY(variants->columnWidth(AuditVariants::WhyColumn) >= 200);
    const QAbstractItemView* view = variants; // which lets others ask
    for (const int column : {int(AuditVariants::ResultColumn), int(AuditVariants::StatusColumn)})
        QVERIFY(variants->columnWidth(column) >= view->sizeHintForColumn(column));
    // Neither table is so low that no row is whole.
    for (const QTableView* table : {matrix, variants}) {
        QVERIFY(table->rowHeight(0) >= table->fontMetrics().height());
        QVERIFY(table->viewport()->height() >= 2 * table->rowHeight(0));
    }
}

QTEST_MAIN(TestAudits)
#include "tst_audits.moc"
