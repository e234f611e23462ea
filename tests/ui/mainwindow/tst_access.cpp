// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix in the window: what is expected is set by a click, and no other machine is asked before
// its name was typed. What would go to one goes to a proxy on this machine.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <mainwindow/accessdesk.h>
#include <mainwindow/mainwindow.h>
#include <store/confirmedhosts.h>
#include <store/matrix.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qdialog.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

#include <access/accesspane.h>
#include <access/objectsdialog.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using State = workbench::AccessTest::State;

namespace {

struct Window
{
    QTemporaryDir config;
    test::CollectionFolder folder;
    test::RawServer proxy{[](const test::Seen&) { return test::ok("{}", {}, "401 Unauthorized"); }};
    workbench::Workbench workbench;
    std::unique_ptr<MainWindow> window;

    Window()
    {
        const std::string port = proxy.url("").substr(proxy.url("").rfind(':') + 1);
        folder.write("opencollection.yml", "opencollection: \"1.0.0\"\ninfo: {name: A}\nconfig:\n  proxy: "
                                           "{config: {protocol: http, hostname: 127.0.0.1, port: " +
                                               port + "}}\n");
        folder.write("orders.yml", "info: {name: Orders, type: http}\n"
                                   "http: {method: GET, url: \"http://api.invalid/orders\"}\n");
        folder.write(store::matrixFile, "requests:\n  orders.yml:\n    expect: {anonymous: deny 401}\n");
        window = std::make_unique<MainWindow>(workbench, toUtf8(config.path()));
        QVERIFY_RESULT(window->begin(toQString(folder.root)));
        window->resize(1280, 800);
        window->show();
        window->showPage(Page::Access);
    }
    /// Of alice and bob, by {{orderId}}.
    void addOrders()
    {
        folder.write("orders.yml", "info: {name: Orders, type: http}\n"
                                   "http: {method: GET, url: \"http://api.invalid/orders/{{orderId}}\"}\n");
        folder.write(store::matrixFile, "requests:\n  orders.yml:\n    expect: {alice: allow, bob: allow}\n");
        QVERIFY_RESULT(workbench.openCollection(folder.root));
        find<AccessPane>("accessPane")->showCollection();
    }
    void typeIds(const QStringList& ids)
    {
        const auto fields =
            window->findChild<ObjectsDialog*>()->findChildren<QLineEdit*>(QStringLiteral("objectId"));
        QCOMPARE(fields.size(), ids.size());
        for (qsizetype i = 0; i < ids.size(); ++i)
            fields[i]->setText(ids[i]);
    }
    template <typename T>
    T* find(const char* name)
    {
        auto* found = window->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    void click(const char* button) { find<QPushButton>(button)->click(); }
    const workbench::AccessTest& test() const { return window->access().test(); }
    bool isAsked() const { return window->findChild<QDialog*>(QStringLiteral("hostDialog")) != nullptr; }
    bool isRemembered() const
    {
        const auto hosts = store::loadConfirmedHosts(toUtf8(config.path()));
        return hosts && hosts->has("api.invalid");
    }
    std::size_t asked() const { return proxy.seen.size(); }
};

} // namespace

class TestAccess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void anotherMachineIsConfirmedByItsName();
    void whoDoesNotConfirmSendsNothing();
    void whatIsMissingIsAskedFor();
    void aClickSaysWhatIsExpected();
    void saysWhoseObjectsAreMeant();
    void objectsNeedAVariableOfTheRequest();
    void theObjectsVariableIsGuessedWhereOneIsLikely();
    void theLastIdentityIsNoWiderThanTheOthers();
    void whatIsLeftOutIsCountedAndNamed();
    void theHeadFitsTheSmallestWindow();
    void aProblemIsSaidInSentences();
};

