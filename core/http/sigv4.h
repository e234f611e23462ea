// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// AWS Signature Version 4 (AWS4-HMAC-SHA256), in the Authorization field. Ours, because libcurl 7.88 signs
// fields that it was told not to send, and queries in the order in which they were typed: both are refused.

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <http/message.h>

namespace claimcheck::http {

inline constexpr const char* awsContentField = "X-Amz-Content-Sha256";

/// A body is read as a whole before the first byte of it goes out, by who sends it: the window waits for it.
inline constexpr std::uint64_t largestSignedUpload = 256u * 1024u * 1024u;

/// The hash of a body that is read from files: the hops of one exchange, which send the same, share it.
struct UploadHash
{
    std::shared_ptr<const Upload> upload; ///< whose it is; null: none yet
    std::string hash;
};

/// The request as it goes out at `now`, with X-Amz-Date, X-Amz-Security-Token where there is one, for S3
/// X-Amz-Content-Sha256, and Authorization over all that the user set. An X-Amz-Date or X-Amz-Content-Sha256
/// of the user's own is kept and signed as it stands. A request without this scheme comes back as it is.
/// `known`: kept by the caller from one hop to the next.
Request signedForAws(Request request, Instant now, UploadHash* known = nullptr);

} // namespace claimcheck::http
