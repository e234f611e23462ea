// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The wires of the main window: which signal leads to which call. The figure stands in docs/architecture.md.

#include <mainwindow/mainwindow.h>

#include <QtWidgets/qstackedwidget.h>

#include <access/accesspane.h>
#include <audits/auditpane.h>
#include <base/text.h>
#include <collection/search.h>
#include <collections/collectionpane.h>
#include <cookies/cookiepane.h>
#include <environments/environmentpane.h>
#include <mainwindow/accessdesk.h>
#include <mainwindow/answers.h>
#include <mainwindow/auditdesk.h>
#include <mainwindow/certificatedesk.h>
#include <mainwindow/environmentdesk.h>
#include <mainwindow/historydesk.h>
#include <mainwindow/identitydesk.h>
#include <mainwindow/noticebar.h>
#include <mainwindow/rail.h>
#include <mainwindow/tokenhistorydesk.h>
#include <mainwindow/topbar.h>
#include <mainwindow/treeedits.h>
#include <request/requesttabs.h>
#include <response/responsepane.h>
#include <runner/runnerpane.h>
#include <sessions/loginpane.h>
#include <sessions/sessionchip.h>
#include <start/startpage.h>
#include <state/cookiemodel.h>
#include <theme/foldingcolumns.h>
#include <token/tokenpane.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {

