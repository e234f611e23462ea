// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <history/tokenhistorypane.h>

#include <QtCore/qtimer.h>
#include <QtGui/qshortcut.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <history/historylist.h>
#include <state/tokenhistorymodel.h>
#include <theme/lineddelegate.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int subjectWidth = 150;
constexpr int algorithmWidth = 110;
constexpr int seenWidth = 132;
constexpr int typingDelay = 120; ///< ms behind the last letter
constexpr int wordsWidth = 460;

} // namespace

struct TokenHistoryPane::Private
{
    explicit Private(TokenHistoryPane* owner) : pane(owner) {}

    TokenHistoryPane* pane;
    bool isOn = false;
    TokenHistoryModel model;
    QTimer typing;
    QStackedWidget* pages = nullptr; ///< off, list
    QLineEdit* search = nullptr;
    QTableView* table = nullptr;
    QLabel* count = nullptr;
    QPushButton* compare = nullptr;
    QPushButton* remove = nullptr;
    QMenu* menu = nullptr;

    QWidget* makeOffPage();
    QWidget* makeListPage();
    QWidget* makeHead();
    QWidget* makeFooter();
    void makeTable();
    void fillMenu();
    QList<qint64> selected() const;
    void take();
    void say();
    void requestCompare();
    void requestDelete();
};

TokenHistoryPane::TokenHistoryPane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    d->pages = new QStackedWidget;
    d->pages->addWidget(d->makeOffPage());
    d->pages->addWidget(d->makeListPage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(d->pages);
    d->typing.setSingleShot(true);
    d->typing.setInterval(typingDelay);
    connect(&d->typing, &QTimer::timeout, this, [this] {
        d->model.setSearch(d->search->text());
        d->take();
        d->say();
    });
    connect(&d->model, &TokenHistoryModel::failed, this, &TokenHistoryPane::failed);
    setHistory(nullptr, false);
}

TokenHistoryPane::~TokenHistoryPane() = default;

QWidget* TokenHistoryPane::Private::makeOffPage()
{
    QLabel* words = plainLabel(TokenHistoryPane::tr(
        "No token is kept. Turned on, this keeps the header and the claims of every token that an answer or "
        "a "
        "sign-in brings from then on, which are often personal data, and a hash that tells one token from "
        "another; never its signature, and of an encrypted token the header alone. The key of the hashes "
        "stands in the desktop's keychain. All of it stays on this machine and can be deleted at any time."));
    words->setObjectName(QStringLiteral("tokenHistoryOff"));
    words->setWordWrap(true);
    words->setMaximumWidth(wordsWidth);
    QPushButton* turnOn =
        pushButton(TokenHistoryPane::tr("Keep a token history"), QStringLiteral("turnOnTokenHistory"));
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(sectionTitle(TokenHistoryPane::tr("The token history is off")));
    column->addWidget(words);
    column->addWidget(turnOn, 0, Qt::AlignLeft);
    column->addStretch(1);
    QObject::connect(turnOn, &QPushButton::clicked, pane, [this] { Q_EMIT pane->turnRequested(true); });
    return page;
}

QWidget* TokenHistoryPane::Private::makeListPage()
{
    makeTable();
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(table, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(makeFooter());
    return page;
}

QWidget* TokenHistoryPane::Private::makeHead()
{
    const SearchLine line =
        makeSearchLine({.fieldName = QStringLiteral("tokenHistorySearch"),
                        .field = TokenHistoryPane::tr("Search the token history"),
                        .placeholder = TokenHistoryPane::tr("Search header, claims, place and server"),
                        .menuName = QStringLiteral("tokenHistoryOptions"),
                        .menu = TokenHistoryPane::tr("What is kept")});
    search = line.search;
    menu = line.menu;
    QObject::connect(search, &QLineEdit::textChanged, pane, [this] { typing.start(); });
    QObject::connect(menu, &QMenu::aboutToShow, pane, [this] { fillMenu(); });
    return line.head;
}

void TokenHistoryPane::Private::makeTable()
{
    table = new QTableView;
    setNames(table, QStringLiteral("tokenHistoryTable"), TokenHistoryPane::tr("Tokens"));
    table->setModel(&model);
    setUpTable(table);
    table->setItemDelegate(new LinedDelegate(space::inset, table));
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(TokenHistoryModel::Issuer, QHeaderView::Stretch);
    header->resizeSection(TokenHistoryModel::Subject, subjectWidth);
    header->resizeSection(TokenHistoryModel::Algorithm, algorithmWidth);
    header->resizeSection(TokenHistoryModel::Seen, seenWidth);
    QObject::connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, pane,
                     [this] { take(); });
    auto* shortcut = new QShortcut(QKeySequence::Delete, table, nullptr, nullptr, Qt::WidgetShortcut);
    QObject::connect(shortcut, &QShortcut::activated, pane, [this] { requestDelete(); });
}

