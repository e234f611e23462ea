// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/auditpane.h>

#include <algorithm>
#include <utility>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qstackedwidget.h>

#include <audits/auditfields.h>
#include <audits/auditmatrixview.h>
#include <audits/auditpaneprivate.h>
#include <audits/evidencepart.h>
#include <audits/hostdialog.h>
#include <base/text.h>
#include <state/auditevidence.h>
#include <state/auditfamilies.h>
#include <store/files.h>
#include <theme/banner.h>
#include <theme/foldingcolumns.h>
#include <theme/leftoutpart.h>
#include <theme/progressline.h>
#include <theme/savedline.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

using State = workbench::Auditing::State;

namespace {

bool isNothingAgainst(const audit::RouteReport& route)
{
    return route.objection.empty();
}

} // namespace

bool AuditPane::Private::isUnderWay() const
{
    return auditing.state() == State::Preparing || auditing.state() == State::Running;
}

/// Nothing goes to the routes; an identity may sign in, and the issuer be asked for its keys.
void AuditPane::Private::plan()
{
    beginsWhenPlanned = false;
    workbench::AuditWish wish;
    wish.items = items;
    wish.jwksUrl = toUtf8(fields->jwksUrl());
    wish.secondIdentity = fields->secondIdentity();
    if (wish.secondIdentity == sentAs.chosen)
        wish.secondIdentity.clear();
    auditing.tryMethods(fields->methods());
    auditing.choose(attacksIn(fields->families()));
    auditing.prepare(std::move(wish));
}

/// Another machine is confirmed by its name, once.
void AuditPane::Private::begin()
{
    for (const std::string& host : auditing.hosts()) {
        if (confirmed.contains(host))
            continue;
        auto* dialog = new HostDialog(
            host, tr("About %1 requests with forged tokens will go to %2.").arg(auditing.requests()),
            pane->window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &QDialog::accepted, pane, [this, host] {
            confirmed.insert(host);
            Q_EMIT pane->hostConfirmed(host);
            begin(); // there may be another one
        });
        dialog->open();
        return;
    }
    workbench::AuditStart wanted;
    wanted.rate = fields->rate();
    wanted.canary = toUtf8(fields->canary());
    wanted.mayWrite = fields->mayWrite();
    wanted.confirmed = confirmed;
    const auto started = auditing.start(wanted);
    say(started ? std::nullopt : std::optional(started.error()));
    if (started)
        columns->showColumn(ResultsColumn);
}

/// The same once more. What is needed may be another by now (a token that was used up, say), so it is planned
/// anew first.
void AuditPane::Private::auditAgain()
{
    plan();
    if (auditing.state() == State::Planned)
        return begin();
    beginsWhenPlanned = auditing.state() == State::Preparing;
}

void AuditPane::Private::say(const std::optional<Error>& error)
{
    problem->setText(error ? toQString(visible(describe(*error))) : QString());
    problem->setVisible(error.has_value());
    if (error)
        columns->showColumn(FormColumn); // where it stands
}

/// A plan, or nothing: what fills is told cell by cell.
void AuditPane::Private::renewTable()
{
    matrix.setRoutes(auditing.routes());
    table->fit();
    fields->setRoutes(auditing.routes());
    showCell();
}

QString AuditPane::Private::summaryText() const
{
    switch (auditing.state()) {
    case State::Idle:
        return tr("Nothing was sent yet");
    case State::Preparing:
        return tr("Making the requests ready…");
    case State::Planned:
        return planText();
    case State::Running:
        return tr("%1 of %2 tokens tried · %3 of at most %4 requests sent")
            .arg(matrix.done())
            .arg(matrix.total())
            .arg(auditing.sent())
            .arg(auditing.mostRequests());
    case State::Ended:
        break;
    }
    return auditing.report() ? auditSentence(*auditing.report()) : QString();
}

QString AuditPane::Private::planText() const
{
    const QString plan = auditing.routes().size() == 1
                             ? tr("Plan: about %1 requests to one route").arg(auditing.requests())
                             : tr("Plan: about %1 requests to %2 routes")
                                   .arg(auditing.requests())
                                   .arg(auditing.routes().size());
    const Milliseconds lateness = auditing.lateness();
    if (lateness <= Milliseconds(0))
        return plan;
    const std::string time = formatDuration(static_cast<double>(lateness.count()));
    return tr("%1, then up to %2 for who asks our listener late").arg(plan, toQString(time));
}

