// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the main window does with collections and requests when it is asked to.

#include <mainwindow/mainwindow.h>

#include <algorithm>

#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <collections/collectionpane.h>
#include <demo/demoapi.h>
#include <mainwindow/auditdesk.h>
#include <mainwindow/newcollectiondialog.h>
#include <mainwindow/noticebar.h>
#include <request/requesttabs.h>
#include <runner/runnerpane.h>
#include <sessions/loginpane.h>
#include <start/startpage.h>
#include <theme/foldingcolumns.h>
#include <theme/questionbox.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int requestColumn = 1;

auth::Login demoLogin(const std::string& url)
{
    auth::Login login;
    login.url = url + "/login";
    login.user = demo::demoUser;
    login.password = Secret(demo::demoPassword);
    return login;
}

} // namespace

void MainWindow::startDemo()
{
    const Result<std::string> url = m_workbench.startDemo();
    if (!url)
        return m_notice->say(url.error());
    m_login->fill(demoLogin(*url), toQString(demo::demoSecret));
    openFirstGet();
    showPage(Page::Session);
    m_audits->offerCareless();
}

/// A request that can be sent at once, where none is open.
void MainWindow::openFirstGet()
{
    const std::vector<collection::Item>& items = m_workbench.collection()->root.items;
    const auto isGet = [](const collection::Item& item) {
        return item.entry.method == "GET" && !item.problem;
    };
    const auto found = std::ranges::find_if(items, isGet);
    if (m_requests->count() == 0 && found != items.end())
        openItem(toQString(found->path));
}

void MainWindow::openItem(const QString& path)
{
    const std::optional<collection::Collection>& open = m_workbench.collection();
    const collection::Item* item = open ? collection::findItem(*open, toUtf8(path)) : nullptr;
    if (item == nullptr)
        return;
    m_requests->openItem(*item);
    m_work->showColumn(requestColumn);
}

void MainWindow::setTrash(const std::string& directory)
{
    m_edits.setTrash(directory);
}

void MainWindow::chooseCollection()
{
    const QString directory =
        QFileDialog::getExistingDirectory(this, tr("Open a collection: the folder with opencollection.yml"),
                                          toQString(m_keeper.settings().lastCollection));
    if (!directory.isEmpty())
        openCollection(directory);
}

void MainWindow::createCollection()
{
    NewCollectionDialog dialog(this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const std::string directory = toUtf8(dialog.directory());
    if (const Result<void> made = m_workbench.createCollection(directory, toUtf8(dialog.name())); !made)
        return m_notice->say(made.error());
    openCollection(dialog.directory());
}

void MainWindow::saveCollectionAs()
{
    const std::optional<collection::Collection>& open = m_workbench.collection();
    if (!open)
        return;
    NewCollectionDialog dialog(toQString(visible(open->name)), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_movingFrom = open->directory;
    const Result<void> saved =
        m_workbench.saveCollectionAs(toUtf8(dialog.directory()), toUtf8(dialog.name()));
    m_movingFrom.clear();
    if (!saved)
        return m_notice->say(saved.error());
    m_demoEdited = false;
    m_notice->hide();
    m_collections->setCurrent(toQString(m_requests->currentItem().path));
    m_keeper.noteCollection(m_workbench.collection()->directory);
    m_keeper.settings().lastEnvironment = m_workbench.environment();
    fillCollectionMenu();
}

void MainWindow::save()
{
    if (!m_workbench.collection())
        createCollection();
    if (!m_workbench.collection())
        return m_requests->markSaved({});
    m_notice->hide();
    if (const Result<void> free = m_workbench.checkForSecrets(m_requests->currentItem()); !free)
        return askAboutSecrets(free.error());
    write(store::FoundSecrets::Refuse);
}

/// Everybody who gets the collection gets what stands in its files.
void MainWindow::askAboutSecrets(const Error& found)
{
    m_requests->markSaved({});
    auto* box = new QuestionBox(
        QStringLiteral("secretQuestion"),
        tr("A secret would stand in the collection's file: %1.").arg(toQString(visible(found.why))), this);
    box->explain(tr("Everybody who gets the collection can read it there. To keep it out, %1.")
                     .arg(toQString(visible(found.fix))));
    box->offerLoss(tr("Save with it"), [this] { write(store::FoundSecrets::Write); });
    box->ask(tr("Keep editing"));
}

void MainWindow::write(store::FoundSecrets secrets)
{
    // The drafts are those of what is saved: left older than the file by a crash, they would be offered as
    // edits that another program's change of it stands against.
    m_keeper.flush();
    // A collection that was made only now takes the request as a new one.
    const Result<std::string> path =
        m_edits.saveItem(toUtf8(m_requests->currentFolder()), m_requests->currentItem(), secrets);
    if (!path)
        return showUnsaved(path.error());
    m_requests->markSaved(toQString(*path));
    m_collections->setCurrent(toQString(*path));
}

/// Another program may have changed the file: read anew, the tab itself says what it is to be.
void MainWindow::showUnsaved(const Error& error)
{
    m_requests->markSaved({});
    if (const Result<void> read = m_workbench.openCollection(m_workbench.collection()->directory); !read)
        return m_notice->say(read.error());
    m_notice->say(error);
}

void MainWindow::selectEnvironment(const QString& name)
{
    m_workbench.selectEnvironment(toUtf8(name));
    m_keeper.settings().lastEnvironment = toUtf8(name);
    m_keeper.touch();
    m_runner->setCollection(m_workbench.collection(), m_workbench.environment());
    renewScopes();
}

void MainWindow::fillCollectionMenu()
{
    m_collectionMenu->clear();
    m_collectionMenu->addActions({m_actions.openCollection, m_actions.newCollection, m_actions.tryDemo});
    m_collectionMenu->addSeparator();
    QStringList recent;
    for (const std::string& directory : m_keeper.settings().recentCollections) {
        const QString path = toQString(directory);
        recent.append(path);
        m_collectionMenu->addAction(asLabel(toQString(visible(directory))), this,
                                    [this, path] { openCollection(path); });
    }
    m_start->setRecent(recent);
}

void MainWindow::showAbout()
{
    QuestionBox box(QStringLiteral("about"), tr("Claimcheck %1").arg(QStringLiteral(CLAIMCHECK_VERSION)),
                    this);
    box.setWindowTitle(tr("About Claimcheck"));
    box.explain(tr("Logs in, takes tokens apart, proves their signature.\n"
                   "No account, no cloud, no telemetry.\n\nQt %1 · %2\nGPL-3.0-or-later")
                    .arg(QLatin1String(qVersion()), toQString(m_workbench.engine())));
    box.askAndWait(tr("Close"));
}

} // namespace claimcheck::ui
