// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a collection's servers are reached: client certificates and proxy, as OpenCollection has them, and what
// it has no field for (`.claimcheck/connections.yaml`). Paths are relative to the collection; texts may hold
// variables.

#pragma once

#include <optional>
#include <string>

#include <http/message.h>

namespace claimcheck::collection {

/// An item of `clientCertificates`, of an environment or of the collection's `config`.
struct ClientCertificate
{
    std::string domain;          ///< "api.example.org", "*.example.org:8443"; `*` stands for any text
    std::string certificateFile; ///< PEM, or PKCS#12
    std::string keyFile;         ///< PEM; empty with PKCS#12
    std::string passphrase;
    bool enabled = true;
    bool operator==(const ClientCertificate&) const = default;
};

/// `config.proxy` of the collection, where it is neither disabled nor left to the program's own.
struct Proxy
{
    std::string protocol; ///< "http", "socks5"
    std::string hostname;
    std::string port; ///< empty: the protocol's own
    std::string user; ///< empty: none is asked for
    std::string password;
    std::string bypass; ///< hosts that it is not for, with commas between; "*": all
    bool operator==(const Proxy&) const = default;
};

/// Of `.claimcheck/connections.yaml`: what counts for a request, or for all in a folder.
struct ConnectionRule
{
    std::string path; ///< of the request's file or the folder; empty: the whole collection
    std::optional<bool> verify;
    std::optional<http::TlsVersion> minimumTls;
    std::optional<http::HttpVersion> version;
    std::optional<std::string> proxy; ///< a URL; "none" also takes the collection's away
    std::string caFile;
    bool operator==(const ConnectionRule&) const = default;
};

} // namespace claimcheck::collection
