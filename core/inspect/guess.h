// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looking for the secret of an HMAC-signed token: the published ones first, then the words of the user. Every
// word is an HMAC over the token's text and a comparison; nothing leaves the machine.

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <base/result.h>
#include <base/secret.h>
#include <jose/jws.h>

namespace claimcheck::inspect {

/// Hands over the next words, each ended by a line end; false when there are no more. Called from one thread
/// at a time.
using WordSource = std::function<bool(std::string& words)>;

/// The shipped list, in some pieces.
WordSource publishedWords();
/// One source behind the other.
WordSource inTurn(WordSource first, WordSource second);

struct GuessOptions
{
    unsigned jobs = 0; ///< threads; 0: one a core
    /// Looked at between words: true ends the search.
    const std::atomic<bool>* cancel = nullptr;
    /// Told how many words were tried, some times a second at most; from any thread, one at a time.
    std::function<void(std::uint64_t tried)> progress = {};
};

struct GuessOutcome
{
    std::optional<Secret> secret;
    std::uint64_t tried = 0;
    bool isCancelled = false;
};

/// Refused for a token that is not signed with HS256, HS384 or HS512, or that is broken.
Result<GuessOutcome> guessSecret(const jose::Jws& token, const WordSource& words,
                                 const GuessOptions& options = {});

} // namespace claimcheck::inspect
