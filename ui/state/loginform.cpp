// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/loginform.h>

#include <QtCore/qobject.h>

#include <base/text.h>
#include <http/message.h>
#include <state/requestproblems.h>

namespace claimcheck::ui {

auth::Login loginOf(const store::LoginDraft& draft, const Secret& password)
{
    auth::Login login;
    login.url = std::string(trimmed(draft.url));
    login.method = draft.method;
    login.form = draft.form ? auth::LoginForm::UrlEncoded : auth::LoginForm::Json;
    login.userField = draft.userField;
    login.passwordField = draft.passwordField;
    login.user = draft.user;
    login.password = password;
    login.tokenPath = std::string(trimmed(draft.tokenPath));
    return login;
}

store::LoginDraft draftOf(const auth::Login& login)
{
    store::LoginDraft draft;
    draft.url = login.url;
    draft.method = login.method;
    draft.userField = login.userField;
    draft.passwordField = login.passwordField;
    draft.user = login.user;
    draft.form = login.form == auth::LoginForm::UrlEncoded;
    draft.tokenPath = login.tokenPath;
    return draft;
}

std::vector<LoginProblem> problemsOf(const store::LoginDraft& draft)
{
    std::vector<LoginProblem> found;
    const std::string url(trimmed(draft.url));
    http::Request request;
    request.url = url;
    request.method = draft.method;
    if (url.empty())
        found.push_back({LoginInput::Url, QObject::tr("Type the URL that the login is sent to")});
    else if (const Result<void> valid = http::validate(request); !valid)
        found.push_back({LoginInput::Url, problemText(valid.error())});
    if (draft.userField.empty())
        found.push_back({LoginInput::UserField, QObject::tr("Name the field that holds the user")});
    if (draft.passwordField.empty())
        found.push_back({LoginInput::PasswordField, QObject::tr("Name the field that holds the password")});
    if (draft.user.empty())
        found.push_back({LoginInput::User, QObject::tr("Type the user name")});
    return found;
}

} // namespace claimcheck::ui