void AuditPane::Private::sayWhat()
{
    QStringList lines;
    for (const workbench::PlannedRoute& route : auditing.routes())
        lines += toQString(visible(route.method + " " + route.url));
    if (lines.isEmpty())
        for (const collection::Item& item : items)
            lines += toQString(visible(item.entry.method + " " + item.entry.name));
    lines += tr("Sent as: %1").arg(choiceWords(sentAs, auditing.identity()));
    what->setText(lines.join(u'\n'));
    leftOut->say(auditing.leftOut());
    QStringList more;
    for (const workbench::PlannedRoute& route : auditing.routes()) {
        const bool isMac = route.algorithm.starts_with("HS");
        if (!isMac && !route.hasPublicKey)
            more += tr("No known key verifies the token of %1: attacks that need the issuer's public key are "
                       "not run. Give its address above, or put it into the key ring.")
                        .arg(toQString(visible(route.name)));
        if (!route.hasSigningKey)
            more += tr("No known key can sign like the issuer of %1: claims are tried where a forgery gets "
                       "through.")
                        .arg(toQString(visible(route.name)));
    }
    for (const std::string& note : auditing.notes())
        more += toQString(note);
    notes->setText(more.join(u'\n'));
    notes->setVisible(!more.isEmpty());
}

void AuditPane::Private::sayResult()
{
    const auto& report = auditing.report();
    banner->setVisible(auditing.state() == State::Ended && report.has_value());
    if (!report)
        return;
    const auto found = audit::findingsOf(*report);
    const auto objecting = std::ranges::find_if_not(report->routes, isNothingAgainst);
    if (!found.empty())
        banner->say(Tone::Bad, worstHeading(found), toQString(visible(found.front().means)) + u'.');
    else if (objecting != report->routes.end())
        banner->say(Tone::Warn, tr("Not testable"), toQString(visible(objecting->objection)) + u'.');
    else if (report->isInterrupted)
        banner->say(Tone::Warn, tr("Stopped"), tr("What came so far was refused or could not be judged."));
    else if (!audit::isJudged(*report))
        banner->say(Tone::Warn, tr("Nothing could be judged"), tr("Each row says why."));
    else
        banner->say(Tone::Ok, tr("No findings"),
                    matrix.firstWith(CellState::Noted).isValid()
                        ? tr("What got through is no finding by itself; all else that could be judged was "
                             "refused.")
                        : tr("Every forged token that could be judged was refused."));
}

void AuditPane::Private::renewButtons()
{
    const State state = auditing.state();
    const bool isOver = state == State::Ended;
    start->setEnabled(state == State::Planned || (isOver && !items.empty()));
    start->setText(isOver ? tr("Audit again") : tr("Start audit"));
    start->setToolTip(isOver                      ? tr("Plans anew and sends all of it once more")
                      : state == State::Idle      ? tr("There is no plan yet")
                      : state == State::Preparing ? tr("The requests are being made ready")
                                                  : QString());
    stop->setEnabled(isUnderWay());
    again->setEnabled(!isUnderWay() && !items.empty());
    again->setText(state == State::Idle ? tr("Plan") : tr("Plan again"));
    fields->setEnabled(!isUnderWay());
    guard->setEnabled(!auditing.goodToken().isEmpty());
    save->setEnabled(auditing.report().has_value());
}

void AuditPane::Private::renew()
{
    const State state = auditing.state();
    whole->setCurrentIndex(items.empty() ? 0 : 1);
    renewButtons();
    if (state != State::Running && state != State::Ended) {
        renewTable();
        say(auditing.problem());
    }
    if (state != State::Ended)
        saved->clear();
    summary->setText(summaryText());
    const double total = static_cast<double>(matrix.total());
    progress->setDone(state == State::Ended ? 1 : total > 0 ? static_cast<double>(matrix.done()) / total : 0);
    sayWhat();
    sayResult();
    // Not from within the plan that is just being told.
    if (state != State::Preparing && std::exchange(beginsWhenPlanned, false) && state == State::Planned)
        QMetaObject::invokeMethod(pane, &AuditPane::start, Qt::QueuedConnection);
}

