// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token read once: its inspection with the texts and rows that the inspector shows of it. Pure, and slow
// for a large token: run it in a LatestJob then.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <inspect/inspection.h>
#include <state/expectform.h>
#include <token/celltable.h>

namespace claimcheck::ui {

struct TokenReading
{
    inspect::Inspection inspection;
    QString header;  ///< as JsonView shows it
    QString payload; ///< likewise
    std::vector<CellRow> claims;
    std::optional<std::size_t> chosenKey; ///< of the ring: the one that fits
    std::string issuerKey = {};           ///< as Measure's
};

/// Keys that a token was judged by where it came from: those of its issuer.
struct IssuerKeys
{
    std::string name; ///< in .claimcheck/keys.yaml
    std::shared_ptr<const inspect::KeyRing> ring;
};

/// What a token is judged by.
struct Measure
{
    inspect::KeyRing ring;
    inspect::Expectations expectations;
    Terms terms = {};
    inspect::Context context = {}; ///< how the token came, as far as that is known
    /// The signatures of the tokens that were looked at before; may be null.
    std::shared_ptr<inspect::NonceMemory> nonces = {};
    /// The ring is that of its issuer, under this name; empty: the one that was given here.
    std::string issuerKey = {};
};

/// Up to this size a token is read between two keystrokes without anybody noticing.
inline constexpr std::size_t smallToken = 8 * 1024;
/// Up to this size a text that was pasted is searched for a token in no time.
inline constexpr qsizetype smallPaste = 64 * 1024;

/// Verified where there is a key; the checks that need none are made all the same.
TokenReading readToken(const std::string& token, const Measure& measure, Instant now);

/// A row of the table of claims.
CellRow claimRow(const inspect::Claim& claim, Instant now);
/// More claims than this are in the payload only.
inline constexpr std::size_t mostClaims = 5000;

} // namespace claimcheck::ui
