// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <base/time.h>

#include <QtTest/qtest.h>

#include <cmath>
#include <limits>

using namespace claimcheck;
using std::string_literals::operator""s;

// The tests run with TZ=Europe/Berlin (see tests/CMakeLists.txt).
static const Instant noon = *parseInstant("2026-11-23T12:30:05Z");

class TestTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "Europe/Berlin");
        tzset();
    }
    void readsInstants_data();
    void readsInstants();
    void refusesWhatIsNoInstant_data();
    void refusesWhatIsNoInstant();
    void readsDurations();
    void refusesWhatIsNoDuration_data();
    void refusesWhatIsNoDuration();
    void showsTimes();
    void saysUtcOnceWhereLocalTimeIsUtc();
    void showsRelative_data();
    void showsRelative();
    void countsDown();
    void survivesExtremes();
};

void TestTime::readsInstants_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<double>("seconds");
    QTest::newRow("seconds") << "1763900000"s << 1763900000.0;
    QTest::newRow("fraction") << "1763900000.25"s << 1763900000.25;
    QTest::newRow("negative") << "-1.5"s << -1.5;
    QTest::newRow("UTC") << "2025-11-23T12:13:20Z"s << 1763900000.0;
    QTest::newRow("lower case") << "2025-11-23t12:13:20z"s << 1763900000.0;
    QTest::newRow("offset") << "2025-11-23T13:13:20+01:00"s << 1763900000.0;
    QTest::newRow("offset west") << "2025-11-23T06:43:20.5-05:30"s << 1763900000.5;
    QTest::newRow("leap day") << "2024-02-29T00:00:00Z"s << 1709164800.0;
    QTest::newRow("leap second") << "2016-12-31T23:59:60Z"s << 1483228800.0;
}

void TestTime::readsInstants()
{
    QFETCH(std::string, text);
    QFETCH(double, seconds);
    const auto instant = parseInstant(text);
    QVERIFY(instant.has_value());
    QCOMPARE(toUnixSeconds(*instant), seconds);
}

void TestTime::refusesWhatIsNoInstant_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text :
         {"", "now", "1e9", "inf", "nan", "0x10", "2025-11-23", "2025-11-23T12:13:20", "2025-13-01T00:00:00Z",
          "2025-02-29T00:00:00Z", "2025-11-23T24:00:00Z", "2025-11-23T12:60:00Z", "2025-11-23T12:13:20Zx",
          "2025-11-23T12:13:20+0100", "25-11-23T12:13:20Z", "1763900000s"})
        QTest::newRow(*text ? text : "empty") << std::string(text);
}

void TestTime::refusesWhatIsNoInstant()
{
    QFETCH(std::string, text);
    QVERIFY(!parseInstant(text).has_value());
}

void TestTime::readsDurations()
{
    QCOMPARE(parseDuration("3600").value_or(Seconds(-1)), Seconds(3600));
    QCOMPARE(parseDuration("1h").value_or(Seconds(-1)), Seconds(3600));
    QCOMPARE(parseDuration(" 2h 30m ").value_or(Seconds(-1)), Seconds(9000));
    QCOMPARE(parseDuration("15 min").value_or(Seconds(-1)), Seconds(900));
    QCOMPARE(parseDuration("30d").value_or(Seconds(-1)), Seconds(2592000));
    QCOMPARE(parseDuration("0").value_or(Seconds(-1)), Seconds(0));
}

void TestTime::refusesWhatIsNoDuration_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {"", " ", "h", "1x", "-5", "1.5h", "1h-", "99999999999999999999", "1000001d"})
        QTest::newRow(*text ? text : "empty") << std::string(text);
}

void TestTime::refusesWhatIsNoDuration()
{
    QFETCH(std::string, text);
    QVERIFY(!parseDuration(text).has_value());
}

