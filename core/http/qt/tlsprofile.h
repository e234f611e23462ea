// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A TlsProfile in Qt's words, and what TLS agreed on in ours.

#pragma once

#include <QtNetwork/qsslconfiguration.h>
#include <QtNetwork/qsslerror.h>

#include <http/errors.h>
#include <http/exchange.h>

namespace claimcheck::http {

Result<QSslConfiguration> toQtTls(const TlsProfile& profile);
std::optional<TlsFacts> readTlsFacts(const QSslConfiguration& agreed, bool verified);
Error describeSslErrors(const QList<QSslError>& errors, const Url& url);

} // namespace claimcheck::http
