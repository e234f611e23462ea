// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the response pane says about an exchange, as values: status line, headers, the request as sent,
// phases of time, token labels, and the banner of one that failed.

#pragma once

#include <optional>
#include <vector>

#include <QtCore/qstring.h>

#include <workbench/workbench.h>

namespace claimcheck::ui {

/// How something is meant, without saying a colour.
enum class Mood
{
    Neutral,
    Good,
    Caution,
    Bad
};

struct StatusLine
{
    QString status;     ///< "200 OK"; empty when no response came
    QString time;       ///< "12 ms"
    QString size;       ///< "164 B"
    QString sizeDetail; ///< for a tooltip: bytes on the wire where they differ
    Mood mood = Mood::Neutral;

    bool operator==(const StatusLine&) const = default;
};
StatusLine statusLine(const http::Exchange& exchange);

/// One phase of the exchange, in milliseconds from its start.
struct Phase
{
    QString name;
    double start = 0;
    double duration = 0;

    bool operator==(const Phase&) const = default;
};
/// Only what happened; a reused connection has no name lookup, connection or handshake.
std::vector<Phase> phasesOf(const http::Timings& timings);
/// "libcurl 7.88.1", "HTTP/1.1", "TLSv1.3, …", addresses: name and value.
std::vector<std::pair<QString, QString>> factsOf(const http::Exchange& exchange);

/// What failed, why, and what to do, each its own sentence.
struct Failure
{
    QString what;
    QString why;
    QString fix;

    bool operator==(const Failure&) const = default;
};
Failure failureOf(const Error& error);
/// The same in one line, without what is empty.
QString failureText(const Error& error);

/// A token that was found, as its chip shows it.
struct TokenLabel
{
    QString text;  ///< "token · verified · 59 min"
    QString place; ///< "body .token", and behind it the collection's key of its issuer
    QString token;
    Mood mood = Mood::Neutral;

    bool operator==(const TokenLabel&) const = default;
};
TokenLabel tokenLabel(const workbench::FoundInspection& found, Instant now);
Mood moodOf(inspect::Verdict verdict);
/// "verified · 59 min left", "expired 3 min ago": verdict with the time left where the token says one.
QString verdictLine(const inspect::Inspection& inspection, Instant now);

/// The request head of every hop as it went out. Credentials are masked unless revealed.
enum class Credentials
{
    Masked,
    Revealed
};
std::string sentRequest(const http::Exchange& exchange, Credentials credentials);
/// One head with the values of Authorization, Proxy-Authorization and Cookie replaced by dots.
std::string maskCredentials(std::string_view head);

} // namespace claimcheck::ui
