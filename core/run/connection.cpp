// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/connection.h>

#include <filesystem>

#include <base/percent.h>
#include <base/text.h>
#include <store/collectionread.h>

namespace claimcheck::run {

namespace fs = std::filesystem;

namespace {

class Files
{
public:
    Files(const collection::Collection& collection, const Values& values)
        : m_collection(collection), m_values(values)
    {}

    /// An absolute path; nothing for no path.
    Result<std::string> path(const std::string& typed, const std::string& place) const
    {
        const auto resolved = m_values.resolve(typed, place);
        if (!resolved || trimmed(*resolved).empty())
            return resolved;
        const auto inside = store::pathInside(m_collection.directory, std::string(trimmed(*resolved)));
        if (!inside)
            return tl::unexpected(inside.error());
        // One that is missing is told by who reads it; that one would wait for a pipe without end.
        std::error_code error;
        if (fs::exists(*inside, error) && !fs::is_regular_file(*inside, error))
            return failure(ErrorKind::Unreadable, "cannot use " + visible(*resolved), "it is no regular file",
                           "put a file there");
        return inside->string();
    }

private:
    const collection::Collection& m_collection;
    const Values& m_values;
};

Result<void> addCertificate(http::Request& request, const collection::Collection& collection,
                            const Values& values)
{
    const auto* found = collection::certificateFor(collection, values.environment, request.url);
    if (!found)
        return {};
    const Files files(collection, values);
    const auto certificate = files.path(found->certificateFile, "client certificate");
    const auto key = files.path(found->keyFile, "key of the client certificate");
    const auto passphrase = values.resolve(found->passphrase, "passphrase of the client certificate");
    for (const Result<std::string>* each : {&certificate, &key, &passphrase})
        if (!*each)
            return tl::unexpected(each->error());
    request.tls.certificateFile = *certificate;
    request.tls.keyFile = *key;
    request.tls.keyPassphrase = Secret(*passphrase);
    return {};
}

/// libcurl's own choice of a port is 1080 for all of them.
std::string portOf(const std::string& protocol, const std::string& typed)
{
    if (!typed.empty())
        return typed;
    return protocol.starts_with("socks") ? "1080" : "80";
}

Result<std::string> proxyUrl(const collection::Proxy& proxy, const Values& values)
{
    std::string parts[5];
    const std::string* const typed[] = {&proxy.protocol, &proxy.hostname, &proxy.port, &proxy.user,
                                        &proxy.password};
    for (std::size_t i = 0; i < std::size(parts); ++i) {
        auto value = values.resolve(*typed[i], "proxy");
        if (!value)
            return value;
        parts[i] = *std::move(value);
    }
    const auto& [protocol, host, port, user, password] = parts;
    const std::string scheme = protocol.empty() ? "http" : toLowerAscii(protocol);
    const std::string login =
        user.empty() ? std::string() : percentEncoded(user) + ":" + percentEncoded(password) + "@";
    return scheme + "://" + login + host + ":" + portOf(scheme, port);
}

/// What a variable stands for is text: no character of it ends the name or password that it stands in.
Result<std::string> withVariablesEncoded(std::string_view typed, const Values& values)
{
    std::string out;
    std::size_t done = 0;
    for (const variables::Reference& reference : variables::references(typed)) {
        const auto value =
            values.resolve(std::string(typed.substr(reference.offset, reference.length)), "proxy");
        if (!value)
            return value;
        out.append(typed.substr(done, reference.offset - done)).append(percentEncoded(*value));
        done = reference.offset + reference.length;
    }
    return out.append(typed.substr(done));
}

/// A rule's URL, where name and password are as they stand in a URL (RFC 3986 §3.2.1), but for variables.
Result<std::string> rulesProxyUrl(const std::string& rule, const Values& values)
{
    const std::size_t scheme = rule.find("://");
    const std::size_t login = scheme == std::string::npos ? rule.size() : scheme + 3;
    const std::size_t colon = rule.find(':', login);
    const std::size_t at = rule.rfind('@');
    if (at == std::string::npos || colon > at) // one variable may stand for both
        return values.resolve(rule, "proxy");
    const auto front = values.resolve(rule.substr(0, login), "proxy");
    const auto user = withVariablesEncoded(std::string_view(rule).substr(login, colon - login), values);
    const auto password =
        withVariablesEncoded(std::string_view(rule).substr(colon + 1, at - colon - 1), values);
    const auto rest = values.resolve(rule.substr(at), "proxy");
    for (const Result<std::string>* each : {&front, &user, &password, &rest})
        if (!*each)
            return *each;
    return *front + *user + ":" + *password + *rest;
}

Result<void> addProxy(http::Request& request, const collection::Collection& collection,
                      const std::optional<std::string>& rule, const Values& values)
{
    if (rule == "none")
        return {};
    const bool hasOwn = collection.proxy && !collection.proxy->hostname.empty();
    if (!rule && (!hasOwn || collection::bypasses(*collection.proxy, request.url)))
        return {};
    auto url = rule ? rulesProxyUrl(*rule, values) : proxyUrl(*collection.proxy, values);
    if (!url)
        return tl::unexpected(url.error());
    request.proxy = *std::move(url);
    return {};
}

} // namespace

Result<void> applyConnection(http::Request& request, const collection::Collection& collection,
                             const collection::Item& item, const Values& values)
{
    const collection::ConnectionRule rule = collection::connectionFor(collection, item);
    const auto authorities = Files(collection, values).path(rule.caFile, "CA file");
    if (!authorities)
        return tl::unexpected(authorities.error());
    request.tls.caFile = *authorities;
    request.tls.verify = rule.verify.value_or(true);
    request.tls.minimum = rule.minimumTls.value_or(http::TlsVersion::Tls1_2);
    request.version = rule.version.value_or(http::HttpVersion::Automatic);
    if (auto added = addCertificate(request, collection, values); !added)
        return added;
    return addProxy(request, collection, rule.proxy, values);
}

void overrideConnection(http::Request& request, const http::Request& commandLine)
{
    if (!commandLine.tls.caFile.empty())
        request.tls.caFile = commandLine.tls.caFile;
    if (!commandLine.proxy.empty())
        request.proxy = commandLine.proxy;
    request.tls.verify = request.tls.verify && commandLine.tls.verify;
}

} // namespace claimcheck::run
