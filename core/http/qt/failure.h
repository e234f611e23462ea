// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From Qt's network errors to our sentences. Qt also reports a status of 400 and above as an error; for us
// that is an answer.

#pragma once

#include <QtNetwork/qnetworkreply.h>

#include <http/message.h>

namespace claimcheck::http {

/// True when the "error" is only a status of the server.
bool isAnswer(const QNetworkReply& reply);

Error describeFailure(const QNetworkReply& reply, const Request& request);

} // namespace claimcheck::http