void TestAccess::anotherMachineIsConfirmedByItsName()
{
    Window w;
    w.click("startAccess");
    QTRY_VERIFY(w.isAsked());
    QVERIFY(w.test().state() == State::Ready);
    QCOMPARE(w.proxy.connections, 0);
    const QString question = w.find<QLabel>("hostQuestion")->text();
    QVERIFY2(question.startsWith(QLatin1String("About ")) && question.contains(u"to api.invalid."),
             qPrintable(question));
    auto* confirm = w.find<QPushButton>("confirmHost");
    auto* typed = w.find<QLineEdit>("typedHost");
    QVERIFY(!confirm->isEnabled());
    typed->setText(QStringLiteral("api"));
    QVERIFY(!confirm->isEnabled());
    typed->setText(QStringLiteral("API.invalid"));
    QVERIFY(confirm->isEnabled());
    confirm->click();
    QTRY_VERIFY(w.test().state() == State::Ended);
    QVERIFY(w.test().report() && w.test().report()->wasAnswered);
    QVERIFY(audit::findingsOf(*w.test().report()).empty());
    QVERIFY(w.isRemembered());
    const std::size_t first = w.asked();
    QVERIFY(first > 0);
    // It is asked about once.
    QTRY_VERIFY(!w.isAsked());
    w.click("startAccess");
    QTRY_VERIFY(w.test().state() == State::Ended);
    QVERIFY(!w.isAsked());
    QVERIFY(w.asked() > first);
}

void TestAccess::whoDoesNotConfirmSendsNothing()
{
    Window w;
    w.click("startAccess");
    QTRY_VERIFY(w.isAsked());
    w.click("cancelHost");
    QVERIFY(w.test().state() == State::Idle);
    QVERIFY(!w.isRemembered());
    QCOMPARE(w.proxy.connections, 0);
    QVERIFY(w.find<QPushButton>("startAccess")->isEnabled());
    // It is asked about again.
    QTRY_VERIFY(!w.isAsked());
    w.click("startAccess");
    QTRY_VERIFY(w.isAsked());
}

/// As before a request is sent: the value, then whether it may go there.
void TestAccess::whatIsMissingIsAskedFor()
{
    Window w;
    w.folder.write("environments/local.yml", "name: local\nvariables:\n  - {secret: true, name: apiKey}\n");
    w.folder.write("orders.yml", "info: {name: Orders, type: http}\n"
                                 "http: {method: GET, url: \"http://api.invalid/orders\", headers: [{name: "
                                 "X-Key, value: \"{{apiKey}}\"}]}\n");
    QVERIFY_RESULT(w.workbench.openCollection(w.folder.root));
    w.workbench.selectEnvironment("local");
    w.find<AccessPane>("accessPane")->showCollection();
    const auto isOpen = [&w](const char* dialog) {
        return w.window->findChild<QDialog*>(QLatin1String(dialog)) != nullptr;
    };
    w.click("startAccess");
    QTRY_VERIFY(isOpen("secretDialog"));
    w.find<QLineEdit>("secretValue")->setText(QStringLiteral("k3y-of-app"));
    w.click("sendWithSecrets");
    QTRY_VERIFY(isOpen("releaseDialog"));
    QVERIFY(w.find<QLabel>("releaseDestination")->text().startsWith(QLatin1String("http://api.invalid")));
    w.click("allowRelease");
    QTRY_VERIFY(w.isAsked()); // it is on another machine
    QVERIFY(w.test().state() == State::Ready);
    QCOMPARE(w.proxy.connections, 0);
}

void TestAccess::aClickSaysWhatIsExpected()
{
    Window w;
    auto* table = w.find<QTableView>("accessMatrix");
    QCOMPARE(table->model()->columnCount(), 2);
    QVERIFY(!w.find<QPushButton>("expectAllow")->isEnabled()); // no cell is chosen
    table->horizontalHeader()->resizeSection(0, 217);
    table->setCurrentIndex(table->model()->index(0, 1));
    w.click("expectAllow");
    const auto file = store::readMatrix(w.folder.root);
    QVERIFY_RESULT(file);
    const collection::MatrixRow* row = findRow(file->matrix, "orders.yml");
    QVERIFY(row != nullptr);
    QVERIFY(accessOf(row->expected, "anonymous")->access == collection::Access::Allow);
    QCOMPARE(table->currentIndex().column(), 1);
    QCOMPARE(table->horizontalHeader()->sectionSize(0), 217); // as the user left it
}

