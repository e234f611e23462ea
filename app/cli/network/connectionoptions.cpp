// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connectionoptions.h"

#include <charconv>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/input.h>

namespace claimcheck::cli {

void ConnectionOptions::addTo(CLI::App& app)
{
    app.add_option("-H,--header", m_headerLines, "A header field, 'Name: value'; may be repeated")
        ->type_name("LINE")
        ->allow_extra_args(false);
    app.add_option("--cacert", m_tls.caFile, "Trust the authorities in this PEM file too")->type_name("FILE");
    app.add_flag("--insecure", m_insecure, "Accept any certificate (anybody could be at the other end)");
    app.add_option("--proxy", m_proxy, "http://host:port, socks5://… or socks5h://…")->type_name("URL");
    app.add_option("--max-time", m_maxTime, "Give up after this many seconds")->type_name("SECONDS");
}

void ConnectionOptions::addFurther(CLI::App& app)
{
    auto* certificate = app.add_option("--cert", m_tls.certificateFile, "Client certificate, PEM or PKCS#12")
                            ->type_name("FILE");
    auto* key = app.add_option("--cert-key", m_tls.keyFile, "Its private key, PEM; not with PKCS#12")
                    ->type_name("FILE");
    key->needs(certificate);
    app.add_option("--key-passphrase-env", m_passphraseEnv,
                   "Environment variable with the passphrase of the key or PKCS#12 file")
        ->type_name("NAME")
        ->needs(certificate);
    app.add_option("--tls-min", m_leastTls, "The least TLS version, default: 1.2")
        ->type_name("VERSION")
        ->check(CLI::IsMember({"1.0", "1.1", "1.2", "1.3"}));
    app.add_option("--unix-socket", m_unixSocket, "Connect to this socket instead of the URL's host")
        ->type_name("PATH");
    auto* http1 = app.add_flag("--http1.1", m_http1, "Speak HTTP/1.1 only");
    app.add_flag("--http2", m_http2, "Speak HTTP/2 where the server can")->excludes(http1);
}

/// Blanks at the ends go; CR and LF stay, so that they are refused instead of being dropped quietly.
static std::string withoutBlanks(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

static Result<http::Header> readHeader(const std::string& line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos)
        return failure(ErrorKind::Usage, "a header cannot be sent", "there is no colon in it",
                       "write it as 'Name: value'");
    return http::Header{line.substr(0, colon), withoutBlanks(std::string_view(line).substr(colon + 1))};
}

static Result<Milliseconds> readSeconds(const std::string& text)
{
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool isNumber = error == std::errc() && end == text.data() + text.size();
    if (!isNumber || !(seconds >= 0.001) || seconds > 86'400)
        return failure(ErrorKind::Usage, "--max-time cannot be used",
                       "it is no number of seconds up to a day", "give for example 10 or 0.5");
    return Milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

/// One of those that the option lets through, or nothing.
static http::TlsVersion readVersion(std::string_view text)
{
    using enum http::TlsVersion;
    return text == "1.0" ? Tls1_0 : text == "1.1" ? Tls1_1 : text == "1.3" ? Tls1_3 : Tls1_2;
}

Result<void> ConnectionOptions::read(Console& console)
{
    for (const std::string& line : m_headerLines) {
        auto header = readHeader(line);
        if (!header)
            return tl::unexpected(header.error());
        m_headers.push_back(*std::move(header));
    }
    if (!m_maxTime.empty()) {
        const auto time = readSeconds(m_maxTime);
        if (!time)
            return tl::unexpected(time.error());
        m_totalTimeout = *time;
    }
    if (!m_passphraseEnv.empty()) {
        const auto passphrase = readEnvironment(m_passphraseEnv, "passphrase");
        if (!passphrase)
            return tl::unexpected(passphrase.error());
        m_tls.keyPassphrase = Secret(*passphrase);
    }
    m_tls.minimum = readVersion(m_leastTls);
    m_tls.verify = !m_insecure;
    if (m_insecure)
        console.warn("the server's certificate is not verified (--insecure)");
    return {};
}

http::HttpVersion ConnectionOptions::version() const
{
    if (m_http1)
        return http::HttpVersion::Http1_1;
    return m_http2 ? http::HttpVersion::Http2 : http::HttpVersion::Automatic;
}

Result<Pair> splitPair(const std::string& text, std::string_view option)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        return failure(ErrorKind::Usage, std::string(option) + " cannot be used",
                       "there is no name and '=' in it", "write it as NAME=VALUE");
    return Pair{text.substr(0, equals), text.substr(equals + 1)};
}

Result<std::vector<std::string>> readOrigins(const std::vector<std::string>& texts)
{
    std::vector<std::string> origins;
    for (const std::string& text : texts) {
        origins.push_back(http::originOf(text));
        if (origins.back().empty())
            return failure(ErrorKind::Usage, "--allow-origin cannot be used", "it is no http or https origin",
                           "write it as https://host or https://host:port");
    }
    return origins;
}

} // namespace claimcheck::cli
