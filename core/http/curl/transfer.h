// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One hop over libcurl.

#pragma once

#include <array>
#include <memory>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <http/curl/capture.h>
#include <http/curl/handles.h>
#include <http/curl/multi.h>
#include <http/curl/source.h>
#include <http/transport.h>

namespace claimcheck::http {

class CurlTransfer : public QObject, public Transfer
{
public:
    CurlTransfer(std::shared_ptr<CurlMulti> multi, const Request& request, Transport::Done done);
    ~CurlTransfer() override;
    std::optional<HopResult> takeSoFar() override;

private:
    void checkActivity();
    bool isLostInDecoding();
    void finish(CURLcode code);
    void fail(Error error);
    void deliver(std::optional<Error> error);
    HopResult makeResult(std::optional<Error> error);
    Error errorOf(CURLcode code);

    std::shared_ptr<CurlMulti> m_multi; ///< before the handle: it must outlive it
    Request m_request;
    Transport::Done m_done;
    std::array<char, CURL_ERROR_SIZE> m_errorText{};
    StringList m_headers;
    Easy m_easy;
    Capture m_capture;
    UploadSource m_source;
    QTimer m_activityTimer;
};

} // namespace claimcheck::http
