// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A QR code for a terminal: each character is two modules, one above the other.

#pragma once

#include <string>
#include <vector>

#include <qr/matrix.h>

namespace claimcheck::qr {

/// UTF-8, a string a line, each of `width` + 2 × quietZone characters. What is light is drawn, in the
/// foreground's colour, and what is dark left out: for a dark background.
std::vector<std::string> halfBlocks(const Matrix& matrix);

} // namespace claimcheck::qr
