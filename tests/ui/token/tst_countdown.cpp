// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// While the clock goes on every place of the inspector tells the same time.

#include <QtTest/qtest.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <jose/sign.h>
#include <state/countdown.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <token/tokenpane.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

constexpr std::int64_t expires = 1'800'000'000;

QString signedToken()
{
    const jose::Key key = jose::secretKey(Secret("a secret of at least thirty-two bytes"));
    const std::string payload = "{\"sub\":\"alice\",\"exp\":" + std::to_string(expires) + "}";
    const Result<Secret> token = jose::sign(*jose::findAlgorithm("HS256"), key, payload);
    return token ? toQString(token->reveal()) : QString();
}

QString checkOf(const TokenPane& pane, const QString& name)
{
    const QAbstractItemModel* model = pane.findChild<QTableView*>(QStringLiteral("tokenChecks"))->model();
    for (int row = 0; row < model->rowCount(); ++row)
        if (model->index(row, 0).data().toString() == name)
            return model->index(row, 2).data().toString();
    return {};
}

} // namespace

class CountdownTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void checksCountWithTheBanner();
    void theChosenCheckStaysChosen();
    void theNextFigureComesInTime();
};

void CountdownTest::checksCountWithTheBanner()
{
    Instant now = fromUnixSeconds(expires - 65);
    TokenPane pane;
    pane.setClock([&now] { return now; });
    pane.setToken(signedToken());
    QVERIFY2(checkOf(pane, QStringLiteral("Expiry")).contains(QStringLiteral("in 65 s")),
             qPrintable(checkOf(pane, QStringLiteral("Expiry"))));
    now = fromUnixSeconds(expires - 5);
    pane.tick();
    QCOMPARE(pane.findChild<Banner*>(QStringLiteral("verdictBanner"))->figure(), QStringLiteral("0:05"));
    QVERIFY2(checkOf(pane, QStringLiteral("Expiry")).contains(QStringLiteral("in 5 s")),
             qPrintable(checkOf(pane, QStringLiteral("Expiry"))));
}

void CountdownTest::theChosenCheckStaysChosen()
{
    Instant now = fromUnixSeconds(expires - 65);
    TokenPane pane;
    pane.setClock([&now] { return now; });
    pane.setToken(signedToken());
    auto* checks = pane.findChild<QTableView*>(QStringLiteral("tokenChecks"));
    checks->setCurrentIndex(checks->model()->index(2, 2));
    now = fromUnixSeconds(expires - 64);
    pane.tick();
    QCOMPARE(checks->currentIndex().row(), 2);
}

void CountdownTest::theNextFigureComesInTime()
{
    const Instant end = fromUnixSeconds(expires);
    const auto wait = [end](int rest) { return untilNextCount(end, end - Milliseconds(rest)).count(); };
    for (const int rest : {3'599'400, 60'250, 1'001'000, 2'000, 900}) {
        const Milliseconds after = Milliseconds(rest) - Milliseconds(wait(rest));
        QCOMPARE(after.count() % 1000, 0);
        QVERIFY(formatCountdown(after) != formatCountdown(Milliseconds(rest)));
        QCOMPARE(formatCountdown(after + Milliseconds(1)), formatCountdown(Milliseconds(rest)));
    }
    QCOMPARE(wait(0), 1000); // over
    QCOMPARE(wait(-5), 1000);
    QCOMPARE(wait(5003), 20); // never spins
    QCOMPARE(untilNextCount({}, end).count(), 1000);
}

QTEST_MAIN(CountdownTest)
#include "tst_countdown.moc"
