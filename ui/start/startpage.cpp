// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <start/startpage.h>

#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtGui/qevent.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qtablewidget.h>

#include <base/text.h>
#include <start/pastebox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int pageWidth = 760;
constexpr int cardsFoldBelow = 620;
constexpr int shownRecent = 6;

QString safe(const QString& text)
{
    return toQString(visible(toUtf8(text)));
}

QString withTilde(const QString& directory)
{
    const QString home = QDir::homePath();
    if (directory.startsWith(home + u'/'))
        return QString(u'~' + directory.mid(home.size()));
    return directory;
}

/// `other`: a second way, beside the button.
QWidget* makeCard(const QString& title, const QString& text, QPushButton* button,
                  QPushButton* other = nullptr)
{
    auto* card = new QFrame;
    setKind(card, "card");
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::small);
    column->addWidget(sectionTitle(title));
    QLabel* words = mutedLabel(text);
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(words, 1);
    column->addSpacing(space::tiny);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::medium);
    buttons->addWidget(button);
    if (other != nullptr)
        buttons->addWidget(other);
    buttons->addStretch(1);
    column->addLayout(buttons);
    return card;
}

} // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent)
{
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(makeContent());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    setFocusProxy(m_box);
    setRecent({});
}

QWidget* StartPage::makeContent()
{
    auto* page = new QWidget;
    page->setMaximumWidth(pageWidth + 2 * space::large);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(makePasteBox());
    column->addSpacing(space::row);
    column->addWidget(makeCards());
    column->addSpacing(space::row);
    column->addWidget(makeRecent());
    column->addStretch(5);

    auto* centred = new QWidget;
    setKind(centred, "surface");
    auto* row = new QHBoxLayout(centred);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(page, 1000);
    row->addStretch(1);
    return centred;
}

QWidget* StartPage::makePasteBox()
{
    QLabel* title = pageTitle(tr("What is in your token?"));
    QFont large = titleFont();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setWeight(QFont::Bold);
    title->setFont(large);
    QLabel* hint =
        mutedLabel(tr("Paste a token, a request header, a cURL line or a piece of a log. Nothing leaves this "
                      "computer."));
    hint->setWordWrap(true);

    auto* box = new PasteBox;
    setNames(box, QStringLiteral("pasteBox"), tr("Token to look into"));
    box->setPlaceholderText(QStringLiteral("eyJhbGciOi…"));
    box->setFixedHeight(150);
    connect(box, &PasteBox::entered, this, &StartPage::takeText);
    m_box = box;

    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(title);
    column->addWidget(hint);
    column->addSpacing(space::small);
    column->addWidget(box);
    column->addWidget(makeTypedLine());
    return part;
}

/// What is pasted is looked into at once; what is typed, when it is whole, and only who types knows that.
QWidget* StartPage::makeTypedLine()
{
    m_typed = new QWidget;
    auto* row = new QHBoxLayout(m_typed);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::medium);
    QPushButton* look = pushButton(tr("Look into it"), QStringLiteral("lookIntoTyped"));
    QLabel* hint = captionLabel(tr("Press Return when it is whole; Shift+Return begins a new line."));
    hint->setObjectName(QStringLiteral("typedHint"));
    row->addWidget(look);
    row->addWidget(hint);
    row->addStretch(1);
    QSizePolicy policy = m_typed->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_typed->setSizePolicy(policy);
    m_typed->hide();
    connect(look, &QPushButton::clicked, this, &StartPage::takeText);
    connect(m_box, &QPlainTextEdit::textChanged, this,
            [this] { m_typed->setVisible(!m_box->toPlainText().trimmed().isEmpty()); });
    return m_typed;
}

