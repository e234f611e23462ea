// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/mainwindow.h>

#include <QtWidgets/qapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qstackedwidget.h>

#include <access/accesspane.h>
#include <audits/auditpane.h>
#include <base/text.h>
#include <collections/collectionpane.h>
#include <cookies/cookiepane.h>
#include <environments/environmentpane.h>
#include <mainwindow/accessdesk.h>
#include <mainwindow/answers.h>
#include <mainwindow/auditdesk.h>
#include <mainwindow/bottomline.h>
#include <mainwindow/environmentdesk.h>
#include <mainwindow/historydesk.h>
#include <mainwindow/historypage.h>
#include <mainwindow/identitydesk.h>
#include <mainwindow/logindesk.h>
#include <mainwindow/noticebar.h>
#include <mainwindow/rail.h>
#include <mainwindow/tokenhistorydesk.h>
#include <mainwindow/topbar.h>
#include <request/requesttabs.h>
#include <response/responsepane.h>
#include <runner/runnerpane.h>
#include <sessions/identitylist.h>
#include <sessions/loginpane.h>
#include <sessions/timeaxis.h>
#include <start/startpage.h>
#include <theme/foldingcolumns.h>
#include <theme/widgets.h>
#include <token/tokenpane.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {
namespace {

constexpr int foldBelow = 1030; ///< with less, three columns cannot have what each needs at least
constexpr int treeShare = 288;
constexpr int loginWidth = 372;
constexpr int requestShare = 470;
constexpr int responseShare = 560;
enum Column
{
    SideColumn,
    RequestColumn,
    ResponseColumn
};

} // namespace

MainWindow::MainWindow(workbench::Workbench& workbench, const std::string& configDirectory)
    : m_workbench(workbench),
      m_edits(workbench),
      m_actions(this),
      m_keeper(configDirectory),
      m_historyKeeper(workbench),
      m_tokenKeeper(workbench),
      m_configDirectory(configDirectory),
      m_collectionMenu(new QMenu(this))
{
    setWindowTitle(tr("Claimcheck"));
    setMinimumSize(640, 480);
    resize(1280, 800);
    makePanes();
    setCentralWidget(makeCentre());
    connectActions();
    connectPanes();
    connectTokens();
    connectWorkbench();
    connectTree();
    connectKeeping();
    connectHistory();
    connectCookies();
    connectAudits();
    connectAccess();
}

MainWindow::~MainWindow() = default;

void MainWindow::makePanes()
{
    m_top = new TopBar(m_actions.makeMainMenu(this), m_collectionMenu);
    m_notice = new NoticeBar;
    m_rail = new Rail;
    m_pages = new QStackedWidget;
    m_status = new BottomLine(m_workbench.engine());
    m_start = new StartPage;
    m_collections = new CollectionPane;
    m_requests = new RequestTabs;
    m_response = new ResponsePane;
    m_answers = std::make_unique<Answers>(m_response, m_status);
    m_token = new TokenPane;
    m_login = new LoginPane;
    m_identities = new IdentityList;
    m_axis = new TimeAxis;
    m_runner = new RunnerPane;
    m_history = new HistoryDesk(m_workbench, m_historyKeeper);
    m_tokenHistory = new TokenHistoryDesk(m_tokenKeeper);
    m_historyPage = new HistoryPage(m_history, m_tokenHistory);
    m_environments = new EnvironmentPane;
    m_environmentDesk = new EnvironmentDesk(m_workbench, m_edits, m_environments, m_configDirectory);
    m_environmentDesk->setParent(this);
    m_runner->control().setSecrets(&m_workbench.secrets());
    m_runner->control().setIdentities(&m_workbench.identities());
    m_environmentDesk->attend(m_runner->control());
    m_workbench.identities().setQuestions(m_environmentDesk->questions());
    m_cookies = new CookiePane;
    m_audits = new AuditDesk(m_workbench, m_requests, m_notice, m_configDirectory, this);
    m_access = new AccessDesk(m_workbench, m_audits, this);
    makeWorkPage();
    m_identityDesk = new IdentityDesk(
        m_workbench, {m_identities, m_axis, m_top->chip(), m_requests, m_notice, m_runner}, this);
    const auto* logins = new LoginDesk(
        m_workbench, m_edits, m_identities, m_notice,
        [this](const QString& link) { m_identityDesk->open(link); }, this);
    connect(logins, &LoginDesk::environmentMade, m_environmentDesk, &EnvironmentDesk::environmentChosen);
    for (const Page page : {Page::Start, Page::Work, Page::Token, Page::Runner, Page::History,
                            Page::Environments, Page::Cookies, Page::Audit, Page::Access})
        m_pages->addWidget(widgetOf(page));
    m_rail->addPage(QStringLiteral("home"), tr("Start"), QStringLiteral("railStart"));
    m_rail->addPage(QStringLiteral("folder"), tr("Collections"), QStringLiteral("railCollections"));
    m_rail->addPage(QStringLiteral("key"), tr("Tokens"), QStringLiteral("railTokens"));
    m_rail->addPage(QStringLiteral("person"), tr("Session"), QStringLiteral("railSession"));
    m_rail->addPage(QStringLiteral("play"), tr("Runner"), QStringLiteral("railRunner"));
    m_rail->addPage(QStringLiteral("clock"), tr("History"), QStringLiteral("railHistory"));
    m_rail->addPage(QStringLiteral("sliders"), tr("Environments"), QStringLiteral("railEnvironments"));
    m_rail->addPage(QStringLiteral("cookie"), tr("Cookies"), QStringLiteral("railCookies"));
    m_rail->addPage(QStringLiteral("shield"), tr("Audit"), QStringLiteral("railAudit"));
    m_rail->addPage(QStringLiteral("grid"), tr("Access matrix"), QStringLiteral("railAccess"));
    m_rail->setCurrent(0);
}

