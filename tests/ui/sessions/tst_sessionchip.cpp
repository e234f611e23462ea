// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The session chip counts down by the clock that it is given.

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>

#include <sessions/sessionchip.h>
#include <theme/theme.h>

using namespace claimcheck;
using ui::SessionChip;

namespace {

const Instant issued = fromUnixSeconds(1'700'000'000);

workbench::SessionState demo(std::optional<Seconds> lives)
{
    workbench::SessionState state;
    state.name = "demo";
    state.issuedAt = issued;
    if (lives)
        state.expiresAt = issued + *lives;
    return state;
}

} // namespace

class TestSessionChip : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void countsDownToTheWord()
    {
        Instant now = issued;
        SessionChip chip;
        chip.setClock([&now] { return now; });
        QCOMPARE(chip.stateText(), QStringLiteral("Not signed in"));
        chip.setState(demo(Seconds(3600)));
        QCOMPARE(chip.stateText(), QStringLiteral("1:00:00"));
        now += Seconds(1070);
        chip.tick();
        QCOMPARE(chip.stateText(), QStringLiteral("42:10"));
        QVERIFY(chip.accessibleName().contains(QStringLiteral("42:10")));
        now = issued + Seconds(3600); // exactly at exp a token is no longer valid (RFC 7519 §4.1.4)
        chip.tick();
        QCOMPARE(chip.stateText(), QStringLiteral("expired"));
        QVERIFY(chip.accessibleName().contains(QStringLiteral("expired")));
        chip.setState({});
        QCOMPARE(chip.stateText(), QStringLiteral("Not signed in"));
    }

    void tokensWithoutAnEnd()
    {
        SessionChip chip;
        chip.setState(demo(std::nullopt));
        QCOMPARE(chip.stateText(), QStringLiteral("no expiry"));
    }

    void saysThatAnExpiryCannotBeRead()
    {
        SessionChip chip;
        workbench::SessionState state = demo(std::nullopt);
        state.inspection.emplace();
        state.inspection->unreadableExpiry = "1e400";
        chip.setState(state);
        QCOMPARE(chip.stateText(), QStringLiteral("exp cannot be read"));
        QVERIFY(chip.accessibleDescription().endsWith(QStringLiteral("exp cannot be read: 1e400")));
    }

    void aNameIsText()
    {
        SessionChip chip;
        workbench::SessionState state = demo(std::nullopt);
        state.name = "<b>demo</b>";
        chip.setState(state);
        QCOMPARE(chip.toolTip(), QStringLiteral("<qt>Session &lt;b&gt;demo&lt;/b&gt;, no expiry</qt>"));
        QCOMPARE(chip.accessibleDescription(), QStringLiteral("Session <b>demo</b>, no expiry"));
    }

    void keepsItsWidthWhileItCounts()
    {
        Instant now = issued;
        SessionChip chip;
        chip.setClock([&now] { return now; });
        chip.setState(demo(Seconds(600)));
        now += Seconds(1);
        chip.tick();
        const QSize before = chip.sizeHint();
        now += Seconds(111);
        chip.tick();
        QCOMPARE(chip.sizeHint().height(), before.height());
        QVERIFY(!chip.grab().isNull());
    }

    /// Sized with "1:00:00", painted with "59:59" before the next tick.
    void noHoleBetweenTimeAndBar()
    {
        Instant now = issued;
        SessionChip chip;
        chip.setClock([&now] { return now; });
        chip.setState(demo(Seconds(3600)));
        chip.resize(chip.sizeHint());
        chip.show();
        now += Seconds(1);
        const QImage image = chip.grab().toImage();
        const auto isEmpty = [&image](int x) {
            for (int y = 5; y < image.height() - 5; ++y)
                if (image.pixelColor(x, y) != ui::colour(ui::Role::Surface))
                    return false;
            return true;
        };
        int x = image.width() - ui::space::medium - 2; // at the bar's end
        while (x > 0 && !isEmpty(x))
            --x;
        const int begin = x;
        while (x > 0 && isEmpty(x))
            --x;
        QVERIFY(x > 0);
        QVERIFY2(begin - x <= ui::space::small + 4, qPrintable(QString::number(begin - x)));
    }

    void clickAndKeyboardActivate()
    {
        SessionChip chip;
        QSignalSpy activated(&chip, &SessionChip::activated);
        chip.setState(demo(Seconds(60)));
        chip.resize(chip.sizeHint());
        chip.show();
        QTest::mouseClick(&chip, Qt::LeftButton);
        QTest::keyClick(&chip, Qt::Key_Space);
        QCOMPARE(activated.size(), 2);
    }

    void namesFromServersAreText()
    {
        SessionChip chip;
        workbench::SessionState state = demo(Seconds(60));
        state.name = "a\x1b[31m";
        chip.setState(state);
        QVERIFY(!chip.accessibleName().contains(QChar(0x1b)));
        QVERIFY(!chip.grab().isNull());
    }
};

QTEST_MAIN(TestSessionChip)
#include "tst_sessionchip.moc"
