// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/responseview.h>

#include <algorithm>

#include <QtCore/qobject.h>

#include <base/text.h>
#include <http/upload.h>
#include <state/advice.h>

namespace claimcheck::ui {
namespace {

QString shown(std::string_view text)
{
    return toQString(visible(text));
}

Mood moodOfStatus(int status)
{
    if (status >= 400)
        return Mood::Bad;
    return status >= 300 ? Mood::Caution : status >= 200 ? Mood::Good : Mood::Neutral;
}

QString sentence(const std::string& text)
{
    QString words = shown(text);
    if (words.isEmpty())
        return words;
    words[0] = words[0].toUpper();
    return words.endsWith(u'.') ? words : QString(words + u'.');
}

/// Reason phrases for HTTP/2, which has none (RFC 9110 §15).
QString usualReason(int status)
{
    switch (status) {
    case 200:
        return QStringLiteral("OK");
    case 201:
        return QStringLiteral("Created");
    case 204:
        return QStringLiteral("No Content");
    case 304:
        return QStringLiteral("Not Modified");
    case 400:
        return QStringLiteral("Bad Request");
    case 401:
        return QStringLiteral("Unauthorized");
    case 403:
        return QStringLiteral("Forbidden");
    case 404:
        return QStringLiteral("Not Found");
    case 500:
        return QStringLiteral("Internal Server Error");
    default:
        return {};
    }
}

bool isCredential(std::string_view name)
{
    return equalsIgnoringCase(name, "authorization") || equalsIgnoringCase(name, "proxy-authorization") ||
           equalsIgnoringCase(name, "cookie");
}

/// The scheme word stays ("Bearer"), so that one still sees how the token went out.
std::string maskedLine(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isCredential(trimmed(line.substr(0, colon))))
        return std::string(line);
    const std::string_view value = trimmed(line.substr(colon + 1));
    const std::size_t space = value.find(' ');
    const bool hasScheme = !equalsIgnoringCase(trimmed(line.substr(0, colon)), "cookie") && space < 16;
    return std::string(line.substr(0, colon)) + ": " +
           (hasScheme ? std::string(value.substr(0, space + 1)) : std::string()) + "••••••••";
}

void addFact(std::vector<std::pair<QString, QString>>& facts, const QString& name, const std::string& value)
{
    if (!value.empty())
        facts.emplace_back(name, shown(value));
}

} // namespace

StatusLine statusLine(const http::Exchange& exchange)
{
    StatusLine line;
    if (exchange.timings.total > 0)
        line.time = toQString(formatDuration(exchange.timings.total));
    if (!exchange.response)
        return line;
    const http::Response& response = *exchange.response;
    const QString reason = response.reason.empty() ? usualReason(response.status) : shown(response.reason);
    line.status = QString(QString::number(response.status) + u' ' + reason).trimmed();
    line.size = toQString(formatSize(response.body.size()));
    line.mood = moodOfStatus(response.status);
    if (response.wireBytes != response.body.size() && response.wireBytes != 0)
        line.sizeDetail =
            QObject::tr("%1 as sent, %2 unpacked").arg(toQString(formatSize(response.wireBytes)), line.size);
    return line;
}

std::vector<Phase> phasesOf(const http::Timings& timings)
{
    const std::pair<QString, double> all[] = {
        {QObject::tr("Name lookup"), timings.dns},      {QObject::tr("Connect"), timings.connect},
        {QObject::tr("TLS handshake"), timings.tls},    {QObject::tr("Send"), timings.send},
        {QObject::tr("Wait for answer"), timings.wait}, {QObject::tr("Receive"), timings.receive}};
    std::vector<Phase> phases;
    double start = 0;
    for (const auto& [name, duration] : all) {
        if (duration < 0)
            continue;
        phases.push_back({name, start, duration});
        start += duration;
    }
    return phases;
}

