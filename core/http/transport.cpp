// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/engines.h>
#include <http/transport.h>

namespace claimcheck::http {

std::unique_ptr<Transport> makeDefaultTransport()
{
#if CLAIMCHECK_CURL
    return makeCurlTransport();
#else
    return makeQtTransport();
#endif
}

} // namespace claimcheck::http
