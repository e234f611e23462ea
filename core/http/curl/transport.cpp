// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The default transport: exact, one libcurl multi with its connection pool.

#include <http/curl/transfer.h>
#include <http/transport.h>

namespace claimcheck::http {

namespace {

class CurlTransport : public Transport
{
public:
    std::unique_ptr<Transfer> start(const Request& request, Done done) override
    {
        return std::make_unique<CurlTransfer>(m_multi, request, std::move(done));
    }

    std::string engine() const override
    {
        return std::string("libcurl ") + curl_version_info(CURLVERSION_NOW)->version;
    }

private:
    std::shared_ptr<CurlMulti> m_multi = std::make_shared<CurlMulti>();
};

} // namespace

std::unique_ptr<Transport> makeCurlTransport()
{
    return std::make_unique<CurlTransport>();
}

} // namespace claimcheck::http
