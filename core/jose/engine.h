// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One key under one algorithm, ready to check any number of signatures: what OpenSSL fetches and sets up is
// kept between two calls. Private to the module.

#pragma once

#include <memory>
#include <string_view>

#include <jose/algorithm.h>
#include <jose/key.h>

namespace claimcheck::jose {

class Engine
{
public:
    Engine() = default;
    virtual ~Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// `signature` has the length that the algorithm demands; anything but a clear yes is a no.
    virtual bool fits(std::string_view input, std::string_view signature) = 0;
};

/// The key's type and curve are the algorithm's (jose-policy rule 1).
bool isFor(const Algorithm& algorithm, const Key& key);
/// The bytes of a signature under this key.
std::size_t signatureBytes(const Algorithm& algorithm, const Key& key);
/// isFor() holds; a null pointer when OpenSSL does not take the two together (parameters of an RSA-PSS key).
std::unique_ptr<Engine> makeEngine(const Algorithm& algorithm, const Key& key);

} // namespace claimcheck::jose
