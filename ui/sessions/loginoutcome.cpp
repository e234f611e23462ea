// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/loginoutcome.h>

#include <utility>

#include <QtCore/qcoreevent.h>
#include <QtWidgets/qboxlayout.h>

#include <base/text.h>
#include <state/advice.h>
#include <state/identitytext.h>
#include <state/responseview.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

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

QString shown(std::string_view text)
{
    return toQString(visible(text));
}

QString sentenceOf(std::string_view text)
{
    return QString(shown(text) + u'.');
}

QString adviceOf(const inspect::Finding& finding)
{
    return sentenceOf(adviceInWindow(finding.id, finding.advice));
}

} // namespace

LoginOutcome::LoginOutcome(QWidget* parent)
    : QWidget(parent),
      m_problem(plainLabel()),
      m_banner(new Banner),
      m_graveBox(new QWidget),
      m_graveLines(new QVBoxLayout(m_graveBox)),
      m_notes(plainLabel()),
      m_fix(mutedLabel()),
      m_inspect(linkButton(tr("Look into the token"), QStringLiteral("inspectLoginToken"))),
      m_requests(linkButton(tr("Go to the requests"), QStringLiteral("goToRequests")))
{
    setKind(m_problem, "bad");
    m_problem->setWordWrap(true);
    setNames(m_problem, QStringLiteral("loginProblem"), tr("What is wrong with the login"));
    m_banner->setStacked(true);
    m_banner->setObjectName(QStringLiteral("loginResult"));
    m_graveLines->setContentsMargins(0, 0, 0, 0);
    m_graveLines->setSpacing(space::tiny);
    setKind(m_notes, "warn");
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setNames(m_notes, QStringLiteral("loginNotes"), tr("What is odd about this session's token"));
    m_fix->setObjectName(QStringLiteral("loginFix"));
    m_fix->setWordWrap(true);
    m_fix->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_problem, m_banner, m_graveBox, m_notes, m_fix})
        column->addWidget(widget);
    auto* next = new QHBoxLayout;
    next->setSpacing(space::large);
    next->addWidget(m_inspect);
    next->addWidget(m_requests);
    next->addStretch(1);
    column->addLayout(next);
    connect(m_requests, &QPushButton::clicked, this, &LoginOutcome::requestsRequested);
    connect(m_inspect, &QPushButton::clicked, this, [this] { Q_EMIT tokenActivated(m_token); });
    clear();
}

void LoginOutcome::clear()
{
    m_token.clear();
    m_place.clear();
    m_inspection.reset();
    m_sentence.clear();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_problem, m_banner, m_graveBox, m_notes, m_fix,
                                                           m_inspect, m_requests})
        widget->hide();
}

void LoginOutcome::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
}

void LoginOutcome::hideProblem()
{
    m_problem->hide();
}

void LoginOutcome::showError(const Error& error)
{
    clear();
    m_banner->show();
    if (error.kind == ErrorKind::Cancelled)
        return m_banner->say(Tone::Info, tr("Cancelled"), tr("The login was stopped; no token was taken."));
    const Failure failure = failureOf(error);
    m_banner->say(Tone::Bad, tr("Not signed in"),
                  failure.why.isEmpty() ? failure.what : QString(failure.what + u' ' + failure.why));
    m_fix->setText(failure.fix);
    m_fix->setVisible(!failure.fix.isEmpty());
}

void LoginOutcome::showToken(const workbench::FoundInspection& token, const std::vector<std::string>& notes,
                             Instant now)
{
    clear();
    m_notes->setText(noteWords(notes));
    m_notes->setVisible(!notes.empty());
    m_place = shown(token.found.place).replace(u' ', QChar::Nbsp); // "body .token" stays together
    m_token = toQString(token.found.text);
    renewVerdict(token.inspection, now);
}

void LoginOutcome::renewVerdict(const inspect::Inspection& inspection, Instant now)
{
    if (m_token.isEmpty())
        return;
    m_inspection = inspection;
    sayVerdict(now);
    m_banner->show();
    showFindings(inspection.findings);
    m_inspect->show();
    m_requests->show();
}

/// Only where the words are others: a screen reader says them again.
void LoginOutcome::sayVerdict(Instant now)
{
    const inspect::Inspection& inspection = *m_inspection;
    const QString where = m_place.isEmpty() ? QString() : tr("Token found in %1: ").arg(m_place);
    const QString reason = inspection.reason.empty() ? QString() : QString(u' ' + shown(inspection.reason));
    const Mood mood = moodOf(inspection.verdict);
    const bool isOver = mood == Mood::Good && inspection.expiresAt && *inspection.expiresAt <= now;
    const QString sentence = where + verdictLine(inspection, now) + u'.' + reason;
    if (std::exchange(m_sentence, sentence) != sentence)
        m_banner->say(isOver ? Tone::Warn : toneOf(mood), tr("Signed in"), sentence);
}

void LoginOutcome::tick(Instant now)
{
    if (m_inspection)
        sayVerdict(now);
}

/// What is grave stands in lines of its own, with what to do about the first; of anything less, the first
/// alone.
void LoginOutcome::showFindings(const std::vector<inspect::Finding>& findings)
{
    QStringList grave;
    QString advice;
    for (const inspect::Finding& finding : findings) {
        if (finding.severity > inspect::Severity::High)
            continue;
        grave.append(sentenceOf(finding.title));
        if (advice.isEmpty())
            advice = adviceOf(finding);
    }
    if (grave.isEmpty() && !findings.empty())
        advice = QString(sentenceOf(findings.front().title) + u' ' + adviceOf(findings.front()));
    showGrave(grave);
    m_fix->setText(advice);
    m_fix->setVisible(!advice.isEmpty());
}

void LoginOutcome::showGrave(const QStringList& titles)
{
    if (titles != m_grave) {
        m_grave = titles;
        m_icons.clear();
        qDeleteAll(m_graveBox->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
        for (const QString& title : titles)
            addGrave(title);
        paintIcons();
    }
    m_graveBox->setVisible(!titles.isEmpty());
}

/// Signed in all the same: a warning, as the inspector's check of the key gives it.
void LoginOutcome::addGrave(const QString& title)
{
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(space::medium, 0, 0, 0);
    row->setSpacing(space::small);
    auto* mark = new QLabel;
    QLabel* words = plainLabel(title);
    setKind(words, "warn");
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setNames(words, QStringLiteral("loginFinding"), tr("Warning: %1").arg(title));
    row->addWidget(mark, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    m_graveLines->addWidget(line);
    m_icons.append(mark);
}

void LoginOutcome::paintIcons()
{
    for (QLabel* mark : m_icons)
        mark->setPixmap(
            icon(QStringLiteral("warning"), Role::Warn).pixmap(QSize(16, 16), devicePixelRatioF()));
}

void LoginOutcome::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintIcons();
}

} // namespace claimcheck::ui
