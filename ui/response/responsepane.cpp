// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/responsepane.h>

#include <QtCore/qtimer.h>
#include <QtGui/qevent.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qstackedwidget.h>

#include <auth/explain.h>
#include <base/text.h>
#include <response/bodypage.h>
#include <response/failurepage.h>
#include <response/headerspage.h>
#include <response/moodroles.h>
#include <response/sentpage.h>
#include <response/timelinepage.h>
#include <response/tokenspage.h>
#include <response/whypart.h>
#include <state/plaintip.h>
#include <state/responseview.h>
#include <theme/busybar.h>
#include <theme/flattabbar.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

enum Tab
{
    BodyTab,
    HeadersTab,
    RequestTab,
    TokenTab,
    TimelineTab
};

/// Shorter exchanges leave the old answer in place instead of flashing.
constexpr int busyAfter = 300;
/// "59 min" becomes "58 min" without a new request.
constexpr int relabelEvery = 15'000;

QWidget* centred(const QList<QWidget*>& widgets)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::small);
    column->addStretch(2);
    for (QWidget* widget : widgets)
        column->addWidget(widget, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

} // namespace

struct ResponsePane::Private
{
    FlatTabBar* tabs = nullptr;
    QLabel* status = nullptr;
    QLabel* time = nullptr;
    QLabel* size = nullptr;
    WhyPart* why = nullptr;
    QStackedWidget* whole = nullptr; ///< empty, busy, or pages
    QWidget* emptyPage = nullptr;
    QWidget* busyPage = nullptr;
    QLabel* busyText = nullptr;
    QLabel* hint = nullptr;
    QWidget* bar = nullptr;
    QBoxLayout* barRow = nullptr;
    QWidget* figures = nullptr;      ///< status, time and size
    QStackedWidget* pages = nullptr; ///< one a tab
    QStackedWidget* bodyStack = nullptr;
    BodyPage* body = nullptr;
    QLabel* noBody = nullptr;
    FailurePage* failure = nullptr;
    HeadersPage* headers = nullptr;
    SentPage* sent = nullptr;
    TokensPage* tokens = nullptr;
    TimelinePage* timeline = nullptr;
    QTimer busyTimer;
    QTimer labelTimer;
    std::function<Instant()> clock = currentTime;
    std::vector<workbench::FoundInspection> found;

    QWidget* makeBar();
    QWidget* makeEmptyPage();
    QWidget* makeBusyPage(ResponsePane* pane);
    void makePages();
    std::vector<TokenLabel> labels() const;
    void showStatus(const StatusLine& line);
    void fitStatus();
    void showBody(const http::Exchange& exchange);
    void setTabsEnabled(bool enabled);
};

QWidget* ResponsePane::Private::makeBar()
{
    bar = new QWidget;
    barRow = new QHBoxLayout(bar);
    barRow->setContentsMargins(space::small, 0, space::medium, 0);
    barRow->setSpacing(0);
    tabs = new FlatTabBar;
    setNames(tabs, QStringLiteral("responseTabs"), QObject::tr("Parts of the response"));
    for (const QString& name : {QObject::tr("Body"), QObject::tr("Headers"), QObject::tr("Request"),
                                QObject::tr("Token"), QObject::tr("Timeline")})
        tabs->addTab(name);
    status = sectionTitle({});
    setNames(status, QStringLiteral("responseStatus"), QObject::tr("Status"));
    time = mutedLabel();
    setNames(time, QStringLiteral("responseTime"), QObject::tr("Time"));
    size = mutedLabel();
    setNames(size, QStringLiteral("responseSize"), QObject::tr("Size"));
    figures = new QWidget;
    auto* row = new QHBoxLayout(figures);
    row->setContentsMargins(space::small, 0, 0, 2); // the underline of the tabs: their words stand over it
    row->setSpacing(space::medium);
    for (QLabel* label : {status, time, size})
        row->addWidget(label);
    barRow->addWidget(tabs, 1);
    barRow->addWidget(figures);
    bar->setFixedHeight(space::tabs);
    return bar;
}

