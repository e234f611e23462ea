// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/identityeditor.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qscrollarea.h>

#include <base/text.h>
#include <sessions/trialpanel.h>
#include <theme/questionbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr QSize editorSize(940, 680);
constexpr int formWidth = 440;

} // namespace

IdentityEditor::IdentityEditor(const QString& title, const IdentityDraft& draft, const IdentityAround& around,
                               QWidget* parent)
    : QDialog(parent),
      m_fields(new IdentityFields(draft, around)),
      m_trial(new TrialPanel),
      m_keep(new QCheckBox(tr("Keep typed values in the keychain"))),
      m_problem(plainLabel()),
      m_begun(m_fields->draft())
{
    setObjectName(QStringLiteral("identityEditor"));
    setWindowTitle(title);
    resize(editorSize);
    setKind(m_problem, "bad");
    m_problem->setWordWrap(true);
    m_problem->hide();
    setNames(m_problem, QStringLiteral("identityEditorProblem"), tr("Why it was not saved"));
    auto* halves = new QHBoxLayout;
    halves->setSpacing(space::large);
    halves->addWidget(makeForm());
    halves->addWidget(m_trial, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addLayout(halves, 1);
    if (!around.newEnvironment.empty())
        column->addWidget(makeEnvironmentNote(around.newEnvironment));
    column->addWidget(m_problem);
    column->addWidget(makeButtons(around.hasKeychain));
    connect(m_fields, &IdentityFields::edited, this, [this] {
        m_problem->hide();
        m_trial->markOutdated();
    });
    connect(m_trial, &TrialPanel::tryRequested, this, [this] {
        if (m_fields->check())
            Q_EMIT tryRequested(m_fields->draft());
    });
    // Return in a line does nothing by accident: neither a sign-in nor a question to an issuer.
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setAutoDefault(false);
    m_fields->setFocus();
}

QWidget* IdentityEditor::makeForm()
{
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(formWidth);
    m_fields->setContentsMargins(0, 0, space::medium, 0); // beside the scroll bar
    setKind(m_fields, "surface");
    scroll->setWidget(m_fields);
    return scroll;
}

QWidget* IdentityEditor::makeEnvironmentNote(const std::string& name)
{
    QLabel* note = captionLabel(tr("The collection has no environment yet. For a value that is typed here it "
                                   "gets one, “%1”, whose file has the secret's name and not its value.")
                                    .arg(toQString(visible(name))));
    note->setWordWrap(true);
    note->setObjectName(QStringLiteral("newEnvironmentNote"));
    return note;
}

QWidget* IdentityEditor::makeButtons(bool hasKeychain)
{
    m_keep->setObjectName(QStringLiteral("keepTypedValues"));
    m_keep->setEnabled(hasKeychain);
    m_keep->setChecked(hasKeychain);
    if (!hasKeychain)
        m_keep->setText(tr("No keychain answers: typed values are kept until the program ends"));
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelIdentityEditor"));
    QPushButton* save = primaryButton(tr("Save"), QStringLiteral("saveIdentity"));
    connect(cancel, &QPushButton::clicked, this, &IdentityEditor::reject);
    connect(save, &QPushButton::clicked, this, [this] {
        if (m_fields->check())
            Q_EMIT saveRequested(m_fields->draft());
    });
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(m_keep);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(save);
    return part;
}

bool IdentityEditor::inKeychain() const
{
    return m_keep->isEnabled() && m_keep->isChecked();
}

void IdentityEditor::say(const Error& error)
{
    m_problem->setText(toQString(visible(describe(error))));
    m_problem->show();
}

void IdentityEditor::reject()
{
    if (m_isDiscarded || m_fields->draft() == m_begun)
        return QDialog::reject();
    askToDiscard();
}

void IdentityEditor::askToDiscard()
{
    auto* box =
        new QuestionBox(QStringLiteral("discardIdentity"), tr("What was typed here is not saved."), this);
    box->offerLoss(tr("Discard changes"),
                   [this] {
                       m_isDiscarded = true;
                       reject();
                   })
        ->setObjectName(QStringLiteral("discardTyped"));
    box->ask(tr("Keep editing"));
}

} // namespace claimcheck::ui
