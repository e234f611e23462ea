// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What differs between two JSON values.

#include <QtTest/qtest.h>

#include <json/diff.h>

using namespace claimcheck;

class TestDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compares_data();
    void compares();
    void keepsTheOrderOfTheLeft();
};

static std::vector<json::Difference> compared(const QByteArray& left, const QByteArray& right)
{
    const auto one = json::parse(left.toStdString());
    const auto other = json::parse(right.toStdString());
    if (!one || !other)
        return {};
    return json::compare(one->root(), other->root());
}

/// "~a.b" changed, "-a" removed, "+a" added, "=a" the same.
static QByteArray summary(const std::vector<json::Difference>& differences)
{
    static constexpr char signs[] = "=~-+";
    QByteArray line;
    for (const json::Difference& difference : differences) {
        line += line.isEmpty() ? "" : " ";
        line += signs[static_cast<int>(difference.change)];
        for (std::size_t step = 0; step < difference.path.size(); ++step)
            line += (step == 0 ? "" : ".") + QByteArray::fromStdString(difference.path[step]);
    }
    return line;
}

void TestDiff::compares_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* left, const char* right, const char* expected) {
        QTest::addRow("%s | %s", left, right)
            << QByteArray(left) << QByteArray(right) << QByteArray(expected);
    };
    row("1", "1", "=");
    row("1", "2", "~");
    row("1.0", "1", "=");
    row("1e3", "1000", "=");
    row("9007199254740993", "9007199254740992", "~");
    row("0.5", "5e-1", "=");
    row("1e400", "1e401", "~");
    row(R"("a\u0062")", R"("ab")", "=");
    row(R"("1")", "1", "~");
    row("true", "false", "~");
    row("{}", "{ }", "=");
    row("{}", "[]", "~");
    row("[]", "[1]", "+0");
    row("[1,2]", "[1]", "=0 -1");
    row("[1,[2,3]]", "[1,[2,4]]", "=0 =1.0 ~1.1");
    row(R"({"a":1,"b":2})", R"({"b":2,"a":1})", "=a =b");
    row(R"({"a":1})", R"({"c":1})", "-a +c");
    row(R"({"a":{"x":1}})", R"({"a":{"x":2,"y":3}})", "~a.x +a.y");
    row(R"({"a":{"x":1}})", R"({"a":[1]})", "~a");
    row(R"({"a":1,"a":2})", R"({"a":2})", "=a");
    row(R"({"a":2})", R"({"a":2,"a":1})", "~a");
}

void TestDiff::compares()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QTEST(summary(compared(left, right)), "expected");
}

void TestDiff::keepsTheOrderOfTheLeft()
{
    const auto found = compared(R"({"z":1,"a": [1, 2],"m":3})", R"({"q":5,"m":4,"z":1})");
    QCOMPARE(summary(found), QByteArray("=z -a ~m +q"));
    QCOMPARE(found[1].left, std::string("[1, 2]"));
    QCOMPARE(found[1].right, std::string());
    QCOMPARE(found[3].right, std::string("5"));
}

QTEST_GUILESS_MAIN(TestDiff)
#include "tst_diff.moc"
