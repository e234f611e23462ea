// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which secrets a request takes along is not read from its text: it is built a second time, with a mark in
// front of each secret's value that tells when it is filled in. So nothing that is made of it on the way
// (Base64, a signature, a passphrase) hides it, and no place where a variable may stand is forgotten.

#include <run/release.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include <base/text.h>
#include <run/outsidevalues.h>

namespace claimcheck::run {
namespace {

using variables::Variable;

constexpr std::string_view processPrefix = "process.env.";
constexpr std::string_view markPrefix = "$guarded ";

const SecretName* find(const std::vector<SecretName>& guarded, const variables::Scope& scope,
                       const Variable& variable)
{
    const auto found = std::ranges::find_if(guarded, [&](const SecretName& secret) {
        const bool isOfOutside = scope.name == processScopeName;
        return secret.name == variable.name && secret.environment.empty() == isOfOutside &&
               (isOfOutside || variable.secret);
    });
    return found == guarded.end() ? nullptr : &*found;
}

using Captured = std::map<std::string, std::vector<SecretName>>;

/// Puts "{{$guarded NUMBER}}" in front of the value.
void putMark(Variable& variable, std::ptrdiff_t number)
{
    if (std::exchange(variable.isLiteral, false)) // else the mark would be as little looked for
        variable.value = withReplaced(std::move(variable.value), "{{", "((");
    variable.value.insert(0, "{{" + std::string(markPrefix) + std::to_string(number) + "}}");
}

void markCaptured(variables::Scope& scope, const std::vector<SecretName>& guarded,
                  const Captured& capturedWith)
{
    for (Variable& variable : scope.variables) {
        const auto captured = capturedWith.find(variable.name);
        if (captured == capturedWith.end())
            continue;
        for (std::size_t i = 0; i < guarded.size(); ++i)
            if (std::ranges::find(captured->second, guarded[i]) != captured->second.end())
                putMark(variable, static_cast<std::ptrdiff_t>(i));
    }
}

/// The scopes with marks before each guarded value, and before what was captured with one.
std::vector<variables::Scope> marked(std::vector<variables::Scope> scopes,
                                     const std::vector<SecretName>& guarded, const Captured& capturedWith)
{
    for (variables::Scope& scope : scopes) {
        // A collection that defines the mark itself would hide what it stands for.
        std::erase_if(scope.variables,
                      [](const Variable& variable) { return variable.name.starts_with(markPrefix); });
        for (Variable& variable : scope.variables)
            if (const SecretName* secret = find(guarded, scope, variable);
                secret != nullptr && !variable.value.empty())
                putMark(variable, secret - guarded.data());
        if (scope.name == runScopeName)
            markCaptured(scope, guarded, capturedWith);
    }
    return scopes;
}

/// Without user and password.
std::string shownProxy(const std::string& url)
{
    const std::size_t scheme = url.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t at = url.find('@', begin);
    return at == std::string::npos ? url : url.substr(0, begin) + url.substr(at + 1);
}

/// TLS that is verified by the system's authorities proves who is at the other end, whatever lies between.
std::vector<std::string> doubtsOf(const http::Request& request, const http::Request& own)
{
    std::vector<std::string> doubts;
    const bool isTls = request.url.starts_with("https:");
    const bool isVerified = request.tls.verify || !own.tls.verify;
    const bool hasAuthorities = !request.tls.caFile.empty() && request.tls.caFile != own.tls.caFile;
    if (isTls && !isVerified)
        doubts.emplace_back("its certificate is not verified");
    if (isTls && isVerified && hasAuthorities)
        doubts.push_back("trusting " + std::filesystem::path(request.tls.caFile).filename().string());
    const bool isProved = isTls && isVerified && !hasAuthorities;
    if (!isProved && !request.proxy.empty() && request.proxy != own.proxy)
        doubts.push_back("through " + shownProxy(request.proxy));
    if (!request.unixSocket.empty() && request.unixSocket != own.unixSocket)
        doubts.push_back("at the socket " + request.unixSocket);
    return doubts;
}

} // namespace

std::vector<SecretName> guardedIn(const Outside& outside)
{
    std::vector<SecretName> guarded;
    const auto add = [&guarded](SecretName secret) {
        if (std::ranges::find(guarded, secret) == guarded.end())
            guarded.push_back(std::move(secret));
    };
    for (const SecretValue& secret : outside.secrets)
        if (secret.source != SecretSource::Missing)
            add({secret.environment, secret.name});
    for (const Variable& variable : outside.process)
        add({"", std::string(processPrefix) + variable.name});
    for (const Variable& variable : outside.dotEnv)
        if (isSecretValue(variable)) {
            add({"", variable.name});
            add({"", std::string(processPrefix) + variable.name});
        }
    return guarded;
}

std::string destinationOf(const http::Request& request, const http::Request& own)
{
    std::string doubts;
    for (const std::string& doubt : doubtsOf(request, own))
        doubts += (doubts.empty() ? "" : ", ") + doubt;
    return http::originOf(request.url) + (doubts.empty() ? doubts : " (" + doubts + ")");
}

std::vector<SecretName> heldBack(const std::vector<SecretName>& secrets, const Guard& guard,
                                 const std::string& destination)
{
    std::vector<SecretName> held;
    for (const SecretName& secret : secrets)
        if (!guard.isReleased || !guard.isReleased(secret, destination))
            held.push_back(secret);
    return held;
}

bool isPlainOrigin(const std::string& destination)
{
    return destination.find(' ') == std::string::npos;
}

std::vector<SecretName> takenAlong(const std::vector<SecretName>& guarded,
                                   const std::function<bool(const Values&)>& build, Values values)
{
    std::vector<bool> isFilledIn(guarded.size());
    values.scopes = marked(std::move(values.scopes), guarded, values.capturedWith);
    values.dynamic = [&isFilledIn, inner = values.dynamic](std::string_view name) {
        if (!name.starts_with(markPrefix))
            return inner ? inner(name) : std::nullopt;
        std::size_t index = 0;
        std::from_chars(name.data() + markPrefix.size(), name.data() + name.size(), index);
        if (index < isFilledIn.size())
            isFilledIn[index] = true;
        return std::optional<std::string>("");
    };
    if (!build(values))
        return guarded;
    std::vector<SecretName> taken;
    for (std::size_t i = 0; i < guarded.size(); ++i)
        if (isFilledIn[i])
            taken.push_back(guarded[i]);
    return taken;
}

Release releaseFor(const http::Request& request, const http::Request& own, const Guard& guard, Build build,
                   const collection::Collection& collection, const collection::Item& item,
                   const Values& values)
{
    Release release{{}, destinationOf(request, own)};
    if (http::originOf(request.url).empty()) // it is refused before it is sent
        return release;
    const std::vector<SecretName> held = heldBack(guard.secrets, guard, release.destination);
    if (held.empty())
        return release;
    const auto isBuilt = [&](const Values& marked) { return build(collection, item, marked).has_value(); };
    Values alone = values;
    alone.capturedWith.clear();
    release.secrets = takenAlong(held, isBuilt, std::move(alone));
    if (values.capturedWith.empty())
        return release;
    std::vector<SecretName> others;
    for (const SecretName& secret : held)
        if (std::ranges::find(release.secrets, secret) == release.secrets.end())
            others.push_back(secret);
    std::vector<SecretName> captured = takenAlong(others, isBuilt, values);
    for (SecretName& secret : captured)
        secret.isCaptured = true;
    captured = heldBack(captured, guard, release.destination);
    release.secrets.insert(release.secrets.end(), captured.begin(), captured.end());
    return release;
}

void guardBody(http::Request& request, const std::vector<SecretName>& guarded,
               const collection::Collection& collection, const collection::Item& item, const Values& values)
{
    if (guarded.empty() || request.isBodyGuarded || (request.body.empty() && !request.upload))
        return;
    const auto isBuilt = [&](const Values& marked) {
        return prepareBody(collection, item, marked).has_value();
    };
    request.isBodyGuarded = !takenAlong(guarded, isBuilt, values).empty();
}

Values without(const std::vector<SecretName>& secrets, Values values)
{
    for (variables::Scope& scope : values.scopes)
        std::erase_if(scope.variables, [&](const Variable& variable) {
            return find(secrets, scope, variable) != nullptr ||
                   (scope.name == runScopeName && values.capturedWith.contains(variable.name));
        });
    return values;
}

Error notReleased(const Release& release)
{
    return {ErrorKind::Refused, "the request was not sent",
            "it takes " + visible(namesOf(release.secrets)) + " to " + visible(release.destination) +
                ", where that was not sent before",
            isPlainOrigin(release.destination)
                ? "if it belongs there, allow it where the window asks, or with --allow-origin " +
                      visible(release.destination)
                : "if it belongs there, allow it where the window asks; else mend the connection in "
                  ".claimcheck/connections.yaml or opencollection.yml",
            std::nullopt};
}

std::string namesOf(const std::vector<SecretName>& secrets)
{
    std::string names;
    for (const SecretName& secret : secrets)
        names += std::string(names.empty() ? "" : ", ") +
                 (secret.isCaptured ? "what an answer gave for " : "") + secret.name +
                 (secret.environment.empty() ? "" : " (" + secret.environment + ")");
    return names;
}

} // namespace claimcheck::run
