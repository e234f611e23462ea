// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <access/accesspane.h>

#include <utility>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>

#include <access/accesspaneprivate.h>
#include <access/accessview.h>
#include <access/objectsdialog.h>
#include <base/text.h>
#include <state/responseview.h>
#include <store/files.h>
#include <theme/leftoutpart.h>
#include <theme/progressline.h>
#include <theme/savedline.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

using State = workbench::AccessTest::State;

void AccessPane::Private::say(const std::optional<Error>& error)
{
    problem->setText(error ? failureText(*error) : QString());
    problem->setVisible(error.has_value());
}

void AccessPane::Private::begin(bool isEveryCell)
{
    Q_EMIT pane->aboutToTest();
    workbench::AccessStart wanted;
    wanted.rate = 0; // other machines get their own pace
    wanted.mayWrite = writes->isChecked();
    wanted.isEveryCell = isEveryCell;
    wanted.confirmed = confirmed;
    test.prepare(wanted);
}

/// Prepared: it goes out, or another machine is confirmed first.
void AccessPane::Private::goOn()
{
    for (const std::string& host : test.hostsToConfirm())
        if (!confirmed.contains(host)) {
            if (std::exchange(asked, host) != host)
                Q_EMIT pane->hostWanted(host, test.requests());
            return;
        }
    if (const auto begun = test.run(confirmed); !begun)
        say(begun.error());
}

void AccessPane::Private::expect(const QModelIndex& cell, const collection::ExpectedAccess& expected)
{
    if (!matrix.isEditable(cell))
        return;
    const int row = cell.row();
    const int column = cell.column();
    const auto kept = test.expect(matrix.requestAt(cell), matrix.identityAt(cell), expected);
    table->setCurrentIndex(matrix.index(row, column));
    if (!kept)
        say(kept.error());
}

/// Of the chosen row's request. It stays open until they are saved.
void AccessPane::Private::askForObjects()
{
    ObjectsQuestion question;
    question.request = matrix.requestAt(table->currentIndex());
    if (question.request.empty() || !workbench.collection())
        return;
    question.identities = test.columns();
    std::erase(question.identities, collection::anonymous);
    question.variables = test.variablesOf(question.request);
    const collection::MatrixRow* const row = findRow(test.matrix(), question.request);
    if (row != nullptr && row->objects)
        question.objects = *row->objects;
    auto* dialog = new ObjectsDialog(question, pane->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ObjectsDialog::saveRequested, pane,
            [this, dialog, request = question.request, directory = workbench.collection()->directory] {
                if (!workbench.collection() || workbench.collection()->directory != directory)
                    return dialog->reject(); // they are of another collection
                if (const auto kept = test.setObjects(request, dialog->objects()); kept)
                    dialog->accept();
                else
                    dialog->refuse(failureText(kept.error()));
            });
    dialog->open();
}

void AccessPane::Private::showMatrix()
{
    const auto& open = workbench.collection();
    whole->setCurrentIndex(open ? 1 : 0);
    const QModelIndex before = table->currentIndex();
    const int row = before.row();
    const int column = before.column();
    if (open)
        matrix.setMatrix(*open, test.matrix(), test.columns());
    else
        matrix.clear();
    matrix.setReport(test.report());
    table->fit();
    if (row >= 0 && matrix.hasIndex(row, column))
        table->setCurrentIndex(matrix.index(row, column));
    showCell();
}

void AccessPane::Private::showCell()
{
    const QModelIndex cell = table->currentIndex();
    detail->setPlainText(matrix.detail(cell));
    const bool isBusy = test.state() == State::SigningIn || test.state() == State::Running;
    for (QPushButton* button : expectations)
        button->setEnabled(matrix.isEditable(cell) && !isBusy);
    objects->setEnabled(!matrix.requestAt(cell).empty() && !isBusy);
}