void MainWindow::makeWorkPage()
{
    m_work = new FoldingColumns(foldBelow);
    m_side = new QStackedWidget;
    m_side->addWidget(m_collections);
    m_side->addWidget(makeSessionPage());
    m_work->addColumn(tr("Collection"), m_side, treeShare);
    m_work->addColumn(tr("Request"), m_requests, requestShare);
    m_work->addColumn(tr("Response"), m_response, responseShare);
}

QWidget* MainWindow::makeSessionPage()
{
    m_sessions = new QWidget;
    setKind(m_sessions, "surface");
    auto* column = new QVBoxLayout(m_sessions);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_identities);
    column->addWidget(m_axis);
    column->addWidget(m_login, 1);
    m_sessions->setFocusProxy(m_login);
    return m_sessions;
}

QWidget* MainWindow::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(new Hairline(Qt::Vertical));
    row->addWidget(m_pages, 1);
    column->addWidget(m_top);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_notice);
    column->addLayout(row, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_status);
    return centre;
}

QWidget* MainWindow::widgetOf(Page page) const
{
    switch (page) {
    case Page::Start:
        return m_start;
    case Page::Token:
        return m_token;
    case Page::Runner:
        return m_runner;
    case Page::History:
        return m_historyPage;
    case Page::Environments:
        return m_environments;
    case Page::Cookies:
        return m_cookies;
    case Page::Audit:
        return m_audits->pane();
    case Page::Access:
        return m_access->pane();
    case Page::Work:
    case Page::Session:
        break;
    }
    return m_work;
}

void MainWindow::showPage(Page page)
{
    const bool side = page == Page::Work || page == Page::Session;
    if (side)
        chooseSide(page == Page::Session);
    m_pages->setCurrentWidget(widgetOf(page));
    m_rail->setCurrent(static_cast<int>(page));
    showBesides();
    (side ? m_side->currentWidget() : m_pages->currentWidget())->setFocus();
    if (page == Page::History)
        m_historyPage->enter();
    if (page == Page::Environments)
        m_environmentDesk->enter();
}

void MainWindow::bringRequests()
{
    const bool isUp = m_pages->currentWidget() == m_work && m_side->currentWidget() == m_collections;
    if (!isUp || !m_work->isAncestorOf(QApplication::focusWidget()))
        showPage(Page::Work);
}

void MainWindow::chooseSide(bool login)
{
    const bool changes = login != (m_side->currentWidget() == m_sessions);
    m_work->setColumnTitle(SideColumn, login ? tr("Session") : tr("Collection"));
    if (changes && login)
        m_treeWidth = m_work->columnWidth(SideColumn);
    m_side->setCurrentWidget(login ? m_sessions : m_collections);
    if (changes && login)
        m_work->setColumnVisible(RequestColumn, false); // beside the sign-in stands its own answer
    if (changes)
        m_work->setColumnWidth(SideColumn, login ? loginWidth : m_treeWidth);
    if (changes && !login)
        m_work->setColumnVisible(RequestColumn, true);
    m_work->showColumn(login ? SideColumn : RequestColumn);
}

/// The answer in the pane belongs to what stands beside it.
void MainWindow::showBesides()
{
    m_answers->show(m_side->currentWidget() == m_sessions ? Answers::signIn : m_requests->currentId());
}

void MainWindow::showCollection()
{
    const std::optional<collection::Collection>& open = m_workbench.collection();
    // The tabs go with their collection, with all that is typed in them.
    if (open && !m_movingFrom.empty()) {
        m_requests->moveCollection(m_movingFrom, open->directory);
        m_environments->moveCollection(m_movingFrom, open->directory);
    }
    m_collections->setCollection(open);
    m_requests->setCollection(open);
    m_collections->setUnsaved(m_requests->unsavedPaths());
    m_top->setCollection(open, m_workbench.environment());
    m_runner->setCollection(open, m_workbench.environment());
    m_environmentDesk->showCollection();
    m_audits->renew();
    m_access->showCollection();
    m_status->setPlace(open ? toQString(open->directory) : QString());
    if (m_workbench.isTemporary())
        m_status->setTemporaryPlace();
    m_collections->setTemporary(m_workbench.isTemporary());
    m_actions.saveCollectionAs->setEnabled(open.has_value());
    setWindowTitle(open ? QString(toQString(visible(open->name)) + u" – " + tr("Claimcheck"))
                        : tr("Claimcheck"));
    renewScopes();
}