QWidget* ResponsePane::Private::makeEmptyPage()
{
    auto* mark = new QLabel;
    mark->setPixmap(icon(QStringLiteral("send"), Role::Line).pixmap(40, 40));
    QLabel* title = sectionTitle(QObject::tr("No response yet"));
    hint = mutedLabel(QObject::tr("Ctrl+Return sends the request."));
    hint->setObjectName(QStringLiteral("responseHint"));
    return centred({mark, title, hint});
}

QWidget* ResponsePane::Private::makeBusyPage(ResponsePane* pane)
{
    busyText = plainLabel();
    busyText->setObjectName(QStringLiteral("busyText"));
    busyText->setFont(monoFont());
    setKind(busyText, "muted");
    auto* progress = new BusyBar;
    setNames(progress, QStringLiteral("busyProgress"), QObject::tr("Waiting for the answer"));
    QPushButton* cancel = pushButton(QObject::tr("Cancel"), QStringLiteral("cancelRequest"));
    QObject::connect(cancel, &QPushButton::clicked, pane, &ResponsePane::cancelRequested);
    return centred({sectionTitle(QObject::tr("Waiting for the answer")), busyText, progress, cancel});
}

void ResponsePane::Private::makePages()
{
    body = new BodyPage;
    failure = new FailurePage;
    noBody = mutedLabel(QObject::tr("The response has no body."));
    noBody->setContentsMargins(space::medium, space::medium, space::medium, space::medium);
    noBody->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    bodyStack = new QStackedWidget;
    for (QWidget* page : std::initializer_list<QWidget*>{body, failure, noBody})
        bodyStack->addWidget(page);
    headers = new HeadersPage;
    sent = new SentPage;
    tokens = new TokensPage;
    timeline = new TimelinePage;
    pages = new QStackedWidget;
    for (QWidget* page : std::initializer_list<QWidget*>{bodyStack, headers, sent, tokens, timeline})
        pages->addWidget(page);
    QObject::connect(tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
}

ResponsePane::ResponsePane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    setNames(this, QStringLiteral("responsePane"), tr("Response"));
    setKind(this, "surface");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->makeBar());
    column->addWidget(new Hairline(Qt::Horizontal));
    d->makePages();
    d->whole = new QStackedWidget;
    d->emptyPage = d->makeEmptyPage();
    d->busyPage = d->makeBusyPage(this);
    for (QWidget* page : std::initializer_list<QWidget*>{d->emptyPage, d->busyPage, d->pages})
        d->whole->addWidget(page);
    d->why = new WhyPart;
    column->addWidget(d->why);
    column->addWidget(d->whole, 1);
    connect(d->body, &BodyPage::tokenActivated, this, &ResponsePane::tokenActivated);
    connect(d->tokens, &TokensPage::tokenActivated, this, &ResponsePane::tokenActivated);
    d->busyTimer.setSingleShot(true);
    connect(&d->busyTimer, &QTimer::timeout, this, [this] {
        d->why->setSentences({});
        d->whole->setCurrentWidget(d->busyPage);
    });
    connect(&d->labelTimer, &QTimer::timeout, this, [this] { d->body->setTokens(d->labels()); });
    clear();
}

ResponsePane::~ResponsePane() = default;

void ResponsePane::setClock(std::function<Instant()> clock)
{
    d->clock = std::move(clock);
}

std::vector<TokenLabel> ResponsePane::Private::labels() const
{
    std::vector<TokenLabel> result;
    for (const workbench::FoundInspection& token : found)
        result.push_back(tokenLabel(token, clock()));
    return result;
}

void ResponsePane::Private::showStatus(const StatusLine& line)
{
    status->setText(line.status);
    setKind(status, line.mood == Mood::Good      ? "ok"
                    : line.mood == Mood::Caution ? "warn"
                    : line.mood == Mood::Bad     ? "bad"
                                                 : "info");
    time->setText(line.time);
    size->setText(line.size);
    size->setToolTip(line.sizeDetail);
    const QStringList parts{line.status, line.time, line.size};
    const QString tip = line.status.isEmpty() ? QString() : parts.join(QStringLiteral(" · "));
    status->setToolTip(plainTip(tip));
    status->setAccessibleDescription(tip); // else the tip's markup would be read aloud
    fitStatus();
}