void AuditPane::Private::showCell()
{
    const QModelIndex at = table->currentIndex();
    const audit::Attack* const attack = at.isValid() ? matrix.attackAt(at.row()) : nullptr;
    // Beside a route's own cell, its name and sentence stand for the first route.
    const QModelIndex cell =
        at.isValid() && matrix.routeAt(at) < 0 ? at.siblingAtColumn(AuditMatrix::FirstRoute) : at;
    evidence->show(attack, matrix.routeAt(cell), matrix.variantsAt(cell),
                   matrix.controlsText(matrix.routeAt(cell)));
}

void AuditPane::Private::exportAs(const char* format, const QString& file)
{
    const audit::ReportFormat* const writer = audit::findFormat(format);
    if (!auditing.report() || writer == nullptr)
        return;
    saved->clear();
    const auto written = store::writeFileAtomically(toUtf8(file), writer->write(*auditing.report()),
                                                    store::Privacy::OwnerOnly);
    say(written ? std::nullopt : std::optional(written.error()));
    if (written)
        saved->say(file);
}

AuditPane::AuditPane(workbench::Auditing& auditing, QWidget* parent)
    : QWidget(parent), d(std::make_unique<Private>(this, auditing))
{
    setNames(this, QStringLiteral("auditPane"), tr("Audit"));
    setKind(this, "surface");
    d->whole = new QStackedWidget;
    d->whole->addWidget(d->makeEmptyPage());
    d->whole->addWidget(d->makePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(d->whole);
    d->evidence->setSources(
        [this](int route, std::size_t row) {
            return route < 0 ? Secret() : d->auditing.forgeryOf(static_cast<std::size_t>(route), row);
        },
        [this](int route, std::size_t row, workbench::Auditing::Token token) {
            return route < 0 ? Secret() : d->auditing.requestOf(static_cast<std::size_t>(route), row, token);
        });
    connect(d->start, &QPushButton::clicked, this, &AuditPane::start);
    connect(d->stop, &QPushButton::clicked, this, &AuditPane::stop);
    connect(d->again, &QPushButton::clicked, this, [this] { d->plan(); });
    connect(d->guard, &QPushButton::clicked, this, &AuditPane::guardRequested);
    connect(d->fields, &AuditFields::familiesChanged, this, [this] {
        d->auditing.tryMethods(d->fields->methods());
        d->auditing.choose(attacksIn(d->fields->families()));
    });
    connect(d->fields, &AuditFields::materialChanged, this, [this] {
        if (!d->items.empty() && !d->isUnderWay())
            d->plan();
    });
    connect(d->table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { d->showCell(); });
    connect(&d->auditing, &workbench::Auditing::changed, this, [this] { d->renew(); });
    connect(&d->auditing, &workbench::Auditing::rowAdded, this, [this](int route, const audit::Row& row) {
        d->matrix.addRow(route, row);
        d->summary->setText(d->summaryText());
        d->progress->setDone(static_cast<double>(d->matrix.done()) / static_cast<double>(d->matrix.total()));
    });
    connect(&d->auditing, &workbench::Auditing::finished, this, [this](const audit::Report& report) {
        d->matrix.setReport(report);
        if (const QModelIndex worst = d->matrix.firstWith(CellState::Accepted); worst.isValid())
            d->table->chooseFromTop(worst);
        d->showCell();
        d->renew();
    });
    d->renew();
}

/// What it works with may be gone already: nothing is looked at any more.
AuditPane::~AuditPane()
{
    d->table->selectionModel()->disconnect(this);
    d->evidence->setSources({}, {});
}

void AuditPane::audit(std::vector<collection::Item> items, const QString& jwksUrl)
{
    d->items = std::move(items);
    if (!jwksUrl.isEmpty())
        d->fields->setJwksUrl(jwksUrl);
    d->columns->showColumn(Private::FormColumn);
    d->plan();
    d->start->setFocus();
}

void AuditPane::setIdentities(const SentAs& sentAs)
{
    d->sentAs = sentAs;
    d->fields->setIdentities(sentAs);
    d->sayWhat();
}

void AuditPane::setConfirmed(std::set<std::string> hosts)
{
    d->confirmed = std::move(hosts);
}

void AuditPane::clear()
{
    d->items.clear();
    d->auditing.clear();
}

void AuditPane::start()
{
    if (d->auditing.state() == State::Planned)
        d->begin();
    else if (d->auditing.state() == State::Ended && !d->items.empty())
        d->auditAgain();
}

void AuditPane::stop()
{
    d->auditing.stop();
}

} // namespace claimcheck::ui
