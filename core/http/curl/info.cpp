// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/info.h>

#include <algorithm>

namespace claimcheck::http {

namespace {

/// Milliseconds since the start of the hop; 0 where the point was not reached.
double at(CURL* easy, CURLINFO info)
{
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy, info, &microseconds);
    return static_cast<double>(microseconds) / 1000.0;
}

std::string address(CURL* easy, CURLINFO ip, CURLINFO port)
{
    const char* text = nullptr;
    curl_easy_getinfo(easy, ip, &text);
    if (!text || *text == '\0')
        return {};
    const std::string host(text);
    const std::string number = std::to_string(readLong(easy, port));
    return host.find(':') == std::string::npos ? host + ":" + number : "[" + host + "]:" + number;
}

} // namespace

long readLong(CURL* easy, CURLINFO info)
{
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

/// libcurl gives points in time, all counted from the start; a phase is the way between two of them.
Timings readTimings(CURL* easy, double sendDuration)
{
    const double dns = at(easy, CURLINFO_NAMELOOKUP_TIME_T);
    const double connected = at(easy, CURLINFO_CONNECT_TIME_T);
    const double secured = at(easy, CURLINFO_APPCONNECT_TIME_T);
    const double ready = at(easy, CURLINFO_PRETRANSFER_TIME_T);
    const double firstByte = at(easy, CURLINFO_STARTTRANSFER_TIME_T);
    Timings timings;
    timings.total = at(easy, CURLINFO_TOTAL_TIME_T);
    if (readLong(easy, CURLINFO_NUM_CONNECTS) > 0) {
        timings.dns = dns > 0 ? dns : -1;
        timings.connect = connected > 0 ? std::max(connected - dns, 0.0) : -1;
        timings.tls = secured > 0 ? std::max(secured - connected, 0.0) : -1;
    }
    if (ready <= 0)
        return timings;
    timings.send = std::max(sendDuration, 0.0);
    const double sent = ready + timings.send;
    if (firstByte <= 0)
        return timings;
    timings.wait = std::max(firstByte - sent, 0.0);
    timings.receive = std::max(timings.total - firstByte, 0.0);
    return timings;
}

Addresses readAddresses(CURL* easy)
{
    return {address(easy, CURLINFO_LOCAL_IP, CURLINFO_LOCAL_PORT),
            address(easy, CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT),
            readLong(easy, CURLINFO_NUM_CONNECTS) == 0};
}

std::uint64_t readWireBytes(CURL* easy)
{
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    return static_cast<std::uint64_t>(std::max<curl_off_t>(bytes, 0));
}

} // namespace claimcheck::http