QWidget* TokenHistoryPane::Private::makeFooter()
{
    count = captionLabel();
    count->setObjectName(QStringLiteral("tokenHistoryCount"));
    compare = pushButton(TokenHistoryPane::tr("Compare"), QStringLiteral("compareTokens"));
    compare->setToolTip(TokenHistoryPane::tr("Choose two tokens"));
    remove = pushButton(TokenHistoryPane::tr("Delete"), QStringLiteral("deleteToken"));
    auto* footer = new QWidget;
    auto* column = new QVBoxLayout(footer);
    column->setContentsMargins(space::large, space::small, space::large, space::small);
    column->setSpacing(space::small);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(compare);
    buttons->addWidget(remove);
    buttons->addStretch(1);
    column->addLayout(buttons);
    column->addWidget(count);
    QObject::connect(compare, &QPushButton::clicked, pane, [this] { requestCompare(); });
    QObject::connect(remove, &QPushButton::clicked, pane, [this] { requestDelete(); });
    return footer;
}

void TokenHistoryPane::Private::fillMenu()
{
    menu->clear();
    QAction* on = menu->addAction(TokenHistoryPane::tr("Keep a token history"));
    on->setObjectName(QStringLiteral("keepTokenHistory"));
    on->setCheckable(true);
    on->setChecked(isOn);
    menu->addSeparator();
    QAction* clear =
        menu->addAction(icon(QStringLiteral("trash")), TokenHistoryPane::tr("Delete all of it…"));
    clear->setObjectName(QStringLiteral("clearTokenHistory"));
    // A search that finds nothing says nothing about what is kept.
    clear->setEnabled(model.rowCount() > 0 || !search->text().isEmpty());
    QObject::connect(on, &QAction::toggled, pane, &TokenHistoryPane::turnRequested);
    QObject::connect(clear, &QAction::triggered, pane, &TokenHistoryPane::clearRequested);
}

QList<qint64> TokenHistoryPane::Private::selected() const
{
    return chosenIds(*table, model);
}

void TokenHistoryPane::Private::take()
{
    const QList<qint64> ids = selected();
    compare->setEnabled(ids.size() == 2);
    remove->setEnabled(!ids.isEmpty());
    Q_EMIT pane->chosen(ids.size() == 1 ? ids.constFirst() : 0);
}

void TokenHistoryPane::Private::say()
{
    const int rows = model.rowCount();
    const QString number =
        rows == 1 ? TokenHistoryPane::tr("1 token") : TokenHistoryPane::tr("%1 tokens").arg(rows);
    const QString found = search->text().isEmpty() ? QString() : TokenHistoryPane::tr(" found");
    const QString state = isOn ? QString() : TokenHistoryPane::tr(" · switched off: nothing more is kept");
    count->setText(QString(number + found + state));
}

/// The older one stands left.
void TokenHistoryPane::Private::requestCompare()
{
    if (const QList<qint64> ids = selected(); ids.size() == 2)
        Q_EMIT pane->compareRequested(ids[1], ids[0]);
}

void TokenHistoryPane::Private::requestDelete()
{
    if (const QList<qint64> ids = selected(); !ids.isEmpty())
        Q_EMIT pane->deleteRequested(ids);
}

/// What is chosen stays chosen.
void TokenHistoryPane::setHistory(const archive::TokenHistory* history, bool isOn)
{
    const QList<qint64> ids = d->selected();
    d->isOn = isOn;
    d->model.setHistory(history);
    chooseIds(*d->table, d->model, ids);
    const bool isNothingThere = !isOn && d->model.rowCount() == 0 && d->search->text().isEmpty();
    d->pages->setCurrentIndex(isNothingThere ? 0 : 1);
    d->take();
    d->say();
}

} // namespace claimcheck::ui
