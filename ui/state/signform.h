// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token in the making: header and claims as a person types them, and what becomes of them. The order of the
// members stays as typed; only white space goes.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <base/time.h>
#include <inspect/inspection.h>

namespace claimcheck::ui {

struct SignDraft
{
    std::string header; ///< JSON text
    std::string claims;

    bool operator==(const SignDraft&) const = default;
};

/// Header and payload of a token, indented; what is no JSON stays as it is.
SignDraft draftOf(const jose::Jws& token);

struct SignTemplate
{
    std::string title;
    SignDraft draft;
};
/// Shapes to start from, with times around `now`: an access token (RFC 9068), an ID token, a DPoP proof …
std::vector<SignTemplate> signTemplates(Instant now);

/// `text` with the member set to this JSON: in its place where it is there, else as the last one. The rest
/// stays as it stands.
Result<std::string> withMember(const std::string& text, std::string_view name, std::string_view json);
/// Sixteen random bytes, for `jti` and `nonce`.
std::string randomId();

/// A header without `alg` gets it as its first member. The error names header or claims and the place.
/// `form.others` sign beside `key`: with the same header, but for `alg` and `kid`.
struct SignForm
{
    jose::Serialization serialization = jose::Serialization::Compact;
    bool isDetached = false; ///< the payload is left out
    std::vector<jose::Key> others = {};
};
Result<Secret> signDraft(const SignDraft& draft, const jose::Key& key, const std::string& algorithm,
                         const SignForm& form = {});

/// Indexes of the keys that can sign.
std::vector<std::size_t> signingKeys(const inspect::KeyRing& ring);
/// Those that can sign beside the one at `index`.
std::vector<std::size_t> signersBeside(const inspect::KeyRing& ring, std::size_t index);

} // namespace claimcheck::ui
