// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An identity as it is being typed, and what it stands for. Values of secrets are apart from what the file
// gets: there stands a variable.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <base/secret.h>
#include <collection/identity.h>
#include <state/identityinputs.h>
#include <workbench/logintrial.h>

namespace claimcheck::ui {

struct IdentityDraft
{
    LoginKind kind = LoginKind::Credentials;
    std::map<IdentityInput, std::string> texts; ///< as typed; of a secret its variable: "{{password}}"
    std::map<IdentityInput, Secret> values;     ///< of secrets, where one was typed
    bool isForm = false;
    bool usesDpop = false;

    const std::string& text(IdentityInput input) const;
    bool has(IdentityInput input) const; ///< it belongs to the kind, and something was typed
    bool operator==(const IdentityDraft&) const = default;
};

/// A secret that stands in the file in clear is taken out of it: it becomes a value.
IdentityDraft identityDraftOf(const collection::Identity& identity);
/// Why an editor would lose something of it: its grant is a variable, say. Empty: it can be edited.
QString whyNotEditable(const collection::Identity& identity);
/// What the file gets: only what belongs to the kind.
collection::Identity identityOf(const IdentityDraft& draft);

/// "{{alicePassword}}": what stands for a secret whose variable nobody named.
std::string proposedVariable(const IdentityDraft& draft, IdentityInput input);
/// The draft with these, where a value was typed.
IdentityDraft withVariables(IdentityDraft draft);
/// The values that were typed, by their variables.
std::vector<workbench::TypedSecret> typedSecretsOf(const IdentityDraft& draft);

/// "name: value", one a line; nothing where a name or value holds what a line cannot.
std::optional<std::string> asLines(const collection::NamedTexts& texts);
/// The other way; lines without both are left out.
collection::NamedTexts fromLines(const std::string& lines);
std::vector<std::string> linesOf(const std::string& text);

/// Where a token stands: of the file's "data.token", "header:X", "cookie:sid" the kind and the rest.
struct TokenPlace
{
    enum class Where
    {
        None,
        Body,
        Header,
        Cookie
    };
    Where where = Where::None;
    std::string name;

    bool operator==(const TokenPlace&) const = default;
};
TokenPlace tokenPlaceOf(const std::string& text);
/// As the file has it. Of a body `res.body.` in front is left out.
std::string toText(const TokenPlace& place);

} // namespace claimcheck::ui
