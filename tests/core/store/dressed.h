// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Generated files in the shapes that editors leave them in, and how one is shown where a test fails.

#pragma once

#include <cstddef>
#include <string>

#include <QtCore/qbytearray.h>

#include <base/result.h>

namespace claimcheck::test {

inline QByteArray shown(const std::string& text)
{
    return QByteArray::fromStdString("\n" + text);
}

template <typename Value>
QByteArray problemOf(const Result<Value>& result, const std::string& text)
{
    return result ? QByteArray() : shown(describe(result.error()) + "\n" + text);
}

/// The same file in another dress. 0: as it is; 1: CRLF; 2: no final line end; 3: with comments and a key
/// that we do not know.
inline std::string dressed(std::string text, std::size_t dress)
{
    if (dress == 1) {
        std::string crlf;
        for (const char c : text)
            crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
        return crlf;
    }
    if (dress == 2)
        text.pop_back();
    if (dress == 3)
        text = "# first\n\n" + text + "\n# last\nx-unknown: {a: [1, 2], b: \"c\"} # kept\n";
    return text;
}

} // namespace claimcheck::test
