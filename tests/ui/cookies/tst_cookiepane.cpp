// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cookies' pane: what is chosen decides what can be done; the dialog stays open until the jar agrees.

#include <cookies/cookiedialog.h>
#include <cookies/cookiepane.h>
#include <state/cookiemodel.h>
#include <theme/theme.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>
#include <QtWidgets/qtoolbutton.h>

using namespace claimcheck;
using namespace claimcheck::ui;

using Before = std::optional<http::Cookie>;

namespace {

const Instant now(Milliseconds(1'763'900'000'000));

http::Cookie cookie(const std::string& name)
{
    http::Cookie made;
    made.name = name;
    made.value = "hunter2";
    made.domain = "api.example";
    made.path = "/";
    return made;
}

} // namespace

class TestCookiePane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void init();
    void offersWhatFitsTheChoice();
    void showsAnEndWhole();
    void hidesValuesInAnotherEnvironment();
    void addsOne();
    void returnKeepsWhatWasTyped();
    void changesOne();
    void staysOpenWhenRefused();
    void refusesAnEndThatIsNone();
    void deletes();
    void offersWhatWasDeletedUnderItsName();
    void closesItsDialogWithTheEnvironment();

private:
    template <typename T>
    T* find(const char* name) const
    {
        auto* found = m_pane->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void type(const char* field, const char* text) const
    {
        find<QLineEdit>(field)->setText(QLatin1String(text));
    }
    QTableView* table() const { return find<QTableView>("cookieTable"); }

    std::unique_ptr<CookiePane> m_pane;
};

void TestCookiePane::init()
{
    m_pane = std::make_unique<CookiePane>();
    m_pane->setClock([] { return now; });
    m_pane->setCookies({cookie("a"), cookie("b"), cookie("c")}, QStringLiteral("dev"));
    m_pane->show();
    QApplication::setActiveWindow(m_pane.get()); // shortcuts want it
}

void TestCookiePane::offersWhatFitsTheChoice()
{
    QCOMPARE(find<QLabel>("cookiePlace")->text(), QStringLiteral("of dev"));
    QVERIFY(!find<QPushButton>("editCookie")->isEnabled() && !find<QPushButton>("deleteCookie")->isEnabled());
    table()->selectRow(1);
    QVERIFY(find<QPushButton>("editCookie")->isEnabled() && find<QPushButton>("deleteCookie")->isEnabled());
    m_pane->setCookies({cookie("b"), cookie("c")}, QStringLiteral("dev")); // what is chosen stays chosen
    QCOMPARE(table()->selectionModel()->selectedRows().constFirst().row(), 0);
    m_pane->setCookies({}, {});
    QVERIFY(!table()->isVisible());
    QVERIFY(!find<QPushButton>("deleteCookies")->isEnabled());
    QVERIFY(find<QPushButton>("newCookie")->isEnabled());
    QCOMPARE(find<QLabel>("cookiePlace")->text(), QStringLiteral("without an environment"));
}

void TestCookiePane::showsAnEndWhole()
{
    http::Cookie kept = cookie("theme");
    kept.expires = now + std::chrono::hours(24);
    m_pane->setCookies({kept}, {}, {});
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    const QAbstractItemView* const view = table();
    const int wanted = view->sizeHintForColumn(CookieModel::Expires);
    QVERIFY2(table()->columnWidth(CookieModel::Expires) >= wanted, qPrintable(QString::number(wanted)));
}

void TestCookiePane::hidesValuesInAnotherEnvironment()
{
    const auto value = [this] { return table()->model()->index(0, CookieModel::Value).data().toString(); };
    find<QToolButton>("revealCookies")->click();
    QCOMPARE(value(), QStringLiteral("hunter2"));
    m_pane->setCookies({cookie("a")}, QStringLiteral("dev"));
    QCOMPARE(value(), QStringLiteral("hunter2"));
    m_pane->setCookies({cookie("a")}, QStringLiteral("prod"));
    QVERIFY(value() != QStringLiteral("hunter2"));
    QVERIFY(!find<QToolButton>("revealCookies")->isChecked());
}

