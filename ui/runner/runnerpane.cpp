// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <runner/runnerpane.h>

#include <utility>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <runner/latencyplot.h>
#include <runner/resultlist.h>
#include <runner/runfields.h>
#include <theme/progressline.h>
#include <theme/reportmenu.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int formWidth = 320;

} // namespace

struct RunnerPane::Private
{
    explicit Private(RunnerPane* owner) : pane(owner) {}

    RunnerPane* pane;
    RunControl control;
    std::optional<collection::Collection> collection;
    QStackedWidget* whole = nullptr;
    RunFields* fields = nullptr;
    QPushButton* run = nullptr;
    QPushButton* cancel = nullptr;
    QPushButton* save = nullptr;
    QLabel* problem = nullptr;
    QLabel* summary = nullptr;
    QLabel* figures = nullptr;
    QLabel* session = nullptr;
    std::vector<std::string> identities;
    ProgressLine* progress = nullptr;
    LatencyPlot* plot = nullptr;

    QWidget* makeEmptyPage();
    QWidget* makePage();
    QWidget* makeForm();
    QWidget* makeHead();
    void renew();
    void exportAs(const char* format, const QString& file);
    void say(const std::optional<Error>& error);
};

QWidget* RunnerPane::Private::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setSpacing(space::small);
    QPushButton* open = pushButton(tr("Open a collection"), QStringLiteral("runnerOpen"));
    QObject::connect(open, &QPushButton::clicked, pane, &RunnerPane::openRequested);
    column->addStretch(2);
    column->addWidget(sectionTitle(tr("No collection is open")), 0, Qt::AlignHCenter);
    column->addWidget(
        mutedLabel(tr("The runner sends its requests one after the other and judges the answers.")), 0,
        Qt::AlignHCenter);
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

QWidget* RunnerPane::Private::makeForm()
{
    auto* form = new QWidget;
    setKind(form, "surface");
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(space::large, space::medium, space::large, space::large);
    column->setSpacing(space::medium);
    fields = new RunFields;
    run = primaryButton(tr("Run"), QStringLiteral("startRun"));
    cancel = pushButton(tr("Cancel"), QStringLiteral("cancelRun"));
    problem = plainLabel();
    problem->setObjectName(QStringLiteral("runProblem"));
    problem->setWordWrap(true);
    setKind(problem, "bad");
    problem->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(run);
    row->addWidget(cancel);
    row->addStretch(1);
    column->addWidget(pageTitle(tr("Run the collection")));
    column->addWidget(fields);
    column->addLayout(row);
    column->addWidget(problem);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFixedWidth(formWidth);
    scroll->setWidget(form);
    return scroll;
}

QWidget* RunnerPane::Private::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(space::inset, space::medium, space::inset, space::medium);
    column->setSpacing(space::small);
    summary = sectionTitle({});
    setNames(summary, QStringLiteral("runSummary"), tr("How far the run is"));
    figures = mutedLabel();
    figures->setObjectName(QStringLiteral("runFigures"));
    progress = new ProgressLine;
    setNames(progress, QStringLiteral("runProgress"), tr("Progress"));
    plot = new LatencyPlot;
    setNames(plot, QStringLiteral("runLatencies"), tr("How long the answers took"));
    save = pushButton(tr("Save report"), QStringLiteral("saveReport"));
    save->setMenu(
        makeReportMenu(pane, runFormats(),
                       {QStringLiteral("export_"), QStringLiteral("report"),
                        [this](const char* format, const QString& file) { exportAs(format, file); }}));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::medium);
    row->addWidget(summary);
    row->addWidget(figures, 1);
    row->addWidget(save);
    session = mutedLabel();
    session->setWordWrap(true);
    setNames(session, QStringLiteral("runSession"), tr("Whose session the requests were sent with"));
    column->addLayout(row);
    column->addWidget(session);
    column->addWidget(progress);
    column->addWidget(plot);
    return head;
}

QWidget* RunnerPane::Private::makePage()
{
    auto* page = new QWidget;
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* results = new ResultList(control.results());
    QObject::connect(results, &ResultList::exchangeActivated, pane, &RunnerPane::exchangeActivated);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    row->addWidget(makeForm());
    row->addWidget(new Hairline(Qt::Vertical));
    right->addWidget(makeHead());
    right->addWidget(new Hairline(Qt::Horizontal));
    right->addWidget(results, 1);
    row->addLayout(right, 1);
    return page;
}

void RunnerPane::Private::renew()
{
    const bool isRunning = control.isRunning();
    const std::size_t done = control.results().count();
    run->setEnabled(!isRunning);
    fields->setEnabled(!isRunning);
    cancel->setEnabled(isRunning);
    save->setEnabled(control.report().has_value());
    const bool hasBegun = isRunning || done > 0;
    summary->setText(hasBegun ? control.summary() : tr("Nothing was run yet"));
    setKind(summary, control.results().count(run::Status::Failed) > 0 ? "bad" : "");
    progress->setDone(
        control.total() == 0 ? 0 : static_cast<double>(done) / static_cast<double>(control.total()));
    plot->setLatencies(control.results().latencies(), control.total());
    figures->setText(plot->figures());
    const QString sentAs = control.sessionSummary();
    session->setText(sentAs);
    session->setVisible(!sentAs.isEmpty());
}

void RunnerPane::Private::say(const std::optional<Error>& error)
{
    problem->setText(error ? toQString(visible(describe(*error))) : QString());
    problem->setVisible(error.has_value());
}

void RunnerPane::Private::exportAs(const char* format, const QString& file)
{
    const auto saved = control.exportReport(format, toUtf8(file));
    say(saved ? std::nullopt : std::optional(saved.error()));
}

RunnerPane::RunnerPane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setNames(this, QStringLiteral("runnerPane"), tr("Runner"));
    setKind(this, "surface");
    d->whole = new QStackedWidget;
    d->whole->addWidget(d->makeEmptyPage());
    d->whole->addWidget(d->makePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(d->whole);
    connect(d->run, &QPushButton::clicked, this, &RunnerPane::start);
    connect(d->cancel, &QPushButton::clicked, this, &RunnerPane::stop);
    connect(&d->control, &RunControl::changed, this, [this] { d->renew(); });
    d->renew();
}

RunnerPane::~RunnerPane() = default;

void RunnerPane::setCollection(const std::optional<collection::Collection>& collection,
                               const std::string& environment)
{
    const auto directoryOf = [](const auto& open) { return open ? open->directory : std::string(); };
    if (directoryOf(collection) != directoryOf(d->collection)) {
        d->control.clear(); // its results lead to requests of the other one
        d->say(std::nullopt);
    }
    d->collection = collection;
    d->whole->setCurrentIndex(collection ? 1 : 0);
    if (collection)
        d->fields->setCollection(*collection, environment);
}

/// What is shown is taken down only where there are others: a list that is open would be shut.
void RunnerPane::setIdentities(const std::vector<std::string>& names)
{
    if (std::exchange(d->identities, names) != names)
        d->fields->setIdentities(names);
}

void RunnerPane::start()
{
    if (!d->collection || d->control.isRunning())
        return;
    const auto started = d->control.start(d->fields->form(), *d->collection);
    d->say(started ? std::nullopt : std::optional(started.error()));
}

void RunnerPane::stop()
{
    d->control.stop();
}

RunControl& RunnerPane::control()
{
    return d->control;
}

const RunControl& RunnerPane::control() const
{
    return d->control;
}

} // namespace claimcheck::ui
