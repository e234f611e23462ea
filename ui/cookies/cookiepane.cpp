// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cookies/cookiepane.h>

#include <algorithm>
#include <utility>

#include <QtCore/qpointer.h>
#include <QtGui/qshortcut.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <cookies/cookiedialog.h>
#include <state/cookiemodel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int nameColumn = 180;
constexpr int domainColumn = 180;
constexpr int pathColumn = 120;
constexpr int attributesColumn = 150;

} // namespace

struct CookiePane::Private
{
    explicit Private(CookiePane* owner) : pane(owner) {}

    CookiePane* pane;
    CookieModel model;
    QString environment;
    QString directory;
    std::vector<http::Cookie> removed; ///< last, out of the jar that is shown
    std::function<Instant()> clock = currentTime;
    QPointer<CookieDialog> dialog;
    std::optional<http::Cookie> before; ///< what the dialog changes
    QLabel* place = nullptr;
    QToolButton* reveal = nullptr;
    QStackedWidget* pages = nullptr;
    QTableView* table = nullptr;
    QPushButton* edit = nullptr;
    QPushButton* remove = nullptr;
    QPushButton* removeAll = nullptr;
    QPushButton* undo = nullptr;

    QWidget* makeHead();
    QWidget* makeEmptyPage();
    void makeTable();
    QWidget* makeFooter();
    QList<int> chosen() const;
    void renewButtons();
    void openDialog(const std::optional<http::Cookie>& changed);
    void editChosen();
    void removeChosen();
    void removeAllOfThem();
    void removeThem(std::vector<http::Cookie> gone);
    void bringBack();
    void renewUndo();
    void say();
};

CookiePane::CookiePane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    d->makeTable();
    d->pages = new QStackedWidget;
    d->pages->addWidget(d->makeEmptyPage());
    d->pages->addWidget(d->table);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->makeHead());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(d->pages, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(d->makeFooter());
    setFocusProxy(d->table);
    setCookies({}, {});
}

CookiePane::~CookiePane() = default;

QWidget* CookiePane::Private::makeHead()
{
    place = mutedLabel();
    place->setObjectName(QStringLiteral("cookiePlace"));
    reveal =
        flatButton(QStringLiteral("eye"), CookiePane::tr("Show values"), QStringLiteral("revealCookies"));
    reveal->setCheckable(true);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::inset, space::small, space::small, space::small);
    row->setSpacing(space::medium);
    row->addWidget(sectionTitle(CookiePane::tr("Cookies")));
    row->addWidget(place, 1);
    row->addWidget(reveal);
    QObject::connect(reveal, &QToolButton::toggled, pane, [this](bool on) {
        model.setReveal(on);
        reveal->setIcon(icon(on ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    });
    return head;
}

QWidget* CookiePane::Private::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::inset, space::large, space::large, space::large);
    QLabel* words =
        mutedLabel(CookiePane::tr("There are none. What an answer sets with Set-Cookie comes here, goes "
                                  "out with later requests to its domain, and is gone with the program."));
    words->setWordWrap(true);
    column->addWidget(words);
    column->addStretch(1);
    return page;
}

void CookiePane::Private::makeTable()
{
    table = new QTableView;
    setNames(table, QStringLiteral("cookieTable"), CookiePane::tr("Cookies"));
    table->setModel(&model);
    setUpTable(table);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(CookieModel::Value, QHeaderView::Stretch);
    header->resizeSection(CookieModel::Name, nameColumn);
    header->resizeSection(CookieModel::Domain, domainColumn);
    header->resizeSection(CookieModel::Path, pathColumn);
    header->setSectionResizeMode(CookieModel::Expires, QHeaderView::ResizeToContents);
    header->resizeSection(CookieModel::Attributes, attributesColumn);
    QObject::connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, pane,
                     [this] { renewButtons(); });
    QObject::connect(table, &QTableView::activated, pane, [this] { editChosen(); });
    auto* shortcut = new QShortcut(QKeySequence::Delete, table, nullptr, nullptr, Qt::WidgetShortcut);
    QObject::connect(shortcut, &QShortcut::activated, pane, [this] { removeChosen(); });
}