QWidget* StartPage::makeCards()
{
    QPushButton* demo = primaryButton(tr("Start"), QStringLiteral("startDemo"));
    demo->setAccessibleName(tr("Try the demo API"));
    QPushButton* open = pushButton(tr("Open…"), QStringLiteral("openCollection"));
    open->setAccessibleName(tr("Open a collection"));
    QPushButton* create = linkButton(tr("New collection"), QStringLiteral("newCollection"));
    create->setAccessibleName(tr("New collection"));
    create->setToolTip(tr("An empty folder for your requests: plain files that belong in Git."));
    QPushButton* bring = pushButton(tr("Import…"), QStringLiteral("importCollection"));
    bring->setAccessibleName(tr("Import from another tool"));
    connect(demo, &QPushButton::clicked, this, &StartPage::demoRequested);
    connect(open, &QPushButton::clicked, this, &StartPage::openCollectionRequested);
    connect(create, &QPushButton::clicked, this, &StartPage::newCollectionRequested);
    connect(bring, &QPushButton::clicked, this, &StartPage::importRequested);

    auto* part = new QWidget;
    m_cards = new QHBoxLayout(part);
    m_cards->setContentsMargins(0, 0, 0, 0);
    m_cards->setSpacing(space::large);
    m_cards->addWidget(makeCard(tr("Try the demo API"),
                                tr("Log in, look inside the token, call a protected route. Two minutes, no "
                                   "set-up."),
                                demo),
                       1);
    m_cards->addWidget(makeCard(tr("Open a collection"),
                                tr("A folder with OpenCollection files, also one that Bruno writes."), open,
                                create),
                       1);
    m_cards->addWidget(makeCard(tr("Import"),
                                tr("A Postman collection with its environments, or a file with cURL lines."),
                                bring),
                       1);
    return part;
}

QWidget* StartPage::makeRecent()
{
    m_recentTitle = sectionTitle(tr("Recent"));
    m_recent = new QTableWidget(0, 2);
    setNames(m_recent, QStringLiteral("recentCollections"), tr("Recent collections"));
    setUpTable(m_recent, 0);
    m_recent->horizontalHeader()->hide();
    m_recent->horizontalHeader()->resizeSection(0, 180);
    m_recent->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_recent->setSelectionMode(QAbstractItemView::SingleSelection);
    m_recent->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const auto activate = [this](int row) {
        Q_EMIT recentActivated(m_recent->item(row, 1)->data(Qt::UserRole).toString());
    };
    connect(m_recent, &QTableWidget::cellClicked, this, activate);
    connect(m_recent, &QTableWidget::activated, this,
            [activate](const QModelIndex& index) { activate(index.row()); });

    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(m_recentTitle);
    column->addWidget(m_recent);
    return part;
}

void StartPage::setRecent(const QStringList& directories)
{
    const int count = static_cast<int>(qMin<qsizetype>(directories.size(), shownRecent));
    m_recent->setRowCount(count);
    for (int row = 0; row < count; ++row) {
        const QString& directory = directories[row];
        m_recent->setItem(row, 0, new QTableWidgetItem(safe(QFileInfo(directory).fileName())));
        auto* place = new QTableWidgetItem(safe(withTilde(directory)));
        place->setData(Qt::UserRole, directory);
        place->setFont(monoFont());
        m_recent->setItem(row, 1, place);
    }
    colourRecent();
    m_recent->setFixedHeight(count * space::row);
    m_recent->setVisible(count > 0);
    m_recentTitle->setVisible(count > 0);
}

void StartPage::colourRecent()
{
    for (int row = 0; row < m_recent->rowCount(); ++row)
        m_recent->item(row, 1)->setForeground(colour(Role::Muted));
}

void StartPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_recent != nullptr)
        colourRecent();
}

void StartPage::takeText()
{
    const QString text = m_box->toPlainText();
    if (text.trimmed().isEmpty())
        return;
    m_box->clear();
    Q_EMIT tokenPasted(text);
}

void StartPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_cards->setDirection(event->size().width() < cardsFoldBelow ? QBoxLayout::TopToBottom
                                                                 : QBoxLayout::LeftToRight);
}

} // namespace claimcheck::ui
