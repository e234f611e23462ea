// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a certificate says, taken out of Qt's reader for the Exchange.

#pragma once

#include <QtNetwork/qsslcertificate.h>

#include <http/exchange.h>

namespace claimcheck::http {

Certificate describeCertificate(const QSslCertificate& certificate);

} // namespace claimcheck::http
