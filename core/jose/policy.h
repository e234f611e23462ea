// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What speaks against verifying before any arithmetic: the header's alg and crit, and the key's own word
// about its use (jose-policy rules 1 to 4, 6, 12, 13). Each gives one sentence, or "" where nothing does.
// Used by inspect too, to name the check that failed.

#pragma once

#include <jose/jwe.h>
#include <jose/jws.h>
#include <jose/verify.h>

namespace claimcheck::jose {

struct HeaderJudgement
{
    const Algorithm* algorithm = nullptr; ///< that `alg` names; nullptr where it is none of ours
    std::string objection;                ///< as of objectionToHeader()
};
/// Both in one look at the header.
HeaderJudgement judgeHeader(const Jws& jws);
/// `alg` is missing, no string, "none" in any spelling, or no signature algorithm of ours; `kid` is no
/// string; or objectionToCritical().
std::string objectionToHeader(const Jws& jws);
/// RFC 7515 §4.1.11, RFC 7797 §6.
std::string objectionToCritical(const Jws& jws);
/// RFC 7516 §4.1.13: of the extensions none is for encrypted tokens.
std::string objectionToCritical(const Jwe& jwe, const Recipient& recipient);
/// The token's algorithm is none for this key, or not allowed.
std::string objectionToFit(const Key& key, const Algorithm& algorithm, const VerifyOptions& options);
/// The key itself says that it is not for this, or is refused altogether.
std::string objectionOfKey(const Key& key, const Algorithm& algorithm);
/// Both of them. The key was not made for this: type, curve, `alg`, `use`, `key_ops`, --alg, or refused
/// altogether.
std::string objectionToKey(const Key& key, const Algorithm& algorithm, const VerifyOptions& options);
/// The key would do, were it not weak under this algorithm.
std::string weaknessUnder(const Key& key, const Algorithm& algorithm);

} // namespace claimcheck::jose
