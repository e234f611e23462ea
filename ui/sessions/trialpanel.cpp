// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/trialpanel.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qplaintextedit.h>

#include <base/text.h>
#include <sessions/promptbox.h>
#include <sessions/stepsdialog.h>
#include <state/identitytext.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// What came of it, a line for each token.
QString tokenWords(const workbench::IdentityState& state, Instant now)
{
    QStringList lines{TrialPanel::tr("Signed in.")};
    for (const workbench::TokenSpan& token : state.tokens) {
        const QString what = toQString(token.what);
        lines.append(token.to ? TrialPanel::tr("%1: ends %2").arg(what, toQString(formatFull(*token.to, now)))
                              : TrialPanel::tr("%1: no end is known").arg(what));
    }
    lines.append(state.renewsAlone ? TrialPanel::tr("It renews itself.")
                                   : TrialPanel::tr("Nothing renews it: a person signs in again."));
    return lines.join(u'\n');
}

} // namespace

TrialPanel::TrialPanel(QWidget* parent)
    : QWidget(parent),
      m_try(pushButton(tr("Try it"), QStringLiteral("tryLogin"))),
      m_renew(pushButton(tr("Try the renewal"), QStringLiteral("tryRenewal"))),
      m_stop(pushButton(tr("Stop"), QStringLiteral("stopTrial"))),
      m_word(plainLabel()),
      m_outdated(captionLabel(tr("What is typed has changed since."))),
      m_ended(captionLabel()),
      m_prompt(new PromptBox),
      m_steps(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("trialPanel"));
    m_try->setToolTip(tr("Signs in with what is typed, without saving it"));
    setNames(m_word, QStringLiteral("trialWord"), tr("How the trial went"));
    m_word->setWordWrap(true);
    m_word->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_outdated->setObjectName(QStringLiteral("trialOutdated"));
    m_ended->setObjectName(QStringLiteral("trialEnded"));
    m_ended->setWordWrap(true);
    m_ended->hide();
    setNames(m_steps, QStringLiteral("trialSteps"), tr("Requests and answers"));
    insetText(m_steps);
    m_steps->setReadOnly(true);
    m_steps->setFont(monoFont());
    m_steps->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_steps->setPlaceholderText(tr("Each step's request and answer stands here. Passwords, codes and tokens "
                                   "are left out."));
    QLabel* note =
        captionLabel(tr("Nothing of a trial is saved: with the next one, or with this window, its tokens are "
                        "forgotten. A grant's server that names a revocation endpoint is told so; another "
                        "one may take them until they end. What became of each is said then."));
    note->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    for (QPushButton* button : {m_try, m_stop, m_renew})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addLayout(buttons);
    column->addWidget(m_word);
    column->addWidget(m_outdated);
    column->addWidget(m_ended);
    column->addWidget(m_prompt);
    column->addWidget(m_steps, 1);
    column->addWidget(note);
    connectButtons();
    showState(std::nullopt, {});
}

void TrialPanel::connectButtons()
{
    connect(m_try, &QPushButton::clicked, this, &TrialPanel::tryRequested);
    connect(m_renew, &QPushButton::clicked, this, &TrialPanel::renewalRequested);
    connect(m_stop, &QPushButton::clicked, this, &TrialPanel::stopRequested);
    connect(m_prompt, &PromptBox::linkActivated, this, &TrialPanel::linkActivated);
}

void TrialPanel::say(const QString& text, const char* kind)
{
    m_word->setText(text);
    m_word->setVisible(!text.isEmpty());
    setKind(m_word, kind);
}

void TrialPanel::showState(const std::optional<workbench::IdentityState>& state,
                           const std::vector<archive::Record>& steps)
{
    const bool isBusy = state && state->isBusy;
    m_try->setVisible(!isBusy);
    m_stop->setVisible(isBusy);
    m_renew->setVisible(!isBusy && state && state->isSignedIn && state->renewsAlone);
    m_hasEnded = state && !isBusy;
    m_outdated->hide();
    m_prompt->setPrompt(isBusy ? state->prompt : std::nullopt);
    if (!state)
        say({}, "");
    else if (isBusy)
        say(tr("Signing in…"), "muted");
    else if (state->problem)
        say(problemWords(*state), "bad");
    else
        say(tokenWords(*state, currentTime()), "ok");
    const QString text = stepsText(steps);
    if (m_steps->toPlainText() != text)
        m_steps->setPlainText(text);
}

void TrialPanel::showEnded(const workbench::EndedTokens& ended)
{
    m_ended->setText(tr("Of the trial before: %1").arg(endedWords(ended)));
    m_ended->show();
}

void TrialPanel::markOutdated()
{
    m_outdated->setVisible(m_hasEnded);
}

} // namespace claimcheck::ui
