// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inputs of a login: URL, user, password, key, and under "More" what only some APIs need.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/secret.h>
#include <inspect/inspection.h>
#include <state/loginform.h>
#include <store/settings.h>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace claimcheck::ui {

class ChevronBox;
class KeyField;

class LoginFields : public QWidget
{
    Q_OBJECT
public:
    explicit LoginFields(QWidget* parent = nullptr);

    store::LoginDraft draft() const;
    void setDraft(const store::LoginDraft& draft);
    Secret password() const;
    void setPassword(const Secret& password);
    KeyField* key() { return m_key; }
    QWidget* firstInput() const;
    /// Puts the cursor there, opening "More" where it is needed.
    void goTo(LoginInput input);

Q_SIGNALS:
    void edited();
    /// Return was pressed in one of the inputs.
    void submitted();

private:
    void makeInputs();
    QWidget* makeMore();
    void connectInputs();

    QLineEdit* m_url = nullptr;
    QLineEdit* m_user = nullptr;
    QLineEdit* m_password = nullptr;
    KeyField* m_key = nullptr;
    ChevronBox* m_method = nullptr;
    ChevronBox* m_form = nullptr;
    QLineEdit* m_userField = nullptr;
    QLineEdit* m_passwordField = nullptr;
    QLineEdit* m_tokenPath = nullptr;
    QPushButton* m_moreButton = nullptr;
    QWidget* m_more = nullptr;
};

} // namespace claimcheck::ui
