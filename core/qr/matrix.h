// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text as a QR code (ISO/IEC 18004): which modules are dark.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace claimcheck::qr {

/// Modules that camera programs want light around it (ISO/IEC 18004 §5.3.8).
inline constexpr int quietZone = 4;

struct Matrix
{
    int width = 0; ///< modules of a side, without the quiet zone
    std::vector<bool> dark;

    bool isDark(int column, int row) const { return dark[static_cast<std::size_t>(row * width + column)]; }
    bool operator==(const Matrix&) const = default;
};

/// With the error correction M. Nothing for an empty text, one with a zero byte, and one that is too long to
/// be held by a camera: more than 1000 bytes.
std::optional<Matrix> matrixOf(std::string_view text);

} // namespace claimcheck::qr
