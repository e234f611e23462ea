// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A link as a QR code: what every reader looks for stands where ISO/IEC 18004 has it.

#include <algorithm>
#include <string>

#include <QtTest/qtest.h>

#include <qr/matrix.h>

using namespace claimcheck::qr;

namespace {

/// Seven modules wide: a ring, a gap, a block (§5.3.2.1).
bool isFinder(const Matrix& matrix, int left, int top)
{
    for (int row = 0; row < 7; ++row)
        for (int column = 0; column < 7; ++column) {
            const int ring = std::min({row, column, 6 - row, 6 - column});
            if (matrix.isDark(left + column, top + row) != (ring != 1))
                return false;
        }
    return true;
}

} // namespace

class TestMatrix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasWhatReadersLookFor()
    {
        const auto matrix = matrixOf("https://id.example/device?user_code=WDJB-MJHT");
        QVERIFY(matrix);
        QCOMPARE((matrix->width - 17) % 4, 0); // §5.3.1: 17 + 4 × version
        QCOMPARE(matrix->dark.size(), static_cast<std::size_t>(matrix->width * matrix->width));
        QVERIFY(isFinder(*matrix, 0, 0));
        QVERIFY(isFinder(*matrix, matrix->width - 7, 0));
        QVERIFY(isFinder(*matrix, 0, matrix->width - 7));
        for (int i = 8; i < matrix->width - 8; ++i) { // §5.3.4: the timing patterns
            QCOMPARE(matrix->isDark(i, 6), i % 2 == 0);
            QCOMPARE(matrix->isDark(6, i), i % 2 == 0);
        }
        QVERIFY(matrix->isDark(8, matrix->width - 8)); // §7.9.1: the module that is always dark
    }
    void anotherTextIsAnotherPicture()
    {
        QVERIFY(matrixOf("https://a.example") != matrixOf("https://b.example"));
        QCOMPARE(matrixOf("https://a.example"), matrixOf("https://a.example"));
    }
    void whatCannotBeOneIsNone()
    {
        QVERIFY(!matrixOf(""));
        QVERIFY(!matrixOf(std::string("https://a.example/\0x", 20)));
        QVERIFY(matrixOf(std::string(1000, 'a')));
        QVERIFY(!matrixOf(std::string(1001, 'a')));
    }
};

QTEST_GUILESS_MAIN(TestMatrix)
#include "tst_matrix.moc"
