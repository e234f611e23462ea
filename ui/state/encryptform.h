// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is to be encrypted, and how; which keys and algorithms go together.

#pragma once

#include <string>
#include <vector>

#include <base/result.h>
#include <inspect/inspection.h>

namespace claimcheck::ui {

struct EncryptDraft
{
    Secret content; ///< as it is; a token inside is announced in the header (RFC 7519 §5.2)
    std::string algorithm;
    std::string encryption;
    bool isCompressed = false;
    jose::Serialization form = jose::Serialization::Compact;
};

/// Several keys make several recipients, in the general form.
Result<Secret> encryptDraft(const EncryptDraft& draft, const std::vector<jose::Key>& keys);

/// Indexes of the keys that something can be encrypted to.
std::vector<std::size_t> encryptingKeys(const inspect::KeyRing& ring);
/// What can be done with a key, for writing.
std::vector<std::string> encryptAlgorithms(const jose::Key& key);
/// The ciphers that go with it: of a secret that is used directly the one that its length is for.
std::vector<std::string> contentEncryptionsFor(const jose::Key& key, const std::string& algorithm);
/// Indexes of the keys that something can be encrypted to together with the one at `index`.
std::vector<std::size_t> recipientsBeside(const inspect::KeyRing& ring, std::size_t index,
                                          const std::string& algorithm, const std::string& encryption);

} // namespace claimcheck::ui
