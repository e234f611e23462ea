// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a set may be kept (RFC 9111), within our bounds.

#include <keys/freshness.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

Q_DECLARE_METATYPE(http::Headers)

class TestFreshness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsHeaders_data();
    void readsHeaders();
};

void TestFreshness::readsHeaders_data()
{
    QTest::addColumn<http::Headers>("headers");
    QTest::addColumn<int>("seconds");
    const std::string now = "Mon, 23 Nov 2026 19:00:00 GMT";
    const auto row = [](const char* name, const http::Headers& headers, int seconds) {
        QTest::newRow(name) << headers << seconds;
    };
    row("nothing", {}, 300);
    row("max-age", {{"cache-control", "public, MAX-AGE=3600, must-revalidate"}}, 3600);
    row("quoted", {{"Cache-Control", "max-age=\"120\""}}, 120);
    row("first of two", {{"Cache-Control", "max-age=60"}, {"Cache-Control", "max-age=90"}}, 60);
    row("s-maxage is for shared caches", {{"Cache-Control", "s-maxage=7200"}}, 300);
    row("age", {{"Cache-Control", "max-age=3600"}, {"Age", "600"}}, 3000);
    row("older than it may get", {{"Cache-Control", "max-age=3600"}, {"Age", "9999"}}, 30);
    row("zero", {{"Cache-Control", "max-age=0"}}, 30);
    row("no-store", {{"Cache-Control", "no-store, max-age=3600"}}, 30);
    row("no-cache", {{"Cache-Control", "no-cache"}}, 30);
    row("negative", {{"Cache-Control", "max-age=-5"}}, 30);
    row("no number", {{"Cache-Control", "max-age=soon"}}, 30);
    row("a year", {{"Cache-Control", "max-age=31536000"}}, 86400);
    row("beyond all numbers", {{"Cache-Control", "max-age=99999999999999999999999"}}, 86400);
    row("empty", {{"Cache-Control", ", ,"}}, 300);
    row("Expires", {{"Date", now}, {"Expires", "Mon, 23 Nov 2026 20:00:00 GMT"}}, 3600);
    row("Expires over", {{"Date", now}, {"Expires", "Mon, 23 Nov 2026 18:00:00 GMT"}}, 30);
    row("Expires no date", {{"Date", now}, {"Expires", "0"}}, 30);
    row("max-age before Expires",
        {{"Cache-Control", "max-age=60"}, {"Date", now}, {"Expires", "Mon, 23 Nov 2026 20:00:00 GMT"}}, 60);
}

void TestFreshness::readsHeaders()
{
    QFETCH(http::Headers, headers);
    QFETCH(int, seconds);
    QCOMPARE(keys::freshness(headers).count(), static_cast<Seconds::rep>(seconds));
}

QTEST_GUILESS_MAIN(TestFreshness)
#include "tst_freshness.moc"