void TestTime::showsTimes()
{
    QCOMPARE(formatUtc(noon), "2026-11-23T12:30:05Z");
    QCOMPARE(formatLocal(noon), "2026-11-23 13:30:05 +01:00");
    QCOMPARE(formatLocal(*parseInstant("2026-07-01T12:00:00Z")), "2026-07-01 14:00:00 +02:00");
    QCOMPARE(formatClock(noon, noon), "13:30:05");
    QCOMPARE(formatClock(noon, noon + std::chrono::hours(24)), "2026-11-23 13:30:05");
    QCOMPARE(formatFull(noon + std::chrono::minutes(42), noon), "in 42 min (14:12:05, UTC 13:12:05)");
    QCOMPARE(formatFull(noon - std::chrono::hours(48), noon),
             "2 days ago (2026-11-21 13:30:05, UTC 2026-11-21 12:30:05)");
    QCOMPARE(formatUtc(*parseInstant("0001-01-01T00:00:00Z")), "0001-01-01T00:00:00Z");
}

void TestTime::saysUtcOnceWhereLocalTimeIsUtc()
{
    const QByteArray zone = qgetenv("TZ");
    const auto setZone = [](const QByteArray& name) {
        qputenv("TZ", name);
        tzset();
    };
    setZone("UTC");
    const std::string shown = formatFull(noon + std::chrono::minutes(42), noon);
    setZone(zone);
    QCOMPARE(shown, "in 42 min (13:12:05 UTC)");
}

void TestTime::showsRelative_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<std::string>("text");
    QTest::newRow("now") << qint64{0} << "now"s;
    QTest::newRow("seconds") << qint64{89} << "in 89 s"s;
    QTest::newRow("minutes") << qint64{90} << "in 2 min"s;
    QTest::newRow("an hour") << qint64{3600} << "in 60 min"s;
    QTest::newRow("hours") << qint64{-7200} << "2 h ago"s;
    QTest::newRow("days") << qint64{-3 * 86400} << "3 days ago"s;
    QTest::newRow("months") << qint64{90 * 86400} << "in 3 months"s;
    QTest::newRow("years") << qint64{-10 * 31557600LL} << "10 years ago"s;
}

void TestTime::showsRelative()
{
    QFETCH(qint64, seconds);
    QFETCH(std::string, text);
    QCOMPARE(formatRelative(noon + Seconds(seconds), noon), text);
}

void TestTime::countsDown()
{
    QCOMPARE(formatCountdown(Milliseconds(0)), "0:00");
    QCOMPARE(formatCountdown(Milliseconds(-5)), "0:00");
    QCOMPARE(formatCountdown(Milliseconds(1)), "0:01");
    QCOMPARE(formatCountdown(std::chrono::minutes(42) + Seconds(10)), "42:10");
    QCOMPARE(formatCountdown(std::chrono::hours(1) + Seconds(123)), "1:02:03");
}

void TestTime::survivesExtremes()
{
    for (const double seconds : {1e300, -1e300, std::numeric_limits<double>::infinity(), std::nan(""), 1e17,
                                 253402300800.0, -62167219201.0}) {
        const Instant instant = fromUnixSeconds(seconds);
        QVERIFY(!formatUtc(instant).empty());
        QVERIFY(!formatLocal(instant).empty());
        QVERIFY(!formatFull(instant, noon).empty());
        QVERIFY(!formatCountdown(instant - noon).empty());
    }
    QCOMPARE(formatUtc(fromUnixSeconds(253402300799.0)), "9999-12-31T23:59:59Z");
    QCOMPARE(formatUtc(fromUnixSeconds(253402300800.0)), "253402300800 s since 1970");
    // What a clock cannot hold is not shown as if its border were meant.
    QVERIFY(!isAtTheBorder(fromUnixSeconds(7.9e15)) && isAtTheBorder(fromUnixSeconds(9e15)));
    QCOMPARE(formatUtc(fromUnixSeconds(7900000000000000.0)), "7900000000000000 s since 1970");
    QCOMPARE(formatUtc(fromUnixSeconds(1e300)), "8000000000000000 s since 1970 or more");
    QCOMPARE(formatUtc(fromUnixSeconds(-1e300)), "-8000000000000000 s since 1970 or less");
    QVERIFY(formatRelative(fromUnixSeconds(1e300), noon).ends_with(" years or more"));
    QVERIFY(formatRelative(fromUnixSeconds(-1e300), noon).ends_with(" years or more ago"));
}

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
