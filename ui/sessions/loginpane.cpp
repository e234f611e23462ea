// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/loginpane.h>

#include <QtCore/qtimer.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>

#include <base/text.h>
#include <sessions/keyfield.h>
#include <sessions/loginfields.h>
#include <sessions/loginoutcome.h>
#include <theme/busybar.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int widestForm = 492; ///< px; wider lines are harder to read

} // namespace

struct LoginPane::Private
{
    explicit Private(LoginPane* owner) : pane(owner) {}

    LoginPane* pane;
    LoginFields* fields = nullptr;
    LoginOutcome* outcome = nullptr;
    QPushButton* signIn = nullptr;
    QPushButton* cancel = nullptr;
    BusyBar* progress = nullptr;
    std::function<Instant()> clock = currentTime;
    QTimer timer; ///< what is left of the token
    bool busy = false;

    QWidget* makePage();
    QWidget* makeActions();
    void connectAll();
    void tryLogin();
};

QWidget* LoginPane::Private::makePage()
{
    auto* page = new QWidget;
    setKind(page, "surface");
    page->setMaximumWidth(widestForm);
    fields = new LoginFields;
    outcome = new LoginOutcome;
    QLabel* lead = mutedLabel(QObject::tr("The token that comes back is found by itself, verified, and sent "
                                          "with every request that asks for it."));
    lead->setWordWrap(true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::medium, space::large, space::large);
    column->setSpacing(0);
    column->addWidget(pageTitle(QObject::tr("Sign in to the API")));
    column->addSpacing(space::tiny);
    column->addWidget(lead);
    column->addSpacing(space::large);
    column->addWidget(fields);
    column->addWidget(makeActions());
    column->addSpacing(space::large);
    column->addWidget(outcome);
    column->addStretch(1);
    return page;
}

QWidget* LoginPane::Private::makeActions()
{
    signIn = primaryButton(QObject::tr("Sign in"), QStringLiteral("signIn"));
    signIn->setMinimumWidth(96);
    cancel = pushButton(QObject::tr("Cancel"), QStringLiteral("cancelLogin"));
    cancel->setToolTip(QObject::tr("Stop waiting for the answer (Esc)"));
    cancel->hide();
    progress = new BusyBar;
    setNames(progress, QStringLiteral("loginProgress"), QObject::tr("Signing in"));
    progress->hide();
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, space::small, 0, 0);
    row->setSpacing(space::medium);
    row->addWidget(signIn);
    row->addWidget(cancel);
    row->addWidget(progress);
    row->addStretch(1);
    return box;
}

LoginPane::LoginPane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setNames(this, QStringLiteral("loginPane"), tr("Sign in"));
    setKind(this, "surface");
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(d->makePage());
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    setFocusProxy(d->fields->firstInput());
    d->connectAll();
    connect(&d->timer, &QTimer::timeout, this, [this] { d->outcome->tick(d->clock()); });
    d->timer.start(std::chrono::seconds(1));
}

LoginPane::~LoginPane() = default;

void LoginPane::Private::connectAll()
{
    QObject::connect(fields, &LoginFields::submitted, pane, [this] { tryLogin(); });
    QObject::connect(signIn, &QPushButton::clicked, pane, [this] { tryLogin(); });
    QObject::connect(cancel, &QPushButton::clicked, pane, &LoginPane::cancelRequested);
    QObject::connect(fields, &LoginFields::edited, pane, [this] {
        outcome->hideProblem();
        Q_EMIT pane->changed();
    });
    QObject::connect(fields->key(), &KeyField::keyRingChanged, pane, &LoginPane::keyRingChanged);
    QObject::connect(outcome, &LoginOutcome::tokenActivated, pane, &LoginPane::tokenActivated);
    QObject::connect(outcome, &LoginOutcome::requestsRequested, pane, &LoginPane::requestsRequested);
}

void LoginPane::Private::tryLogin()
{
    if (busy)
        return;
    const store::LoginDraft draft = fields->draft();
    const std::vector<LoginProblem> problems = problemsOf(draft);
    if (!problems.empty()) {
        outcome->showProblem(problems.front().text);
        return fields->goTo(problems.front().input);
    }
    outcome->clear();
    Q_EMIT pane->loginRequested(loginOf(draft, fields->password()));
}

store::LoginDraft LoginPane::draft() const
{
    return d->fields->draft();
}

void LoginPane::setDraft(const store::LoginDraft& draft)
{
    d->fields->setDraft(draft);
}

void LoginPane::setKeyRing(const inspect::KeyRing& ring)
{
    d->fields->key()->setRing(ring);
}

void LoginPane::fill(const auth::Login& login, const QString& secret)
{
    d->fields->setDraft(draftOf(login));
    d->fields->setPassword(login.password);
    d->fields->key()->setText(secret);
    d->outcome->clear();
    Q_EMIT changed();
}

void LoginPane::setClock(std::function<Instant()> clock)
{
    d->clock = std::move(clock);
    d->outcome->tick(d->clock());
}

void LoginPane::setBusy(bool busy)
{
    // The focus stays where the next key is of use: on Cancel while it runs, on Sign in afterwards.
    const bool signInHadFocus = d->signIn->hasFocus();
    const bool cancelHadFocus = d->cancel->hasFocus();
    d->busy = busy;
    d->cancel->setVisible(busy);
    if (busy && signInHadFocus)
        d->cancel->setFocus();
    d->signIn->setEnabled(!busy);
    d->signIn->setText(busy ? tr("Signing in") : tr("Sign in"));
    d->progress->setVisible(busy);
    if (!busy && cancelHadFocus)
        d->signIn->setFocus();
}

void LoginPane::showResult(const workbench::LoginResult& result)
{
    setBusy(false);
    if (result.error)
        d->outcome->showError(*result.error);
    else if (result.token)
        d->outcome->showToken(*result.token, result.notes, d->clock());
}

void LoginPane::showState(const workbench::SessionState& state)
{
    if (state.name.empty() && d->outcome->showsToken())
        d->outcome->clear();
    else if (state.inspection)
        d->outcome->renewVerdict(*state.inspection, d->clock());
}

} // namespace claimcheck::ui
