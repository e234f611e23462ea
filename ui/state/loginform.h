// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The brain of the login pane, without a widget: what is typed, what is wrong with it, and the login that
// it stands for.

#pragma once

#include <vector>

#include <QtCore/qstring.h>

#include <auth/login.h>
#include <store/settings.h>

namespace claimcheck::ui {

enum class LoginInput
{
    Url,
    User,
    UserField,
    PasswordField
};

struct LoginProblem
{
    LoginInput input = LoginInput::Url;
    QString text;

    bool operator==(const LoginProblem&) const = default;
};

auth::Login loginOf(const store::LoginDraft& draft, const Secret& password);
store::LoginDraft draftOf(const auth::Login& login);

/// Empty when the login can be tried. No password is no problem: some logins have none.
std::vector<LoginProblem> problemsOf(const store::LoginDraft& draft);

} // namespace claimcheck::ui
