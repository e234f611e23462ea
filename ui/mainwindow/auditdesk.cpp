// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/auditdesk.h>

#include <algorithm>
#include <utility>

#include <audits/auditpane.h>
#include <audits/guarddialog.h>
#include <base/text.h>
#include <mainwindow/noticebar.h>
#include <request/requesttabs.h>
#include <store/confirmedhosts.h>
#include <workbench/identities.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {

using workbench::Auditing;

namespace {

constexpr const char* carelessRoute = "careless/protected-route.yml";
constexpr const char* carelessIdentity = "careless";

/// Each once, also where its folder is chosen as well; what could not be read is no request.
void addRequest(std::vector<collection::Item>& items, const collection::Item& item)
{
    const bool isThere = std::ranges::find(items, item.path, &collection::Item::path) != items.end();
    if (!item.problem && !isThere)
        items.push_back(item);
}

void addRequests(std::vector<collection::Item>& items, const collection::Folder& folder)
{
    for (const collection::Item& item : folder.items)
        addRequest(items, item);
    for (const collection::Folder& inner : folder.folders)
        addRequests(items, inner);
}

const collection::Folder* folderAt(const collection::Folder& folder, const std::string& path)
{
    for (const collection::Folder& inner : folder.folders) {
        if (inner.path == path)
            return &inner;
        if (const collection::Folder* const found = folderAt(inner, path))
            return found;
    }
    return nullptr;
}

} // namespace

AuditDesk::AuditDesk(workbench::Workbench& workbench, RequestTabs* requests, NoticeBar* notice,
                     std::string configDirectory, QObject* parent)
    : QObject(parent),
      m_workbench(workbench),
      m_auditing(workbench),
      m_requests(requests),
      m_notice(notice),
      m_configDirectory(std::move(configDirectory)),
      m_pane(new AuditPane(m_auditing))
{
    connect(m_pane, &AuditPane::hostConfirmed, this, &AuditDesk::rememberHost);
    connect(m_pane, &AuditPane::guardRequested, this, [this] { writeGuard(m_pane->window()); });
    connect(&m_auditing, &Auditing::changed, this, &AuditDesk::changed);
    renew();
}

void AuditDesk::begin(std::vector<collection::Item> items, const QString& jwksUrl)
{
    m_pane->setConfirmed(confirmedHosts());
    Q_EMIT shown();
    m_pane->audit(std::move(items), jwksUrl);
}

void AuditDesk::auditCurrent()
{
    if (m_requests->count() == 0)
        return m_notice->say(Tone::Info, tr("No request is open"),
                             tr("Open the one that is to be audited first."));
    begin({m_requests->currentItemToSend()});
}

void AuditDesk::audit(const QStringList& paths)
{
    const std::optional<collection::Collection>& open = m_workbench.collection();
    if (!open)
        return;
    std::vector<collection::Item> items;
    for (const QString& path : paths) {
        if (const collection::Item* const item = collection::findItem(*open, toUtf8(path)))
            addRequest(items, *item);
        else if (const collection::Folder* const folder = folderAt(open->root, toUtf8(path)))
            addRequests(items, *folder);
    }
    if (items.empty())
        return m_notice->say(Tone::Info, tr("There is nothing to audit"),
                             tr("No request that could be read is among what is chosen."));
    begin(std::move(items));
}

void AuditDesk::offerCareless()
{
    m_notice->offer(Tone::Info, tr("The demo API has a careless twin"),
                    tr("It takes forged tokens, on purpose. See which ones."), tr("Audit it"),
                    [this] { auditCareless(); });
}

/// Its keys are where the demo publishes them.
void AuditDesk::auditCareless()
{
    const std::optional<collection::Collection>& open = m_workbench.collection();
    const collection::Item* const item =
        open && m_workbench.isTemporary() ? collection::findItem(*open, carelessRoute) : nullptr;
    if (item == nullptr)
        return m_notice->say(Tone::Info, tr("The demo's collection is not open"),
                             tr("Start the demo API once more."));
    m_notice->hide();
    m_requests->openItem(*item);
    m_workbench.identities().choose(carelessIdentity);
    begin({*item}, toQString(m_workbench.demoUrl() + "/.well-known/jwks.json"));
}

/// Nothing, where the file cannot be read: each is asked about again.
std::set<std::string> AuditDesk::confirmedHosts() const
{
    std::set<std::string> confirmed;
    const auto hosts = store::loadConfirmedHosts(m_configDirectory);
    if (!hosts)
        m_notice->say(hosts.error());
    else
        for (const store::ConfirmedHost& each : hosts->all())
            confirmed.insert(each.host);
    return confirmed;
}

void AuditDesk::rememberHost(const std::string& host)
{
    auto hosts = store::loadConfirmedHosts(m_configDirectory);
    if (!hosts)
        return m_notice->say(hosts.error());
    hosts->add(host, currentTime());
    if (const auto saved = store::saveConfirmedHosts(m_configDirectory, *hosts); !saved)
        m_notice->say(saved.error());
}

Secret AuditDesk::guardedToken() const
{
    if (const Secret token = m_auditing.goodToken(); !token.isEmpty())
        return token;
    const std::string& chosen = m_workbench.identities().chosen();
    if (const auto held = m_workbench.identities().held(chosen))
        return held->tokens.accessToken;
    const bool isForm = chosen.empty() && m_workbench.session() != nullptr;
    return isForm ? m_workbench.session()->token : Secret();
}

void AuditDesk::writeGuard(QWidget* window)
{
    Secret token = guardedToken();
    if (token.isEmpty())
        return m_notice->say(Tone::Info, tr("No token is at hand"),
                             tr("Sign in first: the guard is written for the token that your API takes."));
    inspect::KeyRing ring = m_workbench.keyRing();
    const std::vector<jose::Key> fetched = m_auditing.fetchedKeys();
    ring.keys.insert(ring.keys.end(), fetched.begin(), fetched.end());
    const std::string jwksUrl = fetched.empty() ? std::string() : m_auditing.wish().jwksUrl;
    auto* dialog = new GuardDialog(std::move(token), std::move(ring), jwksUrl, window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void AuditDesk::renew()
{
    const std::optional<collection::Collection>& open = m_workbench.collection();
    const std::string directory = open ? open->directory : std::string();
    if (directory != std::exchange(m_directory, directory))
        m_pane->clear();
    SentAs sentAs;
    for (const workbench::IdentityState& state : m_workbench.identities().states())
        sentAs.identities.push_back(state.name);
    sentAs.chosen = m_workbench.identities().chosen();
    if (const auth::Session* const form = m_workbench.session())
        sentAs.formName = form->name;
    m_pane->setIdentities(sentAs);
}

void AuditDesk::stop()
{
    m_pane->stop();
}

bool AuditDesk::isRunning() const
{
    return m_auditing.state() == Auditing::State::Running || m_auditing.state() == Auditing::State::Preparing;
}

} // namespace claimcheck::ui
