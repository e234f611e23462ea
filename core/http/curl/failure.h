// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From libcurl's result codes to our sentences.

#pragma once

#include <string>

#include <curl/curl.h>

#include <http/message.h>

namespace claimcheck::http {

/// What is known when a transfer has failed.
struct CurlFailure
{
    CURLcode code = CURLE_OK;
    std::string text;      ///< CURLOPT_ERRORBUFFER
    long systemError = 0;  ///< CURLINFO_OS_ERRNO
    long verifyResult = 0; ///< CURLINFO_SSL_VERIFYRESULT, X509_V_ERR_…
    long proxyStatus = 0;  ///< CURLINFO_HTTP_CONNECTCODE
    long proxyError = 0;   ///< CURLINFO_PROXY_ERROR, CURLPX_…
    bool hasAnswerBegun = false;
    bool isHeadComplete = false;
};

Error describeFailure(const CurlFailure& failure, const Request& request);

} // namespace claimcheck::http
