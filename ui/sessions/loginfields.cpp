// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/loginfields.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <sessions/keyfield.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

QLineEdit* field(const QString& objectName, const QString& what, const QString& placeholder = {})
{
    auto* edit = new QLineEdit;
    setNames(edit, objectName, what);
    edit->setPlaceholderText(placeholder);
    return edit;
}

struct Row
{
    QString label;
    QWidget* input;
};

void addRow(QVBoxLayout* column, const Row& row)
{
    QLabel* caption = captionLabel(row.label);
    caption->setBuddy(row.input);
    column->addWidget(caption);
    column->addSpacing(space::tiny);
    column->addWidget(row.input);
    column->addSpacing(space::medium);
}

void addPair(QVBoxLayout* column, const Row& left, const Row& right)
{
    auto* pair = new QHBoxLayout;
    pair->setSpacing(space::medium);
    for (const Row& row : {left, right}) {
        auto* half = new QVBoxLayout;
        half->setSpacing(0);
        addRow(half, row);
        pair->addLayout(half, 1);
    }
    column->addLayout(pair);
}

} // namespace

LoginFields::LoginFields(QWidget* parent) : QWidget(parent)
{
    makeInputs();
    m_moreButton = moreButton(QStringLiteral("loginMoreButton"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    addRow(column, {tr("Login URL"), m_url});
    addPair(column, {tr("User"), m_user}, {tr("Password"), m_password});
    addRow(column, {tr("Secret or key for verifying the token"), m_key});
    column->addWidget(m_moreButton, 0, Qt::AlignLeft);
    column->addWidget(makeMore());
    setDraft({});
    connectInputs();
}

void LoginFields::makeInputs()
{
    m_url = field(QStringLiteral("loginUrl"), tr("Login URL"), tr("https://api.example.com/login"));
    m_url->setFont(monoFont());
    m_user = field(QStringLiteral("loginUser"), tr("User"));
    m_password = field(QStringLiteral("loginPassword"), tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_key = new KeyField;
    m_method = new ChevronBox;
    setNames(m_method, QStringLiteral("loginMethod"), tr("Method of the login"));
    m_method->setEditable(true);
    setNames(m_method->lineEdit(), QStringLiteral("loginMethodText"), tr("Method of the login"));
    m_method->addItems({QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("GET")});
    m_form = new ChevronBox;
    setNames(m_form, QStringLiteral("loginForm"), tr("How the fields are sent"));
    m_form->addItems({tr("JSON"), tr("Form")});
    m_userField = field(QStringLiteral("loginUserField"), tr("Name of the user field"));
    m_passwordField = field(QStringLiteral("loginPasswordField"), tr("Name of the password field"));
    m_tokenPath =
        field(QStringLiteral("loginTokenPath"), tr("Where the token is"), tr("empty: found by itself"));
    m_tokenPath->setToolTip(
        tr("data.access_token, header:X-Token or cookie:session; empty: found by itself"));
    for (QLineEdit* edit : {m_userField, m_passwordField, m_tokenPath})
        edit->setFont(monoFont());
}

QWidget* LoginFields::makeMore()
{
    m_more = new QWidget;
    m_more->setObjectName(QStringLiteral("loginMore"));
    auto* column = new QVBoxLayout(m_more);
    column->setContentsMargins(0, space::small, 0, 0);
    column->setSpacing(0);
    addPair(column, {tr("Method"), m_method}, {tr("Sent as"), m_form});
    addPair(column, {tr("User field"), m_userField}, {tr("Password field"), m_passwordField});
    addRow(column, {tr("Where the token is in the answer"), m_tokenPath});
    m_more->hide();
    return m_more;
}

void LoginFields::connectInputs()
{
    for (QLineEdit* edit : {m_url, m_user, m_password, m_userField, m_passwordField, m_tokenPath}) {
        connect(edit, &QLineEdit::returnPressed, this, &LoginFields::submitted);
        connect(edit, &QLineEdit::textEdited, this, &LoginFields::edited);
    }
    connect(m_key, &KeyField::returnPressed, this, &LoginFields::submitted);
    connect(m_method, &QComboBox::editTextChanged, this, &LoginFields::edited);
    connect(m_form, &QComboBox::currentIndexChanged, this, &LoginFields::edited);
    connect(m_moreButton, &QPushButton::toggled, m_more, &QWidget::setVisible);
}

store::LoginDraft LoginFields::draft() const
{
    store::LoginDraft draft;
    draft.url = toUtf8(m_url->text());
    draft.method = toUtf8(m_method->currentText().trimmed());
    draft.userField = toUtf8(m_userField->text());
    draft.passwordField = toUtf8(m_passwordField->text());
    draft.user = toUtf8(m_user->text());
    draft.form = m_form->currentIndex() == 1;
    draft.tokenPath = toUtf8(m_tokenPath->text());
    return draft;
}

void LoginFields::setDraft(const store::LoginDraft& draft)
{
    m_url->setText(toQString(draft.url));
    m_method->setCurrentText(toQString(draft.method));
    m_userField->setText(toQString(draft.userField));
    m_passwordField->setText(toQString(draft.passwordField));
    m_user->setText(toQString(draft.user));
    m_form->setCurrentIndex(draft.form ? 1 : 0);
    m_tokenPath->setText(toQString(draft.tokenPath));
}

QWidget* LoginFields::firstInput() const
{
    return m_url;
}

Secret LoginFields::password() const
{
    return Secret(toUtf8(m_password->text()));
}

void LoginFields::setPassword(const Secret& password)
{
    m_password->setText(toQString(password.reveal()));
}

void LoginFields::goTo(LoginInput input)
{
    if (input == LoginInput::UserField || input == LoginInput::PasswordField)
        m_moreButton->setChecked(true);
    QLineEdit* edit = input == LoginInput::Url         ? m_url
                      : input == LoginInput::User      ? m_user
                      : input == LoginInput::UserField ? m_userField
                                                       : m_passwordField;
    edit->setFocus();
}

} // namespace claimcheck::ui
