// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tokens that were seen, as far as the user wants that kept: header, claims, and a keyed hash that tells
// one from another; never a signature, and of an encrypted token the header alone. An SQLite database (0600)
// in a folder of its own, within bounds.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/time.h>

namespace claimcheck::archive {

/// Off until the user turns it on.
struct TokenOptions
{
    bool isOn = false;

    bool operator==(const TokenOptions&) const = default;
};
Result<TokenOptions> loadTokenOptions(const std::string& configDirectory);
Result<void> saveTokenOptions(const std::string& configDirectory, const TokenOptions& options);

/// /tokens in store::dataDirectory().
std::string tokenHistoryDirectory();

/// Of each of these, only this much is kept.
inline constexpr std::size_t largestTokenPart = 64u * 1024u;
/// The one that was not seen for the longest time goes first.
inline constexpr std::size_t mostTokens = 2000;
inline constexpr std::uint64_t mostTokenBytes = 32'000'000;

struct TokenRecord
{
    std::int64_t id = 0;
    std::string hash; ///< HMAC-SHA-256 of its text under a key that is not here
    Instant first{};
    Instant last{};
    std::int64_t times = 1;
    std::string place;   ///< "body .token", where it was seen last
    std::string origin;  ///< of the server that it came from
    std::string request; ///< that request's name
    std::string subject; ///< `sub`, for a list
    std::string issuer;  ///< `iss`
    bool isEncrypted = false;
    std::string header;   ///< as JSON; left out where it is larger than largestTokenPart
    std::string claims;   ///< the same; empty for an encrypted token
    bool isLarge = false; ///< something was left out for its size

    bool operator==(const TokenRecord&) const = default;
};

class TokenHistory
{
public:
    /// Makes the folder where it is missing. A database that is damaged is put aside as tokens.broken, and a
    /// new one begun; one that cannot be opened for another reason stays as it is: Unreadable.
    static Result<std::unique_ptr<TokenHistory>> open(const std::string& directory);
    ~TokenHistory();
    TokenHistory(const TokenHistory&) = delete;
    TokenHistory& operator=(const TokenHistory&) = delete;

    /// One that is there already was seen once more, there. Gives its number.
    Result<std::int64_t> add(const TokenRecord& record);
    /// The one that was seen last first, without their claims: those that have every word of `search` in
    /// header, claims, place, origin or request, ignoring case.
    Result<std::vector<TokenRecord>> list(const std::string& search) const;
    /// Usage where it is gone.
    Result<TokenRecord> read(std::int64_t id) const;
    Result<void> remove(std::int64_t id);
    /// What was put aside goes, too.
    Result<void> clear();

private:
    struct Private;
    explicit TokenHistory(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::archive
