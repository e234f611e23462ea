// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/scene.h>

#include <array>

#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtGui/qimagewriter.h>
#include <QtWidgets/qabstractitemview.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qspinbox.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <collections/collectionpane.h>
#include <mainwindow/auditdesk.h>
#include <runner/runnerpane.h>
#include <state/secretsearch.h>
#include <store/environmentfile.h>
#include <token/tokenpane.h>
#include <token/toolcolumn.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {
namespace {

constexpr int settle = 250; ///< ms for layouts and highlighters after the last signal

QString sentence(const Error& error)
{
    return toQString(describe(error));
}

} // namespace

std::optional<Scene> sceneNamed(const QString& name)
{
    static const std::array<std::pair<QLatin1String, Scene>, 13> scenes{
        {{QLatin1String("start"), Scene::Start},
         {QLatin1String("work"), Scene::Work},
         {QLatin1String("token"), Scene::Token},
         {QLatin1String("login"), Scene::Login},
         {QLatin1String("keys"), Scene::Keys},
         {QLatin1String("sign"), Scene::Sign},
         {QLatin1String("compare"), Scene::Compare},
         {QLatin1String("secret"), Scene::Secret},
         {QLatin1String("runner"), Scene::Runner},
         {QLatin1String("history"), Scene::History},
         {QLatin1String("environments"), Scene::Environments},
         {QLatin1String("cookies"), Scene::Cookies},
         {QLatin1String("audit"), Scene::Audit}}};
    for (const auto& [text, scene] : scenes)
        if (name == text)
            return scene;
    return std::nullopt;
}

ScenePlayer::ScenePlayer(MainWindow& window, workbench::Workbench& workbench, Scene scene,
                         const QString& file, int limit)
    : m_window(window), m_workbench(workbench), m_scene(scene), m_file(file)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(limit * 1000);
    connect(&m_deadline, &QTimer::timeout, this,
            [this, limit] { end(tr("the scene did not end within %1 s").arg(limit)); });
    m_settled.setSingleShot(true);
    m_settled.setInterval(settle);
    connect(&m_settled, &QTimer::timeout, this, &ScenePlayer::grab);
}

void ScenePlayer::play()
{
    m_deadline.start();
    if (m_scene == Scene::Start)
        return grabSoon();
    connect(&m_workbench, &workbench::Workbench::loginFinished, this, &ScenePlayer::afterLogin);
    connect(&m_workbench, &workbench::Workbench::exchangeFinished, this, &ScenePlayer::afterExchange);
    m_window.startDemo();
    if (m_workbench.demoUrl().empty())
        return end(tr("the demo API did not start"));
    if (m_scene == Scene::Audit)
        return auditCareless();
    signIn();
}

void ScenePlayer::signIn()
{
    auto* button = m_window.findChild<QPushButton*>(QStringLiteral("signIn"));
    if (button == nullptr || !button->isEnabled())
        return end(tr("there is no button to sign in with"));
    button->click();
}

void ScenePlayer::afterLogin(const workbench::LoginResult& result)
{
    if (result.error)
        return end(sentence(*result.error));
    if (m_scene == Scene::Work || m_scene == Scene::History)
        return sendProtected();
    if (m_scene == Scene::Runner)
        return runCollection();
    if (m_scene == Scene::Environments)
        return showEnvironments();
    if (m_scene == Scene::Cookies)
        return showCookies();
    m_window.showPage(m_scene == Scene::Login ? Page::Session : Page::Token);
    showTokenTool();
}

void ScenePlayer::showTokenTool()
{
    switch (m_scene) {
    case Scene::Keys:
        return fetchKeys();
    case Scene::Sign:
    case Scene::Compare:
        return signAnew();
    case Scene::Secret:
        return searchSecret();
    case Scene::Start:
    case Scene::Work:
    case Scene::Token:
    case Scene::Login:
    case Scene::Runner:
    case Scene::History:
    case Scene::Environments:
    case Scene::Cookies:
    case Scene::Audit:
        break;
    }
    grabSoon();
}

/// The demo's requests ten times over, for a picture with something in it.
void ScenePlayer::runCollection()
{
    m_window.showPage(Page::Runner);
    auto* pane = m_window.findChild<RunnerPane*>();
    pane->findChild<QSpinBox*>(QStringLiteral("runIterations"))->setValue(10);
    connect(&pane->control(), &RunControl::changed, this, [this, pane] {
        if (!pane->control().isRunning() && pane->control().report()) {
            auto* table = pane->findChild<QAbstractItemView*>(QStringLiteral("runResults"));
            table->setCurrentIndex(table->model()->index(0, 0));
            grabSoon();
        }
    });
    pane->start();
}

/// As a person does it: the button of the notice, then the one that starts.
void ScenePlayer::auditCareless()
{
    const workbench::Auditing* const auditing = &m_window.audits().auditing();
    connect(auditing, &workbench::Auditing::changed, this, [this, auditing] {
        if (auditing->problem())
            return end(sentence(*auditing->problem()));
        if (auditing->state() == workbench::Auditing::State::Planned)
            QTimer::singleShot(settle, this, [this] { click("startAudit"); });
    });
    connect(auditing, &workbench::Auditing::finished, this, &ScenePlayer::grabSoon);
    click("noticeAction");
}

void ScenePlayer::click(const char* button)
{
    m_window.findChild<QPushButton*>(QLatin1String(button))->click();
}

