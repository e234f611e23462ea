// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/redactdraft.h>

#include <utility>

#include <base/text.h>
#include <store/example.h>
#include <store/secretlike.h>

namespace claimcheck::store {
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

namespace {

bool redactDetails(collection::Details& details)
{
    bool changed = false;
    for (collection::Parameter& parameter : details.parameters)
        changed = redactNamed(isSecretName(parameter.name), parameter.value) || changed;
    for (collection::Part& part : details.parts)
        for (std::string& value : part.values)
            changed = redactNamed(!part.isFile && isSecretName(part.name), value) || changed;
    for (auto& [name, value] : details.credentials.fields)
        changed = redactNamed(isSecretField(details.credentials.type, name), value) || changed;
    for (collection::Assertion& assertion : details.assertions)
        changed = (assertion.value && redact(*assertion.value)) || changed;
    for (collection::Script& script : details.scripts)
        changed = redact(script.code) || changed;
    for (collection::Example& example : details.examples)
        changed = redactExample(example) || changed;
    return changed;
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
    changed = redactDetails(draft.details) || changed;
    changed = !std::exchange(draft.details.bytes, {}).empty() || changed; // what they hold nobody can tell
    draft.redacted = draft.redacted || changed;
}

void redactLogin(LoginDraft& login)
{
    redact(login.url);
    redact(login.user);
}

} // namespace claimcheck::store
