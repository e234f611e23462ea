// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reduced engine: Qt Network alone, for builds without libcurl. tests/core/http lists what it cannot do.

#include <http/qt/transfer.h>
#include <http/transport.h>

namespace claimcheck::http {

namespace {

class QtTransport : public Transport
{
public:
    std::unique_ptr<Transfer> start(const Request& request, Done done) override
    {
        return std::make_unique<QtTransfer>(request, std::move(done));
    }

    std::string engine() const override
    {
        return std::string("Qt Network ") + qVersion() + " (reduced engine)";
    }
};

} // namespace

std::unique_ptr<Transport> makeQtTransport()
{
    return std::make_unique<QtTransport>();
}

} // namespace claimcheck::http
