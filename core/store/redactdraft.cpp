// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/redactdraft.h>

#include <base/text.h>
#include <store/secretlike.h>

namespace claimcheck::store {
namespace {

/// The whole value where its name says that it is a secret, else what looks like one inside of it.
bool redactNamed(bool isSecret, std::string& value)
{
    if (!isSecret)
        return redact(value);
    if (isHarmlessValue(value))
        return false;
    // "Bearer abc" keeps its first word: it is not secret, and the user sees what stood there.
    const std::size_t blank = value.find(' ');
    const std::string scheme = toLowerAscii(value.substr(0, blank));
    const bool hasScheme =
        blank != std::string::npos && (scheme == "bearer" || scheme == "basic" || scheme == "dpop");
    value = hasScheme ? value.substr(0, blank + 1).append(redactedMark) : std::string(redactedMark);
    return true;
}

} // namespace

void redactDraft(Draft& draft)
{
    collection::Entry& entry = draft.entry;
    bool changed = redactTokens(entry.name);
    changed = redact(entry.url) || changed;
    for (collection::Field& field : entry.headers)
        changed = redactNamed(isSecretHeader(field.name), field.value) || changed;
    for (collection::Field& field : entry.formFields)
        changed = redactNamed(isSecretName(field.name), field.value) || changed;
    for (variables::Variable& variable : entry.variables)
        changed = redactNamed(variable.secret || isSecretName(variable.name), variable.value) || changed;
    changed = redact(entry.body) || changed;
    changed = redact(entry.docs) || changed;
    draft.redacted = draft.redacted || changed;
}

void redactLogin(LoginDraft& login)
{
    redact(login.url);
    redact(login.user);
}

} // namespace claimcheck::store
