// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The runner's pane off screen: run, cancel, what failed, and a window that stays alive meanwhile.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <runner/latencyplot.h>
#include <runner/runnerpane.h>
#include <theme/theme.h>

#include <QtCore/qelapsedtimer.h>
#include <QtGui/qaction.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qabstractitemview.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qspinbox.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using test::Seen;

namespace {

class Pane
{
public:
    Pane()
        : server([](const Seen& seen) {
              return seen.target() == "/silent" ? test::Answer{} : test::ok(R"({"a":1})");
          })
    {
        write("good.yml", "/good", "200");
        write("more/bad.yml", "/bad", "204");
        pane.resize(1000, 700);
        pane.show();
    }
    void write(const std::string& path, const std::string& target, const std::string& status) const
    {
        folder.write(path,
                     "info: {name: x, type: http}\nhttp: {method: GET, url: \"" + server.url(target) +
                         "\"}\nruntime: {assertions: [{expression: res.status, operator: eq, value: \"" +
                         status + "\"}]}\n");
    }
    void open(const std::string& environment = {}) { pane.setCollection(folder.open(), environment); }
    template <typename Widget>
    Widget* find(const char* name) const
    {
        return pane.findChild<Widget*>(QLatin1String(name));
    }
    bool runToEnd()
    {
        find<QPushButton>("startRun")->click();
        return QTest::qWaitFor([&] { return pane.control().report().has_value(); }, 30'000);
    }

    test::CollectionFolder folder;
    test::RawServer server;
    RunnerPane pane;
};

} // namespace

class TestRunnerPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offersACollectionWhereNoneIsOpen();
    void namesTheFormsOfAReport();
    void runsAndShowsWhatFailed();
    void runsAFolder();
    void keepsTheEnvironmentThatWasChosen();
    void saysWhyItCannotRun();
    void cancels();
    void plotsLatencies();
    void oneSlowRequestHidesNoOther();
    void staysAliveWithThousands();
    void everythingHasAName();
};

void TestRunnerPane::offersACollectionWhereNoneIsOpen()
{
    Pane p;
    QSignalSpy asked(&p.pane, &RunnerPane::openRequested);
    QVERIFY(!p.find<QPushButton>("startRun")->isVisible());
    p.find<QPushButton>("runnerOpen")->click();
    QCOMPARE(asked.size(), 1);
    p.open();
    QVERIFY(p.find<QPushButton>("startRun")->isVisible());
    QVERIFY(!p.find<QPushButton>("cancelRun")->isEnabled());
    QVERIFY(!p.find<QPushButton>("saveReport")->isEnabled());
}

void TestRunnerPane::namesTheFormsOfAReport()
{
    const Pane p;
    QStringList titles;
    for (const QAction* action : p.find<QPushButton>("saveReport")->menu()->actions()) {
        QVERIFY(action->objectName().startsWith(QLatin1String("export_")));
        titles += action->text();
    }
    QCOMPARE(titles, (QStringList{QStringLiteral("JUnit…"), QStringLiteral("JSON…"), QStringLiteral("HTML…"),
                                  QStringLiteral("TAP…")}));
}

void TestRunnerPane::runsAndShowsWhatFailed()
{
    Pane p;
    p.open();
    QVERIFY(p.runToEnd());
    QVERIFY(p.find<QLabel>("runSummary")->text().startsWith(QStringLiteral("1 passed · 1 failed")));
    QVERIFY(p.find<QLabel>("runFigures")->text().startsWith(QStringLiteral("median ")));
    QVERIFY(p.find<QPushButton>("saveReport")->isEnabled());
    auto* table = p.find<QAbstractItemView>("runResults");
    auto* show = p.find<QPushButton>("showExchange");
    QVERIFY(!show->isEnabled());
    table->setCurrentIndex(table->model()->index(0, 0)); // folders first
    QVERIFY(p.find<QPlainTextEdit>("runDetail")
                ->toPlainText()
                .contains(QStringLiteral("✗ res.status eq 204: it is 200")));
    QSignalSpy activated(&p.pane, &RunnerPane::exchangeActivated);
    QVERIFY(show->isEnabled());
    show->click();
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toString(), QStringLiteral("more/bad.yml"));
    table->setCurrentIndex(table->model()->index(1, 0));
    QVERIFY(!show->isEnabled());
}

void TestRunnerPane::runsAFolder()
{
    Pane p;
    p.open();
    auto* folder = p.find<QComboBox>("runFolder");
    folder->setCurrentIndex(folder->findData(QStringLiteral("more")));
    p.open(); // read anew: what was chosen stays
    QCOMPARE(folder->currentData().toString(), QStringLiteral("more"));
    p.find<QSpinBox>("runIterations")->setValue(3);
    QVERIFY(p.runToEnd());
    QCOMPARE(p.server.seen.size(), std::size_t(3));
}

void TestRunnerPane::keepsTheEnvironmentThatWasChosen()
{
    Pane p;
    for (const char* name : {"local", "test", "live"})
        p.folder.write(std::string("environments/") + name + ".yml", std::string("name: ") + name + "\n");
    p.open("local");
    auto* box = p.find<QComboBox>("runEnvironment");
    QCOMPARE(box->currentData().toString(), QStringLiteral("local"));
    box->setCurrentIndex(box->findData(QStringLiteral("test")));
    p.open("local"); // read anew
    QCOMPARE(box->currentData().toString(), QStringLiteral("test"));
    p.open("live"); // chosen elsewhere in the window
    QCOMPARE(box->currentData().toString(), QStringLiteral("live"));
    box->setCurrentIndex(0); // none is a choice, too
    p.open("live");
    QCOMPARE(box->currentIndex(), 0);
    collection::Collection another = p.folder.open();
    another.directory += "-2";
    p.pane.setCollection(another, "live");
    QCOMPARE(box->currentData().toString(), QStringLiteral("live"));
}

