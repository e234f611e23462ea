// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cookies as rows: values hidden until they are shown, hostile text visible.

#include <state/cookiemodel.h>

#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using ui::CookieModel;

namespace {

const Instant now(Milliseconds(1'763'900'000'000));

http::Cookie cookie(const std::string& name, const std::string& value)
{
    http::Cookie made;
    made.name = name;
    made.value = value;
    made.domain = "api.example";
    made.path = "/";
    return made;
}

} // namespace

class TestCookieModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void hidesValuesUntilShown();
    void tellsEndAndAttributes();
    void showsHostileTextAsText();
    void knowsACookieByNameDomainAndPath();

private:
    QString cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return m_model->index(row, column).data(role).toString();
    }

    std::unique_ptr<CookieModel> m_model;
};

void TestCookieModel::init()
{
    m_model = std::make_unique<CookieModel>();
    m_model->setClock([] { return now; });
}

void TestCookieModel::hidesValuesUntilShown()
{
    const QAbstractItemModelTester tester(m_model.get());
    m_model->setCookies({cookie("sid", "hunter2"), cookie("x", "")});
    for (int row = 0; row < 2; ++row)
        for (int column = 0; column < CookieModel::ColumnCount; ++column)
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::EditRole)})
                QVERIFY(!cell(row, column, role).contains(QStringLiteral("hunter2")));
    QCOMPARE(cell(0, CookieModel::Value), cell(1, CookieModel::Value)); // not even their length
    m_model->setReveal(true);
    QCOMPARE(cell(0, CookieModel::Value), QStringLiteral("hunter2"));
    m_model->setReveal(false);
    QVERIFY(!cell(0, CookieModel::Value).contains(QStringLiteral("hunter2")));
}

void TestCookieModel::tellsEndAndAttributes()
{
    http::Cookie strict = cookie("a", "1");
    strict.secure = strict.httpOnly = true;
    strict.expires = now + Seconds(3600);
    m_model->setCookies({strict, cookie("b", "2")});
    QCOMPARE(cell(0, CookieModel::Attributes), QStringLiteral("Secure, HttpOnly"));
    QCOMPARE(cell(1, CookieModel::Attributes), QString());
    QCOMPARE(cell(1, CookieModel::Expires), QStringLiteral("With the program"));
    QVERIFY(cell(0, CookieModel::Expires, Qt::ToolTipRole).startsWith(QStringLiteral("<qt>in 60 min (")));
}

void TestCookieModel::showsHostileTextAsText()
{
    m_model->setCookies({cookie("a\xE2\x80\xAE"
                                "b",
                                "c\xE2\x80\xAE"
                                "d")});
    m_model->setReveal(true);
    QVERIFY(!cell(0, CookieModel::Name).contains(QChar(0x202E)));
    QVERIFY(!cell(0, CookieModel::Value).contains(QChar(0x202E)));
    m_model->setCookies({cookie("<b>sid</b>", "a&b")});
    QCOMPARE(cell(0, CookieModel::Name), QStringLiteral("<b>sid</b>"));
    QCOMPARE(cell(0, CookieModel::Name, Qt::ToolTipRole), QStringLiteral("<qt>&lt;b&gt;sid&lt;/b&gt;</qt>"));
    QCOMPARE(cell(0, CookieModel::Value, Qt::ToolTipRole), QStringLiteral("<qt>a&amp;b</qt>"));
}

void TestCookieModel::knowsACookieByNameDomainAndPath()
{
    http::Cookie other = cookie("a", "2");
    other.path = "/deep";
    m_model->setCookies({cookie("a", "1"), other});
    QCOMPARE(m_model->rowOf(cookie("a", "another value")), 0);
    QCOMPARE(m_model->rowOf(other), 1);
    QCOMPARE(m_model->rowOf(cookie("b", "1")), -1);
}

QTEST_GUILESS_MAIN(TestCookieModel)
#include "tst_cookiemodel.moc"
