// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Request as Qt Network wants it. Qt cannot say everything: duplicates are joined as RFC 9110 §5.3 allows,
// an empty field and a removed default are impossible.

#pragma once

#include <QtNetwork/qnetworkproxy.h>
#include <QtNetwork/qnetworkrequest.h>

#include <http/message.h>

namespace claimcheck::http {

Result<QNetworkRequest> toQtRequest(const Request& request);
QNetworkProxy toQtProxy(const std::string& proxy);

} // namespace claimcheck::http
