// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "halfblocks.h"

namespace claimcheck::qr {

static bool isLight(const Matrix& matrix, int column, int row)
{
    const bool isInside = column >= 0 && row >= 0 && column < matrix.width && row < matrix.width;
    return !isInside || !matrix.isDark(column, row);
}

static const char* blockOf(bool isUpperLight, bool isLowerLight)
{
    if (isUpperLight)
        return isLowerLight ? "\u2588" : "\u2580";
    return isLowerLight ? "\u2584" : " ";
}

std::vector<std::string> halfBlocks(const Matrix& matrix)
{
    const int end = matrix.width + quietZone;
    std::vector<std::string> lines;
    for (int row = -quietZone; row < end; row += 2) {
        std::string& line = lines.emplace_back();
        for (int column = -quietZone; column < end; ++column) // an odd number of rows ends with half a line
            line += blockOf(isLight(matrix, column, row), row + 1 < end && isLight(matrix, column, row + 1));
    }
    return lines;
}

} // namespace claimcheck::qr
