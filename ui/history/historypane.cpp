// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <history/historypane.h>

#include <array>

#include <QtCore/qtimer.h>
#include <QtGui/qactiongroup.h>
#include <QtGui/qevent.h>
#include <QtGui/qshortcut.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <history/historydelegate.h>
#include <history/historylist.h>
#include <state/historymodel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int methodColumn = 76;
constexpr int statusColumn = 76;
constexpr int timeColumn = 132;
constexpr int searchDelay = 120; ///< ms behind the last letter
constexpr int renewDelay = 250;  ///< ms in which all that comes is shown together
constexpr std::uint64_t megabyte = 1'000'000;
constexpr std::array<std::uint64_t, 4> limits{64, 256, 1000, 4000}; ///< MB

} // namespace

struct HistoryPane::Private
{
    explicit Private(HistoryPane* owner) : pane(owner) {}

    HistoryPane* pane;
    const archive::History* history = nullptr;
    archive::Options options;
    HistoryModel model;
    QTimer typing;
    QTimer renewing; ///< runs while something came that is not shown yet
    QLineEdit* search = nullptr;
    QTableView* table = nullptr;
    QLabel* count = nullptr;
    QLabel* bodies = nullptr;          ///< how far the search in whole bodies is
    QPushButton* stopBodies = nullptr; ///< while it runs
    QPushButton* again = nullptr;
    QPushButton* open = nullptr;
    QPushButton* compare = nullptr;
    QPushButton* remove = nullptr;
    QMenu* menu = nullptr;

    QWidget* makeHead();
    QWidget* makeFooter();
    void makeTable();
    void fillMenu();
    void addLimits();
    QList<qint64> selected() const;
    void take();
    void say();
    void sayBodies();
    void change(const std::function<void(archive::Options&)>& edit);
    void requestDelete();
    void requestAgain();
    void requestOpen();
    void requestCompare();
};

HistoryPane::HistoryPane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    d->makeTable();
    column->addWidget(d->makeHead());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(d->table, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(d->makeFooter());
    d->typing.setSingleShot(true);
    d->typing.setInterval(searchDelay);
    connect(&d->typing, &QTimer::timeout, this, [this] {
        d->model.setSearch(d->search->text());
        d->say();
    });
    d->renewing.setSingleShot(true);
    d->renewing.setInterval(renewDelay);
    connect(&d->renewing, &QTimer::timeout, this, &HistoryPane::renew);
    connect(&d->model, &HistoryModel::failed, this, &HistoryPane::failed);
    connect(&d->model, &HistoryModel::bodySearchChanged, this, [this] {
        d->sayBodies();
        d->say();
    });
    d->sayBodies();
    setFocusProxy(d->search);
    d->take();
    d->say();
}

HistoryPane::~HistoryPane() = default;

QWidget* HistoryPane::Private::makeHead()
{
    const SearchLine line =
        makeSearchLine({.fieldName = QStringLiteral("historySearch"),
                        .field = HistoryPane::tr("Search the history"),
                        .placeholder = HistoryPane::tr("Search method, URL, name, status and text"),
                        .menuName = QStringLiteral("historyOptions"),
                        .menu = HistoryPane::tr("What is kept, and how much")});
    search = line.search;
    menu = line.menu;
    QObject::connect(search, &QLineEdit::textChanged, pane, [this] { typing.start(); });
    QObject::connect(menu, &QMenu::aboutToShow, pane, [this] { fillMenu(); });
    return line.head;
}

void HistoryPane::Private::makeTable()
{
    table = new QTableView;
    setNames(table, QStringLiteral("historyTable"), HistoryPane::tr("Exchanges"));
    table->setModel(&model);
    setUpTable(table);
    table->setItemDelegate(new HistoryDelegate(space::inset, table));
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(HistoryModel::Url, QHeaderView::Stretch);
    header->resizeSection(HistoryModel::Method, methodColumn);
    header->resizeSection(HistoryModel::Status, statusColumn);
    header->resizeSection(HistoryModel::Time, timeColumn);
    header->setMinimumSectionSize(methodColumn);
    QObject::connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, pane,
                     [this] { take(); });
    QObject::connect(table, &QTableView::activated, pane, [this] { requestOpen(); });
    auto* shortcut = new QShortcut(QKeySequence::Delete, table, nullptr, nullptr, Qt::WidgetShortcut);
    QObject::connect(shortcut, &QShortcut::activated, pane, [this] { requestDelete(); });
}

