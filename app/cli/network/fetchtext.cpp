// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include "fetchtext.h"

#include <base/text.h>
#include <http/client.h>
#include <interop/import.h>

#include "eventloop.h"

namespace claimcheck::cli {

bool isWebAddress(const std::string& text)
{
    return startsWithIgnoringCase(text, "http://") || startsWithIgnoringCase(text, "https://");
}

Result<std::string> fetchText(const std::string& url)
{
    EventLoop loop;
    http::Client client;
    http::Request request;
    request.url = url;
    request.totalTimeout = Milliseconds(120'000);
    request.maximumBody = interop::ImportLimits().bytes;
    http::Exchange exchange;
    client.send(request, QCoreApplication::instance(), [&exchange](http::Exchange finished) {
        exchange = std::move(finished);
        EventLoop::quit();
    });
    loop.exec();
    if (exchange.error)
        return tl::unexpected(*exchange.error);
    const int status = exchange.response ? exchange.response->status : 0;
    if (status != 200)
        return failure(ErrorKind::Unreadable, "cannot read " + visible(url),
                       "the server answers " + std::to_string(status), "check the address");
    return exchange.response->body.read(request.maximumBody);
}

} // namespace claimcheck::cli