void MainWindow::connectActions()
{
    const auto on = [this](QAction* action, auto&& slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(m_actions.newRequest, [this] {
        showPage(Page::Work);
        m_requests->newItem(m_requests->currentFolder());
    });
    on(m_actions.openCollection, [this] { chooseCollection(); });
    on(m_actions.newCollection, [this] { createCollection(); });
    on(m_actions.saveCollectionAs, [this] { saveCollectionAs(); });
    on(m_actions.importFiles, [this] { chooseFilesToImport(); });
    on(m_actions.copyAsCurl, [this] { copyAsCurl({}); });
    on(m_actions.tryDemo, [this] { startDemo(); });
    on(m_actions.save, [this] { m_requests->saveCurrent(); });
    on(m_actions.keepExample, [this] {
        const http::Response* answer = m_answers->answerOf(m_requests->currentId());
        if (answer == nullptr)
            return m_notice->say(Tone::Info, tr("No answer yet"),
                                 tr("Send the request first: its answer is what is kept."));
        bringRequests();
        m_work->showColumn(1);
        m_requests->keepExample(*answer, [this](std::string text) {
            return m_workbench.secrets().redactor().clean(std::move(text));
        });
    });
    on(m_actions.closeTab, [this] { m_requests->closeCurrent(); });
    on(m_actions.nextTab, [this] { m_requests->step(1); });
    on(m_actions.previousTab, [this] { m_requests->step(-1); });
    on(m_actions.goToUrl, [this] {
        showPage(Page::Work);
        m_work->showColumn(1);
        m_requests->focusUrl();
    });
    on(m_actions.find, [this] {
        if (m_pages->currentWidget() != m_work)
            showPage(Page::Work);
        m_work->showColumn(2);
        m_response->find();
    });
    on(m_actions.quit, [this] { close(); });
    on(m_actions.send, [this] {
        bringRequests();
        m_requests->sendCurrent();
    });
    on(m_actions.sendAsAll, [this] { m_identityDesk->sendAsAll(this); });
    on(m_actions.cancel, [this] {
        m_workbench.cancel();
        m_audits->stop();
        m_access->stop();
    });
    on(m_actions.audit, [this] { m_audits->auditCurrent(); });
    on(m_actions.writeGuard, [this] { m_audits->writeGuard(this); });
    on(m_actions.pasteToken, [this] {
        m_token->pasteFromClipboard();
        showPage(Page::Token);
    });
    on(m_actions.signOut, [this] { m_identityDesk->signOut(); });
    on(m_actions.about, [this] { showAbout(); });
    for (std::size_t page = 0; page < m_actions.pages.size(); ++page)
        on(m_actions.pages[page], [this, page] { showPage(static_cast<Page>(page)); });
    for (std::size_t theme = 0; theme < m_actions.themes.size(); ++theme)
        on(m_actions.themes[theme], [this, theme] {
            setTheme(static_cast<ThemeName>(theme));
            m_keeper.touch();
        });
}

void MainWindow::connectPanes()
{
    connect(m_rail, &Rail::chosen, this, [this](int page) { showPage(static_cast<Page>(page)); });
    connect(m_top, &TopBar::environmentChosen, this, &MainWindow::selectEnvironment);
    connect(m_top, &TopBar::themeToggled, this, &MainWindow::toggleTheme);
    connect(m_top->chip(), &SessionChip::activated, this, [this] { showPage(Page::Session); });
    connect(m_identityDesk, &IdentityDesk::signInWanted, this, [this] { showPage(Page::Session); });
    connect(m_identityDesk, &IdentityDesk::tokenActivated, this, &MainWindow::inspect);
    connect(m_identityDesk, &IdentityDesk::signInBegun, this, [this] { m_answers->drop(Answers::signIn); });
    connect(m_identityDesk, &IdentityDesk::signInAnswered, this,
            [this](const workbench::ExchangeResult& result) { m_answers->put(Answers::signIn, result); });
    connect(m_identityDesk, &IdentityDesk::changed, this, [this] {
        m_actions.signOut->setEnabled(m_identityDesk->isSignedIn());
        m_actions.sendAsAll->setEnabled(m_identityDesk->canSendAsAll());
        m_audits->renew();
        m_access->showIdentities();
        renewScopes();
    });

    connect(m_start, &StartPage::tokenPasted, this, &MainWindow::inspect);
    connect(m_start, &StartPage::demoRequested, this, &MainWindow::startDemo);
    connect(m_start, &StartPage::openCollectionRequested, this, &MainWindow::chooseCollection);
    connect(m_start, &StartPage::importRequested, this, &MainWindow::chooseFilesToImport);
    connect(m_start, &StartPage::newCollectionRequested, this, &MainWindow::createCollection);
    connect(m_start, &StartPage::recentActivated, this, &MainWindow::openCollection);

    connect(m_collections, &CollectionPane::openRequested, this, &MainWindow::chooseCollection);
    connect(m_collections, &CollectionPane::createRequested, this, &MainWindow::createCollection);
    connect(m_collections, &CollectionPane::keepRequested, this, &MainWindow::saveCollectionAs);
    connect(m_collections, &CollectionPane::newRequestRequested, this, [this](const QString& folder) {
        m_requests->newItem(folder);
        m_work->showColumn(1);
    });
    connect(m_collections, &CollectionPane::importRequested, this, &MainWindow::chooseFilesToImport);
    connect(m_collections, &CollectionPane::commandPasted, this, &MainWindow::takeCommand);
    connect(m_collections, &CollectionPane::copyRequested, this, &MainWindow::copyAsCurl);
    connect(m_collections, &CollectionPane::itemActivated, this, &MainWindow::openItem);

    connect(m_requests, &RequestTabs::sendRequested, this, [this](const collection::Item& item) {
        m_answers->expect(m_requests->currentId());
        m_workbench.send(item);
    });
    connect(m_requests, &RequestTabs::commandPasted, this,
            [this](const QString& text) { takeCommand(text, m_requests->currentFolder()); });
    connect(m_requests, &RequestTabs::sendRefused, this, &MainWindow::refuseToSend);
    connect(m_requests, &RequestTabs::signInRequested, this, [this] { showPage(Page::Session); });
    connect(m_requests, &RequestTabs::closed, this, [this](int id) { m_answers->forget(id); });
    connect(m_requests, &RequestTabs::cancelRequested, &m_workbench, &workbench::Workbench::cancel);
    connect(m_requests, &RequestTabs::saveRequested, this, &MainWindow::save);
    connect(m_requests, &RequestTabs::collectionWanted, this, &MainWindow::openCollection);
    connect(m_requests, &RequestTabs::currentChanged, this, [this](const QString& path) {
        m_collections->setCurrent(path);
        renewScopes();
        showBesides();
    });
    connect(m_runner, &RunnerPane::exchangeActivated, this, &MainWindow::showRunExchange);
    connect(m_runner, &RunnerPane::openRequested, this, &MainWindow::chooseCollection);
    connect(m_response, &ResponsePane::cancelRequested, &m_workbench, &workbench::Workbench::cancel);
}

void MainWindow::connectTree()
{
    new TreeEdits(m_workbench, m_edits, m_actions, m_collections, m_requests,
                  m_notice);                                         // its parent is the pane
    new CertificateDesk(m_workbench, m_edits, m_requests, m_notice); // its parent are the tabs
    connect(&m_edits, &workbench::Edits::moved, m_environments, &EnvironmentPane::follow);
    const auto noteDemo = [this] { m_demoEdited = m_demoEdited || m_workbench.isTemporary(); };
    connect(&m_edits, &workbench::Edits::edited, this, noteDemo);
    connect(m_environmentDesk, &EnvironmentDesk::edited, this, noteDemo);
    m_collections->setSearch([this](const std::string& text) {
        const auto& open = m_workbench.collection();
        return open ? collection::search(*open, text) : std::vector<std::string>();
    });
    connect(m_actions.searchRequests, &QAction::triggered, this, [this] {
        showPage(Page::Work);
        m_work->showColumn(0);
        m_collections->search();
    });
}

void MainWindow::connectTokens()
{
    connect(m_response, &ResponsePane::tokenActivated, this, &MainWindow::inspect);
    connect(m_login, &LoginPane::tokenActivated, this, &MainWindow::inspect);
    // One key ring: whichever field it is typed into, the other one and the workbench have it too.
    connect(m_login, &LoginPane::keyRingChanged, this, [this](const inspect::KeyRing& ring) {
        m_token->setKeyRing(ring);
        m_workbench.setKeyRing(ring);
    });
    m_token->setContexts([this](std::string_view token) { return m_workbench.contextOf(token); });
    m_token->setIssuerKeys([this](std::string_view token) {
        const auto known = m_workbench.issuerRingOf(token);
        return known ? std::optional(IssuerKeys{known->name, known->ring}) : std::nullopt;
    });
    connect(m_token, &TokenPane::keyRingChanged, this, [this](const inspect::KeyRing& ring) {
        m_login->setKeyRing(ring);
        m_workbench.setKeyRing(ring);
    });
    connect(m_token, &TokenPane::keysRequested, this, [this](const keys::Source& source) {
        m_workbench.fetchKeys(source, m_token->inspection().token.kid());
    });
    connect(m_token, &TokenPane::keysCancelled, &m_workbench, &workbench::Workbench::cancelKeys);
    connect(
        &m_workbench, &workbench::Workbench::keysFetched, m_token,
        [this](const workbench::FetchedKeys& fetched) { m_token->takeFetched(fetched.source, fetched.set); });
    connect(m_token, &TokenPane::useInRequest, this, [this](const QString& token) {
        showPage(Page::Work);
        m_requests->setHeader(QStringLiteral("Authorization"), token);
        m_work->showColumn(1);
    });
}

void MainWindow::connectWorkbench()
{
    connect(m_login, &LoginPane::loginRequested, this, [this](const auth::Login& login) {
        setSigningIn(true);
        m_workbench.login(login);
    });
    connect(m_login, &LoginPane::requestsRequested, this, [this] { showPage(Page::Work); });
    connect(m_login, &LoginPane::cancelRequested, &m_workbench, &workbench::Workbench::cancel);
    connect(&m_workbench, &workbench::Workbench::loginFinished, this, &MainWindow::showLogin);
    connect(&m_workbench, &workbench::Workbench::sessionChanged, this, &MainWindow::showSession);
    connectOpening();
    connect(&m_workbench, &workbench::Workbench::exchangeStarted, this,
            [this](const QString& method, const QString& url) {
                setSending(true);
                m_answers->begin(method, url);
            });
    connect(&m_workbench, &workbench::Workbench::exchangeFinished, this, &MainWindow::showExchange);
    connect(&m_workbench, &workbench::Workbench::tokensVerified, this,
            [this](const std::vector<workbench::FoundInspection>& tokens) {
                m_answers->renewTokens(tokens);
                m_token->judgeAnew();
            });
}

void MainWindow::keepHistory(const std::string& directory)
{
    if (const auto opened = m_historyKeeper.open(directory, m_configDirectory); !opened)
        m_notice->say(opened.error());
}

void MainWindow::keepTokens(const std::string& directory)
{
    if (const auto opened = m_tokenKeeper.open(directory, m_configDirectory); !opened)
        m_notice->say(opened.error());
}

void MainWindow::connectHistory()
{
    const auto say = [this](const Error& error) { m_notice->say(error); };
    connect(&m_historyKeeper, &workbench::HistoryKeeper::failed, this, say);
    connect(&m_runner->control(), &RunControl::exchangeFinished, &m_historyKeeper,
            &workbench::HistoryKeeper::keepOfRun);
    connect(m_history, &HistoryDesk::failed, this, say);
    connect(m_tokenHistory, &TokenHistoryDesk::failed, this, say);
    connect(m_history, &HistoryDesk::tokenActivated, this, &MainWindow::inspect);
    const auto open = [this](const collection::Content& content) {
        showPage(Page::Work);
        m_requests->newContent(content, {});
        m_work->showColumn(1);
    };
    connect(m_history, &HistoryDesk::openRequested, this, open);
    connect(m_history, &HistoryDesk::sendAgainRequested, this,
            [this, open](const collection::Content& content) {
                open(content);
                m_requests->sendCurrent(); // says where something that was left out is missing
            });
    connect(m_environmentDesk, &EnvironmentDesk::failed, this, say);
    connect(m_environmentDesk, &EnvironmentDesk::environmentChosen, this, [this](const QString& name) {
        selectEnvironment(name);
        m_top->setCollection(m_workbench.collection(), m_workbench.environment());
    });
    connect(m_environments, &EnvironmentPane::openRequested, this, &MainWindow::chooseCollection);
    connect(m_top, &TopBar::environmentsRequested, this, [this] { showPage(Page::Environments); });
}

void MainWindow::connectAudits()
{
    connect(m_audits, &AuditDesk::shown, this, [this] { showPage(Page::Audit); });
    connect(m_audits, &AuditDesk::changed, this, &MainWindow::renewCancel);
    connect(m_audits->pane(), &AuditPane::requestsRequested, this, [this] { showPage(Page::Work); });
    connect(m_requests, &RequestTabs::auditRequested, m_audits, &AuditDesk::auditCurrent);
    connect(m_collections, &CollectionPane::auditRequested, m_audits, &AuditDesk::audit);
}

void MainWindow::connectAccess()
{
    connect(m_access->pane(), &AccessPane::openRequested, this, &MainWindow::chooseCollection);
    connect(m_access, &AccessDesk::changed, this, &MainWindow::renewCancel);
}

void MainWindow::showCookies()
{
    const auto& open = m_workbench.collection();
    m_cookies->setCookies(m_workbench.cookies(), toQString(m_workbench.environment()),
                          open ? toQString(open->directory) : QString());
}

void MainWindow::connectCookies()
{
    connect(&m_workbench, &workbench::Workbench::cookiesChanged, this, &MainWindow::showCookies);
    connect(m_cookies, &CookiePane::setRequested, this,
            [this](const http::Cookie& cookie, const std::optional<http::Cookie>& before) {
                const auto kept = m_workbench.setCookie(cookie);
                if (kept && before && !isSameCookie(*before, cookie))
                    m_workbench.removeCookie(*before);
                m_cookies->showKept(kept);
            });
    connect(m_cookies, &CookiePane::removeRequested, this, [this](const std::vector<http::Cookie>& cookies) {
        for (const http::Cookie& cookie : cookies)
            m_workbench.removeCookie(cookie);
    });
    connect(m_cookies, &CookiePane::restoreRequested, this, [this](const std::vector<http::Cookie>& cookies) {
        for (const http::Cookie& cookie : cookies)
            if (const auto kept = m_workbench.setCookie(cookie); !kept)
                m_notice->say(kept.error());
    });
    showCookies();
}

} // namespace claimcheck::ui
