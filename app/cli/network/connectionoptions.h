// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a server is reached: -H, --cacert, --insecure, --proxy and --max-time of `login` and `send`, and the
// rest of `send` alone: client certificate, HTTP version.

#pragma once

#include <string>
#include <vector>

#include <cli/console.h>
#include <http/message.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

class ConnectionOptions
{
public:
    /// What `login` and `send` share.
    void addTo(CLI::App& app);
    /// --cert, --cert-key, --key-passphrase-env, --tls-min, --unix-socket, --http1.1, --http2.
    void addFurther(CLI::App& app);

    /// Usage for a header without a colon. Warns when verification is off.
    Result<void> read(Console& console);

    const http::Headers& headers() const { return m_headers; }
    const http::TlsProfile& tls() const { return m_tls; }
    const std::string& proxy() const { return m_proxy; }
    Milliseconds totalTimeout() const { return m_totalTimeout; }
    const std::string& unixSocket() const { return m_unixSocket; }
    http::HttpVersion version() const;

private:
    std::vector<std::string> m_headerLines;
    http::Headers m_headers;
    http::TlsProfile m_tls;
    std::string m_proxy;
    std::string m_unixSocket;
    std::string m_leastTls;
    std::string m_passphraseEnv;
    std::string m_maxTime;
    Milliseconds m_totalTimeout{0};
    bool m_insecure = false;
    bool m_http1 = false;
    bool m_http2 = false;
};

/// "K=V" at its first '='; Usage without one. `option` names it in the error.
struct Pair
{
    std::string name;
    std::string value;
};
Result<Pair> splitPair(const std::string& text, std::string_view option);

/// What --allow-origin names, as http::originOf() writes it; Usage for what is no origin.
Result<std::vector<std::string>> readOrigins(const std::vector<std::string>& texts);

} // namespace claimcheck::cli
