// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the main window keeps from one start to the next: it begins where it ended, and asks before it closes
// over what nothing keeps.

#include <mainwindow/mainwindow.h>

#include <utility>

#include <QtCore/qdir.h>
#include <QtCore/qtimer.h>
#include <QtGui/qevent.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <collections/collectionpane.h>
#include <environments/environmentpane.h>
#include <mainwindow/accessdesk.h>
#include <mainwindow/auditdesk.h>
#include <mainwindow/environmentdesk.h>
#include <mainwindow/noticebar.h>
#include <request/requesttabs.h>
#include <sessions/loginpane.h>
#include <theme/foldingcolumns.h>
#include <theme/questionbox.h>

namespace claimcheck::ui {
namespace {

std::string toBase64(const QByteArray& bytes)
{
    return bytes.toBase64().toStdString();
}

QByteArray fromBase64(const std::string& text)
{
    return QByteArray::fromBase64(QByteArray::fromStdString(text));
}

} // namespace

Result<void> MainWindow::begin(const QString& directory)
{
    Result<void> opened;
    m_workbench.watchFiles();
    const std::vector<Error> problems = loadKept();
    const store::Settings settings = m_keeper.settings();
    setTheme(themeNamed(settings.theme));
    restoreGeometry(fromBase64(settings.windowGeometry));
    m_work->restoreState(fromBase64(settings.windowState));
    const QString last = toQString(settings.lastCollection);
    if (!directory.isEmpty())
        opened = openCollection(directory);
    else if (!last.isEmpty() && QDir(last).exists())
        openCollection(last);
    const store::Drafts& drafts = m_keeper.loadedDrafts();
    m_requests->restore(drafts.tabs, drafts.currentTab);
    m_login->setDraft(drafts.login);
    m_environments->restore(m_keeper.loadedEnvironments());
    fillCollectionMenu();
    renewScopes();
    renewActions();
    showPage(m_workbench.collection() || !drafts.tabs.empty() ? Page::Work : Page::Start);
    m_ready = true;
    sayAll(problems);
    return opened;
}

/// What cannot be read of it; the window itself is there only when a collection is open.
std::vector<Error> MainWindow::loadKept()
{
    std::vector<Error> problems;
    const auto heard = connect(&m_keeper, &Keeper::failed, this,
                               [&problems](const Error& error) { problems.push_back(error); });
    m_keeper.load();
    disconnect(heard);
    if (m_environmentDesk->permissionsProblem())
        problems.push_back(*m_environmentDesk->permissionsProblem());
    return problems;
}

void MainWindow::sayAll(const std::vector<Error>& problems)
{
    if (problems.size() == 1)
        return m_notice->say(problems.front());
    QStringList sentences;
    for (const Error& problem : problems)
        sentences.append(toQString(visible(claimcheck::describe(problem))));
    if (!sentences.isEmpty())
        m_notice->say(Tone::Bad, tr("Not all of what was kept can be read"), sentences.join(u' '));
}

void MainWindow::connectKeeping()
{
    m_keeper.setDraftSource([this] { return drafts(); });
    m_keeper.setEnvironmentSource([this] { return m_environments->drafts(); });
    const auto touch = [this] {
        renewActions();
        m_collections->setUnsaved(m_requests->unsavedPaths());
        if (m_ready)
            m_keeper.touch();
    };
    connect(m_requests, &RequestTabs::changed, this, touch);
    connect(m_login, &LoginPane::changed, this, touch);
    connect(m_environments, &EnvironmentPane::changed, this, touch);
    connect(&m_desktop, &DesktopWatch::changed, this, [this] {
        if (themeNamed(m_keeper.settings().theme) == ThemeName::System)
            setTheme(ThemeName::System);
    });
    QTimer::singleShot(0, &m_desktop, &DesktopWatch::begin);
    connect(&m_keeper, &Keeper::failed, this, [this](const Error& error) { m_notice->say(error); });
}

store::Drafts MainWindow::drafts() const
{
    return {m_requests->drafts(), m_requests->currentIndex(), m_login->draft()};
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (asksBeforeQuitting())
        return event->ignore();
    m_audits->stop(); // nobody is left who could
    m_access->stop();
    chooseSide(false); // the widths of the work page are what is kept
    m_keeper.settings().windowGeometry = toBase64(saveGeometry());
    if (const QByteArray state = m_work->saveState(); !state.isEmpty())
        m_keeper.settings().windowState = toBase64(state);
    m_keeper.flush();
    QMainWindow::closeEvent(event);
}

bool MainWindow::asksBeforeQuitting()
{
    if (m_demoEdited && m_workbench.isTemporary() && !m_mayLose.contains(Loss::Demo)) {
        askAboutTheDemo();
        return true;
    }
    if (!m_mayLose.contains(Loss::UnfinishedRules) && m_requests->hasUnfinishedRules()) {
        showPage(Page::Work);
        m_requests->askBeforeLosingRules(quitOver(Loss::UnfinishedRules));
        return true;
    }
    const QStringList unsaved = m_environments->typedSecretPlaces();
    if (unsaved.isEmpty() || m_mayLose.contains(Loss::TypedSecrets))
        return false;
    askAboutTypedSecrets(unsaved);
    return true;
}

/// It holds for this attempt: who answers the next question with keeping it is asked all of them again.
std::function<void()> MainWindow::quitOver(Loss loss)
{
    std::set<Loss> mayLose = std::exchange(m_mayLose, {});
    mayLose.insert(loss);
    return [this, mayLose = std::move(mayLose)] {
        m_mayLose = mayLose;
        close();
    };
}

/// What was changed in the demo collection would go with its folder.
void MainWindow::askAboutTheDemo()
{
    auto* box = new QuestionBox(
        QStringLiteral("demoQuestion"),
        tr("What you changed in the demo collection goes with it when the program ends."), this);
    box->offer(tr("Keep it…"), [this] {
        saveCollectionAs();
        if (!m_workbench.isTemporary())
            close();
    });
    box->offerLoss(tr("Quit without it"), quitOver(Loss::Demo));
    box->ask(tr("Keep working"));
}

/// A draft keeps what is typed into an environment, but no secret.
void MainWindow::askAboutTypedSecrets(const QStringList& places)
{
    const QString where = places.join(QStringLiteral(", "));
    auto* box =
        new QuestionBox(QStringLiteral("typedSecretsQuestion"),
                        tr("Values of secrets were typed and are not saved: in %1.").arg(where), this);
    box->explain(tr("What else is unsaved is kept as a draft. A secret is not."));
    box->offer(tr("Show the environments"), [this] { showPage(Page::Environments); });
    box->offerLoss(tr("Quit without them"), quitOver(Loss::TypedSecrets));
    box->ask(tr("Keep working"));
}

} // namespace claimcheck::ui