void TestAccess::saysWhoseObjectsAreMeant()
{
    Window w;
    w.addOrders();
    auto* table = w.find<QTableView>("accessMatrix");
    auto* button = w.find<QPushButton>("accessObjects");
    table->setCurrentIndex({});
    QVERIFY(!button->isEnabled()); // no request is chosen
    table->setCurrentIndex(table->model()->index(0, 0));
    QCOMPARE(table->model()->rowCount(), 1);
    button->click();
    QVERIFY(w.window->findChild<ObjectsDialog*>() != nullptr);
    QVERIFY(!w.find<QPushButton>("saveObjects")->isEnabled());
    QCOMPARE(w.find<QLineEdit>("objectsVariableText")->text(),
             QStringLiteral("orderId")); // there is no other
    w.typeIds({QStringLiteral("1001"), QStringLiteral(" 1002 ")});
    w.click("saveObjects");
    QTRY_VERIFY(w.window->findChild<ObjectsDialog*>() == nullptr);
    auto file = store::readMatrix(w.folder.root);
    QVERIFY_RESULT(file);
    const collection::OwnedObjects wanted{"orderId", {{"alice", "1001"}, {"bob", "1002"}}, {}};
    QVERIFY(findRow(file->matrix, "orders.yml")->objects == std::optional(wanted));
    QCOMPARE(table->model()->rowCount(), 2); // the objects of others
    // It shows them again, from the row of the others as well; without a value there are none.
    table->setCurrentIndex(table->model()->index(1, 1));
    button->click();
    QCOMPARE(w.find<QLineEdit>("objectsVariableText")->text(), QStringLiteral("orderId"));
    QCOMPARE(w.find<QLineEdit>("objectId")->text(), QStringLiteral("1001"));
    w.typeIds({QString(), QString()});
    w.click("saveObjects");
    QTRY_VERIFY(w.window->findChild<ObjectsDialog*>() == nullptr);
    file = store::readMatrix(w.folder.root);
    QVERIFY_RESULT(file);
    QVERIFY(!findRow(file->matrix, "orders.yml")->objects);
    QCOMPARE(table->model()->rowCount(), 1);
}

/// With any other one the object would be the same for everybody, and the answers would prove nothing.
void TestAccess::objectsNeedAVariableOfTheRequest()
{
    Window w;
    w.addOrders();
    auto* table = w.find<QTableView>("accessMatrix");
    table->setCurrentIndex(table->model()->index(0, 0));
    w.click("accessObjects");
    auto* save = w.find<QPushButton>("saveObjects");
    auto* hint = w.find<QLabel>("objectsHint");
    w.typeIds({QStringLiteral("1001"), QStringLiteral("1002")});
    w.find<QLineEdit>("objectsVariableText")->clear();
    QVERIFY(!save->isEnabled() && hint->text().startsWith(QLatin1String("Choose the variable")));
    w.find<QLineEdit>("objectsVariableText")->setText(QStringLiteral("order"));
    QVERIFY(!save->isEnabled() && hint->text().contains(QLatin1String("{{order}}")));
    w.find<QLineEdit>("objectsVariableText")->setText(QStringLiteral("orderId"));
    QVERIFY(save->isEnabled() && hint->text().isEmpty());
    w.typeIds({QStringLiteral("1001"), QStringLiteral("1001")});
    QVERIFY(!save->isEnabled() && hint->text().startsWith(QLatin1String("alice and bob")));
    const std::string before = store::readMatrix(w.folder.root)->source;
    w.typeIds({QStringLiteral("1001"), QStringLiteral("1002")});
    // Another program was faster: it is said, and nothing of it is lost.
    w.folder.write(store::matrixFile, before + "    canary: total\n");
    save->click();
    QVERIFY(w.window->findChild<ObjectsDialog*>() != nullptr);
    QVERIFY2(hint->text().contains(QLatin1String("changed by another program")), qPrintable(hint->text()));
    save->click();
    const auto file = store::readMatrix(w.folder.root);
    QVERIFY_RESULT(file);
    const collection::MatrixRow* row = findRow(file->matrix, "orders.yml");
    QVERIFY(row->objects.has_value());
    QCOMPARE(row->canary, std::string("total"));
}

