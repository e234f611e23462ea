// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The proxy of a rule of connections.yaml, taken apart for its fields and put together again.

#pragma once

#include <optional>
#include <string>

#include <QtCore/qstring.h>

namespace claimcheck::ui {

enum class ProxyKind
{
    AsAround, ///< nothing is said
    None,
    Http,
    Socks5h, ///< the proxy looks up names
    Socks5,
    Socks4a, ///< the proxy looks up names
    Socks4,
    Other ///< a URL of another form: a variable that stands for it
};

struct ProxyDraft
{
    ProxyKind kind = ProxyKind::AsAround;
    std::string address;  ///< "proxy.example:3128"; of Other all of it
    std::string user;     ///< as it is meant, not percent-encoded; may hold variables
    std::string password; ///< as the URL has it: a variable, as a rule

    bool operator==(const ProxyDraft&) const = default;
};

/// Of what stands in the file, if anything does.
ProxyDraft proxyDraftOf(const std::optional<std::string>& written);
/// What the file gets; nothing where nothing is said.
std::optional<std::string> writtenProxy(const ProxyDraft& draft);
/// Whether fields beside the kind belong to it.
bool hasAddress(ProxyKind kind);
/// Whether name and password have fields of their own.
bool hasLogin(ProxyKind kind);
/// What is wrong with it and what to do, safe to show; empty: nothing is. What a variable stands for is
/// looked at when it is used.
QString proxyProblem(const ProxyDraft& draft);
/// "HTTP", "SOCKS 5, names looked up by the proxy".
QString proxyWords(ProxyKind kind);
/// In one line, without name and password, safe to show: "No proxy", "socks5h://proxy.example:1080".
QString shownProxy(const std::string& written);

} // namespace claimcheck::ui
