// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrix.h"

#include <memory>
#include <string>

#include <qrencode.h>

namespace claimcheck::qr {
namespace {

constexpr std::size_t longestQrText = 1000;
constexpr unsigned char darkBit = 1; ///< of libqrencode's modules

} // namespace

std::optional<Matrix> matrixOf(std::string_view text)
{
    if (text.empty() || text.size() > longestQrText || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    const std::string ended(text);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(ended.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code)
        return std::nullopt;
    Matrix matrix;
    matrix.width = code->width;
    const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    matrix.dark.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        matrix.dark.push_back((code->data[i] & darkBit) != 0);
    return matrix;
}

} // namespace claimcheck::qr
