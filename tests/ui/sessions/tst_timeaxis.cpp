// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens on the time axis: where they stand, and that all of it is said in words.

#include <sessions/timeaxis.h>
#include <theme/theme.h>

#include <QtGui/qimage.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qscrollbar.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

const Instant noon = fromUnixSeconds(1'700'000'000);

std::vector<AxisRow> twoTokens()
{
    return {{QStringLiteral("alice, access token"), noon, noon + Seconds(100)},
            {QStringLiteral("alice, refresh token"), noon, std::nullopt}};
}

/// -1: nothing is painted.
int firstPaintedRow(QWidget& widget)
{
    const QImage picture = widget.grab().toImage();
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            if (picture.pixel(x, y) != picture.pixel(0, 0))
                return y;
    return -1;
}

} // namespace

class TestTimeAxis : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void spansAllOfThemAndNow()
    {
        const TokenAxis axis(twoTokens(), noon + Seconds(50));
        QCOMPARE(axis.place(noon), 0.0);
        QCOMPARE(axis.place(noon + Seconds(50)), 0.5);
        QCOMPARE(axis.place(noon + Seconds(100)), 1.0);
        const TokenAxis later(twoTokens(), noon + Seconds(200)); // all are over
        QCOMPARE(later.place(noon + Seconds(200)), 1.0);
        QCOMPARE(later.place(noon + Seconds(100)), 0.5);
        const TokenAxis nothing({}, noon);
        QVERIFY(nothing.begin() < nothing.end());
    }
    void timesThatNoClockReaches()
    {
        std::vector<AxisRow> rows = twoTokens();
        rows[0].from = Instant::min();
        rows[0].to = Instant::max() - Seconds(3600);
        const TokenAxis axis(rows, noon);
        QVERIFY(axis.place(noon) >= 0 && axis.place(noon) <= 1);
    }
    void rowsAreThoseThatAreSignedIn()
    {
        workbench::SessionState form;
        form.name = "demo";
        form.issuedAt = noon;
        workbench::IdentityState alice{"a\x1blice", "device-code"};
        alice.tokens = {{"access token", noon, noon + Seconds(100)}, {"refresh token", noon, std::nullopt}};
        const auto rows = axisRows(form, {alice, {"bob", "request"}});
        QCOMPARE(rows.size(), std::size_t(3));
        QCOMPARE(rows[0].label, QStringLiteral("demo, token"));
        QVERIFY(!rows[1].label.contains(QChar(0x1b)));
        QVERIFY(rows[2].label.endsWith(QStringLiteral("refresh token")));
    }
    void isSaidInWords()
    {
        Instant now = noon + Seconds(40);
        TimeAxis axis;
        QVERIFY(axis.isHidden());
        axis.setClock([&now] { return now; });
        axis.setRows(twoTokens());
        QVERIFY(!axis.isHidden());
        QVERIFY(axis.accessibleDescription().contains(QStringLiteral("1:00 left")));
        QVERIFY(axis.accessibleDescription().contains(QStringLiteral("no end is known")));
        QVERIFY(axis.focusPolicy() & Qt::TabFocus);
        now += Seconds(60);
        axis.tick();
        QVERIFY(axis.accessibleDescription().contains(QStringLiteral("expired")));
        axis.resize(axis.sizeHint());
        QVERIFY(!axis.grab().isNull());
        axis.setRows({});
        QVERIFY(axis.isHidden());
    }
    /// A line may stand above it: that of the list of identities does.
    void standsClearOfWhatIsAbove()
    {
        QWidget hidden; // without the frame of the focus
        TimeAxis axis(&hidden);
        axis.setClock([] { return noon + Seconds(40); });
        axis.setRows(twoTokens());
        for (const QSize size : {axis.sizeHint(), axis.minimumSizeHint()}) {
            axis.resize(size);
            const int first = firstPaintedRow(axis);
            QVERIFY2(first >= space::large && first < space::large + space::row,
                     qPrintable(QString::number(first)));
        }
    }
    void manyLeaveRoomForTheForm()
    {
        TimeAxis axis;
        axis.setClock([] { return noon; });
        axis.setRows(std::vector<AxisRow>(8, twoTokens().front()));
        const QSize whole = axis.sizeHint();
        std::vector<AxisRow> many(500, twoTokens().front());
        many.back().label = QStringLiteral("the last one");
        axis.setRows(many);
        QCOMPARE(axis.sizeHint(), whole);
        QVERIFY(axis.minimumSizeHint().height() < whole.height());
        axis.resize(whole);
        axis.show();
        QVERIFY(axis.verticalScrollBar()->maximum() > 0);
        QVERIFY(axis.accessibleDescription().contains(QStringLiteral("the last one")));
        const QImage top = axis.grab().toImage();
        many.front().to = noon - Seconds(1);
        axis.setRows(many);
        QVERIFY(axis.grab().toImage() != top);
        axis.verticalScrollBar()->setValue(axis.verticalScrollBar()->maximum());
        QVERIFY(!axis.grab().isNull());
        axis.setRows(twoTokens());
        QCOMPARE(axis.verticalScrollBar()->maximum(), 0);
    }
};

QTEST_MAIN(TestTimeAxis)
#include "tst_timeaxis.moc"
