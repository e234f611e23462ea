// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/loginpane.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qscrollarea.h>

#include <base/text.h>
#include <sessions/keyfield.h>
#include <state/loginform.h>
#include <state/responseview.h>
#include <theme/banner.h>
#include <theme/busybar.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int formWidth = 460;

Tone toneOf(Mood mood)
{
    switch (mood) {
    case Mood::Good:
        return Tone::Ok;
    case Mood::Caution:
        return Tone::Warn;
    case Mood::Bad:
        return Tone::Bad;
    case Mood::Neutral:
        break;
    }
    return Tone::Info;
}

QString shown(const std::string& text)
{
    return toQString(visible(text));
}

QLineEdit* field(const QString& objectName, const QString& what, const QString& placeholder = {})
{
    auto* edit = new QLineEdit;
    setNames(edit, objectName, what);
    edit->setPlaceholderText(placeholder);
    return edit;
}

} // namespace

struct LoginPane::Private
{
    explicit Private(LoginPane* owner) : pane(owner) {}

    LoginPane* pane;
    QLineEdit* url = nullptr;
    QLineEdit* user = nullptr;
    QLineEdit* password = nullptr;
    KeyField* key = nullptr;
    QComboBox* method = nullptr;
    QComboBox* form = nullptr;
    QLineEdit* userField = nullptr;
    QLineEdit* passwordField = nullptr;
    QLineEdit* tokenPath = nullptr;
    QWidget* more = nullptr;
    QPushButton* moreButton = nullptr;
    QPushButton* signIn = nullptr;
    BusyBar* progress = nullptr;
    QLabel* problem = nullptr;
    Banner* banner = nullptr;
    QLabel* fix = nullptr;
    QPushButton* inspect = nullptr;
    QString place;
    QString token;
    std::function<Instant()> clock = currentTime;
    bool busy = false;

    void addRow(QVBoxLayout* column, const QString& label, QWidget* input);
    QWidget* makeForm();
    QWidget* makeMore();
    QWidget* makeActions();
    QWidget* makeResult();
    void connectAll();
    void tryLogin();
    void goTo(LoginInput input);
    void showError(const Error& error);
    void showVerdict(const inspect::Inspection& inspection);
    void hideResult();
};

void LoginPane::Private::addRow(QVBoxLayout* column, const QString& label, QWidget* input)
{
    QLabel* caption = captionLabel(label);
    caption->setBuddy(input);
    column->addWidget(caption);
    column->addSpacing(space::tiny);
    column->addWidget(input);
    column->addSpacing(space::medium);
}

QWidget* LoginPane::Private::makeForm()
{
    url = field(QStringLiteral("loginUrl"), QObject::tr("Login URL"),
                QObject::tr("https://api.example.com/login"));
    url->setFont(monoFont());
    user = field(QStringLiteral("loginUser"), QObject::tr("User"));
    password = field(QStringLiteral("loginPassword"), QObject::tr("Password"));
    password->setEchoMode(QLineEdit::Password);
    key = new KeyField;
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    addRow(column, QObject::tr("Login URL"), url);
    auto* pair = new QHBoxLayout;
    pair->setSpacing(space::medium);
    for (const auto& [label, input] :
         {std::pair{QObject::tr("User"), user}, {QObject::tr("Password"), password}}) {
        auto* half = new QVBoxLayout;
        half->setSpacing(0);
        addRow(half, label, input);
        pair->addLayout(half, 1);
    }
    column->addLayout(pair);
    addRow(column, QObject::tr("Secret or key for verifying the token"), key);
    return box;
}

QWidget* LoginPane::Private::makeMore()
{
    method = new ChevronBox;
    setNames(method, QStringLiteral("loginMethod"), QObject::tr("Method of the login"));
    method->setEditable(true);
    method->addItems({QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("GET")});
    form = new ChevronBox;
    setNames(form, QStringLiteral("loginForm"), QObject::tr("How the fields are sent"));
    form->addItems({QObject::tr("JSON"), QObject::tr("Form")});
    userField = field(QStringLiteral("loginUserField"), QObject::tr("Name of the user field"));
    passwordField = field(QStringLiteral("loginPasswordField"), QObject::tr("Name of the password field"));
    tokenPath = field(QStringLiteral("loginTokenPath"), QObject::tr("Where the token is"),
                      QObject::tr("found by itself; or data.access_token, header:X-Token, cookie:session"));
    for (QLineEdit* edit : {userField, passwordField, tokenPath})
        edit->setFont(monoFont());
    more = new QWidget;
    more->setObjectName(QStringLiteral("loginMore"));
    auto* column = new QVBoxLayout(more);
    column->setContentsMargins(0, space::small, 0, 0);
    column->setSpacing(0);
    const std::pair<std::pair<QString, QWidget*>, std::pair<QString, QWidget*>> rows[] = {
        {{QObject::tr("Method"), method}, {QObject::tr("Sent as"), form}},
        {{QObject::tr("Name of the user field"), userField},
         {QObject::tr("Name of the password field"), passwordField}}};
    for (const auto& [left, right] : rows) {
        auto* pair = new QHBoxLayout;
        pair->setSpacing(space::medium);
        for (const auto& [label, input] : {left, right}) {
            auto* half = new QVBoxLayout;
            half->setSpacing(0);
            addRow(half, label, input);
            pair->addLayout(half, 1);
        }
        column->addLayout(pair);
    }
    addRow(column, QObject::tr("Where the token is in the answer"), tokenPath);
    more->hide();
    return more;
}