void TestAccess::theObjectsVariableIsGuessedWhereOneIsLikely()
{
    QCOMPARE(likelyVariable({"order"}), std::string("order"));
    QCOMPARE(likelyVariable({"host", "orderId", "page"}), std::string("orderId"));
    QCOMPARE(likelyVariable({"host", "ORDER_ID"}), std::string("ORDER_ID"));
    // Nobody knows which of them.
    QCOMPARE(likelyVariable({"orderId", "itemId"}), std::string());
    QCOMPARE(likelyVariable({"host", "order"}), std::string());
    QCOMPARE(likelyVariable({}), std::string());
}

void TestAccess::theLastIdentityIsNoWiderThanTheOthers()
{
    Window w;
    w.addOrders();
    const auto* table = w.find<QTableView>("accessMatrix");
    const int last = table->model()->columnCount() - 1;
    QCOMPARE(last, 3); // nobody, alice, bob
    QTRY_COMPARE(table->horizontalHeader()->length(), table->viewport()->width());
    QCOMPARE(table->columnWidth(last), table->columnWidth(last - 1));
    QVERIFY(table->columnWidth(0) > table->columnWidth(last));
}

void TestAccess::whatIsLeftOutIsCountedAndNamed()
{
    Window w;
    const auto* part = w.find<QWidget>("accessLeftOut");
    QVERIFY(part->isHidden());
    for (const char* name : {"add.yml", "remove-everything.yml"})
        w.folder.write(name, "info: {name: Change, type: http}\n"
                             "http: {method: POST, url: \"http://api.invalid/orders\"}\n");
    QVERIFY_RESULT(w.workbench.openCollection(w.folder.root));
    w.find<AccessPane>("accessPane")->showCollection();
    w.click("tryAccess");
    QTRY_VERIFY(w.isAsked());
    const QString summary = w.find<QLabel>("accessSummary")->text();
    QVERIFY2(summary.startsWith(QLatin1String("About ")) && !summary.contains(QLatin1String(".yml")),
             qPrintable(summary));
    QVERIFY(!part->isHidden());
    auto* count = w.find<QPushButton>("accessLeftOutCount");
    const auto* list = w.find<QPlainTextEdit>("accessLeftOutList");
    QCOMPARE(count->text(), QStringLiteral("2 requests are left out"));
    QVERIFY(list->isHidden());
    count->click();
    QVERIFY(!list->isHidden());
    for (const char* line : {"add.yml is left out: its method may change something",
                             "remove-everything.yml is left out: its method may change something"})
        QVERIFY2(list->toPlainText().contains(QLatin1String(line)), qPrintable(list->toPlainText()));
}

void TestAccess::theHeadFitsTheSmallestWindow()
{
    Window w;
    const AccessPane* const pane = w.window->access().pane();
    const int room = w.window->minimumWidth() - w.find<QWidget>("railAccess")->width();
    QVERIFY2(pane->minimumSizeHint().width() <= room,
             qPrintable(QStringLiteral("%1 of %2").arg(pane->minimumSizeHint().width()).arg(room)));
}

void TestAccess::aProblemIsSaidInSentences()
{
    Window w;
    w.folder.write(store::matrixFile, "requests: {}\n");
    w.find<AccessPane>("accessPane")->showCollection();
    QVERIFY(w.test().matrix().rows.empty());
    w.click("startAccess");
    QCOMPARE(
        w.find<QLabel>("accessProblem")->text(),
        QStringLiteral("There is nothing to test. Nothing is expected yet. Say of a cell what is expected, "
                       "or try every cell and record what was observed."));
}

QTEST_MAIN(TestAccess)
#include "tst_access.moc"