void TestCookiePane::addsOne()
{
    QSignalSpy wanted(m_pane.get(), &CookiePane::setRequested);
    click("newCookie");
    QCOMPARE(find<QLineEdit>("cookieValue")->echoMode(), QLineEdit::Password);
    type("cookieName", "sid");
    type("cookieValue", "v");
    type("cookieDomain", "host.example");
    type("cookieExpires", "2h");
    find<QCheckBox>("cookieSecure")->setChecked(true);
    click("keepCookie");
    QCOMPARE(wanted.size(), 1);
    http::Cookie expected = cookie("sid");
    expected.value = "v";
    expected.domain = "host.example";
    expected.expires = now + Seconds(7200);
    expected.secure = true;
    QVERIFY(wanted[0][0].value<http::Cookie>() == expected);
    QVERIFY(!wanted[0][1].value<Before>());
    m_pane->showKept({});
    QVERIFY(!find<CookieDialog>("cookieDialog")->isVisible());
}

/// It pressed the first button of the row, and that is Cancel.
void TestCookiePane::returnKeepsWhatWasTyped()
{
    QSignalSpy wanted(m_pane.get(), &CookiePane::setRequested);
    click("newCookie");
    type("cookieName", "sid");
    type("cookieDomain", "host.example");
    QTest::keyClick(find<QLineEdit>("cookieName"), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(wanted[0][0].value<http::Cookie>().name == "sid");
    QVERIFY(find<CookieDialog>("cookieDialog")->isVisible()); // until the jar agrees
}

void TestCookiePane::changesOne()
{
    QSignalSpy wanted(m_pane.get(), &CookiePane::setRequested);
    http::Cookie ending = cookie("a");
    ending.expires = now + Seconds(10800);
    ending.httpOnly = true;
    m_pane->setCookies({ending}, QStringLiteral("dev"));
    table()->selectRow(0);
    Q_EMIT table()->activated(table()->currentIndex());
    type("cookieName", "renamed");
    click("keepCookie");
    QCOMPARE(wanted.size(), 1);
    QVERIFY(wanted[0][1].value<Before>() == Before(ending));
    ending.name = "renamed"; // and nothing else
    QVERIFY(wanted[0][0].value<http::Cookie>() == ending);
}

void TestCookiePane::staysOpenWhenRefused()
{
    click("newCookie");
    click("keepCookie");
    m_pane->showKept(failure(ErrorKind::Usage, "the cookie was not kept", "it has no name", "give it one"));
    QVERIFY(find<CookieDialog>("cookieDialog")->isVisible());
    QCOMPARE(find<QLabel>("cookieProblem")->text(),
             QStringLiteral("the cookie was not kept: it has no name (give it one)"));
}

void TestCookiePane::refusesAnEndThatIsNone()
{
    QSignalSpy wanted(m_pane.get(), &CookiePane::setRequested);
    click("newCookie");
    type("cookieName", "sid");
    type("cookieExpires", "someday");
    click("keepCookie");
    QCOMPARE(wanted.size(), 0);
    QVERIFY(find<QLabel>("cookieProblem")->text().contains(QStringLiteral("someday")));
}

void TestCookiePane::deletes()
{
    QSignalSpy gone(m_pane.get(), &CookiePane::removeRequested);
    table()->selectRow(2);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QCOMPARE(gone.size(), 1);
    QVERIFY(gone[0][0].value<std::vector<http::Cookie>>() == std::vector{cookie("c")});
    click("deleteCookies");
    QCOMPARE(gone.last().at(0).value<std::vector<http::Cookie>>().size(), std::size_t(3));
}

void TestCookiePane::offersWhatWasDeletedUnderItsName()
{
    m_pane->setCookies({cookie("a&b")}, QStringLiteral("dev"));
    click("deleteCookies");
    QCOMPARE(find<QPushButton>("undoCookies")->text(), QStringLiteral("Bring a&&b back")); // no mnemonic
}

void TestCookiePane::closesItsDialogWithTheEnvironment()
{
    table()->selectRow(0);
    click("editCookie");
    QVERIFY(find<CookieDialog>("cookieDialog")->isVisible());
    m_pane->setCookies({}, QStringLiteral("prod"));
    QVERIFY(!find<CookieDialog>("cookieDialog")->isVisible());
}

QTEST_MAIN(TestCookiePane)
#include "tst_cookiepane.moc"