QString AccessPane::Private::summaryText() const
{
    switch (test.state()) {
    case State::SigningIn:
        return tr("Preparing the test…");
    case State::Ready:
        return tr("About %1 requests").arg(test.requests());
    case State::Running:
        return tr("%1 of %2 requests").arg(test.done()).arg(test.requests());
    case State::Ended:
        return test.report() ? toQString(visible(audit::summaryOf(*test.report()))) : QString();
    case State::Idle:
        break;
    }
    return tr("Nothing was tested yet");
}

void AccessPane::Private::renew()
{
    const State state = test.state();
    if (state != State::Ready)
        asked.clear();
    const bool isBusy = state == State::SigningIn || state == State::Ready || state == State::Running;
    for (QPushButton* button : {start, every})
        button->setEnabled(!isBusy);
    writes->setEnabled(!isBusy);
    cancel->setEnabled(isBusy);
    record->setEnabled(state == State::Ended && test.report() && test.report()->wasAnswered &&
                       !test.report()->isInterrupted);
    save->setEnabled(test.report().has_value());
    if (state != State::Ended)
        saved->clear();
    QStringList words{summaryText()};
    for (const std::string& note : test.notes())
        words += toQString(note);
    summary->setText(words.join(QStringLiteral(" · ")));
    leftOut->say(test.leftOut());
    const auto all = static_cast<double>(test.requests());
    progress->setDone(state == State::Ended ? 1 : all > 0 ? static_cast<double>(test.done()) / all : 0);
    say(test.problem());
    showMatrix();
}

void AccessPane::Private::exportAs(const char* format, const QString& file)
{
    const audit::MatrixFormat* const writer = audit::findMatrixFormat(format);
    if (!test.report() || writer == nullptr)
        return;
    saved->clear();
    const auto written =
        store::writeFileAtomically(toUtf8(file), writer->write(*test.report()), store::Privacy::OwnerOnly);
    say(written ? std::nullopt : std::optional(written.error()));
    if (written)
        saved->say(file);
}

AccessPane::AccessPane(workbench::Workbench& workbench, workbench::AccessTest& test, QWidget* parent)
    : QWidget(parent), d(std::make_unique<Private>(this, workbench, test))
{
    setNames(this, QStringLiteral("accessPane"), tr("Access matrix"));
    setKind(this, "surface");
    d->whole = new QStackedWidget;
    d->whole->addWidget(d->makeEmptyPage());
    d->whole->addWidget(d->makePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(d->whole);
    connect(d->start, &QPushButton::clicked, this, [this] { d->begin(false); });
    connect(d->every, &QPushButton::clicked, this, [this] { d->begin(true); });
    connect(d->cancel, &QPushButton::clicked, this, &AccessPane::stop);
    connect(d->record, &QPushButton::clicked, this, [this] {
        if (const auto recorded = d->test.recordObserved(); !recorded)
            d->say(recorded.error());
    });
    connect(d->table, &QTableView::activated, this, [this](const QModelIndex& cell) {
        if (d->expectations.front()->isEnabled())
            d->expect(cell, nextExpected(d->matrix.expectedAt(cell)));
    });
    connect(d->table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { d->showCell(); });
    connect(&d->test, &workbench::AccessTest::changed, this, [this] {
        d->renew();
        if (d->test.state() == State::Ready)
            d->goOn();
    });
    connect(&d->test, &workbench::AccessTest::advanced, this, [this] {
        d->summary->setText(d->summaryText());
        d->progress->setDone(static_cast<double>(d->test.done()) / static_cast<double>(d->test.requests()));
    });
    d->renew();
}

/// What it works with may be gone already: nothing is looked at any more.
AccessPane::~AccessPane()
{
    d->table->selectionModel()->disconnect(this);
}

void AccessPane::showCollection()
{
    d->test.load();
}

void AccessPane::showIdentities()
{
    d->showMatrix();
}

void AccessPane::setConfirmed(std::set<std::string> hosts)
{
    d->confirmed = std::move(hosts);
}

void AccessPane::confirmAndRun(const std::string& host)
{
    d->confirmed.insert(host);
    if (d->test.state() == State::Ready)
        d->goOn();
}

void AccessPane::stop()
{
    d->test.stop();
}

} // namespace claimcheck::ui
