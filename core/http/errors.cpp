// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/errors.h>

#include <base/text.h>

namespace claimcheck::http {

namespace {

std::string cannotReach(const Url& url)
{
    return "cannot reach " + authority(url);
}

/// "cannot reach the proxy 127.0.0.1:3128"; a proxy's address may hold name and password, which stay away.
std::string cannotReachProxy(std::string_view proxy)
{
    if (const std::size_t scheme = proxy.find("://"); scheme != std::string_view::npos)
        proxy.remove_prefix(scheme + 3);
    if (const std::size_t user = proxy.rfind('@'); user != std::string_view::npos)
        proxy.remove_prefix(user + 1);
    proxy = proxy.substr(0, proxy.find('/'));
    return proxy.empty() ? "cannot reach the proxy" : "cannot reach the proxy " + visible(proxy);
}

std::string answerOf(const Url& url)
{
    return "the answer of " + authority(url) + " cannot be used";
}

std::string duration(Milliseconds limit)
{
    return formatDuration(static_cast<double>(limit.count()));
}

} // namespace

Error nameNotFound(const Url& url)
{
    return {ErrorKind::Unreachable, cannotReach(url), "no address is known for the name " + url.host,
            "check its spelling and the network; a name inside a company may need its VPN or proxy"};
}

Error proxyNotFound(const std::string& proxy)
{
    return {ErrorKind::Unreachable, cannotReachProxy(proxy), "no address is known for its name",
            "check the proxy's address"};
}

Error proxyNotReached(const std::string& proxy, const std::string& why)
{
    return {ErrorKind::Unreachable, cannotReachProxy(proxy), why,
            "check the proxy's address, or leave it out"};
}

Error proxyRefused(const Url& url, long status)
{
    return {ErrorKind::Unreachable, cannotReach(url),
            "the proxy answered with status " + std::to_string(status),
            status == 407 ? "give name and password in the proxy's address: http://name:password@host:port"
                          : "ask whoever runs the proxy, or leave it out"};
}

Error proxyWantsLogin(const Url& url, bool wasGiven)
{
    return {ErrorKind::Unreachable, cannotReach(url),
            wasGiven ? "the proxy refuses this name and password" : "the proxy wants a name and password",
            "give them in the proxy's address: socks5h://name:password@host:port"};
}

Error proxyCannotConnect(const Url& url, const std::string& reply)
{
    return {ErrorKind::Unreachable, cannotReach(url), "the proxy could not connect there: " + reply,
            "check host and port of the URL, ask whoever runs the proxy, or leave it out"};
}

Error connectionRefused(const Url& url)
{
    return {ErrorKind::Unreachable, cannotReach(url), "connection refused: nothing listens on this port",
            "start the server, or check host and port of the URL"};
}

Error notConnected(const Url& url, const std::string& why)
{
    return {ErrorKind::Unreachable, cannotReach(url), why, "check the network, the proxy and the URL"};
}

Error socketNotReached(const std::string& path, const std::string& why)
{
    return {ErrorKind::Unreachable, "cannot reach the Unix socket " + visible(path), why,
            "start the server, or check the path and who may write to it"};
}

Error connectTimedOut(const Url& url, Milliseconds limit)
{
    return {ErrorKind::TimedOut, cannotReach(url), "no connection within " + duration(limit),
            "check host and port; a firewall may drop the packets silently"};
}

Error inactivityTimedOut(const Url& url, Milliseconds limit)
{
    return {ErrorKind::TimedOut, authority(url) + " fell silent", "nothing came for " + duration(limit),
            "look whether the server hangs, or allow it more time"};
}

Error totalTimedOut(Milliseconds limit)
{
    return {ErrorKind::TimedOut,
            "the exchange took too long",
            "it was not complete after the total limit of " + duration(limit),
            "raise the limit if the answer may take that long",
            std::nullopt,
            Setting::TotalTime};
}

Error noAnswer(const Url& url, const std::string& why)
{
    return {ErrorKind::Unreachable, "no answer from " + authority(url), why,
            "look at the server's log; check whether http and https are mixed up"};
}

Error closedBeforeAnswer(const Url& url)
{
    if (!url.isSecure())
        return noAnswer(url, "the server closed the connection without a word");
    return {ErrorKind::Unreachable, "no answer from " + authority(url),
            "the server closed the connection before an answer",
            "look at the server's log: it may demand a client certificate, or refuse the one that was sent"};
}

Error brokeOff(const Url& url, const std::string& why)
{
    return {ErrorKind::BadAnswer, "the answer of " + authority(url) + " broke off", why,
            "send it again; if it happens each time, the server or a proxy cuts its answers short"};
}

Error notHttp(const Url& url, const std::string& why)
{
    return {ErrorKind::BadAnswer, authority(url) + " does not answer in HTTP", why,
            "check the port, and whether it must be https instead of http"};
}

Error challengedTooOften(const Url& url, std::size_t times)
{
    return {ErrorKind::BadAnswer, "the request to " + authority(url) + " was not authorised",
            "the server asked " + std::to_string(times) + " times who it is, each time with a new challenge",
            "look at its answers (-v): it may call every nonce stale", std::nullopt};
}

Error differingLengths(const Url& url)
{
    return {ErrorKind::BadAnswer, answerOf(url), "it names two different Content-Length values",
            "mend the server or proxy: nobody can tell where such an answer ends"};
}

Error badLength(const Url& url)
{
    return {ErrorKind::BadAnswer, answerOf(url), "its Content-Length is not a number of bytes that can be",
            "mend the server or proxy: nobody can tell where such an answer ends"};
}

Error badChunks(const Url& url)
{
    return {ErrorKind::BadAnswer, answerOf(url), "its chunked body is damaged: a chunk's size is not one",
            "mend the server or proxy: nobody can tell where such an answer ends"};
}

Error badCoding(const Url& url, const std::string& why)
{
    return {ErrorKind::BadAnswer, answerOf(url), why,
            "send the header Accept-Encoding: identity to get the body uncompressed"};
}

Error headTooLarge(const Url& url)
{
    return {ErrorKind::TooLarge, answerOf(url), "its header is larger than we accept",
            "have the server send fewer or shorter header fields"};
}

Error bodyTooLarge(std::uint64_t limit)
{
    return {ErrorKind::TooLarge, "the body is too large", "it is above the limit of " + formatSize(limit),
            "ask for less, or check that the URL is the right one"};
}

Error inflatesTooMuch()
{
    return {ErrorKind::TooLarge, "the compressed body is a bomb",
            "it inflates far beyond what it takes on the wire",
            "send the header Accept-Encoding: identity to get the body uncompressed"};
}

Error cannotKeepBody()
{
    return {ErrorKind::Internal, "the body cannot be kept", "the temporary file cannot be written",
            "make room in the folder for temporary files"};
}

Error cannotReadUpload()
{
    return {ErrorKind::Unreadable, "the request was broken off",
            "a file of its body could not be read to the length that it had at the beginning",
            "send it again when nobody writes to the file"};
}

Error cancelled()
{
    return {ErrorKind::Cancelled, "the request was cancelled", "it was stopped before an answer came", ""};
}

/// OpenSSL 3 reads no PKCS#12 file with a cipher like RC2, as old programs write them.
static const char* fixOfTlsFile(const std::string& role, const std::string& why)
{
    if (why.find("digital envelope routines::unsupported") != std::string::npos)
        return "its cipher is too old: export certificate and key anew";
    return role == "CA" ? "check the path, the owner and that it holds PEM"
                        : "check path, owner and passphrase, and that certificate and key belong together";
}

Error unreadableTlsFile(const std::string& role, const std::string& file, const std::string& why)
{
    return {ErrorKind::Unreadable, "cannot use the " + role + " file " + visible(file), why,
            fixOfTlsFile(role, why)};
}

} // namespace claimcheck::http