std::vector<std::pair<QString, QString>> factsOf(const http::Exchange& exchange)
{
    std::vector<std::pair<QString, QString>> facts;
    if (exchange.response)
        addFact(facts, QObject::tr("Protocol"), exchange.response->version);
    if (exchange.tls) {
        addFact(facts, QObject::tr("TLS"),
                exchange.tls->version + (exchange.tls->cipher.empty() ? "" : ", ") + exchange.tls->cipher);
        addFact(facts, QObject::tr("Certificate"),
                exchange.tls->verified ? "verified" : "not verified: whoever answered is unknown");
    }
    addFact(facts, QObject::tr("Server"), exchange.remoteAddress);
    addFact(facts, QObject::tr("From"), exchange.localAddress);
    addFact(facts, QObject::tr("Connection"), exchange.connectionReused ? "reused" : "new");
    if (exchange.redirects() > 0)
        addFact(facts, QObject::tr("Redirects"), std::to_string(exchange.redirects()));
    addFact(facts, QObject::tr("Engine"), exchange.engine);
    return facts;
}

Failure failureOf(const Error& error)
{
    return {sentence(error.what), sentence(error.why), sentence(fixInWindow(error))};
}

QString failureText(const Error& error)
{
    const Failure failure = failureOf(error);
    QStringList sentences{failure.what, failure.why, failure.fix};
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

Mood moodOf(inspect::Verdict verdict)
{
    switch (verdict) {
    case inspect::Verdict::Verified:
    case inspect::Verdict::Decrypted:
        return Mood::Good;
    case inspect::Verdict::NotVerified:
    case inspect::Verdict::NoKey:
        return Mood::Neutral;
    case inspect::Verdict::NotYetValid:
    case inspect::Verdict::Expired:
        return Mood::Caution;
    case inspect::Verdict::SignatureInvalid:
    case inspect::Verdict::RejectedByPolicy:
    case inspect::Verdict::Malformed:
    case inspect::Verdict::CannotDecrypt:
        break;
    }
    return Mood::Bad;
}

QString verdictLine(const inspect::Inspection& inspection, Instant now)
{
    const std::string_view word = toText(inspection.verdict);
    QString line = inspection.isOpaque()
                       ? QObject::tr("opaque, cannot be decoded")
                       : QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    if (!inspection.unreadableExpiry.empty())
        return line + QObject::tr(" · exp cannot be read: ") +
               toQString(visible(inspection.unreadableExpiry));
    if (!inspection.expiresAt)
        return line;
    const Instant end = *inspection.expiresAt;
    // "in 59 min" is what is left; the words around it say the rest.
    const QString relative = toQString(formatRelative(end, now));
    if (end <= now)
        return inspection.verdict == inspect::Verdict::Expired ? QString(line + u' ' + relative)
                                                               : line + QObject::tr(" · expired ") + relative;
    const QString left = relative.startsWith(u"in ") ? relative.mid(3) : relative;
    return line + QStringLiteral(" · ") + left;
}

TokenLabel tokenLabel(const workbench::FoundInspection& found, Instant now)
{
    TokenLabel label;
    label.text = QObject::tr("token · ") + verdictLine(found.inspection, now);
    label.place = shown(found.found.place);
    if (found.issuerProblem)
        label.place += QObject::tr(" · the key %1 could not be had: %2")
                           .arg(shown(found.issuerKey), shown(describe(*found.issuerProblem)));
    else if (!found.issuerKey.empty())
        label.place += QObject::tr(" · judged by the key %1 of its issuer").arg(shown(found.issuerKey));
    label.token = toQString(found.found.text);
    label.mood = moodOf(found.inspection.verdict);
    return label;
}

std::string maskCredentials(std::string_view head)
{
    std::string masked;
    std::size_t start = 0;
    while (start < head.size()) {
        const std::size_t end = std::min(head.find('\n', start), head.size());
        std::string_view line = head.substr(start, end - start);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        masked += maskedLine(line);
        masked += '\n';
        start = end + 1;
    }
    return masked;
}

std::string sentRequest(const http::Exchange& exchange, Credentials credentials)
{
    std::string text;
    for (const http::Hop& hop : exchange.hops) {
        if (!text.empty())
            text += '\n';
        std::string head = hop.requestHead;
        std::erase(head, '\r');
        text += credentials == Credentials::Masked ? maskCredentials(head) : head;
        if (!text.ends_with('\n'))
            text += '\n';
        for (const std::string& name : hop.withheld)
            text += "(" + name + " was not sent on: another origin)\n";
    }
    if (exchange.request.upload)
        text += "\n(a body of " + formatSize(exchange.request.upload->size()) +
                ", which was read from files while it was sent)";
    else if (exchange.request.hasBody)
        text += "\n" + exchange.request.body;
    return text;
}

} // namespace claimcheck::ui
