// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/identityrow.h>

#include <algorithm>

#include <QtGui/qaction.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qmenu.h>

#include <base/text.h>
#include <sessions/drainbar.h>
#include <sessions/promptbox.h>
#include <state/identitytext.h>
#include <state/plaintip.h>
#include <theme/elidedlabel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr double nearShare = 0.1; ///< of the session's life

} // namespace

IdentityRow::IdentityRow(const std::string& name, QWidget* parent) : QWidget(parent), m_name(name)
{
    setObjectName(QStringLiteral("identityRow"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::small, space::large, space::small);
    column->setSpacing(space::tiny);
    m_bar = new DrainBar;
    m_prompt = new PromptBox;
    m_problem = plainLabel();
    setKind(m_problem, "bad");
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setNames(m_problem, QStringLiteral("identityProblem"), tr("What is wrong with this session"));
    m_notes = plainLabel();
    setKind(m_notes, "warn");
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setNames(m_notes, QStringLiteral("identityNotes"), tr("What is odd about this session's token"));
    column->addLayout(makeHead());
    column->addWidget(m_bar);
    column->addLayout(makeButtons());
    column->addWidget(m_problem);
    column->addWidget(m_notes);
    column->addWidget(m_prompt);
    connect(m_prompt, &PromptBox::linkActivated, this, &IdentityRow::linkActivated);
}

QLayout* IdentityRow::makeHead()
{
    const QString shown = toQString(visible(m_name));
    auto* who = new ElidedLabel(shown); // of any length
    who->setFont(boldFont());
    who->setObjectName(QStringLiteral("identityName"));
    who->setToolTip(plainTip(shown));
    m_kind = captionLabel();
    m_kind->setObjectName(QStringLiteral("identityKind"));
    m_rest = plainLabel();
    setNames(m_rest, QStringLiteral("identityRest"), tr("Rest of the session %1").arg(shown));
    auto* line = new QHBoxLayout;
    line->setSpacing(space::small);
    line->addWidget(who, 1);
    line->addWidget(m_rest);
    line->addWidget(makeMenuButton());
    auto* head = new QVBoxLayout;
    head->setSpacing(0);
    head->addLayout(line);
    head->addWidget(m_kind);
    return head;
}

QToolButton* IdentityRow::makeMenuButton()
{
    const QString name = toQString(m_name);
    QToolButton* button = flatButton(QStringLiteral("more"),
                                     tr("What else can be done with %1").arg(toQString(visible(m_name))),
                                     QStringLiteral("identityMenuButton"));
    auto* menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("identityMenu"));
    const auto add = [&](const QString& text, const char* objectName, auto signal) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(objectName));
        connect(action, &QAction::triggered, this, [this, name, signal] { Q_EMIT(this->*signal)(name); });
        return action;
    };
    m_inspect = add(tr("Look into the token"), "inspectIdentity", &IdentityRow::inspectRequested);
    m_inspectIdToken =
        add(tr("Look into the ID token"), "inspectIdToken", &IdentityRow::inspectIdTokenRequested);
    m_inspectRefreshToken = add(tr("Look into the refresh token"), "inspectRefreshToken",
                                &IdentityRow::inspectRefreshTokenRequested);
    m_introspect = add(tr("Ask the server if the token is still good"), "introspectIdentity",
                       &IdentityRow::introspectRequested);
    m_introspectSigned = add(tr("Ask for a signed JWT, and take no answer that is not verified"),
                             "introspectSignedIdentity", &IdentityRow::introspectSignedRequested);
    m_userinfo =
        add(tr("Ask the server who it stands for"), "userinfoIdentity", &IdentityRow::userinfoRequested);
    showActions();
    add(tr("Edit login…"), "editIdentity", &IdentityRow::editRequested);
    add(tr("Duplicate…"), "duplicateIdentity", &IdentityRow::duplicateRequested);
    add(tr("Delete"), "deleteIdentity", &IdentityRow::deleteRequested);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