/// Beside the tabs, or under them where there is no room: none of the three is ever left out.
void ResponsePane::Private::fitStatus()
{
    int wanted = space::small;
    for (QLabel* label : {status, time, size}) {
        label->setVisible(!label->text().isEmpty());
        wanted += label->text().isEmpty() ? 0 : label->sizeHint().width() + space::medium;
    }
    const int room = whole->parentWidget()->width() - tabs->sizeHint().width() - 2 * space::small;
    const bool under = wanted > room;
    barRow->setDirection(under ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    barRow->setAlignment(figures, under ? Qt::AlignLeft : Qt::Alignment());
    figures->setFixedHeight(under ? space::row : space::tabs);
    figures->setVisible(wanted > space::small);
    bar->setFixedHeight(under ? space::tabs + space::row : space::tabs);
}

void ResponsePane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->fitStatus();
}

void ResponsePane::Private::setTabsEnabled(bool enabled)
{
    tabs->setEnabled(enabled);
    if (enabled)
        return;
    for (const int tab : {HeadersTab, TokenTab})
        tabs->setDetail(tab, {});
}

void ResponsePane::Private::showBody(const http::Exchange& exchange)
{
    if (exchange.error || !exchange.response) {
        Error none;
        none.what = "no response came";
        failure->setFailure(failureOf(exchange.error.value_or(none)));
        bodyStack->setCurrentWidget(failure);
        body->clear();
        return;
    }
    body->setResponse(*exchange.response, labels(), exchange.request.url);
    bodyStack->setCurrentWidget(exchange.response->body.size() == 0 ? static_cast<QWidget*>(noBody) : body);
}

void ResponsePane::showExchange(const workbench::ExchangeResult& result)
{
    d->busyTimer.stop();
    d->found = result.tokens;
    const http::Headers headers =
        result.exchange.response ? result.exchange.response->headers : http::Headers();
    d->setTabsEnabled(true);
    d->tabs->setCount(HeadersTab, std::ssize(headers));
    d->tabs->setCount(TokenTab, std::ssize(d->found));
    d->showStatus(statusLine(result.exchange));
    d->showBody(result.exchange);
    d->why->setSentences(auth::explain(result.exchange, d->clock()));
    d->headers->setHeaders(headers);
    d->sent->setExchange(result.exchange);
    d->tokens->setTokens(d->labels());
    d->timeline->setExchange(result.exchange);
    if (result.exchange.error)
        d->tabs->setCurrentIndex(BodyTab);
    d->whole->setCurrentWidget(d->pages);
    d->labelTimer.start(relabelEvery);
}

void ResponsePane::setTokens(const std::vector<workbench::FoundInspection>& tokens)
{
    d->found = tokens;
    d->body->setTokens(d->labels());
    d->tokens->setTokens(d->labels());
}

void ResponsePane::showBusy(const QString& method, const QString& url)
{
    const QString text = toQString(visible(toUtf8(method + u' ' + url)));
    d->busyText->setText(
        d->busyText->fontMetrics().elidedText(text, Qt::ElideMiddle, qMax(200, width() - 80)));
    d->busyTimer.start(busyAfter);
}

void ResponsePane::setHint(const QString& hint)
{
    d->hint->setText(hint);
}

void ResponsePane::find()
{
    if (d->whole->currentWidget() != d->pages || d->bodyStack->currentWidget() != d->body)
        return;
    d->tabs->setCurrentIndex(BodyTab);
    d->body->focusSearch();
}

void ResponsePane::clear()
{
    d->busyTimer.stop();
    d->labelTimer.stop();
    d->found.clear();
    d->showStatus({});
    d->why->setSentences({});
    d->body->clear();
    d->setTabsEnabled(false);
    d->tabs->setCurrentIndex(BodyTab);
    d->whole->setCurrentWidget(d->emptyPage);
}

} // namespace claimcheck::ui
