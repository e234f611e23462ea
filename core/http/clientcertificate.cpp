// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/clientcertificate.h>

#include <QtCore/qfile.h>

#include <base/text.h>

namespace claimcheck::http {

bool isPkcs12(const std::string& path)
{
    QFile file(toQString(path));
    char first = 0;
    return file.open(QIODevice::ReadOnly) && file.getChar(&first) && first == 0x30;
}

} // namespace claimcheck::http
