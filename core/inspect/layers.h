// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens in tokens (RFC 7519 §5.2, §7.2 step 8): what is around the innermost one is opened layer by layer,
// as far as the keys go. Private to the module.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "subject.h"

namespace claimcheck::inspect {

/// What there is to open and verify with. Without a ring encrypted layers stay closed, without a verifier
/// signatures are not looked at.
struct Tools
{
    const KeyRing* ring = nullptr;
    jose::Verifier* verifier = nullptr;
};

/// A token with another one inside.
struct Around
{
    jose::Jws token;
    std::optional<std::string> opened;     ///< what it held, when it was encrypted
    std::optional<std::size_t> openedWith; ///< index of the key that opened it
    std::optional<jose::SignatureCheck> signature;
};

struct Opened
{
    jose::Jws token;                       ///< as Inspection::token
    std::optional<jose::SdJwt> sd;         ///< as Inspection::sdJwt
    std::vector<Layer> layers;             ///< as Inspection::layers
    std::vector<Around> around;            ///< outermost first
    std::optional<std::size_t> openedWith; ///< of `token`, when it is encrypted
    std::vector<SignatureOutcome> signatures;
    std::string outerText; ///< as Inspection::outerText
};

/// `text` as it was handed in.
Opened openLayers(std::string_view text, const Tools& tools);
/// `signatures` are those of the outermost token (jose::decodeAll).
Opened openLayers(std::vector<jose::Jws> signatures, const Tools& tools);

/// The innermost token is looked at with what is known of how it lies; what brought the outermost one did
/// not bring this one. Nothing where it is the outermost itself.
std::optional<Context> contextInside(const Opened& opened, const Context& outermost);
/// What the rules say of the tokens around the innermost one; their places begin with "layers[0].", as in the
/// JSON of an inspection.
void addFindingsAround(const std::vector<Around>& around, const Subject& innermost, const Context& outermost,
                       std::vector<Finding>& findings);

} // namespace claimcheck::inspect
