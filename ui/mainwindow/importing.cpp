// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the main window does with what comes from other tools, and what it gives them.

#include <mainwindow/mainwindow.h>

#include <algorithm>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qfiledialog.h>

#include <base/text.h>
#include <interop/export/curl.h>
#include <interop/import.h>
#include <interop/write.h>
#include <mainwindow/importreport.h>
#include <mainwindow/newcollectiondialog.h>
#include <mainwindow/noticebar.h>
#include <request/requesttabs.h>
#include <store/files.h>
#include <store/recording.h>
#include <theme/foldingcolumns.h>

namespace claimcheck::ui {
namespace {

constexpr int importedColumn = 1;

QString first(const std::vector<interop::Omission>& leftOut)
{
    const QString one = toQString(interop::describe(leftOut.front()));
    return leftOut.size() == 1 ? one : MainWindow::tr("%1 (and %2 more)").arg(one).arg(leftOut.size() - 1);
}

/// Parts and files of a body, and credentials that are no header, stand in request files only.
bool isBeyondTabs(const collection::Item& item)
{
    const std::string& auth = item.entry.kept.auth;
    return !item.entry.kept.body.empty() || (!auth.empty() && auth != "basic" && auth != "bearer");
}

workbench::Command commandOf(const interop::Imported& imported, workbench::Edit edit)
{
    const collection::Collection& added = imported.collection;
    workbench::Command command;
    command.edit = edit;
    command.count = added.root.items.size() + added.environments.size();
    command.name = !added.root.items.empty()     ? added.root.items.front().entry.name
                   : !added.environments.empty() ? added.environments.front().name
                                                 : std::string();
    return command;
}

Error needsCollection()
{
    return {ErrorKind::Refused, "the command was not taken over",
            "its parts, files or credentials need a request file to stand in",
            "open or make a collection, and paste it again"};
}

Result<interop::Imported> readFiles(const QStringList& files)
{
    std::optional<interop::Imported> whole;
    std::vector<interop::Imported> environments;
    for (const QString& file : files) {
        const auto text = store::readFile(toUtf8(file), interop::ImportLimits().bytes);
        auto imported =
            text ? interop::importText(*text, interop::Format::Automatic) : tl::unexpected(text.error());
        if (!imported)
            return imported;
        const bool isWhole = imported->content != interop::Content::Environments;
        if (isWhole && whole)
            return failure(ErrorKind::Usage, "cannot import these files", "there are several collections",
                           "import one collection at a time, with its environments");
        if (isWhole)
            whole = *std::move(imported);
        else
            environments.push_back(*std::move(imported));
    }
    if (!whole) {
        whole = std::move(environments.front());
        environments.erase(environments.begin());
    }
    for (interop::Imported& each : environments)
        interop::addEnvironments(*whole, std::move(each));
    return *std::move(whole);
}

} // namespace

void MainWindow::takeCommand(const QString& text, const QString& folder)
{
    auto imported = interop::importText(toUtf8(text), interop::Format::Curl);
    if (!imported)
        return m_notice->say(imported.error());
    showPage(Page::Work);
    m_notice->hide();
    const std::vector<collection::Item>& items = imported->collection.root.items;
    if (std::any_of(items.begin(), items.end(), isBeyondTabs))
        return m_workbench.collection() ? addToCollection(*std::move(imported), workbench::Edit::Paste)
                                        : m_notice->say(needsCollection());
    for (const collection::Item& item : items)
        m_requests->newEntry(interop::plainEntry(item), folder);
    m_work->showColumn(importedColumn);
    if (!imported->leftOut.empty())
        m_notice->say(Tone::Info, tr("Left out"), first(imported->leftOut));
}

void MainWindow::addToCollection(interop::Imported imported, workbench::Edit edit)
{
    const std::string directory = m_workbench.collection()->directory;
    workbench::Command command = commandOf(imported, edit);
    const store::Recording recording(directory);
    const auto written = interop::writeImported(std::move(imported), directory);
    command.change = recording.finish("cannot take back what was added");
    m_edits.push(std::move(command));
    if (!written)
        return m_notice->say(written.error());
    if (const Result<void> read = m_workbench.openCollection(directory); !read)
        return m_notice->say(read.error());
    m_workbench.selectEnvironment(m_keeper.settings().lastEnvironment);
    showCollection();
    showImportReport(*written, this);
}

void MainWindow::chooseFilesToImport()
{
    const QStringList files = QFileDialog::getOpenFileNames(
        this, tr("Import: a Postman collection, its environments with it, or a file with cURL lines"), {},
        tr("Postman and cURL (*.json *.txt *.sh);;All files (*)"));
    if (!files.isEmpty())
        importFiles(files);
}

void MainWindow::importFiles(const QStringList& files, QString directory)
{
    auto imported = readFiles(files);
    if (!imported)
        return m_notice->say(imported.error());
    if (imported->content != interop::Content::Collection && m_workbench.collection() && directory.isEmpty())
        return addToCollection(*std::move(imported), workbench::Edit::Import);
    if (directory.isEmpty()) {
        NewCollectionDialog dialog(toQString(visible(imported->collection.name)), this);
        dialog.setWindowTitle(tr("Import as a collection"));
        if (dialog.exec() != QDialog::Accepted)
            return;
        directory = dialog.directory();
        imported->collection.name = toUtf8(dialog.name());
    }
    const auto written = interop::writeImported(*std::move(imported), toUtf8(directory));
    if (!written)
        return m_notice->say(written.error());
    openCollection(toQString(written->directory));
    showImportReport(*written, this);
}

/// Without any secret: whoever gets the line puts their own in.
void MainWindow::copyAsCurl(const QString& path)
{
    const std::optional<collection::Collection>& open = m_workbench.collection();
    const bool isCurrent = path.isEmpty() || toUtf8(path) == m_requests->currentItem().path;
    collection::Item item = isCurrent ? m_requests->currentItemToSend() : collection::Item();
    const std::string name = isCurrent ? item.path : toUtf8(path);
    if (const collection::Item* saved = open ? collection::findItem(*open, name) : nullptr) {
        const collection::Entry typed = isCurrent ? item.entry : saved->entry;
        item = *saved;
        item.entry = typed;
    }
    if (item.entry.url.empty())
        return m_notice->say(Tone::Info, tr("Nothing to copy"), tr("The request has no URL yet."));
    const std::string line =
        interop::curlOf(open ? *open : collection::Collection(), item, m_workbench.environment());
    QGuiApplication::clipboard()->setText(toQString(line));
    m_notice->say(
        Tone::Info, tr("Copied"),
        tr("The request as a cURL command is in the clipboard; secrets in it are shell variables."));
}

} // namespace claimcheck::ui
