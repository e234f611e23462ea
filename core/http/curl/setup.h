// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Request as options of a libcurl handle.

#pragma once

#include <http/curl/handles.h>
#include <http/message.h>

namespace claimcheck::http {

/// `request` and `headers` must outlive the transfer: libcurl does not copy the body.
void setUp(CURL* easy, const Request& request, StringList& headers);

} // namespace claimcheck::http