void MainWindow::showSession(const workbench::SessionState& state)
{
    m_login->showState(state);
    m_identityDesk->showSession(state);
}

void MainWindow::showLogin(const workbench::LoginResult& result)
{
    setSigningIn(false);
    m_login->showResult(result);
    showAnswer(result);
    if (result.token)
        offerToken(result.token->found.text);
}

/// The answer of a login is an exchange like any other; one that never began is an error in its place.
void MainWindow::showAnswer(const workbench::LoginResult& result)
{
    workbench::ExchangeResult answer;
    if (result.exchange)
        answer.exchange = *result.exchange;
    else
        answer.exchange.error = result.error;
    if (result.token)
        answer.tokens.push_back(*result.token);
    m_answers->put(Answers::signIn, answer);
}

void MainWindow::showExchange(const workbench::ExchangeResult& result)
{
    setSending(false);
    if (m_answers->end(result))
        m_work->showColumn(ResponseColumn);
}

/// What was answered before must not pass for the answer to this.
void MainWindow::refuseToSend(const Error& problem)
{
    const collection::Item item = m_requests->currentItem();
    workbench::ExchangeResult refused;
    refused.exchange.request.method = item.entry.method;
    refused.exchange.request.url = item.entry.url;
    refused.exchange.error = problem;
    m_answers->put(m_requests->currentId(), refused);
}

/// The answer of a run beside its request, as if it had just been sent.
void MainWindow::showRunExchange(const QString& path, const http::Exchange& exchange)
{
    openItem(path);
    if (m_requests->currentItem().path != toUtf8(path))
        return m_notice->say(
            Tone::Info, tr("The request is not there"),
            tr("Since the run it was renamed, moved or deleted, or its file cannot be read any more. "
               "Run again to see its answer beside it."));
    m_workbench.secrets().redactor().addExchange(exchange); // what is kept of it is cleaned as any other
    workbench::ExchangeResult result;
    result.exchange = exchange;
    for (const inspect::FoundToken& token : auth::tokensIn(exchange))
        result.tokens.push_back({token, m_workbench.inspectToken(token.text)});
    showPage(Page::Work);
    m_answers->put(m_requests->currentId(), result);
    m_work->showColumn(ResponseColumn);
}

void MainWindow::setSending(bool sending)
{
    m_sending = sending;
    m_requests->setBusy(sending);
    renewCancel();
}

void MainWindow::renewCancel()
{
    m_actions.cancel->setEnabled(m_sending || m_signingIn || m_audits->isRunning() || m_access->isRunning());
}

void MainWindow::setSigningIn(bool signingIn)
{
    m_signingIn = signingIn;
    m_login->setBusy(signingIn);
    renewCancel();
}

void MainWindow::inspect(const QString& pasted)
{
    m_token->setToken(pasted);
    showPage(Page::Token);
}

void MainWindow::offerToken(const std::string& token)
{
    // What a person put into the inspector stays there.
    const std::string& shown = m_token->inspection().text();
    if (!shown.empty() && shown != m_offered)
        return;
    m_token->setToken(toQString(token));
    m_offered = token;
}

void MainWindow::renewScopes()
{
    std::vector<variables::Scope> scopes = m_workbench.scopesOf(m_requests->currentItemToSend());
    scopes.push_back(m_workbench.awaitedSecrets()); // farthest: what is known counts
    m_requests->setScopes(scopes);
}

/// Commands that would do nothing are not offered.
void MainWindow::renewActions()
{
    for (QAction* action : {m_actions.save, m_actions.keepExample, m_actions.closeTab, m_actions.send,
                            m_actions.goToUrl, m_actions.audit})
        action->setEnabled(m_requests->count() > 0);
    m_actions.sendAsAll->setEnabled(m_identityDesk->canSendAsAll());
    for (QAction* action : {m_actions.nextTab, m_actions.previousTab})
        action->setEnabled(m_requests->count() > 1);
}

void MainWindow::setTheme(ThemeName name)
{
    if (currentTheme().name != name || name == ThemeName::System)
        applyTheme(*qApp, name);
    m_actions.themes[static_cast<std::size_t>(name)]->setChecked(true);
    m_keeper.settings().theme = toText(name);
}

void MainWindow::toggleTheme()
{
    setTheme(currentTheme().isDark() ? ThemeName::Light : ThemeName::Dark);
    m_keeper.touch();
}

} // namespace claimcheck::ui