QWidget* LoginPane::Private::makeActions()
{
    signIn = primaryButton(QObject::tr("Sign in"), QStringLiteral("signIn"));
    signIn->setMinimumWidth(96);
    moreButton = linkButton(QObject::tr("More"), QStringLiteral("loginMoreButton"));
    moreButton->setCheckable(true);
    moreButton->setIcon(icon(QStringLiteral("chevron-right"), Role::Accent));
    progress = new BusyBar;
    setNames(progress, QStringLiteral("loginProgress"), QObject::tr("Signing in"));
    progress->hide();
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, space::small, 0, 0);
    row->setSpacing(space::medium);
    row->addWidget(signIn);
    row->addWidget(progress);
    row->addStretch(1);
    return box;
}

QWidget* LoginPane::Private::makeResult()
{
    problem = plainLabel();
    setKind(problem, "bad");
    problem->setWordWrap(true);
    setNames(problem, QStringLiteral("loginProblem"), QObject::tr("What is wrong with the login"));
    banner = new Banner;
    banner->setObjectName(QStringLiteral("loginResult"));
    fix = mutedLabel();
    fix->setObjectName(QStringLiteral("loginFix"));
    fix->setWordWrap(true);
    fix->setTextInteractionFlags(Qt::TextSelectableByMouse);
    inspect = linkButton(QObject::tr("Look into the token"), QStringLiteral("inspectLoginToken"));
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, space::large, 0, 0);
    column->setSpacing(space::small);
    for (QWidget* widget : std::initializer_list<QWidget*>{problem, banner, fix})
        column->addWidget(widget);
    column->addWidget(inspect, 0, Qt::AlignLeft);
    return box;
}

LoginPane::LoginPane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setNames(this, QStringLiteral("loginPane"), tr("Sign in"));
    setKind(this, "surface");
    auto* inner = new QWidget;
    setKind(inner, "surface");
    inner->setMaximumWidth(formWidth + 2 * space::large);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(0);
    column->addWidget(pageTitle(tr("Sign in to the API")));
    column->addSpacing(space::tiny);
    QLabel* lead =
        mutedLabel(tr("The token that comes back is found by itself, verified, and sent with every "
                      "request that asks for it."));
    lead->setWordWrap(true);
    column->addWidget(lead);
    column->addSpacing(space::large);
    column->addWidget(d->makeForm());
    QWidget* more = d->makeMore();
    QWidget* actions = d->makeActions();
    column->addWidget(d->moreButton, 0, Qt::AlignLeft);
    column->addWidget(more);
    column->addWidget(actions);
    column->addWidget(d->makeResult());
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inner);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    setDraft({});
    d->hideResult();
    d->connectAll();
}

LoginPane::~LoginPane() = default;

void LoginPane::Private::connectAll()
{
    for (QLineEdit* edit : {url, user, password, userField, passwordField, tokenPath}) {
        QObject::connect(edit, &QLineEdit::returnPressed, pane, [this] { tryLogin(); });
        QObject::connect(edit, &QLineEdit::textEdited, pane, [this] {
            problem->hide();
            Q_EMIT pane->changed();
        });
    }
    QObject::connect(method, &QComboBox::editTextChanged, pane, &LoginPane::changed);
    QObject::connect(form, &QComboBox::currentIndexChanged, pane, &LoginPane::changed);
    QObject::connect(signIn, &QPushButton::clicked, pane, [this] { tryLogin(); });
    QObject::connect(moreButton, &QPushButton::toggled, pane, [this](bool open) {
        more->setVisible(open);
        moreButton->setText(open ? QObject::tr("Less") : QObject::tr("More"));
        moreButton->setIcon(
            icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), Role::Accent));
    });
    QObject::connect(key, &KeyField::keyRingChanged, pane, &LoginPane::keyRingChanged);
    QObject::connect(key, &KeyField::returnPressed, pane, [this] { tryLogin(); });
    QObject::connect(inspect, &QPushButton::clicked, pane, [this] { Q_EMIT pane->tokenActivated(token); });
}

