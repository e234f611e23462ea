// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <access/accesspaneprivate.h>

#include <utility>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qsplitter.h>

#include <access/accessview.h>
#include <theme/leftoutpart.h>
#include <theme/progressline.h>
#include <theme/reportmenu.h>
#include <theme/savedline.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

using collection::Access;

QWidget* AccessPane::Private::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setSpacing(space::small);
    QPushButton* open = pushButton(tr("Open a collection"), QStringLiteral("accessOpen"));
    QObject::connect(open, &QPushButton::clicked, pane, &AccessPane::openRequested);
    column->addStretch(2);
    column->addWidget(sectionTitle(tr("No collection is open")), 0, Qt::AlignHCenter);
    column->addWidget(mutedLabel(tr("The access matrix says which identity may make which of its requests.")),
                      0, Qt::AlignHCenter);
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

QWidget* AccessPane::Private::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(space::inset, space::medium, space::inset, space::medium);
    column->setSpacing(space::small);
    start = primaryButton(tr("Test"), QStringLiteral("startAccess"));
    start->setToolTip(tr("Sends what something is expected of, as each identity"));
    every = pushButton(tr("Try every cell"), QStringLiteral("tryAccess"));
    every->setToolTip(tr("Sends every request as everybody, to record what comes"));
    record = pushButton(tr("Record as expected"), QStringLiteral("recordAccess"));
    cancel = pushButton(tr("Stop"), QStringLiteral("stopAccess"));
    save = pushButton(tr("Save report"), QStringLiteral("saveAccess"));
    save->setMenu(
        makeReportMenu(pane, auditFormats(),
                       {QStringLiteral("exportAccess_"), QStringLiteral("access"),
                        [this](const char* format, const QString& file) { exportAs(format, file); }}));
    writes = new QCheckBox(tr("Methods that may change data, too"));
    setNames(writes, QStringLiteral("accessWrites"), writes->text());
    summary = wrapped(sectionTitle({}));
    setNames(summary, QStringLiteral("accessSummary"), tr("How far the test is"));
    saved = new SavedLine(QStringLiteral("accessSaved"));
    leftOut = new LeftOutPart(QStringLiteral("accessLeftOut"));
    problem = wrapped(plainLabel());
    problem->setObjectName(QStringLiteral("accessProblem"));
    setKind(problem, "bad");
    progress = new ProgressLine;
    setNames(progress, QStringLiteral("accessProgress"), tr("Progress"));
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addWidget(pageTitle(tr("Access matrix")));
    top->addStretch(1);
    top->addWidget(writes);
    column->addLayout(top);
    column->addLayout(leftLine({every, start, cancel, record, save}));
    column->addWidget(summary);
    column->addWidget(saved);
    column->addWidget(leftOut);
    column->addWidget(progress);
    column->addWidget(problem);
    return head;
}

QWidget* AccessPane::Private::makeCells()
{
    detail = new QPlainTextEdit;
    setNames(detail, QStringLiteral("accessDetail"), tr("About the chosen cell"));
    detail->setReadOnly(true);
    setKind(detail, "bare");
    detail->document()->setDocumentMargin(space::inset);
    detail->setPlaceholderText(
        tr("Choose a cell. A double click changes what is expected: allow, deny, anything."));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(space::inset, space::small, space::inset, space::small);
    row->setSpacing(space::small);
    row->addWidget(mutedLabel(tr("Expected of the chosen cell:")));
    const std::pair<QString, Access> choices[] = {
        {tr("Allow"), Access::Allow}, {tr("Deny"), Access::Deny}, {tr("Anything"), Access::Any}};
    const char* const names[] = {"expectAllow", "expectDeny", "expectAny"};
    for (const auto& [words, access] : choices) {
        QPushButton* button = pushButton(words, QLatin1String(names[expectations.size()]));
        QObject::connect(button, &QPushButton::clicked, pane, [this, access = access] {
            expect(table->currentIndex(), {access, 0});
        });
        row->addWidget(button);
        expectations.push_back(button);
    }
    row->addStretch(1);
    objects = pushButton(tr("Whose objects…"), QStringLiteral("accessObjects"));
    objects->setToolTip(
        tr("Says which object of the chosen request belongs to whom, so that everybody asks for "
           "those of the others"));
    QObject::connect(objects, &QPushButton::clicked, pane, [this] { askForObjects(); });
    row->addWidget(objects);
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(detail, 1);
    return part;
}

QWidget* AccessPane::Private::makeTable()
{
    table = new AccessView;
    setNames(table, QStringLiteral("accessMatrix"), tr("Requests and identities"));
    table->setModel(&matrix);
    return table;
}

QWidget* AccessPane::Private::makePage()
{
    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->addWidget(makeTable());
    split->addWidget(makeCells());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(split, 1);
    return page;
}

} // namespace claimcheck::ui
