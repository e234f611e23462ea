// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What forged tokens are made of, and what they are. Pure: the same material (with the randomness that is in
// it) gives the same attacks; only ECDSA signatures differ from call to call.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <audit/attack.h>
#include <base/result.h>
#include <base/secret.h>
#include <base/time.h>
#include <jose/jws.h>
#include <jose/key.h>

namespace claimcheck::audit {

/// Key pairs that are made for one run: what an attacker has.
struct OwnKeys
{
    jose::Key rsa;     ///< 2048 bits, for RS256
    jose::Key ec;      ///< P-256
    jose::Key koblitz; ///< secp256k1
    jose::Key okp;     ///< Ed25519
};
Result<OwnKeys> makeOwnKeys();

/// A forged token of one kind with this text as its claims.
using Remake = std::function<Secret(const std::string& payload)>;

/// A forgery that the route took: what it lets in can be made with any claims.
struct Taken
{
    std::string attack; ///< id
    std::string variant;
    Remake remake;
};

/// A file of the server that everybody can read: what a kid names it by, and what it holds.
struct PublicFile
{
    std::string path; ///< "css/app.css"
    std::string bytes;
};
/// Of the secrets that everybody knows, so many are tried online where the good token has a key pair.
inline constexpr std::size_t usualSecrets = 25;
inline constexpr std::size_t mostSecrets = 100;

struct Material
{
    jose::Jws good; ///< the known-good token, a compact JWS
    Instant now{};
    std::string nonce; ///< random letters and digits of this run
    OwnKeys own;

    std::vector<jose::Key> publicKeys = {}; ///< of the issuer, as far as known
    std::string keyBytes = {};              ///< the file or document that they were read from, byte for byte
    std::optional<jose::Key> signingKey = {};    ///< the developer's own
    std::optional<jose::Key> guessedSecret = {}; ///< a published one that verifies the good token
    std::string listener = {};                   ///< "http://127.0.0.1:PORT/RANDOM", or empty
    std::string secondToken = {};                ///< another genuine one
    std::string idToken = {};
    std::optional<Taken> taken = {}; ///< to build on where no signing key is known
    std::string openRedirect = {};   ///< what is appended to it, percent-encoded, is where it leads to
    std::vector<PublicFile> publicFiles = {};
    std::size_t commonSecrets = usualSecrets; ///< how many are tried online
    /// Besides HEAD and OPTIONS; they may change something, and somebody said that they may be sent.
    std::vector<std::string> methods = {};
    bool mayRaise = false; ///< sub and role may be others
    bool mayQuery = false; ///< the good token may go into a URL
    bool mayWait = false;  ///< for a token to expire
    bool mayEnd = false;   ///< a logout is known, and may be sent

    /// Of the good token; nullptr for one that is unknown to us.
    const jose::Algorithm* algorithm() const;
    /// The given key, else the guessed secret.
    const jose::Key* signer() const;
    /// JSON text of a claim; empty when the good token has it not.
    std::string_view claim(std::string_view name) const;
};

/// How a forged token travels; without anything said, in the place of the good one.
enum class Place
{
    Same,
    Nowhere, ///< no token at all
    Header,  ///< Authorization: PREFIX TOKEN, in place of the good one
    Query,   ///< ?NAME=TOKEN, and no header
    Cookie,  ///< Cookie: NAME=TOKEN, and no header
    Swapped, ///< Cookie: NAME=TOKEN, and garbage where the good one stood
    InFront, ///< an Authorization of its own before the good one
    Behind,  ///< and after it
};

/// A text with the parts of a token that is none.
inline constexpr std::string_view garbageToken = "a.b.c";

struct Delivery
{
    Place place = Place::Same;
    std::string name = {};   ///< of query parameter or cookie
    std::string prefix = {}; ///< of the header's value
    std::string method = {}; ///< empty: that of the request

    bool operator==(const Delivery&) const = default;
};

struct Forgery
{
    std::string attack; ///< id
    std::string variant;
    std::string recipe; ///< how to make it, for reports; holds no token and no secret
    Secret token;
    Delivery delivery = {};
    /// Claims that are not those of the good token: an answer that repeats them may differ there.
    std::vector<std::string> changedClaims = {};
    /// A token that proves nothing and that a server which is right may take as well: where it takes both,
    /// this forgery says nothing.
    Secret counterproof = {};
    Remake remake = {};        ///< empty where its claims cannot be others
    std::string builtOn = {};  ///< id of the attack whose accepted forgery it is made of
    std::string callback = {}; ///< what the path of a request to our listener begins with, behind its random
};

/// All of one attack, each token once; empty where obstacle() names one.
std::vector<Forgery> forge(const Attack& attack, const Material& material);

} // namespace claimcheck::audit