void TestRunnerPane::saysWhyItCannotRun()
{
    Pane p;
    p.open();
    p.find<QLineEdit>("runTags")->setText(QStringLiteral("none"));
    p.find<QPushButton>("startRun")->click();
    auto* problem = p.find<QLabel>("runProblem");
    QVERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(QStringLiteral("there is nothing to run")));
    QVERIFY(!problem->text().contains(QStringLiteral("--"))); // words of the command line
    QCOMPARE(problem->textFormat(), Qt::PlainText);
    p.find<QLineEdit>("runTags")->clear();
    QVERIFY(p.runToEnd());
    QVERIFY(!problem->isVisible());
}

void TestRunnerPane::cancels()
{
    Pane p;
    p.write("a.yml", "/silent", "200");
    p.open();
    p.find<QPushButton>("startRun")->click();
    QVERIFY(p.find<QPushButton>("cancelRun")->isEnabled());
    QVERIFY(!p.find<QPushButton>("startRun")->isEnabled());
    QVERIFY(QTest::qWaitFor([&] { return p.server.seen.size() == 2; }, 20'000)); // more/bad.yml, a.yml
    p.find<QPushButton>("cancelRun")->click();
    QVERIFY(QTest::qWaitFor([&] { return p.pane.control().report().has_value(); }, 20'000));
    QVERIFY(p.pane.control().report()->isInterrupted);
    QVERIFY(p.find<QPushButton>("startRun")->isEnabled());
}

void TestRunnerPane::plotsLatencies()
{
    LatencyPlot plot;
    QCOMPARE(plot.figures(), QString());
    std::vector<double> latencies(100, 10);
    latencies[99] = -1000;
    plot.setLatencies(latencies, 100);
    QCOMPARE(plot.figures(), QStringLiteral("median 10 ms · 95 % within 10 ms · slowest 1.00 s"));
    plot.resize(400, plot.height());
    const QImage picture = plot.grab().toImage();
    QCOMPARE(picture.pixelColor(397, picture.height() / 2), colour(Role::Bad));   // slow, and failed
    QVERIFY(picture.pixelColor(2, picture.height() / 2) != colour(Role::Accent)); // quick: not so tall
    QCOMPARE(picture.pixelColor(1, picture.height() - 2), colour(Role::Accent));
}

/// It is cut off, with a gap that says so, and the others keep their height.
void TestRunnerPane::oneSlowRequestHidesNoOther()
{
    LatencyPlot plot;
    std::vector<double> latencies(50, 10);
    latencies[49] = 10'000;
    plot.setLatencies(latencies, 50);
    plot.resize(400, plot.height());
    const QImage picture = plot.grab().toImage();
    const auto rowsOf = [&picture](int x) {
        int rows = 0;
        for (int y = 0; y < picture.height(); ++y)
            rows += picture.pixelColor(x, y) == colour(Role::Accent) ? 1 : 0;
        return rows;
    };
    const int slow = 49 * 8 + 3;
    QVERIFY2(rowsOf(3) > picture.height() / 5, qPrintable(QString::number(rowsOf(3))));
    QVERIFY2(rowsOf(slow) > 3 * rowsOf(3), qPrintable(QString::number(rowsOf(slow))));
    QVERIFY(picture.pixelColor(slow, 8) != colour(Role::Accent)); // the gap: rows 7 and 8
    QVERIFY(plot.toolTip().contains(QStringLiteral("taller")));
    plot.setLatencies(std::vector<double>(50, 10), 50);
    QVERIFY(!plot.toolTip().contains(QStringLiteral("taller")));
}

/// While 2,000 requests run, the event loop comes round at least every 100 ms (sanitizers and all: 500).
void TestRunnerPane::staysAliveWithThousands()
{
    Pane p;
    p.open();
    auto* folder = p.find<QComboBox>("runFolder");
    folder->setCurrentIndex(folder->findData(QStringLiteral("more")));
    p.find<QSpinBox>("runIterations")->setValue(500);
    p.find<QSpinBox>("runJobs")->setValue(4);
    int rounds = 0;
    QTimer heart;
    connect(&heart, &QTimer::timeout, this, [&] { ++rounds; });
    heart.start(10);
    QElapsedTimer time;
    time.start();
    p.find<QPushButton>("startRun")->click();
    QVERIFY(QTest::qWaitFor([&] { return p.pane.control().report().has_value(); }, 100'000));
    QCOMPARE(p.pane.control().results().count(), std::size_t(500));
    QVERIFY2(rounds > time.elapsed() / 500, qPrintable(QString::number(rounds)));
}

void TestRunnerPane::everythingHasAName()
{
    Pane p;
    p.open();
    for (const QWidget* widget : p.pane.findChildren<QWidget*>())
        if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() && !widget->inherits("QScrollArea") &&
            widget->objectName() != QLatin1String("qt_spinbox_lineedit"))
            QVERIFY2(!widget->accessibleName().isEmpty() || widget->inherits("QPushButton"),
                     qPrintable(widget->objectName() + QLatin1String(widget->metaObject()->className())));
}

QTEST_MAIN(TestRunnerPane)

#include "tst_runnerpane.moc"
