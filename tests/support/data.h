// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Test data by path below tests/data, as the bytes that the file holds.

#pragma once

#include <support/paths.h>

#include <QtCore/qfile.h>
#include <QtCore/qstring.h>

#include <string>

namespace claimcheck::test {

inline std::string readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("test data missing: %s", qPrintable(path));
    return file.readAll().toStdString();
}

/// The bytes of tests/data/<relative>.
inline std::string data(const char* relative)
{
    return readFile(dataFolder() + QLatin1Char('/') + QString::fromUtf8(relative));
}

} // namespace claimcheck::test
