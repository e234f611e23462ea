// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection is hostile until it is trusted: a secret goes only where the user has let it go. Here is told
// which secrets a request takes along, and where to.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <run/prepare.h>
#include <run/scopes.h>

namespace claimcheck::run {

/// Secrets on their way to a place that they were not let go to.
struct Release
{
    std::vector<SecretName> secrets;
    std::string destination; ///< destinationOf()

    bool operator==(const Release&) const = default;
};

/// What goes only where it was let go.
struct Guard
{
    std::vector<SecretName> secrets;
    /// Of a secret, and with isCaptured of what was captured with it, which may go wherever the secret may.
    /// Null: none is.
    std::function<bool(const SecretName& secret, const std::string& destination)> isReleased;
    /// Asks the user; `answer` comes later, from the event loop, and not when `context` dies before. Null:
    /// there is nobody to ask.
    std::function<void(const Release& release, QObject* context, std::function<void(bool)> answer)> ask;
};

/// What of the values is to be guarded: the secret variables that have one, the variables of the process, and
/// what goes under a secret's name in a .env file.
std::vector<SecretName> guardedIn(const Outside& outside);

/// http::originOf(); in parentheses behind it what of the way there is the collection's word, so that
/// somebody else may sit on it: a proxy, authorities of its own, no verification. What `own` says, the user's
/// connection, is not the collection's.
std::string destinationOf(const http::Request& request, const http::Request& own = {});

/// Those that were not let go there.
std::vector<SecretName> heldBack(const std::vector<SecretName>& secrets, const Guard& guard,
                                 const std::string& destination);
/// Nothing of the way there is the collection's word: `--allow-origin` can name it.
bool isPlainOrigin(const std::string& destination);

/// What the request would take along to where it was not let go; nothing where it may be sent. Of a secret
/// that it takes both itself and as what was captured with it, only the secret itself. `build` is what made
/// `request`: prepare() or prepareWithoutSession().
using Build = Result<http::Request> (*)(const collection::Collection& collection,
                                        const collection::Item& item, const Values& values);
Release releaseFor(const http::Request& request, const http::Request& own, const Guard& guard, Build build,
                   const collection::Collection& collection, const collection::Item& item,
                   const Values& values);

/// Which of the guarded secrets `build` fills in, or what was captured from an answer that they were sent
/// for. It is called with values that have marks in front of them; all of them where it then fails, since
/// nothing is known for sure.
std::vector<SecretName> takenAlong(const std::vector<SecretName>& guarded,
                                   const std::function<bool(const Values&)>& build, Values values);

/// Sets http::Request::isBodyGuarded where one of them is in the body, or what was captured with one: no
/// answer may redirect it to where it was not let go.
void guardBody(http::Request& request, const std::vector<SecretName>& guarded,
               const collection::Collection& collection, const collection::Item& item, const Values& values);

/// Values for an address that is asked on the run's own account, whose owner nobody was asked about: without
/// the guarded ones.
Values without(const std::vector<SecretName>& secrets, Values values);

/// Refused: which secrets would have gone where, and what to do if they belong there.
Error notReleased(const Release& release);
/// "apiKey (staging)", "process.env.KEY", "what an answer gave for apiKey (staging)"; several with commas.
std::string namesOf(const std::vector<SecretName>& secrets);

} // namespace claimcheck::run
