// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The catalogue: every attack of the audit is one line of a table (attack.cpp) and one pure function that
// makes its forged tokens.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace claimcheck::audit {

struct Forgery;
struct Material;

enum class Severity
{
    Info, ///< worth knowing, no fault by itself: an observation, not a finding
    Low,
    Medium,
    High,
    Critical
};
std::string_view toText(Severity severity); ///< "info", "low", …

/// What must be there for an attack to be made; else it is "not run", never "passed".
enum class Needs
{
    Nothing,
    Asymmetric,    ///< a good token that is signed with a private key
    PublicKey,     ///< that, and its public key
    Ecdsa,         ///< a good token signed with ES256 or its kin
    GuessedSecret, ///< an HMAC-signed token whose secret stands in the list of published ones
    SigningKey,
    SigningKeyAndAudience,   ///< and an `aud` in the good token
    SigningKeyAndIssuer,     ///< and an `iss`
    SigningKeyAndPrivileges, ///< and leave to ask for another user
    Listener,                ///< of our own, for key URLs
    ListenerAndIssuer,
    SecondToken, ///< another genuine token of the same issuer
    OtherUser,   ///< that, of another user
    IdToken,
    GoodInQuery, ///< leave to send the good token where servers log it
    Waiting,     ///< leave to wait until a token has expired
    Ending,      ///< a request that logs out
    Taken,       ///< a forgery that the route took
    Privileges,  ///< leave to ask for another user and another role
    Redirect,    ///< the listener, and an open redirect of the issuer that leads to it
    PublicFile   ///< a file of the server whose bytes everybody can have
};

/// Controls go first: what they show decides if forgeries say anything at all. What uses a good token up
/// comes last.
enum class Stage
{
    Control,
    Trial,
    Last
};

/// What attacks have in common, for whoever chooses among them.
enum class Family
{
    Controls,    ///< in every audit: none that is chosen
    Signature,   ///< the token is changed and its signature is not
    Unsigned,    ///< no signature at all
    KnownKeys,   ///< signed with what anybody can know
    BroughtKeys, ///< the token says where its key is
    KeyName,     ///< what `kid` makes the server look up
    Claims,      ///< rightly signed, and over, for others or from others
    Ways,        ///< other methods and places
    Parsers      ///< forms that parsers disagree on
};
std::string_view toText(Family family); ///< stable: "controls", "signature", "unsigned", …

struct Attack
{
    std::string_view id;
    std::string_view title;
    std::string_view does;       ///< one sentence
    std::string_view correct;    ///< what a server does that is right
    std::string_view acceptance; ///< what it means when the token opens the route
    Severity severity;
    int cwe;
    std::string_view owasp; ///< "API2:2023"
    std::string_view reference;
    std::string_view findingClass; ///< stable word of docs/cli.md; empty: a result, never a finding
    Needs needs;
    Stage stage;
    Family family;
    std::vector<Forgery> (*forge)(const Material& material);
};

/// In the order in which they are tried: what tells most comes first.
std::span<const Attack> attacks();
/// By id; nullptr when unknown.
const Attack* findAttack(std::string_view id);
/// Those that `word` names: an id, or a finding class. Empty for an unknown word.
std::vector<const Attack*> attacksNamed(std::string_view word);

enum class ObstacleKind
{
    None,
    Missing,   ///< something that can be given: a key, another token
    Unfit,     ///< the attack is not for this token, or these
    NotAllowed ///< somebody has to say that it may be done
};

/// Why an attack cannot be made.
struct Obstacle
{
    ObstacleKind kind = ObstacleKind::None;
    std::string_view why = {}; ///< "needs the signing key" and the like; empty: it can be made
};
Obstacle obstacle(const Attack& attack, const Material& material);

/// The requirement of OWASP's ASVS 5.0 that a finding class breaks: "9.1.2".
std::string_view asvsFor(std::string_view findingClass);

struct Cvss
{
    std::string_view vector; ///< "CVSS:3.1/AV:N/…"
    std::string_view score;  ///< of the base metrics: "9.1"
};
/// Of a class of the audit or of the matrix, within the band of its severity (CVSS 3.1 §5).
Cvss cvssFor(std::string_view findingClass, Severity severity);

/// How to repair what a finding class stands for, in the words of common server libraries.
std::string_view fixFor(std::string_view findingClass);

} // namespace claimcheck::audit
