// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A QR code in a terminal's characters: read back, it is the same, with light around it.

#include <qr/halfblocks.h>

#include <QtCore/qstring.h>
#include <QtTest/qtest.h>

using namespace claimcheck::qr;

namespace {

constexpr char16_t whole = u'\u2588';
constexpr char16_t upper = u'\u2580';
constexpr char16_t lower = u'\u2584';

} // namespace

class TestHalfBlocks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standForTheirModules();
    void areReadBackAsTheCode();
};

void TestHalfBlocks::standForTheirModules()
{
    const std::vector<std::string> lines = halfBlocks({1, {true}});
    QCOMPARE(lines.size(), std::size_t(5)); // nine rows
    const QString light(9, whole);
    QCOMPARE(QString::fromStdString(lines[1]), light);
    QCOMPARE(QString::fromStdString(lines[2]), QString(4, whole) + lower + QString(4, whole));
    QCOMPARE(QString::fromStdString(lines[4]), QString(9, upper));
    QCOMPARE(QString::fromStdString(halfBlocks({1, {false}})[2]), light);
}

void TestHalfBlocks::areReadBackAsTheCode()
{
    const auto code = matrixOf("https://id.example/device?user_code=WDJB-MJHT");
    QVERIFY(code);
    const std::vector<std::string> lines = halfBlocks(*code);
    const int side = code->width + 2 * quietZone;
    QCOMPARE(lines.size(), static_cast<std::size_t>((side + 1) / 2));
    for (int row = 0; row < side; ++row) {
        const QString line = QString::fromStdString(lines[static_cast<std::size_t>(row / 2)]);
        QCOMPARE(line.size(), side);
        for (int column = 0; column < side; ++column) {
            const QChar block = line[column];
            const bool isLight = block == whole || block == (row % 2 == 0 ? upper : lower);
            const int x = column - quietZone;
            const int y = row - quietZone;
            const bool isInside = x >= 0 && y >= 0 && x < code->width && y < code->width;
            QCOMPARE(isLight, !isInside || !code->isDark(x, y));
        }
    }
}

QTEST_GUILESS_MAIN(TestHalfBlocks)
#include "tst_halfblocks.moc"
