// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The exit status of every command. Scripts depend on these numbers: changing one is a breaking change.

#pragma once

#include <base/result.h>

namespace claimcheck::cli {

enum class Exit : int
{
    Holds = 0,         ///< it holds
    DoesNotHold = 1,   ///< it ran and does not hold: token not verified, check failed
    Usage = 2,         ///< wrong usage, or a file or key that cannot be read
    NoAnswer = 3,      ///< no usable answer came from the network
    NothingJudged = 4, ///< nothing could be judged
    Interrupted = 130
};

constexpr Exit exitFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Usage:
    case ErrorKind::Unreadable:
    case ErrorKind::Internal:
        return Exit::Usage;
    case ErrorKind::Malformed:
    case ErrorKind::Refused:
        return Exit::DoesNotHold;
    case ErrorKind::Unreachable:
    case ErrorKind::Tls:
    case ErrorKind::TimedOut:
    case ErrorKind::BadAnswer:
    case ErrorKind::TooLarge:
        return Exit::NoAnswer;
    case ErrorKind::Cancelled:
        return Exit::Interrupted;
    }
    return Exit::Usage;
}

} // namespace claimcheck::cli