void LoginPane::Private::hideResult()
{
    for (QWidget* widget : std::initializer_list<QWidget*>{problem, banner, fix, inspect})
        widget->hide();
}

void LoginPane::Private::goTo(LoginInput input)
{
    const bool inMore = input == LoginInput::UserField || input == LoginInput::PasswordField;
    if (inMore)
        moreButton->setChecked(true);
    QLineEdit* edit = input == LoginInput::Url         ? url
                      : input == LoginInput::User      ? user
                      : input == LoginInput::UserField ? userField
                                                       : passwordField;
    edit->setFocus();
}

void LoginPane::Private::tryLogin()
{
    if (busy)
        return;
    const store::LoginDraft draft = pane->draft();
    const std::vector<LoginProblem> problems = problemsOf(draft);
    if (!problems.empty()) {
        problem->setText(problems.front().text);
        problem->show();
        return goTo(problems.front().input);
    }
    hideResult();
    Q_EMIT pane->loginRequested(loginOf(draft, Secret(toUtf8(password->text()))));
}

store::LoginDraft LoginPane::draft() const
{
    store::LoginDraft draft;
    draft.url = toUtf8(d->url->text());
    draft.method = toUtf8(d->method->currentText().trimmed());
    draft.userField = toUtf8(d->userField->text());
    draft.passwordField = toUtf8(d->passwordField->text());
    draft.user = toUtf8(d->user->text());
    draft.form = d->form->currentIndex() == 1;
    draft.tokenPath = toUtf8(d->tokenPath->text());
    return draft;
}

void LoginPane::setDraft(const store::LoginDraft& draft)
{
    d->url->setText(toQString(draft.url));
    d->method->setCurrentText(toQString(draft.method));
    d->userField->setText(toQString(draft.userField));
    d->passwordField->setText(toQString(draft.passwordField));
    d->user->setText(toQString(draft.user));
    d->form->setCurrentIndex(draft.form ? 1 : 0);
    d->tokenPath->setText(toQString(draft.tokenPath));
}

void LoginPane::fill(const auth::Login& login, const QString& secret)
{
    setDraft(draftOf(login));
    d->password->setText(toQString(login.password.reveal()));
    d->key->setText(secret);
    d->hideResult();
    Q_EMIT changed();
}

void LoginPane::setClock(std::function<Instant()> clock)
{
    d->clock = std::move(clock);
}

void LoginPane::setBusy(bool busy)
{
    d->busy = busy;
    d->signIn->setEnabled(!busy);
    d->signIn->setText(busy ? tr("Signing in") : tr("Sign in"));
    d->progress->setVisible(busy);
}

void LoginPane::Private::showError(const Error& error)
{
    const Failure failure = failureOf(error);
    banner->say(Tone::Bad, QObject::tr("Not signed in"),
                failure.why.isEmpty() ? failure.what : QString(failure.what + u' ' + failure.why));
    banner->show();
    fix->setText(failure.fix);
    fix->setVisible(!failure.fix.isEmpty());
    inspect->hide();
}

void LoginPane::Private::showVerdict(const inspect::Inspection& inspection)
{
    const QString where = place.isEmpty() ? QString() : QObject::tr("Token found in %1: ").arg(place);
    const QString line = where + verdictLine(inspection, clock()) + u'.';
    const QString reason = inspection.reason.empty() ? QString() : QString(u' ' + shown(inspection.reason));
    banner->say(toneOf(moodOf(inspection.verdict)), QObject::tr("Signed in"), line + reason);
    banner->show();
    const auto finding = inspection.findings.begin();
    fix->setText(finding == inspection.findings.end() ? QString()
                                                      : shown(finding->title + ". " + finding->advice));
    fix->setVisible(!fix->text().isEmpty());
    inspect->setVisible(!token.isEmpty());
}

void LoginPane::showResult(const workbench::LoginResult& result)
{
    setBusy(false);
    d->hideResult();
    if (result.error)
        return d->showError(*result.error);
    if (!result.token)
        return;
    d->place = shown(result.token->found.place);
    d->token = toQString(result.token->found.text);
    d->showVerdict(result.token->inspection);
}

void LoginPane::showState(const workbench::SessionState& state)
{
    if (!state.name.empty() && state.inspection && d->banner->isVisibleTo(this))
        d->showVerdict(*state.inspection);
    else if (state.name.empty() && d->banner->tone() != Tone::Bad)
        d->hideResult();
}

} // namespace claimcheck::ui