QWidget* HistoryPane::Private::makeFooter()
{
    count = captionLabel();
    count->setObjectName(QStringLiteral("historyCount"));
    again = pushButton(HistoryPane::tr("Send again"), QStringLiteral("sendAgain"));
    again->setToolTip(HistoryPane::tr(
        "Sends it as a new request, with the session's token and the cookies there are now. Another secret "
        "that was left out has to be typed anew."));
    open = pushButton(HistoryPane::tr("Open"), QStringLiteral("openExchange"));
    open->setToolTip(HistoryPane::tr("Opens it as a new request, to change it before it is sent"));
    compare = pushButton(HistoryPane::tr("Compare"), QStringLiteral("compareExchanges"));
    compare->setToolTip(HistoryPane::tr("Choose two exchanges"));
    remove = pushButton(HistoryPane::tr("Delete"), QStringLiteral("deleteExchange"));
    auto* footer = new QWidget;
    auto* column = new QVBoxLayout(footer);
    column->setContentsMargins(space::large, space::small, space::large, space::small);
    column->setSpacing(space::small);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    for (QPushButton* button : {again, open, compare, remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    bodies = captionLabel();
    bodies->setObjectName(QStringLiteral("historyBodies"));
    stopBodies = pushButton(HistoryPane::tr("Stop"), QStringLiteral("stopBodySearch"));
    stopBodies->setToolTip(HistoryPane::tr("Does not look further into bodies"));
    auto* searched = new QHBoxLayout;
    searched->setSpacing(space::small);
    searched->addWidget(bodies, 1);
    searched->addWidget(stopBodies);
    column->addLayout(buttons);
    column->addLayout(searched);
    column->addWidget(count);
    QObject::connect(stopBodies, &QPushButton::clicked, pane, [this] { model.stopBodySearch(); });
    QObject::connect(again, &QPushButton::clicked, pane, [this] { requestAgain(); });
    QObject::connect(open, &QPushButton::clicked, pane, [this] { requestOpen(); });
    QObject::connect(compare, &QPushButton::clicked, pane, [this] { requestCompare(); });
    QObject::connect(remove, &QPushButton::clicked, pane, [this] { requestDelete(); });
    return footer;
}

void HistoryPane::Private::fillMenu()
{
    menu->clear();
    QAction* on = menu->addAction(HistoryPane::tr("Keep a history"));
    on->setObjectName(QStringLiteral("keepHistory"));
    on->setCheckable(true);
    on->setChecked(options.isOn);
    QAction* claims = menu->addAction(HistoryPane::tr("Keep the claims of tokens in it"));
    claims->setObjectName(QStringLiteral("keepClaims"));
    claims->setCheckable(true);
    claims->setChecked(options.keepsClaims);
    claims->setEnabled(options.isOn);
    addLimits();
    menu->addSeparator();
    QAction* clear = menu->addAction(icon(QStringLiteral("trash")), HistoryPane::tr("Delete all of it…"));
    // A search that finds nothing says nothing about what is kept.
    clear->setObjectName(QStringLiteral("clearHistory"));
    clear->setEnabled(model.rowCount() > 0 || !search->text().isEmpty());
    QObject::connect(on, &QAction::toggled, pane,
                     [this](bool isOn) { change([isOn](archive::Options& to) { to.isOn = isOn; }); });
    QObject::connect(claims, &QAction::toggled, pane, [this](bool keeps) {
        change([keeps](archive::Options& to) { to.keepsClaims = keeps; });
    });
    QObject::connect(clear, &QAction::triggered, pane, &HistoryPane::clearRequested);
}

void HistoryPane::Private::addLimits()
{
    QMenu* sizes = menu->addMenu(HistoryPane::tr("Keep at most"));
    auto* group = new QActionGroup(sizes);
    for (const std::uint64_t size : limits) {
        QAction* action = sizes->addAction(toQString(formatSize(size * megabyte)));
        action->setCheckable(true);
        action->setChecked(options.limit == size * megabyte);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, pane, [this, size] {
            change([size](archive::Options& to) { to.limit = size * megabyte; });
        });
    }
}

void HistoryPane::Private::change(const std::function<void(archive::Options&)>& edit)
{
    edit(options);
    say();
    Q_EMIT pane->optionsChanged(options);
}

QList<qint64> HistoryPane::Private::selected() const
{
    return chosenIds(*table, model);
}

void HistoryPane::Private::take()
{
    const QList<qint64> ids = selected();
    again->setEnabled(ids.size() == 1);
    open->setEnabled(ids.size() == 1);
    compare->setEnabled(ids.size() == 2);
    remove->setEnabled(!ids.isEmpty());
    Q_EMIT pane->chosen(ids.size() == 1 ? ids.constFirst() : 0);
}

void HistoryPane::Private::say()
{
    const QString room =
        HistoryPane::tr("%1 of %2")
            .arg(toQString(formatSize(history ? history->size() : 0)), toQString(formatSize(options.limit)));
    const QString number =
        model.total() == 1
            ? HistoryPane::tr("1 exchange")
            : HistoryPane::tr("%1 exchanges").arg(QLocale::c().toString(qulonglong(model.total())));
    const QString found = search->text().isEmpty() ? QString() : HistoryPane::tr(" found");
    const QString state = options.isOn ? QString() : HistoryPane::tr(" · switched off: nothing more is kept");
    count->setText(QString(number + found + QStringLiteral(" · ") + room + state));
}

void HistoryPane::Private::sayBodies()
{
    using enum HistoryModel::BodySearch;
    QString text;
    switch (model.bodySearch()) {
    case None:
        break;
    case Running:
        text = HistoryPane::tr("Looking into whole bodies …");
        break;
    case Whole:
        text = HistoryPane::tr("Whole bodies were searched");
        break;
    case Partly:
        text =
            HistoryPane::tr("Bodies of older exchanges were not searched to their end: there are too many");
        break;
    case Stopped:
        text = HistoryPane::tr("Bodies were searched at their beginning alone");
        break;
    }
    bodies->setText(text);
    bodies->setVisible(!text.isEmpty());
    stopBodies->setVisible(model.bodySearch() == Running);
}

void HistoryPane::Private::requestDelete()
{
    if (const QList<qint64> ids = selected(); !ids.isEmpty())
        Q_EMIT pane->deleteRequested(ids);
}

void HistoryPane::Private::requestAgain()
{
    if (const QList<qint64> ids = selected(); ids.size() == 1)
        Q_EMIT pane->sendAgainRequested(ids.constFirst());
}

void HistoryPane::Private::requestOpen()
{
    if (const QList<qint64> ids = selected(); ids.size() == 1)
        Q_EMIT pane->openRequested(ids.constFirst());
}

/// The older one stands left.
void HistoryPane::Private::requestCompare()
{
    if (const QList<qint64> ids = selected(); ids.size() == 2)
        Q_EMIT pane->compareRequested(ids[1], ids[0]);
}

void HistoryPane::setHistory(const archive::History* history, const archive::Options& options)
{
    d->renewing.stop();
    d->history = history;
    d->options = options;
    d->model.setHistory(history);
    d->take();
    d->say();
}

/// What is chosen stays chosen.
void HistoryPane::renew()
{
    d->renewing.stop();
    const QList<qint64> ids = d->selected();
    d->model.renew();
    chooseIds(*d->table, d->model, ids);
    d->take();
    d->say();
}

/// A timer that runs is left alone: started anew by each request of a run, it would end with the run.
void HistoryPane::renewSoon()
{
    if (!d->renewing.isActive())
        d->renewing.start();
}

} // namespace claimcheck::ui
