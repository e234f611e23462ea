// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Result<T>: a value, or an Error that says what happened, to what, and what to do.
//
// An Error means that we could not do what was asked. HTTP 500 is a response, a bad signature is a
// verdict: neither is an Error. Errors never carry a secret. No exception crosses a module's border.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace claimcheck {

enum class ErrorKind
{
    Usage,       ///< the caller asked for something that makes no sense
    Unreadable,  ///< a file or key that cannot be read or understood
    Malformed,   ///< data from outside that breaks its format
    Refused,     ///< understood, and refused by policy
    Unreachable, ///< name not found, connection refused, connection lost before an answer
    Tls,         ///< the TLS handshake or the certificate was refused
    TimedOut,    ///< a deadline passed
    BadAnswer,   ///< what came back is not valid HTTP, or broke off
    TooLarge,    ///< above a limit of ours
    Cancelled,   ///< the user or the caller stopped it
    Internal     ///< a library failed where it must not
};

/// Where in a text something is wrong. `offset` counts bytes from 0; `line` and `column` count from 1
/// and are 0 where lines mean nothing (a token).
struct Position
{
    std::string in; ///< "header", "payload", "signature", a file's name …
    std::size_t offset = 0;
    std::size_t line = 0;
    std::size_t column = 0;

    bool operator==(const Position&) const = default;
};

/// What the one who gave the order could set otherwise: a window has a field for it and `fix` speaks of that,
/// the command line has an option and names it (app/cli/optionhints.h).
enum class Setting
{
    None,
    Authorities,       ///< which certificates are trusted
    ClientCertificate, ///< and its key
    TotalTime,
    Redirects,  ///< that they are followed
    TokenPlace, ///< where a login's answer has the token
    Passphrase  ///< of an encrypted key
};

/// Which part of a task it was that failed, for whoever knows more of that part.
enum class ErrorStep
{
    None,
    SignIn, ///< no session was begun
    Request ///< the connection was reset, as by who closes it with some of the request unread (RFC 9293
            ///< §3.6.1)
};

struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    std::string what; ///< what could not be done, to what: "cannot read key file server.pem"
    std::string why;  ///< the reason: "permission denied"
    std::string fix;  ///< what to do: "check the file's owner and mode"
    std::optional<Position> where = std::nullopt;
    Setting setting = Setting::None;
    ErrorStep step = ErrorStep::None;

    bool operator==(const Error&) const = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// An Error, ready to be returned from a function that gives a Result.
inline tl::unexpected<Error> failure(ErrorKind kind, std::string what, std::string why, std::string fix = {},
                                     std::optional<Position> where = std::nullopt)
{
    return tl::unexpected<Error>(
        Error{kind, std::move(what), std::move(why), std::move(fix), std::move(where)});
}

/// The same, of something that can be set otherwise.
inline tl::unexpected<Error> settable(Setting setting, tl::unexpected<Error> error)
{
    error.value().setting = setting;
    return error;
}

/// "WHAT: WHY (HINT)", on one line; the position, where known, stands behind WHY.
std::string describe(const Error& error);

} // namespace claimcheck
