// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bar of a token's life: where it begins and ends, and that what is drawn stands in line with that.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>

#include <theme/theme.h>
#include <token/validitybar.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

const Instant start = fromUnixSeconds(1'800'000'000);
const Instant end = start + Seconds(3600);

Validity hour()
{
    Validity validity;
    validity.issuedAt = start;
    validity.expiresAt = end;
    return validity;
}

} // namespace

class ValidityBarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aTokensLifeIsTheWholeBar();
    void whatIsBesideItsLifeHasAPlace();
    void anOpenEndGoesOn();
    void anExpiryThatCannotBeReadIsNoOpenEnd();
    void theBarEndsWhereThePaneDoes();
    void theStrokeOfNowTouchesNoLabel();
    void anEndThatCannotBeReadIsNoBar();
};

void ValidityBarTest::aTokensLifeIsTheWholeBar()
{
    const ValidityPlaces places = placesOf(hour(), start + Seconds(900));
    QCOMPARE(places.from, 0.0);
    QCOMPARE(places.until, 1.0);
    QCOMPARE(places.now, 0.25);
}

void ValidityBarTest::whatIsBesideItsLifeHasAPlace()
{
    const ValidityPlaces late = placesOf(hour(), end + Seconds(3600));
    QCOMPARE(late.from, 0.0);
    QCOMPARE(late.until, 0.5);
    QCOMPARE(late.now, 1.0);
    const ValidityPlaces early = placesOf(hour(), start - Seconds(3600));
    QCOMPARE(early.now, 0.0);
    QCOMPARE(early.from, 0.5);
    QCOMPARE(early.until, 1.0);
}

void ValidityBarTest::anOpenEndGoesOn()
{
    Validity open = hour();
    open.expiresAt.reset();
    ValidityPlaces places = placesOf(open, end);
    QCOMPARE(places.until, 1.0);
    QVERIFY(places.now < 0.95);
    open = hour();
    open.issuedAt.reset();
    places = placesOf(open, start);
    QCOMPARE(places.from, 0.0);
    QVERIFY(places.now > 0.05);
}

void ValidityBarTest::anExpiryThatCannotBeReadIsNoOpenEnd()
{
    ValidityBar bar;
    Validity validity;
    validity.issuedAt = start;
    bar.setValidity(validity, end);
    QVERIFY(bar.words().endsWith(QStringLiteral("never expires")));
    validity.unreadableExpiry = "\"soon\"";
    bar.setValidity(validity, end);
    QVERIFY2(bar.words().endsWith(QStringLiteral("exp cannot be read: \"soon\"")), qPrintable(bar.words()));
}

void ValidityBarTest::theBarEndsWhereThePaneDoes()
{
    ValidityBar bar;
    bar.setValidity(hour(), start + Seconds(900));
    bar.resize(400, bar.sizeHint().height());
    const QImage image = bar.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const auto isGreen = [&image](int x) {
        for (int y = 0; y < image.height(); ++y)
            if (image.pixelColor(x, y) == colour(Role::Ok))
                return true;
        return false;
    };
    QVERIFY(isGreen(2)); // its ends are round
    QVERIFY(isGreen(image.width() - 3));
}

void ValidityBarTest::theStrokeOfNowTouchesNoLabel()
{
    ValidityBar bar;
    bar.setValidity(hour(), start); // just issued: the stroke stands over the label's first letter
    bar.resize(400, bar.sizeHint().height());
    const QImage image = bar.grab().toImage().convertToFormat(QImage::Format_RGB32);
    int bottom = image.height() - 1;
    while (bottom > 0 && image.pixelColor(0, bottom) != colour(Role::Text))
        --bottom;
    QVERIFY(bottom > 0);
    const int label = image.height() - QFontMetrics(captionFont()).height();
    QVERIFY2(bottom + 2 < label, qPrintable(QString::number(bottom)));
}

void ValidityBarTest::anEndThatCannotBeReadIsNoBar()
{
    Validity validity = hour();
    validity.expiresAt.reset();
    const auto green = [](const Validity& shown) {
        ValidityBar bar;
        bar.setValidity(shown, start + Seconds(900));
        bar.resize(400, bar.sizeHint().height());
        const QImage image = bar.grab().toImage().convertToFormat(QImage::Format_RGB32);
        int found = 0;
        for (int x = 0; x < image.width(); ++x)
            for (int y = 0; y < image.height(); ++y)
                found += image.pixelColor(x, y) == colour(Role::Ok) ? 1 : 0;
        return found;
    };
    QVERIFY(green(validity) > 0); // without an exp it goes on
    validity.unreadableExpiry = "\"soon\"";
    QCOMPARE(green(validity), 0);
    ValidityBar bar;
    bar.setValidity(validity, start + Seconds(900));
    QVERIFY(bar.accessibleName().contains(bar.words()));
}

QTEST_MAIN(ValidityBarTest)
#include "tst_validitybar.moc"
