// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/identitydesk.h>

#include <algorithm>

#include <QtGui/qdesktopservices.h>

#include <base/text.h>
#include <mainwindow/noticebar.h>
#include <request/requesttabs.h>
#include <response/answersdialog.h>
#include <runner/runnerpane.h>
#include <sessions/identitylist.h>
#include <sessions/sessionchip.h>
#include <sessions/stepsdialog.h>
#include <sessions/timeaxis.h>
#include <state/identitytext.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {

using workbench::Identities;
using workbench::IdentityState;
using workbench::TokenQuestion;

namespace {

/// Before the end of the sign-in form's session; of a short one, half of its life.
constexpr Milliseconds formNoticeBefore{120'000};
/// The machine may sleep and its clock be set meanwhile, so nothing waits longer than this.
constexpr Milliseconds longestFormPause{15'000};

} // namespace

IdentityDesk::IdentityDesk(workbench::Workbench& workbench, const Widgets& widgets, QObject* parent)
    : QObject(parent),
      m_workbench(workbench),
      m_identities(workbench.identities()),
      m_widgets(widgets),
      m_browser([](const QUrl& url) { QDesktopServices::openUrl(url); })
{
    m_formTimer.setSingleShot(true);
    connect(&m_formTimer, &QTimer::timeout, this, &IdentityDesk::watchForm);
    connectAll();
    connectQuestions();
    show();
}

void IdentityDesk::connectAll()
{
    const IdentityList* const list = m_widgets.list;
    connect(&m_identities, &Identities::changed, this, &IdentityDesk::show);
    connect(&m_identities, &Identities::chosenChanged, this, &IdentityDesk::show);
    connect(&m_identities, &Identities::endsSoon, this, &IdentityDesk::warn);
    connect(&m_identities, &Identities::failed, this,
            [this](const Error& error) { m_widgets.notice->say(error); });
    // A device's code is typed elsewhere, when the person is ready; a browser is opened at once.
    connect(&m_identities, &Identities::prompted, this, [this](const QString&, const auth::Prompt& prompt) {
        if (!prompt.device)
            open(toQString(prompt.link));
    });
    const auto on = [this, list](auto signal, auto deed) {
        connect(list, signal, this,
                [this, deed](const QString& name) { (m_identities.*deed)(toUtf8(name)); });
    };
    const auto onSignIn = [this, list](auto signal, auto deed) {
        connect(list, signal, this, [this, deed](const QString& name) { beginSignIn(toUtf8(name), deed); });
    };
    onSignIn(&IdentityList::signInRequested, &Identities::signIn);
    onSignIn(&IdentityList::renewRequested, &Identities::renew);
    connect(&m_identities, &Identities::changed, this, &IdentityDesk::endSignIn);
    connect(&m_identities, &Identities::exchanged, this,
            [this](const QString& name, const http::Exchange& exchange) {
                showAnswerTo(toUtf8(name), exchange);
            });
    on(&IdentityList::signOutRequested, &Identities::signOut);
    on(&IdentityList::cancelRequested, &Identities::cancel);
    connect(list, &IdentityList::keepToggled, this,
            [this](const QString& name, bool kept) { m_identities.setKept(toUtf8(name), kept); });
    connect(list, &IdentityList::linkActivated, this, &IdentityDesk::open);
    connect(list, &IdentityList::stepsRequested, this, &IdentityDesk::showSteps);
    connect(list, &IdentityList::inspectRequested, this,
            [this](const QString& name) { inspect(toUtf8(name)); });
    connect(m_widgets.chip, &SessionChip::inspectRequested, this, [this] { inspect(m_identities.chosen()); });
    connect(m_widgets.requests, &RequestTabs::identityChosen, this, &IdentityDesk::choose);
    connect(m_widgets.chip, &SessionChip::identityChosen, this, &IdentityDesk::choose);
    connect(m_widgets.chip, &SessionChip::signOutRequested, this, &IdentityDesk::signOut);
    connect(m_widgets.chip, &SessionChip::renewRequested, this,
            [this] { m_identities.renew(m_identities.chosen()); });
}

void IdentityDesk::choose(const QString& name)
{
    m_identities.choose(toUtf8(name));
}

/// What a server or a file names is opened only where it is a page.
void IdentityDesk::open(const QString& link)
{
    const QUrl url(link, QUrl::StrictMode);
    const bool isOfWeb = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (url.isValid() && isOfWeb && !url.host().isEmpty())
        m_browser(url);
}

void IdentityDesk::showSteps(const QString& name)
{
    showExchanges(tr("Sign-in as %1, step by step").arg(toQString(visible(toUtf8(name)))),
                  m_identities.steps(toUtf8(name)));
}

void IdentityDesk::showExchanges(const QString& title, const std::vector<archive::Record>& exchanges,
                                 const QString& preface)
{
    auto* dialog = new StepsDialog(title, exchanges, m_widgets.list->window(), preface);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

/// Empty for an answer that nobody signed.
static QString verdictText(const std::optional<auth::AnswerVerdict>& verdict)
{
    QString text;
    if (verdict)
        for (const std::string& line : auth::linesOf(*verdict))
            text += toQString(visible(line)) + u'\n';
    return text;
}

/// What can be known of the tokens of an identity beyond their rest.
void IdentityDesk::connectQuestions()
{
    const IdentityList* const list = m_widgets.list;
    const auto onInspect = [this, list](auto signal, Secret auth::LiveTokens::*token) {
        connect(list, signal, this, [this, token](const QString& name) {
            if (const auto held = m_identities.held(toUtf8(name)); held && !(held->tokens.*token).isEmpty())
                Q_EMIT tokenActivated(toQString((held->tokens.*token).reveal()));
        });
    };
    onInspect(&IdentityList::inspectIdTokenRequested, &auth::LiveTokens::idToken);
    onInspect(&IdentityList::inspectRefreshTokenRequested, &auth::LiveTokens::refreshToken);
    connect(list, &IdentityList::introspectRequested, this,
            [this](const QString& name) { m_identities.ask(toUtf8(name), TokenQuestion::Introspection); });
    connect(list, &IdentityList::introspectSignedRequested, this, [this](const QString& name) {
        m_identities.ask(toUtf8(name), TokenQuestion::Introspection, true);
    });
    connect(list, &IdentityList::userinfoRequested, this,
            [this](const QString& name) { m_identities.ask(toUtf8(name), TokenQuestion::Userinfo); });
    connect(&m_identities, &Identities::answered, this,
            [this](const QString& name, TokenQuestion question, const archive::Record& record,
                   const std::optional<auth::AnswerVerdict>& verdict) {
                const QString shown = toQString(visible(toUtf8(name)));
                showExchanges(question == TokenQuestion::Introspection
                                  ? tr("What the server says of the token of %1").arg(shown)
                                  : tr("Who the token of %1 stands for").arg(shown),
                              {record}, verdictText(verdict));
            });
}

/// The one at hand, good or over; empty: that of the sign-in form.
void IdentityDesk::inspect(const std::string& name)
{
    const auth::Session* const form = m_workbench.session();
    const auto held = m_identities.held(name);
    const Secret token = held                              ? held->tokens.accessToken
                         : name.empty() && form != nullptr ? form->token
                                                           : Secret();
    if (!token.isEmpty())
        Q_EMIT tokenActivated(toQString(token.reveal()));
}

IdentityState IdentityDesk::chosenState() const
{
    for (IdentityState& state : m_identities.states())
        if (state.name == m_identities.chosen())
            return std::move(state);
    return {};
}

void IdentityDesk::show()
{
    const std::vector<IdentityState> states = m_identities.states();
    m_widgets.list->setStates(states, m_identities.problem(), m_workbench.secrets().hasKeychain());
    m_widgets.axis->setRows(axisRows(m_form, states));
    SentAs sentAs;
    for (const IdentityState& state : states)
        sentAs.identities.push_back(state.name);
    sentAs.chosen = m_identities.chosen();
    sentAs.formName = m_form.name;
    m_widgets.requests->setSentAs(sentAs);
    m_widgets.runner->setIdentities(sentAs.identities);
    const bool isForm = sentAs.chosen.empty();
    const IdentityState chosen = isForm ? IdentityState() : chosenState();
    workbench::SessionState shown;
    if (isForm)
        shown = m_form;
    else if (chosen.isSignedIn)
        shown = {chosen.name, {}, chosen.since, chosen.ends, std::nullopt};
    m_widgets.chip->setState(shown);
    m_widgets.chip->setSentAs(sentAs, chosen.isSignedIn && chosen.renewsAlone);
    const auth::Session* const form = m_workbench.session();
    SessionUse use{toQString(shown.name), chosen.origins, shown.expiresAt};
    if (isForm && form != nullptr)
        use.origins = form->origins;
    if (chosen.renewsAlone)
        use.expiresAt.reset(); // nobody has to do anything about it
    m_widgets.requests->setSession(use);
    Q_EMIT changed();
}

void IdentityDesk::showSession(const workbench::SessionState& state)
{
    m_form = state;
    show();
    watchForm();
}

/// Nothing renews the session of the form: its password is not kept. Said once for each token.
void IdentityDesk::watchForm()
{
    m_formTimer.stop();
    if (m_form.name.empty() || !m_form.expiresAt || m_formWarned == m_form.expiresAt)
        return;
    const Instant now = currentTime();
    const Instant end = *m_form.expiresAt;
    if (end <= now)
        return;
    const Milliseconds life = end - m_form.issuedAt.value_or(now);
    const Milliseconds pause = end - std::min(formNoticeBefore, std::max(life / 2, Milliseconds(0))) - now;
    if (pause > Milliseconds(0))
        return m_formTimer.start(std::min(pause, longestFormPause));
    m_formWarned = end;
    m_widgets.notice->offer(
        Tone::Warn, tr("The session %1 ends soon").arg(toQString(visible(m_form.name))),
        tr("%1. Nothing renews the session of the sign-in form.").arg(toQString(formatFull(end, now))),
        tr("Sign in again"), [this] { Q_EMIT signInWanted(); });
}

bool IdentityDesk::isSignedIn() const
{
    return m_identities.chosen().empty() ? !m_form.name.empty() : chosenState().isSignedIn;
}

void IdentityDesk::signOut()
{
    if (m_identities.chosen().empty())
        m_workbench.signOut();
    else
        m_identities.signOut(m_identities.chosen());
}

bool IdentityDesk::canSendAsAll() const
{
    return !m_identities.states().empty() && m_widgets.requests->count() > 0;
}

void IdentityDesk::sendAsAll(QWidget* window)
{
    std::vector<std::string> names;
    for (const IdentityState& state : m_identities.states()) {
        const bool needsPerson = state.login == "authorization-code" || state.login == "device-code";
        if (state.isSignedIn || !needsPerson)
            names.push_back(state.name);
    }
    names.emplace_back(Identities::nobody);
    const collection::Item item = m_widgets.requests->currentItemToSend();
    auto* dialog = new AnswersDialog(toQString(visible(item.entry.name)), window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AnswersDialog::cancelRequested, &m_workbench, &workbench::Workbench::cancel);
    connect(&m_workbench, &workbench::Workbench::comparisonFinished, dialog, &AnswersDialog::setAnswers,
            Qt::SingleShotConnection);
    dialog->open();
    m_workbench.sendAsAll(item, names);
}

void IdentityDesk::warn(const IdentityState& state)
{
    const QString name = toQString(visible(state.name));
    const QString why = problemWords(state);
    const QString when = toQString(formatFull(*state.ends, currentTime()));
    m_widgets.notice->offer(Tone::Warn, tr("The session %1 ends soon").arg(name),
                            why.isEmpty()
                                ? tr("%1. Nothing renews it: a person has to sign in again.").arg(when)
                                : tr("%1. %2").arg(when, why),
                            tr("Sign in again"), [this, who = state.name] { m_identities.signIn(who); });
}

} // namespace claimcheck::ui