void ScenePlayer::signAnew()
{
    m_window.findChild<TokenPane*>()->showTool(Tool::Sign);
    click("helpNbf");
    click("helpJti");
    click("signToken");
    if (m_scene == Scene::Compare)
        QTimer::singleShot(settle, this, [this] {
            click("compareSigned");
            grabSoon();
        });
    else
        grabSoon();
}

void ScenePlayer::searchSecret()
{
    m_window.findChild<TokenPane*>()->showTool(Tool::Secret);
    connect(m_window.findChild<SecretSearch*>(), &SecretSearch::finished, this, &ScenePlayer::grabSoon);
    click("startSearch");
}

/// Those that the demo publishes, asked for through the page's own fields.
void ScenePlayer::fetchKeys()
{
    auto* pane = m_window.findChild<TokenPane*>();
    pane->showTool(Tool::Keys);
    connect(&m_workbench, &workbench::Workbench::keysFetched, this, [this, pane] {
        auto* table = pane->findChild<QAbstractItemView*>(QStringLiteral("keyRing"));
        table->setCurrentIndex(table->model()->index(1, 0));
        grabSoon();
    });
    pane->findChild<QComboBox*>(QStringLiteral("keyAddressKind"))->setCurrentIndex(1);
    pane->findChild<QLineEdit*>(QStringLiteral("keyAddress"))
        ->setText(toQString(m_workbench.demoUrl() + "/.well-known/jwks.json"));
    pane->findChild<QPushButton*>(QStringLiteral("fetchKeys"))->click();
}

void ScenePlayer::sendProtected()
{
    m_window.showPage(Page::Work);
    const collection::Item* item = nullptr;
    for (const collection::Item& candidate : m_workbench.collection()->root.items)
        if (candidate.entry.method == "GET" && candidate.entry.url.ends_with("/protected") && item == nullptr)
            item = &candidate;
    if (item == nullptr)
        return end(tr("the demo collection has no protected route"));
    m_window.openItem(toQString(item->path));
    auto* send = m_window.findChild<QPushButton*>(QStringLiteral("send"));
    if (send == nullptr || !send->isEnabled())
        return end(tr("there is no button to send with"));
    send->click();
}

void ScenePlayer::afterExchange(const workbench::ExchangeResult& result)
{
    if (m_scene != Scene::Work && m_scene != Scene::History)
        return;
    if (result.exchange.error)
        return end(sentence(*result.exchange.error));
    if (!result.exchange.response || result.exchange.response->status != 200)
        return end(tr("the protected route did not answer 200"));
    if (m_scene == Scene::History)
        return QTimer::singleShot(settle, this, &ScenePlayer::showHistory);
    grabSoon();
}

void ScenePlayer::showHistory()
{
    m_window.showPage(Page::History);
    m_window.findChild<QTableView*>(QStringLiteral("historyTable"))->selectRow(0);
    grabSoon();
}

/// As an answer could have set them.
void ScenePlayer::showCookies()
{
    http::Cookie cookie;
    cookie.name = "sid";
    cookie.value = "example";
    cookie.domain = "api.example";
    cookie.path = "/";
    cookie.httpOnly = cookie.secure = true;
    http::Cookie theme = cookie;
    theme.name = "theme";
    theme.domain = ".example";
    theme.expires = currentTime() + Seconds(720 * 3600);
    theme.httpOnly = theme.secure = false;
    for (const http::Cookie& each : {cookie, theme})
        if (const auto set = m_workbench.setCookie(each); !set)
            return end(sentence(set.error()));
    m_window.showPage(Page::Cookies);
    m_window.findChild<QTableView*>(QStringLiteral("cookieTable"))->selectRow(1);
    grabSoon();
}

/// One with a secret and values of every kind, made in the demo's own folder, which goes with the program.
void ScenePlayer::showEnvironments()
{
    collection::Environment environment;
    environment.name = "Staging";
    environment.variables = {{"baseUrl", "https://staging.example"},
                             {"pageSize", "50"},
                             {"tracing", "false"},
                             {"filter", R"({"open":true})"},
                             {"password", "", true, true},
                             {"clientSecret", "", true, true},
                             {"proxyHost", "10.0.0.7", false}};
    const auto saved = store::saveEnvironment(*m_workbench.collection(), environment,
                                              {"", "number", "boolean", "object", "", "", ""});
    if (!saved)
        return end(sentence(saved.error()));
    m_workbench.secrets().give(m_workbench.collection()->directory, "Staging", "password", Secret("example"),
                               workbench::Remember::InMemory);
    if (const auto read = m_workbench.openCollection(m_workbench.collection()->directory); !read)
        return end(sentence(read.error()));
    m_workbench.selectEnvironment("Staging");
    m_window.showPage(Page::Environments);
    grabSoon();
}

void ScenePlayer::grabSoon()
{
    if (!m_ended)
        m_settled.start();
}

void ScenePlayer::grab()
{
    QFile file(m_file);
    if (!file.open(QIODevice::WriteOnly))
        return end(tr("cannot write %1: %2 (check the path)").arg(m_file, file.errorString()));
    QImageWriter writer(&file, QFileInfo(m_file).suffix().toLatin1());
    if (!writer.write(m_window.grab().toImage()))
        return end(tr("cannot write %1: %2 (let its name end in .png)").arg(m_file, writer.errorString()));
    end({});
}

void ScenePlayer::end(const QString& problem)
{
    if (m_ended)
        return;
    m_ended = true;
    m_deadline.stop();
    m_settled.stop();
    Q_EMIT finished(problem);
}

} // namespace claimcheck::ui