QLayout* IdentityRow::makeButtons()
{
    const QString shown = toQString(visible(m_name));
    const QString name = toQString(m_name);
    m_signIn = pushButton(tr("Sign in"), QStringLiteral("signInIdentity"));
    m_signIn->setAccessibleName(tr("Sign in as %1").arg(shown));
    m_renew = pushButton(tr("Renew"), QStringLiteral("renewIdentity"));
    m_renew->setAccessibleName(tr("Renew the session %1").arg(shown));
    m_signOut = pushButton(tr("Sign out"), QStringLiteral("signOutIdentity"));
    m_signOut->setAccessibleName(tr("Sign out %1").arg(shown));
    m_cancel = pushButton(tr("Cancel"), QStringLiteral("cancelIdentity"));
    m_cancel->setAccessibleName(tr("Stop signing in as %1").arg(shown));
    m_steps = linkButton(tr("Steps"), QStringLiteral("identitySteps"));
    m_steps->setAccessibleName(tr("Steps of the sign-in as %1").arg(shown));
    m_steps->setToolTip(tr("What was asked and answered, without secrets"));
    connect(m_steps, &QPushButton::clicked, this, [this, name] { Q_EMIT stepsRequested(name); });
    m_keep = new QCheckBox(tr("Keep in keychain"));
    setNames(m_keep, QStringLiteral("keepIdentity"), tr("Keep the session %1 in the keychain").arg(shown));
    connect(m_signIn, &QPushButton::clicked, this, [this, name] { Q_EMIT signInRequested(name); });
    connect(m_renew, &QPushButton::clicked, this, [this, name] { Q_EMIT renewRequested(name); });
    connect(m_signOut, &QPushButton::clicked, this, [this, name] { Q_EMIT signOutRequested(name); });
    connect(m_cancel, &QPushButton::clicked, this, [this, name] { Q_EMIT cancelRequested(name); });
    connect(m_keep, &QCheckBox::clicked, this, [this, name](bool on) { Q_EMIT keepToggled(name, on); });
    return leftLine({m_signIn, m_renew, m_cancel, m_signOut, m_steps, m_keep});
}

void IdentityRow::setState(const workbench::IdentityState& state, bool hasKeychain, Instant now)
{
    m_state = state;
    m_kind->setText(loginWords(state.login));
    // A session that nothing renews is begun anew by a person.
    m_signIn->setVisible(!state.isBusy && (!state.isSignedIn || !state.renewsAlone));
    m_renew->setVisible(!state.isBusy && state.isSignedIn && state.renewsAlone);
    m_cancel->setVisible(state.isBusy);
    m_signOut->setVisible(state.isSignedIn);
    m_keep->setVisible(state.isSignedIn && hasKeychain);
    m_keep->setChecked(state.isKept);
    m_steps->setVisible(state.hasSteps);
    showActions();
    const QString problem = problemWords(state);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    const QString notes = noteWords(state.notes);
    m_notes->setText(notes);
    m_notes->setVisible(!notes.isEmpty());
    m_prompt->setPrompt(state.isBusy ? state.prompt : std::nullopt);
    tick(now);
}

void IdentityRow::showActions()
{
    const auto hasToken = [this](const std::string& what) {
        return std::ranges::find(m_state.tokens, what, &workbench::TokenSpan::what) != m_state.tokens.end();
    };
    m_inspect->setVisible(m_state.isSignedIn);
    m_inspectIdToken->setVisible(m_state.isSignedIn && hasToken("ID token"));
    m_inspectRefreshToken->setVisible(m_state.isSignedIn && hasToken("refresh token"));
    for (QAction* action : {m_introspect, m_introspectSigned, m_userinfo})
        action->setVisible(m_state.isSignedIn && m_state.hasServer);
}

void IdentityRow::tick(Instant now)
{
    const QString rest = restWords(m_state, now);
    if (m_rest->text() != rest)
        m_rest->setText(rest);
    const bool isOver = isExpired(m_state, now);
    const bool counts = !isOver && restShare(m_state, now).has_value();
    const char* const kind = isOver ? "bad" : m_state.isSignedIn ? "" : "muted";
    if (m_rest->property("kind").toString() != QLatin1String(kind))
        setKind(m_rest, kind);                      // takes the font back
    m_rest->setFont(counts ? monoFont() : QFont()); // digits that do not jump; words as beside them
    const auto share = restShare(m_state, now);
    m_bar->setVisible(share.has_value());
    const double left = share.value_or(0);
    m_bar->setShare(left, isOver ? Role::Bad : left < nearShare ? Role::Warn : Role::Ok);
}

} // namespace claimcheck::ui
