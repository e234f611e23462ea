// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an identity's login is made of, as the editor asks for it: the ways to sign in, and the inputs of
// each.

#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <QtCore/qstring.h>

namespace claimcheck::ui {

enum class LoginKind
{
    Credentials,
    Request,
    ClientCredentials,
    AuthorizationCode,
    DeviceCode,
    Password,
    RefreshToken
};

enum class IdentityInput
{
    Name,
    Url,
    Method,
    User,
    Password,
    UserField,
    PasswordField,
    Fields,
    Headers,
    File,
    TokenAt,
    Refresh,
    RefreshTokenAt,
    Issuer,
    TokenUrl,
    AuthorizationUrl,
    DeviceUrl,
    IntrospectionUrl,
    UserinfoUrl,
    RevocationUrl,
    ClientId,
    ClientAuthentication,
    ClientSecret,
    ClientKeyFile,
    ClientKeyPassphrase,
    AssertionAudience,
    Scope,
    RefreshToken,
    Parameters,
    Lasts,
    Origins
};

/// How it is typed.
enum class InputStyle
{
    Line,
    Lines,  ///< one thing a line
    Secret, ///< a variable, and its value, which no file gets
    Place,  ///< where a token stands in an answer
    Request,
    Choice
};

struct InputInfo
{
    IdentityInput input;
    InputStyle style;
    const char* objectName;
    const char* title;     ///< to be translated, as the next one
    const char* hint;      ///< what may be typed; empty: that is plain
    unsigned kinds;        ///< bits of LoginKind: it belongs to these
    bool isSeldom = false; ///< shown where it is asked for
};

/// In the order in which they are shown.
std::span<const InputInfo> identityInputs();
const InputInfo& infoOf(IdentityInput input);
bool belongsTo(const InputInfo& info, LoginKind kind);
QString titleOf(const InputInfo& info);
QString hintOf(const InputInfo& info);

const std::vector<LoginKind>& loginKinds();
/// The word of the file and of IdentityState::login: "credentials", "request", or the grant.
std::string_view wordOf(LoginKind kind);
std::optional<LoginKind> loginKindOf(std::string_view word);
/// A sentence about it.
QString aboutKind(LoginKind kind);

} // namespace claimcheck::ui
