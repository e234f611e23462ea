// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The runner in the window: its answers lead to their requests and to no others, and what was run in one
// collection is not shown beside another.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <runner/runnerpane.h>
#include <theme/banner.h>
#include <theme/theme.h>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qabstractitemview.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    test::CollectionFolder folder;
    test::RawServer server{[](const test::Seen&) { return test::ok(R"({"a":1})"); }};
    workbench::Workbench workbench;
    MainWindow window{workbench, toUtf8(config.path())};

    Window()
    {
        write("bad.yml", 1, "204");
        write("other.yml", 2, "200");
        folder.write("environments/local.yml", "name: local\n");
        folder.write("environments/live.yml", "name: live\n");
        if (!window.begin(toQString(folder.root)))
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
    }
    void write(const std::string& path, int seq, const std::string& status) const
    {
        folder.write(path,
                     "info: {name: x, type: http, seq: " + std::to_string(seq) +
                         "}\nhttp: {method: GET, url: \"" + server.url("/") +
                         "\"}\nruntime: {assertions: [{expression: res.status, operator: eq, value: \"" +
                         status + "\"}]}\n");
    }
    template <typename T>
    T* find(const char* name)
    {
        auto* found = window.findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    template <typename T>
    T* see(const char* name)
    {
        for (T* widget : window.findChildren<T*>(QLatin1String(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    RequestTabs* tabs() { return window.findChild<RequestTabs*>(); }
    const RunControl& control() { return window.findChild<RunnerPane*>()->control(); }
    QString status()
    {
        const auto* label = see<QLabel>("responseStatus");
        return label ? label->text() : QString();
    }
    bool runToEnd()
    {
        window.showPage(Page::Runner);
        find<QPushButton>("startRun")->click();
        return QTest::qWaitFor([this] { return control().report().has_value(); }, 30'000);
    }
    /// The one that failed.
    void showFirstExchange()
    {
        auto* results = find<QAbstractItemView>("runResults");
        results->setCurrentIndex(results->model()->index(0, 0));
        find<QPushButton>("showExchange")->click();
    }
    void chooseEnvironment(const char* name)
    {
        auto* box = find<QComboBox>("environment");
        box->setCurrentIndex(box->findText(QLatin1String(name)));
        Q_EMIT box->activated(box->currentIndex());
    }
};

} // namespace

class TestRunner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void anAnswerIsShownBesideItsRequest();
    void anAnswerWhoseRequestIsGoneIsShownBesideNone();
    void anotherCollectionClearsTheResults();
    void theEnvironmentOfTheTopBarIsTaken();
    void itsExchangesAreInTheHistory();
};

void TestRunner::anAnswerIsShownBesideItsRequest()
{
    Window w;
    w.window.openItem(QStringLiteral("other.yml"));
    QVERIFY(w.runToEnd());
    w.showFirstExchange();
    QCOMPARE(w.tabs()->currentItem().path, std::string("bad.yml"));
    QCOMPARE(w.status(), QStringLiteral("200 OK"));
    QVERIFY(w.see<Banner>("notice") == nullptr);
}

void TestRunner::anAnswerWhoseRequestIsGoneIsShownBesideNone()
{
    Window w;
    w.window.openItem(QStringLiteral("other.yml"));
    QVERIFY(w.runToEnd());
    QVERIFY(QFile::remove(toQString(w.folder.path("bad.yml"))));
    QVERIFY(w.workbench.openCollection(w.folder.root));
    w.showFirstExchange();
    const auto* notice = w.see<Banner>("notice");
    QVERIFY(notice != nullptr);
    QVERIFY2(notice->sentence().contains(QStringLiteral("Run again")), qPrintable(notice->sentence()));
    w.window.showPage(Page::Work);
    QCOMPARE(w.tabs()->currentItem().path, std::string("other.yml"));
    QCOMPARE(w.status(), QString());
}

void TestRunner::anotherCollectionClearsTheResults()
{
    Window w;
    QVERIFY(w.runToEnd());
    const QAbstractItemModel* results = w.find<QAbstractItemView>("runResults")->model();
    QCOMPARE(results->rowCount(), 2);
    QVERIFY(w.window.openCollection(toQString(w.folder.root))); // the same one, read anew
    QCOMPARE(results->rowCount(), 2);
    const std::string another = toUtf8(w.config.path()) + "/another";
    QVERIFY(w.workbench.createCollection(another, "Another"));
    QVERIFY(w.window.openCollection(toQString(another)));
    QCOMPARE(results->rowCount(), 0);
    QVERIFY(!w.control().report());
    QVERIFY(!w.find<QPushButton>("saveReport")->isEnabled());
    QVERIFY(!w.find<QPushButton>("showExchange")->isEnabled());
}

void TestRunner::theEnvironmentOfTheTopBarIsTaken()
{
    Window w;
    auto* box = w.find<QComboBox>("runEnvironment");
    w.chooseEnvironment("live");
    QCOMPARE(box->currentData().toString(), QStringLiteral("live"));
    box->setCurrentIndex(box->findData(QStringLiteral("local")));
    QVERIFY(w.window.openCollection(toQString(w.folder.root)));
    QCOMPARE(box->currentData().toString(), QStringLiteral("local"));
}

void TestRunner::itsExchangesAreInTheHistory()
{
    Window w;
    w.window.keepHistory(toUtf8(w.config.path()) + "/history");
    QVERIFY(w.runToEnd());
    w.window.showPage(Page::History);
    const QAbstractItemModel* exchanges = w.find<QAbstractItemView>("historyTable")->model();
    QTRY_COMPARE(exchanges->rowCount(), 2);
}

QTEST_MAIN(TestRunner)
#include "tst_runner.moc"