QWidget* CookiePane::Private::makeFooter()
{
    QPushButton* add = pushButton(CookiePane::tr("New"), QStringLiteral("newCookie"));
    edit = pushButton(CookiePane::tr("Edit"), QStringLiteral("editCookie"));
    remove = pushButton(CookiePane::tr("Delete"), QStringLiteral("deleteCookie"));
    removeAll = pushButton(CookiePane::tr("Delete all"), QStringLiteral("deleteCookies"));
    undo = linkButton(CookiePane::tr("Undo"), QStringLiteral("undoCookies"));
    renewUndo();
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(space::inset, space::small, space::large, space::small);
    row->setSpacing(space::small);
    for (QPushButton* button : {add, edit, remove, undo})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(removeAll);
    QObject::connect(add, &QPushButton::clicked, pane, [this] { openDialog(std::nullopt); });
    QObject::connect(edit, &QPushButton::clicked, pane, [this] { editChosen(); });
    QObject::connect(remove, &QPushButton::clicked, pane, [this] { removeChosen(); });
    QObject::connect(removeAll, &QPushButton::clicked, pane, [this] { removeAllOfThem(); });
    QObject::connect(undo, &QPushButton::clicked, pane, [this] { bringBack(); });
    auto* shortcut =
        new QShortcut(QKeySequence::Undo, pane, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    QObject::connect(shortcut, &QShortcut::activated, pane, [this] { bringBack(); });
    return footer;
}

QList<int> CookiePane::Private::chosen() const
{
    QList<int> rows;
    for (const QModelIndex& row : table->selectionModel()->selectedRows())
        rows.append(row.row());
    std::ranges::sort(rows);
    return rows;
}

void CookiePane::Private::renewButtons()
{
    const qsizetype count = chosen().size();
    edit->setEnabled(count == 1);
    remove->setEnabled(count > 0);
    removeAll->setEnabled(model.rowCount() > 0);
}

void CookiePane::Private::openDialog(const std::optional<http::Cookie>& changed)
{
    before = changed;
    dialog = new CookieDialog(changed, pane);
    dialog->setClock(clock);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &CookieDialog::kept, pane,
                     [this](const http::Cookie& cookie) { Q_EMIT pane->setRequested(cookie, before); });
    dialog->open();
}

void CookiePane::Private::editChosen()
{
    if (const QList<int> rows = chosen(); rows.size() == 1)
        openDialog(model.cookieAt(rows.constFirst()));
}

void CookiePane::Private::removeChosen()
{
    std::vector<http::Cookie> gone;
    for (const int row : chosen())
        gone.push_back(model.cookieAt(row));
    removeThem(std::move(gone));
}

void CookiePane::Private::removeAllOfThem()
{
    std::vector<http::Cookie> gone;
    for (int row = 0; row < model.rowCount(); ++row)
        gone.push_back(model.cookieAt(row));
    removeThem(std::move(gone));
}

void CookiePane::Private::removeThem(std::vector<http::Cookie> gone)
{
    if (gone.empty())
        return;
    removed = gone;
    renewUndo();
    Q_EMIT pane->removeRequested(gone);
}

/// One that an answer has set anew since stays as that one said.
void CookiePane::Private::bringBack()
{
    std::vector<http::Cookie> wanted = std::exchange(removed, {});
    std::erase_if(wanted, [this](const http::Cookie& cookie) { return model.rowOf(cookie) >= 0; });
    renewUndo();
    if (!wanted.empty())
        Q_EMIT pane->restoreRequested(wanted);
}

void CookiePane::Private::renewUndo()
{
    undo->setVisible(!removed.empty());
    undo->setText(removed.size() == 1
                      ? CookiePane::tr("Bring %1 back").arg(asLabel(toQString(visible(removed.front().name))))
                      : CookiePane::tr("Bring %1 cookies back").arg(removed.size()));
}

void CookiePane::Private::say()
{
    place->setText(environment.isEmpty()
                       ? CookiePane::tr("without an environment")
                       : CookiePane::tr("of %1").arg(toQString(visible(toUtf8(environment)))));
    pages->setCurrentIndex(model.rowCount() > 0 ? 1 : 0);
}

void CookiePane::setCookies(std::vector<http::Cookie> cookies, const QString& environment,
                            const QString& directory)
{
    if (environment != d->environment || directory != d->directory) {
        d->removed.clear();
        d->renewUndo();
        d->reveal->setChecked(false);
        if (d->dialog)
            d->dialog->reject(); // its cookie belongs to the other jar
    }
    std::vector<http::Cookie> selected;
    for (const int row : d->chosen())
        selected.push_back(d->model.cookieAt(row));
    d->environment = environment;
    d->directory = directory;
    d->model.setCookies(std::move(cookies));
    for (const http::Cookie& cookie : selected)
        if (const int row = d->model.rowOf(cookie); row >= 0)
            d->table->selectionModel()->select(d->model.index(row, 0),
                                               QItemSelectionModel::Select | QItemSelectionModel::Rows);
    d->say();
    d->renewButtons();
}

void CookiePane::showKept(const Result<void>& kept)
{
    if (!d->dialog)
        return;
    if (kept)
        d->dialog->accept();
    else
        d->dialog->say(kept.error());
}

void CookiePane::setClock(std::function<Instant()> clock)
{
    d->clock = clock;
    d->model.setClock(std::move(clock));
}

} // namespace claimcheck::ui
