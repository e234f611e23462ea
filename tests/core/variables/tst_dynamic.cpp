// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values that are made anew each time: their forms, and how {{$name}} comes to them.

#include <support/result.h>
#include <variables/dynamic.h>
#include <variables/resolve.h>

#include <QtCore/qregularexpression.h>
#include <QtTest/qtest.h>

#include <base/text.h>

using namespace claimcheck;
using namespace claimcheck::variables;

static const Instant now{Milliseconds(1'763'900'000'123)};

class TestDynamic : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasPostmansForms_data();
    void hasPostmansForms();
    void everyNameMakesSomething();
    void knowsNoOtherName();
    void isMadeAnewEachTime();
    void aDefinedVariableComesFirst();
    void anUnknownNameIsAnError();
};

void TestDynamic::hasPostmansForms_data()
{
    QTest::addColumn<QString>("form");
    QTest::newRow("$guid") << "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    QTest::newRow("$timestamp") << "1763900000";
    QTest::newRow("$isoTimestamp") << "2025-11-23T12:13:20\\.123Z";
    QTest::newRow("$randomInt") << "[0-9]{1,3}|1000";
    QTest::newRow("$randomHexColor") << "#[0-9a-f]{6}";
    QTest::newRow("$randomIP") << "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
    QTest::newRow("$randomMACAddress") << "[0-9a-f]{2}(:[0-9a-f]{2}){5}";
    QTest::newRow("$randomEmail") << "[a-z]+_[a-z]+[0-9]+@[a-z]+\\.example";
    QTest::newRow("$randomBoolean") << "true|false";
    QTest::newRow("$randomLatitude") << "-?[0-9]{1,2}\\.[0-9]{4}";
}

void TestDynamic::hasPostmansForms()
{
    QFETCH(QString, form);
    std::mt19937_64 random(7);
    const QRegularExpression whole(QRegularExpression::anchoredPattern(form));
    for (int i = 0; i < 50; ++i) {
        const auto value = dynamicValue(QTest::currentDataTag(), random, now);
        QVERIFY(value.has_value());
        QVERIFY2(whole.match(toQString(*value)).hasMatch(), value->c_str());
    }
}

void TestDynamic::everyNameMakesSomething()
{
    std::mt19937_64 random(7);
    for (const std::string& name : dynamicNames())
        QVERIFY2(!dynamicValue(name, random, now).value_or("").empty(), name.c_str());
}

void TestDynamic::knowsNoOtherName()
{
    std::mt19937_64 random(7);
    QVERIFY(!dynamicValue("$nothing", random, now));
    QVERIFY(!dynamicValue("guid", random, now));
}

void TestDynamic::isMadeAnewEachTime()
{
    int count = 0;
    const Dynamic dynamic = [&count](std::string_view) { return std::to_string(++count); };
    const auto text = resolve("{{$a}} {{ $a }} {{$b}}", {}, "body", dynamic);
    QVERIFY_RESULT(text);
    QCOMPARE(*text, std::string("1 2 3"));
}

void TestDynamic::aDefinedVariableComesFirst()
{
    const Dynamic dynamic = [](std::string_view) { return std::string("made"); };
    QCOMPARE(*resolve("{{$guid}}", {{"request", {{"$guid", "mine"}}}}, "body", dynamic), std::string("mine"));
}

void TestDynamic::anUnknownNameIsAnError()
{
    const Dynamic dynamic = [](std::string_view) { return std::optional<std::string>(); };
    const auto text = resolve("{{$guess}}", {}, "URL", dynamic);
    QVERIFY(!text);
    QCOMPARE(text.error().what, std::string("cannot fill in {{$guess}} in the URL"));
}

QTEST_GUILESS_MAIN(TestDynamic)
#include "tst_dynamic.moc"
