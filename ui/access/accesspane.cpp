// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <access/accesspane.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qsplitter.h>
#include <QtWidgets/qstackedwidget.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <state/accessmatrix.h>
#include <store/files.h>
#include <theme/lineddelegate.h>
#include <theme/progressline.h>
#include <theme/widgets.h>

#include <utility>

namespace claimcheck::ui {

using State = workbench::AccessTest::State;
using collection::Access;

namespace {

constexpr int requestWidth = 320;
constexpr int identityWidth = 190;

struct AccessFormat
{
    const char* name;
    const char* title;
    const char* suffix;
};
constexpr AccessFormat accessFormats[] = {{"html", "HTML…", "html"},
                                          {"sarif", "SARIF…", "sarif"},
                                          {"junit", "JUnit…", "xml"},
                                          {"json", "JSON…", "json"},
                                          {"table", "Text…", "txt"}};

/// The words of a cell in the colour of how they fit; who got too much stands on its ground, too.
class AccessDelegate : public LinedDelegate
{
public:
    using LinedDelegate::LinedDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        LinedDelegate::initStyleOption(option, index);
        const QVariant fit = index.data(AccessMatrix::fitRole);
        if (!fit.isValid())
            return;
        const auto is = static_cast<audit::Fit>(fit.toInt());
        const bool isBad = is == audit::Fit::TooMuch || is == audit::Fit::TooLittle;
        const Role role = isBad                                                             ? Role::Bad
                          : is == audit::Fit::AsExpected                                    ? Role::Ok
                          : is == audit::Fit::OtherStatus || is == audit::Fit::Inconclusive ? Role::Warn
                                                                                            : Role::Muted;
        option->palette.setColor(QPalette::Text, colour(role));
        if (is == audit::Fit::TooMuch)
            option->backgroundBrush = colour(Role::BadFill);
    }
};

} // namespace

struct AccessPane::Private
{
    Private(AccessPane* owner, workbench::Workbench& bench, workbench::AccessTest& tested)
        : pane(owner), workbench(bench), test(tested)
    {}

    AccessPane* pane;
    workbench::Workbench& workbench;
    workbench::AccessTest& test;
    AccessMatrix matrix;
    std::set<std::string> confirmed;
    std::string asked; ///< host that the user is asked about
    QStackedWidget* whole = nullptr;
    QLabel* summary = nullptr;
    QLabel* problem = nullptr;
    QPushButton* start = nullptr;
    QPushButton* every = nullptr;
    QPushButton* record = nullptr;
    QPushButton* cancel = nullptr;
    QPushButton* save = nullptr;
    QCheckBox* writes = nullptr;
    ProgressLine* progress = nullptr;
    QTableView* table = nullptr;
    QPlainTextEdit* detail = nullptr;
    std::vector<QPushButton*> expectations; ///< allow, deny, any

    QWidget* makeEmptyPage();
    QWidget* makeHead();
    QWidget* makeCells();
    QWidget* makePage();
    QMenu* makeFormats();
    void begin(bool isEveryCell);
    void goOn();
    void expect(const QModelIndex& cell, const collection::ExpectedAccess& expected);
    void renew();
    void showMatrix();
    void showCell();
    void say(const std::optional<Error>& error);
    void exportAs(const AccessFormat& format);
    QString summaryText() const;
};

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

QMenu* AccessPane::Private::makeFormats()
{
    auto* menu = new QMenu(pane);
    for (const AccessFormat& format : accessFormats) {
        QAction* action = menu->addAction(QString::fromUtf8(format.title));
        action->setObjectName(QStringLiteral("exportAccess_") + QLatin1String(format.name));
        QObject::connect(action, &QAction::triggered, pane, [this, &format] { exportAs(format); });
    }
    return menu;
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
    save->setMenu(makeFormats());
    writes = new QCheckBox(tr("Methods that may change data, too"));
    setNames(writes, QStringLiteral("accessWrites"), writes->text());
    summary = sectionTitle({});
    setNames(summary, QStringLiteral("accessSummary"), tr("How far the test is"));
    problem = plainLabel();
    problem->setObjectName(QStringLiteral("accessProblem"));
    problem->setWordWrap(true);
    setKind(problem, "bad");
    progress = new ProgressLine;
    setNames(progress, QStringLiteral("accessProgress"), tr("Progress"));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(pageTitle(tr("Access matrix")));
    row->addStretch(1);
    row->addWidget(writes);
    for (QPushButton* button : {every, start, cancel, record, save})
        row->addWidget(button);
    column->addLayout(row);
    column->addWidget(summary);
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
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(detail, 1);
    return part;
}

QWidget* AccessPane::Private::makePage()
{
    table = new QTableView;
    setNames(table, QStringLiteral("accessMatrix"), tr("Requests and identities"));
    table->setModel(&matrix);
    setUpTable(table);
    table->setItemDelegate(new AccessDelegate(space::inset, table));
    table->setSelectionBehavior(QAbstractItemView::SelectItems);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    split->addWidget(table);
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

void AccessPane::Private::say(const std::optional<Error>& error)
{
    problem->setText(error ? toQString(visible(describe(*error))) : QString());
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
                Q_EMIT pane->hostWanted(toQString(host), test.requests());
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
    QHeaderView* header = table->horizontalHeader();
    for (int section = 0; section < matrix.columnCount(); ++section)
        header->resizeSection(section, section == 0 ? requestWidth : identityWidth);
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
}

QString AccessPane::Private::summaryText() const
{
    switch (test.state()) {
    case State::SigningIn:
        return tr("Signing in…");
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
    QStringList words{summaryText()};
    for (const std::string& note : test.notes())
        words += toQString(note);
    summary->setText(words.join(QStringLiteral(" · ")));
    const auto all = static_cast<double>(test.requests());
    progress->setDone(state == State::Ended ? 1 : all > 0 ? static_cast<double>(test.done()) / all : 0);
    say(test.problem());
    showMatrix();
}

void AccessPane::Private::exportAs(const AccessFormat& format)
{
    const audit::MatrixFormat* const writer = audit::findMatrixFormat(format.name);
    if (!test.report() || writer == nullptr)
        return;
    const QString ending = QLatin1String(format.suffix);
    const QString file = QFileDialog::getSaveFileName(pane->window(), tr("Save report"),
                                                      QStringLiteral("access.") + ending, u"*." + ending);
    if (file.isEmpty())
        return;
    const auto saved =
        store::writeFileAtomically(toUtf8(file), writer->write(*test.report()), store::Privacy::OwnerOnly);
    say(saved ? std::nullopt : std::optional(saved.error()));
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

void AccessPane::confirmAndRun(const QString& host)
{
    d->confirmed.insert(toUtf8(host));
    if (d->test.state() == State::Ready)
        d->goOn();
}

void AccessPane::stop()
{
    d->test.stop();
}

} // namespace claimcheck::ui
