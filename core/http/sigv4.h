// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// AWS Signature Version 4 (AWS4-HMAC-SHA256), in the Authorization field. Ours, because libcurl 7.88 signs
// fields that it was told not to send, and queries in the order in which they were typed: both are refused.

#pragma once

#include <http/message.h>

namespace claimcheck::http {

/// The request as it goes out at `now`, with X-Amz-Date, X-Amz-Security-Token where there is one, for S3
/// X-Amz-Content-Sha256, and Authorization over all that the user set. An X-Amz-Date or X-Amz-Content-Sha256
/// of the user's own is kept and signed as it stands. A request without this scheme comes back as it is.
Request signedForAws(Request request, Instant now);

} // namespace claimcheck::http
