// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that libcurl tells about one hop while it runs: the request head as it left, the answer's lines
// and body, when the request was out, and the first reason of ours to stop.

#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <curl/curl.h>

#include <http/exchange.h>
#include <http/head.h>
#include <http/url.h>

namespace claimcheck::http {

class Capture
{
public:
    explicit Capture(const Request& request, CURL* easy);

    void attach(); ///< sets the callbacks on the handle

    const std::string& requestHead() const { return m_requestHead; }
    HeadReader& head() { return m_head; }
    const std::optional<Error>& refusal() const { return m_refusal; }
    const std::optional<TlsFacts>& tls() const { return m_tls; }
    /// The hops before this one, whose answers were challenges (RFC 9110 §11.3) that libcurl answered.
    std::vector<Hop>& challenges() { return m_challenges; }
    int attempts() const { return m_attempts; }
    bool isConnected() const { return m_attempts > 0; }
    /// A HEAD answer has ended, though libcurl may wait for a body that never comes.
    bool isWhole() const { return m_isWhole; }

    using Clock = std::chrono::steady_clock;
    Clock::time_point lastActivity() const { return m_lastActivity; }
    /// Milliseconds from the connection being ready to the last byte of the request.
    double sendDuration() const;

private:
    static std::size_t onHeader(char* bytes, std::size_t one, std::size_t count, void* self);
    static std::size_t onBody(char* bytes, std::size_t one, std::size_t count, void* self);
    static int onDebug(CURL* easy, curl_infotype type, char* bytes, std::size_t count, void* self);
    static int onReady(void* self, char* remote, char* local, int remotePort, int localPort);

    bool readHeader(std::string_view line);
    bool readBody(std::string_view bytes);
    void readSent(curl_infotype type, std::string_view bytes);
    bool refuse(Error error);
    void endChallenge();

    const Request& m_request;
    CURL* m_easy;
    Url m_url;
    HeadReader m_head;
    std::string m_requestHead;
    std::optional<Error> m_refusal;
    std::optional<TlsFacts> m_tls;
    std::vector<Hop> m_challenges;
    int m_attempts = 0;
    bool m_isWhole = false;
    Clock::time_point m_ready;
    Clock::time_point m_lastActivity;
    Clock::time_point m_sent;
};

} // namespace claimcheck::http
