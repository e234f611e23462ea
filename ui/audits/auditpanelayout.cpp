// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/auditpaneprivate.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qsplitter.h>
#include <QtWidgets/qstackedwidget.h>

#include <audits/auditfields.h>
#include <audits/auditmatrixview.h>
#include <audits/evidencepart.h>
#include <theme/banner.h>
#include <theme/foldingcolumns.h>
#include <theme/leftoutpart.h>
#include <theme/progressline.h>
#include <theme/reportmenu.h>
#include <theme/savedline.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int auditFoldBelow = 900;
constexpr int auditFormWidth = 300;
constexpr int leastAuditFormWidth = 260;
constexpr int auditResultsShare = 600;

QLabel* auditWords(QLabel* label, const char* objectName)
{
    label->setObjectName(QLatin1String(objectName));
    return wrapped(label);
}

} // namespace

QWidget* AuditPane::Private::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setSpacing(space::small);
    QPushButton* open = pushButton(tr("Show the requests"), QStringLiteral("auditRequests"));
    QObject::connect(open, &QPushButton::clicked, pane, &AuditPane::requestsRequested);
    QLabel* words = mutedLabel(tr("An audit sends forged tokens to a protected route of yours and judges the "
                                  "answers. Open a request that takes a token and choose “Audit…” "
                                  "(Ctrl+Shift+A)."));
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignCenter);
    column->addStretch(2);
    column->addWidget(sectionTitle(tr("No request is chosen")), 0, Qt::AlignHCenter);
    column->addWidget(words);
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

QWidget* AuditPane::Private::makeForm()
{
    auto* form = new QWidget;
    setKind(form, "surface");
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(space::large, space::medium, space::large, space::large);
    column->setSpacing(space::medium);
    fields = new AuditFields;
    start = primaryButton(tr("Start audit"), QStringLiteral("startAudit"));
    stop = pushButton(tr("Stop"), QStringLiteral("stopAudit"));
    again = pushButton(tr("Plan again"), QStringLiteral("planAudit"));
    guard = pushButton(tr("Write guard code…"), QStringLiteral("writeGuard"));
    guard->setToolTip(tr("Code for your server that refuses all of these tokens"));
    what = auditWords(plainLabel(), "auditWhat");
    problem = auditWords(plainLabel(), "auditProblem");
    setKind(problem, "bad");
    problem->hide();
    leftOut = new LeftOutPart(QStringLiteral("auditLeftOut"));
    notes = auditWords(mutedLabel(), "auditNotes");
    notes->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(start);
    row->addWidget(stop);
    row->addStretch(1);
    column->addWidget(pageTitle(tr("Audit")));
    column->addWidget(what);
    column->addLayout(row);
    column->addWidget(problem);
    column->addWidget(fields);
    column->addWidget(leftOut);
    column->addWidget(notes);
    column->addWidget(again, 0, Qt::AlignLeft);
    column->addWidget(guard, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(leastAuditFormWidth);
    scroll->setWidget(form);
    return scroll;
}

QWidget* AuditPane::Private::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(space::inset, space::medium, space::inset, space::medium);
    column->setSpacing(space::small);
    summary = wrapped(sectionTitle({}));
    setNames(summary, QStringLiteral("auditSummary"), tr("How far the audit is"));
    legend = captionLabel(QString(
        stateSign(CellState::Refused) + u' ' + stateWord(CellState::Refused) + QStringLiteral("   ") +
        stateSign(CellState::Accepted) + u' ' + stateWord(CellState::Accepted) + QStringLiteral("   ") +
        stateSign(CellState::Noted) + u' ' + stateWord(CellState::Noted) + QStringLiteral("   ") +
        stateSign(CellState::Inconclusive) + u' ' + stateWord(CellState::Inconclusive) +
        QStringLiteral("   ") + stateSign(CellState::NotRun) + u' ' + stateWord(CellState::NotRun)));
    wrapped(legend)->setObjectName(QStringLiteral("auditLegend"));
    save = pushButton(tr("Save report"), QStringLiteral("saveAudit"));
    save->setMenu(
        makeReportMenu(pane, auditFormats(),
                       {QStringLiteral("exportAudit_"), QStringLiteral("audit"),
                        [this](const char* format, const QString& file) { exportAs(format, file); }}));
    saved = new SavedLine(QStringLiteral("auditSaved"));
    banner = new Banner;
    banner->setObjectName(QStringLiteral("auditBanner"));
    banner->setStacked(true);
    progress = new ProgressLine;
    setNames(progress, QStringLiteral("auditProgress"), tr("Progress"));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::medium);
    row->addWidget(summary, 1);
    row->addWidget(save, 0, Qt::AlignTop);
    column->addLayout(row);
    column->addWidget(saved);
    column->addWidget(legend);
    column->addWidget(progress);
    column->addWidget(banner);
    return head;
}

QWidget* AuditPane::Private::makeTable()
{
    table = new AuditMatrixView;
    setNames(table, QStringLiteral("auditMatrix"), tr("Attacks and routes"));
    table->setModel(&matrix);
    return table;
}

QWidget* AuditPane::Private::makeResults()
{
    evidence = new EvidencePart;
    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->addWidget(makeTable());
    split->addWidget(evidence);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto* results = new QWidget;
    auto* column = new QVBoxLayout(results);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(split, 1);
    return results;
}

QWidget* AuditPane::Private::makePage()
{
    columns = new FoldingColumns(auditFoldBelow);
    columns->addColumn(tr("What to try"), makeForm(), auditFormWidth);
    columns->addColumn(tr("Results"), makeResults(), auditResultsShare);
    return columns;
}

} // namespace claimcheck::ui
