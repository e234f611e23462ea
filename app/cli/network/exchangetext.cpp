// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exchangetext.h"

#include <algorithm>

#include <base/text.h>
#include <http/date.h>
#include <inspect/clock.h>
#include <jose/base64url.h>
#include <json/write.h>
#include <store/secretlike.h>

namespace claimcheck::cli {

/// Where the last status line of the head begins: 1xx answers stand before it.
static std::size_t finalStart(std::string_view rawHead)
{
    std::size_t start = 0;
    for (std::size_t line = 0; line < rawHead.size();) {
        if (rawHead.substr(line).starts_with("HTTP/"))
            start = line;
        const std::size_t end = rawHead.find('\n', line);
        line = end == std::string_view::npos ? rawHead.size() : end + 1;
    }
    return start;
}

std::string finalHead(const http::Response& response)
{
    std::string head = response.rawHead.substr(finalStart(response.rawHead));
    if (!head.ends_with("\r\n\r\n") && !head.ends_with("\n\n"))
        head += head.ends_with('\n') ? "\r\n" : "\r\n\r\n";
    return head;
}

/// A URL may hold what lets somebody in, too: `?access_token=…`.
static std::string withoutSecrets(std::string_view text)
{
    std::string shown = visible(text);
    store::redact(shown);
    return shown;
}

/// Fields that let somebody in: their values do not belong into a log of a CI job.
static std::string masked(std::string_view line)
{
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view name = line.substr(0, colon);
    if (colon == line.size() || (!store::isSecretHeader(name) && !equalsIgnoringCase(name, "set-cookie")))
        return withoutSecrets(line);
    const bool isBearer = startsWithIgnoringCase(trimmed(line.substr(colon + 1)), "bearer ");
    return std::string(name) + (isBearer ? ": Bearer ••••" : ": ••••");
}

static void appendLines(std::string& out, std::string_view mark, std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        out.append(mark).append(masked(line)).append("\n");
    }
}

/// Fields that came behind the body (RFC 9110 §6.5).
static void appendTrailers(std::string& out, const http::Headers& trailers)
{
    if (!trailers.empty())
        out += "* behind the body\n";
    for (const http::Header& field : trailers)
        appendLines(out, "< ", field.name + ": " + field.value);
}

static void appendTls(std::string& out, const http::TlsFacts& tls)
{
    out += "* " + tls.version + " " + tls.cipher + (tls.alpn.empty() ? "" : ", ALPN " + tls.alpn) +
           (tls.verified ? ", certificate verified\n" : ", certificate NOT verified\n");
    if (!tls.chain.empty())
        out += "* certificate of " + visible(tls.chain.front().subject) + ", issued by " +
               visible(tls.chain.front().issuer) + ", until " + formatUtc(tls.chain.front().notAfter) + "\n";
}

static void appendTimes(std::string& out, const http::Timings& times)
{
    const std::pair<const char*, double> phases[] = {{"DNS", times.dns},   {"connect", times.connect},
                                                     {"TLS", times.tls},   {"send", times.send},
                                                     {"wait", times.wait}, {"receive", times.receive}};
    out += "* " + formatDuration(times.total) + " in all";
    for (const auto& [name, milliseconds] : phases)
        if (milliseconds >= 0)
            out += std::string(", ") + name + " " + formatDuration(milliseconds);
    out += "\n";
}

/// By this machine's clock.
static Instant arrivalOf(const http::Exchange& exchange)
{
    return exchange.startedAt + Milliseconds(static_cast<Milliseconds::rep>(exchange.timings.total));
}

/// Each hop has a connection of its own, or the one of a hop before.
static std::string connectionOf(const http::Hop& hop)
{
    if (hop.remoteAddress.empty())
        return {};
    return ", connected to " + hop.remoteAddress + (hop.isReused ? " (reused)" : "");
}

std::string describeExchange(const http::Exchange& exchange)
{
    std::string out = "* " + exchange.engine;
    if (exchange.hops.empty() && !exchange.remoteAddress.empty()) // it ended before anything was sent
        out += ", connected to " + exchange.remoteAddress;
    out += "\n";
    for (const http::Hop& hop : exchange.hops) {
        out += "* " + hop.method + " " + withoutSecrets(hop.url) + connectionOf(hop) + "\n";
        appendLines(out, "> ", hop.requestHead);
        appendLines(out, "< ", hop.responseHead);
        for (const std::string& name : hop.withheld)
            out += "* " + visible(name) + " was not sent on to another origin\n";
    }
    if (exchange.response)
        appendTrailers(out, exchange.response->trailers);
    if (exchange.tls)
        appendTls(out, *exchange.tls);
    appendTimes(out, exchange.timings);
    const auto there = exchange.response ? http::serverDate(exchange.response->headers) : std::nullopt;
    if (there && inspect::areApart(*there, arrivalOf(exchange)))
        out += "* " + inspect::compareClocks(*there, arrivalOf(exchange)) + "\n";
    return out;
}

void writeClock(json::Writer& writer, const http::Headers& headers, Instant now)
{
    const auto there = http::serverDate(headers);
    if (!there)
        return;
    writer.member("server_date").value(formatUtc(*there));
    const auto skew = std::chrono::round<Seconds>(*there - now);
    writer.member("clock_skew_seconds").value(static_cast<std::int64_t>(skew.count()));
}

static void writeFields(json::Writer& writer, const http::Headers& fields)
{
    writer.beginArray();
    for (const http::Header& field : fields) {
        writer.beginObject().member("name").value(field.name).member("value").value(field.value);
        writer.endObject();
    }
    writer.endArray();
}

static void writeResponse(json::Writer& writer, const http::Response& response)
{
    writer.member("status").value(response.status).member("reason").value(response.reason);
    writeFields(writer.member("version").value(response.version).member("headers"), response.headers);
    if (!response.trailers.empty())
        writeFields(writer.member("trailers"), response.trailers);
    const std::string body = response.body.read();
    if (firstInvalidUtf8(body))
        writer.member("body_base64url").value(jose::encodeBase64Url(body));
    else
        writer.member("body").value(body);
    writer.member("size").value(static_cast<std::int64_t>(response.body.size()));
}

std::string toJson(const workbench::ExchangeResult& result)
{
    const http::Exchange& exchange = result.exchange;
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject();
    writer.member("url").value(exchange.hops.empty() ? exchange.request.url : exchange.hops.back().url);
    if (exchange.response)
        writeResponse(writer, *exchange.response);
    if (exchange.response)
        writeClock(writer, exchange.response->headers, arrivalOf(exchange));
    writer.member("time_ms").value(exchange.timings.total);
    writer.member("redirects").value(static_cast<std::int64_t>(exchange.redirects()));
    writer.member("tokens").beginArray();
    for (const workbench::FoundInspection& token : result.tokens) {
        writer.beginObject().member("place").value(token.found.place);
        writer.member("verdict").value(inspect::toText(token.inspection.verdict));
        if (!token.issuerKey.empty())
            writer.member("key").value(token.issuerKey);
        writer.endObject();
    }
    return writer.endArray().endObject().take();
}

} // namespace claimcheck::cli
